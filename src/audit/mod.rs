//! The audit room: what the office and its program did, as closed types, as sentences, and as a chain of hashes.
//!
//! PURE. It may use the survey room's names. It never knows of words of residents, addresses, tokens or devices: an event
//! has no field that could hold one. Who writes rows and seals is decided elsewhere (`actions::audit`, `storage::audit`).

pub mod chain;
mod event;
pub mod sentence;

use uuid::Uuid;

#[cfg(test)]
pub(crate) use event::samples::every_kind as samples;
pub use event::{
    AccountChange, AnswersForm, Event, EventError, FORMAT, InvitationChange, Kind, Refusal,
    SightForm, Subject, UnknownKind,
};

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Somebody of the office, signed in.
    Account(Uuid),
    /// Whoever may run commands on the machine.
    Command,
    /// The program by itself: a job, or its start.
    System,
    /// Somebody who is not signed in.
    Nobody,
}

impl Actor {
    /// The stable name of its kind, as it is stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Command => "command",
            Self::System => "system",
            Self::Nobody => "nobody",
        }
    }

    /// The account, if it is one.
    #[must_use]
    pub const fn account(self) -> Option<Uuid> {
        match self {
            Self::Account(id) => Some(id),
            Self::Command | Self::System | Self::Nobody => None,
        }
    }

    /// The actor that is stored under a name and an account; none, if no such was ever written.
    #[must_use]
    pub fn read(name: &str, account: Option<Uuid>) -> Option<Self> {
        match (name, account) {
            ("account", Some(id)) => Some(Self::Account(id)),
            ("command", None) => Some(Self::Command),
            ("system", None) => Some(Self::System),
            ("nobody", None) => Some(Self::Nobody),
            _ => None,
        }
    }
}

/// A row of the log as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its identity; rows written later have higher ones, but may become visible earlier.
    pub id: i64,
    /// When, by the database's clock (unix microseconds).
    pub at: i64,
    /// The kind of actor ([`Actor::name`]).
    pub actor: String,
    /// The account that acted, if one did.
    pub by_account: Option<Uuid>,
    /// The kind of event ([`Kind::name`]).
    pub kind: String,
    /// The number of the format of `details`.
    pub format: i16,
    /// The survey it was about, by its name in addresses.
    pub survey: Option<String>,
    /// The response it was about.
    pub response: Option<Uuid>,
    /// The account it was about.
    pub account: Option<Uuid>,
    /// The event as JSON.
    pub details: String,
}

impl Row {
    /// Who did it; none, if the row was not written by this program.
    #[must_use]
    pub fn by(&self) -> Option<Actor> {
        Actor::read(&self.actor, self.by_account)
    }

    /// What was done.
    ///
    /// # Errors
    /// [`EventError`], if the row was written by a later program, or not by this one.
    pub fn event(&self) -> Result<Event, EventError> {
        Event::read(self.format, &self.details)
    }
}
