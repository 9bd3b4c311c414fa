//! Many finished responses written at once, with times of their own: what a program made up, or a file brings.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::{Channel, Flags, ResponseState, StoredText};
use crate::storage::{Engine, OwnerLock, StorageError, Store, Tx};

/// A response as it is to be stored, whole. Times are unix microseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewResponse {
    /// Its identity.
    pub id: Uuid,
    /// The version answered.
    pub version_id: Uuid,
    /// Whether a program made it up.
    pub simulated: bool,
    /// How many changes it stands for, from 1.
    pub revision: i32,
    /// How it came in.
    pub channel: Channel,
    /// The language it was answered in.
    pub language: String,
    /// Its reference, if it was submitted.
    pub reference: Option<String>,
    /// Answers.
    pub document: String,
    /// Answers to sensitive questions.
    pub sensitive: Option<String>,
    /// Which pages were saved and when, as JSON.
    pub pages: String,
    /// When it was started.
    pub started_at: i64,
    /// When it last changed.
    pub updated_at: i64,
    /// When it was submitted; none if it is still in progress.
    pub submitted_at: Option<i64>,
    /// Marks for whoever weighs results.
    pub flags: Flags,
    /// Its free texts.
    pub texts: Vec<StoredText>,
}

/// What is known of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// A response has it.
    There,
    /// A response had it that was erased.
    Erased,
}

/// Rows of a statement: each has 17 values, and SQLite takes 32,766 of them.
const ROWS: usize = 1_000;

/// A transaction that writes many responses. On SQLite no other process may serve the database meanwhile: it would not
/// notice what is written with times of the past.
#[derive(Debug)]
pub struct Batches {
    tx: Tx,
    _owner: Option<OwnerLock>,
}

impl Batches {
    /// Begins one.
    ///
    /// # Errors
    /// [`StorageError::Owned`] while another process serves the SQLite database; [`StorageError::Busy`] as
    /// [`Store::begin`].
    pub async fn begin(store: &Store) -> Result<Self, StorageError> {
        let is_owner = store.parts._owner.is_some();
        let owner = match store.engine() {
            Engine::Sqlite if !is_owner => OwnerLock::take(&store.parts.config)?,
            _ => None,
        };
        let tx = store.begin().await?;
        Ok(Self { tx, _owner: owner })
    }

    /// The transaction, for what belongs to the same change.
    #[must_use]
    pub fn tx(&self) -> &Tx {
        &self.tx
    }

    /// Whether anybody's own response, not made up, is in the database.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn has_real(&self) -> Result<bool, StorageError> {
        use entity::response::{Column, Entity};
        let found: Option<Uuid> = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Simulated.eq(false))
            .limit(1)
            .into_tuple()
            .one(&self.tx.inner)
            .await?;
        Ok(found.is_some())
    }

    /// Those of some references that other responses have already.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn taken(&self, references: &[String]) -> Result<Vec<String>, StorageError> {
        use entity::response::{Column, Entity};
        let mut taken = Vec::new();
        for some in references.chunks(ROWS) {
            let found: Vec<String> = Entity::find()
                .select_only()
                .column(Column::Reference)
                .filter(Column::Reference.is_in(some.iter().map(String::as_str)))
                .into_tuple()
                .all(&self.tx.inner)
                .await?;
            taken.extend(found);
        }
        Ok(taken)
    }

    /// Those of some ids that are responses already.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn count_known(&self, ids: &[Uuid]) -> Result<u64, StorageError> {
        use entity::response::{Column, Entity};
        let mut known = 0;
        for some in ids.chunks(ROWS) {
            known += Entity::find()
                .filter(Column::Id.is_in(some.iter().copied()))
                .count(&self.tx.inner)
                .await?;
        }
        Ok(known)
    }

    /// Those of some ids that were responses once, in any state, or are: erased ones must not come back.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn known(&self, ids: &[Uuid]) -> Result<Vec<(Uuid, Known)>, StorageError> {
        use entity::{response, response_deleted};
        let mut known = Vec::new();
        for some in ids.chunks(ROWS) {
            let there: Vec<Uuid> = response::Entity::find()
                .select_only()
                .column(response::Column::Id)
                .filter(response::Column::Id.is_in(some.iter().copied()))
                .into_tuple()
                .all(&self.tx.inner)
                .await?;
            known.extend(there.into_iter().map(|id| (id, Known::There)));
            let erased: Vec<Uuid> = response_deleted::Entity::find()
                .select_only()
                .column(response_deleted::Column::Id)
                .filter(response_deleted::Column::Id.is_in(some.iter().copied()))
                .into_tuple()
                .all(&self.tx.inner)
                .await?;
            known.extend(erased.into_iter().map(|id| (id, Known::Erased)));
        }
        Ok(known)
    }

    /// Writes responses without a session, so that nobody can continue one.
    ///
    /// # Errors
    /// [`StorageError::Duplicate`] if an id or a reference is taken; after an error nothing can be committed.
    pub async fn insert(
        &self,
        survey_id: Uuid,
        responses: &[NewResponse],
    ) -> Result<(), StorageError> {
        use entity::{response, response_text};
        for some in responses.chunks(ROWS) {
            let rows = some.iter().map(|new| {
                let state = match new.submitted_at {
                    Some(_) => ResponseState::Submitted,
                    None => ResponseState::InProgress,
                };
                response::ActiveModel {
                    id: Set(new.id),
                    survey_id: Set(survey_id),
                    version_id: Set(new.version_id),
                    state: Set(state.number()),
                    revision: Set(new.revision),
                    channel: Set(new.channel.number()),
                    language: Set(new.language.clone()),
                    simulated: Set(new.simulated),
                    token_hash: Set(None),
                    reference: Set(new.reference.clone()),
                    document: Set(new.document.clone()),
                    sensitive: Set(new.sensitive.clone()),
                    pages: Set(new.pages.clone()),
                    started_at: Set(new.started_at),
                    updated_at: Set(new.updated_at),
                    submitted_at: Set(new.submitted_at),
                    flags: Set(i16::from(new.flags.bits())),
                }
            });
            response::Entity::insert_many(rows)
                .exec_without_returning(&self.tx.inner)
                .await?;
        }
        let texts: Vec<_> = responses
            .iter()
            .flat_map(|new| {
                new.texts.iter().map(|text| response_text::ActiveModel {
                    response_id: Set(new.id),
                    question: Set(text.question.clone()),
                    code: Set(text.code.clone()),
                    text: Set(text.text.clone()),
                    sensitive: Set(text.sensitive),
                })
            })
            .collect();
        for some in texts.chunks(ROWS) {
            response_text::Entity::insert_many(some.iter().cloned())
                .exec_without_returning(&self.tx.inner)
                .await?;
        }
        Ok(())
    }

    /// Makes everything durable, at once.
    ///
    /// # Errors
    /// When the database refuses; then nothing of it is kept.
    pub async fn commit(self) -> Result<(), StorageError> {
        self.tx.commit().await
    }
}
