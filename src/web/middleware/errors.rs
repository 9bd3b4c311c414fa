//! Turns an error into its page, in the design system, with a reference to quote.

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::ContentType,
    middleware::Next,
    web::Data,
};

use super::requests::RequestReference;
use crate::web::{
    access::Capability,
    admin::session::SignedInOfficer,
    errors::PageError,
    pages::{ErrorPage, OfficersErrorPage},
    public::respondent::contact,
    site::Site,
    templates::{Link, TemplateError},
    urls::Url,
    words::Speaker,
};

/// Gives an error response its page.
///
/// # Errors
/// None of its own: what the rest of the chain fails with becomes a page too.
pub async fn explain(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, Error> {
    // Inner layers answer with an error response, never with Err: routing does not allow a second handle of the request
    // that a response to an Err could be made from.
    let response = next.call(request).await?.map_into_left_body();
    let failure = response.response().extensions().get::<PageError>().cloned();
    let failure = match failure {
        Some(failure) => failure,
        // Errors made by the framework itself: a path or query it could not read.
        None if response.response().error().is_some() && response.status().is_client_error() => {
            PageError::BadRequest
        }
        None if response.response().error().is_some() => PageError::Internal("framework".into()),
        None => return Ok(response),
    };
    let request = response.request().clone();
    let Some(site) = request.app_data::<Data<Site>>() else {
        return Ok(response);
    };
    let reference = request
        .extensions()
        .get::<RequestReference>()
        .map_or_else(String::new, |reference| reference.0.clone());
    let status = actix_web::ResponseError::status_code(&failure);
    let (kept, _) = response.into_parts();
    let officer = officer(site, &request, &failure).await;
    let mut page = match render(site, officer.as_ref(), &failure, &reference) {
        Ok(html) => HttpResponse::build(status)
            .content_type(ContentType::html())
            .body(html),
        // The page that explains errors must not fail; if it does, a line still says so.
        Err(_) => HttpResponse::build(status).body(format!("{status} ({reference})")),
    };
    page.extensions_mut().insert(failure);
    Ok(ServiceResponse::new(kept, page).map_into_right_body())
}

/// Who is signed in and meets a failure on an officers' page. The guard of a route has found them, if there is a route;
/// else they are looked for, unless it is the store that failed.
async fn officer(
    site: &Site,
    request: &HttpRequest,
    failure: &PageError,
) -> Option<SignedInOfficer> {
    let below = request.path().strip_prefix(&Url::Admin.to_string())?;
    if !(below.is_empty() || below.starts_with('/')) {
        return None;
    }
    let found = request.extensions().get::<SignedInOfficer>().cloned();
    if found.is_some() || matches!(failure, PageError::Internal(_) | PageError::Unavailable(_)) {
        return found;
    }
    let cookie = request.cookie(SignedInOfficer::COOKIE)?;
    // The page is about another failure: one of this look-up is not worth a word more.
    SignedInOfficer::find(site, Some(cookie.value()))
        .await
        .ok()
        .flatten()
}

fn render(
    site: &Site,
    officer: Option<&SignedInOfficer>,
    failure: &PageError,
    reference: &str,
) -> Result<String, TemplateError> {
    let lang = site.own_language();
    let (title_key, message_key) = failure.message_ids();
    let (way_out, href) = match officer {
        Some(officer) if officer.may(Capability::SeeResults) => {
            ("error-way-out-officers", Url::Admin)
        }
        _ => ("error-way-out", Url::Hub),
    };
    let page = ErrorPage {
        title_key,
        message_key,
        detail: match failure {
            PageError::Unprocessable(detail) => Some(detail.clone()),
            _ => None,
        },
        reference: Some(reference.to_owned()),
        way_out: Some(Link {
            text: Speaker::new(site.templates.texts(), &lang).id(way_out),
            href: href.to_string(),
        }),
        contact: contact(site, None),
    };
    match officer {
        Some(officer) => site
            .templates
            .render(&officer.layout(site), &OfficersErrorPage(page)),
        None => site.templates.render(&site.layout(&lang), &page),
    }
}
