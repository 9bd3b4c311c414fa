//! Publishing a definition as an immutable version.

use super::Entropy;
use crate::storage::{
    StorageError, Store,
    surveys::{self, Publish, Published},
};

/// Freezes a linted definition (canonical JSON) as the current version of the survey `slug`; the same text again
/// changes nothing. `number` is the number it must get; the next one if left out.
///
/// # Errors
/// [`StorageError::Refused`] if the number is taken by another definition, or would leave a gap.
pub async fn publish_version(
    store: &Store,
    entropy: &dyn Entropy,
    slug: &str,
    definition: String,
    number: Option<u32>,
) -> Result<Published, StorageError> {
    match publish_once(store, entropy, slug, definition.clone(), number).await {
        // Two nodes that start on a new database both bring its first survey: the second finds the first one's.
        Err(StorageError::Duplicate(_)) => {
            publish_once(store, entropy, slug, definition, number).await
        }
        published => published,
    }
}

async fn publish_once(
    store: &Store,
    entropy: &dyn Entropy,
    slug: &str,
    definition: String,
    number: Option<u32>,
) -> Result<Published, StorageError> {
    let tx = store.begin().await?;
    let publish = Publish {
        new_survey_id: entropy.id(),
        new_version_id: entropy.id(),
        slug: slug.to_owned(),
        definition,
        number,
    };
    let published = surveys::publish(&tx, publish).await?;
    tx.commit().await?;
    Ok(published)
}
