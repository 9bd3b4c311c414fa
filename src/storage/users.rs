//! Accounts of the office.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::{Engine, StorageError, Store, Tx, statement};

/// What somebody of the office may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, accounts included.
    Administrator,
    /// Surveys, results, comments, exports.
    Officer,
    /// Results and what is cleared for the public.
    Comms,
    /// Keying in paper and telephone responses.
    Clerk,
}

impl Role {
    /// Every role, from the one that may do most.
    pub const ALL: [Self; 4] = [Self::Administrator, Self::Officer, Self::Comms, Self::Clerk];

    /// The name it is stored and given on the command line as.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Officer => "officer",
            Self::Comms => "comms",
            Self::Clerk => "clerk",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = StorageError;

    fn from_str(name: &str) -> Result<Self, StorageError> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == name)
            .ok_or_else(|| {
                StorageError::Refused(format!(
                    "{name:?} is no role; use administrator, officer, comms or clerk"
                ))
            })
    }
}

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// Its identity.
    pub id: Uuid,
    /// Its address, in small letters.
    pub email: String,
    /// Its holder's name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2id, in PHC form.
    pub password_hash: String,
    /// Whether they are shut out.
    pub disabled: bool,
    /// When they joined (unix microseconds).
    pub created_at: i64,
    /// When they were last here (unix microseconds, to the minute).
    pub seen_at: Option<i64>,
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// An account to make.
#[derive(Clone)]
pub struct NewUser {
    /// Its identity.
    pub id: Uuid,
    /// Its address.
    pub email: String,
    /// Its holder's name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2id, in PHC form.
    pub password_hash: String,
}

/// An address as accounts are found by: without blanks around it, in small letters.
#[must_use]
pub fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Makes an account.
///
/// # Errors
/// [`StorageError::Duplicate`] if the address has one.
pub async fn add(tx: &Tx, user: NewUser) -> Result<User, StorageError> {
    let row = entity::user_account::ActiveModel {
        id: Set(user.id),
        email: Set(normal_email(&user.email)),
        name: Set(user.name),
        role: Set(user.role.as_str().to_owned()),
        password_hash: Set(user.password_hash),
        created_at: Set(tx.now().await?),
        disabled: Set(false),
        seen_at: Set(None),
    };
    row.insert(&tx.inner).await?.try_into()
}

/// Whether there is any account, asked inside a transaction.
///
/// # Errors
/// When the database can't be read.
pub async fn any(tx: &Tx) -> Result<bool, StorageError> {
    Ok(entity::user_account::Entity::find()
        .count(&tx.inner)
        .await?
        > 0)
}

/// An account by its address.
///
/// # Errors
/// When the database can't be read.
pub async fn find_by_email(store: &Store, email: &str) -> Result<Option<User>, StorageError> {
    let row = entity::user_account::Entity::find()
        .filter(entity::user_account::Column::Email.eq(normal_email(email)))
        .one(store.reads())
        .await?;
    row.map(User::try_from).transpose()
}

/// An account by its identity.
///
/// # Errors
/// When the database can't be read.
pub async fn find(store: &Store, id: Uuid) -> Result<Option<User>, StorageError> {
    let row = entity::user_account::Entity::find_by_id(id)
        .one(store.reads())
        .await?;
    row.map(User::try_from).transpose()
}

/// Every account, by address.
///
/// # Errors
/// When the database can't be read.
pub async fn all(store: &Store) -> Result<Vec<User>, StorageError> {
    let rows = entity::user_account::Entity::find()
        .order_by_asc(entity::user_account::Column::Email)
        .all(store.reads())
        .await?;
    rows.into_iter().map(User::try_from).collect()
}

/// Sets a new password.
///
/// # Errors
/// [`StorageError::NotFound`] if there is no such account.
pub async fn set_password(tx: &Tx, id: Uuid, password_hash: &str) -> Result<(), StorageError> {
    let sql = "UPDATE user_account SET password_hash = $2 WHERE id = $1";
    changed(tx.run(sql, [id.into(), password_hash.into()]).await?)
}

/// Shuts somebody out, or lets them in again; their sessions stop at once.
///
/// # Errors
/// [`StorageError::NotFound`] if there is no such account.
pub async fn set_disabled(tx: &Tx, id: Uuid, disabled: bool) -> Result<(), StorageError> {
    let sql = "UPDATE user_account SET disabled = $2 WHERE id = $1";
    changed(tx.run(sql, [id.into(), disabled.into()]).await?)?;
    super::sessions::end_all(tx, id).await
}

/// Gives somebody a role.
///
/// # Errors
/// [`StorageError::NotFound`] if there is no such account.
pub async fn set_role(tx: &Tx, id: Uuid, role: Role) -> Result<(), StorageError> {
    let sql = "UPDATE user_account SET role = $2 WHERE id = $1";
    changed(tx.run(sql, [id.into(), role.as_str().into()]).await?)
}

/// The administrators who are not shut out. Until the transaction ends nobody else can change who they are: SQLite has
/// one writer, PostgreSQL locks their rows.
///
/// # Errors
/// When the database is busy or away.
pub async fn active_administrators(tx: &Tx) -> Result<Vec<Uuid>, StorageError> {
    let lock = match tx.engine {
        Engine::Sqlite => "",
        Engine::Postgres => "FOR UPDATE",
    };
    // All of them, in one order, so that two who change each other wait instead of deadlocking.
    let sql = format!(
        "SELECT id FROM user_account WHERE role = 'administrator' AND NOT disabled ORDER BY id {lock}"
    );
    let rows = tx
        .inner
        .query_all_raw(statement(tx.engine, &sql, []))
        .await?;
    let ids = rows.iter().map(|row| row.try_get_by_index(0));
    Ok(ids.collect::<Result<_, _>>()?)
}

fn changed(rows: u64) -> Result<(), StorageError> {
    if rows == 0 {
        return Err(StorageError::NotFound("the account".to_owned()));
    }
    Ok(())
}

impl TryFrom<entity::user_account::Model> for User {
    type Error = StorageError;

    fn try_from(row: entity::user_account::Model) -> Result<Self, StorageError> {
        Ok(Self {
            id: row.id,
            role: row.role.parse()?,
            email: row.email,
            name: row.name,
            password_hash: row.password_hash,
            disabled: row.disabled,
            created_at: row.created_at,
            seen_at: row.seen_at,
        })
    }
}
