//! What only some officers may see, and that they saw it.

use super::{looking::Looking, session::SignedInOfficer};
use crate::{
    actions::audit::record_sight,
    audit::{Event, SightForm},
    results::{Outcome, PageOutcome, ResultQuery},
    web::{access::Capability, errors::PageError},
};

/// Figures of special-category answers are for those who may see them; the page of all questions goes without. Other pages
/// are refused before they are made (`ResultQuery::reads_sensitive`).
pub(super) fn keep_sensitive_back(outcome: &mut Outcome, officer: &SignedInOfficer) {
    if !officer.may(Capability::SeeSensitive) {
        outcome.leave_out_sensitive();
    }
}

/// Writes down that figures of sensitive answers are about to be seen, where there are any on a page.
///
/// # Errors
/// [`PageError`] when it can't be written down; then nothing may be shown.
pub(super) async fn note_sensitive(
    looking: &Looking<'_>,
    query: &ResultQuery,
    outcome: &Outcome,
    form: SightForm,
) -> Result<(), PageError> {
    let among_all = matches!(&outcome.page, PageOutcome::Questions { questions }
        if questions.iter().any(|question| question.frequency.sensitive));
    // "Who answered" shows them in a panel to those who may see them; its files are without.
    let roles = &looking.snapshot.definition.roles;
    let in_a_panel = matches!(outcome.page, PageOutcome::Who(_))
        && form == SightForm::Page
        && looking.officer.may(Capability::SeeSensitive)
        && !(roles.ethnicity.is_empty() && roles.disability.is_empty());
    if !among_all && !in_a_panel && !query.reads_sensitive(&looking.snapshot.definition) {
        return Ok(());
    }
    let page = query.to_url();
    note_page(looking, page, form).await
}

/// Writes down that a page with figures of sensitive answers is about to be seen.
///
/// # Errors
/// As [`note_sensitive`].
pub(super) async fn note_page(
    looking: &Looking<'_>,
    page: String,
    form: SightForm,
) -> Result<(), PageError> {
    let event = Event::SensitiveFiguresSeen {
        survey: looking.slug().clone(),
        page,
        form,
    };
    Ok(record_sight(&looking.site.store, looking.officer.actor(), &event).await?)
}
