//! Drawing as many responses again, with replacement, from those there are: the bootstrap.
//!
//! Rows are never touched: people who gave the same ballot (in the same stratum, with weights) are drawn together. Of many
//! people, each such cell is first drawn by itself from a Poisson distribution a little short of its number; given their
//! sum, Poisson numbers are multinomial, and the few people still lacking are drawn one by one. Where the sum comes out too
//! large, all is drawn anew. What results is exactly the multinomial of a draw with replacement. Only whole numbers,
//! additions, multiplications and divisions are used, so that every machine draws the same.
//!
//! Sources: Efron (1979), Annals of Statistics 7: 1–26; alias tables: Walker (1977), ACM Transactions on Mathematical
//! Software 3: 253–256, built as by Vose (1991), IEEE Transactions on Software Engineering 17: 972–975.

use super::votes::{Votes, weight_of};
use crate::{analysis::weights::Weights, survey::shuffle::SplitMix64};

/// Fewer people than this are drawn one by one.
const MANY: u32 = 4096;
/// How many standard deviations the Poisson sum aims below the number of people.
const SHORT_BY: f64 = 4.0;
/// Probabilities below this, of the likeliest, are taken as none.
const NEGLIGIBLE: f64 = 1e-18;

/// Draws places in proportion to their weights, at one random number each.
struct Alias(Vec<(u32, u32)>);

impl Alias {
    /// From weights, not all nought.
    fn new(weights: &[f64]) -> Self {
        let sum: f64 = weights.iter().sum();
        let mut rooms: Vec<f64> = weights
            .iter()
            .map(|weight| weight * weights.len() as f64 / sum)
            .collect();
        let mut table: Vec<(u32, u32)> = (0..)
            .take(weights.len())
            .map(|own| (u32::MAX, own))
            .collect();
        let (mut poor, mut rich): (Vec<usize>, Vec<usize>) =
            (0..rooms.len()).partition(|place| rooms[*place] < 1.0);
        while let (Some(small), Some(large)) = (poor.pop(), rich.last().copied()) {
            // Truncation to 32 bits is the resolution of the draw.
            let share = (rooms[small] * f64::from(u32::MAX)) as u32;
            table[small] = (share, table[large].1);
            rooms[large] -= 1.0 - rooms[small];
            if rooms[large] < 1.0 {
                rich.pop();
                poor.push(large);
            }
        }
        Self(table)
    }

    fn draw(&self, numbers: &mut SplitMix64) -> usize {
        let bits = numbers.next();
        let place = (((bits >> 32) * self.0.len() as u64) >> 32) as usize;
        let (share, other) = self.0[place];
        // A place that keeps all its room names itself as the other.
        if (bits as u32) < share {
            place
        } else {
            other as usize
        }
    }
}

/// Poisson numbers of one mean: the least that occurs, and how likely each from there on is.
struct Poisson {
    least: u32,
    alias: Alias,
}

impl Poisson {
    fn new(mean: f64) -> Self {
        let mode = mean as u32;
        let mut below = Vec::new();
        let (mut chance, mut number) = (1.0, mode);
        while number > 0 {
            chance *= f64::from(number) / mean;
            if chance < NEGLIGIBLE {
                break;
            }
            below.push(chance);
            number -= 1;
        }
        let mut chances: Vec<f64> = below.into_iter().rev().collect();
        chances.push(1.0);
        let (mut chance, mut number) = (1.0, mode);
        while chance >= NEGLIGIBLE {
            number += 1;
            chance *= mean / f64::from(number);
            chances.push(chance);
        }
        Self {
            least: mode
                - u32::try_from(chances.iter().position(|c| *c == 1.0).unwrap_or(0)).unwrap_or(0),
            alias: Alias::new(&chances),
        }
    }

    fn draw(&self, numbers: &mut SplitMix64) -> u32 {
        self.least + self.alias.draw(numbers) as u32
    }
}

/// Draws of as many responses as there are.
pub(super) struct Resampler {
    people: u32,
    /// Cell → its ballot and weight.
    cells: Vec<(u32, f64)>,
    /// Cells by how many people are in them.
    one_by_one: Alias,
    /// Cell → its Poisson table; empty for few people.
    table_of: Vec<u32>,
    tables: Vec<Poisson>,
}

