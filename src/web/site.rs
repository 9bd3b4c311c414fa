//! What every handler works with: the parts of the house, wired once.

use std::{iter, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, ContentType, HeaderValue},
    },
};

use crate::{
    actions::{Bursts, FactorKey, Passwords},
    analysis::disclosure::PublishedCount,
    config::Office,
    geography::Place,
    live::{
        Live,
        catalogue::{Catalogue, PublishedSurvey},
    },
    storage::Store,
    survey::ids::Lang,
    web::{
        address::SiteAddress,
        admin::kept::KeptOutcomes,
        assets::accepts,
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
    /// Results that take long.
    pub kept: KeptOutcomes,
    /// Checks officers' passwords.
    pub passwords: Passwords,
    /// What sign-in's counts are keyed with, the same on every node.
    pub limit_key: Vec<u8>,
    /// What second factors are kept under.
    pub factor_key: FactorKey,
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
    /// What was sent lately, by source.
    pub bursts: Bursts,
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

    /// How many people took part in a survey, as everybody may know it; none, as long as nobody has counted.
    #[must_use]
    pub fn published_turnout(&self, survey: &PublishedSurvey) -> Option<PublishedCount> {
        self.live.turnout(survey).map(PublishedCount::of)
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
        Ok(html_response(status, html))
    }

    /// As [`Site::page`], for a page whose values hold gaps instead of what is its reader's own; `own` has the HTML for each
    /// gap from number 1 on.
    ///
    /// # Errors
    /// As [`Site::page`].
    pub fn page_with_gaps<P: Page>(
        &self,
        layout: &Layout,
        page: &P,
        own: Vec<String>,
    ) -> Result<HttpResponse, PageError> {
        let kept = self
            .templates
            .remembered(layout, page)
            .map_err(|error| PageError::Internal(error.to_string()))?;
        let fill: Vec<String> = iter::once(layout.csrf.clone()).chain(own).collect();
        Ok(html_response(StatusCode::OK, kept.html(&fill)))
    }

    /// As [`Site::page`], for a page that is the same for everybody: it goes out compressed.
    ///
    /// # Errors
    /// As [`Site::page`].
    pub fn public_page<P: Page>(
        &self,
        request: &HttpRequest,
        layout: &Layout,
        page: &P,
    ) -> Result<HttpResponse, PageError> {
        let kept = self
            .templates
            .remembered(layout, page)
            .map_err(|error| PageError::Internal(error.to_string()))?;
        let mut response = match kept.gzip().filter(|_| accepts(request, "gzip")) {
            Some(gzip) => HttpResponse::Ok()
                .content_type(ContentType::html())
                .insert_header((header::CONTENT_ENCODING, "gzip"))
                .body(gzip.to_vec()),
            None => html_response(StatusCode::OK, kept.html(&[])),
        };
        let varies = HeaderValue::from_static("Accept-Encoding");
        response.headers_mut().insert(header::VARY, varies);
        Ok(response)
    }
}

/// An answer with a page's HTML in it.
#[must_use]
pub fn html_response(status: StatusCode, html: String) -> HttpResponse {
    HttpResponse::build(status)
        .content_type(ContentType::html())
        .body(html)
}
