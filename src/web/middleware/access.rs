//! The one authorisation layer: looks up what a route asks ([`Access`]) and lets nobody past without it.

use std::sync::Arc;

use actix_web::{
    Error, HttpMessage,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web::Data,
};

use crate::web::{
    access::Access, admin::session::SignedInOfficer, errors::PageError,
    public::respondent::see_other, site::Site, urls::Url,
};

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
    if let Access::Officer(capability) = access {
        match officer(&request).await {
            Ok(Some(officer)) if officer.may(*capability) => {
                request.extensions_mut().insert(officer);
            }
            Ok(None) if request.method().is_safe() => {
                let sign_in = see_other(&Url::SignIn);
                return Ok(request.into_response(sign_in).map_into_right_body());
            }
            Ok(_) => {
                return Ok(request
                    .error_response(PageError::Forbidden)
                    .map_into_right_body());
            }
            Err(error) => return Ok(request.error_response(error).map_into_right_body()),
        }
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// Who is signed in, by the request's cookie.
async fn officer(request: &ServiceRequest) -> Result<Option<SignedInOfficer>, PageError> {
    let site = request
        .app_data::<Data<Site>>()
        .cloned()
        .ok_or(PageError::NotFound)?;
    let cookie = request.cookie(SignedInOfficer::COOKIE);
    SignedInOfficer::find(&site, cookie.as_ref().map(|cookie| cookie.value())).await
}
