//! Responses in progress, kept in memory by the one process that owns a SQLite database.
//!
//! It is written after each commit and never ahead of one, so it holds only what is durable. It may forget anything
//! at any time. A read that raced with a save can't put an older revision over a newer one.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use uuid::Uuid;

use super::responses::{Done, SaveOutcome, StoredResponse, Write};

/// Two generations: what is used moves to the young one; when that is full, the old one is forgotten.
#[derive(Default)]
struct Generations {
    young: HashMap<Uuid, Arc<StoredResponse>>,
    old: HashMap<Uuid, Arc<StoredResponse>>,
}

/// The responses kept.
pub(super) struct Cache {
    generations: Mutex<Generations>,
    limit: usize,
}

impl Cache {
    /// Keeps about `limit` responses.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            generations: Mutex::default(),
            limit: (limit / 2).max(1),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Generations> {
        self.generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A response, if it is kept.
    pub(super) fn get(&self, id: &Uuid) -> Option<Arc<StoredResponse>> {
        let mut generations = self.lock();
        if let Some(found) = generations.young.get(id) {
            return Some(Arc::clone(found));
        }
        let found = generations.old.remove(id)?;
        self.insert(&mut generations, Arc::clone(&found));
        Some(found)
    }

    /// Keeps what was read or written, unless something newer is kept already.
    pub(super) fn put(&self, response: Arc<StoredResponse>) {
        let mut generations = self.lock();
        let kept = generations
            .young
            .get(&response.id)
            .or_else(|| generations.old.get(&response.id));
        if kept.is_none_or(|kept| kept.revision < response.revision) {
            generations.old.remove(&response.id);
            self.insert(&mut generations, response);
        }
    }

    /// Forgets a response.
    pub(super) fn forget(&self, id: &Uuid) {
        let mut generations = self.lock();
        generations.young.remove(id);
        generations.old.remove(id);
    }

    fn insert(&self, generations: &mut Generations, response: Arc<StoredResponse>) {
        if generations.young.len() >= self.limit {
            generations.old = mem::take(&mut generations.young);
        }
        generations.young.insert(response.id, response);
    }

    /// Follows a write that is durable, or whose outcome is not known (`None`).
    pub(super) fn follow(&self, write: Write, done: Option<&Done>) {
        match (write, done) {
            (Write::Save(save), Some(Done::Save(SaveOutcome::Saved(saved)))) => {
                let before = self.get(&save.id);
                match save.into_stored(before.as_deref(), saved) {
                    Ok(stored) => self.put(Arc::new(stored)),
                    Err(id) => self.forget(&id),
                }
            }
            // Leaves nothing that is not plainly known: the next read asks the database.
            (write, _) => self.forget(&write.response_id()),
        }
    }
}
