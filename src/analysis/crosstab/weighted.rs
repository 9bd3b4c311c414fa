//! A crosstab with weights: weighted shares, effective bases, and tests that reckon with them.

use serde::Serialize;

use super::{
    count::{Counts, add},
    proportions::{ColumnTests, Columns, PairTest, RestTest},
    rao_scott::{RaoScott, rao_scott},
    table::letters,
};
use crate::analysis::{
    share::{Base, Interval, wilson},
    significance::holm,
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
    /// The columns.
    pub columns: Vec<WeightedColumn>,
    /// Row → column.
    pub cells: Vec<Vec<WeightedCell>>,
    /// Whether the variables hang together; none where rows are several ticks.
    pub rao_scott: Option<RaoScott>,
    /// The same of each row against not ticking it, where rows are several ticks.
    pub of_rows: Vec<RaoScott>,
    /// Their probabilities after Holm's correction over all rows.
    pub of_rows_p_holm: Vec<Option<f64>>,
    /// Every row and pair of columns.
    pub pairs: Vec<PairTest>,
}

impl WeightedTable {
    pub(super) fn of(
        counts: &Counts,
        weights: &Weights,
        several: bool,
        (least, in_pairs): (Base, bool),
    ) -> Self {
        let (cells, totals) = counts.worth(weights);
        Self::from_cells(&cells, &totals, several, (least, in_pairs))
    }

    /// From what each cell and each column is worth.
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
        Self {
            columns: totals
                .iter()
                .map(|total| WeightedColumn {
                    responses: Base(total.responses),
                    sum: total.sum,
                    effective_base: total.effective(),
                })
                .collect(),
            cells: (0..cells.len())
                .map(|row| (0..totals.len()).map(|column| cell(row, column)).collect())
                .collect(),
            rao_scott: (!several).then(|| rao_scott(cells)),
            of_rows,
            of_rows_p_holm: holm(&chances),
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
        responses: totals.iter().map(|total| Base(total.responses)).collect(),
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
