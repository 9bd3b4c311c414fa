//! Proving who one is, and one's own account.

use serde::Serialize;

use super::super::ErrorLink;
use crate::web::templates::Page;

/// The second page of signing in.
#[derive(Debug, Clone, Serialize)]
pub struct CodePage {
    /// Where the form is posted to; field `code`.
    pub action: String,
    /// Where one begins again.
    pub sign_in: String,
    /// What is wrong: one message for all causes.
    pub code_error: Option<String>,
    /// The same, for the summary.
    pub errors: Vec<ErrorLink>,
}

impl Page for CodePage {
    const TEMPLATE: &'static str = "officers/code.html";
}

/// Proving again who one is.
#[derive(Debug, Clone, Serialize)]
pub struct ConfirmPage {
    /// Where the form is posted to; fields `code` or `password`, and `next`.
    pub action: String,
    /// Where one goes on: a path of this site.
    pub next: String,
    /// Whether a code is asked for; else the password.
    pub by_code: bool,
    /// What is wrong.
    pub error: Option<String>,
    /// The same, for the summary.
    pub errors: Vec<ErrorLink>,
}

impl Page for ConfirmPage {
    const TEMPLATE: &'static str = "officers/confirm.html";
}

/// "I forgot my password", and what is said once a link was asked for.
#[derive(Debug, Clone, Serialize)]
pub struct ForgotPage {
    /// Where the form is posted to; field `email`.
    pub action: String,
    /// Where one signs in.
    pub sign_in: String,
    /// As typed.
    pub email: String,
    /// Whether a link was asked for.
    pub sent: bool,
    /// Whether this site can send mail at all.
    pub has_mail: bool,
    /// What is wrong with the address.
    pub email_error: Option<String>,
    /// The same, for the summary.
    pub errors: Vec<ErrorLink>,
}

impl Page for ForgotPage {
    const TEMPLATE: &'static str = "officers/forgot.html";
}

/// The link to a new password.
#[derive(Debug, Clone, Serialize)]
pub struct ResetPage {
    /// Where the form is posted to; field `password`.
    pub action: String,
    /// The fewest characters of a password.
    pub password_length: usize,
    /// What is wrong with the password.
    pub password_error: Option<String>,
    /// The same, for the summary.
    pub errors: Vec<ErrorLink>,
}

impl Page for ResetPage {
    const TEMPLATE: &'static str = "officers/reset.html";
}

/// A QR code as one path.
#[derive(Debug, Clone, Serialize)]
pub struct QrView {
    /// Modules along a side, with the light border.
    pub side: usize,
    /// The dark modules, as data of an SVG path.
    pub path: String,
}

/// Setting up a second factor.
#[derive(Debug, Clone, Serialize)]
pub struct FactorPage {
    /// Where the form is posted to; field `code`.
    pub action: String,
    /// The picture for the app.
    pub qr: QrView,
    /// The key for typing.
    pub key: String,
    /// Whether there is no way around it.
    pub must: bool,
    /// Whether it takes the place of another.
    pub replaces: bool,
    /// What is wrong with the code.
    pub code_error: Option<String>,
    /// The same, for the summary.
    pub errors: Vec<ErrorLink>,
}

impl Page for FactorPage {
    const TEMPLATE: &'static str = "officers/factor.html";
}

/// Recovery codes, shown once.
#[derive(Debug, Clone, Serialize)]
pub struct RecoveryCodesPage {
    /// The codes.
    pub codes: Vec<String>,
    /// Where one goes on.
    pub go_on: String,
}

impl Page for RecoveryCodesPage {
    const TEMPLATE: &'static str = "officers/recovery_codes.html";
}

/// One's second factor.
#[derive(Debug, Clone, Serialize)]
pub struct FactorView {
    /// Since when there is one.
    pub since: Option<String>,
    /// How many recovery codes are left.
    pub left: u64,
    /// Where one is set up.
    pub set_up: String,
    /// Where recovery codes are made anew, by a POST.
    pub renew: String,
    /// Where it is removed, by a POST; none, where the role needs one.
    pub remove: Option<String>,
}

/// One of one's sessions.
#[derive(Debug, Clone, Serialize)]
pub struct SessionLine {
    /// When it began.
    pub started: String,
    /// When it was last used.
    pub seen: String,
    /// Whether it is this one.
    pub is_this: bool,
    /// Where it is ended, by a POST.
    pub end: String,
}

/// "Your account".
#[derive(Debug, Clone, Serialize)]
pub struct AccountPage {
    /// One's name.
    pub name: String,
    /// One's address.
    pub email: String,
    /// One's role by its stored name.
    pub role: &'static str,
    /// Where a new password is posted to; fields `current-password`, `new-password`.
    pub change_password: String,
    /// The fewest characters of a password.
    pub password_length: usize,
    /// What is wrong with the current password.
    pub current_error: Option<String>,
    /// What is wrong with the new one.
    pub new_error: Option<String>,
    /// The same, for the summary.
    pub errors: Vec<ErrorLink>,
    /// The second factor.
    pub factor: FactorView,
    /// One's sessions, the latest used first.
    pub sessions: Vec<SessionLine>,
    /// Where all others are ended, by a POST.
    pub end_others: String,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "officers/own_account.html";
}
