//! Means of a scale in each column with weights, and which of them differ.

use serde::Serialize;

use super::{means::MeanPair, proportions::Adjusted, table::letters};
use crate::analysis::{
    share::Base,
    significance::{Test, two_weighted_means},
    variable::Category,
    weighted_moments::WeightedMean,
    weights::WeightedBase,
};

/// The weighted mean of a scale in one column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeightedColumnMean {
    /// The mean of those on the scale.
    #[serde(flatten)]
    pub mean: WeightedMean,
    /// The column against all others together.
    pub against_rest: Adjusted,
    /// The letters of the columns whose mean is lower, after Holm's correction.
    pub higher_than: String,
}

/// The weighted means of a scale: points as they are numbered, columns of a grid as 1, 2, … from the left; what stands
/// apart is left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeightedMeanRow {
    /// Of everybody.
    pub all: WeightedMean,
    /// Of each column.
    pub columns: Vec<WeightedColumnMean>,
    /// Every pair of columns.
    pub pairs: Vec<MeanPair>,
}

impl WeightedMeanRow {
    /// The means of a table of weighted cells, rows down; none, where its rows stand for no numbers. Tests are Welch's of
    /// linearised standard errors, two-sided, corrected as those without weights are. Columns worth fewer than `least`
    /// people are not tested. Source: Welch (1947), Biometrika 34: 28–35; Lumley (2010), Complex Surveys, section 2.2.
    #[must_use]
    pub(super) fn of(
        rows: &[Category],
        cells: &[Vec<WeightedBase>],
        (least, in_pairs): (Base, bool),
    ) -> Option<Self> {
        rows.iter().find(|row| row.value.is_some())?;
        let count = cells.first().map_or(0, Vec::len);
        let mean = |is_in: &dyn Fn(usize) -> bool| {
            let values = rows.iter().zip(cells).filter_map(|(row, cells)| {
                let columns = (0..count).filter(|column| is_in(*column));
                let base = columns.fold(WeightedBase::default(), |sum, at| sum.with(cells[at]));
                Some((row.value? as f64, base))
            });
            WeightedMean::of(&values.collect::<Vec<_>>())
        };
        let is_enough = |mean: &WeightedMean| {
            let effective = mean.base.effective();
            effective.is_some_and(|base| base >= f64::from(least.0))
        };
        let test = |one: &WeightedMean, other: &WeightedMean| -> Option<Test> {
            (is_enough(one) && is_enough(other))
                .then(|| two_weighted_means(one, other))
                .flatten()
        };
        let means: Vec<WeightedMean> = (0..count).map(|own| mean(&|at| at == own)).collect();
        let rests: Vec<Option<Test>> = means
            .iter()
            .enumerate()
            .map(|(own, of_own)| test(of_own, &mean(&|at| at != own)))
            .collect();
        let pairs = if in_pairs {
            MeanPair::all(count, |column, other| test(&means[column], &means[other]))
        } else {
            Vec::new()
        };
        let of_pairs = || {
            pairs
                .iter()
                .map(|pair| (pair.column, pair.other, &pair.test))
        };
        let columns = means.into_iter().zip(Adjusted::all(&rests)).enumerate();
        let columns = columns.map(|(column, (mean, against_rest))| WeightedColumnMean {
            mean,
            against_rest,
            higher_than: letters(column, of_pairs()),
        });
        let columns = columns.collect();
        Some(Self {
            all: mean(&|_| true),
            columns,
            pairs,
        })
    }
}
