//! Crosstabs: one variable's answers against another's, whether they hang together, and which columns differ.
//!
//! [`super::variable`] says what can be compared and turns it into a code per response; `count` counts pairs of codes in one
//! pass; `pearson`, `proportions`, `means` and `rao_scott` are the tests; `table` puts a crosstab together. The base
//! is everybody with both known. Conventions are those of the reference figures (`tests/fixtures/reference`).

mod count;
mod means;
mod pearson;
mod proportions;
mod rao_scott;
#[cfg(test)]
mod reference_tests;
mod table;
#[cfg(test)]
mod tests;
mod weighted;
mod weighted_means;
#[cfg(test)]
mod weighted_tests;

pub(super) use count::{Counts, count};
pub use means::{ColumnMean, MeanPair, MeanRow};
pub use pearson::{Association, Effect, Fit, pearson};
pub use proportions::{Adjusted, ColumnTests, Columns, PairTest, RestTest};
pub use rao_scott::{RaoScott, rao_scott};
pub use table::{
    CrossCell, CrossColumn, CrossRow, Crosstab, MOST_LETTERS, RowAssociation, crosstab, letter,
};
pub use weighted::{WeightedCell, WeightedColumn, WeightedTable, WeightedTotal};
pub use weighted_means::{WeightedColumnMean, WeightedMeanRow};
