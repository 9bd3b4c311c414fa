//! Signing in and out.
//!
//! The form carries no token: nobody is signed in yet, and a cookie of its own would be a third. The origin check
//! (`middleware::origin`) refuses it from any other site, so that nobody is signed in to a stranger's account.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::Data,
};

use super::session::{SignedInOfficer, forget, layout, place, remember, remember_half};
use crate::{
    actions::{self, Entered, SignIn, SignInError},
    web::{
        errors::PageError,
        forms::Submitted,
        pages::{ErrorLink, SignInPage},
        public::respondent::see_other,
        site::Site,
        urls::Url,
        words::Speaker,
    },
};

/// `GET /admin/sign-in`.
///
/// # Errors
/// [`PageError`] when the store can't be read.
pub async fn show(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, PageError> {
    let cookie = request.cookie(SignedInOfficer::COOKIE);
    let cookie = cookie.as_ref().map(|cookie| cookie.value());
    if SignedInOfficer::find(&site, cookie).await?.is_some() {
        return Ok(see_other(&Url::Admin));
    }
    render(&site, StatusCode::OK, String::new(), [None, None])
}

/// `POST /admin/sign-in`. Every failure says the same; too many tries say it with status 429.
///
/// # Errors
/// [`PageError`] when the store can't be read.
pub async fn sign_in(
    site: Data<Site>,
    request: HttpRequest,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let Submitted(form) = form;
    let email = form.first("email").unwrap_or_default().trim().to_owned();
    let password = form.first("password").unwrap_or_default().to_owned();
    if email.is_empty() || password.is_empty() {
        let problems = [
            email.is_empty().then_some("sign-in-email-missing"),
            password.is_empty().then_some("sign-in-password-missing"),
        ];
        return render(&site, StatusCode::UNPROCESSABLE_ENTITY, email, problems);
    }
    let given = SignIn {
        email: email.clone(),
        password,
        place: place(&site, &request),
    };
    match actions::sign_in(&site.store, site.entropy.as_ref(), &site.passwords, given).await {
        Ok(entered) => Ok(enter(&site, &entered)),
        Err(SignInError::Wrong | SignInError::Over) => render(
            &site,
            StatusCode::UNPROCESSABLE_ENTITY,
            email,
            [Some("sign-in-failed"), None],
        ),
        Err(SignInError::TooMany { wait_seconds }) => {
            let mut response = render(
                &site,
                StatusCode::TOO_MANY_REQUESTS,
                email,
                [Some("sign-in-failed"), None],
            )?;
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, wait_seconds.into());
            Ok(response)
        }
        Err(SignInError::Storage(error)) => Err(error.into()),
    }
}

/// `POST /admin/sign-out`.
///
/// # Errors
/// [`PageError::StaleForm`], or when the store can't be written.
pub async fn sign_out(
    site: Data<Site>,
    officer: SignedInOfficer,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    actions::sign_out(&site.store, officer.session()).await?;
    let mut response = see_other(&Url::SignIn);
    forget(&site, &mut response);
    Ok(response)
}

/// Leads on from a right password: in, or to the page that asks for a code.
pub(super) fn enter(site: &Site, entered: &Entered) -> HttpResponse {
    match entered {
        Entered::In(signed_in) => {
            let mut response = see_other(&Url::Admin);
            remember(site, signed_in, &mut response);
            response
        }
        Entered::CodeNeeded(half) => {
            let mut response = see_other(&Url::SignInCode);
            remember_half(site, Some(half), &mut response);
            response
        }
    }
}

fn render(
    site: &Site,
    status: StatusCode,
    email: String,
    problems: [Option<&'static str>; 2],
) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let [email_error, password_error] = problems.map(|id| id.map(|id| speaker.id(id)));
    let errors = [("email", &email_error), ("password", &password_error)]
        .into_iter()
        .filter_map(|(field, text)| {
            Some(ErrorLink {
                field: field.to_owned(),
                text: text.clone()?,
            })
        })
        .collect();
    let page = SignInPage {
        action: Url::SignIn.to_string(),
        email,
        email_error,
        password_error,
        errors,
        forgot: Url::Forgot.to_string(),
    };
    site.page(status, &layout(site), &page)
}
