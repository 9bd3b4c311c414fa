//! Equality analysis: each protected characteristic against each headline measure.
//!
//! Groups of fewer than [`SUPPRESSED_BELOW`] people are shown without any figure, and count in no other: what "everybody"
//! and "the rest" are is reckoned from the groups shown, so that nothing can be worked out by taking away. Groups of
//! fewer than fifty are marked and not tested. Each group is held against the rest (two-proportion z or Welch's t, two
//! sided); Holm's correction is over all tests of one characteristic.

use serde::Serialize;

use super::{
    crosstab::{Adjusted, Counts, count},
    dataset::Dataset,
    filter::Selection,
    measure::Figure,
    moments::Mean,
    share::{Base, SMALL_BASE, Share},
    significance::{LEVEL, Test, two_means, two_proportions},
    themes::Direction,
    top_two::top_two,
    variable::{Variable, VariableKey, YES},
};
use crate::survey::ids::ThemeKey;

/// Under this many people a group has no figure.
pub const SUPPRESSED_BELOW: u32 = 10;
/// How many themes are headline measures: those most people put among their first three.
const LEADING_THEMES: usize = 3;

/// A headline measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "measure", rename_all = "snake_case")]
pub enum HeadlineMeasure {
    /// The share that put a theme among their first three.
    Theme {
        /// The theme.
        theme: ThemeKey,
    },
    /// The share of a scale's two most favourable answers.
    TopTwo {
        /// The scale, or the row of a grid.
        variable: VariableKey,
        /// The two answers.
        answers: [String; 2],
    },
    /// The mean of a scale.
    Mean {
        /// The scale.
        variable: VariableKey,
    },
    /// The share that was a victim of crime.
    Victim,
}

/// One measure of one group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GroupFigure {
    /// The figure; none for nobody, and where it is of fewer than [`SUPPRESSED_BELOW`].
    pub figure: Option<Figure>,
    /// Whether it is left out because it is of too few.
    pub suppressed: bool,
    /// Whether its base is small: it is marked and not tested.
    pub small: bool,
    /// The same of the other groups shown; none where none is.
    pub rest: Option<Figure>,
    /// The group against the rest.
    pub test: Adjusted,
    /// Which way it differs, where that survives Holm's correction.
    pub mark: Option<Direction>,
}

/// One group of people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// Its code.
    pub code: String,
    /// How many are in it; none where they are fewer than [`SUPPRESSED_BELOW`], but not nobody.
    pub people: Option<Base>,
    /// Its figures, in the order of the measures.
    pub figures: Vec<GroupFigure>,
}

/// One protected characteristic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Characteristic {
    /// Its variable.
    pub variable: VariableKey,
    /// The figures of all groups shown together, in the order of the measures; none where nobody is.
    pub everybody: Vec<Option<Figure>>,
    /// The groups.
    pub groups: Vec<Group>,
    /// How many tests Holm's correction is over.
    pub tests: usize,
}

/// Every protected characteristic against every headline measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Equality {
    /// The measures.
    pub measures: Vec<HeadlineMeasure>,
    /// The characteristics.
    pub characteristics: Vec<Characteristic>,
}

/// Sums that both shares and means are made of.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    base: u32,
    /// Those who count; of a mean, nothing.
    count: u32,
    sum: i128,
    squares: i128,
}

impl Tally {
    fn add(self, other: Self) -> Self {
        Self {
            base: self.base + other.base,
            count: self.count + other.count,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
        }
    }

    fn figure(self, is_mean: bool) -> Option<Figure> {
        if self.base == 0 {
            return None;
        }
        Some(if is_mean {
            Figure::Mean(Mean::from_sums(self.base, self.sum, self.squares, 1))
        } else {
            Figure::Share(Share::new(self.count, Base(self.base)))
        })
    }
}

/// A measure, and where its figures come from.
struct Source {
    measure: HeadlineMeasure,
    rows: Variable,
    /// The categories that count.
    top: Vec<usize>,
}

impl Source {
    fn is_mean(&self) -> bool {
        matches!(self.measure, HeadlineMeasure::Mean { .. })
    }

    fn tally(&self, counts: &Counts, column: usize) -> Tally {
        let count: u32 = self.top.iter().map(|row| counts.cell(*row, column)).sum();
        let mut tally = Tally {
            count,
            ..Tally::default()
        };
        match self.measure {
            HeadlineMeasure::Theme { .. } | HeadlineMeasure::Victim => {
                tally.base = counts.column(column)
            }
            HeadlineMeasure::TopTwo { .. } | HeadlineMeasure::Mean { .. } => {
                for (row, category) in self.rows.categories.iter().enumerate() {
                    let Some(value) = category.value.map(i128::from) else {
                        continue;
                    };
                    let people = counts.cell(row, column);
                    tally.base += people;
                    tally.sum += value * i128::from(people);
                    tally.squares += value * value * i128::from(people);
                }
            }
        }
        tally
    }
}

