//! Second factors: secrets are encrypted and recovery codes hashed before they come here.

use std::collections::HashSet;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{SecretHash, StorageError, Store, Tx, meta, statement, users::Role};

/// Where the roles that need a second factor are kept.
pub(super) const ROLES: &str = "second_factor_roles";

/// Somebody's second factor.
#[derive(Clone, PartialEq, Eq)]
pub struct Factor {
    /// Its secret, encrypted.
    pub sealed: Vec<u8>,
    /// When it was set up (unix microseconds).
    pub confirmed_at: i64,
}

/// Notes somebody's factor in place of any they had; the code of `step` is used up.
///
/// # Errors
/// When the database is busy or away.
pub async fn put(tx: &Tx, user_id: Uuid, sealed: &[u8], step: i64) -> Result<(), StorageError> {
    use entity::second_factor::{ActiveModel, Column, Entity};
    let row = ActiveModel {
        user_id: Set(user_id),
        secret: Set(sealed.to_vec()),
        last_step: Set(step),
        confirmed_at: Set(tx.now().await?),
    };
    let replace = OnConflict::column(Column::UserId)
        .update_columns([Column::Secret, Column::LastStep, Column::ConfirmedAt])
        .to_owned();
    Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// Somebody's factor, if they have one.
///
/// # Errors
/// When the database can't be read.
pub async fn find(store: &Store, user_id: Uuid) -> Result<Option<Factor>, StorageError> {
    let row = entity::second_factor::Entity::find_by_id(user_id)
        .one(store.reads())
        .await?;
    Ok(row.map(|row| Factor {
        sealed: row.secret,
        confirmed_at: row.confirmed_at,
    }))
}

/// Who has one.
///
/// # Errors
/// When the database can't be read.
pub async fn holders(store: &Store) -> Result<HashSet<Uuid>, StorageError> {
    let rows = entity::second_factor::Entity::find()
        .all(store.reads())
        .await?;
    Ok(rows.into_iter().map(|row| row.user_id).collect())
}

/// Uses up the code of a step, unless that or a later one was used: then this says no.
///
/// # Errors
/// When the database is busy or away.
pub async fn use_step(tx: &Tx, user_id: Uuid, step: i64) -> Result<bool, StorageError> {
    let sql = "UPDATE second_factor SET last_step = $2 WHERE user_id = $1 AND last_step < $2";
    Ok(tx.run(sql, [user_id.into(), step.into()]).await? > 0)
}

/// Takes somebody's factor and recovery codes away, and says whether they had one.
///
/// # Errors
/// When the database is busy or away.
pub async fn remove(tx: &Tx, user_id: Uuid) -> Result<bool, StorageError> {
    set_codes(tx, user_id, &[]).await?;
    let sql = "DELETE FROM second_factor WHERE user_id = $1";
    Ok(tx.run(sql, [user_id.into()]).await? > 0)
}

/// Puts new recovery codes in place of those somebody had.
///
/// # Errors
/// When the database is busy or away.
pub async fn set_codes(tx: &Tx, user_id: Uuid, codes: &[SecretHash]) -> Result<(), StorageError> {
    use entity::recovery_code::{ActiveModel, Column, Entity};
    Entity::delete_many()
        .filter(Column::UserId.eq(user_id))
        .exec(&tx.inner)
        .await?;
    if !codes.is_empty() {
        let rows = codes.iter().map(|code| ActiveModel {
            code_hash: Set(code.to_vec()),
            user_id: Set(user_id),
        });
        Entity::insert_many(rows)
            .exec_without_returning(&tx.inner)
            .await?;
    }
    Ok(())
}

/// Uses a recovery code up, if it is one of somebody's.
///
/// # Errors
/// When the database is busy or away.
pub async fn take_code(tx: &Tx, user_id: Uuid, code: &SecretHash) -> Result<bool, StorageError> {
    let sql = "DELETE FROM recovery_code WHERE code_hash = $1 AND user_id = $2";
    Ok(tx.run(sql, [code.to_vec().into(), user_id.into()]).await? > 0)
}

/// How many recovery codes somebody has left.
///
/// # Errors
/// When the database can't be read.
pub async fn codes_left(store: &Store, user_id: Uuid) -> Result<u64, StorageError> {
    Ok(entity::recovery_code::Entity::find()
        .filter(entity::recovery_code::Column::UserId.eq(user_id))
        .count(store.reads())
        .await?)
}

/// The roles that need a second factor, administrators always among them.
///
/// # Errors
/// When the database can't be read.
pub async fn required_roles(store: &Store) -> Result<Vec<Role>, StorageError> {
    let kept = meta::get(store, ROLES).await?.unwrap_or_default();
    Ok(Role::ALL
        .into_iter()
        .filter(|role| is_required(*role, &kept))
        .collect())
}

/// Says which roles need one.
///
/// # Errors
/// When the database is busy or away.
pub async fn set_required_roles(tx: &Tx, roles: &[Role]) -> Result<(), StorageError> {
    let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    meta::set(tx, ROLES, &names.join(",")).await
}

/// Whether a role needs a second factor, by the list as it is kept.
pub(super) fn is_required(role: Role, kept: &str) -> bool {
    role == Role::Administrator || kept.split(',').any(|name| name == role.as_str())
}

/// Whether somebody of a role has a factor, or needs one all the same.
pub(super) async fn standing(
    store: &Store,
    user_id: Uuid,
    role: Role,
) -> Result<(bool, bool), StorageError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM second_factor WHERE user_id = $1), \
         (SELECT value FROM meta WHERE key = $2)";
    let values = [user_id.into(), ROLES.into()];
    let row = store
        .reads()
        .query_one_raw(statement(store.engine(), sql, values))
        .await?
        .ok_or_else(|| StorageError::Unexpected("a selection without a row".to_owned()))?;
    let kept: Option<String> = row.try_get_by_index(1)?;
    let has = row.try_get_by_index(0)?;
    Ok((has, is_required(role, &kept.unwrap_or_default())))
}
