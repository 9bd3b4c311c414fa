//! Responses in progress and just submitted, kept in memory by the one process that owns a SQLite database.
//!
//! It is written after each commit and never ahead of one, so it holds only what is durable. It may forget anything
//! at any time. A read that raced with a save can't put an older revision over a newer one.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use uuid::Uuid;

use super::responses::{Done, ResponseState, SaveOutcome, StoredResponse, SubmitOutcome, Write};

/// What is known of a response.
#[derive(Clone)]
enum Known {
    /// Begun by this process, and nothing saved yet: the database has no row of it.
    New,
    /// As it is stored.
    Kept(Arc<StoredResponse>),
    /// Taken back or deleted, or its session was ended: a read that began before must not bring it back.
    Over,
}

/// Two generations: what is used moves to the young one; when that is full, the old one is forgotten.
#[derive(Default)]
struct Generations {
    young: HashMap<Uuid, Known>,
    old: HashMap<Uuid, Known>,
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
        match self.known(id)? {
            Known::Kept(response) => Some(response),
            Known::New | Known::Over => None,
        }
    }

    /// Whether a response is known to have no row yet.
    pub(super) fn is_new(&self, id: &Uuid) -> bool {
        matches!(self.known(id), Some(Known::New))
    }

    /// Notes that a response begins, under an id that nobody has had before.
    pub(super) fn begin(&self, id: Uuid) {
        let mut generations = self.lock();
        self.insert(&mut generations, id, Known::New);
    }

    fn known(&self, id: &Uuid) -> Option<Known> {
        let mut generations = self.lock();
        if let Some(known) = generations.young.get(id) {
            return Some(known.clone());
        }
        let known = generations.old.remove(id)?;
        self.insert(&mut generations, *id, known.clone());
        Some(known)
    }

    /// Keeps a response, unless something newer is known already.
    pub(super) fn put(&self, response: Arc<StoredResponse>) {
        let mut generations = self.lock();
        let known = generations
            .young
            .get(&response.id)
            .or_else(|| generations.old.get(&response.id));
        let is_news = match known {
            None | Some(Known::New) => true,
            Some(Known::Kept(kept)) => kept.revision < response.revision,
            Some(Known::Over) => false,
        };
        if is_news {
            generations.old.remove(&response.id);
            self.insert(&mut generations, response.id, Known::Kept(response));
        }
    }

    /// Notes that a response is over: it is read from the database from now on.
    pub(super) fn close(&self, id: Uuid) {
        let mut generations = self.lock();
        generations.old.remove(&id);
        self.insert(&mut generations, id, Known::Over);
    }

    /// Forgets what is known of a response, because it may be wrong.
    fn forget(&self, id: &Uuid) {
        let mut generations = self.lock();
        generations.young.remove(id);
        generations.old.remove(id);
    }

    fn insert(&self, generations: &mut Generations, id: Uuid, known: Known) {
        if generations.young.len() >= self.limit {
            generations.old = mem::take(&mut generations.young);
        }
        generations.young.insert(id, known);
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
            (
                _,
                Some(
                    Done::Save(SaveOutcome::Conflict(current))
                    | Done::Submit(SubmitOutcome::Conflict(current)),
                ),
            ) => {
                if current.state == ResponseState::InProgress {
                    self.put(Arc::clone(current));
                } else {
                    self.close(current.id);
                }
            }
            (Write::Submit(submit), Some(Done::Submit(SubmitOutcome::Submitted(submitted)))) => {
                let (id, before) = (submit.id, self.get(&submit.id));
                match submit.into_stored(before.as_deref(), submitted) {
                    // The next page asked for says that it was sent, and with which reference.
                    Some(stored) => self.put(Arc::new(stored)),
                    None => self.close(id),
                }
            }
            (Write::EndSession { id, .. }, Some(Done::EndSession(true))) => self.close(id),
            (write, _) => self.forget(&write.response_id()),
        }
    }
}
