//! Who is answering: from the cookie of a request to the response it opens.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    http::header,
};
use jiff::Timestamp;

use crate::{
    actions::answer_page::Stored,
    live::catalogue::{PublishedSurvey, Version},
    storage::responses::{self, ResponseState, StoredResponse},
    survey::{
        ids::{Lang, Slug},
        journey::Journey,
        schedule::{Schedule, State},
    },
    web::{
        errors::PageError,
        pages::ContactView,
        public::view::Reader,
        site::Site,
        templates::{Layout, SurveyLink},
        tokens::ResponseToken,
        urls::Url,
        words::Speaker,
    },
};

/// The cookie that opens a response.
pub const COOKIE: &str = "hys_response";

/// How long a response stays open on a device without a page saved, in hours.
pub const IDLE_HOURS: i64 = 24;

/// For how long after sending the device may still see what was sent, in minutes: less than that, and never a change.
pub const COPY_MINUTES: i64 = 60;

const MICROS_PER_MINUTE: i64 = 60 * 1_000_000;

/// Somebody with a response, or about to have one.
pub struct Visit {
    /// The survey.
    pub survey: Arc<PublishedSurvey>,
    /// The version this response answers.
    pub version: Arc<Version>,
    /// What the browser holds.
    pub token: ResponseToken,
    /// The response; none before the first page is saved.
    pub response: Option<Arc<StoredResponse>>,
    /// Its answers, taken apart.
    pub stored: Arc<Stored>,
    /// Where the survey is in its life.
    pub state: State,
    /// The language of the pages.
    pub lang: Lang,
}

/// What a request leads to.
pub enum Arrival {
    /// Somebody is answering.
    Answering(Box<Visit>),
    /// The response was sent already.
    Sent(Box<Visit>),
    /// Elsewhere: there is nothing to go on with here.
    Elsewhere(HttpResponse),
}

impl Arrival {
    /// Whoever is answering; for others, where to go instead.
    ///
    /// # Errors
    /// A redirect: to "thank you" once it was sent, or to the overview.
    #[expect(
        clippy::result_large_err,
        reason = "the answer is made and given back once, never carried"
    )]
    pub fn answering(self) -> Result<Box<Visit>, HttpResponse> {
        match self {
            Self::Answering(visit) => Ok(visit),
            Self::Sent(visit) => Err(see_other(&Url::Done(&visit.survey.slug))),
            Self::Elsewhere(elsewhere) => Err(elsewhere),
        }
    }
}

/// Finds the survey by its name in the address.
///
/// # Errors
/// [`PageError::NotFound`].
pub fn survey(site: &Site, slug: &str) -> Result<Arc<PublishedSurvey>, PageError> {
    site.catalogue.by_slug(slug).ok_or(PageError::NotFound)
}

/// The language a resident reads: the survey's first, until languages can be chosen.
#[must_use]
pub fn language(site: &Site, version: &Version) -> Lang {
    site.language
        .clone()
        .unwrap_or_else(|| version.definition.first_language())
}

/// The token in a request's cookie.
#[must_use]
pub fn token(request: &HttpRequest) -> Option<ResponseToken> {
    ResponseToken::parse(request.cookie(COOKIE)?.value())
}

/// Finds out who is answering.
///
/// # Errors
/// [`PageError`] for an unknown survey or a failing store.
pub async fn arrive(site: &Site, request: &HttpRequest, slug: &str) -> Result<Arrival, PageError> {
    let survey = survey(site, slug)?;
    let Some(token) = token(request) else {
        return Ok(Arrival::Elsewhere(see_other(&Url::Overview(&survey.slug))));
    };
    let response = responses::find_session(&site.store, token.id, &token.hash()).await?;
    let response = response.filter(|response| response.survey_id == survey.id);
    let now = site.clock.now();
    let version = match &response {
        Some(response) => site.catalogue.version(&survey, response.version_id).await?,
        None => Arc::clone(&survey.current),
    };
    let stored = match &response {
        Some(response) => Stored::of(response)?,
        None => Arc::default(),
    };
    let state = state(&version, now)?;
    let lang = language(site, &version);
    let visit = Box::new(Visit {
        survey,
        version,
        token,
        response,
        stored,
        state,
        lang,
    });
    let slug = &visit.survey.slug;
    match &visit.response {
        Some(response) if response.state == ResponseState::Submitted => {
            let sent = response.submitted_at.unwrap_or(response.updated_at);
            let is_recent = now.as_microsecond() - sent < COPY_MINUTES * MICROS_PER_MINUTE;
            Ok(if is_recent {
                Arrival::Sent(visit)
            } else {
                Arrival::Elsewhere(ended(site, slug))
            })
        }
        Some(response) => {
            let is_idle =
                now.as_microsecond() - response.updated_at > IDLE_HOURS * 60 * MICROS_PER_MINUTE;
            let is_over = matches!(visit.state, State::Closed | State::Coming);
            Ok(if is_idle || is_over {
                Arrival::Elsewhere(ended(site, slug))
            } else {
                Arrival::Answering(visit)
            })
        }
        None => {
            let age = now.as_microsecond() - started_at(&visit.token, now);
            let is_fresh = visit.state == State::Open && age < IDLE_HOURS * 60 * MICROS_PER_MINUTE;
            Ok(if is_fresh {
                Arrival::Answering(visit)
            } else {
                Arrival::Elsewhere(ended(site, slug))
            })
        }
    }
}

