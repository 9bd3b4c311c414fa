//! One state of a survey's results.

use std::sync::Arc;

use crate::{
    analysis::{completion::ProgressCounts, dataset::Dataset},
    geography::Place,
    survey::definition::Definition,
};

/// One state of a survey's results: everything an answer is made from, so that no page mixes two states.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The newest published version of the survey.
    pub definition: Arc<Definition>,
    /// The place it is about.
    pub place: Arc<Place>,
    /// Its submitted responses.
    pub dataset: Dataset,
    /// When the store was in this state (unix µs).
    pub as_of_micros: i64,
    /// How far all its responses have come.
    pub progress: ProgressCounts,
    /// How many submitted responses can't be read, and are in no figure.
    pub unreadable: u32,
}
