//! Themes by area: how much each area wants each theme, and where that differs from the rest of the place.
//!
//! The first column is the whole place: everybody selected who answered, except those who say they live outside it;
//! people who gave no area are kept there and stand in no other column. Each other column is a group of areas, tested
//! against all other groups together: shares by the pooled two-proportion z test, means by Welch's t test, two-sided.
//! Holm's correction is over all cells of the table that were tested. Groups with a small base are neither tested nor
//! ranked. A theme that several items stand for is as high as the highest of them, and gets the money of all.
//!
//! With weights, every figure carries the same with weights, and each cell and column what then follows from it: ranks,
//! tests by effective bases (shares) or linearised standard errors (means), and marks after Holm's correction of those
//! tests by themselves. A base is small with weights when its effective base is.

use serde::Serialize;

use super::{
    areas::{group_key, groups_of_cells, word},
    ballots::BallotTable,
    chunk::Chunk,
    dataset::Dataset,
    filter::Selection,
    lead::{self, Groups, Lead},
    placed::Placed,
    schema::Purse,
    share::Base,
    standings::{Compared, is_small, standings, value_of},
    theme_source::{Source, Tallies, Tally},
    weighted_moments::ScoreSums,
    weights::{WeightedBase, Weights},
};
pub use super::{
    measure::{Figure, Measure, Unmeasured},
    standings::{Difference, Direction, Standing},
};
use crate::{geography::Grouping, survey::ids::ThemeKey};

/// One theme in one column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ThemeCell {
    /// The figure.
    pub figure: Figure,
    /// The theme's place among all themes in this column, 1 the most wanted; none for small bases.
    pub rank: Option<u32>,
    /// How many places higher it stands here than in the whole place.
    pub rank_change: Option<i32>,
    /// How it compares with the rest of the place; none in the column of the whole place.
    pub difference: Option<Difference>,
    /// The same of the figures with weights, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted: Option<Standing>,
}

impl ThemeCell {
    /// Where the theme stands, with weights or without.
    #[must_use]
    pub fn standing(&self, with_weights: bool) -> Standing {
        if with_weights {
            return self.weighted.unwrap_or_default();
        }
        Standing {
            rank: self.rank,
            rank_change: self.rank_change,
            difference: self.difference,
        }
    }

    /// The figure's number, with weights or without.
    #[must_use]
    pub fn value(&self, with_weights: bool) -> Option<f64> {
        value_of(&self.figure, with_weights)
    }
}

/// One column: the whole place or a group of areas.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeColumn {
    /// The group's key; none for the whole place.
    pub key: Option<String>,
    /// The group's name; none for the whole place.
    pub name: Option<String>,
    /// Who answered.
    pub base: Base,
    /// Whether that is a small base.
    pub small: bool,
    /// The theme, or tied themes, wanted most; none for small bases.
    pub first: Vec<ThemeKey>,
    /// The same of the figures with weights, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted: Option<WeightedColumn>,
}

/// What a column comes to with weights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeightedColumn {
    /// Who answered, and what that base is worth.
    pub base: WeightedBase,
    /// What the base is worth: (Σw)² / Σw².
    pub effective_base: Option<f64>,
    /// Whether that is a small base.
    pub small: bool,
    /// The theme, or tied themes, wanted most; none for small bases.
    pub first: Vec<ThemeKey>,
}

impl ThemeColumn {
    /// Whether the base is small, with weights or without.
    #[must_use]
    pub fn is_small(&self, with_weights: bool) -> bool {
        match &self.weighted {
            Some(weighted) if with_weights => weighted.small,
            _ => self.small,
        }
    }

    /// The themes wanted most, with weights or without.
    #[must_use]
    pub fn first(&self, with_weights: bool) -> &[ThemeKey] {
        match &self.weighted {
            Some(weighted) if with_weights => &weighted.first,
            _ => &self.first,
        }
    }
}

/// One theme in every column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeRow {
    /// The theme.
    pub theme: ThemeKey,
    /// Its cells, in the order of the columns.
    pub cells: Vec<ThemeCell>,
}

/// Themes by area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeTable {
    /// How much a theme is wanted.
    pub measure: Measure,
    /// The word for what areas are put together into.
    pub grouping: &'static str,
    /// The whole place, then each group.
    pub columns: Vec<ThemeColumn>,
    /// The themes, in the survey's order.
    pub rows: Vec<ThemeRow>,
    /// How many cells were tested: the family of Holm's correction.
    pub tests: usize,
    /// Those who answered and gave no area: in the whole place only.
    pub area_unknown: Base,
    /// Those who answered and live outside the place: in no column.
    pub outside: Base,
    /// What is shared, where money is measured.
    pub purse: Option<Purse>,
    /// Whether the first theme's lead in the whole place survives correction.
    pub lead: Lead,
    /// The same of the figures with weights, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted_lead: Option<Lead>,
    /// How many cells were tested with weights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted_tests: Option<usize>,
}

