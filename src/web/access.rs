//! Who may do what: the one authorisation layer. Every route names its [`Access`]; a route without one can't be written.

use crate::storage::users::Role;

/// What a route asks of whoever calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever holds the response's own token; the handler finds the response by it.
    Respondent,
    /// An officer whose role has this capability.
    Officer(Capability),
}

/// Something a role may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capability {
    /// See surveys and their results.
    SeeResults,
    /// Read comments.
    ReadComments,
    /// Take answers out in a file.
    Export,
    /// See special-category answers: their figures, and their columns in files.
    SeeSensitive,
    /// Keep a result as it is, for good.
    FreezeResults,
    /// Write surveys and publish them.
    EditSurveys,
}

impl Capability {
    /// Whether `role` has this capability.
    #[must_use]
    pub fn is_of(self, role: Role) -> bool {
        match role {
            Role::Administrator | Role::Officer => true,
            // A file of answers holds every comment: until quotes can be cleared, figures are what comms take out.
            Role::Comms => matches!(self, Self::SeeResults),
            Role::Clerk => false,
        }
    }
}
