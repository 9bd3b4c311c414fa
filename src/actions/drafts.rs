//! Drafts: made, edited, brought back to an earlier revision, published. Nothing saved is ever overwritten.

use super::{Entropy, audit::record, publish_version};
use crate::{
    audit::{Actor, Event},
    storage::{
        StorageError, Store,
        drafts::{self, Draft, NewRevision},
        surveys::Published,
    },
    survey::{
        definition::Definition,
        edit::{Edit, Refused, apply},
        read::DefinitionError,
        release::{Held, may_publish},
        schedule::State,
    },
};

/// Why a draft is not changed.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// There is no such draft or revision.
    #[error("there is no such draft")]
    Missing,
    /// Somebody saved meanwhile.
    #[error("somebody saved meanwhile")]
    Conflict,
    /// A survey or draft of that name exists.
    #[error("the name is taken")]
    Taken,
    /// The edit can't be made.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It must not be published as it is.
    #[error("the draft must not be published: {0:?}")]
    Held(Held),
    /// What is stored can't be read, or what is to be stored can't be written.
    #[error(transparent)]
    Document(#[from] DefinitionError),
}

/// A draft, read.
#[derive(Debug, Clone)]
pub struct OpenDraft {
    /// The definition.
    pub definition: Definition,
    /// The row it was read from; its document is not kept.
    pub revision: u32,
    /// Who saved it.
    pub saved_by: String,
    /// When (unix microseconds).
    pub saved_at: i64,
}

impl TryFrom<Draft> for OpenDraft {
    type Error = DefinitionError;

    fn try_from(draft: Draft) -> Result<Self, DefinitionError> {
        Ok(Self {
            definition: Definition::from_json(&draft.document)?,
            revision: draft.revision,
            saved_by: draft.saved_by,
            saved_at: draft.saved_at,
        })
    }
}

/// The newest revision of a draft.
///
/// # Errors
/// [`DraftError::Missing`], and when the store fails.
pub async fn open_draft(store: &Store, slug: &str) -> Result<OpenDraft, DraftError> {
    let draft = drafts::find(store, slug)
        .await?
        .ok_or(DraftError::Missing)?;
    Ok(OpenDraft::try_from(draft)?)
}

/// An earlier revision of a draft.
///
/// # Errors
/// [`DraftError::Missing`], and when the store fails.
pub async fn open_revision(
    store: &Store,
    slug: &str,
    revision: u32,
) -> Result<OpenDraft, DraftError> {
    let draft = drafts::revision(store, slug, revision).await?;
    Ok(OpenDraft::try_from(draft.ok_or(DraftError::Missing)?)?)
}

/// Makes a draft of a definition under the slug it has.
///
/// # Errors
/// [`DraftError::Taken`] when there is one already.
pub async fn create_draft(
    store: &Store,
    definition: &Definition,
    by: &Author<'_>,
) -> Result<(), DraftError> {
    match save(store, definition, 0, by).await {
        Err(DraftError::Storage(StorageError::Duplicate(_))) => Err(DraftError::Taken),
        saved => saved.map(drop),
    }
}

/// Makes an edit of the revision that the officer saw, and saves the next one.
///
/// # Errors
/// [`DraftError::Conflict`] when it is no longer the newest, [`DraftError::Refused`] when the edit can't be made.
pub async fn edit_draft(
    store: &Store,
    slug: &str,
    seen: u32,
    edit: Edit,
    by: &Author<'_>,
) -> Result<u32, DraftError> {
    let draft = open_draft(store, slug).await?;
    if draft.revision != seen {
        return Err(DraftError::Conflict);
    }
    let edited = apply(&draft.definition, edit)?;
    if edited == draft.definition {
        return Ok(seen);
    }
    save(store, &edited, seen, by).await
}

/// Brings an earlier revision back as the newest; those between stay and can be brought back too.
///
/// # Errors
/// [`DraftError::Missing`], or [`DraftError::Conflict`] when `seen` is not the newest.
pub async fn restore_revision(
    store: &Store,
    slug: &str,
    seen: u32,
    revision: u32,
    by: &Author<'_>,
) -> Result<u32, DraftError> {
    let earlier = open_revision(store, slug, revision).await?;
    save(store, &earlier.definition, seen, by).await
}

/// What the linter says, what is in force, and where that survey is in its life.
pub struct Release<'a> {
    /// The draft's name in addresses.
    pub slug: &'a str,
    /// The revision that the officer saw.
    pub seen: u32,
    /// Whether the linter lets it pass.
    pub is_publishable: &'a (dyn Fn(&Definition) -> bool + Sync),
    /// The definition in force and its state; none before the first version.
    pub in_force: Option<(&'a Definition, State)>,
}

/// Publishes a draft as the next version; it stays as the draft of the one after.
///
/// # Errors
/// [`DraftError::Held`] by the rules of [`may_publish`], [`DraftError::Conflict`] when it was edited meanwhile.
pub async fn publish_draft(
    store: &Store,
    entropy: &dyn Entropy,
    by: Actor,
    release: Release<'_>,
) -> Result<Published, DraftError> {
    let draft = open_draft(store, release.slug).await?;
    if draft.revision != release.seen {
        return Err(DraftError::Conflict);
    }
    let definition = &draft.definition;
    may_publish(
        definition,
        (release.is_publishable)(definition),
        release.in_force,
    )
    .map_err(DraftError::Held)?;
    let document = definition.to_json()?;
    Ok(publish_version(store, entropy, by, &definition.slug, document, None).await?)
}

/// Who works on a draft.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    /// As the audit log names them.
    pub actor: Actor,
    /// Their name, as colleagues read it beside a revision.
    pub name: &'a str,
}

/// The one place that changes a draft, and where the audit log hears of it.
async fn save(
    store: &Store,
    definition: &Definition,
    seen: u32,
    by: &Author<'_>,
) -> Result<u32, DraftError> {
    let new = NewRevision {
        slug: definition.slug.as_str(),
        expected: seen,
        document: definition.to_json()?,
        saved_by: by.name,
    };
    let tx = store.begin().await?;
    let saved = drafts::save(&tx, new).await?.ok_or(DraftError::Conflict)?;
    let event = Event::DraftSaved {
        survey: definition.slug.clone(),
        revision: saved,
    };
    record(&tx, by.actor, &event).await?;
    tx.commit().await?;
    Ok(saved)
}

#[cfg(test)]
#[path = "drafts_tests.rs"]
mod tests;
