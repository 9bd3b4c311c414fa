//! What every handler works with: the parts of the house, wired once.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header::ContentType},
};

use crate::{
    actions::Passwords,
    config::Office,
    geography::Place,
    live::{Live, catalogue::Catalogue},
    storage::Store,
    survey::ids::Lang,
    web::{
        address::SiteAddress,
        client::TrustedProxies,
        errors::PageError,
        metrics::Metrics,
        templates::{Layout, Page, Templates},
    },
    world::{Clock, Entropy},
};

/// The parts of a running site.
pub struct Site {
    /// Where it is reached.
    pub address: SiteAddress,
    /// Who runs the consultation.
    pub office: Office,
    /// Pages and their words.
    pub templates: Templates,
    /// Where answers are kept.
    pub store: Store,
    /// Areas, postcodes, populations.
    pub place: Arc<Place>,
    /// Published surveys.
    pub catalogue: Arc<Catalogue>,
    /// Datasets in memory.
    pub live: Live,
    /// Checks officers' passwords.
    pub passwords: Passwords,
    /// What sign-in's counts are keyed with, the same on every node.
    pub limit_key: Vec<u8>,
    /// The language of every page, where a test or an operator sets it.
    pub language: Option<Lang>,
    /// Whether mail can be sent.
    pub has_mail: bool,
    /// Whether every response in this database was made up by a program.
    pub is_simulated: bool,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// Counters.
    pub metrics: Metrics,
    /// Whose word on a client's address is taken.
    pub proxies: TrustedProxies,
}

impl Site {
    /// The language of pages that belong to no survey.
    #[must_use]
    pub fn own_language(&self) -> Lang {
        self.language
            .clone()
            .unwrap_or_else(|| Lang::new("en").expect("en is a language tag"))
    }

    /// The frame of residents' pages.
    #[must_use]
    pub fn layout(&self, lang: &Lang) -> Layout {
        let mut layout =
            Layout::residents(lang.as_str(), &self.office.name, &self.address.link(""));
        layout.simulated = self.is_simulated;
        layout
    }

    /// An answer with a page in it.
    ///
    /// # Errors
    /// [`PageError::Internal`] when the template can't show it.
    pub fn page<P: Page>(
        &self,
        status: StatusCode,
        layout: &Layout,
        page: &P,
    ) -> Result<HttpResponse, PageError> {
        let html = self
            .templates
            .render(layout, page)
            .map_err(|error| PageError::Internal(error.to_string()))?;
        Ok(HttpResponse::build(status)
            .content_type(ContentType::html())
            .body(html))
    }
}