/// Holds each characteristic against the headline measures: the three leading themes, the top two answers of each of
/// `scales` and the mean of those that are scales of numbers, and the share of victims. What the dataset has no columns
/// for is left out.
#[must_use]
pub fn equality(
    dataset: &Dataset,
    selection: &Selection,
    characteristics: &[VariableKey],
    scales: &[VariableKey],
) -> Equality {
    let sources = sources(dataset, selection, scales);
    let characteristics = characteristics
        .iter()
        .filter_map(|key| Variable::find(dataset, key))
        .map(|variable| characteristic(dataset, selection, &variable, &sources))
        .collect();
    Equality {
        measures: sources.into_iter().map(|source| source.measure).collect(),
        characteristics,
    }
}

fn sources(dataset: &Dataset, selection: &Selection, scales: &[VariableKey]) -> Vec<Source> {
    let mut sources = Vec::new();
    let everybody = Variable::find(dataset, &VariableKey::Channel);
    if let (Some((rows, themes)), Some(everybody)) =
        (Variable::of_themes(dataset.schema()), everybody)
    {
        let counts = count(dataset, selection, &rows, &everybody, false);
        let wanted = |theme: &usize| -> u32 {
            (0..everybody.len())
                .map(|column| counts.cell(*theme, column))
                .sum()
        };
        let mut order: Vec<usize> = (0..themes.len()).collect();
        order.sort_by_key(|theme| std::cmp::Reverse(wanted(theme)));
        sources.extend(order.into_iter().take(LEADING_THEMES).map(|theme| Source {
            measure: HeadlineMeasure::Theme {
                theme: themes[theme].clone(),
            },
            rows: rows.clone(),
            top: vec![theme],
        }));
    }
    for key in scales {
        let Some(rows) = Variable::find(dataset, key) else {
            continue;
        };
        let Some(top) = top_two(&rows) else { continue };
        let name = |place: usize| rows.categories[place].code.clone();
        let measure = HeadlineMeasure::TopTwo {
            variable: key.clone(),
            answers: top.map(name),
        };
        let mean = matches!(key, VariableKey::Question(_)).then(|| Source {
            measure: HeadlineMeasure::Mean {
                variable: key.clone(),
            },
            rows: rows.clone(),
            top: Vec::new(),
        });
        sources.push(Source {
            measure,
            rows,
            top: top.to_vec(),
        });
        sources.extend(mean);
    }
    if let Some(rows) = Variable::find(dataset, &VariableKey::Victim) {
        let yes = rows
            .categories
            .iter()
            .position(|category| category.code == YES);
        sources.push(Source {
            measure: HeadlineMeasure::Victim,
            rows,
            top: yes.into_iter().collect(),
        });
    }
    sources
}

fn characteristic(
    dataset: &Dataset,
    selection: &Selection,
    variable: &Variable,
    sources: &[Source],
) -> Characteristic {
    let people = Variable::find(dataset, &VariableKey::Channel)
        .map(|everybody| count(dataset, selection, &everybody, variable, false));
    let people = |column: usize| people.as_ref().map_or(0, |counts| counts.column(column));
    let mut everybody = Vec::new();
    let mut by_measure = Vec::new();
    for source in sources {
        let counts = count(dataset, selection, &source.rows, variable, false);
        let tallies: Vec<Tally> = (0..variable.len())
            .map(|column| source.tally(&counts, column))
            .collect();
        let (all, figures) = figures(&tallies, source.is_mean());
        everybody.push(all);
        by_measure.push(figures);
    }
    let tests: Vec<Option<Test>> = by_measure.iter().flatten().map(|(_, test)| *test).collect();
    let mut corrected = Adjusted::all(&tests).into_iter();
    for (figure, _) in by_measure.iter_mut().flatten() {
        figure.test = corrected.next().unwrap_or_default();
        let is_found = figure.test.p_holm.is_some_and(|p| p < LEVEL);
        figure.mark = figure.test.statistic.filter(|_| is_found).map(|statistic| {
            if statistic > 0.0 {
                Direction::More
            } else {
                Direction::Less
            }
        });
    }
    let groups = variable
        .categories
        .iter()
        .enumerate()
        .map(|(column, category)| {
            let people = people(column);
            Group {
                code: category.code.clone(),
                people: (!is_suppressed(people)).then_some(Base(people)),
                figures: by_measure.iter().map(|figures| figures[column].0).collect(),
            }
        });
    Characteristic {
        variable: variable.key.clone(),
        everybody,
        groups: groups.collect(),
        tests: tests.iter().flatten().count(),
    }
}