/// Measures themes by area over the selected responses.
///
/// # Errors
/// When the survey has no themes, or no question that takes the measure.
pub fn themes(
    dataset: &Dataset,
    selection: &Selection,
    measure: Measure,
    grouping: Grouping,
) -> Result<ThemeTable, Unmeasured> {
    weighted_themes(dataset, selection, measure, grouping, None)
}

/// The same, with weights beside where they are given.
///
/// # Errors
/// As [`themes`].
pub fn weighted_themes(
    dataset: &Dataset,
    selection: &Selection,
    measure: Measure,
    grouping: Grouping,
    weights: Option<&Weights>,
) -> Result<ThemeTable, Unmeasured> {
    let source = Source::find(dataset.schema(), measure)?;
    let place = dataset.schema().place();
    let groups_of_cells = groups_of_cells(place, grouping);
    let group_count = place.group(grouping).len();
    let mut weighing = None;
    let mut table = None;
    let tallies = match weights {
        None => {
            let counted = source.count(dataset, selection, &groups_of_cells, group_count + 2);
            table = counted.table;
            counted.groups
        }
        Some(weights) => {
            let weighed = Weighing::of(&source, dataset, selection, weights);
            let mut tallies = vec![weighed.kinds[0].emptied(); group_count + 2];
            for (kind, tally) in weighed.kinds.iter().enumerate() {
                let cell = weighed.placed.area_cell(kind);
                tallies[usize::from(groups_of_cells[usize::from(cell)])].add(tally);
            }
            weighing = Some(weighed);
            tallies
        }
    };
    let (groups, elsewhere) = tallies.split_at(group_count);
    let mut placed = elsewhere[0].emptied();
    groups.iter().for_each(|group| placed.add(group));
    let mut whole = placed.clone();
    whole.add(&elsewhere[0]);

    let slots = 0..source.themes.len();
    let mut figures: Vec<Vec<Compared>> = slots
        .clone()
        .map(|slot| {
            let of_groups = groups.iter().map(|group| Compared {
                own: group.figure(slot, measure),
                rest: Some(placed.without(group).figure(slot, measure)),
            });
            let of_whole = Compared {
                own: whole.figure(slot, measure),
                rest: None,
            };
            std::iter::once(of_whole).chain(of_groups).collect()
        })
        .collect();
    if let Some(weighing) = &weighing {
        let sums = weighing.by_group(&groups_of_cells, group_count);
        for (slot, row) in slots.zip(&mut figures) {
            weigh_row(row, &whole, &sums[slot], measure);
        }
    }
    let by = |with_weights: bool| standings(&figures, measure, with_weights);
    let (standing, tests) = by(false);
    let weighted = weighing.as_ref().map(|_| by(true));
    let mut columns = vec![ThemeColumn::new(None, whole.base())];
    for (index, group) in groups.iter().enumerate() {
        let key = group_key(place, grouping, index).to_owned();
        let name = place.group(grouping)[index].name.clone();
        columns.push(ThemeColumn::new(Some((key, name)), group.base()));
    }
    let cell = |slot: usize, column: usize| {
        let own = standing[slot][column];
        ThemeCell {
            figure: figures[slot][column].own,
            rank: own.rank,
            rank_change: own.rank_change,
            difference: own.difference,
            weighted: weighted.as_ref().map(|(of, _)| of[slot][column]),
        }
    };
    let rows: Vec<ThemeRow> = source
        .themes
        .iter()
        .enumerate()
        .map(|(slot, theme)| ThemeRow {
            theme: theme.clone(),
            cells: (0..columns.len())
                .map(|column| cell(slot, column))
                .collect(),
        })
        .collect();
    name_first(&rows, &mut columns);
    let weighted_lead = weighing.as_ref().map(|weighing| {
        lead::of_weighted_themes(
            dataset,
            selection,
            &source,
            (&weighing.kinds, &weighing.scores),
            weighing.table.as_ref(),
            weighing.weights,
        )
    });
    let lead = match &weighing {
        None => {
            let areas = Groups {
                count: group_count + 2,
                of: |chunk: &Chunk, row: usize| {
                    usize::from(groups_of_cells[usize::from(chunk.area[row])])
                },
                outside: group_count + 1,
            };
            lead::of_themes(dataset, selection, &source, &whole, table.as_ref(), areas)
        }
        Some(weighing) => {
            let placed = weighing.placed;
            let kinds = Groups {
                count: placed.count(),
                of: |chunk: &Chunk, row: usize| placed.of(chunk, row),
                outside: placed.outside(),
            };
            let table = weighing.table.as_ref();
            lead::of_themes(dataset, selection, &source, &whole, table, kinds)
        }
    };
    Ok(ThemeTable {
        measure,
        grouping: word(grouping),
        columns,
        rows,
        tests,
        area_unknown: elsewhere[0].base(),
        outside: elsewhere[1].base(),
        purse: source.purse,
        lead,
        weighted_lead,
        weighted_tests: weighted.map(|(_, tests)| tests),
    })
}

