//! Mails are rendered by the same templates and texts as pages; their links are made when they leave.

use std::sync::Arc;

use crate::{
    actions,
    mail::{Mint, Minted, Render, RenderError, Rendered},
    storage::{StorageError, Store, outbox::NewMail},
    web::{address::SiteAddress, templates::Templates, urls::Url},
    world::Entropy,
};

/// Makes the links of mails. They lead where settings say, whatever a request said.
pub(super) struct Links {
    pub address: SiteAddress,
    pub office: String,
    pub entropy: Arc<dyn Entropy>,
}

impl Links {
    async fn params(
        &self,
        store: &Store,
        mail: &NewMail,
    ) -> Result<Option<serde_json::Value>, StorageError> {
        let entropy = self.entropy.as_ref();
        let link = match mail.template.as_str() {
            "invitation" => {
                let id = mail.params["invitation"].as_str().unwrap_or_default();
                let id = id
                    .parse()
                    .map_err(|_| StorageError::Corrupt("a mail's invitation".to_owned()))?;
                let secret = actions::mint_invitation(store, entropy, id).await?;
                secret.map(|secret| Url::Welcome(&secret.to_text()).to_string())
            }
            "password_reset" => {
                let secret = actions::mint_reset(store, entropy, &mail.recipient).await?;
                secret.map(|secret| Url::Reset(&secret.to_text()).to_string())
            }
            _ => return Ok(Some(mail.params.clone())),
        };
        Ok(link.map(
            |path| serde_json::json!({ "link": self.address.link(&path), "office": self.office }),
        ))
    }
}

impl Mint for Links {
    fn mint<'a>(&'a self, store: &'a Store, mail: &'a NewMail) -> Minted<'a> {
        Box::pin(self.params(store, mail))
    }
}

/// Renders mails.
pub(super) struct Letters(pub Templates);

impl Render for Letters {
    fn render(
        &self,
        template: &str,
        language: &str,
        params: &serde_json::Value,
    ) -> Result<Rendered, RenderError> {
        let part = |ending: &str| {
            self.0
                .render_named(&format!("mail/{template}.{ending}"), language, params)
                .map_err(|error| RenderError {
                    template: template.to_owned(),
                    language: language.to_owned(),
                    reason: error.to_string(),
                })
        };
        Ok(Rendered {
            subject: part("subject.txt")?.trim().to_owned(),
            text: part("txt")?,
            html: part("html")?,
        })
    }
}
