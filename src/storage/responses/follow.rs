//! Reading many responses: the follow-up that keeps datasets current, counts, and rows for exports.
//!
//! Every read is one short page by key, so that no snapshot is held while a client is slow.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{ResponseState, StoredResponse, StoredText};
use crate::storage::{Engine, StorageError, Store, statement};

/// A place in the order of changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// When the last row read had changed (unix microseconds).
    pub updated_at: i64,
    /// Which row it was.
    pub id: Uuid,
}

impl Place {
    /// The same place, `overlap` microseconds earlier: commits become visible out of order, so a follow-up reads an
    /// overlap again.
    #[must_use]
    pub fn before(self, overlap: i64) -> Self {
        Self {
            updated_at: self.updated_at.saturating_sub(overlap),
            id: Uuid::nil(),
        }
    }
}

/// Whether sensitive answers are read, too: only with that capability.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sensitive {
    /// They are left in the database.
    #[default]
    Left,
    /// They are read.
    Read,
}

/// A response that was deleted after it counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deleted {
    /// Which.
    pub id: Uuid,
    /// When (unix microseconds).
    pub deleted_at: i64,
}

/// How far the responses of a survey have come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Responses with at least one page saved that are not submitted.
    pub in_progress: u64,
    /// Responses that count.
    pub submitted: u64,
    /// Of those in progress: how many have saved each page.
    pub saved_pages: BTreeMap<String, u64>,
    /// Of those in progress: how many have saved each page last.
    pub saved_last: BTreeMap<String, u64>,
}

/// Submitted responses after a place, oldest change first; without their texts.
///
/// # Errors
/// When the database can't be read.
pub async fn submitted_since(
    store: &Store,
    survey_id: Uuid,
    after: Place,
    limit: u64,
    sensitive: Sensitive,
) -> Result<Vec<StoredResponse>, StorageError> {
    use entity::response::{Column, Entity};
    let later = Condition::any()
        .add(Column::UpdatedAt.gt(after.updated_at))
        .add(
            Condition::all()
                .add(Column::UpdatedAt.eq(after.updated_at))
                .add(Column::Id.gt(after.id)),
        );
    let rows = Entity::find()
        .filter(Column::SurveyId.eq(survey_id))
        .filter(Column::State.eq(ResponseState::Submitted.number()))
        // Says the same as `later`, in the form that both engines turn into a range of the index.
        .filter(Column::UpdatedAt.gte(after.updated_at))
        .filter(later)
        .order_by_asc(Column::UpdatedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(store.reads())
        .await?;
    rows.into_iter().map(|row| plain(row, sensitive)).collect()
}

pub(super) fn plain(
    mut row: entity::response::Model,
    sensitive: Sensitive,
) -> Result<StoredResponse, StorageError> {
    row.token_hash = None;
    if sensitive == Sensitive::Left {
        row.sensitive = None;
    }
    StoredResponse::try_from(row)
}

/// Submitted responses by identity, with their texts, in the order asked for; those that are gone are left out.
/// Ask for a few hundred at a time.
///
/// # Errors
/// When the database can't be read.
pub async fn read(
    store: &Store,
    ids: &[Uuid],
    sensitive: Sensitive,
) -> Result<Vec<StoredResponse>, StorageError> {
    use entity::{response, response_text};
    let rows = response::Entity::find()
        .filter(response::Column::Id.is_in(ids.iter().copied()))
        .filter(response::Column::State.eq(ResponseState::Submitted.number()))
        .all(store.reads())
        .await?;
    let mut texts = response_text::Entity::find()
        .filter(response_text::Column::ResponseId.is_in(ids.iter().copied()))
        .order_by_asc(response_text::Column::Question)
        .order_by_asc(response_text::Column::Code);
    if sensitive == Sensitive::Left {
        texts = texts.filter(response_text::Column::Sensitive.eq(false));
    }
    let mut words: HashMap<Uuid, Vec<StoredText>> = HashMap::new();
    for text in texts.all(store.reads()).await? {
        words.entry(text.response_id).or_default().push(text.into());
    }
    let mut by_id = HashMap::with_capacity(rows.len());
    for row in rows {
        let mut response = plain(row, sensitive)?;
        response.texts = words.remove(&response.id).unwrap_or_default();
        by_id.insert(response.id, response);
    }
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

/// Responses of a survey that were deleted at or after a time, oldest first.
///
/// # Errors
/// When the database can't be read.
pub async fn deleted_since(
    store: &Store,
    survey_id: Uuid,
    since: i64,
) -> Result<Vec<Deleted>, StorageError> {
    use entity::response_deleted::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::SurveyId.eq(survey_id))
        .filter(Column::DeletedAt.gte(since))
        .order_by_asc(Column::DeletedAt)
        .all(store.reads())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Deleted {
            id: row.id,
            deleted_at: row.deleted_at,
        })
        .collect())
}

/// Counts the responses of a survey. The pages saved are counted over those in progress only: for the submitted,
/// each row of [`submitted_since`] says it, once.
///
/// # Errors
/// When the database can't be read.
pub async fn progress(store: &Store, survey_id: Uuid) -> Result<Progress, StorageError> {
    let engine = store.engine();
    let mut progress = Progress::default();
    let counts = "SELECT state, count(*) FROM response WHERE survey_id = $1 GROUP BY state";
    for row in store
        .reads()
        .query_all_raw(statement(engine, counts, [survey_id.into()]))
        .await?
    {
        let count: i64 = row.try_get_by_index(1)?;
        let count = u64::try_from(count).unwrap_or(0);
        match row.try_get_by_index::<i16>(0)? {
            0 => progress.in_progress = count,
            1 => progress.submitted = count,
            _ => {}
        }
    }
    let (keys, last) = match engine {
        Engine::Sqlite => (
            "SELECT page.key FROM response, json_each(response.pages) AS page",
            "SELECT (SELECT page.key FROM json_each(response.pages) AS page \
                 ORDER BY page.value DESC, page.key DESC LIMIT 1) AS key FROM response",
        ),
        Engine::Postgres => (
            "SELECT page.key FROM response, json_object_keys(response.pages::json) AS page(key)",
            "SELECT (SELECT page.key FROM json_each_text(response.pages::json) AS page \
                 ORDER BY page.value::bigint DESC, page.key DESC LIMIT 1) AS key FROM response",
        ),
    };
    progress.saved_pages = count_keys(store, keys, survey_id).await?;
    progress.saved_last = count_keys(store, last, survey_id).await?;
    Ok(progress)
}

/// Counts the keys that a query gives for the responses in progress.
async fn count_keys(
    store: &Store,
    keys: &str,
    survey_id: Uuid,
) -> Result<BTreeMap<String, u64>, StorageError> {
    let sql = format!(
        "SELECT key, count(*) FROM ({keys} WHERE survey_id = $1 AND state = 0) AS saved \
         WHERE key IS NOT NULL GROUP BY key"
    );
    let counts = statement(store.engine(), &sql, [survey_id.into()]);
    let mut counted = BTreeMap::new();
    for row in store.reads().query_all_raw(counts).await? {
        let count: i64 = row.try_get_by_index(1)?;
        counted.insert(row.try_get_by_index(0)?, u64::try_from(count).unwrap_or(0));
    }
    Ok(counted)
}
