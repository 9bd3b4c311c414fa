//! Mails are rendered by the same templates and texts as pages.

use crate::{
    mail::{Render, RenderError, Rendered},
    web::templates::Templates,
};

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
