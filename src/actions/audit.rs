//! The audit log is written, sealed and checked.
//!
//! A change records itself in its own transaction ([`record`]): there is neither without the other. A sight of personal
//! data has no transaction: it is recorded before anything is shown ([`record_sight`]).

use crate::{
    audit::{
        Actor, Event, FORMAT,
        chain::{self, Break, Hash, Seal, Walk},
    },
    storage::{
        StorageError, Store, Tx,
        audit::{self, NewRow},
    },
};

/// How many rows a seal covers at most.
const TOGETHER: u64 = 2_000;

/// Why the log can't be said to be whole.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It is not as it was sealed.
    #[error("the audit log is broken: {0}")]
    Broken(#[from] Break),
    /// The store did not answer.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A log that is as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Its last seal; none before the first.
    pub head: Option<Seal>,
    /// How many rows wait for the next.
    pub unsealed: u64,
}

/// Writes down what `by` did, in the transaction that does it.
///
/// # Errors
/// When the database is busy or away; then nothing was done.
pub async fn record(tx: &Tx, by: Actor, event: &Event) -> Result<(), StorageError> {
    let details = event
        .to_json()
        .map_err(|error| StorageError::Unexpected(error.to_string()))?;
    let subject = event.subject();
    let row = NewRow {
        actor: by.name(),
        by_account: by.account(),
        kind: event.kind().name(),
        format: FORMAT,
        survey: subject.survey.map(ToString::to_string),
        response: subject.response,
        account: subject.account,
        details,
    };
    audit::add(tx, row).await
}

/// Writes down what `by` is about to see, or what has no transaction of its own.
///
/// # Errors
/// When the database is busy or away; then nothing may be shown.
pub async fn record_sight(store: &Store, by: Actor, event: &Event) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    record(&tx, by, event).await?;
    tx.commit().await
}

/// Seals every row that no seal covers, and says how many there were. Places and their seal are written together, so that a
/// crash leaves both or neither; should two nodes try, the number of the seal lets one of them through.
///
/// # Errors
/// When the database is busy or away.
pub async fn seal_new_rows(store: &Store) -> Result<u64, StorageError> {
    let mut sealed = 0;
    loop {
        let tx = store.begin().await?;
        let rows = audit::unsealed(&tx, TOGETHER).await?;
        let before = audit::last_seal(&tx).await?;
        let places = chain::places(before.as_ref().map_or(0, |seal| seal.last), &rows);
        let Some(seal) = chain::seal(before.as_ref(), &places, tx.now().await?) else {
            return Ok(sealed);
        };
        audit::add_seal(&tx, &seal, &places).await?;
        tx.commit().await?;
        let count = places.len() as u64;
        sealed += count;
        if count < TOGETHER {
            return Ok(sealed);
        }
        tokio::task::yield_now().await;
    }
}

/// Walks along the chain of seals from its beginning. `known` is the hash of a seal that somebody noted: it must be there.
///
/// # Errors
/// [`VerifyError::Broken`] with the first break.
pub async fn verify(store: &Store, known: Option<Hash>) -> Result<Verified, VerifyError> {
    let mut walk = Walk::default();
    let mut is_known = known.is_none();
    while let Some(seal) =
        audit::seal_after(store, walk.last().map_or(0, |seal| seal.number)).await?
    {
        is_known |= known == Some(seal.hash);
        let rows = audit::sealed_rows(store, seal.first, seal.last).await?;
        walk.go_on(seal, &rows)?;
    }
    let head = walk.end(audit::places_beyond(store).await?)?;
    if let Some(known) = known.filter(|_| !is_known) {
        return Err(Break::UnknownHead(chain::hex(&known)).into());
    }
    Ok(Verified {
        head,
        unsealed: audit::count_unsealed(store).await?,
    })
}
