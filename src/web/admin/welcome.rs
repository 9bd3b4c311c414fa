//! The one-time link: it becomes an account, once, and its holder is signed in.
//!
//! The link's own 256 bits are the form's token: whoever can send it holds the link.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use uuid::Uuid;
use validator::ValidateEmail;

use super::{
    saying::refused,
    session::{layout, place},
    sign_in::enter,
};
use crate::{
    actions::{self, Accept, AcceptError, PASSWORD_LENGTH, Secret, SignIn, SignInError, weakness},
    storage::{invitations, links},
    survey::{form::Form, message::Message},
    web::{
        errors::PageError,
        forms::Submitted,
        pages::{AcceptPage, ErrorLink, LinkOverPage},
        public::respondent::see_other,
        site::Site,
        urls::Url,
        words::Speaker,
    },
};

/// What the form holds, and what is wrong with it.
#[derive(Default)]
struct Account {
    name: String,
    email: String,
    password: String,
    name_error: Option<Message>,
    email_error: Option<Message>,
    password_error: Option<Message>,
}

impl Account {
    /// Reads the form; an address that the link gives wins.
    fn read(form: &Form, invited: Option<&str>) -> Self {
        let text = |name| form.first(name).unwrap_or_default().trim().to_owned();
        let password = form.first("password").unwrap_or_default().to_owned();
        let (name, email) = (
            text("name"),
            invited.map_or_else(|| text("email"), ToOwned::to_owned),
        );
        Self {
            name_error: name.is_empty().then(|| Message::new("accept-name-missing")),
            email_error: (!email.validate_email()).then(|| Message::new("accept-email-wrong")),
            password_error: weakness(&password, &[&name, &email]).map(refused),
            name,
            email,
            password,
        }
    }

    fn is_sound(&self) -> bool {
        [&self.name_error, &self.email_error, &self.password_error]
            .iter()
            .all(|error| error.is_none())
    }
}

/// `GET /admin/welcome/{token}`.
///
/// # Errors
/// [`PageError`] when the store can't be read.
pub async fn show(site: Data<Site>, token: Path<String>) -> Result<HttpResponse, PageError> {
    let Some(secret) = Secret::parse(&token) else {
        return over(&site);
    };
    match links::find(&site.store, &secret.hash()).await? {
        Some(link) => {
            let account = Account {
                email: link.email.clone().unwrap_or_default(),
                name: invited_name(&site, link.invitation).await?,
                ..Account::default()
            };
            render(
                &site,
                StatusCode::OK,
                &token,
                link.email.is_some(),
                &account,
            )
        }
        None => over(&site),
    }
}

/// `POST /admin/welcome/{token}`.
///
/// # Errors
/// [`PageError`] when the store can't be written.
pub async fn accept(
    site: Data<Site>,
    request: HttpRequest,
    token: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let Some(secret) = Secret::parse(&token) else {
        return over(&site);
    };
    let Some(link) = links::find(&site.store, &secret.hash()).await? else {
        return over(&site);
    };
    let mut account = Account::read(&form.0, link.email.as_deref());
    let again = StatusCode::UNPROCESSABLE_ENTITY;
    if !account.is_sound() {
        return render(&site, again, &token, link.email.is_some(), &account);
    }
    let given = Accept {
        email: Some(account.email.clone()),
        name: account.name.clone(),
        password: account.password.clone(),
    };
    match actions::accept_link(
        &site.store,
        site.entropy.as_ref(),
        &site.passwords,
        &secret,
        given,
    )
    .await
    {
        Ok(_) => sign_in(&site, &request, account).await,
        Err(AcceptError::Over) => over(&site),
        Err(AcceptError::Storage(error)) => Err(error.into()),
        Err(error) => {
            match error {
                AcceptError::NameMissing => {
                    account.name_error = Some(Message::new("accept-name-missing"))
                }
                AcceptError::Password(weakness) => {
                    account.password_error = Some(refused(weakness));
                }
                AcceptError::EmailTaken => {
                    account.email_error = Some(Message::new("accept-email-taken"))
                }
                _ => account.email_error = Some(Message::new("accept-email-wrong")),
            }
            render(&site, again, &token, link.email.is_some(), &account)
        }
    }
}

/// Signs the new officer in; should that fail, the sign-in page is the way on.
async fn sign_in(
    site: &Site,
    request: &HttpRequest,
    account: Account,
) -> Result<HttpResponse, PageError> {
    let given = SignIn {
        email: account.email,
        password: account.password,
        place: place(site, request),
    };
    match actions::sign_in(&site.store, site.entropy.as_ref(), &site.passwords, given).await {
        Ok(entered) => Ok(enter(site, &entered)),
        Err(SignInError::Storage(error)) => Err(error.into()),
        Err(_) => Ok(see_other(&Url::SignIn)),
    }
}

/// The name that an invitation was made with.
async fn invited_name(site: &Site, invitation: Option<Uuid>) -> Result<String, PageError> {
    let Some(id) = invitation else {
        return Ok(String::new());
    };
    let found = invitations::find(&site.store, id).await?;
    Ok(found.map(|invitation| invitation.name).unwrap_or_default())
}

pub(super) fn over(site: &Site) -> Result<HttpResponse, PageError> {
    let page = LinkOverPage {
        sign_in: Url::SignIn.to_string(),
    };
    site.page(StatusCode::GONE, &layout(site), &page)
}

fn render(
    site: &Site,
    status: StatusCode,
    token: &str,
    email_fixed: bool,
    account: &Account,
) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let say = |error: &Option<Message>| error.as_ref().map(|message| speaker.say(message));
    let name_error = say(&account.name_error);
    let email_error = say(&account.email_error);
    let password_error = say(&account.password_error);
    let errors = [
        ("name", &name_error),
        ("email", &email_error),
        ("password", &password_error),
    ]
    .into_iter()
    // A given address has no field to lead to.
    .filter(|(field, _)| !(email_fixed && *field == "email"))
    .filter_map(|(field, text)| {
        Some(ErrorLink {
            field: field.to_owned(),
            text: text.clone()?,
        })
    })
    .collect();
    let page = AcceptPage {
        action: Url::Welcome(token).to_string(),
        email: account.email.clone(),
        email_fixed,
        name: account.name.clone(),
        password_length: *PASSWORD_LENGTH.start(),
        name_error,
        email_error,
        password_error,
        errors,
    };
    site.page(status, &layout(site), &page)
}
