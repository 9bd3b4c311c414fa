//! Whether two variables hang together: Pearson's chi-square, Cramér's V, and the cells that make it so.

use serde::Serialize;
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// How strong an association is, in words.
///
/// Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, section 7.2: w = V √(min(r, c) − 1) of 0.1 is a
/// small effect, 0.3 a medium and 0.5 a large one. So the bounds for V itself fall with the size of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// w under 0.1.
    Negligible,
    /// w from 0.1.
    Weak,
    /// w from 0.3.
    Moderate,
    /// w from 0.5.
    Strong,
}

impl Effect {
    /// The effect of a Cramér's V in a table whose shorter side has `shorter` categories.
    #[must_use]
    pub fn of(cramers_v: f64, shorter: usize) -> Self {
        let w = cramers_v * (shorter.saturating_sub(1) as f64).sqrt();
        match w {
            w if w >= 0.5 => Self::Strong,
            w if w >= 0.3 => Self::Moderate,
            w if w >= 0.1 => Self::Weak,
            _ => Self::Negligible,
        }
    }

    /// Its word in files and the names of sentences.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Negligible => "negligible",
            Self::Weak => "weak",
            Self::Moderate => "moderate",
            Self::Strong => "strong",
        }
    }
}

/// Whether two variables hang together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Association {
    /// Pearson's X² = Σ (O − E)² / E, without continuity correction.
    pub statistic: f64,
    /// (r − 1)(c − 1), of rows and columns that hold somebody.
    pub df: u32,
    /// The probability of so large a statistic by chance.
    pub p: f64,
    /// Cramér's V = √(X² / (n (min(r, c) − 1))), without correction of its bias.
    pub cramers_v: f64,
    /// How strong that is.
    pub effect: Effect,
    /// The smallest expected count.
    pub min_expected: f64,
    /// How many cells expect fewer than 5.
    pub expected_below_5: u32,
    /// How many cells there are.
    pub cells: u32,
}

impl Association {
    /// Whether the chi-square distribution may be trusted: no cell expects fewer than 1, and at most a fifth of them
    /// fewer than 5. Source: Cochran (1954), Biometrics 10: 417–451.
    #[must_use]
    pub fn is_trustworthy(&self) -> bool {
        self.min_expected >= 1.0 && 5 * self.expected_below_5 <= self.cells
    }
}

/// What independence would expect of a table, and how the table differs. Null where a row or column holds nobody.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The test; none with fewer than two rows or columns that hold somebody.
    pub association: Option<Association>,
    /// Expected counts.
    pub expected: Vec<Vec<Option<f64>>>,
    /// Adjusted residuals (O − E) / √(E (1 − row share)(1 − column share)), standard normal if independent.
    /// Source: Haberman (1973), Biometrics 29: 205–220.
    pub residuals: Vec<Vec<Option<f64>>>,
}

/// Pearson's chi-square test of a table of counts, rows down; rows and columns of nobody are dropped first.
/// Source: Pearson (1900); Agresti (2013), Categorical Data Analysis, section 3.2.
#[must_use]
pub fn pearson(counts: &[Vec<u32>]) -> Fit {
    let columns = counts.first().map_or(0, Vec::len);
    let sum = |cells: &mut dyn Iterator<Item = u32>| cells.map(f64::from).sum::<f64>();
    let row_totals: Vec<f64> = counts
        .iter()
        .map(|row| sum(&mut row.iter().copied()))
        .collect();
    let column_totals: Vec<f64> = (0..columns)
        .map(|column| sum(&mut counts.iter().map(|row| row[column])))
        .collect();
    let all: f64 = row_totals.iter().sum();
    let kept = |totals: &[f64]| totals.iter().filter(|total| **total > 0.0).count();
    let (r, c) = (kept(&row_totals), kept(&column_totals));
    let blank = vec![vec![None; columns]; counts.len()];
    let mut fit = Fit {
        association: None,
        expected: blank.clone(),
        residuals: blank,
    };
    if r < 2 || c < 2 {
        return fit;
    }
    let (mut statistic, mut smallest, mut below) = (0.0, f64::INFINITY, 0);
    for (row, counts) in counts.iter().enumerate() {
        for (column, count) in counts.iter().enumerate() {
            let (of_row, of_column) = (row_totals[row], column_totals[column]);
            if of_row <= 0.0 || of_column <= 0.0 {
                continue;
            }
            let expected = of_row * of_column / all;
            let difference = f64::from(*count) - expected;
            statistic += difference * difference / expected;
            smallest = f64::min(smallest, expected);
            below += u32::from(expected < 5.0);
            let variance = expected * (1.0 - of_row / all) * (1.0 - of_column / all);
            fit.expected[row][column] = Some(expected);
            fit.residuals[row][column] = Some(difference / variance.sqrt());
        }
    }
    let df = (r - 1) * (c - 1);
    let shorter = r.min(c);
    let cramers_v = (statistic / (all * (shorter - 1) as f64)).sqrt();
    fit.association = ChiSquared::new(df as f64)
        .ok()
        .map(|distribution| Association {
            statistic,
            df: u32::try_from(df).unwrap_or(u32::MAX),
            p: distribution.sf(statistic).clamp(0.0, 1.0),
            cramers_v,
            effect: Effect::of(cramers_v, shorter),
            min_expected: smallest,
            expected_below_5: below,
            cells: u32::try_from(r * c).unwrap_or(u32::MAX),
        });
    fit
}
