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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::{
        analysis::{
            dataset::{Dataset, DatasetBuilder},
            equality::{Equality, HeadlineMeasure, SUPPRESSED_BELOW, equality},
            figures::Figures,
            filter::{Filter, Selection},
            frequency::weighted_frequency,
            samples::{Dice, answers, code, every_kind, row, schema},
            significance::two_weighted_means,
            strata,
            variable::VariableKey,
            weights::Weights,
        },
        geography::Place,
        survey::ids::QuestionKey,
    };

    fn made_up(people: u32) -> Dataset {
        let mut builder = DatasetBuilder::new(schema(&every_kind()));
        let mut dice = Dice(29);
        for number in 0..people {
            builder.push(&row(number, &answers(&mut dice)));
        }
        builder.build()
    }

    fn uneven() -> Weights {
        let strata = strata::count(&Place::essex());
        Weights::by_stratum((0..strata).map(|at| 0.5 + (at % 5) as f64 / 2.0).collect())
    }

    fn of(dataset: &Dataset, by: VariableKey, weights: Option<&Weights>) -> Equality {
        let trust = VariableKey::read("trust").unwrap();
        let all = Selection::all(dataset);
        equality(dataset, &all, &[by], &[trust], weights)
    }

    #[test]
    fn a_groups_weighted_mean_is_that_of_the_question_among_its_people() {
        let (dataset, weights) = (made_up(3000), uneven());
        let found = of(&dataset, VariableKey::Sex, Some(&weights));
        let is_mean = |measure: &HeadlineMeasure| matches!(measure, HeadlineMeasure::Mean { .. });
        let place = found.measures.iter().position(is_mean).unwrap();
        let trust = QuestionKey::new("trust").unwrap();
        let column = dataset.schema().position(&trust).unwrap();
        let mut means = Vec::new();
        for group in &found.characteristics[0].groups {
            let filter = Filter {
                sexes: [code(&group.code)].into(),
                ..Filter::default()
            };
            let own = filter.select(&dataset);
            let alone = weighted_frequency(&dataset, &own, column, Some(&weights));
            let Figures::Scale { summary, .. } = alone.figures else {
                panic!("not a scale")
            };
            let (theirs, ours) = (summary.mean.weighted.unwrap(), group.figures[place].figure);
            let ours = ours.unwrap();
            assert!((ours.weighted_value().unwrap() - theirs.mean.unwrap()).abs() < 1e-12);
            let (one, other) = (ours.weighted_interval().unwrap(), theirs.interval.unwrap());
            assert!((one.low - other.low).abs() < 1e-12);
            means.push((theirs, group.figures[place].weighted.unwrap()));
        }
        // Of two groups each is the other's rest.
        assert_eq!(means.len(), 2);
        let test = two_weighted_means(&means[0].0, &means[1].0).unwrap();
        let found = means[0].1.test.statistic.unwrap();
        assert!((found - test.statistic).abs() < 1e-9);
    }

    #[test]
    fn without_weights_nothing_is_weighted_and_with_them_no_raw_figure_changes() {
        let (dataset, weights) = (made_up(1500), uneven());
        let raw = of(&dataset, VariableKey::Age, None);
        let both = of(&dataset, VariableKey::Age, Some(&weights));
        let (raw, both) = (&raw.characteristics[0], &both.characteristics[0]);
        assert_eq!(raw.weighted_tests, None);
        assert_eq!(both.tests, raw.tests);
        assert!(both.weighted_tests.is_some_and(|tests| tests > 0));
        for (raw, both) in raw.groups.iter().zip(&both.groups) {
            assert_eq!(raw.weighted, None);
            assert_eq!(raw.people, both.people);
            for (raw, both) in raw.figures.iter().zip(&both.figures) {
                assert_eq!(
                    (raw.weighted, raw.test, raw.mark),
                    (None, both.test, both.mark)
                );
                let value = |figure: &crate::analysis::measure::Figure| figure.value();
                assert_eq!(
                    raw.figure.as_ref().and_then(value),
                    both.figure.as_ref().and_then(value)
                );
            }
        }
    }

    #[test]
    fn weighted_figures_of_too_few_are_hidden_and_count_in_none() {
        let (dataset, weights) = (made_up(90), uneven());
        let districts = VariableKey::read("district").unwrap();
        let found = of(&dataset, districts, Some(&weights));
        let characteristic = &found.characteristics[0];
        let mut hidden = 0;
        for group in &characteristic.groups {
            for figure in &group.figures {
                let base = figure.figure.and_then(|figure| figure.weighted_base());
                assert!(base.is_none_or(|base| base.responses >= SUPPRESSED_BELOW));
                if figure.weighted.unwrap().suppressed {
                    hidden += 1;
                    assert_eq!(base, None);
                }
            }
        }
        assert!(hidden > 0);
        for (place, all) in characteristic.everybody.iter().enumerate() {
            let shown = characteristic.groups.iter();
            let shown = shown.filter_map(|group| group.figures[place].figure?.weighted_base());
            let sum: u32 = shown.map(|base| base.responses).sum();
            let base = all.and_then(|all| all.weighted_base());
            assert_eq!(base.map_or(0, |base| base.responses), sum);
        }
    }
}
