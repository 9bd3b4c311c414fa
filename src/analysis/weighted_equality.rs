//! Equality analysis with weights: the same figures, each by what its group is worth.
//!
//! Figures with weights are of residents alone. A group has them where it has a figure without, and where it holds no
//! residents or ten and more; the others count in no other figure with weights. Tests are of weighted shares by effective
//! bases, and of weighted means by linearised standard errors; groups worth fewer than fifty are not tested.

use serde::Serialize;

use super::{
    crosstab::Adjusted,
    equality::{GroupFigure, is_suppressed},
    measure::Figure,
    share::{SMALL_BASE, WeightedShare},
    significance::{Test, two_weighted_means, two_weighted_proportions},
    themes::Direction,
    weighted_moments::WeightedMean,
    weights::WeightedBase,
};

/// What the people of a group are worth with weights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeightedPeople {
    /// How many residents, and what their weights come to.
    #[serde(flatten)]
    pub base: WeightedBase,
    /// How many people of a simple random sample they are worth.
    pub effective_base: Option<f64>,
}

impl WeightedPeople {
    pub(super) fn of(base: WeightedBase) -> Self {
        Self {
            base,
            effective_base: base.effective(),
        }
    }

    /// Whether they are worth too few to rely on.
    #[must_use]
    pub fn is_small(&self) -> bool {
        is_small(self.effective_base)
    }
}

/// How one measure of one group compares with weights. The weighted figures are parts of those without.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct WeightedGroupFigure {
    /// Whether it is left out because it is of too few residents.
    pub suppressed: bool,
    /// Whether its effective base is small: it is marked and not tested.
    pub small: bool,
    /// The group against the rest.
    pub test: Adjusted,
    /// Which way it differs, where that survives Holm's correction.
    pub mark: Option<Direction>,
}

/// What one measure of one group is made of.
#[derive(Debug, Clone, Default)]
pub(super) struct WeightedTally {
    base: WeightedBase,
    chosen: WeightedBase,
    values: Vec<(f64, WeightedBase)>,
}

impl WeightedTally {
    /// Of those who count, and all of whom they are a share.
    pub(super) fn share(chosen: WeightedBase, base: WeightedBase) -> Self {
        Self {
            base,
            chosen,
            values: Vec::new(),
        }
    }

    /// Of those who count, and each value of a scale with who gave it.
    pub(super) fn on_scale(chosen: WeightedBase, values: Vec<(f64, WeightedBase)>) -> Self {
        let base = values
            .iter()
            .fold(WeightedBase::default(), |sum, (_, base)| sum.with(*base));
        Self {
            base,
            chosen,
            values,
        }
    }

    fn with(mut self, other: &Self) -> Self {
        self.base = self.base.with(other.base);
        self.chosen = self.chosen.with(other.chosen);
        self.values.extend_from_slice(&other.values);
        self
    }

    /// The figure with its weighted part; without, where that is of nobody.
    fn weigh(&self, figure: Figure) -> Figure {
        if self.base.responses == 0 {
            return figure;
        }
        match figure {
            Figure::Share(share) => Figure::Share(share.with_weights(Some(WeightedShare {
                chosen: self.chosen,
                base: self.base,
            }))),
            Figure::Mean(mut mean) => {
                mean.weighted = Some(WeightedMean::of(&self.values));
                Figure::Mean(mean)
            }
        }
    }
}

/// Adds weights to the figures of one measure: of all groups shown together, of each group, and of the rest. Returns the
/// test of each group against the rest, uncorrected.
pub(super) fn weigh(
    tallies: &[WeightedTally],
    all: &mut Option<Figure>,
    groups: Vec<&mut GroupFigure>,
) -> Vec<Option<Test>> {
    let few: Vec<bool> = tallies
        .iter()
        .map(|tally| is_suppressed(tally.base.responses))
        .collect();
    let shown: Vec<bool> = groups
        .iter()
        .zip(&few)
        .map(|(group, few)| !group.suppressed && !few)
        .collect();
    let together = |is_in: &dyn Fn(usize) -> bool| {
        let parts = tallies.iter().enumerate();
        let parts = parts.filter(|(place, _)| shown[*place] && is_in(*place));
        parts.fold(WeightedTally::default(), |sum, (_, tally)| sum.with(tally))
    };
    *all = all.map(|figure| together(&|_| true).weigh(figure));
    let mut tests = Vec::with_capacity(groups.len());
    for (place, group) in groups.into_iter().enumerate() {
        let rest = together(&|other| other != place);
        if shown[place] {
            group.figure = group.figure.map(|figure| tallies[place].weigh(figure));
            group.rest = group.rest.map(|figure| rest.weigh(figure));
        }
        let small = is_small(tallies[place].base.effective());
        let may = shown[place] && !small && !is_small(rest.base.effective());
        let test = || compare(&group.figure?, &group.rest?);
        tests.push(if may { test() } else { None });
        group.weighted = Some(WeightedGroupFigure {
            suppressed: few[place] || group.suppressed,
            small,
            ..WeightedGroupFigure::default()
        });
    }
    tests
}

fn compare(one: &Figure, other: &Figure) -> Option<Test> {
    match (one, other) {
        (Figure::Share(one), Figure::Share(other)) => {
            two_weighted_proportions(one.weighted?, other.weighted?)
        }
        (Figure::Mean(one), Figure::Mean(other)) => {
            two_weighted_means(&one.weighted?, &other.weighted?)
        }
        _ => None,
    }
}

fn is_small(effective: Option<f64>) -> bool {
    effective.is_none_or(|effective| effective < f64::from(SMALL_BASE))
}
