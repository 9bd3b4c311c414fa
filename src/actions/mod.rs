//! The actions room: verbs that change something, and downloads. Each owns its transaction and decides; the web only asks.
//!
//! It may use the store and the pure rooms; it knows nothing of HTTP. Randomness and identities come from an
//! [`Entropy`], times from the database.

mod accept_link;
pub mod answer_page;
pub mod audit;
mod bursts;
mod device;
mod download;
pub mod drafts;
mod factor_key;
mod first_administrator;
mod freeze_result;
pub mod import;
mod invite;
mod limit_key;
mod parallel;
mod password;
mod people;
mod publish_version;
mod receipt;
mod reset;
pub mod retention;
mod save_page;
mod second_factor;
mod secret;
pub mod send_answers;
mod sign_in;
pub mod simulate;
mod submit_response;
mod weakness;

#[cfg(test)]
mod audit_tests;
#[cfg(test)]
mod download_tests;
#[cfg(test)]
mod retention_tests;
#[cfg(test)]
mod tests;

pub use crate::world::Entropy;
pub use accept_link::{Accept, AcceptError, accept_link};
pub use bursts::{BURST_MINUTES, BURST_SENDS, Bursts};
pub use download::{AnswersDownload, Download, DownloadError, save_answers, write_answers};
pub use factor_key::{FactorKey, factor_key};
pub use first_administrator::first_administrator_link;
pub use freeze_result::{Freeze, FreezeError, freeze_result};
pub use invite::{
    Invite, Invited, invite, invite_person, mint_invitation, renew_invitation, withdraw_invitation,
};
pub use limit_key::limit_key;
pub use password::{PASSWORD_LENGTH, Passwords};
pub use people::{
    PersonError, change_role, end_other_sessions, end_own_session, end_sessions, let_in,
    remove_factor, remove_own_factor, require_factor, shut_out,
};
pub use publish_version::publish_version;
pub use receipt::Receipt;
pub use reset::{PasswordError, ask_reset, change_password, mint_reset, reset_password};
pub use save_page::{PageState, PageTarget, SaveError, save_page};
pub use second_factor::{
    Enrolment, FactorError, Holder, RECOVERY_CODES, renew_recovery_codes, set_up_factor,
};
pub use secret::Secret;
pub use sign_in::{
    CONFIRMED_FOR, Entered, HALF_LIFETIME, Place, SESSION_IDLE, SESSION_LIFETIME, SignIn,
    SignInError, SignedIn, confirm, give_code, sign_in, sign_out, waits_for_code,
};
pub use submit_response::{FinalState, SubmitError, submit_response};
pub use weakness::{Weakness, weakness};
