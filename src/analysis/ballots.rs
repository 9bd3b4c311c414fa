//! Short ballots counted by a table: how many of each group gave each ballot that can be given.
//!
//! A ballot of few places is a small number, so that counting it is one addition; what ballots say is worked out from
//! the distinct ones, of which there are hundreds where there are a million people.

use super::{
    chunk::Chunk, columns::Column, dataset::Dataset, filter::Selection, parallel, schema::ANSWERED,
};

/// The most cells of a table that is made whatever the number of ballots.
const SMALL: usize = 1 << 17;
/// The most cells for each ballot of one that is larger: beyond, clearing the table costs more than it saves.
const CELLS_A_BALLOT: usize = 8;

/// The most numbers that ballots are found by.
const MOST_NUMBERS: usize = 1 << 16;
/// The place of numbers that no ballot has.
const NO_PLACE: u16 = u16::MAX;

/// How ballots are numbered: the lowest byte as it is, every other place in the base of the items and one for none. Most
/// numbers name an item twice, so that each possible ballot has a place in a list of its own.
#[derive(Debug, Clone)]
struct Coding {
    /// Place → byte → what it adds to the number.
    steps: Vec<[u32; 256]>,
    /// Number → place in the list.
    places: Vec<u16>,
    /// The list.
    ballots: Vec<Listed>,
}

/// A ballot that can be given, or a reason why there is none.
#[derive(Debug, Clone, Copy)]
struct Listed {
    /// The ballot's lowest byte.
    lowest: u8,
    length: u8,
    /// The items, best first, as far as the length goes.
    items: [u8; 8],
}

impl Listed {
    fn ranked(&self) -> &[u8] {
        &self.items[..usize::from(self.length)]
    }

    fn word(&self) -> u64 {
        if self.length == 0 {
            return u64::from(self.lowest);
        }
        let items = self.ranked().iter().rev();
        items.fold(0, |word, item| word << 8 | u64::from(item + ANSWERED))
    }

    /// With one more item.
    fn followed_by(mut self, item: u8) -> Self {
        if self.length == 0 {
            self.lowest = item + ANSWERED;
        }
        self.items[usize::from(self.length)] = item;
        self.length += 1;
        self
    }
}

impl Coding {
    /// None, where there are too many ballots for a list.
    fn new(items: usize, places: usize) -> Option<Self> {
        let reserved = usize::from(ANSWERED);
        if places == 0 || places > 8 || items + reserved > 256 {
            return None;
        }
        let mut size = reserved + items;
        let mut steps = vec![[0; 256]; places];
        for (place, steps) in steps.iter_mut().enumerate() {
            let (first, step) = if place == 0 { (1, 1) } else { (reserved, size) };
            for byte in first..reserved + items {
                steps[byte] = u32::try_from((byte + 1 - first) * step).ok()?;
            }
            if place > 0 {
                size = size
                    .checked_mul(items + 1)
                    .filter(|size| *size <= MOST_NUMBERS)?;
            }
        }
        let mut coding = Self {
            steps,
            places: vec![NO_PLACE; size],
            ballots: Vec::new(),
        };
        let none = |lowest: u8| Listed {
            lowest,
            length: 0,
            items: [0; 8],
        };
        for absent in 0..ANSWERED {
            coding.list(none(absent))?;
        }
        let mut open = vec![none(0)];
        while let Some(ballot) = open.pop() {
            if usize::from(ballot.length) < places {
                let all = (0..=u8::MAX).take(items);
                let others = all.filter(|item| !ballot.ranked().contains(item));
                open.extend(others.map(|item| ballot.followed_by(item)));
            }
            if ballot.length > 0 {
                coding.list(ballot)?;
            }
        }
        Some(coding)
    }

    fn list(&mut self, ballot: Listed) -> Option<()> {
        let place = u16::try_from(self.ballots.len()).ok()?;
        let number = self.number(ballot.word());
        self.places[number] = place;
        self.ballots.push(ballot);
        (place < NO_PLACE).then_some(())
    }

    #[inline]
    fn number(&self, word: u64) -> usize {
        match &self.steps[..] {
            // Written out for the length that surveys ask for.
            [first, second, third] => {
                (first[usize::from(word as u8)]
                    + second[usize::from((word >> 8) as u8)]
                    + third[usize::from((word >> 16) as u8)]) as usize
            }
            steps => {
                let bytes = steps.iter().zip(word.to_le_bytes());
                bytes
                    .map(|(steps, byte)| steps[usize::from(byte)] as usize)
                    .sum()
            }
        }
    }

