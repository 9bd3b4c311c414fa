//! From stored responses to rows of a dataset, whichever version of the survey they answer.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use uuid::Uuid;

use super::catalogue::Version;
use crate::{
    analysis::{
        dataset::{Channel, Flags, Row},
        quality::fingerprint,
    },
    storage::responses::{LongText, StoredResponse},
    survey::{
        answers::Answers,
        ids::QuestionKey,
        journey::{Journey, SavedPages},
        pack::{UnpackError, unpack},
    },
};

/// How many sets of asked questions are kept: far more than the ways that people really take.
const MOST_WAYS: usize = 4096;

/// Why a stored response can't be read. It never quotes the response.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    /// It answers a version that was published after the versions were read.
    #[error("it answers version {0}, which is not known yet")]
    NewVersion(Uuid),
    /// Its answers are damaged.
    #[error(transparent)]
    Answers(#[from] UnpackError),
    /// Its list of saved pages is damaged.
    #[error("its saved pages can't be read")]
    Pages,
    /// It has no time of submission.
    #[error("it counts but was never submitted")]
    NeverSubmitted,
}

/// What a dataset's row is made from, and the pages the response saved.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) id: Uuid,
    pub(super) saved: SavedPages,
    answers: Answers,
    asked: Arc<BTreeSet<QuestionKey>>,
    channel: Channel,
    version: u32,
    started_at: i64,
    submitted_at: i64,
    simulated: bool,
    flags: Flags,
    texts: Vec<(QuestionKey, u64)>,
}

/// The fingerprints of long texts, by response and question. The words themselves go no further.
#[derive(Debug, Default)]
pub(super) struct Fingerprints(HashMap<Uuid, Vec<(QuestionKey, u64)>>);

impl Fingerprints {
    pub(super) fn of(texts: Vec<LongText>) -> Self {
        let mut all: HashMap<Uuid, Vec<_>> = HashMap::new();
        for text in texts {
            if let (Ok(question), Some(fingerprint)) =
                (QuestionKey::new(&text.question), fingerprint(&text.text))
            {
                let of_response = all.entry(text.response_id).or_default();
                of_response.push((question, fingerprint));
            }
        }
        Self(all)
    }
}

impl Made {
    pub(super) fn row(&self) -> Row<'_> {
        Row {
            id: self.id,
            answers: &self.answers,
            asked: Some(&self.asked),
            channel: self.channel,
            version: self.version,
            started_at: self.started_at,
            submitted_at: self.submitted_at,
            simulated: self.simulated,
            flags: self.flags,
            texts: &self.texts,
        }
    }
}

/// Makes rows for the versions it knows.
#[derive(Debug)]
pub(super) struct RowMaker {
    versions: HashMap<Uuid, Arc<Version>>,
    /// Which questions were shown → their keys, shared by all who went that way. A way is the version's number and
    /// the places of the shown questions in its definition.
    ways: HashMap<Vec<u32>, Arc<BTreeSet<QuestionKey>>>,
}

impl RowMaker {
    pub(super) fn new(versions: &[Arc<Version>]) -> Self {
        let by_id = versions
            .iter()
            .map(|version| (version.id, Arc::clone(version)));
        Self {
            versions: by_id.collect(),
            ways: HashMap::new(),
        }
    }

    /// Makes one row; takes its texts out of those that were read.
    pub(super) fn make(
        &mut self,
        response: &StoredResponse,
        texts: &mut Fingerprints,
    ) -> Result<Made, Unreadable> {
        let version = self
            .versions
            .get(&response.version_id)
            .ok_or(Unreadable::NewVersion(response.version_id))?;
        let answers = unpack(&response.document, response.sensitive.as_deref(), [])?;
        let saved = serde_json::from_str(&response.pages).map_err(|_| Unreadable::Pages)?;
        Ok(Made {
            id: response.id,
            asked: asked(&mut self.ways, version, &answers),
            saved,
            answers,
            channel: response.channel,
            version: version.number,
            started_at: response.started_at,
            submitted_at: response.submitted_at.ok_or(Unreadable::NeverSubmitted)?,
            simulated: response.simulated,
            flags: response.flags,
            texts: texts.0.remove(&response.id).unwrap_or_default(),
        })
    }
}

/// The questions that were shown to whoever gave these answers: hidden answers were dropped when they were submitted,
/// so the answers kept lead the same way again.
fn asked(
    ways: &mut HashMap<Vec<u32>, Arc<BTreeSet<QuestionKey>>>,
    version: &Version,
    answers: &Answers,
) -> Arc<BTreeSet<QuestionKey>> {
    let unsaved = SavedPages::default();
    let journey = Journey::new(&version.definition, answers, &unsaved);
    let mut shown = journey.questions().peekable();
    let mut way = vec![version.number];
    for (place, question) in (0..).zip(version.definition.questions()) {
        if shown
            .next_if(|next| std::ptr::eq(*next, question))
            .is_some()
        {
            way.push(place);
        }
    }
    if let Some(asked) = ways.get(&way) {
        return Arc::clone(asked);
    }
    let asked = journey
        .questions()
        .map(|question| question.key.clone())
        .collect();
    let asked = Arc::new(asked);
    if ways.len() >= MOST_WAYS {
        ways.clear();
    }
    ways.insert(way, Arc::clone(&asked));
    asked
}
