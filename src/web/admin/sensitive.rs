//! What only some officers may see.

use super::session::SignedInOfficer;
use crate::{
    results::{Outcome, PageOutcome},
    web::{access::Capability, errors::PageError},
};

/// Figures of special-category answers are for those who may see them.
pub(super) fn keep_sensitive_back(
    outcome: &mut Outcome,
    officer: &SignedInOfficer,
) -> Result<(), PageError> {
    if officer.may(Capability::SeeSensitive) {
        return Ok(());
    }
    match &mut outcome.page {
        PageOutcome::Questions { questions } => {
            questions.retain(|question| !question.frequency.sensitive)
        }
        PageOutcome::Question(question) if question.frequency.sensitive => {
            return Err(PageError::Forbidden);
        }
        _ => {}
    }
    Ok(())
}
