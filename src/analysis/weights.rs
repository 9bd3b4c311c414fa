//! Weights: how much a response counts, by stratum, and what a weighted base is worth.

use serde::Serialize;

use super::strata::{self, OUTSIDE, Stratum};
use crate::geography::Place;

/// How much a response of each stratum counts. The mean over all who are in weighted results is 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights(Vec<f64>);

impl Weights {
    /// Everybody who lives in the place counts once; people outside don't count.
    #[must_use]
    pub fn ones(place: &Place) -> Self {
        let mut of = vec![1.0; strata::count(place)];
        of[usize::from(OUTSIDE)] = 0.0;
        Self(of)
    }

    /// Weights by stratum, in the order of [`strata`]; that of [`OUTSIDE`] is taken as 0.
    #[must_use]
    pub fn by_stratum(mut of: Vec<f64>) -> Self {
        if let Some(outside) = of.get_mut(usize::from(OUTSIDE)) {
            *outside = 0.0;
        }
        Self(of)
    }

    /// The weight of a stratum; 0 for one that is not known.
    #[must_use]
    pub fn of(&self, stratum: Stratum) -> f64 {
        self.0.get(usize::from(stratum)).copied().unwrap_or(0.0)
    }

    /// All weights, by stratum.
    #[must_use]
    pub fn as_slice(&self) -> &[f64] {
        &self.0
    }

    /// What a base of these counts by stratum is worth.
    #[must_use]
    pub fn base(&self, counts: &[u32]) -> WeightedBase {
        let mut base = WeightedBase::default();
        for (count, weight) in counts.iter().zip(&self.0) {
            base.add(*count, *weight);
        }
        base
    }

    /// The sum of weights of these counts by stratum.
    #[must_use]
    pub fn sum(&self, counts: &[u32]) -> f64 {
        let pairs = counts.iter().zip(&self.0);
        pairs
            .map(|(count, weight)| f64::from(*count) * weight)
            .sum()
    }
}

/// A base with weights.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct WeightedBase {
    /// How many responses.
    pub responses: u32,
    /// The sum of their weights.
    pub sum: f64,
    /// The sum of the squares of their weights.
    pub squares: f64,
}

impl WeightedBase {
    /// Adds so many responses of one weight; those without weight are in no weighted base.
    pub fn add(&mut self, responses: u32, weight: f64) {
        if responses > 0 && weight > 0.0 {
            let number = f64::from(responses);
            self.responses += responses;
            self.sum += number * weight;
            self.squares += number * weight * weight;
        }
    }

    /// Both bases together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            responses: self.responses + other.responses,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
        }
    }

    /// How many people of a simple random sample the base is worth: (Σw)² / Σw² (Kish 1965, Survey Sampling).
    /// None for a base of nobody.
    #[must_use]
    pub fn effective(self) -> Option<f64> {
        (self.squares > 0.0).then(|| self.sum * self.sum / self.squares)
    }

    /// How much weighting widens the variance: n Σw² / (Σw)² (Kish 1965). None for a base of nobody.
    #[must_use]
    pub fn design_effect(self) -> Option<f64> {
        self.effective()
            .map(|effective| f64::from(self.responses) / effective)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn equal_weights_are_worth_the_whole_base_and_outside_counts_nothing() {
        let weights = Weights::by_stratum(vec![9.0, 1.0, 2.0, 2.0]);
        let base = weights.base(&[5, 0, 3, 4]);
        assert_eq!((base.responses, base.sum), (7, 14.0));
        assert!((base.effective().unwrap() - 7.0).abs() < 1e-12);
        assert!((base.design_effect().unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_base_of_nobody_has_no_effective_base() {
        let weights = Weights::by_stratum(vec![0.0, 1.0]);
        assert_eq!(weights.base(&[3, 0]).effective(), None);
    }
}
