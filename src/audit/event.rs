//! What can happen: a closed list. Its names and fields are stored for years, so they are added to and never changed.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::survey::ids::{QuestionKey, Slug, ThemeKey};

/// The number of the format that events are written in.
pub const FORMAT: i16 = 1;

/// Why a stored event can't be read.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// Another program's format.
    #[error("format {0} of the audit log is not known")]
    Format(i16),
    /// Not an event of this format.
    #[error("an event can't be read: {0}")]
    Json(#[from] serde_json::Error),
}

/// Why somebody was not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The password was wrong.
    WrongPassword,
    /// The code of the second factor was wrong.
    WrongCode,
    /// The account is shut out.
    ShutOut,
    /// Nobody has such an account.
    NoAccount,
    /// Too many tries for the account; the first refusal of each quarter of an hour is written down.
    TooManyForAccount,
    /// Too many tries from one place; the same.
    TooManyFromPlace,
}

/// What became of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountChange {
    /// Its holder may do something else.
    Role,
    /// Its holder can't sign in any more.
    ShutOut,
    /// Its holder can sign in again.
    LetIn,
    /// Sessions of its holder ended.
    SessionsEnded,
    /// A second factor was set up.
    FactorSet,
    /// The second factor was taken away.
    FactorRemoved,
    /// Recovery codes were made anew.
    CodesRenewed,
    /// A new password, by somebody who gave the old one.
    PasswordChanged,
    /// A new password, by a mailed link.
    PasswordReset,
}

/// What became of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationChange {
    /// It works for another week, by a new link.
    Renewed,
    /// It was taken back.
    Withdrawn,
}

/// What answers were written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswersForm {
    /// Codes.
    Codes,
    /// Labels.
    Labels,
}

/// How figures were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SightForm {
    /// On a page.
    Page,
    /// In a file of numbers, or a chart.
    File,
}

/// What happened. Rows name accounts, surveys and responses by their identities; names are looked up when somebody reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// Somebody signed in.
    SignedIn {},
    /// Somebody was not signed in. An address that has no account is not written down.
    SignInRefused {
        /// The account that was tried, if there is one.
        account: Option<Uuid>,
        /// Why.
        reason: Refusal,
    },
    /// Somebody signed out.
    SignedOut {},
    /// A one-time link was made that lets the first administrator in.
    AdministratorLinkMade {},
    /// Somebody was invited; to which address is not written down.
    Invited {
        /// The role's name.
        role: String,
    },
    /// A one-time link became an account.
    LinkAccepted {
        /// The account.
        account: Uuid,
        /// Its role's name.
        role: String,
    },
    /// An invitation that waits was changed.
    InvitationChanged {
        /// The invitation.
        invitation: Uuid,
        /// How.
        change: InvitationChange,
    },
    /// An account was changed.
    AccountChanged {
        /// The account.
        account: Uuid,
        /// How.
        change: AccountChange,
        /// The role's name before, where that changed.
        before: Option<String>,
        /// The role's name since, where that changed.
        after: Option<String>,
    },
    /// Which roles need a second factor was set.
    FactorRolesSet {
        /// The names of the roles before.
        before: Vec<String>,
        /// And since.
        after: Vec<String>,
    },
    /// A draft of a survey was saved.
    DraftSaved {
        /// The survey.
        survey: Slug,
        /// Its revision since.
        revision: u32,
    },
    /// A version of a survey was published.
    SurveyPublished {
        /// The survey.
        survey: Slug,
        /// Which version residents answer now.
        version: u32,
        /// Which one until now.
        before: Option<u32>,
    },
    /// Answers were taken out in a file.
    AnswersDownloaded {
        /// The survey.
        survey: Slug,
        /// What stands for answers.
        form: AnswersForm,
        /// Whether with sensitive answers.
        sensitive: bool,
        /// The filter in force, as in addresses of results; empty for everybody.
        filter: String,
        /// Of how many responses.
        responses: u64,
    },
    /// Comments were read.
    CommentsRead {
        /// The survey.
        survey: Slug,
        /// How many stood on the page.
        shown: u32,
        /// Of which question, if of one.
        question: Option<QuestionKey>,
        /// About which theme, if about one.
        theme: Option<ThemeKey>,
        /// The filter in force; empty for everybody.
        filter: String,
        /// Whether words were searched for; which is not written down, since they may be somebody's name.
        searched: bool,
    },
    /// Figures of sensitive answers were seen.
    SensitiveFiguresSeen {
        /// The survey.
        survey: Slug,
        /// The results page's address below the survey's own.
        page: String,
        /// How.
        form: SightForm,
    },
    /// A results page was frozen.
    ResultFrozen {
        /// The survey.
        survey: Slug,
        /// The results page's address below the survey's own.
        page: String,
        /// Whether it shows figures of sensitive answers.
        sensitive: bool,
    },
    /// Responses were brought in by a file.
    ResponsesImported {
        /// The survey.
        survey: Slug,
        /// How many.
        responses: u64,
        /// SHA-256 of the file, in hexadecimal.
        sha256: String,
    },
    /// Responses were made up.
    ResponsesSimulated {
        /// The survey.
        survey: Slug,
        /// How many.
        responses: u64,
        /// From which seed.
        seed: u64,
    },
    /// Responses that were never sent were deleted.
    UnsentDeleted {
        /// The survey.
        survey: Slug,
        /// How many.
        responses: u64,
    },
    /// The personal parts of sent responses were deleted, because their time was over.
    PersonalPartsDeleted {
        /// The survey.
        survey: Slug,
        /// Of how many responses.
        responses: u64,
        /// How many texts.
        texts: u64,
        /// How many documents of sensitive answers.
        sensitive: u64,
    },
    /// One response was deleted, because somebody asked for it.
    ResponseErased {
        /// The survey.
        survey: Slug,
        /// Which.
        response: Uuid,
    },
    /// Lines of this log were taken out in a file.
    LogDownloaded {
        /// The filter in force; empty for all.
        filter: String,
        /// Whether words were searched for.
        searched: bool,
    },
    /// The database was copied.
    BackedUp {},
    /// The database came from a copy.
    Restored {},
}

