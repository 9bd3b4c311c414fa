//! Which columns differ, row by row: z tests of two proportions, corrected over all tests of one list in one table.

use serde::Serialize;

use crate::analysis::{
    share::Base,
    significance::{Test, benjamini_hochberg, holm, pooled_z},
};

/// A test with what remains of it after correction. Nothing could be tested, where all are null.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Adjusted {
    /// z or t: the difference in standard errors.
    pub statistic: Option<f64>,
    /// The probability of so large a difference by chance.
    pub p: Option<f64>,
    /// The same after Holm's correction over the whole list.
    pub p_holm: Option<f64>,
    /// The same as Benjamini and Hochberg correct it, over the whole list.
    pub p_bh: Option<f64>,
}

impl Adjusted {
    /// Corrects a list of tests together; those that could not be made are no part of the family.
    #[must_use]
    pub fn all(tests: &[Option<Test>]) -> Vec<Self> {
        let chances: Vec<Option<f64>> = tests.iter().map(|test| test.map(|test| test.p)).collect();
        let corrected = holm(&chances).into_iter().zip(benjamini_hochberg(&chances));
        tests
            .iter()
            .zip(corrected)
            .map(|(test, (p_holm, p_bh))| Self {
                statistic: test.map(|test| test.statistic),
                p: test.map(|test| test.p),
                p_holm,
                p_bh,
            })
            .collect()
    }
}

/// A column against all other columns together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RestTest {
    /// The share in all other columns together; none, where they hold nobody.
    pub share_rest: Option<f64>,
    /// The test.
    #[serde(flatten)]
    pub test: Adjusted,
}

/// A column against another, listed later.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PairTest {
    /// The row.
    pub row: usize,
    /// The column listed first.
    pub column: usize,
    /// The column it is held against; the statistic is that of the first minus this.
    pub other: usize,
    /// The test.
    #[serde(flatten)]
    pub test: Adjusted,
}

/// What the columns of a table are worth: each column's base, and how much of it each row holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// Column → what its shares are of: people, or the sum of their weights.
    pub totals: Vec<f64>,
    /// Column → the base a test reckons with: people, or the effective base.
    pub bases: Vec<Option<f64>>,
    /// Column → the same of all other columns together.
    pub rest_bases: Vec<Option<f64>>,
    /// Row → column → how much of the column's total.
    pub cells: Vec<Vec<f64>>,
}

impl Columns {
    /// The columns of plain counts; `totals` says how many people each column is of.
    #[must_use]
    pub fn counted(cells: &[Vec<u32>], totals: &[u32]) -> Self {
        let all: u32 = totals.iter().sum();
        let base = |people: u32| Base(people).divisor();
        Self {
            totals: totals.iter().map(|total| f64::from(*total)).collect(),
            bases: totals.iter().map(|total| base(*total)).collect(),
            rest_bases: totals.iter().map(|total| base(all - total)).collect(),
            cells: cells
                .iter()
                .map(|row| row.iter().map(|count| f64::from(*count)).collect())
                .collect(),
        }
    }

    /// The share of a row in a column; none, where the column holds nobody.
    #[must_use]
    pub fn share(&self, row: usize, column: usize) -> Option<f64> {
        self.bases[column].map(|_| self.cells[row][column] / self.totals[column])
    }

    fn rest_share(&self, row: usize, column: usize) -> Option<f64> {
        self.rest_bases[column]?;
        let others = || (0..self.totals.len()).filter(|other| *other != column);
        let of: f64 = others().map(|other| self.totals[other]).sum();
        Some(others().map(|other| self.cells[row][other]).sum::<f64>() / of)
    }
}

/// Every test of the columns of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnTests {
    /// Row → column → the column against all others together.
    pub against_rest: Vec<Vec<RestTest>>,
    /// Every row and pair of columns, in order; empty, where pairs are not tested.
    pub pairs: Vec<PairTest>,
}

impl ColumnTests {
    /// Tests every column against the rest, and every pair of columns if `in_pairs`: the two-sided z test of two
    /// proportions with pooled variance, no continuity correction; Holm and Benjamini–Hochberg over all rows of each
    /// of the two lists. Columns of fewer than `least` people are not tested. With weights, shares are weighted and
    /// effective bases stand in for people, also here.
    /// Source: Agresti (2013), Categorical Data Analysis, section 3.2; Holm (1979); Benjamini and Hochberg (1995).
    #[must_use]
    pub fn of(columns: &Columns, least: Base, in_pairs: bool) -> Self {
        let count = columns.totals.len();
        let reaches = |base: Option<f64>| base.is_some_and(|base| base >= f64::from(least.0));
        let enough = |column: usize| reaches(columns.bases[column]);
        let rest_enough = |column: usize| reaches(columns.rest_bases[column]);
        let mut rest_shares = Vec::new();
        let mut rest_tests = Vec::new();
        let mut places = Vec::new();
        let mut pair_tests = Vec::new();
        for row in 0..columns.cells.len() {
            for column in 0..count {
                let rest = columns.rest_share(row, column);
                let test = || {
                    let own = (columns.share(row, column)?, columns.bases[column]?);
                    pooled_z(own, (rest?, columns.rest_bases[column]?))
                };
                let may = enough(column) && rest_enough(column);
                rest_tests.push(if may { test() } else { None });
                rest_shares.push(rest);
                for other in (column + 1..count).filter(|_| in_pairs) {
                    let test = || {
                        let own = (columns.share(row, column)?, columns.bases[column]?);
                        pooled_z(own, (columns.share(row, other)?, columns.bases[other]?))
                    };
                    places.push((row, column, other));
                    pair_tests.push(if enough(column) && enough(other) {
                        test()
                    } else {
                        None
                    });
                }
            }
        }
        let against_rest: Vec<RestTest> = rest_shares
            .into_iter()
            .zip(Adjusted::all(&rest_tests))
            .map(|(share_rest, test)| RestTest { share_rest, test })
            .collect();
        let pairs = places.into_iter().zip(Adjusted::all(&pair_tests));
        Self {
            against_rest: against_rest
                .chunks(count.max(1))
                .map(<[_]>::to_vec)
                .collect(),
            pairs: pairs
                .map(|((row, column, other), test)| PairTest {
                    row,
                    column,
                    other,
                    test,
                })
                .collect(),
        }
    }
}
