//! Rankings: what ballots say about each item, by first choice, top places, mean rank and Borda points.
//!
//! Everything here comes from one table: how many ballots of each length put each item at each place. Items that a
//! ballot leaves out share the mean of the ranks left, (k + 1 + m) / 2 with k of m items ranked (mid-ranks: Kendall
//! and Gibbons (1990), Rank Correlation Methods; on partial ballots: Emerson (2013), Social Choice and Welfare 40:
//! 353–358).

use serde::Serialize;

use super::{
    ballots::BallotTable,
    columns::{Ballot, Column},
    dataset::{Chunk, Dataset},
    filter::Selection,
    moments::Mean,
    parallel,
    placed::Placed,
    schema::Options,
    share::{Base, Share},
    weighted_moments::ScoreSums,
    weights::Weights,
};
use crate::survey::ids::{Code, ThemeKey};

/// How many places count as "the top three".
pub const TOP_PLACES: usize = 3;

/// The slot of items that are not counted.
pub(super) const NO_SLOT: u8 = u8::MAX;

/// What ballots are counted by: a ranking's column, the slot of each item, and the group of each area.
pub(super) struct BallotCount<'a> {
    pub(super) column: usize,
    pub(super) places: usize,
    /// Item → slot; several items may share one (a theme), and the best of them counts.
    pub(super) slots: &'a [u8],
    pub(super) slot_count: usize,
    /// Area cell → group.
    pub(super) groups: &'a [u8; 256],
    pub(super) group_count: usize,
}

/// A number that a ballot gives to each item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Score {
    /// 1 for the first so many places, else 0.
    Top(usize),
    /// Twice the rank: twice, because a mid-rank may be a half.
    DoubledRank,
}

impl Score {
    /// The score of the item at a place, counted from 0.
    pub(super) fn at(self, place: usize) -> i64 {
        match self {
            Self::Top(places) => i64::from(place < places),
            Self::DoubledRank => 2 * (place as i64 + 1),
        }
    }

    /// The score of an item that a ballot of some length leaves out.
    pub(super) fn left_out(self, length: usize, items: usize) -> i64 {
        match self {
            Self::Top(_) => 0,
            Self::DoubledRank => (length + 1 + items) as i64,
        }
    }
}

/// The ballots of one group of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ballots {
    items: usize,
    places: usize,
    slots: usize,
    /// Length → ballots.
    lengths: Vec<u32>,
    /// (length, place, slot) → ballots.
    counts: Vec<u32>,
}

impl Ballots {
    fn new(items: usize, places: usize, slots: usize) -> Self {
        Self {
            items,
            places,
            slots,
            lengths: vec![0; places + 1],
            counts: vec![0; (places + 1) * places * slots],
        }
    }

    fn at(&self, length: usize, place: usize, slot: usize) -> usize {
        (length * self.places + place) * self.slots + slot
    }

    /// Adds the ballots of another group.
    pub(super) fn add(&mut self, other: &Self) {
        let add = |to: &mut [u32], from: &[u32]| {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from)
        };
        add(&mut self.lengths, &other.lengths);
        add(&mut self.counts, &other.counts);
    }

    /// Takes away the ballots of a group that is part of this one.
    pub(super) fn without(&self, part: &Self) -> Self {
        let mut rest = self.clone();
        rest.lengths
            .iter_mut()
            .zip(&part.lengths)
            .for_each(|(to, from)| *to -= from);
        rest.counts
            .iter_mut()
            .zip(&part.counts)
            .for_each(|(to, from)| *to -= from);
        rest
    }

    /// How many items there are to rank.
    pub(super) fn items(&self) -> usize {
        self.items
    }

    /// How many ranked at least one item.
    pub(super) fn base(&self) -> Base {
        Base(self.lengths.iter().skip(1).sum())
    }

    /// Length → ballots, from 1.
    pub(super) fn lengths(&self) -> &[u32] {
        &self.lengths[1..]
    }

    fn placed(&self, length: usize, slot: usize, top: usize) -> u32 {
        (0..top.min(length))
            .map(|place| self.counts[self.at(length, place, slot)])
            .sum()
    }

    /// The share that put the slot among its first `top` places.
    pub(super) fn top(&self, slot: usize, top: usize) -> Share {
        let count = (1..=self.places)
            .map(|length| self.placed(length, slot, top))
            .sum();
        Share::new(count, self.base())
    }

    /// The sums of a slot's scores, and of their squares.
    pub(super) fn sums(&self, slot: usize, score: Score) -> (i128, i128) {
        let (mut sum, mut squares) = (0_i128, 0_i128);
        let mut count = |ballots: u32, score: i64| {
            sum += i128::from(ballots) * i128::from(score);
            squares += i128::from(ballots) * i128::from(score) * i128::from(score);
        };
        for length in 1..=self.places {
            for place in 0..length {
                count(self.counts[self.at(length, place, slot)], score.at(place));
            }
            let left_out = self.lengths[length] - self.placed(length, slot, length);
            count(left_out, score.left_out(length, self.items));
        }
        (sum, squares)
    }

    /// The mean rank, with mid-ranks for ballots that leave the slot out.
    pub(super) fn mean_rank(&self, slot: usize) -> Mean {
        let (sum, squares) = self.sums(slot, Score::DoubledRank);
        Mean::from_sums(self.base().0, sum, squares, 2)
    }

    /// Mean Borda points: the number of items less the rank.
    pub(super) fn borda(&self, slot: usize) -> Mean {
        self.mean_rank(slot).scaled(-1.0).shifted(self.items as f64)
    }

    /// The mean rank over the ballots that rank the slot.
    fn mean_rank_when_ranked(&self, slot: usize) -> Option<f64> {
        let (ballots, sum) = self.ranks_given(slot);
        (ballots > 0).then(|| sum as f64 / ballots as f64)
    }

    /// How many ballots rank the slot, and the sum of its ranks.
    fn ranks_given(&self, slot: usize) -> (u64, u64) {
        let (mut ballots, mut sum) = (0_u64, 0_u64);
        for length in 1..=self.places {
            for place in 0..length {
                let count = u64::from(self.counts[self.at(length, place, slot)]);
                ballots += count;
                sum += count * (place as u64 + 1);
            }
        }
        (ballots, sum)
    }
}

