//! Invitations to the office. Each has links, one shown and one mailed; whichever is used first accepts it.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{StorageError, Store, Tx, users::Role};

/// An invitation that nobody has accepted.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its identity.
    pub id: Uuid,
    /// The invited address, in small letters.
    pub email: String,
    /// Their name; empty, if they give it themselves.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// When its links stop working (unix microseconds).
    pub expires_at: i64,
    /// Whether they have.
    pub expired: bool,
}

/// An invitation to make.
#[derive(Clone)]
pub struct NewInvitation {
    /// Its identity.
    pub id: Uuid,
    /// The address.
    pub email: String,
    /// Their name; may be empty.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// Makes an invitation that works for `lifetime` microseconds, in place of one to the same address that waits.
///
/// # Errors
/// When the database is busy or away.
pub async fn add(tx: &Tx, new: NewInvitation, lifetime: i64) -> Result<(), StorageError> {
    let email = super::users::normal_email(&new.email);
    let waiting = entity::invitation::Entity::find()
        .filter(entity::invitation::Column::Email.eq(email.as_str()))
        .filter(entity::invitation::Column::AcceptedAt.is_null())
        .all(&tx.inner)
        .await?;
    for row in waiting {
        withdraw(tx, row.id).await?;
    }
    let now = tx.now().await?;
    let row = entity::invitation::ActiveModel {
        id: Set(new.id),
        email: Set(email),
        name: Set(new.name),
        role: Set(new.role.as_str().to_owned()),
        created_at: Set(now),
        expires_at: Set(now.saturating_add(lifetime)),
        accepted_at: Set(None),
    };
    entity::invitation::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// Every invitation that nobody has accepted, the newest first.
///
/// # Errors
/// When the database can't be read.
pub async fn waiting(store: &Store) -> Result<Vec<Invitation>, StorageError> {
    let now = store.now().await?;
    let rows = entity::invitation::Entity::find()
        .filter(entity::invitation::Column::AcceptedAt.is_null())
        .order_by_desc(entity::invitation::Column::CreatedAt)
        .all(store.reads())
        .await?;
    rows.into_iter().map(|row| from_row(row, now)).collect()
}

/// An invitation that nobody has accepted.
///
/// # Errors
/// When the database can't be read.
pub async fn find(store: &Store, id: Uuid) -> Result<Option<Invitation>, StorageError> {
    let now = store.now().await?;
    let row = entity::invitation::Entity::find_by_id(id)
        .filter(entity::invitation::Column::AcceptedAt.is_null())
        .one(store.reads())
        .await?;
    row.map(|row| from_row(row, now)).transpose()
}

/// Lets an invitation work for `lifetime` microseconds from now; links it had no longer do. Says whether it waits.
///
/// # Errors
/// When the database is busy or away.
pub async fn renew(tx: &Tx, id: Uuid, lifetime: i64) -> Result<bool, StorageError> {
    tx.run(
        "DELETE FROM sign_in_link WHERE invitation_id = $1",
        [id.into()],
    )
    .await?;
    let sql = "UPDATE invitation SET expires_at = {now} + $2 WHERE id = $1 AND accepted_at IS NULL";
    Ok(tx.run(sql, [id.into(), lifetime.into()]).await? > 0)
}

/// Takes an invitation back with its links, and says whether it waited.
///
/// # Errors
/// When the database is busy or away.
pub async fn withdraw(tx: &Tx, id: Uuid) -> Result<bool, StorageError> {
    tx.run(
        "DELETE FROM sign_in_link WHERE invitation_id = $1",
        [id.into()],
    )
    .await?;
    let sql = "DELETE FROM invitation WHERE id = $1 AND accepted_at IS NULL";
    Ok(tx.run(sql, [id.into()]).await? > 0)
}

/// Accepts an invitation, if it still waits: it does so for one only.
///
/// # Errors
/// When the database is busy or away.
pub async fn accept(tx: &Tx, id: Uuid) -> Result<bool, StorageError> {
    let sql = "UPDATE invitation SET accepted_at = {now} \
         WHERE id = $1 AND accepted_at IS NULL AND expires_at > {now}";
    Ok(tx.run(sql, [id.into()]).await? > 0)
}

/// Deletes invitations that were accepted or expired more than `age` microseconds ago.
///
/// # Errors
/// When the database is busy or away.
pub async fn purge(tx: &Tx, age: i64) -> Result<u64, StorageError> {
    let sql = "DELETE FROM invitation WHERE accepted_at <= {now} - $1 OR expires_at <= {now} - $1";
    tx.run(sql, [age.into()]).await
}

fn from_row(row: entity::invitation::Model, now: i64) -> Result<Invitation, StorageError> {
    Ok(Invitation {
        id: row.id,
        email: row.email,
        name: row.name,
        role: row.role.parse()?,
        expires_at: row.expires_at,
        expired: row.expires_at <= now,
    })
}
