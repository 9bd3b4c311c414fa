//! The columns of tables that weights add.

use super::rows::{Cell, direction, ends};
use crate::analysis::{share::Interval, themes::ThemeCell, weights::WeightedBase};

/// The same cell of themes by area with weights.
pub(super) fn weighted_theme_cells(cell: &ThemeCell) -> Vec<Cell> {
    let figure = &cell.figure;
    let base = figure.weighted_base();
    let mut cells =
        Vec::from(weighted(base.map(|base| {
            (figure.weighted_value(), base, figure.weighted_interval())
        })));
    let standing = cell.weighted.unwrap_or_default();
    let difference = standing.difference;
    let test = difference.and_then(|difference| difference.test);
    cells.extend([
        standing.rank.into(),
        standing.rank_change.map(f64::from).into(),
        difference
            .and_then(|difference| difference.rest.weighted_value())
            .into(),
        test.map(|test| test.statistic).into(),
        test.map(|test| test.p).into(),
        difference.and_then(|difference| difference.p_holm).into(),
        difference
            .and_then(|difference| difference.mark)
            .map(direction)
            .into(),
    ]);
    cells
}

/// A figure with weights: value, sum of weights, effective base, interval.
pub(super) fn weighted(figure: Option<(Option<f64>, WeightedBase, Option<Interval>)>) -> [Cell; 5] {
    let Some((value, base, interval)) = figure else {
        return std::array::from_fn(|_| Cell::Empty);
    };
    let (low, high) = ends(interval);
    [
        value.into(),
        base.sum.into(),
        base.effective().into(),
        low,
        high,
    ]
}
