//! Who is signed in: from the cookie of a request to an officer and what they may do.
//!
//! The cookie holds 256 random bits and nothing else; the store keeps their hash, who they belong to, and when the
//! session ends ([`SESSION_IDLE`], [`SESSION_LIFETIME`](crate::actions::SESSION_LIFETIME)).

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    dev::Payload,
};
use uuid::Uuid;

use crate::{
    actions::{SESSION_IDLE, SESSION_LIFETIME, Secret},
    audit::Actor,
    storage::{SecretHash, sessions, users::Role},
    survey::form::Form,
    web::{
        access::Capability,
        errors::PageError,
        site::Site,
        templates::{Layout, NavItem, SignedIn},
        tokens,
        urls::Url,
    },
};

/// An officer who is signed in. The authorisation layer finds them; handlers take them as an argument.
#[derive(Clone)]
pub struct SignedInOfficer {
    /// Their account.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The hash of their session's secret.
    session: SecretHash,
    /// What their forms are signed with.
    form_key: [u8; 32],
}

impl SignedInOfficer {
    /// The cookie that a session is known by.
    pub const COOKIE: &'static str = "hys_officer";

    /// Where the cookie is sent: nowhere but to officers' pages.
    const PATH: &'static str = "/admin";

    /// The officer whose session a cookie opens; nobody, if it has ended or is not one of ours.
    ///
    /// # Errors
    /// [`PageError`] when the store can't be read.
    pub async fn find(site: &Site, cookie: Option<&str>) -> Result<Option<Self>, PageError> {
        let Some(secret) = cookie.and_then(Secret::parse) else {
            return Ok(None);
        };
        let hash = secret.hash();
        let session = sessions::open(&site.store, &hash, SESSION_IDLE).await?;
        Ok(session.map(|session| Self {
            id: session.user.id,
            name: session.user.name,
            role: session.user.role,
            session: hash,
            form_key: session.csrf,
        }))
    }

    /// Them, as the audit log names who acts.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        Actor::Account(self.id)
    }

    /// Whether their role has a capability.
    #[must_use]
    pub fn may(&self, capability: Capability) -> bool {
        capability.is_of(self.role)
    }

    /// The hash of their session's secret, to end it by.
    #[must_use]
    pub fn session(&self) -> &SecretHash {
        &self.session
    }

    /// Refuses a form that does not carry this session's token.
    ///
    /// # Errors
    /// [`PageError::StaleForm`].
    pub fn check(&self, form: &Form) -> Result<(), PageError> {
        let given = form.first("csrf").unwrap_or_default();
        if tokens::is_form_token(&self.form_key, given) {
            Ok(())
        } else {
            Err(PageError::StaleForm)
        }
    }

    /// The frame of their pages.
    #[must_use]
    pub fn layout(&self, site: &Site) -> Layout {
        let mut layout = layout(site).with_csrf(tokens::form_token(&self.form_key));
        layout.nav = vec![NavItem::current(
            "nav-officers-surveys",
            Url::Admin.to_string(),
            true,
        )];
        if self.may(Capability::SeeAudit) {
            let audit = NavItem::new("nav-officers-audit", Url::Audit.to_string());
            layout.nav.push(audit);
        }
        layout.user = Some(SignedIn {
            name: self.name.clone(),
            sign_out: Url::SignOut.to_string(),
        });
        layout
    }
}

impl FromRequest for SignedInOfficer {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            request
                .extensions()
                .get::<Self>()
                .cloned()
                .ok_or(PageError::Forbidden),
        )
    }
}

/// The frame of officers' pages before anybody is signed in.
#[must_use]
pub fn layout(site: &Site) -> Layout {
    let mut layout = Layout::officers(
        site.own_language().as_str(),
        &site.office.name,
        &site.address.link(""),
    );
    layout.simulated = site.is_simulated;
    layout
}

/// Puts a session's cookie on an answer.
pub fn remember(site: &Site, secret: &Secret, response: &mut HttpResponse) {
    let age = Duration::microseconds(SESSION_LIFETIME);
    set_cookie(site, secret.to_text(), age, response);
}

/// Takes the session's cookie off the device.
pub fn forget(site: &Site, response: &mut HttpResponse) {
    set_cookie(site, String::new(), Duration::ZERO, response);
}

fn set_cookie(site: &Site, value: String, age: Duration, response: &mut HttpResponse) {
    let cookie = Cookie::build(SignedInOfficer::COOKIE, value)
        .path(SignedInOfficer::PATH)
        .http_only(true)
        // Lax, not Strict: a link from a mail to a results page opens it; nothing changes by GET.
        .same_site(SameSite::Lax)
        .secure(site.address.is_secure())
        .max_age(age)
        .finish();
    // Only a value with bytes no header may hold is refused, and ours is base64.
    let _ = response.add_cookie(&cookie);
}
