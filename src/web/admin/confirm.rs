//! Proving again who one is, before something that can't be taken back: a code, or the password of who has no app.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::Data,
};
use url::form_urlencoded;

use super::{
    return_to::safe_path,
    saying::summary,
    session::{Section, SignedInOfficer},
};
use crate::{
    actions::{self, SignInError},
    web::{
        errors::PageError, forms::Submitted, pages::ConfirmPage,
        public::respondent::see_other_path, site::Site, urls::Url, words::Speaker,
    },
};

/// `GET /admin/confirm`: `next` is where somebody goes on.
///
/// # Errors
/// [`PageError`] when the page can't be shown.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
) -> Result<HttpResponse, PageError> {
    let next = form_urlencoded::parse(request.query_string().as_bytes())
        .find(|(name, _)| name == "next")
        .map(|(_, value)| value.into_owned());
    render(
        &site,
        &officer,
        StatusCode::OK,
        &next.unwrap_or_default(),
        None,
    )
}

/// `POST /admin/confirm`.
///
/// # Errors
/// [`PageError::StaleForm`], or when the store can't be written.
pub async fn confirm(
    site: Data<Site>,
    officer: SignedInOfficer,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let by_code = officer.standing.has_factor;
    let field = if by_code { "code" } else { "password" };
    let given = form.0.first(field).unwrap_or_default();
    let next = form.0.first("next").unwrap_or_default();
    let outcome = actions::confirm(
        &site.store,
        &site.factor_key,
        &site.passwords,
        officer.id,
        officer.session(),
        given,
        &site.limit_key,
    );
    let wrong = if by_code {
        "code-wrong"
    } else {
        "confirm-password-wrong"
    };
    match outcome.await {
        Ok(()) => Ok(see_other_path(&way_on(next))),
        Err(SignInError::Wrong | SignInError::Over) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            render(&site, &officer, status, next, Some(wrong))
        }
        Err(SignInError::TooMany { wait_seconds }) => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut response = render(&site, &officer, status, next, Some(wrong))?;
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, wait_seconds.into());
            Ok(response)
        }
        Err(SignInError::Storage(error)) => Err(error.into()),
    }
}

/// An address of ours, or officers' first page.
fn way_on(next: &str) -> String {
    safe_path(next).unwrap_or_else(|| Url::Admin.to_string())
}

fn render(
    site: &Site,
    officer: &SignedInOfficer,
    status: StatusCode,
    next: &str,
    problem: Option<&'static str>,
) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let error = problem.map(|id| speaker.id(id));
    let by_code = officer.standing.has_factor;
    let page = ConfirmPage {
        action: Url::Confirm("").to_string(),
        next: way_on(next),
        by_code,
        errors: summary(&[(if by_code { "code" } else { "password" }, &error)]),
        error,
    };
    site.page(status, &officer.layout_at(site, Section::Account), &page)
}
