//! The actions room: verbs that change something, and downloads. Each owns its transaction and decides; the web only asks.
//!
//! It may use the store and the pure rooms; it knows nothing of HTTP. Randomness and identities come from an
//! [`Entropy`], times from the database.

mod accept_link;
pub mod answer_page;
mod bursts;
mod download;
pub mod drafts;
mod first_administrator;
mod freeze_result;
pub mod import;
mod invite;
mod limit_key;
mod parallel;
mod password;
mod publish_version;
mod receipt;
mod save_page;
mod secret;
pub mod send_answers;
mod sign_in;
pub mod simulate;
mod submit_response;

#[cfg(test)]
mod download_tests;
#[cfg(test)]
mod tests;

pub use crate::world::Entropy;
pub use accept_link::{Accept, AcceptError, accept_link};
pub use bursts::{BURST_MINUTES, BURST_SENDS, Bursts};
pub use download::{AnswersDownload, Download, DownloadError, save_answers, write_answers};
pub use first_administrator::first_administrator_link;
pub use freeze_result::{Freeze, FreezeError, freeze_result};
pub use invite::invite;
pub use limit_key::limit_key;
pub use password::{PASSWORD_LENGTH, Passwords};
pub use publish_version::publish_version;
pub use receipt::Receipt;
pub use save_page::{PageState, PageTarget, SaveError, save_page};
pub use secret::Secret;
pub use sign_in::{
    SESSION_IDLE, SESSION_LIFETIME, SignIn, SignInError, SignedIn, sign_in, sign_out,
};
pub use submit_response::{FinalState, SubmitError, submit_response};
