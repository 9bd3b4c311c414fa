//! Shares with their bases, and their intervals. There is no percentage here without the number of people it is of.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::weights::WeightedBase;

/// The number of standard errors either side that leave 5 % outside: the normal quantile at 0.975.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Under this base a figure is marked as small, and never ranked.
pub const SMALL_BASE: u32 = 50;

/// The number of people a figure is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Base(pub u32);

impl Base {
    /// Whether a figure of this base is to be marked as small.
    #[must_use]
    pub fn is_small(self) -> bool {
        self.0 < SMALL_BASE
    }

    /// As a number to divide by; nothing, when it is nobody.
    #[must_use]
    pub fn divisor(self) -> Option<f64> {
        (self.0 > 0).then_some(f64::from(self.0))
    }
}

/// The two ends of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// The interval of figures `factor` times as large.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        let (one, other) = (self.low * factor, self.high * factor);
        Self {
            low: one.min(other),
            high: one.max(other),
        }
    }

    /// The interval of figures larger by so much.
    #[must_use]
    pub fn shifted(self, by: f64) -> Self {
        Self {
            low: self.low + by,
            high: self.high + by,
        }
    }
}

/// How many of how many. As JSON it also carries the share (0..1) and its 95 % Wilson interval, null without a base, and
/// the same with weights, where they were asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Share {
    /// How many did.
    pub count: u32,
    /// Of how many.
    pub base: Base,
    /// The same with weights, where they were asked for.
    pub weighted: Option<WeightedShare>,
}

/// A share with weights: the weights of those who did, and of all who might have.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct WeightedShare {
    /// Those who did.
    pub chosen: WeightedBase,
    /// All of the base.
    pub base: WeightedBase,
}

impl WeightedShare {
    /// The share on 0..1, Σw of those who did over Σw of all; nothing, when it is of nobody.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.base.sum > 0.0).then(|| self.chosen.sum / self.base.sum)
    }

    /// The 95 % Wilson interval of the weighted share with the effective base (Σw)² / Σw² in place of n.
    #[must_use]
    pub fn wilson(self) -> Option<Interval> {
        Some(wilson(self.value()?, self.base.effective()?))
    }

    /// The linearised standard error, √(n/(n − 1) Σw²(y − p)²) / Σw, with the weights taken as fixed; nothing under two
    /// people. Source: Lumley (2010), Complex Surveys, section 2.2; Särndal, Swensson and Wretman (1992).
    #[must_use]
    pub fn se(self) -> Option<f64> {
        let p = self.value()?;
        let n = f64::from(self.base.responses);
        let others = self.base.squares - self.chosen.squares;
        let about = self.chosen.squares * (1.0 - p).powi(2) + others.max(0.0) * p * p;
        (n > 1.0).then(|| (n / (n - 1.0) * about).sqrt() / self.base.sum)
    }
}

impl Serialize for WeightedShare {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let interval = self.wilson();
        let mut share = serializer.serialize_struct("WeightedShare", 7)?;
        share.serialize_field("responses", &self.base.responses)?;
        share.serialize_field("count", &self.chosen.sum)?;
        share.serialize_field("base", &self.base.sum)?;
        share.serialize_field("effective_base", &self.base.effective())?;
        share.serialize_field("share", &self.value())?;
        share.serialize_field("low", &interval.map(|interval| interval.low))?;
        share.serialize_field("high", &interval.map(|interval| interval.high))?;
        share.end()
    }
}

impl Share {
    /// `count` of `base`; more than all is all.
    #[must_use]
    pub fn new(count: u32, base: Base) -> Self {
        Self {
            count: count.min(base.0),
            base,
            weighted: None,
        }
    }

    /// The same with a weighted part.
    #[must_use]
    pub fn with_weights(self, weighted: Option<WeightedShare>) -> Self {
        Self { weighted, ..self }
    }

    /// The share on 0..1; nothing, when it is of nobody.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        self.base.divisor().map(|base| f64::from(self.count) / base)
    }

    /// The 95 % Wilson score interval; nothing, when it is of nobody.
    #[must_use]
    pub fn wilson(self) -> Option<Interval> {
        Some(wilson(self.value()?, self.base.divisor()?))
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let interval = self.wilson();
        let fields = 5 + usize::from(self.weighted.is_some());
        let mut share = serializer.serialize_struct("Share", fields)?;
        share.serialize_field("count", &self.count)?;
        share.serialize_field("base", &self.base)?;
        share.serialize_field("share", &self.value())?;
        share.serialize_field("low", &interval.map(|interval| interval.low))?;
        share.serialize_field("high", &interval.map(|interval| interval.high))?;
        match &self.weighted {
            Some(weighted) => share.serialize_field("weighted", weighted)?,
            None => share.skip_field("weighted")?,
        }
        share.end()
    }
}

/// The 95 % Wilson score interval of a share `p` of `n` people (or of an effective base), without continuity
/// correction: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), kept inside 0..1.
/// Source: Wilson (1927), Journal of the American Statistical Association 22: 209–212.
#[must_use]
pub fn wilson(p: f64, n: f64) -> Interval {
    let spread = Z95 * Z95 / n;
    let centre = p + spread / 2.0;
    let reach = Z95 * (p * (1.0 - p) / n + spread / (4.0 * n)).sqrt();
    Interval {
        low: ((centre - reach) / (1.0 + spread)).clamp(0.0, 1.0),
        high: ((centre + reach) / (1.0 + spread)).clamp(0.0, 1.0),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use statrs::distribution::{ContinuousCDF, Normal};

    use super::*;

    #[test]
    fn the_95_per_cent_quantile_is_that_of_the_normal_distribution() {
        let quantile = Normal::standard().inverse_cdf(0.975);
        assert!((quantile - Z95).abs() < 1e-12, "{quantile}");
    }

    #[test]
    fn a_share_of_nobody_has_no_value() {
        let share = Share::new(0, Base(0));
        assert_eq!(share.value(), None);
        assert_eq!(share.wilson(), None);
        let json = serde_json::to_string(&share).unwrap();
        assert_eq!(
            json,
            r#"{"count":0,"base":0,"share":null,"low":null,"high":null}"#
        );
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share(base in 1_u32..2_000_000, part in 0.0_f64..=1.0) {
            let share = Share::new((f64::from(base) * part) as u32, Base(base));
            let (value, interval) = (share.value().unwrap(), share.wilson().unwrap());
            prop_assert!(interval.low <= value + 1e-12 && value <= interval.high + 1e-12);
            prop_assert!(0.0 <= interval.low && interval.high <= 1.0);
        }
    }
}
