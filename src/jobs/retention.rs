//! Personal parts of sent responses go on their day.

use std::sync::Arc;

use crate::{
    actions::{Entropy, retention::delete_what_is_due},
    live::Live,
    storage::{StorageError, Store, surveys},
};

/// How long what is kept, and what its figures are frozen with before they are lost.
#[derive(Clone)]
pub struct Retention {
    /// Each survey's dataset.
    pub live: Live,
    /// Chance, for the identities of frozen results.
    pub entropy: Arc<dyn Entropy>,
    /// How many years after the close the office keeps sent answers.
    pub years: u8,
}

/// Deletes what is due of every survey. One that can't be told is logged, and doesn't hold the others up.
pub(super) async fn delete_due(store: &Store, retention: &Retention) -> Result<(), StorageError> {
    for survey in surveys::all(store).await? {
        let Retention {
            live,
            entropy,
            years,
        } = retention;
        match delete_what_is_due(store, entropy.as_ref(), live, &survey, *years).await {
            Ok(gone) if gone.responses > 0 => tracing::info!(
                survey = survey.slug,
                responses = gone.responses,
                texts = gone.texts,
                sensitive = gone.sensitive,
                "deleted personal parts of sent responses"
            ),
            Ok(_) => {}
            Err(error) => tracing::error!(
                survey = survey.slug,
                %error,
                "personal parts that are due can't be deleted"
            ),
        }
    }
    Ok(())
}
