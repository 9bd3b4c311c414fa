//! Two items at a time: how many put each above each.

use super::{tied_votes, votes::Votes};

/// How many (or what weight of) ballots put one item above another; a ranked item is above every item left out, and two
/// items left out are in no order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pairwise {
    items: usize,
    /// (one, other) → ballots that put one above the other.
    above: Vec<f64>,
    tied: f64,
}

impl Pairwise {
    /// Counts ballots, each with its weight.
    #[must_use]
    pub(super) fn count(votes: &Votes, weights: &[f64]) -> Self {
        let mut pairwise = Self::default();
        pairwise.recount(votes, weights);
        pairwise
    }

    /// The same in the room of an earlier count.
    pub(super) fn recount(&mut self, votes: &Votes, weights: &[f64]) {
        let items = votes.items();
        self.items = items;
        self.above.clear();
        self.above.resize(items * items, 0.0);
        let (mut ranked, mut total) = (vec![0.0; items], 0.0);
        for (ballot, weight) in votes.ballots().zip(weights) {
            total += weight;
            for (place, item) in ballot.iter().enumerate() {
                let item = usize::from(*item);
                ranked[item] += weight;
                for higher in &ballot[..place] {
                    // Against `item`, for now: those who rank it, but below `higher`.
                    self.above[item * items + usize::from(*higher)] -= weight;
                }
            }
        }
        // Who ranks an item puts it above every other, but for those it stands below.
        for (item, ranked) in ranked.iter().enumerate() {
            for other in (0..items).filter(|other| *other != item) {
                self.above[item * items + other] += ranked;
            }
        }
        self.tied = tied_votes(total);
    }

    /// A matrix given as it is, for tests.
    #[cfg(test)]
    pub(super) fn of_matrix(items: usize, above: Vec<f64>) -> Self {
        Self {
            items,
            above,
            tied: super::TIED,
        }
    }

    /// How many items there are.
    #[must_use]
    pub fn items(&self) -> usize {
        self.items
    }

    /// How many put `one` above `other`.
    #[must_use]
    pub fn above(&self, one: usize, other: usize) -> f64 {
        self.above[one * self.items + other]
    }

    /// Whether more put `one` above `other` than the other way round.
    #[must_use]
    pub fn beats(&self, one: usize, other: usize) -> bool {
        self.above(one, other) - self.above(other, one) > self.tied
    }

    /// How close two sums of votes are that count as tied.
    pub(super) fn tied(&self) -> f64 {
        self.tied
    }

    /// The Condorcet winner: it beats every other item. Source: Condorcet (1785), Essai sur l'application de l'analyse à la
    /// probabilité des décisions rendues à la pluralité des voix.
    #[must_use]
    pub fn winner(&self) -> Option<usize> {
        let beats_all = |item: &usize| {
            (0..self.items)
                .filter(|other| other != item)
                .all(|other| self.beats(*item, other))
        };
        (0..self.items).find(beats_all)
    }

    /// The items in groups of which each item beats every item of every later group, the groups as small as they can be.
    /// The first is the Smith set (Smith 1973, Econometrica 41: 1027–1041).
    pub(super) fn tiers(&self) -> Vec<Vec<usize>> {
        let mut items: Vec<usize> = (0..self.items).collect();
        // Whoever beats all of a later group has more wins less losses than any of it.
        let standing: Vec<i64> = items
            .iter()
            .map(|item| {
                let against = |other: usize| {
                    i64::from(self.beats(*item, other)) - i64::from(self.beats(other, *item))
                };
                (0..self.items).map(against).sum()
            })
            .collect();
        items.sort_by_key(|item| (-standing[*item], *item));
        let mut tiers = Vec::new();
        let mut start = 0;
        for end in 1..=items.len() {
            let is_cut = items[start..end]
                .iter()
                .all(|item| items[end..].iter().all(|later| self.beats(*item, *later)));
            if is_cut {
                let mut tier = items[start..end].to_vec();
                tier.sort_unstable();
                tiers.push(tier);
                start = end;
            }
        }
        tiers
    }
}
