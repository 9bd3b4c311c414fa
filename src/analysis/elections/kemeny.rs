//! Kemeny's order: the one with the fewest disagreements with the ballots, two items at a time.
//!
//! It is found exactly. Items that beat every item of another group stand above it in every best order (Truchon 1998, An
//! Extension of the Condorcet Criterion and Kemeny Orders), so each tier is ordered by itself; inside a tier the best
//! order of every subset is found from those of its subsets (Held and Karp 1962), 2ⁿ of them.

use super::Pairwise;

/// The most items of one tier whose every order can be weighed: 2¹³ subsets.
pub const MOST_KEMENY: usize = 13;
/// How many best orders are listed.
const MOST_LISTED: usize = 24;

/// Kemeny's order. Source: Kemeny (1959), Daedalus 88: 577–591; Young and Levenglick (1978), SIAM Journal on Applied
/// Mathematics 35: 285–300.
#[derive(Debug, Clone, PartialEq)]
pub struct Kemeny {
    /// The best order; of several, the first in the order of the list of items.
    pub order: Vec<usize>,
    /// Its disagreements: over each item above another, the votes for the other.
    pub cost: f64,
    /// How many orders are as good.
    pub optimal_orders: u64,
    /// These, the first 24.
    pub all_optimal: Vec<Vec<usize>>,
    /// The item first in every best order; none, where they differ.
    pub first: Option<usize>,
}

impl Kemeny {
    /// From the votes between each two items; none, where a tier has more than [`MOST_KEMENY`] items.
    #[must_use]
    pub fn of(pairwise: &Pairwise) -> Option<Self> {
        let tiers = pairwise.tiers();
        if tiers.iter().any(|tier| tier.len() > MOST_KEMENY) {
            return None;
        }
        let mut search = Search::default();
        let mut optimal_orders = 1_u64;
        let mut all_optimal = vec![Vec::new()];
        for tier in &tiers {
            search.solve(pairwise, tier);
            optimal_orders = optimal_orders.saturating_mul(search.count(tier.len()));
            let own = search.orders(tier);
            all_optimal = all_optimal
                .iter()
                .flat_map(|before: &Vec<usize>| {
                    own.iter()
                        .map(move |after| before.iter().chain(after).copied().collect())
                })
                .take(MOST_LISTED)
                .collect();
        }
        let first = search.first(pairwise).flatten();
        let order = all_optimal.first()?.clone();
        let mut cost = 0.0;
        for (place, item) in order.iter().enumerate() {
            cost += order[place + 1..]
                .iter()
                .map(|below| pairwise.above(*below, *item))
                .sum::<f64>();
        }
        Some(Self {
            order,
            cost,
            optimal_orders,
            all_optimal,
            first,
        })
    }
}

/// The room for a search over subsets, which many searches share.
#[derive(Default)]
pub(super) struct Search {
    /// (item, subset) → the votes for items of the subset above the item.
    against: Vec<f64>,
    /// Subset → the least cost of ordering it.
    least: Vec<f64>,
    tied: f64,
}

impl Search {
    /// Finds the least cost of every subset of a tier.
    fn solve(&mut self, pairwise: &Pairwise, tier: &[usize]) {
        let size = tier.len();
        let subsets = 1_usize << size;
        self.tied = pairwise.tied();
        self.against.clear();
        self.against.resize(size * subsets, 0.0);
        for (place, item) in tier.iter().enumerate() {
            let against = &mut self.against[place * subsets..(place + 1) * subsets];
            for (bit, other) in tier.iter().enumerate() {
                let votes = pairwise.above(*other, *item);
                let half = 1 << bit;
                for subset in 0..half {
                    against[half + subset] = against[subset] + votes;
                }
            }
        }
        self.least.clear();
        self.least.resize(subsets, f64::INFINITY);
        self.least[0] = 0.0;
        for subset in 1..subsets {
            let mut least = f64::INFINITY;
            let mut left = subset;
            while left != 0 {
                let place = left.trailing_zeros() as usize;
                left &= left - 1;
                least = least.min(self.cost(place, subset, subsets));
            }
            self.least[subset] = least;
        }
    }

    /// The least cost of a subset with one of its items first.
    fn cost(&self, place: usize, subset: usize, subsets: usize) -> f64 {
        let rest = subset & !(1 << place);
        self.against[place * subsets + rest] + self.least[rest]
    }

    fn is_best(&self, place: usize, subset: usize, subsets: usize) -> bool {
        subset & (1 << place) != 0
            && self.cost(place, subset, subsets) - self.least[subset] <= self.tied
    }

    /// How many orders of the tier are best.
    fn count(&self, size: usize) -> u64 {
        let subsets = 1_usize << size;
        let mut counts = vec![0_u64; subsets];
        counts[0] = 1;
        for subset in 1..subsets {
            let firsts = (0..size).filter(|place| self.is_best(*place, subset, subsets));
            counts[subset] = firsts
                .map(|place| counts[subset & !(1 << place)])
                .fold(0, u64::saturating_add);
        }
        counts[subsets - 1]
    }

    /// The best orders of the tier, in the order of the list of items.
    fn orders(&self, tier: &[usize]) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        let all = (1_usize << tier.len()) - 1;
        self.extend(tier, all, &mut Vec::new(), &mut found);
        found
    }

    fn extend(
        &self,
        tier: &[usize],
        subset: usize,
        begun: &mut Vec<usize>,
        found: &mut Vec<Vec<usize>>,
    ) {
        if found.len() >= MOST_LISTED {
            return;
        }
        if subset == 0 {
            found.push(begun.clone());
            return;
        }
        let subsets = 1_usize << tier.len();
        for (place, item) in tier.iter().enumerate() {
            if self.is_best(place, subset, subsets) {
                begun.push(*item);
                self.extend(tier, subset & !(1 << place), begun, found);
                begun.pop();
            }
        }
    }

    /// The item that stands first in every best order; the outer nothing, where there are too many to try.
    pub(super) fn first(&mut self, pairwise: &Pairwise) -> Option<Option<usize>> {
        if let Some(winner) = pairwise.winner() {
            return Some(Some(winner));
        }
        let tiers = pairwise.tiers();
        let Some(tier) = tiers.first() else {
            return Some(None);
        };
        if tier.len() > MOST_KEMENY {
            return None;
        }
        self.solve(pairwise, tier);
        let subsets = 1_usize << tier.len();
        let mut firsts = (0..tier.len()).filter(|place| self.is_best(*place, subsets - 1, subsets));
        let first = firsts.next();
        Some(
            first
                .filter(|_| firsts.next().is_none())
                .map(|place| tier[place]),
        )
    }
}
