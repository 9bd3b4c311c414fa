//! Whose column is which: each name of the first line finds its question in every version of the survey.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use crate::{
    export::layout::{ABOUT_AREA, Slot, Version},
    survey::{
        columns::columns,
        definition::{Definition, Question},
        ids::QuestionKey,
    },
};

/// How many names a sentence lists.
const LISTED: usize = 12;

/// What is wrong with the first line of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// A column stands there twice.
    #[error("the first line names {} more than once", list(.0))]
    Repeated(Vec<String>),
    /// The survey has no such columns.
    #[error(
        "the survey has no column {}; the first line must name columns, and --ignore leaves some out",
        list(.0)
    )]
    Unknown(Vec<String>),
    /// A column that is to be left out is not there.
    #[error("there is no column {} to ignore", list(.0))]
    NothingToIgnore(Vec<String>),
    /// No column belongs to a question.
    #[error("none of the columns belongs to a question of the survey")]
    NoQuestion,
}

/// Names of columns. What does not look like one is not repeated: where the first line is missing, it is an answer.
fn list(names: &[String]) -> String {
    let shown = |name: &String| {
        let is_name = name.len() <= 90
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte))
            && name.starts_with(|first: char| first.is_ascii_alphabetic());
        if is_name {
            name.clone()
        } else {
            "(no name of a column)".to_owned()
        }
    };
    let mut words: Vec<String> = names.iter().take(LISTED).map(shown).collect();
    if names.len() > LISTED {
        words.push("…".to_owned());
    }
    words.join(", ")
}

/// Where in a row the response itself is described.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct About {
    pub(super) id: Option<usize>,
    pub(super) reference: Option<usize>,
    pub(super) version: Option<usize>,
    pub(super) language: Option<usize>,
    pub(super) started_at: Option<usize>,
    pub(super) submitted_at: Option<usize>,
    pub(super) simulated: Option<usize>,
}

/// One version's way through the columns.
#[derive(Debug, Clone)]
pub(super) struct VersionColumns {
    pub(super) number: u32,
    pub(super) definition: Arc<Definition>,
    /// Question → its columns in the file.
    pub(super) questions: HashMap<QuestionKey, Vec<(usize, Slot)>>,
    /// Columns of questions that only other versions have.
    pub(super) others: Vec<usize>,
}

/// The columns of a file that comes in.
#[derive(Debug, Clone)]
pub struct IncomingColumns {
    pub(super) names: Vec<String>,
    pub(super) about: About,
    /// Newest first.
    pub(super) versions: Vec<VersionColumns>,
}

impl IncomingColumns {
    /// Finds the columns of a survey's versions in the first line of a file; those named in `ignored` are passed over.
    ///
    /// # Errors
    /// [`HeaderError`].
    pub fn new(
        header: &[String],
        versions: &[Version],
        ignored: &[String],
    ) -> Result<Self, HeaderError> {
        let missing: Vec<String> = ignored
            .iter()
            .filter(|name| !header.contains(name))
            .cloned()
            .collect();
        if !missing.is_empty() {
            return Err(HeaderError::NothingToIgnore(missing));
        }
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut repeated = BTreeSet::new();
        for (place, name) in header.iter().enumerate() {
            if !ignored.contains(name) && places.insert(name, place).is_some() {
                repeated.insert(name.clone());
            }
        }
        if !repeated.is_empty() {
            return Err(HeaderError::Repeated(repeated.into_iter().collect()));
        }
        let about = about(&mut places);
        let mut versions: Vec<VersionColumns> = versions
            .iter()
            .map(|version| of_version(version, &places))
            .collect();
        versions.sort_by_key(|version| std::cmp::Reverse(version.number));
        let taken: BTreeSet<usize> = versions.iter().flat_map(VersionColumns::own).collect();
        let unknown: Vec<String> = header
            .iter()
            .filter(|name| {
                places
                    .get(name.as_str())
                    .is_some_and(|place| !taken.contains(place))
            })
            .cloned()
            .collect();
        if !unknown.is_empty() {
            return Err(HeaderError::Unknown(unknown));
        }
        if taken.is_empty() {
            return Err(HeaderError::NoQuestion);
        }
        for version in &mut versions {
            let own: BTreeSet<usize> = version.own().collect();
            version.others = taken.difference(&own).copied().collect();
        }
        Ok(Self {
            names: header.to_vec(),
            about,
            versions,
        })
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.names.len()
    }

    /// Whether rows bring an identity of their own.
    #[must_use]
    pub fn has_id(&self) -> bool {
        self.about.id.is_some()
    }
}

impl VersionColumns {
    fn own(&self) -> impl Iterator<Item = usize> {
        self.questions.values().flatten().map(|(place, _)| *place)
    }

    /// The columns of a question that are in the file.
    pub(super) fn of(&self, question: &Question) -> &[(usize, Slot)] {
        self.questions.get(&question.key).map_or(&[], Vec::as_slice)
    }
}

/// Takes the columns of the response itself out of `places`; those that are worked out from others are passed over.
fn about(places: &mut BTreeMap<&str, usize>) -> About {
    let about = About {
        id: places.remove("id"),
        reference: places.remove("reference"),
        version: places.remove("version"),
        language: places.remove("language"),
        started_at: places.remove("started_at"),
        submitted_at: places.remove("submitted_at"),
        simulated: places.remove("simulated"),
    };
    for worked_out in ["channel", "seconds"].into_iter().chain(ABOUT_AREA) {
        places.remove(worked_out);
    }
    about
}

fn of_version(version: &Version, places: &BTreeMap<&str, usize>) -> VersionColumns {
    let mut questions = HashMap::new();
    for question in version.definition.questions() {
        let found: Vec<(usize, Slot)> = columns(question)
            .into_iter()
            .filter_map(|column| Some((*places.get(column.name.as_str())?, column.part.into())))
            .collect();
        if !found.is_empty() {
            questions.insert(question.key.clone(), found);
        }
    }
    VersionColumns {
        number: version.number,
        definition: Arc::clone(&version.definition),
        questions,
        others: Vec::new(),
    }
}
