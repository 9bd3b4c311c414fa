//! Leases: of all nodes, one does a piece of background work.

use sea_orm::ConnectionTrait;

use super::{StorageError, Store, statement};

/// Whether a job may be free and due; asked before [`lease`], so that waiting costs a read and no transaction.
///
/// # Errors
/// When the database can't be read.
pub async fn is_due(store: &Store, name: &str, every: i64) -> Result<bool, StorageError> {
    let sql =
        "SELECT 1 FROM job WHERE name = $1 AND (leased_until > {now} OR last_run > {now} - $2)";
    let row = store
        .reads()
        .query_one_raw(statement(store.engine(), sql, [name.into(), every.into()]))
        .await?;
    Ok(row.is_none())
}

/// Tries to take a job for `lease` microseconds. It is refused while another node has it, and until `every`
/// microseconds have passed since it last finished. Says whether it is `owner`'s now.
///
/// # Errors
/// When the database is busy or away.
pub async fn lease(
    store: &Store,
    name: &str,
    owner: &str,
    lease: i64,
    every: i64,
) -> Result<bool, StorageError> {
    let sql = "INSERT INTO job AS kept (name, owner, leased_until) VALUES ($1, $2, {now} + $3) \
         ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, leased_until = excluded.leased_until \
         WHERE (kept.leased_until IS NULL OR kept.leased_until <= {now}) \
         AND (kept.last_run IS NULL OR kept.last_run <= {now} - $4) RETURNING name";
    let tx = store.begin().await?;
    let row = tx
        .row(sql, [name.into(), owner.into(), lease.into(), every.into()])
        .await?;
    tx.commit().await?;
    Ok(row.is_some())
}

/// Gives a job back, done.
///
/// # Errors
/// When the database is busy or away; the lease then ends by itself.
pub async fn finish(store: &Store, name: &str, owner: &str) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    let sql = "UPDATE job SET leased_until = NULL, last_run = {now} WHERE name = $1 AND owner = $2";
    tx.run(sql, [name.into(), owner.into()]).await?;
    tx.commit().await
}
