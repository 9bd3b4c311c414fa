//! A results page is frozen: its figures stay as they were, whatever becomes of the responses.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Entropy;
use crate::{
    export::table,
    results::{Outcome, ResultQuery},
    storage::{
        StorageError, Store,
        frozen::{self, NewFrozen},
    },
};

/// Why a page can't be frozen.
#[derive(Debug, thiserror::Error)]
pub enum FreezeError {
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The figures can't be written down.
    #[error("the figures can't be written: {0}")]
    Write(String),
}

/// What is frozen.
pub struct Freeze<'a> {
    /// The survey.
    pub survey_id: Uuid,
    /// The page.
    pub query: &'a ResultQuery,
    /// What stands on it.
    pub outcome: Outcome,
    /// Whether the page is for those alone who may see sensitive answers.
    pub sensitive: bool,
    /// The name of the officer.
    pub frozen_by: &'a str,
}

/// Keeps what stands on a page: as JSON with its SHA-256, and as CSV. A page that is live for those alone who may see
/// sensitive answers is marked so, and stays theirs; the page of all questions is frozen without such questions.
///
/// # Errors
/// [`FreezeError`]; nothing was kept then.
pub async fn freeze_result(
    store: &Store,
    entropy: &dyn Entropy,
    freeze: Freeze<'_>,
) -> Result<Uuid, FreezeError> {
    let Freeze {
        survey_id,
        query,
        mut outcome,
        sensitive,
        frozen_by,
    } = freeze;
    outcome.leave_out_sensitive();
    let as_of = query.filter.as_of.unwrap_or(outcome.state.as_of);
    let wrong = |error: &dyn std::fmt::Display| FreezeError::Write(error.to_string());
    let document =
        serde_json::to_string_pretty(&outcome.to_json()).map_err(|error| wrong(&error))?;
    let sheet = table::write(Vec::new(), &outcome.to_csv_rows()).map_err(|error| wrong(&error))?;
    let new = NewFrozen {
        id: entropy.id(),
        survey_id,
        address: query.fixed_at(as_of).to_url(),
        sensitive,
        as_of: as_of.as_microsecond(),
        software: outcome.state.software.to_owned(),
        sha256: Sha256::digest(document.as_bytes()).into(),
        document,
        sheet: String::from_utf8(sheet).map_err(|error| wrong(&error))?,
        frozen_by: frozen_by.to_owned(),
    };
    let id = new.id;
    let tx = store.begin().await?;
    frozen::add(&tx, new).await?;
    tx.commit().await?;
    Ok(id)
}
