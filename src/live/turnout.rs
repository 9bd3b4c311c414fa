//! How many responses of each survey count, for pages that everybody opens: a number in memory that is counted anew in the
//! background. No request waits for it or asks the store, and no dataset is loaded for it.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
    time::{Duration, Instant},
};

use uuid::Uuid;

use crate::storage::{StorageError, Store, responses};

/// How long a count stands.
const RECOUNT: Duration = Duration::from_secs(60);
/// Counting reads an index: it rests at least this many times as long as it took.
const REST: u32 = 1000;

/// The counts.
#[derive(Debug, Default)]
pub(super) struct Turnout(RwLock<HashMap<Uuid, Counted>>);

#[derive(Debug, Clone, Copy)]
struct Counted {
    responses: u64,
    next: Instant,
}

impl Turnout {
    /// How many responses of a survey counted when they were last counted.
    pub(super) fn of(&self, survey: &Uuid) -> Option<u64> {
        let counts = self.0.read().unwrap_or_else(PoisonError::into_inner);
        counts.get(survey).map(|counted| counted.responses)
    }

    /// Counts the surveys whose count has stood long enough. What can't be counted keeps its last count.
    pub(super) async fn refresh(
        &self,
        store: &Store,
        surveys: impl IntoIterator<Item = Uuid>,
        now: Instant,
    ) -> Result<(), StorageError> {
        for survey in surveys {
            let is_due = {
                let counts = self.0.read().unwrap_or_else(PoisonError::into_inner);
                counts
                    .get(&survey)
                    .is_none_or(|counted| counted.next <= now)
            };
            if !is_due {
                continue;
            }
            let begun = Instant::now();
            let responses = responses::count_submitted(store, survey).await?;
            let rest = RECOUNT.max(begun.elapsed() * REST);
            let mut counts = self.0.write().unwrap_or_else(PoisonError::into_inner);
            let next = now + rest;
            counts.insert(survey, Counted { responses, next });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::storage::{
        fixture::{SECRET, first_page, on_both, survey},
        responses::{Flags, Submit},
        surveys::SurveyVersion,
    };

    async fn send(store: &Store, version: &SurveyVersion) {
        let save = first_page(version);
        let submit = Submit {
            id: save.id,
            secret: SECRET,
            revision: 1,
            reference: save.id.to_string(),
            document: save.document.clone(),
            sensitive: None,
            texts: Vec::new(),
            flags: Flags::NONE,
            receipt: None,
        };
        responses::save_page(store, save).await.unwrap();
        responses::submit(store, submit).await.unwrap();
    }

    on_both! {
        async fn sent_responses_are_counted_now_and_then(database) {
            let store = database.open().await;
            let version = survey(&store, "plan").await;
            let (id, turnout, now) = (version.survey_id, Turnout::default(), Instant::now());
            assert_eq!(turnout.of(&id), None, "nothing is known yet");
            responses::save_page(&store, first_page(&version)).await.unwrap();
            send(&store, &version).await;
            turnout.refresh(&store, [id], now).await.unwrap();
            assert_eq!(turnout.of(&id), Some(1), "what was not sent does not count");
            send(&store, &version).await;
            turnout.refresh(&store, [id], now + RECOUNT / 2).await.unwrap();
            assert_eq!(turnout.of(&id), Some(1), "a count stands for a minute");
            turnout.refresh(&store, [id], now + RECOUNT * 60).await.unwrap();
            assert_eq!(turnout.of(&id), Some(2));
        }
    }
}
