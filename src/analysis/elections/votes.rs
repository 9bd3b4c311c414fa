//! Ballots counted once: which distinct ones there are, and how many gave each in every stratum.

use std::collections::{BTreeMap, HashMap};

use crate::analysis::{
    chunk::Chunk,
    columns::{Ballot, Column},
    dataset::Dataset,
    filter::Selection,
    schema::{ANSWERED, Layout},
    strata::{self, OUTSIDE, Stratum},
    weights::Weights,
};

/// The most bits of a ballot that are counted by a table rather than by search.
const TABLE_BITS: usize = 12;
/// The most cells of such a table.
const MOST_TABLE: usize = 1 << 21;

/// How many gave one ballot in one stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    /// Which ballot.
    pub(super) ballot: u32,
    /// Which stratum.
    pub(super) stratum: Stratum,
    /// How many.
    pub(super) count: u32,
}

/// Distinct ballots with their counts. People who live outside the place are not counted, as nowhere in its figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Votes {
    items: usize,
    /// Ballot → where its items begin in `ranked`; one more at the end.
    starts: Vec<u32>,
    ranked: Vec<u8>,
    /// By ballot, then stratum.
    cells: Vec<Cell>,
}

/// What each distinct ballot weighs.
pub(super) struct Tally {
    /// Ballot → the sum of its weights.
    pub(super) weights: Vec<f64>,
    /// Ballot → the sum of its squared weights.
    pub(super) squares: Vec<f64>,
    /// All weights.
    pub(super) total: f64,
}

impl Tally {
    /// (Σw)² / Σw².
    pub(super) fn effective(&self) -> Option<f64> {
        let squares: f64 = self.squares.iter().sum();
        (squares > 0.0).then(|| self.total * self.total / squares)
    }
}

impl Votes {
    /// Counts the selected ballots of a ranking question; none, if the column is of another kind.
    #[must_use]
    pub fn count(dataset: &Dataset, selection: &Selection, column: usize) -> Option<Self> {
        let schema = dataset.schema();
        let Layout::Ranking { items, places } = &schema.questions().get(column)?.layout else {
            return None;
        };
        let strata = strata::count(schema.place());
        let bits = (usize::BITS - items.len().leading_zeros()) as usize;
        if bits * places <= TABLE_BITS && (strata << (bits * places)) <= MOST_TABLE {
            let counter = Table {
                bits,
                places: *places,
                strata,
            };
            return Some(counter.count(dataset, selection, column, items.len()));
        }
        let mut found: HashMap<Vec<u8>, HashMap<Stratum, u32>> = HashMap::new();
        each_ballot(dataset, selection, column, |ballot, stratum| {
            let length = ballot.len();
            let ranked = (0..length).map(|place| ballot.cell(place) - ANSWERED);
            *found
                .entry(ranked.collect())
                .or_default()
                .entry(stratum)
                .or_default() += 1;
        });
        let each = found.into_iter().flat_map(|(ballot, strata)| {
            strata
                .into_iter()
                .map(move |(stratum, count)| (ballot.clone(), stratum, count))
        });
        Some(Self::from_ballots(items.len(), each))
    }

    /// From ballots (places in a list of `items` items, best first), each with a stratum and how many gave it. Empty ballots
    /// and those of nobody are left out.
    #[must_use]
    pub fn from_ballots(
        items: usize,
        ballots: impl IntoIterator<Item = (Vec<u8>, Stratum, u32)>,
    ) -> Self {
        let mut found: BTreeMap<Vec<u8>, BTreeMap<Stratum, u32>> = BTreeMap::new();
        for (ballot, stratum, count) in ballots {
            if !ballot.is_empty() && count > 0 && stratum != OUTSIDE {
                *found.entry(ballot).or_default().entry(stratum).or_default() += count;
            }
        }
        let mut votes = Self {
            items,
            ..Self::default()
        };
        for (ballot, strata) in &found {
            votes.add(ballot.iter().copied(), strata.iter().map(|(s, c)| (*s, *c)));
        }
        votes.close()
    }

    fn add(
        &mut self,
        ranked: impl Iterator<Item = u8>,
        strata: impl Iterator<Item = (Stratum, u32)>,
    ) {
        let ballot = u32::try_from(self.starts.len()).unwrap_or(u32::MAX);
        self.starts.push(self.end());
        self.ranked.extend(ranked);
        self.cells.extend(strata.map(|(stratum, count)| Cell {
            ballot,
            stratum,
            count,
        }));
    }