impl Resampler {
    /// From ballots of at least one person. Weights go with the people drawn and are taken as fixed, as in linearised
    /// standard errors.
    pub(super) fn new(votes: &Votes, weights: Option<&Weights>) -> Self {
        let mut cells: Vec<(u32, f64)> = Vec::new();
        let mut counts: Vec<u32> = Vec::new();
        for cell in votes.cells() {
            let weight = weight_of(weights, cell.stratum);
            match (cells.last(), counts.last_mut()) {
                (Some(last), Some(count)) if *last == (cell.ballot, weight) => *count += cell.count,
                _ => {
                    cells.push((cell.ballot, weight));
                    counts.push(cell.count);
                }
            }
        }
        let numbers: Vec<f64> = counts.iter().map(|count| f64::from(*count)).collect();
        let people = votes.base();
        let mut resampler = Self {
            people,
            cells,
            one_by_one: Alias::new(&numbers),
            table_of: Vec::new(),
            tables: Vec::new(),
        };
        if people >= MANY {
            resampler.tabulate(&counts);
        }
        resampler
    }

    fn tabulate(&mut self, counts: &[u32]) {
        let short = 1.0 - SHORT_BY / f64::from(self.people).sqrt();
        let mut distinct = counts.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let of = |count: &u32| distinct.binary_search(count).unwrap_or_default() as u32;
        self.table_of = counts.iter().map(of).collect();
        let table = |count: &u32| Poisson::new(f64::from(*count) * short);
        self.tables = distinct.iter().map(table).collect();
    }

    /// How many cells a draw goes through.
    pub(super) fn cells(&self) -> usize {
        self.cells.len()
    }

    /// Draws once: ballot → the sum of the weights of those drawn.
    pub(super) fn draw(&self, numbers: &mut SplitMix64, weights: &mut [f64]) {
        let mut drawn = 0;
        loop {
            weights.fill(0.0);
            for ((ballot, weight), table) in self.cells.iter().zip(&self.table_of) {
                let people = self.tables[*table as usize].draw(numbers);
                weights[*ballot as usize] += weight * f64::from(people);
                drawn += people;
            }
            if drawn <= self.people {
                break;
            }
            drawn = 0;
        }
        for _ in drawn..self.people {
            let (ballot, weight) = self.cells[self.one_by_one.draw(numbers)];
            weights[ballot as usize] += weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ballot → the mean and the variance of how often it is drawn, over many draws.
    fn drawn(counts: &[u32]) -> Vec<(f64, f64)> {
        let ballots = (0_u8..)
            .zip(counts)
            .map(|(item, count)| (vec![item], 1, *count));
        let votes = Votes::from_ballots(counts.len(), ballots);
        let resampler = Resampler::new(&votes, None);
        let mut numbers = SplitMix64(7);
        let mut weights = vec![0.0; votes.distinct()];
        let mut sums = vec![(0.0, 0.0); counts.len()];
        let times = 4000.0;
        for _ in 0..4000 {
            resampler.draw(&mut numbers, &mut weights);
            assert_eq!(weights.iter().sum::<f64>(), f64::from(votes.base()));
            for (sum, weight) in sums.iter_mut().zip(&weights) {
                *sum = (sum.0 + weight, sum.1 + weight * weight);
            }
        }
        sums.into_iter()
            .map(|(sum, squares)| {
                let mean = sum / times;
                (mean, squares / times - mean * mean)
            })
            .collect()
    }

    #[test]
    fn few_and_many_people_are_drawn_as_with_replacement() {
        for counts in [vec![3, 1, 0, 16], vec![3000, 1, 40, 1959]] {
            let people = f64::from(counts.iter().sum::<u32>());
            let given: Vec<u32> = counts.iter().copied().filter(|count| *count > 0).collect();
            for ((mean, variance), count) in drawn(&counts).into_iter().zip(given) {
                let share = f64::from(count) / people;
                let expected = people * share * (1.0 - share);
                let error = (expected / 4000.0).sqrt();
                assert!(
                    (mean - f64::from(count)).abs() < 5.0 * error,
                    "{mean} {count}"
                );
                assert!(
                    (variance / expected - 1.0).abs() < 0.15,
                    "{variance} {expected}"
                );
            }
        }
    }
}
