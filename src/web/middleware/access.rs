//! The one authorisation layer: looks up what a route asks ([`Access`]) and lets nobody past without it.

use std::sync::Arc;

use actix_web::{
    Error, HttpMessage,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::Next,
    web::Data,
};

use crate::web::{
    access::{Access, Verdict},
    admin::{return_to::path_here, session::SignedInOfficer},
    errors::PageError,
    public::respondent::{see_other, see_other_path},
    site::Site,
    urls::Url,
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
    if !matches!(access, Access::Public | Access::Respondent) {
        match officer(&request).await {
            Ok(Some(officer)) => match judge(&request, *access, &officer) {
                Ok(()) => {
                    request.extensions_mut().insert(officer);
                }
                Err(Refusal::To(elsewhere)) => {
                    let response = see_other_path(&elsewhere);
                    return Ok(request.into_response(response).map_into_right_body());
                }
                Err(Refusal::With(error)) => {
                    return Ok(request.error_response(error).map_into_right_body());
                }
            },
            Ok(None) if request.method().is_safe() => {
                let sign_in = see_other(&Url::SignIn);
                return Ok(request.into_response(sign_in).map_into_right_body());
            }
            Ok(None) => {
                return Ok(request
                    .error_response(PageError::Forbidden)
                    .map_into_right_body());
            }
            Err(error) => return Ok(request.error_response(error).map_into_right_body()),
        }
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// Why somebody who is signed in does not get what they asked for.
enum Refusal {
    /// Led to a path of this site.
    To(String),
    With(PageError),
}

fn judge(
    request: &ServiceRequest,
    access: Access,
    officer: &SignedInOfficer,
) -> Result<(), Refusal> {
    match access.judge(officer.standing) {
        Verdict::Allowed => Ok(()),
        Verdict::Refused => Err(Refusal::With(PageError::Forbidden)),
        Verdict::SetUpFirst if request.method().is_safe() => {
            Err(Refusal::To(Url::Account("second-factor").to_string()))
        }
        Verdict::SetUpFirst => Err(Refusal::With(PageError::Forbidden)),
        Verdict::ConfirmFirst => Err(Refusal::To(Url::Confirm(&way_back(request)).to_string())),
    }
}

/// Where somebody goes on once they have proved who they are: the page they asked for, or the one whose form they sent.
fn way_back(request: &ServiceRequest) -> String {
    if request.method().is_safe() {
        return request.uri().to_string();
    }
    let from = request.headers().get(header::REFERER);
    let site = request.app_data::<Data<Site>>();
    from.and_then(|from| from.to_str().ok())
        .zip(site)
        .and_then(|(from, site)| path_here(&site.address, from))
        .unwrap_or_else(|| Url::Admin.to_string())
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
