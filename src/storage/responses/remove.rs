//! Deleting responses: one that is taken back, and unsent ones after the close.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::ResponseState;
use crate::storage::{StorageError, Store, Tx};

/// Deletes a response. One that counted leaves a tombstone, so that every node forgets it. Says whether it was there.
///
/// # Errors
/// When the database is busy or away.
pub async fn delete(store: &Store, id: Uuid) -> Result<bool, StorageError> {
    let tx = store.begin().await?;
    let deleted = erase(&tx, id).await?;
    tx.commit().await?;
    close(store, id);
    Ok(deleted)
}

/// As [`delete`], inside a transaction; [`forget`](super::forget) it after the commit.
///
/// # Errors
/// When the database is busy or away.
pub async fn erase(tx: &Tx, id: Uuid) -> Result<bool, StorageError> {
    let tombstone = "INSERT INTO response_deleted (id, survey_id, deleted_at) \
         SELECT id, survey_id, {now} FROM response WHERE id = $1 AND state <> 0 ON CONFLICT (id) DO NOTHING";
    tx.run(tombstone, [id.into()]).await?;
    let deleted = tx
        .run("DELETE FROM response WHERE id = $1", [id.into()])
        .await?;
    Ok(deleted > 0)
}

/// Up to `limit` unsent responses of a survey.
///
/// # Errors
/// When the database can't be read.
pub async fn unsent(store: &Store, survey_id: Uuid, limit: u64) -> Result<Vec<Uuid>, StorageError> {
    use entity::response::{Column, Entity};
    Ok(Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::SurveyId.eq(survey_id))
        .filter(Column::State.eq(ResponseState::InProgress.number()))
        .limit(limit)
        .into_tuple()
        .all(store.reads())
        .await?)
}

/// Deletes those of some responses that are still unsent, and says how many; [`forget`](super::forget) them after the commit.
/// A few at a time, so that residents' saves get in between. Whether the survey closed long enough ago is the caller's to know.
///
/// # Errors
/// When the database is busy or away.
pub async fn delete_unsent(tx: &Tx, ids: &[Uuid]) -> Result<u64, StorageError> {
    use entity::response::{Column, Entity};
    // The state is asked again: one may have been submitted since.
    let done = Entity::delete_many()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::State.eq(ResponseState::InProgress.number()))
        .exec(&tx.inner)
        .await?;
    Ok(done.rows_affected)
}

/// Has a response read from the database from now on.
pub(super) fn close(store: &Store, id: Uuid) {
    if let Some(cache) = &store.parts.cache {
        cache.close(id);
    }
}
