//! Publishing a definition as an immutable version.

use super::{Entropy, audit::record};
use crate::{
    audit::{Actor, Event},
    storage::{
        StorageError, Store,
        surveys::{self, Publish, Published},
    },
    survey::ids::Slug,
};

/// Freezes a linted definition (canonical JSON) as the current version of the survey `slug`; the same text again
/// changes nothing. `number` is the number it must get; the next one if left out.
///
/// # Errors
/// [`StorageError::Refused`] if the number is taken by another definition, or would leave a gap.
pub async fn publish_version(
    store: &Store,
    entropy: &dyn Entropy,
    by: Actor,
    slug: &Slug,
    definition: String,
    number: Option<u32>,
) -> Result<Published, StorageError> {
    match publish_once(store, entropy, by, slug, definition.clone(), number).await {
        // Two nodes that start on a new database both bring its first survey: the second finds the first one's.
        Err(StorageError::Duplicate(_)) => {
            publish_once(store, entropy, by, slug, definition, number).await
        }
        published => published,
    }
}

async fn publish_once(
    store: &Store,
    entropy: &dyn Entropy,
    by: Actor,
    slug: &Slug,
    definition: String,
    number: Option<u32>,
) -> Result<Published, StorageError> {
    let tx = store.begin().await?;
    let publish = Publish {
        new_survey_id: entropy.id(),
        new_version_id: entropy.id(),
        slug: slug.to_string(),
        definition,
        number,
    };
    let published = surveys::publish(&tx, publish).await?;
    if !published.unchanged {
        let version = published.version.number;
        let event = Event::SurveyPublished {
            survey: slug.clone(),
            version,
            before: version.checked_sub(1).filter(|before| *before > 0),
        };
        record(&tx, by, &event).await?;
    }
    tx.commit().await?;
    Ok(published)
}
