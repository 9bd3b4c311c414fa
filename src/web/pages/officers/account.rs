//! Signing in, and setting up an account.

use serde::Serialize;

use super::super::ErrorLink;
use crate::web::templates::Page;

/// Sign in with email address and password.
#[derive(Debug, Clone, Serialize)]
pub struct SignInPage {
    /// Where the form is posted to; fields `email`, `password`.
    pub action: String,
    /// As typed.
    pub email: String,
    /// What is wrong with the address. One message for all causes of failure stands here too.
    pub email_error: Option<String>,
    /// What is wrong with the password: only that it is missing.
    pub password_error: Option<String>,
    /// Where people go who forgot their password.
    pub forgot: String,
    /// What is wrong, top to bottom.
    pub errors: Vec<ErrorLink>,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "officers/sign_in.html";
}

/// The one-time link: choose a name and a password.
#[derive(Debug, Clone, Serialize)]
pub struct AcceptPage {
    /// Where the form is posted to; fields `name`, `email`, `password`.
    pub action: String,
    /// The address the account is for; asked for, where none is known yet.
    pub email: String,
    /// Whether the address is given and can't be changed.
    pub email_fixed: bool,
    /// The name as typed.
    pub name: String,
    /// The fewest characters of a password.
    pub password_length: usize,
    /// What is wrong with the name.
    pub name_error: Option<String>,
    /// What is wrong with the address.
    pub email_error: Option<String>,
    /// What is wrong with the password.
    pub password_error: Option<String>,
    /// What is wrong, top to bottom.
    pub errors: Vec<ErrorLink>,
}

impl Page for AcceptPage {
    const TEMPLATE: &'static str = "officers/accept.html";
}

/// A one-time link that was used, has expired, or never was.
#[derive(Debug, Clone, Serialize)]
pub struct LinkOverPage {
    /// Where people with an account sign in.
    pub sign_in: String,
}

impl Page for LinkOverPage {
    const TEMPLATE: &'static str = "officers/link_over.html";
}
