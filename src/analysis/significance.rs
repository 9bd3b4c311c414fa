//! Whether two figures differ by more than chance, and what remains of that after many comparisons.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::{
    moments::Mean,
    share::{Share, WeightedShare},
    weighted_moments::WeightedMean,
};

/// A difference counts when its probability by chance, after correction, is below this.
pub const LEVEL: f64 = 0.05;

/// A two-sided test of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Test {
    /// z or t: the difference in standard errors.
    pub statistic: f64,
    /// The probability of so large a difference by chance.
    pub p: f64,
}

/// The two-sided z test of two proportions with pooled variance, no continuity correction. Nothing, when either is of
/// nobody or all agree. Source: Agresti (2013), Categorical Data Analysis, section 3.2.
#[must_use]
pub fn two_proportions(one: Share, other: Share) -> Option<Test> {
    pooled_z(
        (one.value()?, one.base.divisor()?),
        (other.value()?, other.base.divisor()?),
    )
}

/// The same of two shares, each with its base; of weighted shares, with effective bases.
#[must_use]
pub fn pooled_z((p1, n1): (f64, f64), (p2, n2): (f64, f64)) -> Option<Test> {
    let pooled = (p1 * n1 + p2 * n2) / (n1 + n2);
    let variance = pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2);
    // The bound under which the reference figures call a variance nothing but rounding.
    (variance > 1e-15).then(|| by_normal((p1 - p2) / variance.sqrt()))
}

/// The same of shares with weights: effective bases (Σw)² / Σw² stand in for the numbers of people, also in the pooled
/// share. Source: Kish (1965), Survey Sampling; the convention of the reference figures.
#[must_use]
pub fn two_weighted_proportions(one: WeightedShare, other: WeightedShare) -> Option<Test> {
    let (p1, p2) = (one.value()?, other.value()?);
    let (n1, n2) = (one.base.effective()?, other.base.effective()?);
    let pooled = (p1 * n1 + p2 * n2) / (n1 + n2);
    let variance = pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2);
    (variance > 1e-15).then(|| by_normal((p1 - p2) / variance.sqrt()))
}

/// Welch's two-sided t test of two means with weights, by their linearised standard errors; each has its number of
/// people less one as degrees of freedom, as its interval has.
#[must_use]
pub fn two_weighted_means(one: &WeightedMean, other: &WeightedMean) -> Option<Test> {
    let people = |mean: &WeightedMean| f64::from(mean.base.responses);
    welch(
        (one.mean?, one.se?, people(one)),
        (other.mean?, other.se?, people(other)),
    )
}

/// Welch's two-sided t test of two means. Nothing, when either is of fewer than two people or nothing varies.
/// Source: Welch (1947), Biometrika 34: 28–35.
#[must_use]
pub fn two_means(one: &Mean, other: &Mean) -> Option<Test> {
    welch(
        (one.mean?, one.se?, one.base.divisor()?),
        (other.mean?, other.se?, other.base.divisor()?),
    )
}

/// From a mean, its standard error and the number of people, twice.
fn welch((m1, se1, n1): (f64, f64, f64), (m2, se2, n2): (f64, f64, f64)) -> Option<Test> {
    let (v1, v2) = (se1.powi(2), se2.powi(2));
    let variance = v1 + v2;
    if variance <= 1e-15 {
        return None;
    }
    let df = variance.powi(2) / (v1.powi(2) / (n1 - 1.0) + v2.powi(2) / (n2 - 1.0));
    let statistic = (m1 - m2) / variance.sqrt();
    let p = 2.0 * StudentsT::new(0.0, 1.0, df).ok()?.sf(statistic.abs());
    Some(Test {
        statistic,
        p: p.clamp(0.0, 1.0),
    })
}

/// The two-sided probability of a z statistic.
#[must_use]
pub fn by_normal(statistic: f64) -> Test {
    let p = 2.0 * Normal::standard().sf(statistic.abs());
    Test {
        statistic,
        p: p.clamp(0.0, 1.0),
    }
}

/// Holm's step-down correction for many comparisons, in the order given; tests that could not be made are left out of
/// the family. Source: Holm (1979), Scandinavian Journal of Statistics 6: 65–70.
#[must_use]
pub fn holm(tests: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(usize, f64)> = tests
        .iter()
        .enumerate()
        .filter_map(|(place, p)| Some((place, (*p)?)))
        .collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut corrected = vec![None; tests.len()];
    let mut highest = 0.0_f64;
    for (done, (place, p)) in order.iter().enumerate() {
        highest = highest.max(p * (order.len() - done) as f64).min(1.0);
        corrected[*place] = Some(highest);
    }
    corrected
}

/// Benjamini and Hochberg's step-up correction, which bounds the share of false alarms among the differences found, in
/// the order given; tests that could not be made are left out of the family.
/// Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57: 289–300.
#[must_use]
pub fn benjamini_hochberg(tests: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(usize, f64)> = tests
        .iter()
        .enumerate()
        .filter_map(|(place, p)| Some((place, (*p)?)))
        .collect();
    order.sort_by(|one, other| other.1.total_cmp(&one.1));
    let mut corrected = vec![None; tests.len()];
    let mut lowest = 1.0_f64;
    let family = order.len();
    for (done, (place, p)) in order.into_iter().enumerate() {
        lowest = lowest.min(p * family as f64 / (family - done) as f64);
        corrected[place] = Some(lowest);
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holm_steps_down_and_never_turns_back() {
        let corrected = holm(&[Some(0.01), None, Some(0.04), Some(0.03)]);
        let expected = [Some(0.03), None, Some(0.06), Some(0.06)];
        for (found, wanted) in corrected.iter().zip(expected) {
            match (found, wanted) {
                (Some(found), Some(wanted)) => assert!((found - wanted).abs() < 1e-15),
                (found, wanted) => assert_eq!(*found, wanted),
            }
        }
    }

    #[test]
    fn nobody_and_no_variation_give_no_test() {
        use super::super::share::Base;
        assert_eq!(
            two_proportions(Share::new(0, Base(0)), Share::new(1, Base(5))),
            None
        );
        assert_eq!(
            two_proportions(Share::new(3, Base(3)), Share::new(5, Base(5))),
            None
        );
        assert_eq!(two_means(&Mean::default(), &Mean::default()), None);
    }
}
