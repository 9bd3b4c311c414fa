//! Elections: ballots counted by several rules, side by side, because no one rule is right.
//!
//! Ballots may be partial: a ranked item stands above every item left out, and items left out share the mean of the ranks
//! left. Everything is counted from distinct ballots (a three-place ballot over twelve items has at most 1,464 forms, however
//! many people vote), with weights where there are any. The rules and their sources stand with each; conventions are those
//! of `tests/fixtures/reference/ranking.json`. Votes, scores and costs closer than [`TIED`] count as tied.
//!
//! `votes` counts; `scores` (Borda, mean rank, first and top-three share), `pairwise` (Condorcet), `schulze`, `kemeny` and
//! `runoff` are the rules; `agreement` is Kendall's W; `resampling` and `robustness` say how far the order is chance.

mod agreement;
mod kemeny;
mod pairwise;
mod resampling;
mod robustness;
mod runoff;
mod schulze;
mod scores;
mod votes;

use serde::Serialize;

pub use agreement::Agreement;
pub use kemeny::{Kemeny, MOST_KEMENY};
pub use pairwise::Pairwise;
pub use robustness::{RESAMPLES, Robustness, RuleRobustness, robustness};
pub use runoff::{Round, Runoff};
pub use schulze::Schulze;
pub use scores::ItemScore;
pub use votes::Votes;

use super::weights::Weights;

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod reference_tests;
#[cfg(test)]
mod votes_tests;

/// How close two votes, scores or costs are that count as tied.
pub const TIED: f64 = 1e-9;

/// The same for sums over many weighted ballots, whose last digits are rounding.
fn tied_votes(total: f64) -> f64 {
    TIED.max(total * 1e-12)
}

/// A way of making one order of many ballots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The share that ranked it among the first three.
    TopThree,
    /// The share that ranked it first.
    First,
    /// Mean Borda points, which is the order of mean ranks.
    Borda,
    /// The last to leave an instant run-off.
    Runoff,
    /// Ahead of every other, two at a time; names a winner only.
    Condorcet,
    /// Schulze's strongest paths.
    Schulze,
    /// Kemeny's order, with the fewest disagreements.
    Kemeny,
}

impl Rule {
    /// Every rule, in the order they are shown.
    pub const ALL: [Self; 7] = [
        Self::TopThree,
        Self::First,
        Self::Borda,
        Self::Runoff,
        Self::Condorcet,
        Self::Schulze,
        Self::Kemeny,
    ];

    /// Its word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::TopThree => "top3",
            Self::First => "first",
            Self::Borda => "borda",
            Self::Runoff => "runoff",
            Self::Condorcet => "condorcet",
            Self::Schulze => "schulze",
            Self::Kemeny => "kemeny",
        }
    }
}

/// An order of items, best first; items that can't be told apart share a group.
pub type Order = Vec<Vec<usize>>;

/// Everything the rules say about some ballots. Items are places in the ranking's list.
#[derive(Debug, Clone, PartialEq)]
pub struct Election {
    /// How many ballots rank at least one item.
    pub base: u32,
    /// The sum of their weights; the same number without weights.
    pub weighted_base: f64,
    /// How many people of a simple random sample they are worth; the same number without weights.
    pub effective_base: Option<f64>,
    /// Length from 1 → ballots.
    pub lengths: Vec<u32>,
    /// Item → what the ballots say of it.
    pub scores: Vec<ItemScore>,
    /// Two items at a time.
    pub pairwise: Pairwise,
    /// Ahead of every other item; none, where there is none.
    pub condorcet_winner: Option<usize>,
    /// Schulze's order.
    pub schulze: Schulze,
    /// Kemeny's order; none, where too many items chase each other in circles to try every order.
    pub kemeny: Option<Kemeny>,
    /// The instant run-off.
    pub runoff: Runoff,
    /// How far the ballots agree; never weighted.
    pub agreement: Option<Agreement>,
}

