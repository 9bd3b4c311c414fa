//! One state of a survey's results.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use crate::{
    analysis::{
        completion::ProgressCounts,
        dataset::Dataset,
        filter::Filter,
        weighting::{Unweighted, Weighting},
    },
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
    /// Its weights, once somebody has asked for them.
    pub weighting: WeightingOnce,
}

impl Snapshot {
    /// The weights of all its responses, made when they are first asked for.
    ///
    /// # Errors
    /// [`Unweighted`] says why there can be none.
    pub fn weights(&self) -> Result<&Arc<Weighting>, &Unweighted> {
        let made = || Weighting::of(&self.dataset).map(Arc::new);
        self.weighting.0.get_or_init(made).as_ref()
    }

    /// The same state with the weights that the responses sent until a moment have: an earlier state has the weights it
    /// had then, whoever answered since.
    #[must_use]
    pub(super) fn weighted_at(&self, as_of: Timestamp) -> Self {
        let until = Filter {
            as_of: Some(as_of),
            ..Filter::default()
        };
        let sent = until.select(&self.dataset);
        let made = Weighting::of_selected(&self.dataset, &sent).map(Arc::new);
        Self {
            weighting: WeightingOnce(OnceLock::from(made)),
            ..self.clone()
        }
    }
}

/// The weights of one state, made at most once. A copy starts afresh: it may be given another dataset.
#[derive(Debug, Default)]
pub struct WeightingOnce(OnceLock<Result<Arc<Weighting>, Unweighted>>);

impl Clone for WeightingOnce {
    fn clone(&self) -> Self {
        Self::default()
    }
}
