//! Whether a page shows figures without weights, with weights, or both.

use serde::Serialize;

use crate::analysis::{
    share::Base,
    weighting::{Unweighted, Weighting},
};

/// `weights`: which figures a page shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WeightsShown {
    /// Everybody counts once.
    #[default]
    Raw,
    /// As if the answers had come from people like the population.
    Weighted,
    /// One beside the other.
    Both,
}

impl WeightsShown {
    /// Each, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Raw, Self::Weighted, Self::Both];

    /// Its word in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Weighted => "weighted",
            Self::Both => "both",
        }
    }

    /// What a word means.
    #[must_use]
    pub fn from_word(given: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shown| shown.word() == given)
    }

    /// Whether figures with weights are asked for, alone or beside those without.
    #[must_use]
    pub const fn asks_for_weights(self) -> bool {
        !matches!(self, Self::Raw)
    }
}

/// What the state of an outcome says about weights. Without weights asked for, all but `shown` is left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct WeightsInForce {
    /// What was asked for.
    pub shown: WeightsShown,
    /// Why there are none, where they were asked for and there are none: figures are then without weights.
    pub refused: Option<Unweighted>,
    /// Of those selected, who is in weighted figures.
    pub base: Option<Base>,
    /// Kish's design effect of all weights.
    pub design_effect: Option<f64>,
    /// What all responses are worth with weights.
    pub effective_base: Option<f64>,
    /// What the responses selected are worth with weights.
    pub effective_selected: Option<f64>,
    /// Those selected who live outside the place, and are in figures without weights only.
    pub outside: Option<Base>,
}

impl WeightsInForce {
    /// Of the weights of a state and counts of those selected by stratum.
    pub(super) fn of(
        shown: WeightsShown,
        weighting: Result<&Weighting, &Unweighted>,
        selected: &[u32],
    ) -> Self {
        let weighting = match weighting {
            Ok(weighting) => weighting,
            Err(reason) => {
                return Self {
                    shown,
                    refused: Some(reason.clone()),
                    ..Self::default()
                };
            }
        };
        let base = weighting.weights.base(selected);
        Self {
            shown,
            refused: None,
            base: Some(Base(base.responses)),
            design_effect: Some(weighting.of_all.design_effect),
            effective_base: Some(weighting.of_all.effective_base),
            effective_selected: base.effective(),
            outside: selected.first().copied().map(Base),
        }
    }

    /// Whether figures with weights are on the page.
    #[must_use]
    pub fn are_in_force(&self) -> bool {
        self.shown.asks_for_weights() && self.refused.is_none()
    }
}
