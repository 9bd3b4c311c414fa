//! Means and quartiles with weights.
//!
//! Standard errors are linearised (Taylor): the design is the responses of the base, with replacement, in one stratum, and
//! the weights are taken as fixed, so that what raking itself adds is not in them. With all weights 1 they are the
//! textbook's. Source: Lumley (2010), Complex Surveys, section 2.2; Särndal, Swensson and Wretman (1992), Model
//! Assisted Survey Sampling, section 5.7.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{
    share::{Interval, WeightedShare},
    student::t95,
    weights::WeightedBase,
};

/// A mean with weights.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct WeightedMean {
    /// Of whom.
    pub base: WeightedBase,
    /// The mean, Σwy / Σw; none for nobody.
    pub mean: Option<f64>,
    /// The linearised standard error, √(n/(n − 1) Σw²(y − m)²) / Σw; none under two people.
    pub se: Option<f64>,
    /// The 95 % interval by Student's t with n − 1 degrees of freedom; not cut to the scale.
    pub interval: Option<Interval>,
}

impl WeightedMean {
    /// From Σwy and Σw²(y − m)².
    fn new(base: WeightedBase, sum: f64, about: f64) -> Self {
        if base.sum <= 0.0 {
            return Self::default();
        }
        let mean = sum / base.sum;
        let n = f64::from(base.responses);
        let se = (n > 1.0).then(|| (n / (n - 1.0) * about.max(0.0)).sqrt() / base.sum);
        let interval = se.map(|se| {
            let reach = t95(n - 1.0) * se;
            Interval {
                low: mean - reach,
                high: mean + reach,
            }
        });
        Self {
            base,
            mean: Some(mean),
            se,
            interval,
        }
    }

    /// From each value and who gave it.
    #[must_use]
    pub fn of(values: &[(f64, WeightedBase)]) -> Self {
        let base = values
            .iter()
            .fold(WeightedBase::default(), |sum, (_, base)| sum.with(*base));
        let sum: f64 = values.iter().map(|(value, base)| value * base.sum).sum();
        let mean = sum / base.sum.max(f64::MIN_POSITIVE);
        let about = values
            .iter()
            .map(|(value, base)| base.squares * (value - mean).powi(2));
        Self::new(base, sum, about.sum())
    }

    /// The same of values `factor` times as large.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            base: self.base,
            mean: self.mean.map(|mean| mean * factor),
            se: self.se.map(|se| se * factor.abs()),
            interval: self.interval.map(|interval| interval.scaled(factor)),
        }
    }

    /// The same of values larger by so much.
    #[must_use]
    pub fn shifted(self, by: f64) -> Self {
        Self {
            mean: self.mean.map(|mean| mean + by),
            interval: self.interval.map(|interval| interval.shifted(by)),
            ..self
        }
    }
}

impl Serialize for WeightedMean {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut mean = serializer.serialize_struct("WeightedMean", 7)?;
        mean.serialize_field("responses", &self.base.responses)?;
        mean.serialize_field("base", &self.base.sum)?;
        mean.serialize_field("effective_base", &self.base.effective())?;
        mean.serialize_field("mean", &self.mean)?;
        mean.serialize_field("se", &self.se)?;
        mean.serialize_field("low", &self.interval.map(|interval| interval.low))?;
        mean.serialize_field("high", &self.interval.map(|interval| interval.high))?;
        mean.end()
    }
}

/// Quartiles with weights: the smallest value whose cumulative weight reaches the share of all weight (a relative 1e-12
/// short counts as reached), so that each is a value somebody gave. Source: Lumley (2010), Complex Surveys, section 2.4.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct WeightedQuartiles {
    /// The lower quartile.
    pub q1: Option<f64>,
    /// The median.
    pub median: Option<f64>,
    /// The upper quartile.
    pub q3: Option<f64>,
}

impl WeightedQuartiles {
    /// From each value, ascending, and who gave it.
    #[must_use]
    pub fn of(values: &[(f64, WeightedBase)]) -> Self {
        Self {
            q1: quantile(values, 0.25),
            median: quantile(values, 0.5),
            q3: quantile(values, 0.75),
        }
    }
}

