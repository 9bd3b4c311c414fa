//! Half sessions: a right password, and a code still to come. They open nothing else.

use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use super::{SecretHash, StorageError, Tx};

/// Begins one that lasts `lifetime` microseconds.
///
/// # Errors
/// When the database is busy or away.
pub async fn start(
    tx: &Tx,
    token: &SecretHash,
    user_id: Uuid,
    lifetime: i64,
) -> Result<(), StorageError> {
    let row = entity::half_session::ActiveModel {
        token_hash: Set(token.to_vec()),
        user_id: Set(user_id),
        expires_at: Set(tx.now().await?.saturating_add(lifetime)),
        tries: Set(0),
    };
    entity::half_session::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// Whose one is, counting a try of a code; nobody's, if it is over or `most` were tried before.
///
/// # Errors
/// When the database is busy or away.
pub async fn count_try(
    tx: &Tx,
    token: &SecretHash,
    most: i32,
) -> Result<Option<Uuid>, StorageError> {
    let sql = "UPDATE half_session SET tries = tries + 1 \
         WHERE token_hash = $1 AND expires_at > {now} AND tries < $2 RETURNING user_id";
    let row = tx.row(sql, [token.to_vec().into(), most.into()]).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Whether one still waits for its code.
///
/// # Errors
/// When the database is busy or away.
pub async fn waits(tx: &Tx, token: &SecretHash, most: i32) -> Result<bool, StorageError> {
    let sql =
        "SELECT 1 FROM half_session WHERE token_hash = $1 AND expires_at > {now} AND tries < $2";
    let row = tx.row(sql, [token.to_vec().into(), most.into()]).await?;
    Ok(row.is_some())
}

/// Ends one.
///
/// # Errors
/// When the database is busy or away.
pub async fn end(tx: &Tx, token: &SecretHash) -> Result<(), StorageError> {
    let sql = "DELETE FROM half_session WHERE token_hash = $1";
    tx.run(sql, [token.to_vec().into()]).await?;
    Ok(())
}

/// Ends every one of an account.
///
/// # Errors
/// When the database is busy or away.
pub async fn end_all(tx: &Tx, user_id: Uuid) -> Result<(), StorageError> {
    let sql = "DELETE FROM half_session WHERE user_id = $1";
    tx.run(sql, [user_id.into()]).await?;
    Ok(())
}

/// Deletes those that are over.
///
/// # Errors
/// When the database is busy or away.
pub async fn purge(tx: &Tx) -> Result<u64, StorageError> {
    tx.run("DELETE FROM half_session WHERE expires_at <= {now}", [])
        .await
}
