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
    actions::{
        HALF_LIFETIME, Place, SESSION_IDLE, SESSION_LIFETIME, Secret, SignedIn, drafts::Author,
    },
    audit::Actor,
    storage::{SecretHash, sessions, users::Role},
    survey::form::Form,
    web::{
        access::{Capability, Standing},
        errors::PageError,
        site::Site,
        templates::{self, Layout, NavItem},
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
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// How far they have proved who they are.
    pub standing: Standing,
    /// What their session is called on pages.
    pub session_id: Uuid,
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
            email: session.user.email,
            role: session.user.role,
            standing: Standing {
                role: session.user.role,
                has_factor: session.has_factor,
                needs_factor: session.needs_factor,
                confirmed_ago: session.confirmed_ago,
            },
            session_id: session.id,
            session: hash,
            form_key: session.csrf,
        }))
    }

    /// Them, as the audit log names who acts.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        Actor::Account(self.id)
    }

    /// Them, as whoever works on a draft.
    #[must_use]
    pub fn author(&self) -> Author<'_> {
        Author {
            actor: self.actor(),
            name: &self.name,
        }
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

    /// The frame of pages about surveys.
    #[must_use]
    pub fn layout(&self, site: &Site) -> Layout {
        self.layout_at(site, Section::Surveys)
    }

    /// The frame of their pages.
    #[must_use]
    pub fn layout_at(&self, site: &Site, here: Section) -> Layout {
        let mut layout = layout(site).with_csrf(tokens::form_token(&self.form_key));
        let item =
            |key, url: Url<'_>, section| NavItem::current(key, url.to_string(), here == section);
        // Who has to set up a second factor first gets nowhere: no links that lead in a circle.
        if !self.standing.needs_factor || self.standing.has_factor {
            layout.nav = vec![item("nav-officers-surveys", Url::Admin, Section::Surveys)];
            if self.may(Capability::ManagePeople) {
                layout.nav.push(item(
                    "nav-officers-people",
                    Url::People(""),
                    Section::People,
                ));
            }
            if self.may(Capability::SeeAudit) {
                layout
                    .nav
                    .push(item("nav-officers-audit", Url::Audit, Section::Audit));
            }
            layout.nav.push(item(
                "nav-officers-account",
                Url::Account(""),
                Section::Account,
            ));
        }
        layout.user = Some(templates::SignedIn {
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

/// A part of officers' pages, as the navigation has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Surveys and what is below them.
    Surveys,
    /// The people of the office.
    People,
    /// The audit log.
    Audit,
    /// One's own account.
    Account,
}

/// Signs a browser in: puts the session's cookie on an answer, and the browser's mark.
pub fn remember(site: &Site, signed_in: &SignedIn, response: &mut HttpResponse) {
    let age = Duration::microseconds(SESSION_LIFETIME);
    let name = SignedInOfficer::COOKIE;
    set_cookie(
        site,
        (name, SignedInOfficer::PATH),
        signed_in.secret.to_text(),
        age,
        response,
    );
    remember_half(site, None, response);
    remember_mark(site, &signed_in.mark, response);
}

/// Takes the session's cookie off the device.
pub fn forget(site: &Site, response: &mut HttpResponse) {
    let place = (SignedInOfficer::COOKIE, SignedInOfficer::PATH);
    set_cookie(site, place, String::new(), Duration::ZERO, response);
}

/// Keeps a half session until its code comes, or takes its cookie off.
pub fn remember_half(site: &Site, half: Option<&Secret>, response: &mut HttpResponse) {
    let (value, age) = match half {
        Some(half) => (half.to_text(), Duration::microseconds(HALF_LIFETIME)),
        None => (String::new(), Duration::ZERO),
    };
    set_cookie(site, (HALF_COOKIE, DOOR), value, age, response);
}

/// Leaves the mark by which a browser's tries to sign in are counted apart from strangers'.
pub fn remember_mark(site: &Site, mark: &str, response: &mut HttpResponse) {
    set_cookie(
        site,
        (MARK_COOKIE, DOOR),
        mark.to_owned(),
        MARK_LIFETIME,
        response,
    );
}

/// The half session whose code is still to come.
#[must_use]
pub fn half_session(request: &HttpRequest) -> Option<Secret> {
    let cookie = request.cookie(HALF_COOKIE)?;
    Secret::parse(cookie.value())
}

/// Where a request to sign in comes from.
#[must_use]
pub fn place(site: &Site, request: &HttpRequest) -> Place {
    let client = site.proxies.client(request);
    let before = request.cookie(SignedInOfficer::COOKIE);
    let before = before.and_then(|cookie| Secret::parse(cookie.value()));
    Place {
        client: client
            .map(|address| address.to_string())
            .unwrap_or_default(),
        limit_key: site.limit_key.clone(),
        mark: request
            .cookie(MARK_COOKIE)
            .map(|cookie| cookie.value().to_owned()),
        before: before.map(|secret| secret.hash()),
    }
}

/// Cookies of the door: sent to its pages only.
const HALF_COOKIE: &str = "hys_half";
const MARK_COOKIE: &str = "hys_browser";
const DOOR: &str = "/admin/sign-in";
/// How long a browser is known.
const MARK_LIFETIME: Duration = Duration::days(180);

fn set_cookie(
    site: &Site,
    (name, path): (&'static str, &'static str),
    value: String,
    age: Duration,
    response: &mut HttpResponse,
) {
    let cookie = Cookie::build(name, value)
        .path(path)
        .http_only(true)
        // Lax, not Strict: a link from a mail to a results page opens it; nothing changes by GET.
        .same_site(SameSite::Lax)
        .secure(site.address.is_secure())
        .max_age(age)
        .finish();
    // Only a value with bytes no header may hold is refused, and ours is base64.
    let _ = response.add_cookie(&cookie);
}
