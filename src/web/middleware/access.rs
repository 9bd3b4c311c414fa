//! The one authorisation layer: looks up what a route asks ([`Access`]) and lets nobody past without it.

use actix_web::{
    Error, HttpMessage, HttpResponse,
    body::{BoxBody, EitherBody, MessageBody},
    cookie::Cookie,
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::Next,
    web::Data,
};

use crate::web::{
    access::Access, admin::session::SignedInOfficer, errors::PageError, site::Site, urls::Url,
};

/// What each method of one address asks.
pub type Rules = Vec<(Method, Access)>;

/// Lets a request through if its route's [`Access`] allows it. A method without a rule is refused.
///
/// # Errors
/// [`PageError::MethodNotAllowed`], [`PageError::Forbidden`], or what storage fails with.
pub async fn guard(
    rules: &Rules,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, Error> {
    let method = if request.method() == Method::HEAD { &Method::GET } else { request.method() };
    let Some((_, access)) = rules.iter().find(|(allowed, _)| allowed == method) else {
        return Err(PageError::MethodNotAllowed.into());
    };
    if let Access::Officer(capability) = access {
        let site = request.app_data::<Data<Site>>().cloned().ok_or(PageError::NotFound)?;
        let cookie = request.cookie(SignedInOfficer::COOKIE).map(|cookie: Cookie<'_>| cookie.value().to_owned());
        let officer = SignedInOfficer::find(&site, cookie.as_deref()).await?;
        match officer {
            Some(officer) if capability.is_of(officer.role) => {
                request.extensions_mut().insert(officer);
            }
            Some(_) => return Err(PageError::Forbidden.into()),
            None if request.method().is_safe() => {
                let sign_in = HttpResponse::SeeOther()
                    .insert_header((header::LOCATION, Url::SignIn.to_string()))
                    .finish();
                return Ok(request.into_response(sign_in).map_into_right_body());
            }
            None => return Err(PageError::Forbidden.into()),
        }
    }
    Ok(next.call(request).await?.map_into_left_body())
}
