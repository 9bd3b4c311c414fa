//! After sending: the reference, what happens next, and a copy to print.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Query},
};
use jiff::Timestamp;
use serde::Deserialize;

use super::{
    overview::steps,
    respondent::{Arrival, Visit, arrive, contact, schedule, see_other},
    view::answer_sections,
};
use crate::{
    survey::journey::Journey,
    web::{
        errors::PageError,
        moments,
        pages::{CopyPage, DonePage},
        site::Site,
        templates::{escaped, gap},
        urls::Url,
    },
};

/// What can follow the address of "thank you".
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Whether a receipt was asked for.
    #[serde(default)]
    receipt: Option<String>,
}

/// `GET /surveys/{slug}/respond/done`.
///
/// # Errors
/// [`PageError`] for an unknown survey or a failing store.
pub async fn show(
    site: Data<Site>,
    request: HttpRequest,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let visit = match sent(&site, &request, &slug).await? {
        Ok(visit) => visit,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let definition = &visit.version.definition;
    let fallback = definition.first_language();
    let reader = visit.reader(&site, &fallback);
    let slug = &visit.survey.slug;
    let page = DonePage {
        short_title: reader.plain(&definition.short_title),
        // Everybody's page is the same but for the reference.
        reference: gap(1),
        receipt: asked.receipt.is_some(),
        closes: moments::closing(&schedule(&visit.version)?, &reader.speaker),
        steps: steps(&reader),
        forget: Url::Remove(slug).to_string(),
        copy: Some(Url::Copy(slug).to_string()),
        share: site.address.link(&Url::Overview(slug).to_string()),
        contact: contact(&site, Some(&visit.version)),
    };
    let own = vec![escaped(&reference(&visit)?)];
    site.page_with_gaps(&visit.layout(&site), &page, own)
}

/// `GET /surveys/{slug}/respond/copy`.
///
/// # Errors
/// As [`show`].
pub async fn copy(
    site: Data<Site>,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let visit = match sent(&site, &request, &slug).await? {
        Ok(visit) => visit,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let definition = &visit.version.definition;
    let fallback = definition.first_language();
    let reader = visit.reader(&site, &fallback);
    let journey = Journey::new(definition, &visit.stored.answers, &visit.stored.saved);
    let sent_at = visit
        .response
        .as_ref()
        .and_then(|response| Timestamp::from_microsecond(response.submitted_at?).ok())
        .ok_or(PageError::NotFound)?;
    let zone = schedule(&visit.version)?;
    let page = CopyPage {
        title: reader.plain(&definition.title),
        reference: reference(&visit)?,
        sent: moments::moment(sent_at, zone.time_zone(), &reader.speaker),
        sections: answer_sections(&reader, &journey, None),
        back: Url::Done(&visit.survey.slug).to_string(),
    };
    site.page(StatusCode::OK, &visit.layout(&site), &page)
}

async fn sent(
    site: &Site,
    request: &HttpRequest,
    slug: &str,
) -> Result<Result<Box<Visit>, HttpResponse>, PageError> {
    Ok(match arrive(site, request, slug).await? {
        Arrival::Sent(visit) => Ok(visit),
        Arrival::Answering(visit) => Err(see_other(&Url::Check(&visit.survey.slug))),
        Arrival::Elsewhere(elsewhere) => Err(elsewhere),
    })
}

fn reference(visit: &Visit) -> Result<String, PageError> {
    let response = visit.response.as_ref().ok_or(PageError::NotFound)?;
    response.reference.clone().ok_or(PageError::NotFound)
}
