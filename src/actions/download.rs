//! Answers are taken out: the store streams responses a few hundred at a time, the export room writes them, and
//! whoever asked takes the bytes at their own pace. Nothing is changed.
//!
//! However many responses there are, one batch of them is in memory. A download that fails says so: the stream ends
//! with an error, so that a connection breaks off instead of ending well, and no file gets its name.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use futures_util::{Stream, TryStreamExt, stream};
use jiff::{Timestamp, tz::TimeZone};
use tokio::io::{AsyncWrite, AsyncWriteExt};
use uuid::Uuid;

use super::answer_page::stored_answers;
use crate::{
    export::{
        answers::{ExportRow, RowError},
        codebook,
        csv::CsvWriter,
        layout::{Layout, Sensitive, Values, Version},
        names,
    },
    geography::Place,
    storage::{
        StorageError, Store,
        responses::{self, Flags, StoredResponse},
        surveys,
    },
    survey::{
        answers::Answers,
        definition::Definition,
        ids::{Lang, Slug},
    },
};

/// How many responses are read and written at a time.
const BATCH: usize = 256;

/// What is to be taken out.
#[derive(Debug, Clone)]
pub struct Download {
    /// The survey.
    pub survey_id: Uuid,
    /// The responses, in the order their rows are to have: those of a snapshot that pass a filter.
    pub ids: Vec<Uuid>,
    /// The flags that all responses together show, for each of `ids`; empty, for those stored with responses alone.
    pub flags: Vec<u8>,
    /// What stands for an answer.
    pub values: Values,
    /// Whether sensitive answers are read and written: only for those with the capability.
    pub sensitive: Sensitive,
}

/// Why answers can't be taken out. It never quotes an answer.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A stored response can't be read: it was written by another program.
    #[error("response {id} can't be read: {reason}")]
    Damaged {
        /// The response.
        id: Uuid,
        /// What is wrong.
        reason: String,
    },
    /// A stored definition can't be read: it was written by another program.
    #[error("version {number} of the survey can't be read: {reason}")]
    Definition {
        /// The version's number.
        number: u32,
        /// What is wrong.
        reason: String,
    },
    /// A response has no place in the file.
    #[error(transparent)]
    Row(#[from] RowError),
    /// The file, or whoever reads it, refuses more.
    #[error("the answers can't be written: {0}")]
    Write(#[from] io::Error),
    /// The work was broken off.
    #[error("writing answers was broken off")]
    BrokenOff,
}

/// Answers about to be taken out: their columns are known, no response has been read.
#[derive(Clone)]
pub struct AnswersDownload {
    store: Store,
    writing: Arc<Writing>,
    slug: Slug,
    ids: Arc<[Uuid]>,
    flags: Arc<[u8]>,
}

/// What a batch is written with.
struct Writing {
    layout: Layout,
    place: Arc<Place>,
    versions: HashMap<Uuid, u32>,
    sensitive: responses::Sensitive,
}

/// Where a stream of batches has come to.
struct Position {
    download: AnswersDownload,
    next: usize,
    has_begun: bool,
}

impl AnswersDownload {
    /// Reads every version of the survey and lays out the columns.
    ///
    /// # Errors
    /// [`DownloadError`]; [`StorageError::NotFound`] where the survey was never published.
    pub async fn open(
        store: &Store,
        place: Arc<Place>,
        download: Download,
    ) -> Result<Self, DownloadError> {
        let stored = surveys::versions(store, download.survey_id).await?;
        let mut numbers = HashMap::new();
        let mut versions = Vec::new();
        for version in stored {
            let number = version.number;
            let definition = Definition::from_json(&version.definition).map_err(|error| {
                let reason = error.to_string();
                DownloadError::Definition { number, reason }
            })?;
            numbers.insert(version.id, number);
            versions.push(Version {
                number,
                definition: Arc::new(definition),
            });
        }
        let newest = versions.iter().max_by_key(|version| version.number);
        let missing = || StorageError::NotFound(format!("survey {}", download.survey_id));
        let slug = newest.ok_or_else(missing)?.definition.slug.clone();
        let sensitive = match download.sensitive {
            Sensitive::Include => responses::Sensitive::Read,
            Sensitive::LeaveOut => responses::Sensitive::Left,
        };
        Ok(Self {
            store: store.clone(),
            writing: Arc::new(Writing {
                layout: Layout::new(versions, download.values, download.sensitive),
                place,
                versions: numbers,
                sensitive,
            }),
            slug,
            ids: download.ids.into(),
            flags: download.flags.into(),
        })
    }

    /// The columns.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.writing.layout
    }

    /// How many responses were asked for. One that is taken back while the file is written is not in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether no responses were asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The names of the file of answers and of its codebook, for a state of the store.
    #[must_use]
    pub fn names(&self, as_of: Timestamp) -> (String, String) {
        let zone = TimeZone::get(self.writing.place.time_zone()).unwrap_or(TimeZone::UTC);
        let day = zone.to_datetime(as_of).date();
        (
            names::answers(&self.slug, day),
            names::codebook(&self.slug, day),
        )
    }

    /// The codebook, whole: it doesn't grow with the responses. `say` gives a sentence of `exports.ftl` by its id.
    ///
    /// # Errors
    /// [`DownloadError::Write`].
    pub fn codebook(
        &self,
        source: &codebook::Source<'_>,
        lang: &Lang,
        say: &dyn Fn(&str) -> String,
    ) -> Result<Vec<u8>, DownloadError> {
        let Writing { layout, place, .. } = &*self.writing;
        Ok(codebook::write(
            Vec::new(),
            layout,
            place,
            source,
            lang,
            say,
        )?)
    }

    /// The file in parts, each made when it is asked for; none is empty.
    pub fn chunks(self) -> impl Stream<Item = Result<Bytes, DownloadError>> + Send + 'static {
        let start = Position {
            download: self,
            next: 0,
            has_begun: false,
        };
        stream::try_unfold(start, |mut position| async move {
            let chunk = position.advance().await?;
            Ok(chunk.map(|chunk| (chunk, position)))
        })
    }
}