/// What was counted: the ballots of each group, and the table they come from where there is one.
pub(super) struct Counted {
    pub(super) groups: Vec<Ballots>,
    pub(super) table: Option<BallotTable>,
}

/// Counts the selected ballots of each group.
pub(super) fn count(dataset: &Dataset, selection: &Selection, by: &BallotCount<'_>) -> Counted {
    count_groups(dataset, selection, by, by.group_count, |chunk, row| {
        usize::from(by.groups[usize::from(chunk.area[row])])
    })
}

/// Counts the selected ballots of each kind of people that weights tell apart.
pub(super) fn count_placed(
    dataset: &Dataset,
    selection: &Selection,
    by: &BallotCount<'_>,
) -> Counted {
    let placed = Placed::new(dataset.schema().place());
    count_groups(dataset, selection, by, placed.count(), |chunk, row| {
        placed.of(chunk, row)
    })
}

fn count_groups(
    dataset: &Dataset,
    selection: &Selection,
    by: &BallotCount<'_>,
    group_count: usize,
    group_of: impl Fn(&Chunk, usize) -> usize + Sync,
) -> Counted {
    let size = (by.slots.len(), by.places);
    let table = BallotTable::count(dataset, selection, by.column, size, group_count, &group_of);
    if let Some(table) = table {
        let groups = of_table(&table, by);
        return Counted {
            groups,
            table: Some(table),
        };
    }
    let blank = Ballots::new(by.slots.len(), by.places, by.slot_count);
    let groups = parallel::scan(
        dataset,
        selection,
        || vec![blank.clone(); group_count],
        |groups, chunk, part| {
            let Column::Ranking { words, ballots } = &chunk.columns[by.column] else {
                return;
            };
            let mut ranked = Vec::new();
            part.each(chunk.len(), |row| {
                Ballot(&ballots[row * words..(row + 1) * words]).ranked(&mut ranked);
                if ranked.is_empty() {
                    return;
                }
                let group = &mut groups[group_of(chunk, row)];
                group.lengths[ranked.len()] += 1;
                for place in 0..ranked.len() {
                    if let Some(slot) = counted_at(by.slots, &ranked, place) {
                        let at = group.at(ranked.len(), place, slot);
                        group.counts[at] += 1;
                    }
                }
            });
        },
        |all, part| {
            all.iter_mut()
                .zip(&part)
                .for_each(|(all, part)| all.add(part))
        },
    );
    Counted {
        groups,
        table: None,
    }
}

/// The ballots of each group of a table.
fn of_table(table: &BallotTable, by: &BallotCount<'_>) -> Vec<Ballots> {
    let groups = table.groups();
    let blank = Ballots::new(by.slots.len(), by.places, by.slot_count);
    // The counts of all groups side by side, as the table has them: (length, place, slot) → group → ballots.
    let mut lengths = vec![0_u32; blank.lengths.len() * groups];
    let mut counts = vec![0_u32; blank.counts.len() * groups];
    let add = |to: &mut [u32], at: usize, counts: &[u32]| {
        parallel::add_up(&mut to[at * groups..(at + 1) * groups], counts);
    };
    table.each(|ranked, given| {
        let length = ranked.len();
        add(&mut lengths, length, given);
        for place in 0..length {
            if let Some(slot) = counted_at(by.slots, ranked, place) {
                add(&mut counts, blank.at(length, place, slot), given);
            }
        }
    });
    let of_group = |all: &[u32], group: usize| -> Vec<u32> {
        all.iter().skip(group).step_by(groups).copied().collect()
    };
    (0..groups)
        .map(|group| Ballots {
            lengths: of_group(&lengths, group),
            counts: of_group(&counts, group),
            items: blank.items,
            places: blank.places,
            slots: blank.slots,
        })
        .collect()
}

