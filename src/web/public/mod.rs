//! Residents' pages: from the hub through a survey to "thank you".

pub mod check;
pub mod done;
pub mod hub;
pub mod leave;
pub mod overview;
pub mod question;
pub mod respondent;
pub mod standing;
pub mod start;
pub mod view;

use crate::actions::answer_page::{AnswerError, PageSaved};

/// How a save ended, for the counters.
fn outcome_name(outcome: &Result<PageSaved, AnswerError>) -> &'static str {
    match outcome {
        Ok(PageSaved::Invalid(_) | PageSaved::Confirm(_)) => "invalid",
        Ok(PageSaved::Next(_) | PageSaved::More(_) | PageSaved::Paused) => "done",
        Ok(_) => "elsewhere",
        Err(_) => "failed",
    }
}
