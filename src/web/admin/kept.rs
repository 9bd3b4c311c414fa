//! Results that take long to work out, kept while the state they are of is the newest.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use crate::results::{Outcome, Snapshot};

/// How many are kept.
const MOST_KEPT: usize = 32;

/// Outcomes by the snapshot they were made from and their address.
#[derive(Debug, Default)]
pub struct KeptOutcomes(Mutex<VecDeque<Kept>>);

#[derive(Debug)]
struct Kept {
    /// The same snapshot, if it has the same address in memory: a weak reference keeps that from being used again.
    snapshot: Weak<Snapshot>,
    address: String,
    outcome: Outcome,
}

impl KeptOutcomes {
    /// What was kept for a snapshot and an address.
    #[must_use]
    pub fn get(&self, snapshot: &Arc<Snapshot>, address: &str) -> Option<Outcome> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = Arc::downgrade(snapshot);
        kept.iter()
            .find(|kept| kept.snapshot.ptr_eq(&own) && kept.address == address)
            .map(|kept| kept.outcome.clone())
    }

    /// Keeps an outcome; those of states that nobody holds any more go first, then the oldest.
    pub fn keep(&self, snapshot: &Arc<Snapshot>, address: String, outcome: &Outcome) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| kept.snapshot.strong_count() > 0);
        while kept.len() >= MOST_KEPT {
            kept.pop_front();
        }
        kept.push_back(Kept {
            snapshot: Arc::downgrade(snapshot),
            address,
            outcome: outcome.clone(),
        });
    }
}