    /// The place of a ballot in the list; one after the last for what is no ballot.
    #[inline]
    fn place(&self, word: u64) -> usize {
        usize::from(self.places[self.number(word)]).min(self.ballots.len())
    }
}

/// How many of each group gave each ballot.
#[derive(Debug, Clone)]
pub(super) struct BallotTable {
    coding: Coding,
    groups: usize,
    /// (place in the list, group) → ballots.
    cells: Vec<u32>,
}

impl BallotTable {
    /// Counts the selected ballots of a ranking of `items` items and `places` places by the group of each row; none, where
    /// ballots are so long, or so few, that a table doesn't pay.
    pub(super) fn count(
        dataset: &Dataset,
        selection: &Selection,
        column: usize,
        (items, places): (usize, usize),
        groups: usize,
        group_of: impl Fn(&Chunk, usize) -> usize + Sync,
    ) -> Option<Self> {
        let coding = Coding::new(items, places)?;
        let size = (coding.ballots.len() + 1) * groups;
        if size > SMALL.max(CELLS_A_BALLOT * selection.count()) {
            return None;
        }
        let mut cells = parallel::scan(
            dataset,
            selection,
            || vec![0_u32; size],
            |cells, chunk, part| {
                if let Column::Ranking { words: 1, ballots } = &chunk.columns[column] {
                    part.each(chunk.len(), |row| {
                        cells[coding.place(ballots[row]) * groups + group_of(chunk, row)] += 1;
                    });
                }
            },
            |all, part| parallel::add_up(all, &part),
        );
        // Something that is no ballot, such as one with an item twice, is for those who read ballots place by place.
        let strays = cells.split_off(coding.ballots.len() * groups);
        strays.iter().all(|count| *count == 0).then_some(Self {
            coding,
            groups,
            cells,
        })
    }

    /// How many groups there are.
    pub(super) fn groups(&self) -> usize {
        self.groups
    }

    /// Visits each ballot that somebody gave, its items best first, with how many of each group gave it.
    pub(super) fn each(&self, mut visit: impl FnMut(&[u8], &[u32])) {
        for (ballot, counts) in self.listed() {
            if ballot.length > 0 && counts.iter().any(|count| *count > 0) {
                visit(ballot.ranked(), counts);
            }
        }
    }

    /// How often each lowest byte occurs, which says why there is no ballot where there is none.
    pub(super) fn lowest(&self) -> [u32; 256] {
        let mut lowest = [0; 256];
        for (ballot, counts) in self.listed() {
            lowest[usize::from(ballot.lowest)] += counts.iter().sum::<u32>();
        }
        lowest
    }

    fn listed(&self) -> impl Iterator<Item = (&Listed, &[u32])> {
        let counts = self.cells.chunks_exact(self.groups);
        self.coding.ballots.iter().zip(counts)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn word(ranked: &[u8]) -> u64 {
        let cells = ranked.iter().enumerate();
        cells
            .map(|(place, item)| u64::from(item + ANSWERED) << (8 * place))
            .sum()
    }

    #[test]
    fn every_ballot_has_a_place_of_its_own_and_is_had_back() {
        for (items, places, ballots) in [
            (1, 1, 1),
            (4, 1, 4),
            (3, 3, 15),
            (5, 3, 85),
            (12, 3, 12 + 132 + 1320),
            (6, 4, 6 + 30 + 120 + 360),
        ] {
            let coding = Coding::new(items, places).unwrap();
            assert_eq!(coding.ballots.len(), ballots + usize::from(ANSWERED));
            for (place, ballot) in coding.ballots.iter().enumerate() {
                let word = match ballot.ranked() {
                    [] => u64::from(ballot.lowest),
                    ranked => word(ranked),
                };
                assert_eq!(coding.place(word), place, "{ballot:?} of {items}");
                assert_eq!(word as u8, ballot.lowest);
            }
        }
        let coding = Coding::new(5, 3).unwrap();
        assert_eq!(coding.place(word(&[2, 2])), coding.ballots.len());
        assert!(Coding::new(20, 9).is_none());
        assert!(Coding::new(60, 5).is_none());
    }
}