impl Position {
    async fn advance(&mut self) -> Result<Option<Bytes>, DownloadError> {
        let AnswersDownload {
            store,
            writing,
            ids,
            flags,
            ..
        } = &self.download;
        while !self.has_begun || self.next < ids.len() {
            let end = ids.len().min(self.next + BATCH);
            let batch = responses::read(store, &ids[self.next..end], writing.sensitive).await?;
            let judged: HashMap<Uuid, u8> = (self.next..end)
                .filter_map(|at| Some((ids[at], *flags.get(at)?)))
                .collect();
            self.next = end;
            let begins = !std::mem::replace(&mut self.has_begun, true);
            let writing = Arc::clone(writing);
            // Away from the threads that answer residents.
            let written =
                tokio::task::spawn_blocking(move || writing.batch(&batch, &judged, begins)).await;
            let bytes = written.map_err(|_| DownloadError::BrokenOff)??;
            if !bytes.is_empty() {
                return Ok(Some(bytes.into()));
            }
        }
        Ok(None)
    }
}

impl Writing {
    fn batch(
        &self,
        batch: &[StoredResponse],
        judged: &HashMap<Uuid, u8>,
        begins: bool,
    ) -> Result<Vec<u8>, DownloadError> {
        let mut csv = if begins {
            CsvWriter::new(Vec::new(), &self.layout.header())?
        } else {
            CsvWriter::resume(Vec::new(), self.layout.width())
        };
        for response in batch {
            let answers = answers(response)?;
            let mut row = self.row(response, &answers)?;
            let judged = judged.get(&response.id).copied().unwrap_or_default();
            row.flags = row.flags.with(Flags::from_bits(judged));
            csv.row(self.layout.row(&self.place, &row)?)?;
        }
        Ok(csv.finish()?)
    }

    fn row<'a>(
        &self,
        response: &'a StoredResponse,
        answers: &'a Answers,
    ) -> Result<ExportRow<'a>, DownloadError> {
        let damaged = |reason: &str| DownloadError::Damaged {
            id: response.id,
            reason: reason.to_owned(),
        };
        let version = self.versions.get(&response.version_id);
        Ok(ExportRow {
            id: response.id,
            reference: response.reference.as_deref(),
            version: *version.ok_or_else(|| damaged("it answers a version that is not there"))?,
            channel: response.channel,
            language: &response.language,
            started_at: response.started_at,
            submitted_at: response
                .submitted_at
                .ok_or_else(|| damaged("it was submitted at no time"))?,
            simulated: response.simulated,
            flags: response.flags,
            answers,
        })
    }
}

fn answers(response: &StoredResponse) -> Result<Answers, DownloadError> {
    stored_answers(response).map_err(|reason| DownloadError::Damaged {
        id: response.id,
        reason,
    })
}

/// Writes answers out as they come: to a terminal, a pipe, an open file.
///
/// # Errors
/// [`DownloadError`]; what was written until then is not whole.
pub async fn write_answers(
    download: AnswersDownload,
    out: &mut (impl AsyncWrite + Unpin),
) -> Result<(), DownloadError> {
    let mut chunks = std::pin::pin!(download.chunks());
    while let Some(chunk) = chunks.try_next().await? {
        out.write_all(&chunk).await?;
    }
    Ok(out.flush().await?)
}

/// Writes answers to a file that gets its name when it is whole and durable; a file of that name is replaced then.
///
/// # Errors
/// [`DownloadError`]; there is no new file then, nor half of one.
pub async fn save_answers(download: AnswersDownload, path: &Path) -> Result<(), DownloadError> {
    let unfinished = Unfinished::beside(path);
    let mut file = tokio::fs::File::create(&unfinished.0).await?;
    write_answers(download, &mut file).await?;
    file.sync_all().await?;
    drop(file);
    Ok(tokio::fs::rename(&unfinished.0, path).await?)
}

/// A file that is not whole: it goes when this goes, unless it was given another name.
struct Unfinished(PathBuf);

impl Unfinished {
    fn beside(path: &Path) -> Self {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}.part", std::process::id()));
        Self(path.with_file_name(name))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After the renaming there is nothing of this name.
        drop(std::fs::remove_file(&self.0));
    }
}
