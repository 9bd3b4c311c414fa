//! The people of the office.

use serde::Serialize;

use super::super::ErrorLink;
use crate::web::templates::Page;

/// Somebody with an account.
#[derive(Debug, Clone, Serialize)]
pub struct PersonLine {
    /// Their page.
    pub href: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role by its stored name.
    pub role: &'static str,
    /// Whether they have a second factor.
    pub has_factor: bool,
    /// When they were last here; none, if never.
    pub seen: Option<String>,
    /// Whether they are shut out.
    pub is_out: bool,
}

/// Somebody who is invited.
#[derive(Debug, Clone, Serialize)]
pub struct InvitationLine {
    /// Their name; may be empty.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The role by its stored name.
    pub role: &'static str,
    /// Until when the link works, or worked.
    pub expires: String,
    /// Whether that is over.
    pub expired: bool,
    /// Where it is renewed, by a POST.
    pub renew: String,
    /// Where it is withdrawn, by a POST.
    pub withdraw: String,
}

/// A role that may need a second factor.
#[derive(Debug, Clone, Serialize)]
pub struct RoleBox {
    /// The role by its stored name.
    pub role: &'static str,
    /// Whether it needs one.
    pub ticked: bool,
    /// Whether that can't be changed.
    pub fixed: bool,
}

/// Everybody.
#[derive(Debug, Clone, Serialize)]
pub struct PeoplePage {
    /// Who has an account.
    pub people: Vec<PersonLine>,
    /// Who is invited.
    pub waiting: Vec<InvitationLine>,
    /// Where somebody is invited.
    pub invite: String,
    /// Where the roles that need a second factor are posted to; field `roles`.
    pub roles: String,
    /// The roles.
    pub boxes: Vec<RoleBox>,
}

impl Page for PeoplePage {
    const TEMPLATE: &'static str = "officers/people.html";
}

/// One person.
#[derive(Debug, Clone, Serialize)]
pub struct PersonPage {
    /// The list.
    pub all: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// When they joined.
    pub joined: String,
    /// When they were last here.
    pub seen: Option<String>,
    /// Whether they have a second factor.
    pub has_factor: bool,
    /// Whether they are shut out.
    pub is_out: bool,
    /// Whether it is oneself.
    pub is_self: bool,
    /// Their role by its stored name.
    pub role: &'static str,
    /// Every role.
    pub roles: Vec<&'static str>,
    /// Where a role is posted to; field `role`.
    pub change_role: String,
    /// Where a POST shuts them out.
    pub shut_out: String,
    /// Where a POST lets them in.
    pub let_in: String,
    /// Where a POST ends their sessions.
    pub end_sessions: String,
    /// Where a POST removes their second factor.
    pub remove_factor: String,
    /// Why something was not done.
    pub error: Option<String>,
    /// The same, for the summary.
    pub errors: Vec<ErrorLink>,
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "officers/person.html";
}

/// Inviting somebody.
#[derive(Debug, Clone, Serialize)]
pub struct InvitePage {
    /// The list.
    pub all: String,
    /// Where the form is posted to; fields `email`, `name`, `role`.
    pub action: String,
    /// As typed.
    pub email: String,
    /// As typed.
    pub name: String,
    /// As chosen.
    pub role: Option<&'static str>,
    /// Every role.
    pub roles: Vec<&'static str>,
    /// What is wrong with the address.
    pub email_error: Option<String>,
    /// What is wrong with the name.
    pub name_error: Option<String>,
    /// What is wrong with the role.
    pub role_error: Option<String>,
    /// What is wrong, top to bottom.
    pub errors: Vec<ErrorLink>,
}

impl Page for InvitePage {
    const TEMPLATE: &'static str = "officers/invite.html";
}

/// Somebody is invited: the link, shown once.
#[derive(Debug, Clone, Serialize)]
pub struct InvitedPage {
    /// Whom it is for.
    pub email: String,
    /// The link.
    pub link: String,
    /// Whether it is mailed as well.
    pub mailed: bool,
    /// The list.
    pub all: String,
}

impl Page for InvitedPage {
    const TEMPLATE: &'static str = "officers/invited.html";
}
