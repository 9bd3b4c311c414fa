//! "I forgot my password": a link by mail, and the page it leads to.
//!
//! The first form carries no token, as at sign-in: nobody is signed in. The link's own 256 bits are the second one's.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path},
};
use validator::ValidateEmail;

use super::{
    saying::{refused, summary},
    session::{forget, layout, place, remember_mark},
    welcome::over,
};
use crate::{
    actions::{self, PASSWORD_LENGTH, PasswordError, Secret, SignInError},
    storage::links,
    survey::message::Message,
    web::{
        errors::PageError,
        forms::Submitted,
        pages::{ForgotPage, ResetPage},
        public::respondent::see_other,
        site::Site,
        urls::Url,
        words::Speaker,
    },
};

/// `GET /admin/forgot`.
///
/// # Errors
/// [`PageError`] when the page can't be shown.
pub async fn show(site: Data<Site>) -> Result<HttpResponse, PageError> {
    render(&site, StatusCode::OK, "", None, false)
}

/// `POST /admin/forgot`: the same answer for any address, whoever has it.
///
/// # Errors
/// [`PageError`] when the store can't be written.
pub async fn ask(
    site: Data<Site>,
    request: HttpRequest,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let email = form.0.first("email").unwrap_or_default().trim();
    if !email.validate_email() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return render(&site, status, email, Some("accept-email-wrong"), false);
    }
    let (entropy, place) = (site.entropy.as_ref(), place(&site, &request));
    let lang = site.own_language();
    match actions::ask_reset(&site.store, entropy, email, lang.as_str(), &place).await {
        Ok(()) => render(&site, StatusCode::OK, email, None, true),
        Err(SignInError::TooMany { wait_seconds }) => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut response = render(&site, status, email, Some("forgot-too-many"), false)?;
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, wait_seconds.into());
            Ok(response)
        }
        Err(SignInError::Storage(error)) => Err(error.into()),
        Err(error) => Err(PageError::Internal(error.to_string())),
    }
}

/// `GET /admin/reset/{token}`.
///
/// # Errors
/// [`PageError`] when the store can't be read.
pub async fn link(site: Data<Site>, token: Path<String>) -> Result<HttpResponse, PageError> {
    let Some(secret) = Secret::parse(&token) else {
        return over(&site);
    };
    match links::find_reset(&site.store, &secret.hash()).await? {
        Some(_) => render_reset(&site, StatusCode::OK, &token, None),
        None => over(&site),
    }
}

/// `POST /admin/reset/{token}`: sets the password and leads to sign-in, which asks for the second factor as ever.
///
/// # Errors
/// [`PageError`] when the store can't be written.
pub async fn set(
    site: Data<Site>,
    token: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let Some(secret) = Secret::parse(&token) else {
        return over(&site);
    };
    let password = form.0.first("password").unwrap_or_default().to_owned();
    let (store, entropy) = (&site.store, site.entropy.as_ref());
    let (passwords, limits) = (&site.passwords, &site.limit_key);
    match actions::reset_password(store, entropy, passwords, &secret, password, limits).await {
        Ok(mark) => {
            let mut response = see_other(&Url::SignIn);
            forget(&site, &mut response);
            remember_mark(&site, &mark, &mut response);
            Ok(response)
        }
        Err(PasswordError::Weak(weakness)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            render_reset(&site, status, &token, Some(&refused(weakness)))
        }
        Err(PasswordError::Storage(error)) => Err(error.into()),
        Err(_) => over(&site),
    }
}

fn render(
    site: &Site,
    status: StatusCode,
    email: &str,
    problem: Option<&'static str>,
    sent: bool,
) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let email_error = problem.map(|id| speaker.id(id));
    let page = ForgotPage {
        action: Url::Forgot.to_string(),
        sign_in: Url::SignIn.to_string(),
        email: email.to_owned(),
        sent,
        has_mail: site.has_mail,
        errors: summary(&[("email", &email_error)]),
        email_error,
    };
    site.page(status, &layout(site), &page)
}

fn render_reset(
    site: &Site,
    status: StatusCode,
    token: &str,
    problem: Option<&Message>,
) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let password_error = problem.map(|message| speaker.say(message));
    let page = ResetPage {
        action: Url::Reset(token).to_string(),
        password_length: *PASSWORD_LENGTH.start(),
        errors: summary(&[("password", &password_error)]),
        password_error,
    };
    site.page(status, &layout(site), &page)
}
