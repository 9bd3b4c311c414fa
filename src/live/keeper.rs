//! [`Live`]: who asks for a survey's results gets one state of them, fresh enough, and nobody loads twice.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::{Duration, Instant},
};

use tokio::{sync::watch, time};
use uuid::Uuid;

use super::{
    catalogue::{Catalogue, CatalogueError, PublishedSurvey},
    follower::{Followed, Follower, Sources},
    turnout::Turnout,
};
use crate::{
    analysis::schema::SchemaError,
    geography::Place,
    results::Snapshot,
    storage::{StorageError, Store},
    survey::ids::Slug,
};

/// A survey whose results nobody asked for this long is dropped from memory.
pub const IDLE: Duration = Duration::from_secs(30 * 60);
/// A state this old is followed up before it is given out: with [`PATIENCE`] and [`TEND_EVERY`], a submit is in
/// results within a second.
const FRESH: Duration = Duration::from_millis(500);
/// How long a reader waits for a follow-up when there is an older state to give.
const PATIENCE: Duration = Duration::from_millis(250);
/// How often surveys in memory are followed up while nobody asks.
const TEND_EVERY: Duration = Duration::from_secs(1);

/// Why a survey's results can't be had. Cheap to clone: all who waited for the same load get it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LiveError {
    /// The store failed.
    #[error(transparent)]
    Storage(Arc<StorageError>),
    /// A published definition can't be read.
    #[error(transparent)]
    Catalogue(Arc<CatalogueError>),
    /// The survey can't be laid out in columns.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// The survey has no version.
    #[error("the survey has no published version")]
    NoVersion,
    /// Versions were published again and again while it was loaded.
    #[error("the survey changed each time its responses were loaded")]
    Unsettled,
    /// The program is stopping.
    #[error("the work on the survey's responses was stopped")]
    Stopped,
}

impl From<StorageError> for LiveError {
    fn from(error: StorageError) -> Self {
        Self::Storage(Arc::new(error))
    }
}

impl From<CatalogueError> for LiveError {
    fn from(error: CatalogueError) -> Self {
        Self::Catalogue(Arc::new(error))
    }
}

/// Every survey's dataset that somebody uses, in memory, kept up with the store. Cheap to clone: clones share all.
#[derive(Clone)]
pub struct Live {
    parts: Arc<Parts>,
}

struct Parts {
    store: Store,
    catalogue: Arc<Catalogue>,
    place: Arc<Place>,
    surveys: Mutex<HashMap<Uuid, Arc<Entry>>>,
    turnout: Turnout,
}

/// One survey.
struct Entry {
    /// Held while the store is read, so that one does and the others wait for what it finds.
    work: Arc<tokio::sync::Mutex<Work>>,
    /// What readers get meanwhile.
    held: RwLock<Option<Held>>,
    last_used: Mutex<Instant>,
}

#[derive(Default)]
struct Work {
    follower: Option<Follower>,
    last: Option<Attempt>,
}

/// What reading the store came to.
struct Attempt {
    begun: Instant,
    ended: Instant,
    outcome: Result<Arc<Snapshot>, LiveError>,
}

/// Which attempt is good enough.
#[derive(Clone, Copy)]
enum Need {
    /// One that began no earlier: it has seen all that was durable then.
    BegunSince(Instant),
    /// One that was still under way then.
    EndedSince(Instant),
}

impl Need {
    fn is_met_by(self, attempt: &Attempt) -> bool {
        match self {
            Self::BegunSince(since) => attempt.begun >= since,
            Self::EndedSince(since) => attempt.ended >= since,
        }
    }
}

#[derive(Clone)]
struct Held {
    snapshot: Arc<Snapshot>,
    /// When reading it began.
    read_at: Instant,
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live").finish_non_exhaustive()
    }
}

