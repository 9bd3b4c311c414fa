//! How far ballots agree.

use serde::Serialize;
use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::votes::Votes;

/// Kendall's W with mid-ranks and the correction for ties, unweighted: 0 is no agreement at all, 1 is all alike.
/// 12 S / (m² (k³ − k) − m Σ(t³ − t)) with k items, m ballots and t items left out of each; its test is Friedman's.
/// Source: Kendall and Gibbons (1990), Rank Correlation Methods, chapter 6.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Agreement {
    /// W, 0..1.
    pub w: f64,
    /// m (k − 1) W.
    pub chi_square: f64,
    /// k − 1.
    pub df: u32,
    /// The probability of so much agreement by chance.
    pub p: f64,
}

impl Agreement {
    /// Of some ballots; none with fewer than two items or no ballots, or where every ballot leaves out every difference.
    #[must_use]
    pub fn of(votes: &Votes) -> Option<Self> {
        let items = votes.items();
        let (k, m) = (items as f64, f64::from(votes.base()));
        let mut doubled = vec![0_i64; items];
        let (mut everybody, mut ties) = (0_i64, 0_i128);
        for cell in votes.cells() {
            let ballot = votes.ballot(cell.ballot as usize);
            let count = i64::from(cell.count);
            let left_out = (ballot.len() + 1 + items) as i64;
            everybody += count * left_out;
            for (place, item) in (1_i64..).zip(ballot) {
                doubled[usize::from(*item)] += count * (2 * place - left_out);
            }
            let tied = (items - ballot.len()) as i128;
            ties += i128::from(count) * (tied.pow(3) - tied);
        }
        let room = m * m * (k.powi(3) - k) - m * ties as f64;
        if items < 2 || room <= 0.0 {
            return None;
        }
        // Rank sums are whole or half numbers about a mean of m (k + 1) / 2.
        let mean = m * (k + 1.0);
        let spread: f64 = doubled
            .iter()
            .map(|sum| ((sum + everybody) as f64 - mean).powi(2) / 4.0)
            .sum();
        let w = 12.0 * spread / room;
        let chi_square = m * (k - 1.0) * w;
        let p = ChiSquared::new(k - 1.0).ok()?.sf(chi_square);
        Some(Self {
            w,
            chi_square,
            df: u32::try_from(items - 1).unwrap_or(u32::MAX),
            p,
        })
    }
}
