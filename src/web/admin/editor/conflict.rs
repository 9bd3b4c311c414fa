//! An edit is saved, or the officer is told who saved meanwhile and what: what they typed stays, and they choose.

use actix_web::{HttpResponse, http::StatusCode};

use super::drafting::{Drafting, seen};
use crate::{
    actions::drafts::{DraftError, open_revision},
    survey::{difference::difference, edit::Edit, form::Form, message::Message},
    web::{
        errors::PageError,
        pages::{EditConflictPage, ErrorLink, HiddenView},
    },
};

/// Saves an edit made from a form and goes on to `then`; a refusal goes back to the form by `refuse`, a conflict to its own
/// page, which posts to `page`.
pub(super) async fn commit(
    drafting: &Drafting<'_>,
    form: &Form,
    edit: Edit,
    page: &str,
    then: &str,
    refuse: impl FnOnce(ErrorLink) -> Result<HttpResponse, PageError>,
) -> Result<HttpResponse, PageError> {
    let revision = seen(form)?;
    match drafting.edit(revision, edit).await {
        Ok(_) => Ok(drafting.go(then)),
        Err(DraftError::Refused(refused)) => refuse(ErrorLink {
            field: "main-content".to_owned(),
            text: drafting.refusal(&refused),
        }),
        Err(DraftError::Conflict) => conflict(drafting, form, page).await,
        Err(error) => Err(error.into()),
    }
}

/// What somebody saved meanwhile, beside what was typed.
async fn conflict(
    drafting: &Drafting<'_>,
    form: &Form,
    page: &str,
) -> Result<HttpResponse, PageError> {
    let site = drafting.site;
    let slug = drafting.slug().as_str();
    // Read anew: this may be the race that was lost between reading and saving.
    let now = Drafting::at(site, drafting.officer, slug).await?;
    let base = open_revision(&site.store, slug, seen(form)?).await?;
    let changes = difference(&base.definition, now.definition());
    let carried = form
        .pairs()
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "csrf" | "revision"));
    let who = Message::new("edit-conflict-who")
        .with("by", now.draft.saved_by.clone())
        .with("when", now.at_words(now.draft.saved_at));
    let view = EditConflictPage {
        head: now.head(""),
        who: now.speaker().say(&who),
        changes: now.change_views(&changes),
        action: now.url(page),
        revision: now.draft.revision,
        carried: carried
            .map(|(name, value)| HiddenView {
                name: name.clone(),
                value: value.clone(),
            })
            .collect(),
        theirs: now.url(page),
    };
    site.page(StatusCode::CONFLICT, &now.layout(), &view)
}
