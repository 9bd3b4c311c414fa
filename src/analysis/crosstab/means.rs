//! Means of a scale in each column, and which of them differ.

use serde::Serialize;

use super::proportions::Adjusted;
use crate::analysis::{
    moments::Mean,
    share::Base,
    significance::{Test, two_means},
    variable::Category,
};

/// The mean of a scale in one column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnMean {
    /// The mean of those on the scale.
    #[serde(flatten)]
    pub mean: Mean,
    /// The column against all others together.
    pub against_rest: Adjusted,
    /// The letters of the columns whose mean is lower, after Holm's correction.
    pub higher_than: String,
}

/// A column's mean against that of another, listed later.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MeanPair {
    /// The column listed first.
    pub column: usize,
    /// The column it is held against.
    pub other: usize,
    /// The test.
    #[serde(flatten)]
    pub test: Adjusted,
}

impl MeanPair {
    /// Every pair of so many columns, tested and corrected together.
    pub(super) fn all(count: usize, test: impl Fn(usize, usize) -> Option<Test>) -> Vec<Self> {
        let places: Vec<(usize, usize)> = (0..count)
            .flat_map(|column| (column + 1..count).map(move |other| (column, other)))
            .collect();
        let tests: Vec<Option<Test>> = places
            .iter()
            .map(|(column, other)| test(*column, *other))
            .collect();
        let pairs = places.into_iter().zip(Adjusted::all(&tests));
        pairs
            .map(|((column, other), test)| Self {
                column,
                other,
                test,
            })
            .collect()
    }
}

/// The means of a scale: points as they are numbered, columns of a grid as 1, 2, … from the left; what stands apart is
/// left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeanRow {
    /// Of everybody.
    pub all: Mean,
    /// Of each column.
    pub columns: Vec<ColumnMean>,
    /// Every pair of columns.
    pub pairs: Vec<MeanPair>,
}

/// Sums of whole numbers: exact, and free of order.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    base: u32,
    sum: i128,
    squares: i128,
}

impl Sums {
    fn of(counts: impl Iterator<Item = (Option<i64>, u32)>) -> Self {
        let mut sums = Self::default();
        for (value, count) in counts {
            let Some(value) = value.map(i128::from) else {
                continue;
            };
            sums.base += count;
            sums.sum += value * i128::from(count);
            sums.squares += value * value * i128::from(count);
        }
        sums
    }

    fn without(self, part: Self) -> Self {
        Self {
            base: self.base - part.base,
            sum: self.sum - part.sum,
            squares: self.squares - part.squares,
        }
    }

    fn mean(self) -> Mean {
        Mean::from_sums(self.base, self.sum, self.squares, 1)
    }
}

impl MeanRow {
    /// The means of a table of counts, rows down; none, where its rows stand for no numbers. Tests are Welch's, two
    /// sided; Holm and Benjamini–Hochberg correct over all columns, and over all pairs. Columns of fewer than `least`
    /// people are not tested. Source: Welch (1947), Biometrika 34: 28–35.
    #[must_use]
    pub fn of(rows: &[Category], counts: &[Vec<u32>], least: Base, in_pairs: bool) -> Option<Self> {
        rows.iter().find(|row| row.value.is_some())?;
        let values = || rows.iter().map(|row| row.value);
        let count = counts.first().map_or(0, Vec::len);
        let sums: Vec<Sums> = (0..count)
            .map(|column| Sums::of(values().zip(counts.iter().map(|row| row[column]))))
            .collect();
        let all = Sums::of(values().zip(counts.iter().map(|row| row.iter().sum())));
        let means: Vec<Mean> = sums.iter().map(|sums| sums.mean()).collect();
        let test = |one: &Mean, other: &Mean| -> Option<Test> {
            (one.base >= least && other.base >= least)
                .then(|| two_means(one, other))
                .flatten()
        };
        let rests: Vec<Option<Test>> = sums
            .iter()
            .zip(&means)
            .map(|(sums, mean)| test(mean, &all.without(*sums).mean()))
            .collect();
        let pairs = if in_pairs {
            MeanPair::all(count, |column, other| test(&means[column], &means[other]))
        } else {
            Vec::new()
        };
        let columns = means.into_iter().zip(Adjusted::all(&rests)).enumerate();
        let columns = columns
            .map(|(column, (mean, against_rest))| ColumnMean {
                mean,
                against_rest,
                higher_than: super::table::letters(
                    column,
                    pairs
                        .iter()
                        .map(|pair| (pair.column, pair.other, &pair.test)),
                ),
            })
            .collect();
        Some(Self {
            all: all.mean(),
            columns,
            pairs,
        })
    }
}