/// The slot that counts at a place of a ballot of items: none, where the item has none or an earlier place has the same.
pub(super) fn counted_at(slots: &[u8], ranked: &[u8], place: usize) -> Option<usize> {
    let slot_of = |item: &u8| slots[usize::from(*item)];
    let slot = slot_of(&ranked[place]);
    let before = ranked[..place].iter().any(|item| slot_of(item) == slot);
    (slot != NO_SLOT && !before).then_some(usize::from(slot))
}

/// What the ballots say about one item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RankedItem {
    /// The item.
    pub code: Code,
    /// The theme it is about.
    pub theme: Option<ThemeKey>,
    /// Who ranked it at all.
    pub ranked: Share,
    /// Who ranked it first.
    pub first: Share,
    /// Who ranked it among the first three.
    pub top_three: Share,
    /// Its mean rank, mid-ranks for those who left it out.
    pub mean_rank: Mean,
    /// Its mean rank among those who ranked it.
    pub mean_rank_when_ranked: Option<f64>,
    /// Its mean Borda points: the number of items less the rank.
    pub borda: Mean,
    /// Its Borda points in all.
    pub borda_sum: f64,
    /// What has no place in shares and means, with weights, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted: Option<WeightedItem>,
}

/// What the ballots say about one item, with weights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeightedItem {
    /// Its mean rank among those who ranked it.
    pub mean_rank_when_ranked: Option<f64>,
    /// Its Borda points in all.
    pub borda_sum: f64,
}

/// Adds weights to what ballots say: the ballots of each kind of people, and the weights of the kinds.
pub(super) fn weigh(
    items: &mut [RankedItem],
    kinds: &[Ballots],
    placed: Placed,
    weights: &Weights,
) {
    let most = items.len() as f64;
    for (slot, item) in items.iter_mut().enumerate() {
        let sums = |score: Score| {
            let mut sums = ScoreSums::default();
            for (kind, ballots) in kinds.iter().enumerate() {
                let (sum, squares) = ballots.sums(slot, score);
                sums.add(ballots.base().0, placed.weight(kind, weights), sum, squares);
            }
            sums
        };
        let all_places = kinds.first().map_or(0, |ballots| ballots.places);
        let top = |places: usize| Some(sums(Score::Top(places)).share());
        item.ranked.weighted = top(all_places);
        item.first.weighted = top(1);
        item.top_three.weighted = top(TOP_PLACES);
        let mean_rank = sums(Score::DoubledRank).mean().scaled(0.5);
        item.mean_rank.weighted = Some(mean_rank);
        let borda = mean_rank.scaled(-1.0).shifted(most);
        item.borda.weighted = Some(borda);
        let (mut ranked, mut ranks) = (0.0, 0.0);
        for (kind, ballots) in kinds.iter().enumerate() {
            let weight = placed.weight(kind, weights);
            let (number, sum) = ballots.ranks_given(slot);
            ranked += weight * number as f64;
            ranks += weight * sum as f64;
        }
        item.weighted = Some(WeightedItem {
            mean_rank_when_ranked: (ranked > 0.0).then(|| ranks / ranked),
            borda_sum: borda.mean.unwrap_or(0.0) * borda.base.sum,
        });
    }
}

/// What the ballots say about every item, in the order of the list.
pub(super) fn items(ballots: &Ballots, items: &Options) -> Vec<RankedItem> {
    let most = items.len() as f64;
    let describe = |(slot, item): (usize, &super::schema::OptionSpec)| {
        let (doubled, _) = ballots.sums(slot, Score::DoubledRank);
        RankedItem {
            code: item.code.clone(),
            theme: item.theme.clone(),
            ranked: ballots.top(slot, ballots.places),
            first: ballots.top(slot, 1),
            top_three: ballots.top(slot, TOP_PLACES),
            mean_rank: ballots.mean_rank(slot),
            mean_rank_when_ranked: ballots.mean_rank_when_ranked(slot),
            borda: ballots.borda(slot),
            borda_sum: most * f64::from(ballots.base().0) - doubled as f64 / 2.0,
            weighted: None,
        }
    };
    items.list().iter().enumerate().map(describe).collect()
}
