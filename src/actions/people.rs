//! What administrators do to accounts, and people to their own; the audit log hears of each.

use uuid::Uuid;

use super::audit::record;
use crate::{
    audit::{AccountChange, Actor, Event},
    storage::{
        SecretHash, StorageError, Store, Tx, factors, links, sessions,
        users::{self, Role},
    },
};

/// Why an account stayed as it was.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// Nobody else could manage accounts then.
    #[error("this is the last administrator who can sign in")]
    LastAdministrator,
    /// The store did not answer, or has no such account.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Gives somebody a role; it counts from their next page on.
///
/// # Errors
/// See [`PersonError`].
pub async fn change_role(
    store: &Store,
    by: Actor,
    id: Uuid,
    role: Role,
) -> Result<(), PersonError> {
    let tx = store.begin().await?;
    if role != Role::Administrator {
        is_not_the_last(&tx, id).await?;
    }
    let before = users::find(store, id).await?.map(|user| user.role);
    users::set_role(&tx, id, role).await?;
    let changed = Event::AccountChanged {
        account: id,
        change: AccountChange::Role,
        before: before.map(|role| role.as_str().to_owned()),
        after: Some(role.as_str().to_owned()),
    };
    record(&tx, by, &changed).await?;
    tx.commit().await?;
    Ok(())
}

/// Shuts somebody out: their sessions end, and links to a new password stop working.
///
/// # Errors
/// See [`PersonError`].
pub async fn shut_out(store: &Store, by: Actor, id: Uuid) -> Result<(), PersonError> {
    let tx = store.begin().await?;
    is_not_the_last(&tx, id).await?;
    users::set_disabled(&tx, id, true).await?;
    links::withdraw_resets(&tx, id).await?;
    changed(&tx, by, id, AccountChange::ShutOut).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets somebody in again.
///
/// # Errors
/// [`StorageError::NotFound`] if there is no such account.
pub async fn let_in(store: &Store, by: Actor, id: Uuid) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    users::set_disabled(&tx, id, false).await?;
    changed(&tx, by, id, AccountChange::LetIn).await?;
    tx.commit().await
}

/// Ends every session of somebody's.
///
/// # Errors
/// When the database is busy or away.
pub async fn end_sessions(store: &Store, by: Actor, id: Uuid) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    sessions::end_all(&tx, id).await?;
    changed(&tx, by, id, AccountChange::SessionsEnded).await?;
    tx.commit().await
}

/// Takes away the second factor of somebody who lost it, with their recovery codes and sessions: they set up another.
/// Says whether they had one.
///
/// # Errors
/// When the database is busy or away.
pub async fn remove_factor(store: &Store, by: Actor, id: Uuid) -> Result<bool, StorageError> {
    let tx = store.begin().await?;
    let had = factors::remove(&tx, id).await?;
    sessions::end_all(&tx, id).await?;
    changed(&tx, by, id, AccountChange::FactorRemoved).await?;
    tx.commit().await?;
    Ok(had)
}

/// Ends one of somebody's own sessions, and says whether it was theirs.
///
/// # Errors
/// When the database is busy or away.
pub async fn end_own_session(store: &Store, user_id: Uuid, id: Uuid) -> Result<bool, StorageError> {
    let tx = store.begin().await?;
    let ended = sessions::end_one(&tx, user_id, id).await?;
    if ended {
        let by = Actor::Account(user_id);
        changed(&tx, by, user_id, AccountChange::SessionsEnded).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// Ends every session of somebody's but the one they are in.
///
/// # Errors
/// When the database is busy or away.
pub async fn end_other_sessions(
    store: &Store,
    user_id: Uuid,
    keep: &SecretHash,
) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    sessions::end_others(&tx, user_id, keep).await?;
    let by = Actor::Account(user_id);
    changed(&tx, by, user_id, AccountChange::SessionsEnded).await?;
    tx.commit().await
}

/// Takes away somebody's own second factor; their other sessions end.
///
/// # Errors
/// When the database is busy or away.
pub async fn remove_own_factor(
    store: &Store,
    user_id: Uuid,
    keep: &SecretHash,
) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    factors::remove(&tx, user_id).await?;
    sessions::end_others(&tx, user_id, keep).await?;
    let by = Actor::Account(user_id);
    changed(&tx, by, user_id, AccountChange::FactorRemoved).await?;
    tx.commit().await
}

