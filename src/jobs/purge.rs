//! Unsent responses are deleted once their survey has been closed for its time (30 days).

use super::PurgeAt;
use crate::{
    actions::audit::record,
    audit::{Actor, Event},
    storage::{StorageError, Store, responses, surveys},
    survey::ids::Slug,
};

/// How many are deleted in one transaction, so that residents' saves get in between.
const BATCH: u64 = 200;

/// Deletes the unsent responses of every survey that closed long enough ago, by the database's clock.
pub(super) async fn purge_unsent(store: &Store, purge_at: &PurgeAt) -> Result<(), StorageError> {
    let now = store.now().await?;
    for survey in surveys::all(store).await? {
        let Some(current) = survey.current_version else {
            continue;
        };
        let Some(version) = surveys::version(store, current).await? else {
            continue;
        };
        match purge_at(&version.definition) {
            Ok(time) if time <= now => {}
            Ok(_) => continue,
            Err(reason) => {
                tracing::error!(
                    survey = survey.slug,
                    reason,
                    "when to purge it can't be told"
                );
                continue;
            }
        }
        let mut purged = 0;
        loop {
            let ids = responses::unsent(store, survey.id, BATCH).await?;
            if ids.is_empty() {
                break;
            }
            let tx = store.begin().await?;
            let batch = responses::delete_unsent(&tx, &ids).await?;
            if let Ok(slug) = Slug::new(&survey.slug)
                && batch > 0
            {
                let event = Event::UnsentDeleted {
                    survey: slug,
                    responses: batch,
                };
                record(&tx, Actor::System, &event).await?;
            }
            tx.commit().await?;
            responses::forget(store, &ids);
            purged += batch;
            tokio::task::yield_now().await;
        }
        if purged > 0 {
            tracing::info!(survey = survey.slug, purged, "deleted unsent responses");
        }
    }
    Ok(())
}
