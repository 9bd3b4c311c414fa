//! One survey's dataset: loaded from the store, then kept up with its changes.
//!
//! A response becomes visible a little after the `updated_at` it carries, because that is the time of the statement
//! and not of the commit. A follow-up therefore lists everything that changed from [`OVERLAP`] before the last one
//! began, by the database's clock, and applies what it has not seen yet, by id: repeating is harmless. What a longer
//! transaction or a clock set back would hide is found by counting, every [`RECONCILE`], and mended by a rebuild.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::{
    catalogue::{Catalogue, PublishedSurvey, Version},
    keeper::LiveError,
    pages::SavedCounts,
    rows::{Fingerprints, Made, RowMaker, Unreadable},
};
use crate::{
    analysis::{
        completion::ProgressCounts,
        dataset::{Dataset, DatasetBuilder},
        quality::LEAST_CHARACTERS,
        schema::Schema,
    },
    geography::Place as Land,
    results::{Snapshot, WeightingOnce},
    storage::{
        Store,
        responses::{self, Changed, LongText, Place, Progress, Sensitive, StoredResponse},
        surveys,
    },
    survey::ids::PageKey,
};

/// How far back a follow-up lists changes again (microseconds). Saves and submits are transactions of milliseconds.
const OVERLAP: i64 = 10_000_000;
/// How often the store's count is compared.
const RECONCILE: Duration = Duration::from_secs(60);
/// How often a count that differs is compared again before it is believed: responses come in while it is taken.
const RECOUNTS: u32 = 3;
/// How many responses are read at once while loading: enough to keep the store busy, a few megabytes.
const LOAD_PAGE: u64 = 2_000;
/// How many changes are listed at once.
const CHANGES_PAGE: u64 = 5_000;
/// How many changed responses are read at once.
const READ_PAGE: usize = 500;
/// Counting responses in progress reads them all: it rests this many times as long as it took.
const COUNTING_REST: u32 = 100;
/// A survey isn't published this often while it is loaded.
const LOAD_ATTEMPTS: u32 = 5;

/// What a follower needs.
pub(super) struct Sources<'a> {
    pub(super) store: &'a Store,
    pub(super) catalogue: &'a Catalogue,
    pub(super) place: &'a Arc<Land>,
    pub(super) survey: &'a PublishedSurvey,
}

/// What a follow-up came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Followed {
    /// It is up to date.
    UpToDate,
    /// It can't be kept up and has to be loaded anew, because of this.
    Outdated(&'static str),
}

/// One survey's responses, counted and in columns.
#[derive(Debug)]
pub(super) struct Follower {
    newest: Arc<Version>,
    rows: Rows,
    /// What the last follow-up listed, by revision: the overlap lists it again.
    seen: HashMap<Uuid, i32>,
    as_of: i64,
    counting: Counting,
    reconcile_at: Instant,
}

/// What is changed while nothing else may happen to it; moved to a thread for long work.
#[derive(Debug)]
struct Rows {
    maker: RowMaker,
    saved: SavedCounts,
    unreadable: HashSet<Uuid>,
    dataset: Dataset,
}

#[derive(Debug, Default)]
struct Counting {
    progress: Progress,
    last: Option<(Instant, Duration)>,
}

/// A response of a version that was published after the versions were read.
#[derive(Debug)]
struct NewVersion;

impl Follower {
    /// Reads a survey's responses in pages of bounded size.
    pub(super) async fn load(from: &Sources<'_>) -> Result<Self, LiveError> {
        let started = Instant::now();
        for _ in 0..LOAD_ATTEMPTS {
            let Some(mut follower) = Self::load_once(from).await? else {
                continue;
            };
            // What changed while it was read, which took longer than a follow-up may.
            if follower.follow(from).await? == Followed::UpToDate {
                tracing::info!(
                    survey = %from.survey.id,
                    responses = follower.rows.dataset.len(),
                    unreadable = follower.rows.unreadable.len(),
                    milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
                    "loaded a survey's responses"
                );
                return Ok(follower);
            }
        }
        Err(LiveError::Unsettled)
    }

