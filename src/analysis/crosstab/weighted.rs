//! A crosstab with weights: weighted shares, effective bases, and tests that reckon with them.

use serde::Serialize;

use super::{
    count::{Counts, add},
    proportions::{ColumnTests, Columns, PairTest, RestTest},
    rao_scott::{RaoScott, rao_scott},
    table::letters,
    weighted_means::WeightedMeanRow,
};
use crate::analysis::{
    share::{Base, Interval, SMALL_BASE, wilson},
    significance::holm,
    variable::Category,
    weights::{WeightedBase, Weights},
};

/// One column with weights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeightedColumn {
    /// How many responses stand behind it: those who live in the place.
    pub responses: Base,
    /// The sum of their weights.
    pub sum: f64,
    /// How many people of a simple random sample they are worth.
    pub effective_base: Option<f64>,
    /// Whether they are worth too few to be tested.
    pub small: bool,
}

impl WeightedColumn {
    fn of(total: WeightedBase) -> Self {
        let effective_base = total.effective();
        Self {
            responses: Base(total.responses),
            sum: total.sum,
            effective_base,
            small: effective_base.is_none_or(|base| base < f64::from(SMALL_BASE)),
        }
    }
}

/// A row's share of all columns together, with weights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeightedTotal {
    /// The sum of weights.
    pub sum: f64,
    /// Its share.
    pub share: Option<f64>,
    /// The 95 % Wilson interval of that, by the effective base.
    pub interval: Option<Interval>,
}

/// One cell with weights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeightedCell {
    /// The sum of weights.
    pub sum: f64,
    /// Its share of its column.
    pub share: Option<f64>,
    /// The 95 % Wilson interval of that, by the effective base.
    pub interval: Option<Interval>,
    /// The column against all others together.
    pub against_rest: RestTest,
    /// The letters of the columns whose share is lower, after Holm's correction.
    pub higher_than: String,
}

/// A crosstab with weights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeightedTable {
    /// All columns together.
    pub all: WeightedColumn,
    /// The columns.
    pub columns: Vec<WeightedColumn>,
    /// Row → its share of all columns together.
    pub totals: Vec<WeightedTotal>,
    /// Row → column.
    pub cells: Vec<Vec<WeightedCell>>,
    /// Whether the variables hang together; none where rows are several ticks.
    pub rao_scott: Option<RaoScott>,
    /// The same of each row against not ticking it, where rows are several ticks.
    pub of_rows: Vec<RaoScott>,
    /// Their probabilities after Holm's correction over all rows.
    pub of_rows_p_holm: Vec<Option<f64>>,
    /// The means of a scale.
    pub means: Option<WeightedMeanRow>,
    /// Every row and pair of columns.
    pub pairs: Vec<PairTest>,
}

impl WeightedTable {
    /// How many pairs of columns were tested: the family of the letters' correction.
    #[must_use]
    pub fn tests(&self) -> usize {
        self.pairs
            .iter()
            .filter(|pair| pair.test.p.is_some())
            .count()
    }

    /// How many columns are worth too few to be tested.
    #[must_use]
    pub fn small_columns(&self) -> usize {
        self.columns.iter().filter(|column| column.small).count()
    }

    pub(super) fn of(
        counts: &Counts,
        rows: &[Category],
        weights: &Weights,
        several: bool,
        (least, in_pairs): (Base, bool),
    ) -> Self {
        let (cells, totals) = counts.worth(weights);
        let means = WeightedMeanRow::of(rows, &cells, (least, in_pairs)).filter(|_| !several);
        Self {
            means,
            ..Self::from_cells(&cells, &totals, several, (least, in_pairs))
        }
    }

    /// From what each cell and each column is worth; means need to know what rows stand for.
    pub(super) fn from_cells(
        cells: &[Vec<WeightedBase>],
        totals: &[WeightedBase],
        several: bool,
        (least, in_pairs): (Base, bool),
    ) -> Self {
        let columns = weighted_columns(cells, totals);
        let tests = ColumnTests::of(&columns, least, in_pairs);
        let pairs_of_row = tests.pairs.len() / cells.len().max(1);
        let cell = |row: usize, column: usize| {
            let share = columns.share(row, column);
            let of_row = tests.pairs[row * pairs_of_row..(row + 1) * pairs_of_row].iter();
            WeightedCell {
                sum: cells[row][column].sum,
                share,
                interval: share
                    .zip(columns.bases[column])
                    .map(|(share, base)| wilson(share, base)),
                against_rest: tests.against_rest[row][column],
                higher_than: letters(
                    column,
                    of_row.map(|pair| (pair.column, pair.other, &pair.test)),
                ),
            }
        };
        let of_rows: Vec<RaoScott> = if several {
            cells
                .iter()
                .map(|row| rao_scott(&[row.clone(), others(row, totals)]))
                .collect()
        } else {
            Vec::new()
        };
        let chances: Vec<Option<f64>> = of_rows.iter().map(|test| test.p).collect();
        let all = totals
            .iter()
            .fold(WeightedBase::default(), |sum, total| add(sum, *total));
        let total = |row: &Vec<WeightedBase>| {
            let sum: f64 = row.iter().map(|cell| cell.sum).sum();
            let share = all.effective().map(|base| (sum / all.sum, base));
            WeightedTotal {
                sum,
                share: share.map(|(share, _)| share),
                interval: share.map(|(share, base)| wilson(share, base)),
            }
        };
        Self {
            all: WeightedColumn::of(all),
            columns: totals
                .iter()
                .map(|total| WeightedColumn::of(*total))
                .collect(),
            totals: cells.iter().map(total).collect(),
            cells: (0..cells.len())
                .map(|row| (0..totals.len()).map(|column| cell(row, column)).collect())
                .collect(),
            rao_scott: (!several).then(|| rao_scott(cells)),
            of_rows,
            of_rows_p_holm: holm(&chances),
            means: None,
            pairs: tests.pairs,
        }
    }
}

fn weighted_columns(cells: &[Vec<WeightedBase>], totals: &[WeightedBase]) -> Columns {
    let rest = |column: usize| {
        let others = totals
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != column);
        others.fold(WeightedBase::default(), |sum, (_, total)| add(sum, *total))
    };
    Columns {
        totals: totals.iter().map(|total| total.sum).collect(),
        bases: totals.iter().map(|total| total.effective()).collect(),
        rest_bases: (0..totals.len())
            .map(|column| rest(column).effective())
            .collect(),
        cells: cells
            .iter()
            .map(|row| row.iter().map(|cell| cell.sum).collect())
            .collect(),
    }
}

/// Those of each column who did not tick an option.
fn others(row: &[WeightedBase], totals: &[WeightedBase]) -> Vec<WeightedBase> {
    let other = |(cell, total): (&WeightedBase, &WeightedBase)| {
        let responses = total.responses - cell.responses;
        if responses == 0 {
            return WeightedBase::default();
        }
        WeightedBase {
            responses,
            sum: total.sum - cell.sum,
            squares: total.squares - cell.squares,
        }
    };
    row.iter().zip(totals).map(other).collect()
}
