//! The one-time link that lets the first administrator in.

use super::{Entropy, Secret, audit::record};
use crate::{
    audit::{Actor, Event},
    storage::{
        StorageError, Store,
        links::{self, Link, Purpose},
        users::{self, Role},
    },
};

/// How long it works, in microseconds: a day; each start of the program makes a new one until it was used.
const LIFETIME: i64 = 24 * 60 * 60 * 1_000_000;

/// Makes the first administrator's link if there is no account yet; earlier ones stop working.
///
/// # Errors
/// When the database is busy or away.
pub async fn first_administrator_link(
    store: &Store,
    entropy: &dyn Entropy,
) -> Result<Option<Secret>, StorageError> {
    let tx = store.begin().await?;
    if users::any(&tx).await? {
        return Ok(None);
    }
    links::withdraw(&tx, Purpose::FirstAdministrator).await?;
    let secret = Secret::random(entropy);
    let link = Link {
        purpose: Purpose::FirstAdministrator,
        email: None,
        role: Role::Administrator,
        invitation: None,
    };
    links::add(&tx, &secret.hash(), &link, LIFETIME).await?;
    record(&tx, Actor::System, &Event::AdministratorLinkMade {}).await?;
    tx.commit().await?;
    Ok(Some(secret))
}
