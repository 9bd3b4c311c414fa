//! Means, spreads and quantiles of whole numbers, from how often each occurs.

use serde::Serialize;

pub use super::student::t95;
use super::{
    share::{Base, Interval},
    weighted_moments::{WeightedMean, WeightedQuartiles},
};

/// A mean with what can be said of it. What can't be computed is null: everything at base 0, spread and interval at
/// base 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Mean {
    /// Of how many people.
    pub base: Base,
    /// The mean.
    pub mean: Option<f64>,
    /// Standard deviation, with n − 1.
    pub sd: Option<f64>,
    /// Standard error, sd / √n.
    pub se: Option<f64>,
    /// The 95 % interval by Student's t with base − 1 degrees of freedom; not cut to the scale.
    pub interval: Option<Interval>,
    /// The same with weights, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted: Option<WeightedMean>,
}

impl Mean {
    /// From the number of people, the sum of their values and the sum of squared differences from their mean.
    #[must_use]
    pub fn new(base: u32, sum: f64, squares_about_mean: f64) -> Self {
        let base = Base(base);
        let Some(n) = base.divisor() else {
            return Self::default();
        };
        let mean = sum / n;
        if base.0 < 2 {
            return Self {
                base,
                mean: Some(mean),
                ..Self::default()
            };
        }
        let sd = (squares_about_mean.max(0.0) / (n - 1.0)).sqrt();
        let se = sd / n.sqrt();
        let reach = t95(n - 1.0) * se;
        Self {
            base,
            mean: Some(mean),
            sd: Some(sd),
            se: Some(se),
            interval: Some(Interval {
                low: mean - reach,
                high: mean + reach,
            }),
            weighted: None,
        }
    }

    /// The same with a weighted part.
    #[must_use]
    pub fn with_weights(self, weighted: Option<WeightedMean>) -> Self {
        Self { weighted, ..self }
    }

    /// The same of values that are larger by so much.
    #[must_use]
    pub fn shifted(self, by: f64) -> Self {
        Self {
            mean: self.mean.map(|mean| mean + by),
            interval: self.interval.map(|interval| interval.shifted(by)),
            weighted: self.weighted.map(|weighted| weighted.shifted(by)),
            ..self
        }
    }

    /// From the number of people, and exact sums of their values and squared values, each value counted `scale` times
    /// (2 where halves occur).
    #[must_use]
    pub fn from_sums(base: u32, sum: i128, squares: i128, scale: i128) -> Self {
        let n = i128::from(base.max(1));
        // Σ(x − m)² = (n Σx² − (Σx)²) / n, exact until the last division.
        let about = (n * squares - sum * sum) as f64 / (n * scale * scale) as f64;
        Self::new(base, sum as f64 / scale as f64, about)
    }

    /// The same of values `factor` times as large.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            base: self.base,
            mean: self.mean.map(|mean| mean * factor),
            sd: self.sd.map(|sd| sd * factor.abs()),
            se: self.se.map(|se| se * factor.abs()),
            interval: self.interval.map(|interval| interval.scaled(factor)),
            weighted: self.weighted.map(|weighted| weighted.scaled(factor)),
        }
    }
}

/// What a set of whole numbers looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Mean, spread and interval.
    #[serde(flatten)]
    pub mean: Mean,
    /// The lowest.
    pub min: Option<i64>,
    /// The lower quartile, type 7.
    pub q1: Option<f64>,
    /// The median.
    pub median: Option<f64>,
    /// The upper quartile, type 7.
    pub q3: Option<f64>,
    /// The highest.
    pub max: Option<i64>,
    /// The quartiles with weights, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted_quartiles: Option<WeightedQuartiles>,
}

/// How often each value occurs, values ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram(Vec<(i64, u32)>);

impl Histogram {
    /// From counts of `first`, `first + 1`, …
    #[must_use]
    pub fn from_counts(first: i64, counts: &[u32]) -> Self {
        Self(
            (first..)
                .zip(counts.iter().copied())
                .filter(|(_, count)| *count > 0)
                .collect(),
        )
    }

    /// From the values themselves.
    #[must_use]
    pub fn from_values(mut values: Vec<i64>) -> Self {
        values.sort_unstable();
        Self(
            values
                .chunk_by(|one, other| one == other)
                .map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX)))
                .collect(),
        )
    }

    /// From values, ascending and each once, and how often each occurs.
    pub(super) fn from_entries(entries: Vec<(i64, u32)>) -> Self {
        Self(entries)
    }

    /// The values and how often each occurs.
    #[must_use]
    pub fn entries(&self) -> &[(i64, u32)] {
        &self.0
    }

    /// How many values there are.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.0.iter().map(|(_, count)| count).sum()
    }

    /// How often a value occurs.
    #[must_use]
    pub fn count_of(&self, value: i64) -> u32 {
        self.0
            .iter()
            .find(|(known, _)| *known == value)
            .map_or(0, |(_, count)| *count)
    }

    /// Mean, spread, quartiles and range.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let total = self.total();
        let sum: f64 = self
            .0
            .iter()
            .map(|(value, count)| *value as f64 * f64::from(*count))
            .sum();
        let mean = sum / f64::from(total.max(1));
        let about: f64 = self
            .0
            .iter()
            .map(|(value, count)| (*value as f64 - mean).powi(2) * f64::from(*count))
            .sum();
        Summary {
            mean: Mean::new(total, sum, about),
            min: self.0.first().map(|(value, _)| *value),
            q1: self.quantile(0.25),
            median: self.quantile(0.5),
            q3: self.quantile(0.75),
            max: self.0.last().map(|(value, _)| *value),
            weighted_quartiles: None,
        }
    }

    /// The quantile of type 7: linear between order statistics at (n − 1) p + 1.
    /// Source: Hyndman and Fan (1996), The American Statistician 50: 361–365.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let last = self.total().checked_sub(1)?;
        let position = f64::from(last) * p.clamp(0.0, 1.0);
        let below = self.order_statistic(position.floor() as u32)?;
        let above = self.order_statistic((position.floor() as u32 + 1).min(last))?;
        Some(below + (position - position.floor()) * (above - below))
    }

    /// The mean without the ⌊n/10⌋ lowest and as many highest values.
    /// Source: Tukey and McLaughlin (1963), Sankhyā A 25: 331–352.
    #[must_use]
    pub fn trimmed_mean(&self) -> Option<f64> {
        let total = self.total();
        let trim = total / 10;
        let kept = Base(total - 2 * trim).divisor()?;
        let (mut seen, mut sum) = (0, 0.0);
        for (value, count) in &self.0 {
            let start = seen.max(trim);
            seen += count;
            sum += *value as f64 * f64::from(seen.min(total - trim).saturating_sub(start));
        }
        Some(sum / kept)
    }

    fn order_statistic(&self, rank: u32) -> Option<f64> {
        let mut seen = 0;
        self.0
            .iter()
            .find(|(_, count)| {
                seen += count;
                rank < seen
            })
            .map(|(value, _)| *value as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_one_and_of_two_values() {
        let one = Histogram::from_values(vec![7]).summary();
        assert_eq!(
            (one.median, one.mean.mean, one.mean.sd),
            (Some(7.0), Some(7.0), None)
        );
        let two = Histogram::from_values(vec![1, 2]).summary();
        assert_eq!(
            (two.q1, two.median, two.q3),
            (Some(1.25), Some(1.5), Some(1.75))
        );
        assert_eq!(Histogram::default().summary(), Summary::default());
    }
}
