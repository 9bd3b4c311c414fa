//! What only some officers may see.

use super::session::SignedInOfficer;
use crate::{results::Outcome, web::access::Capability};

/// Figures of special-category answers are for those who may see them; the page of all questions goes without. Other pages
/// are refused before they are made (`ResultQuery::reads_sensitive`).
pub(super) fn keep_sensitive_back(outcome: &mut Outcome, officer: &SignedInOfficer) {
    if !officer.may(Capability::SeeSensitive) {
        outcome.leave_out_sensitive();
    }
}
