//! Ways to leave: save and come back later, remove from this device, exit this page.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path},
};

use super::respondent::{IDLE_HOURS, arrive, forget, remember, schedule, survey, token};
use crate::{
    storage::responses,
    survey::journey::{Journey, Next},
    web::{
        errors::PageError,
        forms::Submitted,
        middleware::origin::SEC_FETCH_SITE,
        moments,
        pages::{ForgottenPage, SavedPage},
        site::Site,
        urls::Url,
    },
};

/// `GET /surveys/{slug}/respond/saved`: how to come back.
///
/// # Errors
/// [`PageError`] for an unknown survey or a failing store.
pub async fn saved(
    site: Data<Site>,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let visit = match arrive(&site, &request, &slug).await?.answering() {
        Ok(visit) => visit,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let slug = &visit.survey.slug;
    let definition = &visit.version.definition;
    let fallback = definition.first_language();
    let reader = visit.reader(&site, &fallback);
    let journey = Journey::new(definition, &visit.stored.answers, &visit.stored.saved);
    let resume = match journey.resume() {
        Next::Page(page) => Url::Respond(slug, &page.key),
        Next::Check => Url::Check(slug),
    };
    let page = SavedPage {
        short_title: reader.plain(&definition.short_title),
        resume: resume.to_string(),
        closes: moments::closing(&schedule(&visit.version)?, &reader.speaker),
        hours: u32::try_from(IDLE_HOURS).unwrap_or(0),
        forget: Url::Remove(slug).to_string(),
    };
    let mut response = site.page(StatusCode::OK, &visit.layout(&site), &page)?;
    remember(&site, slug, &visit.token, &mut response);
    Ok(response)
}

/// `POST /surveys/{slug}/respond/remove`: nobody can go on with these answers from this device, or any other.
///
/// # Errors
/// As [`saved`], and for a form that is not this browser's own.
pub async fn remove(
    site: Data<Site>,
    request: HttpRequest,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let survey = survey(&site, &slug)?;
    if let Some(token) = token(&request) {
        if !token.is_form_token(form.0.first("csrf").unwrap_or_default()) {
            return Err(PageError::StaleForm);
        }
        responses::end_session(&site.store, token.id, &token.hash()).await?;
    }
    let layout = site.layout(&super::respondent::language(&site, &survey.current));
    let page = ForgottenPage {
        home: Url::Hub.to_string(),
    };
    let mut response = site.page(StatusCode::OK, &layout, &page)?;
    forget(&site, &survey.slug, &mut response);
    Ok(response)
}

/// `GET /surveys/{slug}/respond/exit`: ends the session and leaves the site at once, also when the store is away.
///
/// A link, not a form, so that it works without scripts and with one press of Enter. A page elsewhere could send a browser
/// here; `Sec-Fetch-Site` then says so, and the session stays.
///
/// # Errors
/// [`PageError::NotFound`] for an unknown survey.
pub async fn exit(
    site: Data<Site>,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let survey = survey(&site, &slug)?;
    let from = request
        .headers()
        .get(&SEC_FETCH_SITE)
        .and_then(|value| value.to_str().ok());
    let is_ours = from.is_none_or(|from| from == "same-origin" || from == "none");
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, site.office.exit_url.as_str()));
    // Nothing of the pages before stays in the browser's cache.
    response.insert_header(("clear-site-data", "\"cache\""));
    let mut response = response.finish();
    if is_ours {
        if let Some(token) = token(&request)
            && let Err(error) = responses::end_session(&site.store, token.id, &token.hash()).await
        {
            tracing::warn!(%error, "a session could not be ended at exit");
        }
        forget(&site, &survey.slug, &mut response);
    }
    Ok(response)
}
