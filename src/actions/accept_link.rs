//! Accepting a link: it becomes an account, once.

use super::{Entropy, Passwords, Secret, Weakness, audit::record, weakness};
use crate::{
    audit::{Actor, Event},
    storage::{
        StorageError, Store, invitations,
        links::{self, Purpose},
        users::{self, NewUser, User},
    },
};

/// What somebody with a link gave.
#[derive(Clone)]
pub struct Accept {
    /// The address; ignored if the link was made for one.
    pub email: Option<String>,
    /// Their name.
    pub name: String,
    /// Their password.
    pub password: String,
}

/// Why a link was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// It was used, has expired, or never was.
    #[error("the link does not work any more")]
    Over,
    /// An address is needed.
    #[error("an email address is needed")]
    EmailMissing,
    /// The address has an account.
    #[error("the email address has an account")]
    EmailTaken,
    /// The name is empty.
    #[error("a name is needed")]
    NameMissing,
    /// The password is too easy to guess, or too long.
    #[error("the password is refused: {0:?}")]
    Password(Weakness),
    /// The store did not answer.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Makes the account that a link is for, and uses the link up. If it fails, the link still works.
///
/// # Errors
/// See [`AcceptError`].
pub async fn accept_link(
    store: &Store,
    entropy: &dyn Entropy,
    passwords: &Passwords,
    secret: &Secret,
    given: Accept,
) -> Result<User, AcceptError> {
    let link = links::find(store, &secret.hash())
        .await?
        .ok_or(AcceptError::Over)?;
    let email = link
        .email
        .or(given.email)
        .filter(|email| !email.trim().is_empty())
        .ok_or(AcceptError::EmailMissing)?;
    let name = given.name.trim().to_owned();
    if name.is_empty() {
        return Err(AcceptError::NameMissing);
    }
    if let Some(weakness) = weakness(&given.password, &[&name, &email]) {
        return Err(AcceptError::Password(weakness));
    }
    let password_hash = passwords.hash(entropy, given.password).await?;
    let tx = store.begin().await?;
    let link = links::take(&tx, &secret.hash())
        .await?
        .ok_or(AcceptError::Over)?;
    if link.purpose == Purpose::FirstAdministrator && users::any(&tx).await? {
        return Err(AcceptError::Over);
    }
    if let Some(id) = link.invitation
        && !invitations::accept(&tx, id).await?
    {
        return Err(AcceptError::Over);
    }
    let new = NewUser {
        id: entropy.id(),
        email,
        name,
        role: link.role,
        password_hash,
    };
    let user = users::add(&tx, new).await.map_err(|error| match error {
        StorageError::Duplicate(_) => AcceptError::EmailTaken,
        other => other.into(),
    })?;
    let accepted = Event::LinkAccepted {
        account: user.id,
        role: user.role.as_str().to_owned(),
    };
    record(&tx, Actor::Account(user.id), &accepted).await?;
    tx.commit().await?;
    Ok(user)
}