    /// Nothing, if a version was published meanwhile.
    async fn load_once(from: &Sources<'_>) -> Result<Option<Self>, LiveError> {
        let as_of = from.store.now().await?;
        let versions = versions(from).await?;
        let newest = versions.first().ok_or(LiveError::NoVersion)?;
        let definitions: Vec<_> = versions
            .iter()
            .map(|version| &*version.definition)
            .collect();
        let schema = Arc::new(Schema::new(&definitions, Arc::clone(from.place))?);
        let building = Building {
            maker: RowMaker::new(&versions),
            saved: SavedCounts::default(),
            unreadable: HashSet::new(),
            dataset: DatasetBuilder::new(Arc::clone(&schema)),
        };
        let mut laying_out = spawn_blocking(move || Ok(building));
        let mut page = read_page(from, Place::default()).await?;
        while let Some(last) = page.last() {
            let after = Place {
                updated_at: last.updated_at,
                id: last.id,
            };
            // This page's texts and the next page are read while the one before is laid out.
            let (texts, next) =
                tokio::join!(read_texts(from, &schema, &page), read_page(from, after));
            let laid_out: Result<Building, NewVersion> =
                laying_out.await.map_err(|_| LiveError::Stopped)?;
            let Ok(mut building) = laid_out else {
                return Ok(None);
            };
            let texts = texts?;
            laying_out = spawn_blocking(move || building.add(&page, texts).map(|()| building));
            page = next?;
        }
        let laid_out = laying_out.await.map_err(|_| LiveError::Stopped)?;
        let Ok(building) = laid_out else {
            return Ok(None);
        };
        Ok(Some(Self {
            newest: Arc::clone(newest),
            rows: Rows {
                maker: building.maker,
                saved: building.saved,
                unreadable: building.unreadable,
                dataset: building.dataset.build(),
            },
            seen: HashMap::new(),
            as_of,
            counting: Counting::default(),
            reconcile_at: Instant::now() + RECONCILE,
        }))
    }

    /// Applies what changed since the last time.
    pub(super) async fn follow(&mut self, from: &Sources<'_>) -> Result<Followed, LiveError> {
        if from.survey.current.number > self.newest.number {
            return Ok(Followed::Outdated("a version was published"));
        }
        if Instant::now() < self.reconcile_at {
            return self.apply_changes(from).await;
        }
        for _ in 0..RECOUNTS {
            let before = responses::count_submitted(from.store, from.survey.id).await?;
            let followed = self.apply_changes(from).await?;
            if followed != Followed::UpToDate {
                return Ok(followed);
            }
            let after = responses::count_submitted(from.store, from.survey.id).await?;
            let held = self.rows.len() as u64;
            if (before.min(after)..=before.max(after)).contains(&held) {
                self.reconcile_at = Instant::now() + RECONCILE;
                return Ok(Followed::UpToDate);
            }
        }
        Ok(Followed::Outdated(
            "the store counts another number of responses",
        ))
    }

    async fn apply_changes(&mut self, from: &Sources<'_>) -> Result<Followed, LiveError> {
        let as_of = from.store.now().await?;
        let since = self.as_of.saturating_sub(OVERLAP);
        let listed = list_changes(from, since).await?;
        let seen: HashMap<Uuid, i32> = listed
            .iter()
            .map(|change| (change.id, change.revision))
            .collect();
        let (changed, withdrawn): (Vec<_>, Vec<_>) = listed
            .into_iter()
            .filter(|change| self.seen.get(&change.id) != Some(&change.revision))
            .partition(|change| change.counts);
        for some in changed.chunks(READ_PAGE) {
            let ids: Vec<Uuid> = some.iter().map(|change| change.id).collect();
            let stored = responses::read_answers(from.store, &ids, Sensitive::Read).await?;
            let texts = read_texts(from, self.rows.dataset.schema(), &stored).await?;
            if self.rows.put(&stored, texts).is_err() {
                return Ok(Followed::Outdated("a version was published"));
            }
        }
        // Read last: what was read above and deleted since is taken out again.
        let deleted = responses::deleted_since(from.store, from.survey.id, since).await?;
        let gone = withdrawn.iter().map(|change| change.id);
        self.rows.take_out(
            gone.chain(deleted.iter().map(|deleted| deleted.id))
                .collect(),
        );
        self.counting.refresh(from).await;
        self.seen = seen;
        self.as_of = as_of;
        Ok(Followed::UpToDate)
    }

    #[cfg(test)]
    pub(super) fn reconcile_next(&mut self) {
        self.reconcile_at = Instant::now();
    }

    /// The state it holds now.
    pub(super) fn snapshot(&self, place: &Arc<Land>) -> Snapshot {
        let progress = &self.counting.progress;
        let submitted = self.rows.len() as u64;
        let mut saved = self.rows.saved.counts();
        for (page, count) in keyed(&progress.saved_pages) {
            *saved.entry(page).or_insert(0) += count;
        }
        Snapshot {
            definition: Arc::clone(&self.newest.definition),
            place: Arc::clone(place),
            dataset: self.rows.dataset.clone(),
            as_of_micros: self.as_of,
            progress: ProgressCounts {
                started: progress.in_progress + submitted,
                submitted,
                saved,
                stopped_after: keyed(&progress.saved_last).collect(),
            },
            unreadable: u32::try_from(self.rows.unreadable.len()).unwrap_or(u32::MAX),
            weighting: WeightingOnce::default(),
        }
    }
}

impl Rows {
    /// How many submitted responses it knows of.
    fn len(&self) -> usize {
        self.dataset.len() + self.unreadable.len()
    }

