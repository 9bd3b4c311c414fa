//! How each response is sorted: a byte for each, straight from the columns where they hold one.

use super::{NO_BIT, NOBODY, Source, Variable};
use crate::analysis::{
    chunk::Chunk,
    columns::{Ballot, Column},
    ranking::TOP_PLACES,
    schema::ANSWERED,
};

impl Variable {
    /// Which cells mean one of some categories.
    pub(in crate::analysis) fn cells_of(&self, codes: impl Fn(&str) -> bool) -> Box<[bool; 256]> {
        let wanted: Vec<bool> = self
            .categories
            .iter()
            .map(|category| codes(&category.code))
            .collect();
        let is_wanted = |category: u8| wanted.get(usize::from(category)).copied().unwrap_or(false);
        Box::new(self.map.map(is_wanted))
    }

    /// Cell → category, each category `times` as large, and those about whom nothing is known after the last.
    pub(in crate::analysis) fn places(&self, times: usize) -> [u16; 256] {
        let nobody = self.len();
        let place = |category: u8| match category {
            NOBODY => nobody,
            known => usize::from(known),
        };
        self.map
            .map(|category| u16::try_from(place(category) * times).unwrap_or(u16::MAX))
    }

    /// The cells of a chunk, a byte for each response; written to `buffer` where no column holds them as such.
    pub(in crate::analysis) fn cells<'a>(
        &'a self,
        chunk: &'a Chunk,
        buffer: &'a mut Vec<u8>,
    ) -> &'a [u8] {
        match &self.source {
            Source::Area => &chunk.area,
            Source::Age => &chunk.age,
            Source::Sex => &chunk.sex,
            Source::Victim => &chunk.victim,
            Source::Channel => &chunk.channel,
            Source::Version(known) => {
                let cell = |version: &u32| {
                    let place = known.binary_search(version).ok();
                    let cell =
                        place.and_then(|place| u8::try_from(place + usize::from(ANSWERED)).ok());
                    cell.unwrap_or_default()
                };
                buffer.clear();
                buffer.extend(chunk.version.iter().map(cell));
                buffer
            }
            Source::Narrow(column) => match &chunk.columns[*column] {
                Column::Narrow(cells) => cells,
                _ => blank(chunk, buffer),
            },
            Source::GridRow(column, row) => match &chunk.columns[*column] {
                Column::Grid(lines) => lines.get(*row).map_or(&[][..], Vec::as_slice),
                _ => blank(chunk, buffer),
            },
            Source::Ticked(column, place) => ticked(chunk, *column, *place, buffer),
            Source::Many(_) | Source::TopThree(..) => blank(chunk, buffer),
        }
    }

    /// Of a variable of several ticks: which responses of a chunk answered, and what they ticked, a bit for each
    /// option, `words` words a response.
    pub(in crate::analysis) fn ticks<'a>(
        &self,
        chunk: &'a Chunk,
        buffer: &'a mut TickBuffer,
    ) -> Ticks<'a> {
        match (&self.source, self.column(chunk)) {
            (
                Source::Many(_),
                Some(Column::Many {
                    status,
                    words,
                    bits,
                }),
            ) => Ticks {
                status,
                words: *words,
                bits,
            },
            (Source::TopThree(_, bits_of), Some(Column::Ranking { words, ballots })) => {
                buffer.status.clear();
                buffer.bits.clear();
                for ballot in ballots.chunks_exact(*words) {
                    let mut bits = 0_u64;
                    // Three places always lie in the first word, lowest byte first; 0 ends a ballot.
                    for place in 0..TOP_PLACES {
                        let cell = (ballot[0] >> (8 * place)) as u8;
                        let item = usize::from(cell.wrapping_sub(ANSWERED));
                        let bit = if cell < ANSWERED {
                            None
                        } else {
                            bits_of.get(item)
                        };
                        bits |= bit.filter(|bit| **bit != NO_BIT).map_or(0, |bit| 1 << bit);
                    }
                    buffer
                        .status
                        .push((ballot[0] & 0xff).min(u64::from(ANSWERED)) as u8);
                    buffer.bits.push(bits);
                }
                Ticks {
                    status: &buffer.status,
                    words: 1,
                    bits: &buffer.bits,
                }
            }
            _ => Ticks {
                status: &[],
                words: 1,
                bits: &[],
            },
        }
    }

    fn column<'a>(&self, chunk: &'a Chunk) -> Option<&'a Column> {
        match &self.source {
            Source::Many(column) | Source::TopThree(column, _) => chunk.columns.get(*column),
            _ => None,
        }
    }
}

/// Room for ticks that no column holds as such.
#[derive(Debug, Default)]
pub(in crate::analysis) struct TickBuffer {
    status: Vec<u8>,
    bits: Vec<u64>,
}

/// What the responses of a chunk ticked.
pub(in crate::analysis) struct Ticks<'a> {
    /// [`ANSWERED`] for those who answered.
    pub(in crate::analysis) status: &'a [u8],
    /// Words a response.
    pub(in crate::analysis) words: usize,
    /// A bit for each option.
    pub(in crate::analysis) bits: &'a [u64],
}

/// Cells of one option among several.
pub(super) const TICKED: u8 = ANSWERED;
pub(super) const NOT_TICKED: u8 = ANSWERED + 1;

fn ticked<'a>(chunk: &'a Chunk, column: usize, place: usize, buffer: &'a mut Vec<u8>) -> &'a [u8] {
    buffer.clear();
    let cell = |answered: bool, has: bool| match (answered, has) {
        (false, _) => 0,
        (true, true) => TICKED,
        (true, false) => NOT_TICKED,
    };
    match &chunk.columns[column] {
        Column::Many {
            status,
            words,
            bits,
        } => {
            let (word, bit) = (place / 64, place % 64);
            let rows = status.iter().zip(bits.chunks_exact(*words));
            buffer.extend(
                rows.map(|(status, bits)| cell(*status == ANSWERED, bits[word] >> bit & 1 == 1)),
            );
        }
        Column::Ranking { words, ballots } => {
            let item = u8::try_from(place + usize::from(ANSWERED)).unwrap_or_default();
            buffer.extend(ballots.chunks_exact(*words).map(|ballot| {
                let ballot = Ballot(ballot);
                cell(
                    ballot.cell(0) >= ANSWERED,
                    (0..TOP_PLACES).any(|place| ballot.cell(place) == item),
                )
            }));
        }
        _ => {}
    }
    buffer
}

fn blank<'a>(chunk: &Chunk, buffer: &'a mut Vec<u8>) -> &'a [u8] {
    buffer.clear();
    buffer.resize(chunk.len(), 0);
    buffer
}
