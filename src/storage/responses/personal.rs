//! The personal parts of sent responses: free texts and sensitive answers. They go when their time is over; a whole response
//! goes when somebody asks for it.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::remove::close;
use crate::storage::{StorageError, Store, Tx, statement};

/// How much there is of personal parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PersonalParts {
    /// How many responses have any.
    pub responses: u64,
    /// How many free texts.
    pub texts: u64,
    /// How many documents of sensitive answers.
    pub sensitive: u64,
}

impl PersonalParts {
    /// Adds another lot.
    pub fn add(&mut self, other: Self) {
        self.responses += other.responses;
        self.texts += other.texts;
        self.sensitive += other.sensitive;
    }
}

/// Whether a response `r` is sent, or was withdrawn, and has personal parts.
const HAS_PARTS: &str = "r.survey_id = $1 AND r.state <> 0 AND (r.sensitive IS NOT NULL \
     OR EXISTS (SELECT 1 FROM response_text t WHERE t.response_id = r.id))";

/// How much there is of personal parts in the sent responses of a survey.
///
/// # Errors
/// When the database can't be read.
pub async fn personal_parts(store: &Store, survey_id: Uuid) -> Result<PersonalParts, StorageError> {
    let sql = format!(
        "SELECT count(*), count(r.sensitive), CAST(coalesce(sum((SELECT count(*) FROM response_text t \
         WHERE t.response_id = r.id)), 0) AS bigint) FROM response r WHERE {HAS_PARTS}"
    );
    let row = store
        .reads()
        .query_one_raw(statement(store.engine(), &sql, [survey_id.into()]))
        .await?;
    let Some(row) = row else {
        return Ok(PersonalParts::default());
    };
    let count = |at: usize| -> Result<u64, StorageError> {
        let count: i64 = row.try_get_by_index(at)?;
        Ok(u64::try_from(count).unwrap_or(0))
    };
    Ok(PersonalParts {
        responses: count(0)?,
        sensitive: count(1)?,
        texts: count(2)?,
    })
}

/// Sent responses of a survey with personal parts, by identity, after one of them; `limit` at most.
///
/// # Errors
/// When the database can't be read.
pub async fn with_personal_parts(
    store: &Store,
    survey_id: Uuid,
    after: Uuid,
    limit: u32,
) -> Result<Vec<Uuid>, StorageError> {
    let sql = format!(
        "SELECT r.id FROM response r WHERE {HAS_PARTS} AND r.id > $2 ORDER BY r.id LIMIT {limit}"
    );
    let rows = store
        .reads()
        .query_all_raw(statement(
            store.engine(),
            &sql,
            [survey_id.into(), after.into()],
        ))
        .await?;
    let ids = rows.iter().map(|row| Ok(row.try_get_by_index(0)?));
    ids.collect()
}

/// Deletes the personal parts of some responses, and says how much went. The responses stay and count as changed, so that
/// every node's dataset follows; nobody can open one any more.
///
/// # Errors
/// When the database is busy or away.
pub async fn delete_personal_parts(tx: &Tx, ids: &[Uuid]) -> Result<PersonalParts, StorageError> {
    let mut gone = PersonalParts::default();
    for id in ids {
        let texts = "DELETE FROM response_text WHERE response_id = $1";
        let texts = tx.run(texts, [(*id).into()]).await?;
        let had = "SELECT 1 FROM response WHERE id = $1 AND sensitive IS NOT NULL";
        let had = tx.row(had, [(*id).into()]).await?.is_some();
        let changed = "UPDATE response SET sensitive = NULL, token_hash = NULL, revision = revision + 1, \
             updated_at = {now} WHERE id = $1 AND state <> 0";
        let changed = tx.run(changed, [(*id).into()]).await?;
        gone.add(PersonalParts {
            responses: changed,
            texts,
            sensitive: u64::from(had),
        });
    }
    Ok(gone)
}

/// Has changed responses read from the database from now on. To be called after the commit.
pub fn forget(store: &Store, ids: &[Uuid]) {
    for id in ids {
        close(store, *id);
    }
}

/// What is kept of a sent response, without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its identity.
    pub id: Uuid,
    /// When it was sent (unix microseconds).
    pub submitted_at: i64,
    /// How many free texts it has.
    pub texts: u64,
    /// Whether it has sensitive answers.
    pub has_sensitive: bool,
}

/// The sent response of a survey that has a reference.
///
/// # Errors
/// When the database can't be read.
pub async fn find_by_reference(
    store: &Store,
    survey_id: Uuid,
    reference: &str,
) -> Result<Option<Kept>, StorageError> {
    let sql = "SELECT r.id, r.submitted_at, (SELECT count(*) FROM response_text t WHERE t.response_id = r.id), \
         r.sensitive IS NOT NULL FROM response r WHERE r.reference = $2 AND r.survey_id = $1 AND r.state <> 0";
    let row = store
        .reads()
        .query_one_raw(statement(
            store.engine(),
            sql,
            [survey_id.into(), reference.into()],
        ))
        .await?;
    let Some(row) = row else { return Ok(None) };
    let texts: i64 = row.try_get_by_index(2)?;
    Ok(Some(Kept {
        id: row.try_get_by_index(0)?,
        submitted_at: row.try_get_by_index::<Option<i64>>(1)?.unwrap_or(0),
        texts: u64::try_from(texts).unwrap_or(0),
        has_sensitive: row.try_get_by_index(3)?,
    }))
}
