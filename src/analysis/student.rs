//! Student's t distribution, as far as intervals of means need it.

use statrs::distribution::{Continuous, ContinuousCDF, StudentsT};

use super::share::Z95;

/// The 0.975 quantile of Student's t with `df` degrees of freedom.
///
/// The start is the expansion about the normal quantile (Abramowitz and Stegun (1972), formula 26.7.5), whose sum lies
/// below the quantile; from there Newton's method on the distribution function climbs to it. From
/// [`EXPANSION_IS_EXACT`] degrees of freedom the expansion is right to the last digit.
#[must_use]
pub fn t95(df: f64) -> f64 {
    let z = Z95;
    let [z3, z5, z7, z9] = [3, 5, 7, 9].map(|power| z.powi(power));
    let terms = [
        (z3 + z) / 4.0,
        (5.0 * z5 + 16.0 * z3 + 3.0 * z) / 96.0,
        (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / 384.0,
        (79.0 * z9 + 776.0 * z7 + 1482.0 * z5 - 1920.0 * z3 - 945.0 * z) / 92_160.0,
    ];
    let mut t = z + terms.iter().rev().fold(0.0, |sum, term| (sum + term) / df);
    let Ok(distribution) = StudentsT::new(0.0, 1.0, df) else {
        return z;
    };
    if df >= EXPANSION_IS_EXACT {
        return t;
    }
    for _ in 0..20 {
        let step = (distribution.sf(t) - 0.025) / distribution.pdf(t);
        t += step;
        if step.abs() <= 1e-14 * t {
            break;
        }
    }
    t
}

/// From here the first term left out of the expansion is below 1e-15.
const EXPANSION_IS_EXACT: f64 = 1000.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_t_quantile_equals_published_ones() {
        // Computed in R: qt(0.975, df).
        for (df, expected) in [
            (1.0, 12.706_204_736_174_7),
            (2.0, 4.302_652_729_749_464),
            (3.0, 3.182_446_305_284_263),
            (10.0, 2.228_138_851_964_938_5),
            (1000.0, 1.962_339_080_826_407_8),
        ] {
            let found = t95(df);
            assert!((found - expected).abs() < 1e-11 * expected, "{df}: {found}");
        }
        assert!((t95(1e6) - Z95).abs() < 1e-5);
    }
}
