//! A crosstab put together: counts, shares, tests.

use serde::Serialize;

use super::{
    count::{Counts, count},
    means::MeanRow,
    pearson::{Association, pearson},
    proportions::{Adjusted, ColumnTests, Columns, PairTest, RestTest},
    weighted::WeightedTable,
};
use crate::analysis::{
    dataset::Dataset,
    filter::Selection,
    share::{Base, SMALL_BASE, Share},
    significance::{LEVEL, holm},
    variable::{Variable, VariableKey},
    weights::Weights,
};

/// The most columns that are tested pair by pair: as many as there are letters for them.
pub const MOST_LETTERS: usize = 26;

/// The letter of a column.
#[must_use]
pub fn letter(column: usize) -> Option<char> {
    let place = u8::try_from(column)
        .ok()
        .filter(|place| usize::from(*place) < MOST_LETTERS)?;
    Some(char::from(b'A' + place))
}

/// One column: a category of the banner.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CrossColumn {
    /// The category's code.
    pub code: String,
    /// Its letter, where columns are tested pair by pair.
    pub letter: Option<char>,
    /// Who is in it.
    pub base: Base,
    /// Whether they are too few to be tested.
    pub small: bool,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CrossCell {
    /// Its share of its column.
    #[serde(flatten)]
    pub share: Share,
    /// The count that independence would expect; none where rows are several ticks.
    pub expected: Option<f64>,
    /// The adjusted residual; none where rows are several ticks.
    pub residual: Option<f64>,
    /// The column against all others together.
    pub against_rest: RestTest,
    /// The letters of the columns whose share is lower, after Holm's correction.
    pub higher_than: String,
}

/// One tick of several against not ticking it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RowAssociation {
    /// The test; none with fewer than two rows or columns that hold somebody.
    #[serde(flatten)]
    pub association: Option<Association>,
    /// Its probability after Holm's correction over all rows.
    pub p_holm: Option<f64>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CrossRow {
    /// The category's code.
    pub code: String,
    /// Whether it stands apart from a scale.
    pub apart: bool,
    /// Its share of everybody in the base.
    pub total: Share,
    /// Its cells, in the order of the columns.
    pub cells: Vec<CrossCell>,
    /// Whether it hangs together with the banner, where rows are several ticks.
    pub association: Option<RowAssociation>,
}

/// One variable by another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Crosstab {
    /// What is down.
    pub row: VariableKey,
    /// What is across: the banner.
    pub column: VariableKey,
    /// Whether rows are several ticks: shares of a column add up to more than 1, and each row is tested for itself.
    pub several: bool,
    /// Everybody with both known.
    pub base: Base,
    /// The columns.
    pub columns: Vec<CrossColumn>,
    /// The rows.
    pub rows: Vec<CrossRow>,
    /// Whether the two hang together; none where rows are several ticks, or too little varies.
    pub association: Option<Association>,
    /// How many pairs of columns were tested: the family of the letters' correction.
    pub tests: usize,
    /// The tests of pairs of columns.
    pub pairs: Vec<PairTest>,
    /// The means of a scale.
    pub means: Option<MeanRow>,
    /// The same with weights.
    pub weighted: Option<WeightedTable>,
}

impl Crosstab {
    /// How many columns are too small to be tested.
    #[must_use]
    pub fn small_columns(&self) -> usize {
        self.columns.iter().filter(|column| column.small).count()
    }
}

/// Counts the selected responses by two variables and tests what differs. `column` is a variable of single categories.
/// Columns of fewer than [`SMALL_BASE`] people are in the chi-square test and in no other.
#[must_use]
pub fn crosstab(
    dataset: &Dataset,
    selection: &Selection,
    row: &Variable,
    column: &Variable,
    weights: Option<&Weights>,
) -> Crosstab {
    let counts = count(dataset, selection, row, column, weights.is_some());
    put_together(&counts, row, column, weights, Base(SMALL_BASE))
}

