//! Themes by area: how much each area wants each theme, and where that differs from the rest of the place.
//!
//! The first column is the whole place: everybody selected who answered, except those who say they live outside it;
//! people who gave no area are kept there and stand in no other column. Each other column is a group of areas, tested
//! against all other groups together: shares by the pooled two-proportion z test, means by Welch's t test, two-sided.
//! Holm's correction is over all cells of the table that were tested. Groups with a small base are neither tested nor
//! ranked. A theme that several items stand for is as high as the highest of them, and gets the money of all.

use serde::Serialize;

use super::{
    areas::{group_key, groups_of_cells, word},
    columns::Column,
    dataset::Dataset,
    filter::Selection,
    lead::{self, Lead},
    moments::Mean,
    ranking::{self, BallotCount, Ballots, NO_SLOT, Score, TOP_PLACES},
    schema::{ANSWERED, Layout, Options, Purse, Schema},
    share::{Base, Share},
    significance::{LEVEL, Test, holm, two_means, two_proportions},
};
use crate::{geography::Grouping, survey::ids::ThemeKey};

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
    /// The mean share of the budget, 0..1.
    Money,
}

impl Measure {
    /// Every measure, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::TopThree, Self::First, Self::MeanRank, Self::Money];

    /// Its word in addresses and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::TopThree => "top3",
            Self::First => "first",
            Self::MeanRank => "mean_rank",
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

    pub(super) const fn score(self) -> Option<Score> {
        match self {
            Self::TopThree => Some(Score::Top(TOP_PLACES)),
            Self::First => Some(Score::Top(1)),
            Self::MeanRank => Some(Score::DoubledRank),
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

    /// The lower and upper end of the 95 % interval.
    #[must_use]
    pub fn interval(&self) -> Option<super::share::Interval> {
        match self {
            Self::Share(share) => share.wilson(),
            Self::Mean(mean) => mean.interval,
        }
    }
}

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

/// Where a measure's figures come from: a question's column, and which theme each of its items stands for.
pub(super) struct Source {
    pub(super) column: usize,
    pub(super) measure: Measure,
    pub(super) places: usize,
    /// Item → theme, as a place in `themes`.
    pub(super) slots: Vec<u8>,
    pub(super) themes: Vec<ThemeKey>,
    pub(super) purse: Option<Purse>,
}

impl Source {
    fn find(schema: &Schema, measure: Measure) -> Result<Self, Unmeasured> {
        let lacking = if measure == Measure::Money {
            Unmeasured::NoBudget
        } else {
            Unmeasured::NoRanking
        };
        let roles = schema.roles();
        let column = if measure == Measure::Money {
            roles.budget
        } else {
            roles.priorities
        };
        let column = column.ok_or(lacking)?;
        let (items, places, purse) = match &schema.questions()[column].layout {
            Layout::Ranking { items, places } if measure != Measure::Money => {
                (items, *places, None)
            }
            Layout::Budget { items, total, unit } if measure == Measure::Money => (
                items,
                0,
                Some(Purse {
                    total: *total,
                    unit: *unit,
                }),
            ),
            _ => return Err(lacking),
        };
        let (themes, slots) = slots(schema, items);
        if themes.is_empty() {
            return Err(Unmeasured::NoThemes);
        }
        Ok(Self {
            column,
            measure,
            places,
            slots,
            themes,
            purse,
        })
    }

    fn count(
        &self,
        dataset: &Dataset,
        selection: &Selection,
        groups: &[u8; 256],
        group_count: usize,
    ) -> Vec<Tally> {
        if let Some(purse) = self.purse {
            let money = self.money(dataset, selection, groups, group_count);
            return money
                .into_iter()
                .map(|money| Tally::Money(money, purse))
                .collect();
        }
        let by = BallotCount {
            column: self.column,
            places: self.places,
            slots: &self.slots,
            slot_count: self.themes.len(),
            groups,
            group_count,
        };
        ranking::count(dataset, selection, &by)
            .into_iter()
            .map(Tally::Ballots)
            .collect()
    }

    fn money(
        &self,
        dataset: &Dataset,
        selection: &Selection,
        groups: &[u8; 256],
        group_count: usize,
    ) -> Vec<Money> {
        let blank = Money {
            base: 0,
            sums: vec![(0, 0); self.themes.len()],
        };
        let mut money = vec![blank; group_count];
        selection.each_chunk(dataset, |chunk, part| {
            let Column::Budget { status, amounts } = &chunk.columns[self.column] else {
                return;
            };
            let counts = |row: usize| status[row] == ANSWERED;
            let group = |row: usize| usize::from(groups[usize::from(chunk.area[row])]);
            part.each(chunk.len(), |row| {
                money[group(row)].base += u32::from(counts(row))
            });
            for slot in 0..self.themes.len() {
                let columns = self.columns_of(slot, amounts);
                part.each(chunk.len(), |row| {
                    if counts(row) {
                        let amount: u64 = columns.iter().map(|cells| u64::from(cells[row])).sum();
                        let (sum, squares) = &mut money[group(row)].sums[slot];
                        *sum += amount;
                        *squares += amount * amount;
                    }
                });
            }
        });
        money
    }

    /// The amounts of the items that stand for a theme.
    pub(super) fn columns_of<'a>(&self, slot: usize, amounts: &'a [Vec<u16>]) -> Vec<&'a [u16]> {
        let items = self.slots.iter().zip(amounts);
        items
            .filter(|(own, _)| usize::from(**own) == slot)
            .map(|(_, cells)| &cells[..])
            .collect()
    }
}

