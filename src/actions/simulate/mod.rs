//! Made-up responses, for demonstrations, rehearsals and load: people drawn from the Census answer a survey page by
//! page, through the same checks as a browser's forms, and are marked as simulated.
//!
//! A few of a thousand are not in earnest, so that quality flags have something to show.
//! The same seed, number, survey and moment give the same answers byte for byte. Nobody's real words or data are used.

mod answers;
mod comments;
mod dice;
mod figures;
mod manner;
mod moments;
mod people;
mod run;
#[cfg(test)]
mod tests;
mod walk;

pub use run::{Plan, Summary, simulate};

use crate::{storage::StorageError, survey::schedule::ScheduleError};

/// Why no responses were made up. Nothing was written then.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The survey's times can't be worked out.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// People answered here: made-up answers among theirs would be taken for theirs.
    #[error("this database holds people's own responses; simulate into a database of its own")]
    RealResponses,
    /// The very same responses are there already.
    #[error("seed {seed} has been simulated into this database already; give another with --seed")]
    Repeated {
        /// The seed.
        seed: u64,
    },
    /// A made-up page did not pass the checks: a mistake in this program, or a definition that nobody could answer.
    #[error("made-up answers to question {question} on page {page} are not valid ({problem})")]
    Invalid {
        /// The page.
        page: String,
        /// The question.
        question: String,
        /// What is wrong with it, by the name of its message.
        problem: &'static str,
    },
    /// A made-up response can't be sent: a mistake in this program, or a definition that nobody could finish.
    #[error("made-up answers leave page {page} unfinished")]
    Unfinished {
        /// The page.
        page: String,
    },
    /// No free reference was found.
    #[error("no free reference was found for a response")]
    References,
}
