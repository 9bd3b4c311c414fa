//! The gate between analysis and the public: what stands on a public page is of a type that only this file makes.
//!
//! This is its first piece, for a count that stands alone. Tables, whose hidden cells can be worked out from their totals,
//! need more, and are not published yet.

use serde::Serialize;

/// The least count that is published as a number; 1 to 9 are not.
pub const THRESHOLD: u64 = 10;
/// Published counts are multiples of this.
pub const ROUNDING: u64 = 5;

/// A count of people as everybody may know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PublishedCount(Shown);

/// What is shown of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// There is nobody.
    Nobody,
    /// There are 1 to 9.
    FewerThanTen,
    /// About so many.
    About(u64),
}

impl PublishedCount {
    /// Takes a count through the gate.
    ///
    /// Rule: counts below [`THRESHOLD`] are suppressed and zeros are shown; the others are rounded to the nearest multiple of
    /// [`ROUNDING`], 5⌊(n + 2) ⁄ 5⌋ (conventional rounding: Hundepool et al., Statistical Disclosure Control, Wiley 2012).
    #[must_use]
    pub const fn of(count: u64) -> Self {
        Self(match count {
            0 => Shown::Nobody,
            1..THRESHOLD => Shown::FewerThanTen,
            _ => Shown::About(rounded(count)),
        })
    }

    /// What may be shown.
    #[must_use]
    pub const fn shown(self) -> Shown {
        self.0
    }
}

const fn rounded(count: u64) -> u64 {
    count.saturating_add(ROUNDING / 2) / ROUNDING * ROUNDING
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn reference() -> Value {
        serde_json::from_str(include_str!(
            "../../tests/fixtures/reference/disclosure.json"
        ))
        .unwrap()
    }

    fn list(value: &Value) -> &[Value] {
        value.as_array().unwrap()
    }

    #[test]
    fn counts_are_rounded_as_the_reference_rounds_them() {
        let reference = reference();
        let mut compared = 0;
        for case in list(&reference["values"]["rounding"]) {
            let (given, expected) = (&case["input"], &case["expected"]);
            let counts = list(&given["counts"]).iter().chain([&given["base"]]);
            let wanted = list(&expected["rounded"])
                .iter()
                .chain([&expected["rounded_base"]]);
            for (count, wanted) in counts.zip(wanted) {
                let (count, wanted) = (count.as_u64().unwrap(), wanted.as_u64().unwrap());
                assert_eq!(rounded(count), wanted, "{count}");
                compared += 1;
                if count >= THRESHOLD {
                    assert_eq!(PublishedCount::of(count).shown(), Shown::About(wanted));
                }
            }
        }
        assert_eq!(compared, 25);
    }

    #[test]
    fn a_single_count_is_held_back_where_the_reference_holds_a_cell_back_first() {
        let reference = reference();
        let mut cells = 0;
        for table in list(&reference["values"]["tables"]) {
            let threshold = table["input"]["parameters"]["threshold"].as_u64();
            if threshold != Some(THRESHOLD) {
                continue;
            }
            let primary = list(&table["expected"]["primary"]);
            for cell in list(&table["input"]["cells"]) {
                let shown = PublishedCount::of(cell["count"].as_u64().unwrap()).shown();
                let is_held_back = shown == Shown::FewerThanTen;
                assert_eq!(is_held_back, primary.contains(&cell["cell"]), "{cell}");
                cells += 1;
            }
        }
        assert!(cells >= 20, "{cells}");
    }

    #[test]
    fn nobody_is_said_and_a_few_are_not_counted() {
        assert_eq!(PublishedCount::of(0).shown(), Shown::Nobody);
        for few in 1..10 {
            assert_eq!(PublishedCount::of(few).shown(), Shown::FewerThanTen);
        }
        assert_eq!(PublishedCount::of(10).shown(), Shown::About(10));
        assert_eq!(PublishedCount::of(12).shown(), Shown::About(10));
        assert_eq!(PublishedCount::of(13).shown(), Shown::About(15));
    }

    proptest! {
        #[test]
        fn a_published_number_is_a_multiple_of_five_and_off_by_two_at_most(count in THRESHOLD..u64::MAX / 2) {
            let Shown::About(about) = PublishedCount::of(count).shown() else {
                return Err(TestCaseError::fail("not shown"));
            };
            prop_assert_eq!(about % ROUNDING, 0);
            prop_assert!(about.abs_diff(count) <= 2);
        }
    }
}
