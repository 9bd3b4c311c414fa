//! Whether the process lives, and whether it can do its work.

use actix_web::{HttpResponse, web::Data};

use super::{errors::PageError, site::Site};

/// `GET /healthz`: the process answers.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("alive\n")
}

/// `GET /readyz`: the database answers too.
///
/// # Errors
/// [`PageError::Unavailable`] while it does not.
pub async fn ready(site: Data<Site>) -> Result<HttpResponse, PageError> {
    let outcome = site.store.ping().await;
    site.metrics.ready(outcome.is_ok());
    outcome?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("ready\n"))
}
