//! Typed addresses: every link and redirect is made here, so that none can dangle.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use uuid::Uuid;

use crate::survey::ids::{PageKey, QuestionKey, Slug};

/// A page of this site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Url<'a> {
    /// The hub of surveys.
    Hub,
    /// A survey's overview.
    Overview(&'a Slug),
    /// Where Start is posted.
    Start(&'a Slug),
    /// A page of questions.
    Respond(&'a Slug, &'a PageKey),
    /// A page of questions again, because an answer brought up a further one of its questions; `true` when it is changed
    /// from "check your answers".
    More(&'a Slug, &'a PageKey, &'a QuestionKey, bool),
    /// Check your answers.
    Check(&'a Slug),
    /// A page of questions, to come back to "check your answers" from.
    Change(&'a Slug, &'a PageKey),
    /// After sending.
    Done(&'a Slug),
    /// After sending, with a receipt on its way.
    DoneWithReceipt(&'a Slug),
    /// A copy to print.
    Copy(&'a Slug),
    /// After "save and come back later".
    Saved(&'a Slug),
    /// Where "remove from this device" is posted.
    Remove(&'a Slug),
    /// Ends the session and leaves the site.
    Exit(&'a Slug),
    /// A standing page: privacy, cookies, accessibility, contact.
    Standing(&'static str),
    /// Officers' list of surveys.
    Admin,
    /// Officers' sign-in.
    SignIn,
    /// A one-time link, by its secret.
    Welcome(&'a str),
    /// Where the code is given that completes a sign-in.
    SignInCode,
    /// "I forgot my password".
    Forgot,
    /// A link to a new password, by its secret.
    Reset(&'a str),
    /// Officers' own account; `password`, `second-factor`, `recovery-codes` or `sessions` below it, empty for its home.
    Account(&'static str),
    /// Ends one of one's own sessions.
    EndSession(Uuid),
    /// Proves again who somebody is, and leads back to an address of ours.
    Confirm(&'a str),
    /// The people of the office; `invite` or `second-factor` below it, empty for the list.
    People(&'static str),
    /// Somebody's page; `role`, `shut-out` … below it, empty for the page.
    Person(Uuid, &'static str),
    /// Where an invitation is renewed or withdrawn.
    Invitation(Uuid, &'static str),
    /// Where a new survey is begun.
    NewSurvey,
    /// Where sign-out is posted.
    SignOut,
    /// The audit log.
    Audit,
    /// The audit log as a file, by its suffix.
    AuditFile(&'a str),
    /// A page about one survey for officers, such as `questions`, `themes` or `exports`; empty for its home.
    AdminSurvey(&'a Slug, &'a str),
}

impl fmt::Display for Url<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hub => f.write_str("/"),
            Self::Overview(slug) => write!(f, "/surveys/{slug}"),
            Self::Start(slug) => write!(f, "/surveys/{slug}/start"),
            Self::Respond(slug, page) => write!(f, "/surveys/{slug}/respond/{page}"),
            Self::Change(slug, page) => write!(f, "/surveys/{slug}/respond/{page}?change=1"),
            Self::More(slug, page, question, is_change) => {
                let change = if *is_change { "change=1&" } else { "" };
                write!(f, "/surveys/{slug}/respond/{page}?{change}more={question}")
            }
            Self::Check(slug) => write!(f, "/surveys/{slug}/respond/check"),
            Self::Done(slug) => write!(f, "/surveys/{slug}/respond/done"),
            Self::DoneWithReceipt(slug) => write!(f, "/surveys/{slug}/respond/done?receipt=1"),
            Self::Copy(slug) => write!(f, "/surveys/{slug}/respond/copy"),
            Self::Saved(slug) => write!(f, "/surveys/{slug}/respond/saved"),
            Self::Remove(slug) => write!(f, "/surveys/{slug}/respond/remove"),
            Self::Exit(slug) => write!(f, "/surveys/{slug}/respond/exit"),
            Self::Standing(name) => write!(f, "/{name}"),
            Self::Admin => f.write_str("/admin"),
            Self::SignIn => f.write_str("/admin/sign-in"),
            Self::Welcome(secret) => write!(f, "/admin/welcome/{secret}"),
            Self::SignInCode => f.write_str("/admin/sign-in/code"),
            Self::Forgot => f.write_str("/admin/forgot"),
            Self::Reset(secret) => write!(f, "/admin/reset/{secret}"),
            Self::Account("") => f.write_str("/admin/account"),
            Self::Account(page) => write!(f, "/admin/account/{page}"),
            Self::EndSession(id) => write!(f, "/admin/account/sessions/{id}"),
            Self::Confirm("") => f.write_str("/admin/confirm"),
            Self::Confirm(next) => {
                let next = utf8_percent_encode(next, NON_ALPHANUMERIC);
                write!(f, "/admin/confirm?next={next}")
            }
            Self::People("") => f.write_str("/admin/people"),
            Self::People(page) => write!(f, "/admin/people/{page}"),
            Self::Person(id, "") => write!(f, "/admin/people/{id}"),
            Self::Person(id, page) => write!(f, "/admin/people/{id}/{page}"),
            Self::Invitation(id, page) => write!(f, "/admin/invitations/{id}/{page}"),
            Self::NewSurvey => f.write_str("/admin/new-survey"),
            Self::SignOut => f.write_str("/admin/sign-out"),
            Self::Audit => f.write_str("/admin/audit"),
            Self::AuditFile(suffix) => write!(f, "/admin/audit.{suffix}"),
            Self::AdminSurvey(slug, "") => write!(f, "/admin/surveys/{slug}"),
            Self::AdminSurvey(slug, page) => write!(f, "/admin/surveys/{slug}/{page}"),
        }
    }
}