fn quantile(values: &[(f64, WeightedBase)], share: f64) -> Option<f64> {
    let all: f64 = values.iter().map(|(_, base)| base.sum).sum();
    let enough = share * all * (1.0 - 1e-12);
    let mut reached = 0.0;
    let mut given = values.iter().filter(|(_, base)| base.sum > 0.0);
    given
        .find(|(_, base)| {
            reached += base.sum;
            reached >= enough
        })
        .map(|(value, _)| *value)
}

/// Sums of a score over people with weights, from whole numbers by stratum: all that shares and means of the score need.
/// Sums of separate groups of people add up to those of all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct ScoreSums {
    /// Who has a score.
    pub(super) base: WeightedBase,
    /// Σy.
    count: i128,
    /// Σwy.
    sum: f64,
    /// Σw²y.
    cross: f64,
    /// Σw²y².
    squares: f64,
}

impl ScoreSums {
    /// Adds people of one weight: how many, the sum of their scores, and of the scores' squares.
    pub(super) fn add(&mut self, people: u32, weight: f64, sum: i128, squares: i128) {
        if weight > 0.0 {
            self.base.add(people, weight);
            self.count += sum;
            self.sum += weight * sum as f64;
            self.cross += weight * weight * sum as f64;
            self.squares += weight * weight * squares as f64;
        }
    }

    /// Both groups together.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            base: self.base.with(other.base),
            count: self.count + other.count,
            sum: self.sum + other.sum,
            cross: self.cross + other.cross,
            squares: self.squares + other.squares,
        }
    }

    /// Of a score that is 1 or 0: the share that has 1.
    pub(super) fn share(&self) -> WeightedShare {
        WeightedShare {
            chosen: WeightedBase {
                responses: u32::try_from(self.count).unwrap_or_default(),
                sum: self.sum,
                squares: self.squares,
            },
            base: self.base,
        }
    }

    /// The mean of the score.
    pub(super) fn mean(&self) -> WeightedMean {
        let mean = self.sum / self.base.sum.max(f64::MIN_POSITIVE);
        // Σw²(y − m)²; what is smaller than the rounding of its terms is nothing.
        let about = self.squares - 2.0 * mean * self.cross + mean * mean * self.base.squares;
        let about = if about < 1e-13 * self.squares {
            0.0
        } else {
            about
        };
        WeightedMean::new(self.base, self.sum, about)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn of(people: u32, weight: f64) -> WeightedBase {
        let mut base = WeightedBase::default();
        base.add(people, weight);
        base
    }

    #[test]
    fn nobody_and_one_person_have_no_standard_error() {
        assert_eq!(WeightedMean::of(&[]), WeightedMean::default());
        assert_eq!(WeightedQuartiles::of(&[]), WeightedQuartiles::default());
        let one = WeightedMean::of(&[(7.0, of(1, 0.3))]);
        assert_eq!((one.mean, one.se, one.interval), (Some(7.0), None, None));
        let share = ScoreSums::default().share();
        assert_eq!(
            (share.value(), share.wilson(), share.se()),
            (None, None, None)
        );
    }

    #[test]
    fn the_weighted_median_is_a_value_somebody_gave() {
        let quartiles =
            WeightedQuartiles::of(&[(2.0, of(1, 1.0)), (4.0, of(1, 1.0)), (9.0, of(2, 1.0))]);
        assert_eq!(
            (quartiles.q1, quartiles.median, quartiles.q3),
            (Some(2.0), Some(4.0), Some(9.0))
        );
    }

    #[test]
    fn sums_give_the_same_mean_as_values() {
        let mut sums = ScoreSums::default();
        sums.add(3, 0.5, 9, 29);
        sums.add(2, 2.0, 7, 25);
        let values = [
            (2.0, of(1, 0.5)),
            (3.0, of(1, 0.5)),
            (4.0, of(1, 0.5)),
            (3.0, of(1, 2.0)),
            (4.0, of(1, 2.0)),
        ];
        let (one, other) = (sums.mean(), WeightedMean::of(&values));
        assert!((one.mean.unwrap() - other.mean.unwrap()).abs() < 1e-14);
        assert!((one.se.unwrap() - other.se.unwrap()).abs() < 1e-14);
    }
}
