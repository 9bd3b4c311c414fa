//! Chance for made-up people: the same seed throws the same dice on every machine, in every version.
//!
//! Only additions, multiplications and divisions are used, which every machine rounds alike; logarithms and the like
//! differ in their last digit from one system's library to another's.

use crate::survey::shuffle::{SplitMix64, fnv1a};

/// Dice of one person, or of one purpose.
#[derive(Debug, Clone)]
pub(super) struct Dice(SplitMix64);

impl Dice {
    /// Dice for a purpose and a number, such as the n-th person: what one throws changes nothing for another.
    pub(super) fn new(seed: u64, purpose: &str, number: u64) -> Self {
        let parts: [&[u8]; 3] = [
            &seed.to_le_bytes(),
            purpose.as_bytes(),
            &number.to_le_bytes(),
        ];
        Self(SplitMix64(fnv1a(&parts)))
    }

    /// 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0.next()
    }

    /// A number from 0 (included) to 1 (left out).
    #[allow(clippy::cast_precision_loss)] // 53 bits are exactly what an f64 holds.
    pub(super) fn unit(&mut self) -> f64 {
        (self.0.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number between two.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Whether something of that probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A place in a list of `length`, which is not empty.
    pub(super) fn place(&mut self, length: usize) -> usize {
        self.0.below(length.max(1))
    }

    /// One of several things; none of nothing.
    pub(super) fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        things.get(self.place(things.len()))
    }

    /// A place in a list of weights, the heavier the likelier; none if nothing weighs anything.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> Option<usize> {
        let total: f64 = weights.iter().sum();
        let mut left = self.unit() * total;
        let mut last = None;
        for (place, &weight) in weights.iter().enumerate().filter(|(_, w)| **w > 0.0) {
            last = Some(place);
            if left < weight {
                break;
            }
            left -= weight;
        }
        last
    }

    /// A number of the standard normal distribution, nearly: the sum of twelve even ones (Irwin and Hall).
    pub(super) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// A number of the log-normal distribution whose median is 1.
    pub(super) fn log_normal(&mut self, sigma: f64) -> f64 {
        exp(sigma * self.normal())
    }
}

/// e to the power of a number between -10 and 10, to about one per cent: (1 + x/4096)⁴⁰⁹⁶.
fn exp(x: f64) -> f64 {
    let mut power = 1.0 + x / 4096.0;
    for _ in 0..12 {
        power *= power;
    }
    power
}

/// How much something unknown weighs, between 0 and 1: always the same for the same name.
pub(super) fn taste(parts: &[&str]) -> f64 {
    let bytes: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
    // One step of the generator spreads what names have in common.
    Dice(SplitMix64(fnv1a(&bytes))).unit()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn dice_throw_the_same_for_ever() {
        let mut dice = Dice::new(1, "people", 0);
        let mut again = Dice::new(1, "people", 0);
        assert_eq!(dice.bits(), again.bits());
        assert_ne!(dice.bits(), Dice::new(1, "people", 1).bits());
        assert_ne!(dice.bits(), Dice::new(2, "people", 0).bits());
    }

    #[test]
    fn weights_are_kept() {
        let mut dice = Dice::new(1, "test", 0);
        let mut seen = [0_u32; 3];
        for _ in 0..10_000 {
            seen[dice.weighted(&[1.0, 0.0, 3.0]).unwrap()] += 1;
        }
        assert_eq!(seen[1], 0);
        assert!((2300..2700).contains(&seen[0]), "{seen:?}");
        assert_eq!(dice.weighted(&[0.0]), None);
        assert_eq!(dice.weighted(&[]), None);
    }

    #[test]
    fn normal_and_log_normal_have_their_middle_and_width() {
        let mut dice = Dice::new(1, "test", 1);
        let many: Vec<f64> = (0..10_000).map(|_| dice.normal()).collect();
        let mean = many.iter().sum::<f64>() / 10_000.0;
        let square = many.iter().map(|n| n * n).sum::<f64>() / 10_000.0;
        assert!(mean.abs() < 0.05 && (0.95..1.05).contains(&square));
        let mut times: Vec<f64> = (0..10_001).map(|_| dice.log_normal(0.5)).collect();
        times.sort_by(f64::total_cmp);
        assert!((0.95..1.05).contains(&times[5000]));
        for x in [-2.0_f64, -0.5, 0.0, 1.0, 2.5] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 0.01, "{x}");
        }
    }
}
