//! Turns an error into its page, in the design system, with a reference to quote.

use actix_web::{
    Error, HttpMessage, HttpResponse,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::ContentType,
    middleware::Next,
    web::Data,
};

use super::requests::RequestReference;
use crate::web::{
    errors::PageError,
    pages::ErrorPage,
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
    let mut page = match render(site, &failure, &reference) {
        Ok(html) => HttpResponse::build(status)
            .content_type(ContentType::html())
            .body(html),
        // The page that explains errors must not fail; if it does, a line still says so.
        Err(_) => HttpResponse::build(status).body(format!("{status} ({reference})")),
    };
    page.extensions_mut().insert(failure);
    Ok(ServiceResponse::new(kept, page).map_into_right_body())
}

fn render(site: &Site, failure: &PageError, reference: &str) -> Result<String, TemplateError> {
    let lang = site.own_language();
    let (title_key, message_key) = failure.message_ids();
    let page = ErrorPage {
        title_key,
        message_key,
        detail: match failure {
            PageError::Unprocessable(detail) => Some(detail.clone()),
            _ => None,
        },
        reference: Some(reference.to_owned()),
        way_out: Some(Link {
            text: Speaker::new(site.templates.texts(), &lang).id("error-way-out"),
            href: Url::Hub.to_string(),
        }),
        contact: contact(site, None),
    };
    site.templates.render(&site.layout(&lang), &page)
}