impl Live {
    /// Nothing in memory yet.
    #[must_use]
    pub fn new(store: Store, catalogue: Arc<Catalogue>, place: Arc<Place>) -> Self {
        let parts = Parts {
            store,
            catalogue,
            place,
            surveys: Mutex::default(),
            turnout: Turnout::default(),
        };
        Self {
            parts: Arc::new(parts),
        }
    }

    /// The survey's results, at most about a second old. The first time they are loaded, and all who ask meanwhile
    /// wait for that one load; later nobody waits longer than a moment: when the store is slow or away, the state
    /// held is given, which says its time.
    ///
    /// # Errors
    /// [`LiveError`], when nothing could be loaded yet.
    pub async fn snapshot(&self, survey: &PublishedSurvey) -> Result<Arc<Snapshot>, LiveError> {
        let entry = self.entry(survey.id);
        let now = Instant::now();
        *lock(&entry.last_used) = now;
        let Some(held) = entry.held() else {
            return self.bring_up(&entry, survey, Need::EndedSince(now)).await;
        };
        if now.duration_since(held.read_at) < FRESH {
            return Ok(held.snapshot);
        }
        // An attempt that began within the last moments is fresh enough, and shared.
        match time::timeout(PATIENCE, self.bring_up(&entry, survey, lately(now))).await {
            Ok(Ok(snapshot)) => Ok(snapshot),
            Ok(Err(error)) => {
                tracing::warn!(survey = %survey.id, %error, "results are older than they should be");
                Ok(held.snapshot)
            }
            Err(_) => Ok(entry.held().unwrap_or(held).snapshot),
        }
    }

    /// The published survey with a name.
    #[must_use]
    pub fn survey(&self, slug: &Slug) -> Option<Arc<PublishedSurvey>> {
        self.parts.catalogue.by_slug(slug.as_str())
    }

    /// How many responses of a survey count, as it was within the last minutes; none, as long as nobody has counted. It is read
    /// from memory.
    #[must_use]
    pub fn turnout(&self, survey: &PublishedSurvey) -> Option<u64> {
        self.parts.turnout.of(&survey.id)
    }

    /// The survey's results with everything that was durable when this was called, however long that takes: for
    /// files, reports and tests.
    ///
    /// # Errors
    /// [`LiveError`].
    pub async fn fresh(&self, survey: &PublishedSurvey) -> Result<Arc<Snapshot>, LiveError> {
        let entry = self.entry(survey.id);
        let now = Instant::now();
        *lock(&entry.last_used) = now;
        self.bring_up(&entry, survey, Need::BegunSince(now)).await
    }

    /// Drops surveys that nobody asked for since [`IDLE`] before `now`, and says how many. Who still reads one of
    /// their states keeps it.
    pub fn drop_idle(&self, now: Instant) -> usize {
        let mut surveys = lock(&self.parts.surveys);
        let before = surveys.len();
        surveys.retain(|_, entry| now.saturating_duration_since(*lock(&entry.last_used)) < IDLE);
        before - surveys.len()
    }

    /// Keeps everything up until `stop` says true or its sender is gone: once a second what was published, every
    /// survey in memory, and which of them nobody uses any more.
    pub async fn tend(&self, mut stop: watch::Receiver<bool>) {
        let mut ticks = time::interval(TEND_EVERY);
        ticks.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        let mut was_well = true;
        loop {
            tokio::select! {
                _ = stop.wait_for(|stopped| *stopped) => return,
                _ = ticks.tick() => {}
            }
            let trouble = self.tend_once().await.err();
            if let Some(error) = trouble.as_ref().filter(|_| was_well) {
                tracing::warn!(%error, "surveys in memory can't be kept up; this goes on and is not said again");
            } else if trouble.is_none() && !was_well {
                tracing::info!("surveys in memory are kept up again");
            }
            was_well = trouble.is_none();
        }
    }

