//! Each request gets a reference, a line in the log and a place in the metrics: never an address, a user agent or a word of
//! what was sent.

use std::time::Instant;

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};

use crate::{
    web::{errors::PageError, site::Site},
    world::random,
};

/// What a resident can quote when something goes wrong; it stands in the log line of the same request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestReference(pub String);

/// The pattern of the address that a request was routed by. The framework could tell too, by matching all patterns anew.
#[derive(Debug, Clone, Copy)]
pub struct Pattern(pub &'static str);

/// Logs and counts one request.
///
/// # Errors
/// Passes on what the rest of the chain fails with.
pub async fn record(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let site = request.app_data::<Data<Site>>().cloned();
    let reference = site.as_ref().map_or_else(String::new, |site| {
        let bytes: [u8; 5] = random(site.entropy.as_ref());
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    });
    request
        .extensions_mut()
        .insert(RequestReference(reference.clone()));
    let method = request.method().clone();
    let response = next.call(request).await?;
    // The pattern, not the path: a path may hold a token.
    let route = response.request().extensions().get().copied();
    let Pattern(route) = route.unwrap_or(Pattern("none"));
    let status = response.status().as_u16();
    let elapsed = started.elapsed();
    if let Some(site) = site {
        site.metrics
            .request(method.as_str(), route, status, elapsed);
    }
    let failure = response.response().extensions().get::<PageError>().cloned();
    let millis = elapsed.as_secs_f64() * 1000.0;
    match failure {
        Some(error @ (PageError::Internal(_) | PageError::Unavailable(_))) => {
            tracing::error!(%method, route, status, millis, reference, %error, "request failed");
        }
        _ => tracing::info!(%method, route, status, millis, reference, "request"),
    }
    Ok(response)
}
