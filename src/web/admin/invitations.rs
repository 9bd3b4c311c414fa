//! Inviting people: the link is in the answer, once, and in a mail if mail can be sent.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use uuid::Uuid;
use validator::ValidateEmail;

use super::{
    saying::summary,
    session::{Section, SignedInOfficer},
};
use crate::{
    actions::{self, Invite, Invited},
    storage::{StorageError, users::Role},
    survey::form::Form,
    web::{
        errors::PageError,
        forms::Submitted,
        pages::{InvitePage, InvitedPage},
        public::respondent::see_other,
        site::Site,
        urls::Url,
        words::Speaker,
    },
};

/// The longest name.
const LONGEST_NAME: usize = 200;

/// What the form holds, and what is wrong with it.
#[derive(Default)]
struct Draft {
    email: String,
    name: String,
    role: Option<Role>,
    email_error: Option<&'static str>,
    name_error: Option<&'static str>,
    role_error: Option<&'static str>,
}

impl Draft {
    fn read(form: &Form) -> Self {
        let text = |name| form.first(name).unwrap_or_default().trim().to_owned();
        let (email, name) = (text("email"), text("name"));
        let role = form.first("role").and_then(|role| role.parse().ok());
        Self {
            email_error: (!email.validate_email()).then_some("accept-email-wrong"),
            name_error: if name.is_empty() {
                Some("invite-name-missing")
            } else {
                (name.chars().count() > LONGEST_NAME).then_some("invite-name-long")
            },
            role_error: role.is_none().then_some("invite-role-missing"),
            email,
            name,
            role,
        }
    }
}

/// `GET /admin/people/invite`.
///
/// # Errors
/// [`PageError`] when the page can't be shown.
pub async fn show(site: Data<Site>, officer: SignedInOfficer) -> Result<HttpResponse, PageError> {
    render(&site, &officer, StatusCode::OK, Draft::default())
}

/// `POST /admin/people/invite`.
///
/// # Errors
/// [`PageError::StaleForm`], or when the store can't be written.
pub async fn invite(
    site: Data<Site>,
    officer: SignedInOfficer,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let again = StatusCode::UNPROCESSABLE_ENTITY;
    let mut draft = Draft::read(&form.0);
    let role = match draft.role {
        Some(role) if draft.email_error.is_none() && draft.name_error.is_none() => role,
        _ => return render(&site, &officer, again, draft),
    };
    let whom = Invite {
        email: draft.email.clone(),
        name: draft.name.clone(),
        role,
        mail: mail_language(&site),
    };
    match actions::invite_person(&site.store, site.entropy.as_ref(), officer.actor(), whom).await {
        Ok(invited) => show_link(&site, &officer, &invited),
        Err(StorageError::Duplicate(_)) => {
            draft.email_error = Some("accept-email-taken");
            render(&site, &officer, again, draft)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /admin/invitations/{id}/renew`: another link, for another seven days.
///
/// # Errors
/// [`PageError::StaleForm`], [`PageError::NotFound`], or when the store can't be written.
pub async fn renew(
    site: Data<Site>,
    officer: SignedInOfficer,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let (entropy, language) = (site.entropy.as_ref(), mail_language(&site));
    match actions::renew_invitation(&site.store, entropy, officer.actor(), parse(&id)?, language)
        .await
    {
        Ok(invited) => show_link(&site, &officer, &invited),
        Err(StorageError::NotFound(_)) => Err(PageError::NotFound),
        Err(error) => Err(error.into()),
    }
}

/// `POST /admin/invitations/{id}/withdraw`.
///
/// # Errors
/// As [`renew`].
pub async fn withdraw(
    site: Data<Site>,
    officer: SignedInOfficer,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    match actions::withdraw_invitation(&site.store, officer.actor(), parse(&id)?).await {
        Ok(()) => Ok(see_other(&Url::People(""))),
        Err(StorageError::NotFound(_)) => Err(PageError::NotFound),
        Err(error) => Err(error.into()),
    }
}

fn parse(id: &str) -> Result<Uuid, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

fn mail_language(site: &Site) -> Option<String> {
    site.has_mail
        .then(|| site.own_language().as_str().to_owned())
}

fn show_link(
    site: &Site,
    officer: &SignedInOfficer,
    invited: &Invited,
) -> Result<HttpResponse, PageError> {
    let path = Url::Welcome(&invited.secret.to_text()).to_string();
    let page = InvitedPage {
        email: invited.email.clone(),
        link: site.address.link(&path),
        mailed: site.has_mail,
        all: Url::People("").to_string(),
    };
    site.page(
        StatusCode::OK,
        &officer.layout_at(site, Section::People),
        &page,
    )
}

fn render(
    site: &Site,
    officer: &SignedInOfficer,
    status: StatusCode,
    draft: Draft,
) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let say = |id: Option<&str>| id.map(|id| speaker.id(id));
    let (email_error, name_error) = (say(draft.email_error), say(draft.name_error));
    let role_error = say(draft.role_error);
    let page = InvitePage {
        all: Url::People("").to_string(),
        action: Url::People("invite").to_string(),
        email: draft.email,
        name: draft.name,
        role: draft.role.map(Role::as_str),
        roles: Role::ALL.iter().map(|role| role.as_str()).collect(),
        errors: summary(&[
            ("email", &email_error),
            ("name", &name_error),
            ("role", &role_error),
        ]),
        email_error,
        name_error,
        role_error,
    };
    site.page(status, &officer.layout_at(site, Section::People), &page)
}
