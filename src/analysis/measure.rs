//! How much a theme is wanted: the measures, and the figure that a measure gives.

use serde::Serialize;

use super::{
    moments::Mean,
    ranking::{Score, TOP_PLACES},
    share::{Base, Interval, Share},
    weights::WeightedBase,
};

/// How much a theme is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The share of those who ranked that ranked it among their first three.
    #[default]
    TopThree,
    /// The share that ranked it first.
    First,
    /// The mean rank; low is wanted.
    MeanRank,
    /// Mean Borda points: the number of items less the rank.
    Borda,
    /// The mean share of the budget, 0..1.
    Money,
}

impl Measure {
    /// Every measure, in the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::TopThree,
        Self::First,
        Self::MeanRank,
        Self::Borda,
        Self::Money,
    ];

    /// Its word in addresses and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::TopThree => "top3",
            Self::First => "first",
            Self::MeanRank => "mean_rank",
            Self::Borda => "borda",
            Self::Money => "money",
        }
    }

    /// The measure a word means.
    #[must_use]
    pub fn from_word(given: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|measure| measure.word() == given)
    }

    /// Whether a lower figure means that a theme is wanted more.
    #[must_use]
    pub const fn low_is_more(self) -> bool {
        matches!(self, Self::MeanRank)
    }

    /// Whether a lower [`Measure::score`] means that a theme is wanted more; Borda points are counted by ranks.
    pub(super) const fn low_score_is_more(self) -> bool {
        matches!(self, Self::MeanRank | Self::Borda)
    }

    pub(super) const fn score(self) -> Option<Score> {
        match self {
            Self::TopThree => Some(Score::Top(TOP_PLACES)),
            Self::First => Some(Score::Top(1)),
            Self::MeanRank | Self::Borda => Some(Score::DoubledRank),
            Self::Money => None,
        }
    }
}

/// Why themes can't be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmeasured {
    /// The survey names no themes.
    NoThemes,
    /// No question ranks themes.
    NoRanking,
    /// No question shares a budget between themes.
    NoBudget,
}

/// A figure of a cell: a share or a mean, with base and interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Figure {
    /// A share.
    Share(Share),
    /// A mean.
    Mean(Mean),
}

impl Figure {
    /// The number itself; none without a base.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Share(share) => share.value(),
            Self::Mean(mean) => mean.mean,
        }
    }

    /// Of how many people.
    #[must_use]
    pub fn base(&self) -> Base {
        match self {
            Self::Share(share) => share.base,
            Self::Mean(mean) => mean.base,
        }
    }

    /// The number with weights; none without weights.
    #[must_use]
    pub fn weighted_value(&self) -> Option<f64> {
        match self {
            Self::Share(share) => share.weighted?.value(),
            Self::Mean(mean) => mean.weighted?.mean,
        }
    }

    /// Of whom, with weights.
    #[must_use]
    pub fn weighted_base(&self) -> Option<WeightedBase> {
        match self {
            Self::Share(share) => Some(share.weighted?.base),
            Self::Mean(mean) => Some(mean.weighted?.base),
        }
    }

    /// The lower and upper end of the 95 % interval with weights.
    #[must_use]
    pub fn weighted_interval(&self) -> Option<Interval> {
        match self {
            Self::Share(share) => share.weighted?.wilson(),
            Self::Mean(mean) => mean.weighted?.interval,
        }
    }

    /// The lower and upper end of the 95 % interval.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        match self {
            Self::Share(share) => share.wilson(),
            Self::Mean(mean) => mean.interval,
        }
    }
}
