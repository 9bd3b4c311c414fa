//! Officers with a browser of their own.

use have_your_say::{
    actions,
    storage::{DatabaseConfig, Store, users::Role},
    world::SystemEntropy,
};
use reqwest::{Client, StatusCode, header};

use super::{
    TestSite,
    people::{Seen, browser},
};

/// Somebody who is signed in.
pub struct Officer {
    pub base: String,
    pub client: Client,
}

impl Officer {
    /// Nobody yet: a browser at a site.
    pub fn stranger(site: &TestSite) -> Self {
        Self {
            base: site.base.clone(),
            client: browser(),
        }
    }

    /// Somebody invited with a role, who has accepted and is signed in.
    pub async fn with_role(site: &TestSite, role: Role) -> Self {
        let store = Store::connect(&DatabaseConfig::new(&site.database_url))
            .await
            .unwrap();
        let email = format!("{role:?}@example.org").to_lowercase();
        let secret = actions::invite(&store, &SystemEntropy, &email, role)
            .await
            .unwrap();
        store.close().await.unwrap();
        let officer = Self::stranger(site);
        let form = [("name", "Robin"), ("password", "a long enough password")];
        let welcome = format!("/admin/welcome/{}", secret.to_text());
        let accepted = officer.post(&welcome, &form).await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.html);
        assert_eq!(accepted.location.as_deref(), Some("/admin"));
        officer
    }

    pub async fn get(&self, path: &str) -> Seen {
        let url = format!("{}{path}", self.base);
        Seen::of(self.client.get(url).send().await.unwrap()).await
    }

    /// Posts a form from this site.
    pub async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Seen {
        let url = format!("{}{path}", self.base);
        let request = self.client.post(url).header(header::ORIGIN, &self.base);
        Seen::of(request.form(pairs).send().await.unwrap()).await
    }
}
