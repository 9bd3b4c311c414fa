//! Facts about the database itself.

use sea_orm::EntityTrait;

use super::{StorageError, Store, Tx};

const SIMULATED: &str = "simulated";

/// Whether the database holds simulated responses: every page says so then.
///
/// # Errors
/// When the database can't be read.
pub async fn is_simulated(store: &Store) -> Result<bool, StorageError> {
    Ok(get(store, SIMULATED).await?.is_some())
}

/// Marks the database as holding simulated responses, for good.
///
/// # Errors
/// When the database is busy or away.
pub async fn mark_simulated(tx: &Tx) -> Result<(), StorageError> {
    set(tx, SIMULATED, "yes").await
}

/// A fact.
///
/// # Errors
/// When the database can't be read.
pub async fn get(store: &Store, key: &str) -> Result<Option<String>, StorageError> {
    let row = entity::meta::Entity::find_by_id(key.to_owned())
        .one(store.reads())
        .await?;
    Ok(row.map(|row| row.value))
}

/// Notes a fact.
///
/// # Errors
/// When the database is busy or away.
pub async fn set(tx: &Tx, key: &str, value: &str) -> Result<(), StorageError> {
    let sql = "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    tx.run(sql, [key.into(), value.into()]).await?;
    Ok(())
}

/// Notes a fact, unless it is known already: then what is known stays.
///
/// # Errors
/// When the database is busy or away.
pub async fn set_once(tx: &Tx, key: &str, value: &str) -> Result<(), StorageError> {
    let sql = "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING";
    tx.run(sql, [key.into(), value.into()]).await?;
    Ok(())
}