impl Election {
    /// Counts ballots by every rule.
    #[must_use]
    pub fn of(votes: &Votes, weights: Option<&Weights>) -> Self {
        let tally = votes.tally(weights);
        let scores = scores::scores(votes, &tally);
        let pairwise = Pairwise::count(votes, &tally.weights);
        let borda = scores::borda_means(votes, &tally.weights);
        Self {
            base: votes.base(),
            weighted_base: tally.total,
            effective_base: tally.effective(),
            lengths: votes.lengths(),
            condorcet_winner: pairwise.winner(),
            schulze: Schulze::of(&pairwise),
            kemeny: Kemeny::of(&pairwise),
            runoff: Runoff::of(votes, &tally.weights, &borda),
            agreement: Agreement::of(votes),
            scores,
            pairwise,
        }
    }

    /// The order that a rule gives. Condorcet's is the winner alone, or nothing; Kemeny's may not be computed; without
    /// ballots there is none.
    #[must_use]
    pub fn order(&self, rule: Rule) -> Option<Order> {
        if self.base == 0 {
            return None;
        }
        let by = |score: &dyn Fn(&ItemScore) -> Option<f64>| {
            let scores: Vec<f64> = self
                .scores
                .iter()
                .map(|item| score(item).unwrap_or_default())
                .collect();
            Some(grouped(&scores, TIED))
        };
        let alone = |order: &[usize]| order.iter().map(|item| vec![*item]).collect();
        match rule {
            Rule::TopThree => by(&|item| item.top_three_share),
            Rule::First => by(&|item| item.first_share),
            Rule::Borda => by(&|item| item.borda.mean),
            Rule::Runoff => Some(alone(&self.runoff.order)),
            Rule::Condorcet => self.condorcet_winner.map(|winner| vec![vec![winner]]),
            Rule::Schulze => Some(self.schulze.order.clone()),
            Rule::Kemeny => self.kemeny.as_ref().map(|kemeny| alone(&kemeny.order)),
        }
    }

    /// The item that a rule puts first alone; none for a tie at the top, or several best orders with different tops.
    #[must_use]
    pub fn first(&self, rule: Rule) -> Option<usize> {
        if rule == Rule::Kemeny {
            return self.kemeny.as_ref().and_then(|kemeny| kemeny.first);
        }
        match self.order(rule)?.first()?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The top priority: first by the most rules, and of those the one with most Borda points; none without ballots.
    #[must_use]
    pub fn top_priority(&self) -> Option<usize> {
        let firsts: Vec<usize> = Rule::ALL
            .into_iter()
            .filter_map(|rule| self.first(rule))
            .collect();
        let times = |item: usize| firsts.iter().filter(|first| **first == item).count();
        (0..self.scores.len())
            .filter(|_| self.base > 0)
            .max_by(|one, other| {
                let points = |item: usize| self.scores[item].borda_sum;
                times(*one)
                    .cmp(&times(*other))
                    .then(points(*one).total_cmp(&points(*other)))
                    .then(other.cmp(one))
            })
    }
}

/// Items by a score, highest first; those no further than `tied` below the one before share its group.
fn grouped(scores: &[f64], tied: f64) -> Order {
    let mut items: Vec<usize> = (0..scores.len()).collect();
    items.sort_by(|one, other| scores[*other].total_cmp(&scores[*one]));
    let mut order: Order = Vec::new();
    let mut last = f64::INFINITY;
    for item in items {
        match order.last_mut() {
            Some(group) if last - scores[item] <= tied => group.push(item),
            _ => order.push(vec![item]),
        }
        last = scores[item];
    }
    order.iter_mut().for_each(|group| group.sort_unstable());
    order
}

/// The one item with the highest score; none, where another is as high.
fn alone_first(scores: &[f64], tied: f64) -> Option<usize> {
    let (mut first, mut highest, mut second) = (None, f64::NEG_INFINITY, f64::NEG_INFINITY);
    for (item, score) in scores.iter().enumerate() {
        if *score > highest {
            second = highest;
            (first, highest) = (Some(item), *score);
        } else if *score > second {
            second = *score;
        }
    }
    first.filter(|_| highest - second > tied)
}