/// The crosstab of some counts; columns of fewer than `least` people are not tested.
pub(super) fn put_together(
    counts: &Counts,
    row: &Variable,
    column: &Variable,
    weights: Option<&Weights>,
    least: Base,
) -> Crosstab {
    let several = row.is_several();
    let in_pairs = column.len() <= MOST_LETTERS;
    let together = counts.together();
    let table = together.table();
    let totals: Vec<u32> = (0..column.len())
        .map(|column| together.column(column))
        .collect();
    let tests = ColumnTests::of(&Columns::counted(&table, &totals), least, in_pairs);
    let fit = (!several).then(|| pearson(&table));
    let of_rows = if several {
        of_rows(&table, &totals)
    } else {
        Vec::new()
    };
    let base = Base(totals.iter().sum());
    let pairs_of_row = tests.pairs.len() / row.len().max(1);
    let rows = row.categories.iter().enumerate().map(|(place, category)| {
        let pairs = &tests.pairs[place * pairs_of_row..(place + 1) * pairs_of_row];
        let cells = totals.iter().enumerate().map(|(at, total)| CrossCell {
            share: Share::new(table[place][at], Base(*total)),
            expected: fit.as_ref().and_then(|fit| fit.expected[place][at]),
            residual: fit.as_ref().and_then(|fit| fit.residuals[place][at]),
            against_rest: tests.against_rest[place][at],
            higher_than: letters(
                at,
                pairs
                    .iter()
                    .map(|pair| (pair.column, pair.other, &pair.test)),
            ),
        });
        CrossRow {
            code: category.code.clone(),
            apart: category.apart,
            total: Share::new(table[place].iter().sum(), base),
            cells: cells.collect(),
            association: of_rows.get(place).copied(),
        }
    });
    let columns = column.categories.iter().zip(&totals).enumerate();
    Crosstab {
        row: row.key.clone(),
        column: column.key.clone(),
        several,
        base,
        columns: columns
            .map(|(place, (category, total))| CrossColumn {
                code: category.code.clone(),
                letter: letter(place).filter(|_| in_pairs),
                base: Base(*total),
                small: Base(*total).is_small(),
            })
            .collect(),
        rows: rows.collect(),
        association: fit.and_then(|fit| fit.association),
        tests: tests
            .pairs
            .iter()
            .filter(|pair| pair.test.p.is_some())
            .count(),
        means: MeanRow::of(&row.categories, &table, least, in_pairs).filter(|_| !several),
        weighted: weights
            .map(|weights| WeightedTable::of(counts, weights, several, (least, in_pairs))),
        pairs: tests.pairs,
    }
}

/// Each option ticked or not, by the columns; Holm's correction is over all options.
fn of_rows(table: &[Vec<u32>], totals: &[u32]) -> Vec<RowAssociation> {
    let tests: Vec<Option<Association>> = table
        .iter()
        .map(|ticked| {
            let others = totals
                .iter()
                .zip(ticked)
                .map(|(total, ticked)| total - ticked);
            pearson(&[ticked.clone(), others.collect()]).association
        })
        .collect();
    let chances: Vec<Option<f64>> = tests.iter().map(|test| test.map(|test| test.p)).collect();
    tests
        .into_iter()
        .zip(holm(&chances))
        .map(|(association, p_holm)| RowAssociation {
            association,
            p_holm,
        })
        .collect()
}

/// The letters of the columns that `column` is higher than, after Holm's correction.
pub(super) fn letters<'a>(
    column: usize,
    pairs: impl Iterator<Item = (usize, usize, &'a Adjusted)>,
) -> String {
    let lower = pairs.filter_map(|(one, other, test)| {
        let statistic = test.statistic?;
        test.p_holm.filter(|p| *p < LEVEL)?;
        if one == column && statistic > 0.0 {
            letter(other)
        } else if other == column && statistic < 0.0 {
            letter(one)
        } else {
            None
        }
    });
    lower.collect()
}
