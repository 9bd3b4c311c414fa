//! The office's people.

use have_your_say::{
    actions,
    storage::{DatabaseConfig, Store, users::Role},
    survey::definition::Definition,
    world::SystemEntropy,
};
use reqwest::{Client, Method, StatusCode, header};

use super::{
    TestSite,
    people::{Seen, browser},
};

/// An officer with a browser of their own.
pub struct Officer<'a> {
    pub site: &'a TestSite,
    pub client: Client,
}

/// A password that is long enough.
pub const PASSWORD: &str = "seven-quiet-otters-cross-the-river";
/// The first administrator's address.
pub const EMAIL: &str = "alex@example.org";

impl<'a> Officer<'a> {
    /// Somebody who is not signed in.
    pub fn stranger(site: &'a TestSite) -> Self {
        let client = browser();
        Self { site, client }
    }

    /// The first administrator, signed in by the one-time link.
    pub async fn administrator(site: &'a TestSite) -> Self {
        let officer = Self::stranger(site);
        let accepted = officer
            .post(
                &first_link(site),
                &[("name", "Alex"), ("email", EMAIL), ("password", PASSWORD)],
            )
            .await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.html);
        officer
    }

    /// The first administrator in another browser.
    pub async fn administrator_again(site: &'a TestSite) -> Self {
        let officer = Self::stranger(site);
        let signed_in = officer.sign_in(EMAIL, PASSWORD).await;
        assert_eq!(
            signed_in.status,
            StatusCode::SEE_OTHER,
            "{}",
            signed_in.html
        );
        officer
    }

    /// Somebody invited with a role, who has accepted and is signed in. Their address is `role@example.org`.
    pub async fn with_role(site: &'a TestSite, role: Role) -> Self {
        let store = Store::connect(&DatabaseConfig::new(&site.database_url))
            .await
            .expect("the site's database");
        let email = format!("{role:?}@example.org").to_lowercase();
        let secret = actions::invite(&store, &SystemEntropy, &email, role)
            .await
            .expect("an invitation");
        store.close().await.expect("the connection closes");
        let officer = Self::stranger(site);
        let welcome = format!("/admin/welcome/{}", secret.to_text());
        let form = [("name", "Robin"), ("password", PASSWORD)];
        let accepted = officer.post(&welcome, &form).await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.html);
        assert_eq!(accepted.location.as_deref(), Some("/admin"));
        officer
    }

    pub async fn get(&self, path: &str) -> Seen {
        self.ask(Method::GET, path).await
    }

    /// Any method, without a body, from this site.
    pub async fn ask(&self, method: Method, path: &str) -> Seen {
        let request = self
            .client
            .request(method, self.site.url(path))
            .header(header::ORIGIN, &self.site.base);
        Seen::of(request.send().await.expect("an answer")).await
    }

    /// Posts a form as a browser does, from this site.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let request = self
            .client
            .post(self.site.url(path))
            .header(header::ORIGIN, &self.site.base);
        Seen::of(request.form(fields).send().await.expect("an answer")).await
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Seen {
        self.post(
            "/admin/sign-in",
            &[("email", email), ("password", password)],
        )
        .await
    }
}

/// The path of the first administrator's link.
pub fn first_link(site: &TestSite) -> String {
    let link = site
        .administrator_link
        .as_deref()
        .expect("nobody has an account yet");
    let path = link.find("/admin/").expect("a link to officers' pages");
    link[path..].to_owned()
}

/// Makes a draft of a definition.
pub async fn draft(site: &TestSite, definition: &Definition) {
    let store = Store::connect(&DatabaseConfig::new(&site.database_url))
        .await
        .expect("the site's database");
    actions::drafts::create_draft(&store, definition, "Alex")
        .await
        .expect("a draft");
    store.close().await.expect("the connection closes");
}
