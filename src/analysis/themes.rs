//! Themes by area: how much each area wants each theme, and where that differs from the rest of the place.
//!
//! The first column is the whole place: everybody selected who answered, except those who say they live outside it;
//! people who gave no area are kept there and stand in no other column. Each other column is a group of areas, tested
//! against all other groups together: shares by the pooled two-proportion z test, means by Welch's t test, two-sided.
//! Holm's correction is over all cells of the table that were tested. Groups with a small base are neither tested nor
//! ranked. A theme that several items stand for is as high as the highest of them, and gets the money of all.

use serde::Serialize;

pub use super::measure::{Figure, Measure, Unmeasured};
use super::{
    areas::{group_key, groups_of_cells, word},
    dataset::Dataset,
    filter::Selection,
    lead::{self, Lead},
    schema::Purse,
    share::Base,
    significance::{LEVEL, Test, holm, two_means, two_proportions},
    theme_source::{Source, Tally},
};
use crate::{geography::Grouping, survey::ids::ThemeKey};

/// Whether a theme is wanted more or less than elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Wanted more.
    More,
    /// Wanted less.
    Less,
}

/// How a group of areas compares with the rest of the place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Difference {
    /// The same figure for all other groups together.
    pub rest: Figure,
    /// The test of the two; none for small bases.
    pub test: Option<Test>,
    /// Its probability after Holm's correction over the whole table.
    pub p_holm: Option<f64>,
    /// Which way it differs, where that survives the correction.
    pub mark: Option<Direction>,
}

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
    let source = Source::find(dataset.schema(), measure)?;
    let place = dataset.schema().place();
    let groups_of_cells = groups_of_cells(place, grouping);
    let group_count = place.group(grouping).len();
    let tallies = source.count(dataset, selection, &groups_of_cells, group_count + 2);
    let (groups, elsewhere) = tallies.split_at(group_count);
    let blank = source
        .count(dataset, &Selection::none(dataset), &groups_of_cells, 1)
        .remove(0);
    let mut placed = blank;
    groups.iter().for_each(|group| placed.add(group));
    let mut whole = placed.clone();
    whole.add(&elsewhere[0]);

    let themes = source.themes.clone();
    let mut rows = Vec::with_capacity(themes.len());
    for (slot, theme) in themes.iter().enumerate() {
        let mut cells = vec![cell(&whole, slot, measure, None)];
        for group in groups {
            cells.push(cell(group, slot, measure, Some(&placed.without(group))));
        }
        rows.push(ThemeRow {
            theme: theme.clone(),
            cells,
        });
    }
    let tests = correct(&mut rows, measure);
    let mut columns = vec![ThemeColumn::new(None, whole.base())];
    for (index, group) in groups.iter().enumerate() {
        let key = group_key(place, grouping, index).to_owned();
        let name = place.group(grouping)[index].name.clone();
        columns.push(ThemeColumn::new(Some((key, name)), group.base()));
    }
    rank(&mut rows, &mut columns, measure);
    let lead = lead::of_themes(dataset, selection, &source, &whole);
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
    })
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
        }
    }
}

fn cell(tally: &Tally, slot: usize, measure: Measure, rest: Option<&Tally>) -> ThemeCell {
    let figure = tally.figure(slot, measure);
    let difference = rest.map(|rest| {
        let rest = rest.figure(slot, measure);
        let test = if figure.base().is_small() {
            None
        } else {
            compare(&figure, &rest)
        };
        Difference {
            rest,
            test,
            p_holm: None,
            mark: None,
        }
    });
    ThemeCell {
        figure,
        rank: None,
        rank_change: None,
        difference,
    }
}

fn compare(one: &Figure, other: &Figure) -> Option<Test> {
    match (one, other) {
        (Figure::Share(one), Figure::Share(other)) => two_proportions(*one, *other),
        (Figure::Mean(one), Figure::Mean(other)) => two_means(one, other),
        _ => None,
    }
}

/// Corrects all tests of the table together; returns how many there are.
fn correct(rows: &mut [ThemeRow], measure: Measure) -> usize {
    let differences = || {
        rows.iter()
            .flat_map(|row| &row.cells)
            .filter_map(|cell| cell.difference.as_ref())
    };
    let tests: Vec<Option<f64>> = differences()
        .map(|difference| difference.test.map(|test| test.p))
        .collect();
    let corrected = holm(&tests);
    let cells = rows.iter_mut().flat_map(|row| &mut row.cells);
    for (difference, p) in cells
        .filter_map(|cell| cell.difference.as_mut())
        .zip(&corrected)
    {
        difference.p_holm = *p;
        difference.mark = p.filter(|p| *p < LEVEL).and(difference.test).map(|test| {
            if (test.statistic > 0.0) == measure.low_is_more() {
                Direction::Less
            } else {
                Direction::More
            }
        });
    }
    corrected.iter().flatten().count()
}

/// Ranks the themes in each column whose base is not small; figures closer than 1e-9 share a rank.
fn rank(rows: &mut [ThemeRow], columns: &mut [ThemeColumn], measure: Measure) {
    for (place, column) in columns
        .iter_mut()
        .enumerate()
        .filter(|(_, column)| !column.small)
    {
        let wanted = |row: &ThemeRow| {
            let value = row.cells[place].figure.value()?;
            Some(if measure.low_is_more() { -value } else { value })
        };
        let all: Vec<Option<f64>> = rows.iter().map(wanted).collect();
        for (row, own) in rows.iter_mut().zip(&all) {
            let Some(own) = own else { continue };
            let ahead = all
                .iter()
                .flatten()
                .filter(|other| **other > own + 1e-9)
                .count();
            let rank = u32::try_from(ahead + 1).unwrap_or(u32::MAX);
            let change = row.cells[0]
                .rank
                .and_then(|whole| i32::try_from(i64::from(whole) - i64::from(rank)).ok());
            let cell = &mut row.cells[place];
            cell.rank = Some(rank);
            cell.rank_change = if place == 0 { None } else { change };
            if rank == 1 {
                column.first.push(row.theme.clone());
            }
        }
    }
}