    fn end(&self) -> u32 {
        u32::try_from(self.ranked.len()).unwrap_or(u32::MAX)
    }

    fn close(mut self) -> Self {
        self.starts.push(self.end());
        self
    }

    /// How many items there are to rank.
    #[must_use]
    pub fn items(&self) -> usize {
        self.items
    }

    /// How many distinct ballots there are.
    #[must_use]
    pub fn distinct(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many people ranked at least one item.
    #[must_use]
    pub fn base(&self) -> u32 {
        self.cells.iter().map(|cell| cell.count).sum()
    }

    /// The items of a ballot, best first.
    pub(super) fn ballot(&self, ballot: usize) -> &[u8] {
        &self.ranked[self.starts[ballot] as usize..self.starts[ballot + 1] as usize]
    }

    /// Every distinct ballot in order.
    pub(super) fn ballots(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.distinct()).map(|ballot| self.ballot(ballot))
    }

    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Length from 1 → ballots.
    pub(super) fn lengths(&self) -> Vec<u32> {
        let mut lengths = vec![0; self.items];
        for cell in &self.cells {
            let length = self.ballot(cell.ballot as usize).len();
            if let Some(count) = lengths.get_mut(length - 1) {
                *count += cell.count;
            }
        }
        lengths
    }

    /// What each ballot weighs: its number without weights.
    pub(super) fn tally(&self, weights: Option<&Weights>) -> Tally {
        let blank = || vec![0.0; self.distinct()];
        let (mut sums, mut squares) = (blank(), blank());
        for cell in &self.cells {
            let weight = weight_of(weights, cell.stratum);
            let number = f64::from(cell.count);
            sums[cell.ballot as usize] += number * weight;
            squares[cell.ballot as usize] += number * weight * weight;
        }
        Tally {
            total: sums.iter().sum(),
            weights: sums,
            squares,
        }
    }
}

/// A stratum's weight; 1 without weights.
pub(super) fn weight_of(weights: Option<&Weights>, stratum: Stratum) -> f64 {
    weights.map_or(1.0, |weights| weights.of(stratum))
}

fn each_ballot(
    dataset: &Dataset,
    selection: &Selection,
    column: usize,
    mut visit: impl FnMut(Ballot<'_>, Stratum),
) {
    selection.each_chunk(dataset, |chunk: &Chunk, part| {
        let Column::Ranking { words, ballots } = &chunk.columns[column] else {
            return;
        };
        part.each(chunk.len(), |row| {
            let ballot = &ballots[row * words..(row + 1) * words];
            let stratum = chunk.stratum[row];
            // The lowest byte says why there is no ballot.
            if ballot[0] as u8 >= ANSWERED && stratum != OUTSIDE {
                visit(Ballot(ballot), stratum);
            }
        });
    });
}

/// Counts short ballots by a table: a few bits a place, and a line of strata for each ballot.
struct Table {
    bits: usize,
    places: usize,
    strata: usize,
}

impl Table {
    fn count(
        &self,
        dataset: &Dataset,
        selection: &Selection,
        column: usize,
        items: usize,
    ) -> Votes {
        let mut counts = vec![0_u32; self.strata << (self.bits * self.places)];
        each_ballot(dataset, selection, column, |ballot, stratum| {
            let word = ballot.0[0];
            let mut code = 0;
            for place in 0..self.places {
                // 1 + the item's place; 0 where the ballot has ended.
                let cell = (word >> (8 * place)) as u8;
                let item = usize::from(cell.saturating_sub(ANSWERED - 1));
                code |= item << (self.bits * place);
            }
            counts[code * self.strata + usize::from(stratum)] += 1;
        });
        let ballots = counts.chunks(self.strata).enumerate();
        let given = ballots.filter(|(_, strata)| strata.iter().any(|count| *count > 0));
        let each = given.flat_map(|(code, strata)| {
            let ranked = self.items_of(code);
            (0..)
                .zip(strata)
                .filter(|(_, count)| **count > 0)
                .map(move |(stratum, count): (Stratum, &u32)| (ranked.clone(), stratum, *count))
        });
        Votes::from_ballots(items, each)
    }

    fn items_of(&self, code: usize) -> Vec<u8> {
        let mask = (1 << self.bits) - 1;
        (0..self.places)
            .map(|place| (code >> (self.bits * place)) & mask)
            .take_while(|item| *item > 0)
            .filter_map(|item| u8::try_from(item - 1).ok())
            .collect()
    }
}
