//! From a figure to one of six tints.

/// Where the six tints begin: five edges between them, in the unit that is shown (whole per cent, ranks, pounds).
///
/// A figure is binned as it is printed, so that a cell that says 50 has the tint of 50.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heat {
    edges: [f64; 5],
}

impl Heat {
    /// Per cent in tens: 0–9, 10–19, … and 50 or more.
    pub const TENS: Self = Self {
        edges: [10.0, 20.0, 30.0, 40.0, 50.0],
    };

    /// Six equal parts of what runs from 0 to `largest`, with a round step.
    #[must_use]
    pub fn reaching(largest: f64) -> Self {
        let largest = if largest.is_finite() && largest > 0.0 {
            largest
        } else {
            1.0
        };
        let power = 10_f64.powf((largest / 6.0).log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * power)
            .find(|step| step * 6.0 > largest)
            .unwrap_or(largest);
        Self {
            edges: [1.0, 2.0, 3.0, 4.0, 5.0].map(|n| n * step),
        }
    }

    /// The tint of a share (0 to 1), binned by its whole per cent.
    #[must_use]
    pub fn tint_of_share(&self, share: f64) -> u8 {
        self.tint((share * 100.0).round())
    }

    /// The tint of a figure in the unit that is shown.
    #[must_use]
    pub fn tint(&self, figure: f64) -> u8 {
        (0_u8..)
            .zip(self.edges)
            .filter(|&(_, edge)| figure >= edge)
            .count() as u8
    }

    /// Where each tint begins, from tint 0 on: for the legend, whose texts the caller makes.
    #[must_use]
    pub fn starts(&self) -> [f64; 6] {
        let [a, b, c, d, e] = self.edges;
        [0.0, a, b, c, d, e]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_has_the_tint_of_the_number_printed() {
        let shares = [0.0, 0.094, 0.096, 0.199, 0.494, 0.496, 1.0];
        assert_eq!(
            shares.map(|s| Heat::TENS.tint_of_share(s)),
            [0, 0, 1, 2, 4, 5, 5]
        );
        assert_eq!(Heat::TENS.tint(f64::NAN), 0);
    }

    #[test]
    fn a_scale_reaches_its_largest() {
        assert_eq!(
            Heat::reaching(27.0).starts(),
            [0.0, 5.0, 10.0, 15.0, 20.0, 25.0]
        );
        assert_eq!(Heat::reaching(3.0).tint(3.0), 3);
        assert_eq!(Heat::reaching(0.0).tint(0.0), 0);
    }
}
