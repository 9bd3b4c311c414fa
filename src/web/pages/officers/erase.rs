//! Erasing one response.

use serde::Serialize;

use super::{super::ErrorLink, SurveyHead};
use crate::web::templates::Page;

/// Erasing one response by its reference.
#[derive(Debug, Clone, Serialize)]
pub struct ErasePage {
    /// The survey.
    pub head: SurveyHead,
    /// Where the form is posted to; fields `reference`, `confirm`.
    pub action: String,
    /// The reference as typed, or as found.
    pub reference: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What is wrong, top to bottom.
    pub errors: Vec<ErrorLink>,
    /// What will go, to be confirmed.
    pub confirm: Option<EraseConfirm>,
    /// Whether one was just erased.
    pub done: bool,
}

impl Page for ErasePage {
    const TEMPLATE: &'static str = "officers/erase.html";
}

/// What will go.
#[derive(Debug, Clone, Serialize)]
pub struct EraseConfirm {
    /// What is known of it, without what it says.
    pub facts: Vec<EraseFact>,
    /// Back, with nothing erased.
    pub cancel: String,
}

/// Something known of a response.
#[derive(Debug, Clone, Serialize)]
pub struct EraseFact {
    /// The message id of what it is.
    pub key: &'static str,
    /// Its value, in words.
    pub value: String,
}
