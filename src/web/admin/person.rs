//! One person of the office: their role, and what is done when they leave, lose their phone or forget to sign out.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use uuid::Uuid;

use super::{
    saying::{summary, when},
    session::{Section, SignedInOfficer},
};
use crate::{
    actions::{self, PersonError},
    storage::{
        StorageError, factors,
        users::{self, Role, User},
    },
    survey::form::Form,
    web::{
        errors::PageError, forms::Submitted, pages::PersonPage, public::respondent::see_other,
        site::Site, urls::Url, words::Speaker,
    },
};

/// `GET /admin/people/{id}`.
///
/// # Errors
/// [`PageError::NotFound`], or when the store can't be read.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    id: Path<String>,
) -> Result<HttpResponse, PageError> {
    let user = find(&site, &id).await?;
    render(&site, &officer, StatusCode::OK, user, None).await
}

/// `POST /admin/people/{id}/role`.
///
/// # Errors
/// [`PageError`] for a stale form, nobody or no role, or when the store can't be written.
pub async fn change_role(
    site: Data<Site>,
    officer: SignedInOfficer,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let user = asked(&site, &officer, &id, &form.0).await?;
    let role: Role = form
        .0
        .first("role")
        .and_then(|role| role.parse().ok())
        .ok_or(PageError::BadRequest)?;
    let done = actions::change_role(&site.store, officer.actor(), user.id, role).await;
    answer(&site, &officer, user, done).await
}

/// `POST /admin/people/{id}/shut-out`.
///
/// # Errors
/// As [`change_role`].
pub async fn shut_out(
    site: Data<Site>,
    officer: SignedInOfficer,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let user = asked(&site, &officer, &id, &form.0).await?;
    let done = actions::shut_out(&site.store, officer.actor(), user.id).await;
    answer(&site, &officer, user, done).await
}

/// `POST /admin/people/{id}/let-in`.
///
/// # Errors
/// As [`change_role`].
pub async fn let_in(
    site: Data<Site>,
    officer: SignedInOfficer,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let user = asked(&site, &officer, &id, &form.0).await?;
    actions::let_in(&site.store, officer.actor(), user.id).await?;
    answer(&site, &officer, user, Ok(())).await
}

/// `POST /admin/people/{id}/end-sessions`.
///
/// # Errors
/// As [`change_role`].
pub async fn end_sessions(
    site: Data<Site>,
    officer: SignedInOfficer,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let user = asked(&site, &officer, &id, &form.0).await?;
    actions::end_sessions(&site.store, officer.actor(), user.id).await?;
    answer(&site, &officer, user, Ok(())).await
}

/// `POST /admin/people/{id}/remove-factor`: they set up another when they next sign in, if their role needs one.
///
/// # Errors
/// As [`change_role`].
pub async fn remove_factor(
    site: Data<Site>,
    officer: SignedInOfficer,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let user = asked(&site, &officer, &id, &form.0).await?;
    actions::remove_factor(&site.store, officer.actor(), user.id).await?;
    answer(&site, &officer, user, Ok(())).await
}

/// Whom a form is about, once its token is found good.
async fn asked(
    site: &Site,
    officer: &SignedInOfficer,
    id: &str,
    form: &Form,
) -> Result<User, PageError> {
    officer.check(form)?;
    find(site, id).await
}

async fn find(site: &Site, id: &str) -> Result<User, PageError> {
    let id: Uuid = id.parse().map_err(|_| PageError::NotFound)?;
    let user = users::find(&site.store, id).await?;
    user.ok_or(PageError::NotFound)
}

async fn answer(
    site: &Site,
    officer: &SignedInOfficer,
    user: User,
    done: Result<(), PersonError>,
) -> Result<HttpResponse, PageError> {
    match done {
        Ok(()) => Ok(see_other(&Url::Person(user.id, ""))),
        Err(PersonError::LastAdministrator) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            render(
                site,
                officer,
                status,
                user,
                Some("person-last-administrator"),
            )
            .await
        }
        Err(PersonError::Storage(StorageError::NotFound(_))) => Err(PageError::NotFound),
        Err(PersonError::Storage(error)) => Err(error.into()),
    }
}

async fn render(
    site: &Site,
    officer: &SignedInOfficer,
    status: StatusCode,
    user: User,
    problem: Option<&'static str>,
) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let has_factor = factors::find(&site.store, user.id).await?.is_some();
    let error = problem.map(|id| speaker.id(id));
    let to = |what| Url::Person(user.id, what).to_string();
    let page = PersonPage {
        all: Url::People("").to_string(),
        joined: when(site, &speaker, user.created_at),
        seen: user.seen_at.map(|at| when(site, &speaker, at)),
        has_factor,
        is_out: user.disabled,
        is_self: user.id == officer.id,
        role: user.role.as_str(),
        roles: Role::ALL.iter().map(|role| role.as_str()).collect(),
        change_role: to("role"),
        shut_out: to("shut-out"),
        let_in: to("let-in"),
        end_sessions: to("end-sessions"),
        remove_factor: to("remove-factor"),
        name: user.name,
        email: user.email,
        errors: summary(&[("role", &error)]),
        error,
    };
    site.page(status, &officer.layout_at(site, Section::People), &page)
}
