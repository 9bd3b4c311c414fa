//! Officers' sessions. Only the hash of a session's secret is stored.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{SecretHash, StorageError, Store, Tx, statement, users::User};

/// How exactly `seen_at` is kept, in microseconds: a minute, so that reading pages seldom writes.
const SEEN_EVERY: i64 = 60_000_000;

/// Notes that somebody was here.
const SEEN: &str = "UPDATE user_account SET seen_at = {now} WHERE id = $1";

/// A session to begin.
#[derive(Clone)]
pub struct NewSession {
    /// What it is called on pages.
    pub id: Uuid,
    /// SHA-256 of its secret.
    pub token: SecretHash,
    /// Whose it is.
    pub user_id: Uuid,
    /// What its forms are signed with.
    pub csrf: [u8; 32],
    /// How long it lasts at most, in microseconds.
    pub lifetime: i64,
}

/// A session that is good, and whose it is.
#[derive(Clone)]
pub struct Session {
    /// What it is called on pages.
    pub id: Uuid,
    /// Who is signed in.
    pub user: User,
    /// Whether they have a second factor.
    pub has_factor: bool,
    /// Whether their role needs one.
    pub needs_factor: bool,
    /// How long ago they last proved to be who they are, in microseconds.
    pub confirmed_ago: i64,
    /// What its forms are signed with.
    pub csrf: [u8; 32],
    /// When it ends at the latest (unix microseconds).
    pub expires_at: i64,
}

/// A session as its holder sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What it is called on pages.
    pub id: Uuid,
    /// When it began (unix microseconds).
    pub created_at: i64,
    /// When it was last used (unix microseconds, to the minute).
    pub seen_at: i64,
}

/// Begins a session; its holder has just proved to be who they are.
///
/// # Errors
/// When the database is busy or away.
pub async fn start(tx: &Tx, session: &NewSession) -> Result<(), StorageError> {
    let now = tx.now().await?;
    let row = entity::admin_session::ActiveModel {
        token_hash: Set(session.token.to_vec()),
        id: Set(session.id),
        user_id: Set(session.user_id),
        csrf: Set(session.csrf.to_vec()),
        created_at: Set(now),
        seen_at: Set(now),
        expires_at: Set(now.saturating_add(session.lifetime)),
        confirmed_at: Set(now),
    };
    entity::admin_session::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    tx.run(SEEN, [session.user_id.into()]).await?;
    Ok(())
}

/// The session of a secret, if it has neither ended nor idled for `idle` microseconds and its holder is not shut
/// out; it counts as seen now.
///
/// # Errors
/// When the database is busy or away.
pub async fn open(
    store: &Store,
    token: &SecretHash,
    idle: i64,
) -> Result<Option<Session>, StorageError> {
    let sql = "SELECT user_id, csrf, expires_at, seen_at < {now} - $3, id, {now} - confirmed_at FROM admin_session \
         WHERE token_hash = $1 AND expires_at > {now} AND seen_at > {now} - $2";
    let values = [token.to_vec().into(), idle.into(), SEEN_EVERY.into()];
    let Some(row) = store
        .reads()
        .query_one_raw(statement(store.engine(), sql, values))
        .await?
    else {
        return Ok(None);
    };
    let user_id: Uuid = row.try_get_by_index(0)?;
    let Some(user) = super::users::find(store, user_id)
        .await?
        .filter(|user| !user.disabled)
    else {
        return Ok(None);
    };
    let csrf: Vec<u8> = row.try_get_by_index(1)?;
    let csrf = csrf.try_into().map_err(|_| {
        StorageError::Corrupt("a session's form key has the wrong length".to_owned())
    })?;
    if row.try_get_by_index::<bool>(3)? {
        let tx = store.begin().await?;
        tx.run(
            "UPDATE admin_session SET seen_at = {now} WHERE token_hash = $1",
            [token.to_vec().into()],
        )
        .await?;
        tx.run(SEEN, [user_id.into()]).await?;
        tx.commit().await?;
    }
    let (has_factor, needs_factor) = super::factors::standing(store, user_id, user.role).await?;
    Ok(Some(Session {
        id: row.try_get_by_index(4)?,
        has_factor,
        needs_factor,
        confirmed_ago: row.try_get_by_index(5)?,
        user,
        csrf,
        expires_at: row.try_get_by_index(2)?,
    }))
}

/// Notes that a session's holder has just proved again to be who they are.
///
/// # Errors
/// When the database is busy or away.
pub async fn confirm(tx: &Tx, token: &SecretHash) -> Result<(), StorageError> {
    let sql = "UPDATE admin_session SET confirmed_at = {now} WHERE token_hash = $1";
    tx.run(sql, [token.to_vec().into()]).await?;
    Ok(())
}

/// Somebody's sessions that are good, the latest used first.
///
/// # Errors
/// When the database can't be read.
pub async fn of_user(store: &Store, user_id: Uuid, idle: i64) -> Result<Vec<Listed>, StorageError> {
    let sql = "SELECT id, created_at, seen_at FROM admin_session \
         WHERE user_id = $1 AND expires_at > {now} AND seen_at > {now} - $2 ORDER BY seen_at DESC, id";
    let rows = store
        .reads()
        .query_all_raw(statement(
            store.engine(),
            sql,
            [user_id.into(), idle.into()],
        ))
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Listed {
                id: row.try_get_by_index(0)?,
                created_at: row.try_get_by_index(1)?,
                seen_at: row.try_get_by_index(2)?,
            })
        })
        .collect()
}

/// Ends one session of somebody's, and says whether it was theirs.
///
/// # Errors
/// When the database is busy or away.
pub async fn end_one(tx: &Tx, user_id: Uuid, id: Uuid) -> Result<bool, StorageError> {
    let sql = "DELETE FROM admin_session WHERE user_id = $1 AND id = $2";
    Ok(tx.run(sql, [user_id.into(), id.into()]).await? > 0)
}

/// Ends every session of somebody's but one.
///
/// # Errors
/// When the database is busy or away.
pub async fn end_others(tx: &Tx, user_id: Uuid, keep: &SecretHash) -> Result<(), StorageError> {
    let sql = "DELETE FROM admin_session WHERE user_id = $1 AND token_hash <> $2";
    tx.run(sql, [user_id.into(), keep.to_vec().into()]).await?;
    super::half_sessions::end_all(tx, user_id).await
}

/// Ends a session, and says whose it was; nobody's, if it had ended.
///
/// # Errors
/// When the database is busy or away.
pub async fn end(tx: &Tx, token: &SecretHash) -> Result<Option<Uuid>, StorageError> {
    let sql = "DELETE FROM admin_session WHERE token_hash = $1 RETURNING user_id";
    let ended = tx.row(sql, [token.to_vec().into()]).await?;
    Ok(ended.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Ends every session of an account, half ones too.
///
/// # Errors
/// When the database is busy or away.
pub async fn end_all(tx: &Tx, user_id: Uuid) -> Result<(), StorageError> {
    entity::admin_session::Entity::delete_many()
        .filter(entity::admin_session::Column::UserId.eq(user_id))
        .exec(&tx.inner)
        .await?;
    super::half_sessions::end_all(tx, user_id).await
}

/// Deletes sessions that have ended, and says how many.
///
/// # Errors
/// When the database is busy or away.
pub async fn purge(tx: &Tx) -> Result<u64, StorageError> {
    tx.run("DELETE FROM admin_session WHERE expires_at <= {now}", [])
        .await
}