/// What an event was about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject<'a> {
    /// The survey.
    pub survey: Option<&'a Slug>,
    /// The response.
    pub response: Option<Uuid>,
    /// The account.
    pub account: Option<Uuid>,
}

/// A name that no kind of event has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no such kind of event")]
pub struct UnknownKind;

macro_rules! kinds {
    ($($kind:ident $name:literal $label:literal $sentence:literal,)*) => {
        /// A kind of event.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind {
            $(
                #[doc = $name]
                $kind,
            )*
        }

        impl Kind {
            /// Every kind, in the order lists show them.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// The name it is stored as.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }

            /// The message that names it in lists.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$kind => $label,)*
                }
            }

            /// The message that tells of it.
            #[must_use]
            pub(super) const fn sentence(self) -> &'static str {
                match self {
                    $(Self::$kind => $sentence,)*
                }
            }
        }

        impl Event {
            /// Its kind.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self {
                    $(Self::$kind { .. } => Kind::$kind,)*
                }
            }
        }
    };
}

kinds! {
    SignedIn "signed_in" "audit-kind-signed-in" "audit-signed-in",
    SignInRefused "sign_in_refused" "audit-kind-sign-in-refused" "audit-sign-in-refused",
    SignedOut "signed_out" "audit-kind-signed-out" "audit-signed-out",
    AdministratorLinkMade "administrator_link_made" "audit-kind-administrator-link-made" "audit-administrator-link-made",
    Invited "invited" "audit-kind-invited" "audit-invited",
    LinkAccepted "link_accepted" "audit-kind-link-accepted" "audit-link-accepted",
    InvitationChanged "invitation_changed" "audit-kind-invitation-changed" "audit-invitation-changed",
    AccountChanged "account_changed" "audit-kind-account-changed" "audit-account-changed",
    FactorRolesSet "factor_roles_set" "audit-kind-factor-roles-set" "audit-factor-roles-set",
    DraftSaved "draft_saved" "audit-kind-draft-saved" "audit-draft-saved",
    SurveyPublished "survey_published" "audit-kind-survey-published" "audit-survey-published",
    AnswersDownloaded "answers_downloaded" "audit-kind-answers-downloaded" "audit-answers-downloaded",
    CommentsRead "comments_read" "audit-kind-comments-read" "audit-comments-read",
    SensitiveFiguresSeen "sensitive_figures_seen" "audit-kind-sensitive-figures-seen" "audit-sensitive-figures-seen",
    ResultFrozen "result_frozen" "audit-kind-result-frozen" "audit-result-frozen",
    ResponsesImported "responses_imported" "audit-kind-responses-imported" "audit-responses-imported",
    ResponsesSimulated "responses_simulated" "audit-kind-responses-simulated" "audit-responses-simulated",
    UnsentDeleted "unsent_deleted" "audit-kind-unsent-deleted" "audit-unsent-deleted",
    PersonalPartsDeleted "personal_parts_deleted" "audit-kind-personal-parts-deleted" "audit-personal-parts-deleted",
    ResponseErased "response_erased" "audit-kind-response-erased" "audit-response-erased",
    LogDownloaded "log_downloaded" "audit-kind-log-downloaded" "audit-log-downloaded",
    BackedUp "backed_up" "audit-kind-backed-up" "audit-backed-up",
    Restored "restored" "audit-kind-restored" "audit-restored",
}