/// The themes that items stand for, in the survey's order, and the theme of each item.
fn slots(schema: &Schema, items: &Options) -> (Vec<ThemeKey>, Vec<u8>) {
    let named = |theme: &&ThemeKey| {
        items
            .list()
            .iter()
            .any(|item| item.theme.as_ref() == Some(*theme))
    };
    let themes: Vec<ThemeKey> = schema
        .themes()
        .iter()
        .filter(named)
        .take(usize::from(NO_SLOT))
        .cloned()
        .collect();
    let slot = |theme: &ThemeKey| themes.iter().position(|known| known == theme);
    let slots = items
        .list()
        .iter()
        .map(|item| {
            item.theme
                .as_ref()
                .and_then(slot)
                .and_then(|slot| u8::try_from(slot).ok())
        })
        .map(|slot| slot.unwrap_or(NO_SLOT))
        .collect();
    (themes, slots)
}

/// Budgets of one group of people.
#[derive(Debug, Clone)]
pub(super) struct Money {
    base: u32,
    /// Theme → sum of amounts, and of their squares.
    sums: Vec<(u64, u64)>,
}

/// What one group of people said.
#[derive(Debug, Clone)]
pub(super) enum Tally {
    Ballots(Ballots),
    Money(Money, Purse),
}

impl Tally {
    pub(super) fn base(&self) -> Base {
        match self {
            Self::Ballots(ballots) => ballots.base(),
            Self::Money(money, _) => Base(money.base),
        }
    }

    /// The sums of a theme's scores or amounts, and of their squares.
    pub(super) fn sums(&self, slot: usize, measure: Measure) -> (i128, i128) {
        match (self, measure.score()) {
            (Self::Ballots(ballots), Some(score)) => ballots.sums(slot, score),
            (Self::Ballots(_), None) => (0, 0),
            (Self::Money(money, _), _) => {
                let (sum, squares) = money.sums[slot];
                (i128::from(sum), i128::from(squares))
            }
        }
    }

    fn figure(&self, slot: usize, measure: Measure) -> Figure {
        match (self, measure) {
            (Self::Ballots(ballots), Measure::First) => Figure::Share(ballots.top(slot, 1)),
            (Self::Ballots(ballots), Measure::MeanRank) => Figure::Mean(ballots.mean_rank(slot)),
            (Self::Ballots(ballots), _) => Figure::Share(ballots.top(slot, TOP_PLACES)),
            (Self::Money(money, purse), _) => {
                let (sum, squares) = self.sums(slot, measure);
                let mean = Mean::from_sums(money.base, sum, squares, 1);
                Figure::Mean(mean.scaled(1.0 / f64::from(purse.total.max(1))))
            }
        }
    }

    fn add(&mut self, other: &Self) {
        match (self, other) {
            (Self::Ballots(own), Self::Ballots(other)) => own.add(other),
            (Self::Money(own, _), Self::Money(other, _)) => {
                own.base += other.base;
                for (own, other) in own.sums.iter_mut().zip(&other.sums) {
                    *own = (own.0 + other.0, own.1 + other.1);
                }
            }
            // Both come from one source.
            _ => {}
        }
    }

    fn without(&self, part: &Self) -> Self {
        match (self, part) {
            (Self::Ballots(own), Self::Ballots(part)) => Self::Ballots(own.without(part)),
            (Self::Money(own, purse), Self::Money(part, _)) => {
                let sums = own.sums.iter().zip(&part.sums);
                let sums = sums
                    .map(|(own, part)| (own.0 - part.0, own.1 - part.1))
                    .collect();
                Self::Money(
                    Money {
                        base: own.base - part.base,
                        sums,
                    },
                    *purse,
                )
            }
            _ => self.clone(),
        }
    }
}