pub(super) fn is_suppressed(people: u32) -> bool {
    (1..SUPPRESSED_BELOW).contains(&people)
}

/// The figures of one measure: of all groups shown together, and of each group with its test.
fn figures(tallies: &[Tally], is_mean: bool) -> (Option<Figure>, Vec<(GroupFigure, Option<Test>)>) {
    let is_shown = |tally: &Tally| !is_suppressed(tally.base);
    let shown = || {
        tallies
            .iter()
            .enumerate()
            .filter(|(_, tally)| is_shown(tally))
    };
    let add = |sum: Tally, (_, tally): (usize, &Tally)| sum.add(*tally);
    let all = shown().fold(Tally::default(), add);
    let of_groups = tallies.iter().enumerate().map(|(column, tally)| {
        let rest = shown()
            .filter(|(other, _)| *other != column)
            .fold(Tally::default(), add);
        let figure = tally.figure(is_mean).filter(|_| is_shown(tally));
        let rest_figure = rest.figure(is_mean).filter(|_| is_shown(tally));
        let is_small = tally.base < SMALL_BASE;
        let test = match (figure, rest_figure) {
            _ if is_small || rest.base < SMALL_BASE => None,
            (Some(Figure::Share(one)), Some(Figure::Share(other))) => two_proportions(one, other),
            (Some(Figure::Mean(one)), Some(Figure::Mean(other))) => two_means(&one, &other),
            _ => None,
        };
        let figure = GroupFigure {
            figure,
            suppressed: !is_shown(tally),
            small: is_small,
            rest: rest_figure,
            test: Adjusted::default(),
            mark: None,
        };
        (figure, test)
    });
    (all.figure(is_mean), of_groups.collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::analysis::{
        dataset::DatasetBuilder,
        samples::{Dice, answers, every_kind, row, schema},
        top_two::top_two_share,
    };

    fn made_up(people: u32) -> Dataset {
        let mut builder = DatasetBuilder::new(schema(&every_kind()));
        let mut dice = Dice(21);
        for number in 0..people {
            builder.push(&row(number, &answers(&mut dice)));
        }
        builder.build()
    }

    fn of(dataset: &Dataset, characteristics: &[VariableKey]) -> Equality {
        let trust = VariableKey::read("trust").unwrap();
        equality(dataset, &Selection::all(dataset), characteristics, &[trust])
    }

    #[test]
    fn every_headline_measure_has_a_figure_for_every_group_and_they_add_up() {
        let dataset = made_up(3000);
        let found = of(&dataset, &[VariableKey::Age, VariableKey::Sex]);
        assert_eq!(found.measures.len(), 3 + 2 + 1);
        for characteristic in &found.characteristics {
            for (measure, all) in characteristic.everybody.iter().enumerate() {
                let of_group = |group: &Group| group.figures[measure].figure.unwrap().base().0;
                let sum: u32 = characteristic.groups.iter().map(of_group).sum();
                assert_eq!(sum, all.unwrap().base().0);
            }
        }
        assert_eq!(found.characteristics[0].tests, 3 * 6);
    }

    #[test]
    fn groups_under_ten_have_no_figure_and_count_in_none() {
        let dataset = made_up(60);
        let districts = VariableKey::read("district").unwrap();
        let found = of(&dataset, &[districts]);
        let characteristic = &found.characteristics[0];
        assert!(
            characteristic
                .groups
                .iter()
                .any(|group| group.people.is_none())
        );
        assert_eq!(characteristic.tests, 0);
        for group in &characteristic.groups {
            for figure in &group.figures {
                assert!(!figure.suppressed || figure.figure.is_none());
                assert!(
                    figure
                        .figure
                        .is_none_or(|figure| figure.base().0 >= SUPPRESSED_BELOW)
                );
                assert!(
                    figure
                        .rest
                        .is_none_or(|rest| rest.base().0 >= SUPPRESSED_BELOW)
                );
            }
        }
    }

    #[test]
    fn the_two_highest_points_of_those_on_the_scale_are_the_top_two() {
        let dataset = made_up(2000);
        let all = Selection::all(&dataset);
        let trust = Variable::find(&dataset, &VariableKey::read("trust").unwrap()).unwrap();
        assert_eq!(top_two(&trust), Some([9, 10]));
        let frequency = super::super::frequency::frequency(&dataset, &all, 6);
        let super::super::frequency::Figures::Scale { points, .. } = frequency.figures else {
            panic!("not a scale")
        };
        let share = top_two_share(&dataset, &all, &trust).unwrap();
        assert_eq!(share.count, points[9].share.count + points[10].share.count);
        assert_eq!(share.base, frequency.base);
        let three = Variable::find(&dataset, &VariableKey::read("grid.day").unwrap()).unwrap();
        assert_eq!(top_two_share(&dataset, &all, &three), None);
    }
}