impl std::str::FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        let found = Self::ALL.iter().find(|kind| kind.name() == name);
        found.copied().ok_or(UnknownKind)
    }
}

impl Event {
    /// Reads a stored event.
    ///
    /// # Errors
    /// [`EventError`].
    pub fn read(format: i16, details: &str) -> Result<Self, EventError> {
        if format != FORMAT {
            return Err(EventError::Format(format));
        }
        Ok(serde_json::from_str(details)?)
    }

    /// The event as it is stored.
    ///
    /// # Errors
    /// None that these types can bring about; it is passed on all the same.
    pub fn to_json(&self) -> Result<String, EventError> {
        Ok(serde_json::to_string(self)?)
    }

    /// What it was about.
    #[must_use]
    pub fn subject(&self) -> Subject<'_> {
        let of = |survey| Subject {
            survey: Some(survey),
            ..Subject::default()
        };
        match self {
            Self::SignInRefused { account, .. } => Subject {
                account: *account,
                ..Subject::default()
            },
            Self::LinkAccepted { account, .. } | Self::AccountChanged { account, .. } => Subject {
                account: Some(*account),
                ..Subject::default()
            },
            Self::ResponseErased { survey, response } => Subject {
                response: Some(*response),
                ..of(survey)
            },
            Self::DraftSaved { survey, .. }
            | Self::SurveyPublished { survey, .. }
            | Self::AnswersDownloaded { survey, .. }
            | Self::CommentsRead { survey, .. }
            | Self::SensitiveFiguresSeen { survey, .. }
            | Self::ResultFrozen { survey, .. }
            | Self::ResponsesImported { survey, .. }
            | Self::ResponsesSimulated { survey, .. }
            | Self::UnsentDeleted { survey, .. }
            | Self::PersonalPartsDeleted { survey, .. } => of(survey),
            Self::SignedIn {}
            | Self::SignedOut {}
            | Self::AdministratorLinkMade {}
            | Self::Invited { .. }
            | Self::InvitationChanged { .. }
            | Self::FactorRolesSet { .. }
            | Self::LogDownloaded { .. }
            | Self::BackedUp {}
            | Self::Restored {} => Subject::default(),
        }
    }
}

/// One event of each kind.
#[cfg(test)]
pub(crate) mod samples {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A survey's name.
    fn plan() -> Slug {
        Slug::new("plan").unwrap()
    }

