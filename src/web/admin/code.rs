//! The second page of signing in: a code of the app, or a recovery code. The half session opens nothing else.
//!
//! Like the first page its form carries no token: the origin check refuses it from any other site.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::Data,
};

use super::{
    saying::summary,
    session::{half_session, layout, place, remember, remember_half},
};
use crate::{
    actions::{self, SignInError},
    web::{
        errors::PageError, forms::Submitted, pages::CodePage, public::respondent::see_other,
        site::Site, urls::Url, words::Speaker,
    },
};

/// `GET /admin/sign-in/code`.
///
/// # Errors
/// [`PageError`] when the store can't be read.
pub async fn show(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, PageError> {
    match half_session(&request) {
        Some(half) if actions::waits_for_code(&site.store, &half).await? => {
            render(&site, StatusCode::OK, None)
        }
        _ => Ok(again(&site)),
    }
}

/// `POST /admin/sign-in/code`. Every failure says the same; after too many the password has to be given again.
///
/// # Errors
/// [`PageError`] when the store can't be written.
pub async fn give(
    site: Data<Site>,
    request: HttpRequest,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let Some(half) = half_session(&request) else {
        return Ok(again(&site));
    };
    let code = form.0.first("code").unwrap_or_default();
    if code.trim().is_empty() {
        let again = StatusCode::UNPROCESSABLE_ENTITY;
        return render(&site, again, Some("code-missing"));
    }
    let (entropy, place) = (site.entropy.as_ref(), place(&site, &request));
    let key = &site.factor_key;
    match actions::give_code(&site.store, entropy, key, &half, code, &place).await {
        Ok(signed_in) => {
            let mut response = see_other(&Url::Admin);
            remember(&site, &signed_in, &mut response);
            Ok(response)
        }
        Err(SignInError::Over) => Ok(again(&site)),
        Err(SignInError::Wrong) => {
            render(&site, StatusCode::UNPROCESSABLE_ENTITY, Some("code-wrong"))
        }
        Err(SignInError::TooMany { wait_seconds }) => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut response = render(&site, status, Some("code-wrong"))?;
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, wait_seconds.into());
            Ok(response)
        }
        Err(SignInError::Storage(error)) => Err(error.into()),
    }
}

/// Back to the password; the half session is forgotten.
fn again(site: &Site) -> HttpResponse {
    let mut response = see_other(&Url::SignIn);
    remember_half(site, None, &mut response);
    response
}

fn render(
    site: &Site,
    status: StatusCode,
    problem: Option<&'static str>,
) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let code_error = problem.map(|id| speaker.id(id));
    let page = CodePage {
        action: Url::SignInCode.to_string(),
        sign_in: Url::SignIn.to_string(),
        errors: summary(&[("code", &code_error)]),
        code_error,
    };
    site.page(status, &layout(site), &page)
}
