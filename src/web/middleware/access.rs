//! The one authorisation layer: looks up what a route asks ([`Access`]) and lets nobody past without it.

use std::sync::Arc;

use actix_web::{
    Error,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};

use crate::web::{access::Access, errors::PageError};

/// What each method of one address asks.
pub type Rules = Vec<(Method, Access)>;

/// Lets a request through if its route's [`Access`] allows it. A method without a rule is refused.
///
/// # Errors
/// [`PageError::MethodNotAllowed`], [`PageError::Forbidden`], or what storage fails with.
pub async fn guard(
    rules: Arc<Rules>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, Error> {
    let method = if request.method() == Method::HEAD {
        &Method::GET
    } else {
        request.method()
    };
    let Some((_, access)) = rules.iter().find(|(allowed, _)| allowed == method) else {
        return Ok(request
            .error_response(PageError::MethodNotAllowed)
            .map_into_right_body());
    };
    if matches!(access, Access::Officer(_)) {
        return Ok(request
            .error_response(PageError::Forbidden)
            .map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}
