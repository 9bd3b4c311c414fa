//! Inviting somebody of the office.

use super::{Entropy, Secret, audit::record};
use crate::{
    audit::{Actor, Event},
    storage::{
        StorageError, Store,
        links::{self, Link, Purpose},
        users::{self, Role},
    },
};

/// How long an invitation works, in microseconds: seven days.
const LIFETIME: i64 = 7 * 24 * 60 * 60 * 1_000_000;

/// Makes an invitation for an address. The secret is shown to whoever invites, once.
///
/// # Errors
/// [`StorageError::Duplicate`] if the address has an account.
pub async fn invite(
    store: &Store,
    entropy: &dyn Entropy,
    by: Actor,
    email: &str,
    role: Role,
) -> Result<Secret, StorageError> {
    if users::find_by_email(store, email).await?.is_some() {
        return Err(StorageError::Duplicate(format!("an account for {email}")));
    }
    let secret = Secret::random(entropy);
    let link = Link {
        purpose: Purpose::Invitation,
        email: Some(email.to_owned()),
        role,
    };
    let tx = store.begin().await?;
    links::add(&tx, &secret.hash(), &link, LIFETIME).await?;
    let role = role.as_str().to_owned();
    record(&tx, by, &Event::Invited { role }).await?;
    tx.commit().await?;
    Ok(secret)
}
