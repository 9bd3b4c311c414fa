//! "Your account": one's own password, second factor and sessions.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use uuid::Uuid;

use super::{
    saying::{refused, summary, when},
    session::{Section, SignedInOfficer},
};
use crate::{
    actions::{self, PASSWORD_LENGTH, PasswordError, SESSION_IDLE},
    storage::{factors, sessions},
    web::{
        errors::PageError,
        forms::Submitted,
        pages::{AccountPage, FactorView, SessionLine},
        public::respondent::see_other,
        site::Site,
        urls::Url,
        words::Speaker,
    },
};

/// What is wrong with the form of a new password.
#[derive(Default)]
struct Problems {
    current: Option<String>,
    new: Option<String>,
}

/// `GET /admin/account`.
///
/// # Errors
/// [`PageError`] when the store can't be read.
pub async fn show(site: Data<Site>, officer: SignedInOfficer) -> Result<HttpResponse, PageError> {
    render(&site, &officer, StatusCode::OK, Problems::default()).await
}

/// `POST /admin/account/password`: the current one is needed; other sessions end.
///
/// # Errors
/// [`PageError::StaleForm`], or when the store can't be written.
pub async fn change_password(
    site: Data<Site>,
    officer: SignedInOfficer,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let text = |name| form.0.first(name).unwrap_or_default().to_owned();
    let changed = actions::change_password(
        &site.store,
        site.entropy.as_ref(),
        &site.passwords,
        officer.id,
        officer.session(),
        (text("current-password"), text("new-password")),
        &site.limit_key,
    );
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let mut problems = Problems::default();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match changed.await {
        Ok(()) => return Ok(see_other(&Url::Account(""))),
        Err(PasswordError::Storage(error)) => return Err(error.into()),
        Err(PasswordError::Weak(weakness)) => problems.new = Some(speaker.say(&refused(weakness))),
        Err(PasswordError::TooMany) => {
            status = StatusCode::TOO_MANY_REQUESTS;
            problems.current = Some(speaker.id("account-too-many"));
        }
        Err(PasswordError::Wrong | PasswordError::Over) => {
            problems.current = Some(speaker.id("account-current-wrong"));
        }
    }
    render(&site, &officer, status, problems).await
}

/// `POST /admin/account/sessions`: ends all one's sessions but this one.
///
/// # Errors
/// [`PageError::StaleForm`], or when the store can't be written.
pub async fn end_others(
    site: Data<Site>,
    officer: SignedInOfficer,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    actions::end_other_sessions(&site.store, officer.id, officer.session()).await?;
    Ok(see_other(&Url::Account("")))
}

/// `POST /admin/account/sessions/{id}`: ends one of one's own sessions.
///
/// # Errors
/// [`PageError::StaleForm`]; [`PageError::NotFound`] for a session that is not one's own.
pub async fn end_session(
    site: Data<Site>,
    officer: SignedInOfficer,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let id: Uuid = id.parse().map_err(|_| PageError::NotFound)?;
    if !actions::end_own_session(&site.store, officer.id, id).await? {
        return Err(PageError::NotFound);
    }
    Ok(see_other(&Url::Account("")))
}

/// `POST /admin/account/second-factor/remove`: refused where the role needs one.
///
/// # Errors
/// [`PageError::StaleForm`], [`PageError::Forbidden`], or when the store can't be written.
pub async fn remove_factor(
    site: Data<Site>,
    officer: SignedInOfficer,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    if officer.standing.needs_factor {
        return Err(PageError::Forbidden);
    }
    actions::remove_own_factor(&site.store, officer.id, officer.session()).await?;
    Ok(see_other(&Url::Account("")))
}

async fn render(
    site: &Site,
    officer: &SignedInOfficer,
    status: StatusCode,
    problems: Problems,
) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let factor = factors::find(&site.store, officer.id).await?;
    let factor = FactorView {
        since: factor.map(|factor| when(site, &speaker, factor.confirmed_at)),
        left: factors::codes_left(&site.store, officer.id).await?,
        set_up: Url::Account("second-factor").to_string(),
        renew: Url::Account("recovery-codes").to_string(),
        remove: (!officer.standing.needs_factor)
            .then(|| Url::Account("second-factor/remove").to_string()),
    };
    let sessions = sessions::of_user(&site.store, officer.id, SESSION_IDLE).await?;
    let sessions = sessions.into_iter().map(|session| SessionLine {
        started: when(site, &speaker, session.created_at),
        seen: when(site, &speaker, session.seen_at),
        is_this: session.id == officer.session_id,
        end: Url::EndSession(session.id).to_string(),
    });
    let page = AccountPage {
        name: officer.name.clone(),
        email: officer.email.clone(),
        role: officer.role.as_str(),
        change_password: Url::Account("password").to_string(),
        password_length: *PASSWORD_LENGTH.start(),
        errors: summary(&[
            ("current-password", &problems.current),
            ("new-password", &problems.new),
        ]),
        current_error: problems.current,
        new_error: problems.new,
        factor,
        sessions: sessions.collect(),
        end_others: Url::Account("sessions").to_string(),
    };
    site.page(status, &officer.layout_at(site, Section::Account), &page)
}