/// What each kind of people that weights tell apart said.
struct Weighing<'a> {
    kinds: Vec<Tally>,
    /// What they were counted by, where they are ballots and few.
    table: Option<BallotTable>,
    placed: Placed,
    weights: &'a Weights,
    /// Theme → kind → its scores added up, and their squares.
    scores: Vec<Vec<(i128, i128)>>,
    /// Theme → kind → the same with weights.
    sums: Vec<Vec<ScoreSums>>,
}

impl<'a> Weighing<'a> {
    fn of(source: &Source, dataset: &Dataset, selection: &Selection, weights: &'a Weights) -> Self {
        let Tallies {
            groups: kinds,
            table,
        } = source.count_placed(dataset, selection);
        let placed = Placed::new(dataset.schema().place());
        let of_theme = |slot: usize| {
            let kinds = kinds.iter();
            kinds.map(|kind| kind.sums(slot, source.measure)).collect()
        };
        let scores: Vec<Vec<(i128, i128)>> = (0..source.themes.len()).map(of_theme).collect();
        let weigh = |of_theme: &Vec<(i128, i128)>| {
            let of_kinds = of_theme.iter().zip(&kinds).enumerate();
            of_kinds
                .map(|(kind, ((sum, squares), tally))| {
                    let mut sums = ScoreSums::default();
                    sums.add(tally.base().0, placed.weight(kind, weights), *sum, *squares);
                    sums
                })
                .collect()
        };
        let sums = scores.iter().map(weigh).collect();
        Self {
            kinds,
            table,
            placed,
            weights,
            scores,
            sums,
        }
    }

    /// Theme → group → sums; the one after the last group is of those who gave no area.
    fn by_group(&self, groups_of_cells: &[u8; 256], group_count: usize) -> Vec<Vec<ScoreSums>> {
        let group = |kind: usize| {
            let cell = self.placed.area_cell(kind);
            usize::from(groups_of_cells[usize::from(cell)])
        };
        self.sums
            .iter()
            .map(|of_theme| {
                let mut sums = vec![ScoreSums::default(); group_count + 2];
                for (kind, own) in of_theme.iter().enumerate() {
                    sums[group(kind)] = sums[group(kind)].with(*own);
                }
                sums.truncate(group_count + 1);
                sums
            })
            .collect()
    }
}

/// Adds weights to one theme's figures: the whole place, then each group and all others together.
fn weigh_row(row: &mut [Compared], tally: &Tally, sums: &[ScoreSums], measure: Measure) {
    let add = |sum: ScoreSums, own: &ScoreSums| sum.with(*own);
    let everybody = sums.iter().fold(ScoreSums::default(), add);
    let groups = &sums[..sums.len() - 1];
    for (column, compared) in row.iter_mut().enumerate() {
        let Some(group) = column.checked_sub(1) else {
            compared.own = tally.weigh(compared.own, &everybody, measure);
            continue;
        };
        compared.own = tally.weigh(compared.own, &groups[group], measure);
        // Added up, not taken away: what is left of floats would not be exact.
        let others = groups
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != group);
        let rest = others.fold(ScoreSums::default(), |sum, (_, own)| sum.with(*own));
        compared.rest = compared
            .rest
            .map(|figure| tally.weigh(figure, &rest, measure));
    }
}

impl ThemeColumn {
    fn new(group: Option<(String, String)>, base: Base) -> Self {
        let (key, name) = group.unzip();
        Self {
            key,
            name,
            base,
            small: base.is_small(),
            first: Vec::new(),
            weighted: None,
        }
    }
}

/// Names what stands first in each column, and what each column is worth with weights.
fn name_first(rows: &[ThemeRow], columns: &mut [ThemeColumn]) {
    for (place, column) in columns.iter_mut().enumerate() {
        let first = |with_weights: bool| {
            let firsts = rows
                .iter()
                .filter(|row| row.cells[place].standing(with_weights).rank == Some(1));
            firsts.map(|row| row.theme.clone()).collect::<Vec<_>>()
        };
        column.first = first(false);
        let figure = rows.first().map(|row| row.cells[place].figure);
        let base = figure.and_then(|figure| figure.weighted_base());
        column.weighted = base.zip(figure).map(|(base, figure)| WeightedColumn {
            base,
            effective_base: base.effective(),
            small: is_small(&figure, true),
            first: first(true),
        });
    }
}
