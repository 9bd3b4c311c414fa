//! What became of an earlier state's responses since.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    results::Since,
    storage::{StorageError, Store, responses},
};

/// What became of a survey's responses since a moment, as far as the store knows.
///
/// # Errors
/// When the database can't be read.
pub async fn since(
    store: &Store,
    survey_id: Uuid,
    as_of: Timestamp,
) -> Result<Since, StorageError> {
    let happened = responses::happened_since(store, survey_id, as_of.as_microsecond()).await?;
    Ok(Since {
        changed: happened.changed,
        withdrawn: happened.withdrawn,
        erased: happened.erased,
        imported: happened.imported,
    })
}
