//! Links that work once, until they expire: the first administrator's, invitations, and new passwords. What makes an
//! account never sets a password, and the other way round: each is found by its own functions only.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult,
};

use uuid::Uuid;

use super::{SecretHash, StorageError, Store, Tx, statement, users::Role};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Makes the first account; worth nothing once there is one.
    FirstAdministrator,
    /// Makes an account for an invited address.
    Invitation,
}

/// The purpose of a link to a new password.
const RESET: &str = "password_reset";

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::FirstAdministrator => "first_administrator",
            Self::Invitation => "invitation",
        }
    }

    fn parse(name: &str) -> Result<Self, StorageError> {
        match name {
            "first_administrator" => Ok(Self::FirstAdministrator),
            "invitation" => Ok(Self::Invitation),
            _ => Err(StorageError::Corrupt(format!(
                "{name:?} is no purpose of a link"
            ))),
        }
    }
}

/// A link.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is for.
    pub purpose: Purpose,
    /// The invited address; none if its user gives it.
    pub email: Option<String>,
    /// The role it gives.
    pub role: Role,
    /// The invitation it accepts.
    pub invitation: Option<Uuid>,
}

/// Makes a link that expires `lifetime` microseconds from now.
///
/// # Errors
/// When the database is busy or away.
pub async fn add(
    tx: &Tx,
    token: &SecretHash,
    link: &Link,
    lifetime: i64,
) -> Result<(), StorageError> {
    let now = tx.now().await?;
    let row = entity::sign_in_link::ActiveModel {
        token_hash: Set(token.to_vec()),
        purpose: Set(link.purpose.as_str().to_owned()),
        user_id: Set(None),
        email: Set(link.email.as_deref().map(super::users::normal_email)),
        role: Set(Some(link.role.as_str().to_owned())),
        created_at: Set(now),
        expires_at: Set(now.saturating_add(lifetime)),
        used_at: Set(None),
        invitation_id: Set(link.invitation),
    };
    entity::sign_in_link::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// A link that still works; it is not used up by looking.
///
/// # Errors
/// When the database can't be read.
pub async fn find(store: &Store, token: &SecretHash) -> Result<Option<Link>, StorageError> {
    let sql = "SELECT purpose, email, role, invitation_id FROM sign_in_link \
         WHERE token_hash = $1 AND used_at IS NULL AND expires_at > {now} AND purpose <> 'password_reset' \
         AND (invitation_id IS NULL OR EXISTS (SELECT 1 FROM invitation WHERE invitation.id = invitation_id \
         AND accepted_at IS NULL AND invitation.expires_at > {now}))";
    let sql = statement(store.engine(), sql, [token.to_vec().into()]);
    store
        .reads()
        .query_one_raw(sql)
        .await?
        .map(|row| from_row(&row))
        .transpose()
}

/// Uses a link up, if it still works.
///
/// # Errors
/// When the database is busy or away.
pub async fn take(tx: &Tx, token: &SecretHash) -> Result<Option<Link>, StorageError> {
    let sql = "UPDATE sign_in_link SET used_at = {now} \
         WHERE token_hash = $1 AND used_at IS NULL AND expires_at > {now} \
         AND purpose <> 'password_reset' RETURNING purpose, email, role, invitation_id";
    let row = tx.row(sql, [token.to_vec().into()]).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// Makes a link to a new password that expires `lifetime` microseconds from now; earlier ones of the account stop working.
///
/// # Errors
/// When the database is busy or away.
pub async fn add_reset(
    tx: &Tx,
    token: &SecretHash,
    user_id: Uuid,
    lifetime: i64,
) -> Result<(), StorageError> {
    withdraw_resets(tx, user_id).await?;
    let now = tx.now().await?;
    let row = entity::sign_in_link::ActiveModel {
        token_hash: Set(token.to_vec()),
        purpose: Set(RESET.to_owned()),
        user_id: Set(Some(user_id)),
        email: Set(None),
        role: Set(None),
        created_at: Set(now),
        expires_at: Set(now.saturating_add(lifetime)),
        used_at: Set(None),
        invitation_id: Set(None),
    };
    entity::sign_in_link::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// Whose new password a link sets, if it still works; it is not used up by looking.
///
/// # Errors
/// When the database can't be read.
pub async fn find_reset(store: &Store, token: &SecretHash) -> Result<Option<Uuid>, StorageError> {
    let sql = "SELECT user_id FROM sign_in_link \
         WHERE token_hash = $1 AND used_at IS NULL AND expires_at > {now} AND purpose = $2";
    let values = [token.to_vec().into(), RESET.into()];
    let row = store
        .reads()
        .query_one_raw(statement(store.engine(), sql, values))
        .await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Uses a link to a new password up, if it still works.
///
/// # Errors
/// When the database is busy or away.
pub async fn take_reset(tx: &Tx, token: &SecretHash) -> Result<Option<Uuid>, StorageError> {
    let sql = "UPDATE sign_in_link SET used_at = {now} \
         WHERE token_hash = $1 AND used_at IS NULL AND expires_at > {now} AND purpose = $2 RETURNING user_id";
    let row = tx.row(sql, [token.to_vec().into(), RESET.into()]).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Takes back an account's links to a new password.
///
/// # Errors
/// When the database is busy or away.
pub async fn withdraw_resets(tx: &Tx, user_id: Uuid) -> Result<(), StorageError> {
    let sql = "DELETE FROM sign_in_link WHERE user_id = $1 AND purpose = $2";
    tx.run(sql, [user_id.into(), RESET.into()]).await?;
    Ok(())
}

/// Takes back every link of a purpose.
///
/// # Errors
/// When the database is busy or away.
pub async fn withdraw(tx: &Tx, purpose: Purpose) -> Result<(), StorageError> {
    entity::sign_in_link::Entity::delete_many()
        .filter(entity::sign_in_link::Column::Purpose.eq(purpose.as_str()))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Deletes links that no longer work.
///
/// # Errors
/// When the database is busy or away.
pub async fn purge(tx: &Tx) -> Result<u64, StorageError> {
    tx.run(
        "DELETE FROM sign_in_link WHERE expires_at <= {now} OR used_at IS NOT NULL",
        [],
    )
    .await
}

fn from_row(row: &QueryResult) -> Result<Link, StorageError> {
    let purpose: String = row.try_get_by_index(0)?;
    let role: Option<String> = row.try_get_by_index(2)?;
    Ok(Link {
        purpose: Purpose::parse(&purpose)?,
        email: row.try_get_by_index(1)?,
        role: role.unwrap_or_default().parse()?,
        invitation: row.try_get_by_index(3)?,
    })
}
