//! What a dataset in memory needs to follow the store: which counted responses changed, and what they say now.
//!
//! The list of changes comes without documents, because a follow-up asks for the last seconds again and again;
//! documents are read only of those that did change.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{Channel, Place, ResponseState, Sensitive, StoredResponse, follow::plain};
use crate::storage::{StorageError, Store, statement};

/// A response that counts, or did until it was withdrawn, and when it last changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub id: Uuid,
    /// When it last changed (unix microseconds).
    pub updated_at: i64,
    /// How many changes were made to it.
    pub revision: i32,
    /// Whether it counts; else it was withdrawn.
    pub counts: bool,
}

/// Submitted and withdrawn responses that changed after a place, oldest change first.
///
/// # Errors
/// When the database can't be read.
pub async fn changed_since(
    store: &Store,
    survey_id: Uuid,
    after: Place,
    limit: u64,
) -> Result<Vec<Changed>, StorageError> {
    use entity::response::{Column, Entity};
    let later = Condition::any()
        .add(Column::UpdatedAt.gt(after.updated_at))
        .add(Column::Id.gt(after.id));
    let rows: Vec<(Uuid, i64, i32, i16)> = Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::UpdatedAt,
            Column::Revision,
            Column::State,
        ])
        .filter(Column::SurveyId.eq(survey_id))
        .filter(Column::State.is_in([SUBMITTED, ResponseState::Withdrawn.number()]))
        // With `later`: past the place, in the form that both engines turn into a range of the index.
        .filter(Column::UpdatedAt.gte(after.updated_at))
        .filter(later)
        .order_by_asc(Column::UpdatedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(store.reads())
        .await?;
    let changed = rows
        .into_iter()
        .map(|(id, updated_at, revision, state)| Changed {
            id,
            updated_at,
            revision,
            counts: state == SUBMITTED,
        });
    Ok(changed.collect())
}

const SUBMITTED: i16 = ResponseState::Submitted.number();

/// Submitted responses by identity, without their texts, in no order; those that are gone are left out. Ask for a few
/// hundred at a time.
///
/// # Errors
/// When the database can't be read.
pub async fn read_answers(
    store: &Store,
    ids: &[Uuid],
    sensitive: Sensitive,
) -> Result<Vec<StoredResponse>, StorageError> {
    use entity::response::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::State.eq(SUBMITTED))
        .all(store.reads())
        .await?;
    rows.into_iter().map(|row| plain(row, sensitive)).collect()
}

/// How many responses of a survey count.
///
/// # Errors
/// When the database can't be read.
pub async fn count_submitted(store: &Store, survey_id: Uuid) -> Result<u64, StorageError> {
    let sql = "SELECT count(*) FROM response WHERE survey_id = $1 AND state = 1";
    let row = store
        .reads()
        .query_one_raw(statement(store.engine(), sql, [survey_id.into()]))
        .await?;
    let count: i64 = match row {
        Some(row) => row.try_get_by_index(0)?,
        None => 0,
    };
    Ok(u64::try_from(count).unwrap_or(0))
}

/// What happened to submitted responses after a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Happened {
    /// How many of those submitted until then have changed.
    pub changed: u64,
    /// How many of those submitted until then were withdrawn.
    pub withdrawn: u64,
    /// How many responses were deleted; when they were submitted is not kept.
    pub erased: u64,
    /// How many were brought in by a file and say that they were submitted until then.
    pub imported: u64,
}

/// What happened to a survey's submitted responses after a moment (unix microseconds).
///
/// # Errors
/// When the database can't be read.
pub async fn happened_since(
    store: &Store,
    survey_id: Uuid,
    as_of: i64,
) -> Result<Happened, StorageError> {
    let sql = "SELECT state, channel, count(*) FROM response \
         WHERE survey_id = $1 AND state IN (1, 2) AND updated_at > $2 AND submitted_at <= $2 GROUP BY state, channel";
    let values = [survey_id.into(), as_of.into()];
    let rows = store
        .reads()
        .query_all_raw(statement(store.engine(), sql, values))
        .await?;
    let mut happened = Happened::default();
    for row in rows {
        let state: i16 = row.try_get_by_index(0)?;
        let channel: i16 = row.try_get_by_index(1)?;
        let count: i64 = row.try_get_by_index(2)?;
        let place = if state != SUBMITTED {
            &mut happened.withdrawn
        } else if channel == Channel::Import.number() {
            &mut happened.imported
        } else {
            &mut happened.changed
        };
        *place += u64::try_from(count).unwrap_or(0);
    }
    let sql = "SELECT count(*) FROM response_deleted WHERE survey_id = $1 AND deleted_at > $2";
    let values = [survey_id.into(), as_of.into()];
    let row = store
        .reads()
        .query_one_raw(statement(store.engine(), sql, values))
        .await?;
    let erased: i64 = match row {
        Some(row) => row.try_get_by_index(0)?,
        None => 0,
    };
    happened.erased = u64::try_from(erased).unwrap_or(0);
    Ok(happened)
}

/// Takes a submitted response out of every count; its row stays. Says whether it counted until now.
///
/// # Errors
/// When the database is busy or away.
pub async fn withdraw(store: &Store, id: Uuid) -> Result<bool, StorageError> {
    let tx = store.begin().await?;
    let sql = "UPDATE response SET state = 2, token_hash = NULL, revision = revision + 1, updated_at = {now} \
         WHERE id = $1 AND state = 1";
    let withdrawn = tx.run(sql, [id.into()]).await?;
    tx.commit().await?;
    super::remove::close(store, id);
    Ok(withdrawn > 0)
}
