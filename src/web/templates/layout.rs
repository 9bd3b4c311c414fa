//! What stands around every page: the office, where you are, the way out.

use serde::Serialize;

/// The frame of a page.
#[derive(Debug, Clone, Serialize)]
pub struct Layout {
    /// The language of the page (`en`, or `qps` in tests).
    pub lang: String,
    /// The office's name, in the header, the footer and every page title.
    pub office: String,
    /// The address of the whole site, without a slash at the end; from configuration only.
    pub base_url: String,
    /// The survey the visitor is answering; the navigation then gives way to its name.
    pub survey: Option<SurveyLink>,
    /// The navigation, left to right.
    pub nav: Vec<NavItem>,
    /// The links at the foot.
    pub footer: Vec<NavItem>,
    /// Where "Exit this page" goes, on pages that have it: an address of ours that ends the session and sends the visitor away.
    pub exit_url: Option<String>,
    /// The token every form carries.
    pub csrf: String,
    /// Who is signed in, on officers' pages.
    pub user: Option<SignedIn>,
    /// Whether the page shows simulated responses, and must say so.
    pub simulated: bool,
}

/// A survey, as a link.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyLink {
    /// Its short title.
    pub title: String,
    /// Its overview page.
    pub href: String,
}

/// A link whose words are a text of the interface.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    /// The message id of its words.
    pub key: &'static str,
    /// Where it goes.
    pub href: String,
    /// Whether this is the page itself.
    pub current: bool,
}

/// A link with its own words.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Its words.
    pub text: String,
    /// Where it goes.
    pub href: String,
}

/// Who is signed in.
#[derive(Debug, Clone, Serialize)]
pub struct SignedIn {
    /// Their name, or email address where they gave none.
    pub name: String,
    /// The address that a POST to signs them out.
    pub sign_out: String,
}

impl NavItem {
    /// A link to another page.
    pub fn new(key: &'static str, href: impl Into<String>) -> Self {
        Self {
            key,
            href: href.into(),
            current: false,
        }
    }

    /// A link that may be to this page.
    pub fn current(key: &'static str, href: impl Into<String>, current: bool) -> Self {
        Self {
            current,
            ..Self::new(key, href)
        }
    }
}

impl Layout {
    /// The frame of a resident's page.
    pub fn residents(lang: &str, office: &str, base_url: &str) -> Self {
        Self {
            lang: lang.to_owned(),
            office: office.to_owned(),
            base_url: base_url.to_owned(),
            survey: None,
            nav: vec![NavItem::new("nav-surveys", "/")],
            footer: vec![
                NavItem::new("footer-accessibility", "/accessibility"),
                NavItem::new("footer-privacy", "/privacy"),
                NavItem::new("footer-cookies", "/cookies"),
                NavItem::new("footer-contact", "/contact"),
            ],
            exit_url: None,
            csrf: String::new(),
            user: None,
            simulated: false,
        }
    }

    /// The frame of an officer's page.
    pub fn officers(lang: &str, office: &str, base_url: &str) -> Self {
        Self {
            nav: Vec::new(),
            ..Self::residents(lang, office, base_url)
        }
    }

    /// With the token that forms carry.
    #[must_use]
    pub fn with_csrf(mut self, token: impl Into<String>) -> Self {
        self.csrf = token.into();
        self
    }
}
