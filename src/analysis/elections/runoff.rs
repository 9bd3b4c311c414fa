//! Instant run-off: the item with the fewest votes leaves, and its votes go on, until one is left.

use serde::Serialize;

use super::{TIED, tied_votes, votes::Votes};

/// One round.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Round {
    /// Item → the ballots whose best item still in it is; none, once it has left.
    pub votes: Vec<Option<f64>>,
    /// Ballots with no item still in.
    pub exhausted: f64,
    /// The item that leaves after this round.
    pub out: usize,
    /// Whether others had as few votes, so that Borda points or the list had to choose.
    pub tie_broken: bool,
}

/// An instant run-off, down to the last item. A tie for fewest: the lower Borda mean (of all ballots) leaves, then the later
/// in the list. Source: Tideman (2006), Collective Decisions and Voting, chapter 13.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Runoff {
    /// The rounds.
    pub rounds: Vec<Round>,
    /// The last to leave first.
    pub order: Vec<usize>,
    /// The first round (from 1) in which an item has more than half of the ballots that are not exhausted.
    pub majority_in_round: Option<u32>,
}

impl Runoff {
    /// Counts ballots with their weights; `borda` breaks ties.
    pub(super) fn of(votes: &Votes, weights: &[f64], borda: &[f64]) -> Self {
        let items = votes.items();
        let mut count = Count::new(votes, weights);
        let mut runoff = Self::default();
        for number in 1..=u32::try_from(items).unwrap_or(u32::MAX) {
            let (out, tie_broken) = count.leaver(borda);
            let of_all: f64 = count.votes.iter().sum();
            let most = count.votes.iter().copied().fold(0.0, f64::max);
            if runoff.majority_in_round.is_none() && most - of_all / 2.0 > count.tied {
                runoff.majority_in_round = Some(number);
            }
            let in_or_out = |item: usize| count.is_in[item].then_some(count.votes[item]);
            runoff.rounds.push(Round {
                votes: (0..items).map(in_or_out).collect(),
                exhausted: count.exhausted,
                out,
                tie_broken,
            });
            runoff.order.push(out);
            count.leave(votes, weights, out);
        }
        runoff.order.reverse();
        runoff
    }
}

/// The item that is left at the end.
pub(super) fn last(votes: &Votes, weights: &[f64], borda: &[f64]) -> Option<usize> {
    let mut count = Count::new(votes, weights);
    let mut last = None;
    for _ in 0..votes.items() {
        // More than half of what is left can't be overtaken: a round moves votes, and never away from it.
        let of_all: f64 = count.votes.iter().sum();
        let leader = (0..count.votes.len())
            .find(|item| count.is_in[*item] && count.votes[*item] - of_all / 2.0 > count.tied);
        if leader.is_some() {
            return leader;
        }
        let (out, _) = count.leaver(borda);
        last = Some(out);
        count.leave(votes, weights, out);
    }
    last
}

/// The votes of one round.
struct Count {
    is_in: Vec<bool>,
    votes: Vec<f64>,
    exhausted: f64,
    tied: f64,
    /// Ballot → the place of its best item still in.
    places: Vec<u8>,
}

impl Count {
    fn new(votes: &Votes, weights: &[f64]) -> Self {
        let mut count = Self {
            is_in: vec![true; votes.items()],
            votes: vec![0.0; votes.items()],
            exhausted: 0.0,
            tied: tied_votes(weights.iter().sum()),
            places: vec![0; votes.distinct()],
        };
        for (ballot, weight) in votes.ballots().zip(weights) {
            count.votes[usize::from(ballot[0])] += weight;
        }
        count
    }

    /// Who leaves, and whether others had as few votes.
    fn leaver(&self, borda: &[f64]) -> (usize, bool) {
        let still_in = || (0..self.votes.len()).filter(|item| self.is_in[*item]);
        let fewest = still_in()
            .map(|item| self.votes[item])
            .fold(f64::INFINITY, f64::min);
        let lowest: Vec<usize> = still_in()
            .filter(|item| self.votes[*item] - fewest <= self.tied)
            .collect();
        let least = lowest
            .iter()
            .map(|item| borda[*item])
            .fold(f64::INFINITY, f64::min);
        let out = lowest
            .iter()
            .rev()
            .find(|item| borda[**item] - least <= TIED)
            .copied()
            .unwrap_or_default();
        (out, lowest.len() > 1)
    }

    /// Takes an item out and moves its votes on.
    fn leave(&mut self, votes: &Votes, weights: &[f64], out: usize) {
        self.is_in[out] = false;
        self.votes[out] = 0.0;
        for (number, (ballot, weight)) in votes.ballots().zip(weights).enumerate() {
            let place = usize::from(self.places[number]);
            if ballot
                .get(place)
                .is_none_or(|item| usize::from(*item) != out)
            {
                continue;
            }
            let next =
                (place + 1..ballot.len()).find(|next| self.is_in[usize::from(ballot[*next])]);
            match next {
                Some(next) => self.votes[usize::from(ballot[next])] += weight,
                None => self.exhausted += weight,
            }
            let place = next.unwrap_or(ballot.len());
            self.places[number] = u8::try_from(place).unwrap_or(u8::MAX);
        }
    }
}
