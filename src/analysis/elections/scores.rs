//! What ballots say about each item by itself: points, ranks and shares.

use serde::Serialize;

use super::votes::{Tally, Votes};
use crate::analysis::{
    moments::{Mean, t95},
    ranking::TOP_PLACES,
    share::{Base, Interval, wilson},
};

/// What the ballots say about one item. Sums are of weights; without weights, of people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ItemScore {
    /// Those who ranked it at all.
    pub ranked: f64,
    /// The share that ranked it first; null without a base, like all that follow.
    pub first_share: Option<f64>,
    /// Its 95 % Wilson interval, by the effective base.
    pub first_interval: Option<Interval>,
    /// The share that ranked it among the first three.
    pub top_three_share: Option<f64>,
    /// Its 95 % Wilson interval, by the effective base.
    pub top_three_interval: Option<Interval>,
    /// The mean rank; a ballot that leaves the item out counts with the mean of the ranks left.
    pub mean_rank: Option<f64>,
    /// The mean rank among those who ranked it.
    pub mean_rank_when_ranked: Option<f64>,
    /// Mean Borda points (the number of items less the rank), with the linearised standard error and Student's interval on
    /// base − 1 degrees of freedom.
    pub borda: Mean,
    /// Borda points in all.
    pub borda_sum: f64,
}

/// Twice the Borda points of a ranked item: twice, because a mid-rank may be a half.
fn doubled_points(items: usize, place: usize) -> f64 {
    2.0 * (items - place - 1) as f64
}

/// Twice the Borda points of an item that a ballot of some length leaves out.
fn doubled_left_out(items: usize, length: usize) -> f64 {
    items as f64 - length as f64 - 1.0
}

/// Item → mean Borda points, by mid-ranks (Emerson (2013), Social Choice and Welfare 40: 353–358); nought without ballots.
pub(super) fn borda_means(votes: &Votes, weights: &[f64]) -> Vec<f64> {
    let mut points = vec![0.0; votes.items()];
    let total = add_points(votes, weights, &mut points);
    for point in &mut points {
        *point = if total > 0.0 {
            *point / (2.0 * total)
        } else {
            0.0
        };
    }
    points
}

/// Adds twice the points of every ballot; returns the weight of all ballots.
fn add_points(votes: &Votes, weights: &[f64], points: &mut [f64]) -> f64 {
    let items = votes.items();
    let (mut everybody, mut total) = (0.0, 0.0);
    for (ballot, weight) in votes.ballots().zip(weights) {
        let left_out = doubled_left_out(items, ballot.len());
        // As if every item were left out, then a correction for those that are not.
        everybody += weight * left_out;
        total += weight;
        for (place, item) in ballot.iter().enumerate() {
            points[usize::from(*item)] += weight * (doubled_points(items, place) - left_out);
        }
    }
    points.iter_mut().for_each(|point| *point += everybody);
    total
}

/// Item → the weight of ballots that rank it among their first so many places.
pub(super) fn placed(votes: &Votes, weights: &[f64], places: usize) -> Vec<f64> {
    let mut sums = vec![0.0; votes.items()];
    for (ballot, weight) in votes.ballots().zip(weights) {
        for item in ballot.iter().take(places) {
            sums[usize::from(*item)] += weight;
        }
    }
    sums
}

/// Every item's figures.
pub(super) fn scores(votes: &Votes, tally: &Tally) -> Vec<ItemScore> {
    let items = votes.items();
    let weights = &tally.weights;
    let total = Some(tally.total).filter(|total| *total > 0.0);
    let effective = tally.effective();
    let first = placed(votes, weights, 1);
    let top_three = placed(votes, weights, TOP_PLACES);
    let ranked = placed(votes, weights, usize::MAX);
    let mut points = vec![0.0; items];
    add_points(votes, weights, &mut points);
    let mut ranks = vec![0.0; items];
    for (ballot, weight) in votes.ballots().zip(weights) {
        for (place, item) in (1_u32..).zip(ballot) {
            ranks[usize::from(*item)] += weight * f64::from(place);
        }
    }
    let share = |sum: f64| total.map(|total| (sum / total).clamp(0.0, 1.0));
    let interval = |sum: f64| Some(wilson(share(sum)?, effective?));
    (0..items)
        .map(|item| {
            let borda_sum = points[item] / 2.0;
            let mean = total.map(|total| borda_sum / total);
            ItemScore {
                ranked: ranked[item],
                first_share: share(first[item]),
                first_interval: interval(first[item]),
                top_three_share: share(top_three[item]),
                top_three_interval: interval(top_three[item]),
                mean_rank: mean.map(|mean| items as f64 - mean),
                mean_rank_when_ranked: (ranked[item] > 0.0).then(|| ranks[item] / ranked[item]),
                borda: mean.map_or_else(Mean::default, |mean| with_error(votes, tally, item, mean)),
                borda_sum,
            }
        })
        .collect()
}

/// A mean of points with its linearised standard error: √(n/(n−1) Σ (w (x − mean))²) / Σw. All weights 1 give the textbook
/// one. Source: Lumley (2010), Complex Surveys, chapter 2.
fn with_error(votes: &Votes, tally: &Tally, item: usize, mean: f64) -> Mean {
    let items = votes.items();
    let squares: f64 = votes
        .ballots()
        .zip(&tally.squares)
        .map(|(ballot, squares)| {
            let place = ballot.iter().position(|own| usize::from(*own) == item);
            let doubled = place.map_or_else(
                || doubled_left_out(items, ballot.len()),
                |place| doubled_points(items, place),
            );
            squares * (doubled / 2.0 - mean).powi(2)
        })
        .sum();
    let base = Base(votes.base());
    let n = f64::from(base.0);
    let se = (base.0 > 1).then(|| (n / (n - 1.0) * squares).sqrt() / tally.total);
    Mean {
        base,
        mean: Some(mean),
        sd: None,
        se,
        weighted: None,
        interval: se.map(|se| {
            let reach = t95(n - 1.0) * se;
            Interval {
                low: mean - reach,
                high: mean + reach,
            }
        }),
    }
}