    /// One event of each kind, in the order of [`Kind::ALL`].
    pub(crate) fn every_kind() -> Vec<Event> {
        let (filter, page) = ("age=16_24".to_owned(), "question/ethnicity".to_owned());
        vec![
            Event::SignedIn {},
            Event::SignInRefused {
                account: Some(Uuid::from_u128(7)),
                reason: Refusal::WrongPassword,
            },
            Event::SignedOut {},
            Event::AdministratorLinkMade {},
            Event::Invited {
                role: "officer".to_owned(),
            },
            Event::LinkAccepted {
                account: Uuid::from_u128(7),
                role: "officer".to_owned(),
            },
            Event::InvitationChanged {
                invitation: Uuid::from_u128(8),
                change: InvitationChange::Renewed,
            },
            Event::AccountChanged {
                account: Uuid::from_u128(7),
                change: AccountChange::Role,
                before: Some("officer".to_owned()),
                after: Some("administrator".to_owned()),
            },
            Event::FactorRolesSet {
                before: vec!["administrator".to_owned()],
                after: vec!["administrator".to_owned(), "officer".to_owned()],
            },
            Event::DraftSaved {
                survey: plan(),
                revision: 4,
            },
            Event::SurveyPublished {
                survey: plan(),
                version: 2,
                before: Some(1),
            },
            Event::AnswersDownloaded {
                survey: plan(),
                form: AnswersForm::Codes,
                sensitive: true,
                filter: filter.clone(),
                responses: 4_812,
            },
            Event::CommentsRead {
                survey: plan(),
                shown: 50,
                question: Some(QuestionKey::new("change").unwrap()),
                theme: None,
                filter: filter.clone(),
                searched: true,
            },
            Event::SensitiveFiguresSeen {
                survey: plan(),
                page: page.clone(),
                form: SightForm::Page,
            },
            Event::ResultFrozen {
                survey: plan(),
                page,
                sensitive: true,
            },
            Event::ResponsesImported {
                survey: plan(),
                responses: 12,
                sha256: "ab".repeat(32),
            },
            Event::ResponsesSimulated {
                survey: plan(),
                responses: 12,
                seed: 7,
            },
            Event::UnsentDeleted {
                survey: plan(),
                responses: 12,
            },
            Event::PersonalPartsDeleted {
                survey: plan(),
                responses: 12,
                texts: 30,
                sensitive: 9,
            },
            Event::ResponseErased {
                survey: plan(),
                response: Uuid::from_u128(9),
            },
            Event::LogDownloaded {
                filter: "kind=signed_in".to_owned(),
                searched: false,
            },
            Event::BackedUp {},
            Event::Restored {},
        ]
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_event_is_read_back_as_it_was_written_under_its_stable_name() {
        let all = samples::every_kind();
        let kinds: Vec<Kind> = all.iter().map(Event::kind).collect();
        assert_eq!(kinds, Kind::ALL, "a sample of each kind, in order");
        for event in all {
            let text = event.to_json().unwrap();
            let tag: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(tag["event"], event.kind().name());
            assert_eq!(event.kind().name().parse(), Ok(event.kind()));
            assert_eq!(Event::read(FORMAT, &text).unwrap(), event);
        }
    }

    #[test]
    fn what_another_program_wrote_is_no_event() {
        assert!(matches!(
            Event::read(2, r#"{"event":"signed_in"}"#),
            Err(EventError::Format(2))
        ));
        for text in [
            r#"{"event":"danced"}"#,
            r#"{"event":"signed_in","address":"192.0.2.1"}"#,
            r#"{"event":"invited"}"#,
            "",
        ] {
            assert!(
                matches!(Event::read(FORMAT, text), Err(EventError::Json(_))),
                "{text}"
            );
        }
    }

    /// The stored form is a promise to rows of years ago.
    #[test]
    fn the_stored_form_does_not_change() {
        let read = Event::AnswersDownloaded {
            survey: Slug::new("plan").unwrap(),
            form: AnswersForm::Labels,
            sensitive: false,
            filter: String::new(),
            responses: 3,
        };
        assert_eq!(
            read.to_json().unwrap(),
            r#"{"event":"answers_downloaded","survey":"plan","form":"labels","sensitive":false,"filter":"","responses":3}"#
        );
    }
}
