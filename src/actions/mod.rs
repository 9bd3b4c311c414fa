//! The actions room: verbs that change something, each with its own transaction.
//!
//! An action decides with the pure rooms and writes through storage. It knows no HTTP; moments, ids and random bytes are
//! arguments.

pub mod save_page;
pub mod submit_response;

use uuid::Uuid;

use crate::storage::StorageError;

/// Why an action was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Others kept changing the same thing.
    #[error("it was changed by others at the same time, again and again")]
    Conflict,
    /// A rule forbids it.
    #[error("{0}")]
    Refused(String),
    /// A stored response can't be read: it was written by another program.
    #[error("response {id} can't be read: {reason}")]
    Damaged {
        /// The response.
        id: Uuid,
        /// What is wrong; never what it says.
        reason: String,
    },
}
