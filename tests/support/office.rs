//! The office's people.

use have_your_say::{
    actions,
    audit::Actor,
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
        officer.set_up_factor().await;
        officer
    }

    /// Somebody invited with a role, who has accepted and is signed in. Their address is `role@example.org`.
    pub async fn with_role(site: &'a TestSite, role: Role) -> Self {
        let store = Store::connect(&DatabaseConfig::new(&site.database_url))
            .await
            .expect("the site's database");
        let email = format!("{role:?}@example.org").to_lowercase();
        let secret = actions::invite(&store, &SystemEntropy, Actor::Command, &email, role)
            .await
            .expect("an invitation");
        store.close().await.expect("the connection closes");
        let officer = Self::stranger(site);
        let welcome = format!("/admin/welcome/{}", secret.to_text());
        let form = [("name", "Robin"), ("password", PASSWORD)];
        let accepted = officer.post(&welcome, &form).await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.html);
        assert_eq!(accepted.location.as_deref(), Some("/admin"));
        if role == Role::Administrator {
            officer.set_up_factor().await;
        }
        officer
    }

    /// Sets an app for codes up, as administrators are led to, and gives it with the recovery codes.
    pub async fn set_up_factor(&self) -> (Authenticator, Vec<String>) {
        let page = self.get(FACTOR).await;
        let mut app = Authenticator::with_key(&page.one("#key"));
        let code = app.code();
        let csrf = page.csrf();
        let done = self.post(FACTOR, &[("csrf", &csrf), ("code", &code)]).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        (app, done.all(".app-codes li"))
    }

    /// Posts a form of a page with its token.
    pub async fn send(&self, page: &str, path: &str, fields: &[(&str, &str)]) -> Seen {
        let csrf = self.get(page).await.csrf();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend(fields);
        self.post(path, &all).await
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

    /// The token that forms of this session carry.
    pub async fn csrf(&self) -> String {
        let home = self.get("/admin").await;
        let page = scraper::Html::parse_document(&home.html);
        let hidden = scraper::Selector::parse("form[action='/admin/sign-out'] input[name=csrf]")
            .expect("a selector");
        let token = page.select(&hidden).next();
        token
            .and_then(|input| input.value().attr("value"))
            .expect("a sign-out form")
            .to_owned()
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Seen {
        self.post(
            "/admin/sign-in",
            &[("email", email), ("password", password)],
        )
        .await
    }
}

/// Where a second factor is set up.
pub const FACTOR: &str = "/admin/account/second-factor";

/// Somebody's app for codes. Each code works once: it shows the next that a site takes, from 30 seconds ago on.
pub struct Authenticator {
    totp: totp_rs::Totp,
    last: u64,
}

impl Authenticator {
    pub fn with_key(key: &str) -> Self {
        let key = key.split_whitespace().collect::<String>();
        let secret = totp_rs::Secret::try_from_base32(key).expect("a key");
        let totp = totp_rs::Builder::new().with_secret(secret).build();
        let totp = totp.expect("a usual app");
        Self { totp, last: 0 }
    }

    /// A code that was not used yet; after three at once it waits for the time to go on.
    pub fn code(&mut self) -> String {
        loop {
            let now = std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .expect("a time")
                .as_secs();
            let step = (now / 30 - 1).max(self.last + 1);
            // Not the oldest in the last seconds of its time: it would be over when it arrives.
            let step = if now % 30 > 25 {
                step.max(now / 30)
            } else {
                step
            };
            if step <= now / 30 + 1 {
                self.last = step;
                return self.totp.generate(step * 30).to_string();
            }
            std::thread::sleep(std::time::Duration::from_millis(500));
        }
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
    let by = actions::drafts::Author {
        actor: Actor::Command,
        name: "Alex",
    };
    actions::drafts::create_draft(&store, definition, &by)
        .await
        .expect("a draft");
    store.close().await.expect("the connection closes");
}