/// When a response was started: its id tells, as far as a browser's word can be believed.
#[must_use]
pub fn started_at(token: &ResponseToken, now: Timestamp) -> i64 {
    let now = now.as_microsecond();
    let told = token.id.get_timestamp().map_or(now, |stamp| {
        let (seconds, nanos) = stamp.to_unix();
        i64::try_from(seconds)
            .unwrap_or(0)
            .saturating_mul(1_000_000)
            + i64::from(nanos / 1000)
    });
    told.clamp(now - IDLE_HOURS * 60 * MICROS_PER_MINUTE, now)
}

/// Where a survey is in its life.
///
/// # Errors
/// [`PageError::Internal`] when the definition's times make no sense, which the linter refuses.
pub fn state(version: &Version, now: Timestamp) -> Result<State, PageError> {
    Ok(schedule(version)?.state(now))
}

/// The survey's times.
///
/// # Errors
/// As [`state`].
pub fn schedule(version: &Version) -> Result<Schedule, PageError> {
    Schedule::new(&version.definition).map_err(|error| PageError::Internal(error.to_string()))
}

fn ended(site: &Site, slug: &Slug) -> HttpResponse {
    let mut response = see_other(&Url::Overview(slug));
    forget(site, slug, &mut response);
    response
}

/// A redirect to be followed with GET.
#[must_use]
pub fn see_other(url: &Url<'_>) -> HttpResponse {
    see_other_path(&url.to_string())
}

/// The same, to a path of this site that was checked to be one.
#[must_use]
pub fn see_other_path(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path))
        .finish()
}

/// Puts a response's cookie on an answer, valid for another day.
pub fn remember(site: &Site, slug: &Slug, token: &ResponseToken, response: &mut HttpResponse) {
    set_cookie(
        site,
        slug,
        token.to_cookie(),
        Duration::hours(IDLE_HOURS),
        response,
    );
}

/// Puts a response's cookie on the answer to its submit: it shows the reference and a copy, and nothing else, for the
/// [`COPY_MINUTES`].
pub fn remember_sent(site: &Site, slug: &Slug, token: &ResponseToken, response: &mut HttpResponse) {
    let age = Duration::minutes(COPY_MINUTES);
    set_cookie(site, slug, token.to_cookie(), age, response);
}

/// Takes a response's cookie off the device.
pub fn forget(site: &Site, slug: &Slug, response: &mut HttpResponse) {
    set_cookie(site, slug, String::new(), Duration::ZERO, response);
}

fn set_cookie(site: &Site, slug: &Slug, value: String, age: Duration, response: &mut HttpResponse) {
    let cookie = Cookie::build(COOKIE, value)
        .path(format!("/surveys/{slug}"))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(site.address.is_secure())
        .max_age(age)
        .finish();
    // Only a value with bytes no header may hold is refused, and ours is base64.
    let _ = response.add_cookie(&cookie);
}

impl Visit {
    /// The way through the survey, as answered so far.
    #[must_use]
    pub fn journey(&self) -> Journey<'_> {
        self.stored.journey(&self.version.definition)
    }

    /// Whether a page was saved before.
    #[must_use]
    pub fn has_saved(&self) -> bool {
        !self.stored.saved.0.is_empty()
    }

    /// The frame of the pages of a journey: the survey's name instead of a navigation, and the way out.
    #[must_use]
    pub fn layout(&self, site: &Site) -> Layout {
        let slug = &self.survey.slug;
        let definition = &self.version.definition;
        let title = definition
            .short_title
            .get(&self.lang, &definition.first_language())
            .to_owned();
        let mut layout = site.layout(&self.lang).with_csrf(self.token.form_token());
        layout.survey = Some(SurveyLink {
            title,
            href: Url::Overview(slug).to_string(),
        });
        layout.exit_url = Some(Url::Exit(slug).to_string());
        layout
    }

    /// How this visit's texts become words.
    #[must_use]
    pub fn reader<'a>(&'a self, site: &'a Site, fallback: &'a Lang) -> Reader<'a> {
        Reader {
            definition: &self.version.definition,
            place: &site.place,
            answers: &self.stored.answers,
            speaker: Speaker::new(site.templates.texts(), &self.lang),
            fallback,
        }
    }
}

/// Whom residents can ask about a survey: its own contact, or the office's.
#[must_use]
pub fn contact(site: &Site, version: Option<&Version>) -> ContactView {
    let own = version.map(|version| &version.definition.overview.contact);
    let phone = own
        .and_then(|contact| contact.phone.clone())
        .or_else(|| site.office.contact_phone.clone());
    ContactView {
        email: own
            .and_then(|contact| contact.email.clone())
            .or_else(|| site.office.contact_email.clone()),
        phone_link: phone.as_deref().map(phone_link),
        phone,
        address: own
            .and_then(|contact| contact.address.clone())
            .or_else(|| site.office.contact_address.clone()),
    }
}

/// A telephone number as a `tel:` link takes it: digits and `+` only.
#[must_use]
pub fn phone_link(phone: &str) -> String {
    let dialled = |c: &char| c.is_ascii_digit() || *c == '+';
    phone.chars().filter(dialled).collect()
}