    async fn tend_once(&self) -> Result<(), LiveError> {
        self.drop_idle(Instant::now());
        let refreshed = self.parts.catalogue.refresh().await;
        let held: Vec<_> = lock(&self.parts.surveys)
            .iter()
            .map(|(id, entry)| (*id, Arc::clone(entry)))
            .collect();
        let published = self.parts.catalogue.all();
        let ids: Vec<Uuid> = published.iter().map(|survey| survey.id).collect();
        let turnout = &self.parts.turnout;
        let counted = turnout
            .refresh(&self.parts.store, ids, Instant::now())
            .await;
        let mut outcome = Ok(());
        for (id, entry) in held {
            let Some(survey) = published.iter().find(|survey| survey.id == id) else {
                continue;
            };
            let need = lately(Instant::now());
            // One that takes long goes on by itself; the others don't wait for it.
            if let Ok(Err(error)) =
                time::timeout(PATIENCE, self.bring_up(&entry, survey, need)).await
            {
                outcome = Err(error);
            }
        }
        refreshed?;
        counted?;
        outcome
    }

    /// Lets the next follow-up compare counts, however short ago they were.
    #[cfg(test)]
    pub(super) async fn reconcile_next(&self, survey: &PublishedSurvey) {
        let mut work = Arc::clone(&self.entry(survey.id).work).lock_owned().await;
        if let Some(follower) = &mut work.follower {
            follower.reconcile_next();
        }
    }

    fn entry(&self, survey: Uuid) -> Arc<Entry> {
        let mut surveys = lock(&self.parts.surveys);
        let entry = surveys.entry(survey).or_insert_with(|| {
            Arc::new(Entry {
                work: Arc::default(),
                held: RwLock::default(),
                last_used: Mutex::new(Instant::now()),
            })
        });
        Arc::clone(entry)
    }

    /// A state that meets a need. The work is a task of its own: when the one who asked
    /// goes away, the others still get what they wait for.
    async fn bring_up(
        &self,
        entry: &Arc<Entry>,
        survey: &PublishedSurvey,
        need: Need,
    ) -> Result<Arc<Snapshot>, LiveError> {
        let (parts, entry) = (Arc::clone(&self.parts), Arc::clone(entry));
        let survey = survey.clone();
        let task = tokio::spawn(async move {
            let mut work = Arc::clone(&entry.work).lock_owned().await;
            if let Some(last) = work.last.as_ref().filter(|last| need.is_met_by(last)) {
                return last.outcome.clone();
            }
            let begun = Instant::now();
            let outcome = work.advance(&parts, &survey).await.map(Arc::new);
            if let Ok(snapshot) = &outcome {
                *entry.held.write().unwrap_or_else(PoisonError::into_inner) = Some(Held {
                    snapshot: Arc::clone(snapshot),
                    read_at: begun,
                });
            }
            work.last = Some(Attempt {
                begun,
                ended: Instant::now(),
                outcome: outcome.clone(),
            });
            outcome
        });
        task.await.unwrap_or(Err(LiveError::Stopped))
    }
}

impl Entry {
    fn held(&self) -> Option<Held> {
        self.held
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Work {
    /// Follows up, or loads what isn't there or can't be followed.
    async fn advance(
        &mut self,
        parts: &Parts,
        survey: &PublishedSurvey,
    ) -> Result<Snapshot, LiveError> {
        let from = Sources {
            store: &parts.store,
            catalogue: &parts.catalogue,
            place: &parts.place,
            survey,
        };
        if let Some(follower) = &mut self.follower {
            match follower.follow(&from).await? {
                Followed::UpToDate => return Ok(follower.snapshot(&parts.place)),
                Followed::Outdated(reason) => {
                    tracing::info!(survey = %survey.id, reason, "loading a survey's responses anew");
                }
            }
        }
        let follower = Follower::load(&from).await?;
        let snapshot = follower.snapshot(&parts.place);
        self.follower = Some(follower);
        Ok(snapshot)
    }
}

/// What makes a state fresh enough for a page.
fn lately(now: Instant) -> Need {
    Need::BegunSince(now.checked_sub(FRESH).unwrap_or(now))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
