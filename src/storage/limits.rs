//! How often something may be tried, counted in the database so that every node counts together.

use super::{SecretHash, StorageError, Store, Tx};

/// How often something was tried in the window that runs now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// How often, this time included.
    pub count: u32,
    /// When the window ends, in microseconds from now.
    pub ends_in: i64,
}

/// Counts one more try of what `key` stands for (a keyed hash of an account or an address), in windows of `window`
/// microseconds.
///
/// # Errors
/// When the database is busy or away.
pub async fn count(store: &Store, key: &SecretHash, window: i64) -> Result<Attempts, StorageError> {
    let sql = "INSERT INTO rate_limit AS kept (key, window_start, count) VALUES ($1, {now}, 1) \
         ON CONFLICT (key) DO UPDATE SET \
         count = CASE WHEN kept.window_start <= {now} - $2 THEN 1 ELSE kept.count + 1 END, \
         window_start = CASE WHEN kept.window_start <= {now} - $2 THEN {now} ELSE kept.window_start END \
         RETURNING count, window_start + $2 - {now}";
    let tx = store.begin().await?;
    let row = tx.row(sql, [key.to_vec().into(), window.into()]).await?;
    let row = row.ok_or_else(|| StorageError::Unexpected("a try was not counted".to_owned()))?;
    let count: i32 = row.try_get_by_index(0)?;
    let attempts = Attempts {
        count: u32::try_from(count).unwrap_or(u32::MAX),
        ends_in: row.try_get_by_index(1)?,
    };
    tx.commit().await?;
    Ok(attempts)
}

/// Forgets the tries of a key, after one that was right.
///
/// # Errors
/// When the database is busy or away.
pub async fn clear(tx: &Tx, key: &SecretHash) -> Result<(), StorageError> {
    tx.run(
        "DELETE FROM rate_limit WHERE key = $1",
        [key.to_vec().into()],
    )
    .await?;
    Ok(())
}

/// Deletes windows that began more than `age` microseconds ago, and says how many.
///
/// # Errors
/// When the database is busy or away.
pub async fn purge(tx: &Tx, age: i64) -> Result<u64, StorageError> {
    tx.run(
        "DELETE FROM rate_limit WHERE window_start <= {now} - $1",
        [age.into()],
    )
    .await
}
