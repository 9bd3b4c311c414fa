//! Who may do what: the one authorisation layer. Every route names its [`Access`]; a route without one can't be written.

use crate::{actions::CONFIRMED_FOR, storage::users::Role};

/// What a route asks of whoever calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever holds the response's own token; the handler finds the response by it.
    Respondent,
    /// Anybody who is signed in, whatever is still asked of them: the way out.
    SignedIn,
    /// Anybody who is signed in and has no second factor yet; whoever has one must have proved lately who they are.
    SettingUp,
    /// An officer whose role has this capability.
    Officer(Capability),
    /// The same, and they must have proved within the last ten minutes who they are.
    Confirmed(Capability),
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
    /// Erase one response on request.
    EraseResponses,
    /// Read who changed and saw what.
    SeeAudit,
    /// Look after one's own account.
    OwnAccount,
    /// Look after the accounts of all.
    ManagePeople,
    /// Write surveys and publish them.
    EditSurveys,
}

impl Capability {
    /// Whether `role` has this capability.
    #[must_use]
    pub fn is_of(self, role: Role) -> bool {
        if self == Self::OwnAccount {
            return true;
        }
        match role {
            Role::Administrator => true,
            Role::Officer => !matches!(self, Self::SeeAudit | Self::ManagePeople),
            // A file of answers holds every comment: until quotes can be cleared, figures are what comms take out.
            Role::Comms => matches!(self, Self::SeeResults),
            Role::Clerk => false,
        }
    }
}

/// How far somebody who is signed in has proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What they may do.
    pub role: Role,
    /// Whether they have a second factor.
    pub has_factor: bool,
    /// Whether their role needs one.
    pub needs_factor: bool,
    /// How long ago they last proved it, in microseconds.
    pub confirmed_ago: i64,
}

/// What the layer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Allowed,
    /// Not with this role.
    Refused,
    /// First a second factor.
    SetUpFirst,
    /// First prove again who you are.
    ConfirmFirst,
}

impl Access {
    /// What a route's access says to somebody who is signed in.
    #[must_use]
    pub fn judge(self, who: Standing) -> Verdict {
        let is_fresh = who.confirmed_ago < CONFIRMED_FOR;
        let (capability, asks_fresh) = match self {
            Self::Public | Self::Respondent | Self::SignedIn => return Verdict::Allowed,
            Self::SettingUp if is_fresh || !who.has_factor => return Verdict::Allowed,
            Self::SettingUp => return Verdict::ConfirmFirst,
            Self::Officer(capability) => (capability, false),
            Self::Confirmed(capability) => (capability, true),
        };
        if who.needs_factor && !who.has_factor {
            Verdict::SetUpFirst
        } else if !capability.is_of(who.role) {
            Verdict::Refused
        } else if asks_fresh && !is_fresh {
            Verdict::ConfirmFirst
        } else {
            Verdict::Allowed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_must_set_up_a_second_factor_gets_nowhere_else() {
        let new = Standing {
            role: Role::Administrator,
            has_factor: false,
            needs_factor: true,
            confirmed_ago: 0,
        };
        for (access, verdict) in [
            (Access::SignedIn, Verdict::Allowed),
            (Access::SettingUp, Verdict::Allowed),
            (Access::Officer(Capability::OwnAccount), Verdict::SetUpFirst),
            (Access::Officer(Capability::SeeResults), Verdict::SetUpFirst),
            (
                Access::Confirmed(Capability::ManagePeople),
                Verdict::SetUpFirst,
            ),
        ] {
            assert_eq!(access.judge(new), verdict, "{access:?}");
        }
    }

    #[test]
    fn a_proof_lasts_ten_minutes_where_one_is_asked_for() {
        let at = |confirmed_ago| Standing {
            role: Role::Officer,
            has_factor: true,
            needs_factor: true,
            confirmed_ago,
        };
        let (export, people) = (Capability::Export, Capability::ManagePeople);
        let ten_minutes = 10 * 60 * 1_000_000;
        assert_eq!(
            Access::Confirmed(export).judge(at(ten_minutes - 1)),
            Verdict::Allowed
        );
        assert_eq!(
            Access::Confirmed(export).judge(at(ten_minutes)),
            Verdict::ConfirmFirst
        );
        assert_eq!(
            Access::SettingUp.judge(at(ten_minutes)),
            Verdict::ConfirmFirst
        );
        assert_eq!(
            Access::Officer(export).judge(at(i64::MAX)),
            Verdict::Allowed
        );
        assert_eq!(
            Access::Confirmed(people).judge(at(i64::MAX)),
            Verdict::Refused
        );
    }
}