    /// Adds responses, or replaces those with their ids.
    fn put(&mut self, stored: &[StoredResponse], texts: Vec<LongText>) -> Result<(), NewVersion> {
        let mut texts = Fingerprints::of(texts);
        let (mut made, mut lost) = (Vec::with_capacity(stored.len()), Vec::new());
        for response in stored {
            match self.maker.make(response, &mut texts) {
                Ok(row) => made.push(row),
                Err(Unreadable::NewVersion(_)) => return Err(NewVersion),
                Err(error) => {
                    report(response.id, &error);
                    lost.push(response.id);
                }
            }
        }
        for row in &made {
            self.unreadable.remove(&row.id);
            self.saved.put(row.id, &row.saved);
        }
        lost.iter().for_each(|id| self.saved.remove(id));
        self.unreadable.extend(&lost);
        self.dataset = self.dataset.apply(made.iter().map(Made::row), lost);
        Ok(())
    }

    fn take_out(&mut self, ids: Vec<Uuid>) {
        for id in &ids {
            self.unreadable.remove(id);
            self.saved.remove(id);
        }
        if ids.iter().any(|id| self.dataset.contains(id)) {
            self.dataset = self.dataset.apply([], ids);
        }
    }
}

/// Rows that nobody reads yet.
struct Building {
    maker: RowMaker,
    saved: SavedCounts,
    unreadable: HashSet<Uuid>,
    dataset: DatasetBuilder,
}

impl Building {
    fn add(&mut self, page: &[StoredResponse], texts: Vec<LongText>) -> Result<(), NewVersion> {
        let mut texts = Fingerprints::of(texts);
        for response in page {
            match self.maker.make(response, &mut texts) {
                Ok(made) => {
                    self.unreadable.remove(&made.id);
                    self.saved.put(made.id, &made.saved);
                    self.dataset.push(&made.row());
                }
                Err(Unreadable::NewVersion(_)) => return Err(NewVersion),
                Err(error) => {
                    report(response.id, &error);
                    self.saved.remove(&response.id);
                    self.dataset.remove(&response.id);
                    self.unreadable.insert(response.id);
                }
            }
        }
        Ok(())
    }
}

impl Counting {
    /// Counts anew, when it has rested. Counts that can't be taken are no reason to hold results back: one damaged
    /// list of pages would stop them all.
    async fn refresh(&mut self, from: &Sources<'_>) {
        if let Some((at, took)) = self.last
            && at.elapsed() < took * COUNTING_REST
        {
            return;
        }
        let begun = Instant::now();
        match responses::progress(from.store, from.survey.id).await {
            Ok(progress) => self.progress = progress,
            Err(error) => {
                tracing::warn!(survey = %from.survey.id, %error, "responses in progress can't be counted");
            }
        }
        self.last = Some((Instant::now(), begun.elapsed()));
    }
}

fn report(id: Uuid, error: &Unreadable) {
    tracing::error!(response = %id, %error, "a submitted response can't be read and is left out of results");
}

fn keyed(counts: &BTreeMap<String, u64>) -> impl Iterator<Item = (PageKey, u64)> {
    counts
        .iter()
        .filter_map(|(page, count)| Some((PageKey::new(page).ok()?, *count)))
}

/// Every version of the survey, newest first.
async fn versions(from: &Sources<'_>) -> Result<Vec<Arc<Version>>, LiveError> {
    let rows = surveys::versions(from.store, from.survey.id).await?;
    let mut versions = Vec::with_capacity(rows.len());
    for row in rows.iter().rev() {
        versions.push(from.catalogue.version(from.survey, row.id).await?);
    }
    Ok(versions)
}

async fn read_page(from: &Sources<'_>, after: Place) -> Result<Vec<StoredResponse>, LiveError> {
    let survey = from.survey.id;
    Ok(responses::submitted_since(from.store, survey, after, LOAD_PAGE, Sensitive::Read).await?)
}

/// The texts of a page's responses that are long enough to be compared; nothing where the survey asks for none.
async fn read_texts(
    from: &Sources<'_>,
    schema: &Schema,
    page: &[StoredResponse],
) -> Result<Vec<LongText>, LiveError> {
    if schema.long_texts().is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = page.iter().map(|response| response.id).collect();
    Ok(responses::long_texts(from.store, &ids, LEAST_CHARACTERS).await?)
}

async fn list_changes(from: &Sources<'_>, since: i64) -> Result<Vec<Changed>, LiveError> {
    let mut after = Place {
        updated_at: since,
        id: Uuid::nil(),
    };
    let mut all = Vec::new();
    loop {
        let page =
            responses::changed_since(from.store, from.survey.id, after, CHANGES_PAGE).await?;
        let is_last = (page.len() as u64) < CHANGES_PAGE;
        if let Some(last) = page.last() {
            after = Place {
                updated_at: last.updated_at,
                id: last.id,
            };
        }
        all.extend(page);
        if is_last {
            return Ok(all);
        }
    }
}
