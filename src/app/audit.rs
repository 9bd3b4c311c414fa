//! `have-your-say audit verify`, and what commands write down.

use jiff::Timestamp;

use super::{AppError, commands};
use crate::{
    actions::audit::{record_sight, verify as walk},
    audit::{Actor, Event, chain},
    config::Config,
    storage::Store,
};

/// Walks along the chain and prints its head, or fails with the first break.
///
/// # Errors
/// [`AppError`].
pub(super) async fn verify(config: &Config, known: Option<String>) -> Result<(), AppError> {
    let known = known.as_deref().map(hash).transpose()?;
    let store = commands::open(config).await?;
    let verified = walk(&store, known).await?;
    match &verified.head {
        Some(head) => {
            let at = Timestamp::from_microsecond(head.sealed_at).unwrap_or_default();
            println!(
                "{} rows are as they were sealed, in {} seals",
                head.last, head.number
            );
            println!("head: {}", chain::hex(&head.hash));
            println!("last seal: {at}");
        }
        None => println!("no row is sealed yet"),
    }
    println!("rows not sealed yet: {}", verified.unsealed);
    Ok(store.close().await?)
}

/// Writes down what a command did that has no transaction of its own. A database from before the audit log has no place
/// for it: it begins with the migration.
///
/// # Errors
/// [`AppError::Storage`].
pub(super) async fn note(store: &Store, event: &Event) -> Result<(), AppError> {
    if store.is_migrated().await? {
        record_sight(store, Actor::Command, event).await?;
    }
    Ok(())
}

fn hash(text: &str) -> Result<chain::Hash, AppError> {
    let wrong = || AppError::Unknown(format!("{text:?} is not a hash of 64 hexadecimal digits"));
    let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digits = is_hex.then_some(text).ok_or_else(wrong)?;
    let mut hash = [0; 32];
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).map_err(|_| wrong())?;
    }
    Ok(hash)
}
