//! Events in plain sentences: which message says it, and what goes into it.

use uuid::Uuid;

use super::{AccountChange, Actor, AnswersForm, Event, InvitationChange, Refusal, SightForm};
use crate::survey::{
    ids::Slug,
    message::{Arg, Message},
};

/// Who knows what things are called now. The log holds identities only.
pub trait Names {
    /// The name of an account's holder; none, if there is no such account any more.
    fn account(&self, id: Uuid) -> Option<String>;

    /// A survey's short title; none, if it is not known here.
    fn survey(&self, slug: &Slug) -> Option<String>;
}

/// Who did it, in words.
#[must_use]
pub fn who(by: Actor, names: &dyn Names) -> Arg {
    match by {
        Actor::Account(id) => holder(Some(id), names),
        Actor::Command => Message::new("audit-by-command").into(),
        Actor::System => Message::new("audit-by-system").into(),
        Actor::Nobody => Message::new("audit-by-nobody").into(),
    }
}

/// What happened, in one sentence.
#[must_use]
pub fn sentence(by: Actor, event: &Event, names: &dyn Names) -> Message {
    let told = Message::new(event.kind().sentence()).with("who", who(by, names));
    let told = match event.subject().survey {
        Some(slug) => told.with("survey", title(slug, names)),
        None => told,
    };
    match event {
        Event::SignedIn {}
        | Event::SignedOut {}
        | Event::AdministratorLinkMade {}
        | Event::BackedUp {}
        | Event::Restored {} => told,
        Event::SignInRefused { account, reason } => told
            .with("account", holder(*account, names))
            .with("reason", refusal(*reason)),
        Event::Invited { role } => told.with("role", role_name(role)),
        Event::LinkAccepted { account, role } => told
            .with("account", holder(Some(*account), names))
            .with("role", role_name(role)),
        Event::InvitationChanged { change, .. } => told.with(
            "change",
            match change {
                InvitationChange::Renewed => "renewed",
                InvitationChange::Withdrawn => "withdrawn",
            },
        ),
        Event::AccountChanged {
            account,
            change,
            before,
            after,
        } => {
            let role = |role: &Option<String>| role_name(role.as_deref().unwrap_or_default());
            told.with("account", holder(Some(*account), names))
                .with("own", flag(by == Actor::Account(*account)))
                .with("change", change_of_account(*change))
                .with("before", role(before))
                .with("after", role(after))
        }
        Event::FactorRolesSet { before, after } => told
            .with("before", before.join(", "))
            .with("after", after.join(", ")),
        Event::DraftSaved { revision, .. } => told.with("revision", *revision),
        Event::SurveyPublished {
            version, before, ..
        } => told
            .with("version", *version)
            .with("before", i64::from(before.unwrap_or(0))),
        Event::AnswersDownloaded {
            form,
            sensitive,
            filter,
            responses,
            ..
        } => told
            .with(
                "form",
                match form {
                    AnswersForm::Codes => "codes",
                    AnswersForm::Labels => "labels",
                },
            )
            .with("sensitive", flag(*sensitive))
            .with("filtered", flag(!filter.is_empty()))
            .with("filter", filter.as_str())
            .with("responses", number(*responses)),
        Event::CommentsRead {
            shown,
            question,
            theme,
            filter,
            searched,
            ..
        } => told
            .with("shown", *shown)
            .with(
                "question",
                question.as_ref().map_or("none", |key| key.as_str()),
            )
            .with("theme", theme.as_ref().map_or("none", |key| key.as_str()))
            .with("filtered", flag(!filter.is_empty()))
            .with("filter", filter.as_str())
            .with("searched", flag(*searched)),
        Event::SensitiveFiguresSeen { page, form, .. } => told.with("page", page.as_str()).with(
            "form",
            match form {
                SightForm::Page => "page",
                SightForm::File => "file",
            },
        ),
        Event::ResultFrozen {
            page, sensitive, ..
        } => told
            .with("page", page.as_str())
            .with("sensitive", flag(*sensitive)),
        Event::ResponsesImported {
            responses, sha256, ..
        } => told
            .with("responses", number(*responses))
            .with("sha256", sha256.as_str()),
        Event::ResponsesSimulated {
            responses, seed, ..
        } => told
            .with("responses", number(*responses))
            .with("seed", seed.to_string()),
        Event::UnsentDeleted { responses, .. } => told.with("responses", number(*responses)),
        Event::PersonalPartsDeleted {
            responses,
            texts,
            sensitive,
            ..
        } => told
            .with("responses", number(*responses))
            .with("texts", number(*texts))
            .with("documents", number(*sensitive)),
        Event::ResponseErased { response, .. } => told.with("response", response.to_string()),
        Event::LogDownloaded { filter, searched } => told
            .with("filtered", flag(!filter.is_empty()))
            .with("filter", filter.as_str())
            .with("searched", flag(*searched)),
    }
}

fn role_name(role: &str) -> Message {
    Message::new("audit-role").with("role", role)
}

fn title(slug: &Slug, names: &dyn Names) -> String {
    names.survey(slug).unwrap_or_else(|| slug.to_string())
}

fn holder(account: Option<Uuid>, names: &dyn Names) -> Arg {
    match account.map(|id| names.account(id)) {
        Some(Some(name)) => name.into(),
        Some(None) => Message::new("audit-former-account").into(),
        None => Message::new("audit-no-account").into(),
    }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What a message selects by.
fn flag(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn change_of_account(change: AccountChange) -> &'static str {
    match change {
        AccountChange::Role => "role",
        AccountChange::ShutOut => "shut-out",
        AccountChange::LetIn => "let-in",
        AccountChange::SessionsEnded => "sessions",
        AccountChange::FactorSet => "factor-set",
        AccountChange::FactorRemoved => "factor-removed",
        AccountChange::CodesRenewed => "codes",
        AccountChange::PasswordChanged => "password",
        AccountChange::PasswordReset => "reset",
    }
}

fn refusal(reason: Refusal) -> &'static str {
    match reason {
        Refusal::WrongPassword => "password",
        Refusal::WrongCode => "code",
        Refusal::ShutOut => "shut-out",
        Refusal::NoAccount => "no-account",
        Refusal::TooManyForAccount => "account-limit",
        Refusal::TooManyFromPlace => "place-limit",
    }
}