/// Says which roles need a second factor. Whoever has none is led to set one up at their next page.
///
/// # Errors
/// When the database is busy or away.
pub async fn require_factor(store: &Store, by: Actor, roles: &[Role]) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    let names = |roles: &[Role]| roles.iter().map(|role| role.as_str().to_owned()).collect();
    let before = factors::required_roles(store).await?;
    factors::set_required_roles(&tx, roles).await?;
    let set = Event::FactorRolesSet {
        before: names(&before),
        after: names(roles),
    };
    record(&tx, by, &set).await?;
    tx.commit().await
}

/// Writes down a change of an account, in the transaction that makes it.
pub(super) async fn changed(
    tx: &Tx,
    by: Actor,
    account: Uuid,
    change: AccountChange,
) -> Result<(), StorageError> {
    let event = Event::AccountChanged {
        account,
        change,
        before: None,
        after: None,
    };
    record(tx, by, &event).await
}

/// Refuses, inside the transaction that would do it, to leave the office without an administrator.
async fn is_not_the_last(tx: &Tx, id: Uuid) -> Result<(), PersonError> {
    let active = users::active_administrators(tx).await?;
    if active.as_slice() == [id] {
        return Err(PersonError::LastAdministrator);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::storage::{fixture::on_both, users::NewUser};

    async fn administrators(store: &Store, count: u8) -> Vec<Uuid> {
        let mut ids = Vec::new();
        let tx = store.begin().await.unwrap();
        for number in 0..count {
            let new = NewUser {
                id: Uuid::now_v7(),
                email: format!("{number}@example.org"),
                name: "Ada".to_owned(),
                role: Role::Administrator,
                password_hash: "hash".to_owned(),
            };
            ids.push(users::add(&tx, new).await.unwrap().id);
        }
        tx.commit().await.unwrap();
        ids
    }

    async fn left(store: &Store) -> usize {
        let tx = store.begin().await.unwrap();
        users::active_administrators(&tx).await.unwrap().len()
    }

    on_both! {
        async fn the_last_administrator_stays_whatever_is_tried(database) {
            let store = database.open().await;
            let ids = administrators(&store, 2).await;
            shut_out(&store, Actor::Command, ids[0]).await.unwrap();
            for refused in [
                shut_out(&store, Actor::Command, ids[1]).await,
                change_role(&store, Actor::Command, ids[1], Role::Officer).await,
            ] {
                assert!(matches!(refused, Err(PersonError::LastAdministrator)));
            }
            assert!(change_role(&store, Actor::Command, ids[1], Role::Administrator).await.is_ok());
            let_in(&store, Actor::Command, ids[0]).await.unwrap();
            change_role(&store, Actor::Command, ids[1], Role::Clerk).await.unwrap();
            assert_eq!(left(&store).await, 1);
            let nobody = change_role(&store, Actor::Command, Uuid::now_v7(), Role::Clerk).await;
            assert!(matches!(nobody, Err(PersonError::Storage(StorageError::NotFound(_)))));
        }
    }

    on_both! {
        async fn two_administrators_who_demote_each_other_at_once_leave_one(database) {
            let store = database.open().await;
            for _ in 0..10 {
                let ids = administrators_anew(&store).await;
                let (one, other) = tokio::join!(
                    change_role(&store, Actor::Command, ids[0], Role::Officer),
                    change_role(&store, Actor::Command, ids[1], Role::Officer),
                );
                assert!(one.is_ok() != other.is_ok(), "one of them only: {one:?} {other:?}");
                assert_eq!(left(&store).await, 1);
            }
        }
    }

    /// Two administrators, and nobody else.
    async fn administrators_anew(store: &Store) -> Vec<Uuid> {
        let known = users::all(store).await.unwrap();
        if known.is_empty() {
            return administrators(store, 2).await;
        }
        for user in &known {
            change_role(store, Actor::Command, user.id, Role::Administrator)
                .await
                .unwrap();
        }
        known.iter().map(|user| user.id).collect()
    }
}
