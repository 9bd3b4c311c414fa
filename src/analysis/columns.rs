//! The columns of one question inside one chunk, and how an answer becomes a cell.
//!
//! Rows are only ever written while a chunk is being made; readers see finished chunks.

use super::schema::{ANSWERED, DECLINED, DONT_KNOW, INVALID, Layout, MISSING, NOT_ASKED, points};
use crate::survey::answers::Answer;

/// How many options fit one byte without being wide.
const NARROW: usize = super::schema::NARROW_OPTIONS;

/// The cells of one question for the rows of one chunk.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// A code per row: [`MISSING`], …, or [`ANSWERED`] + the option's place.
    Narrow(Vec<u8>),
    /// The same for more options than a byte can tell apart.
    Wide(Vec<u16>),
    /// A bit per option, `words` words of 64 a row; the bits mean something where the status is [`ANSWERED`].
    Many {
        /// [`MISSING`], [`NOT_ASKED`], [`DECLINED`] or [`ANSWERED`].
        status: Vec<u8>,
        /// Words a row.
        words: usize,
        /// The bits.
        bits: Vec<u64>,
    },
    /// A column of codes for each grid row.
    Grid(Vec<Vec<u8>>),
    /// Whole numbers, where the status is [`ANSWERED`].
    Number {
        /// Whether there is one.
        status: Vec<u8>,
        /// The numbers.
        values: Vec<i64>,
    },
    /// Ballots: a byte a place, first place in the lowest, eight places a word. A byte is [`ANSWERED`] + the item's
    /// place in the list; 0 ends the ballot. The lowest byte alone says why there is no ballot, as codes do.
    Ranking {
        /// Words a row.
        words: usize,
        /// The ballots.
        ballots: Vec<u64>,
    },
    /// A column of amounts for each item, where the status is [`ANSWERED`].
    Budget {
        /// Whether there is a budget, or why not; [`INVALID`] where it doesn't add up.
        status: Vec<u8>,
        /// Item → amounts.
        amounts: Vec<Vec<u16>>,
    },
    /// Days since 1 January 1970, where the status is [`ANSWERED`].
    Date {
        /// Whether there is one.
        status: Vec<u8>,
        /// The days.
        days: Vec<i32>,
    },
    /// Whether there are words.
    Text(Vec<u8>),
}

/// Copies a value inside one vector, or from a vector of another chunk.
fn copy<T: Copy>(to: &mut [T], from: Option<&[T]>, source: usize, target: usize) {
    to[target] = from.map_or_else(|| to[source], |from| from[source]);
}

fn copy_words(to: &mut [u64], from: Option<&[u64]>, words: usize, source: usize, target: usize) {
    for word in 0..words {
        copy(to, from, source * words + word, target * words + word);
    }
}

impl Column {
    /// An empty column for a layout.
    #[must_use]
    pub fn new(layout: &Layout) -> Self {
        match layout {
            Layout::One(options) if options.len() > NARROW => Self::Wide(Vec::new()),
            Layout::One(_) | Layout::Text => match layout {
                Layout::Text => Self::Text(Vec::new()),
                _ => Self::Narrow(Vec::new()),
            },
            Layout::Scale { min, max } if points(*min, *max) > NARROW as u64 => {
                Self::Wide(Vec::new())
            }
            Layout::Scale { .. } => Self::Narrow(Vec::new()),
            Layout::Many(options) => Self::Many {
                status: Vec::new(),
                words: options.len().div_ceil(64).max(1),
                bits: Vec::new(),
            },
            Layout::Grid { rows, .. } => Self::Grid(vec![Vec::new(); rows.len()]),
            Layout::Number => Self::Number {
                status: Vec::new(),
                values: Vec::new(),
            },
            Layout::Ranking { places, .. } => Self::Ranking {
                words: places.div_ceil(8),
                ballots: Vec::new(),
            },
            Layout::Budget { items, .. } => Self::Budget {
                status: Vec::new(),
                amounts: vec![Vec::new(); items.len()],
            },
            Layout::Date => Self::Date {
                status: Vec::new(),
                days: Vec::new(),
            },
        }
    }

    /// How many bytes its cells take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Narrow(cells) | Self::Text(cells) => cells.len(),
            Self::Wide(cells) => cells.len() * 2,
            Self::Many { status, bits, .. } => status.len() + bits.len() * 8,
            Self::Grid(rows) => rows.iter().map(Vec::len).sum(),
            Self::Number { status, values } => status.len() + values.len() * 8,
            Self::Ranking { ballots, .. } => ballots.len() * 8,
            Self::Budget { status, amounts } => {
                status.len() + amounts.iter().map(|cells| cells.len() * 2).sum::<usize>()
            }
            Self::Date { status, days } => status.len() + days.len() * 4,
        }
    }

    /// Makes the column `len` rows long; new rows are blank.
    pub(super) fn resize(&mut self, len: usize) {
        match self {
            Self::Narrow(cells) | Self::Text(cells) => cells.resize(len, MISSING),
            Self::Wide(cells) => cells.resize(len, u16::from(MISSING)),
            Self::Many {
                status,
                words,
                bits,
            } => {
                status.resize(len, MISSING);
                bits.resize(len * *words, 0);
            }
            Self::Grid(rows) => rows.iter_mut().for_each(|cells| cells.resize(len, MISSING)),
            Self::Number { status, values } => {
                status.resize(len, MISSING);
                values.resize(len, 0);
            }
            Self::Ranking { words, ballots } => ballots.resize(len * *words, 0),
            Self::Budget { status, amounts } => {
                status.resize(len, MISSING);
                amounts.iter_mut().for_each(|cells| cells.resize(len, 0));
            }
            Self::Date { status, days } => {
                status.resize(len, MISSING);
                days.resize(len, 0);
            }
        }
    }

    /// Copies row `source` of another chunk's column (of this one, if none is given) over row `target` of this.
    pub(super) fn copy_row(&mut self, from: Option<&Self>, source: usize, target: usize) {
        match (self, from) {
            (Self::Narrow(to), None) | (Self::Text(to), None) => copy(to, None, source, target),
            (Self::Narrow(to), Some(Self::Narrow(from)))
            | (Self::Text(to), Some(Self::Text(from))) => {
                copy(to, Some(from), source, target);
            }
            (Self::Wide(to), None) => copy(to, None, source, target),
            (Self::Wide(to), Some(Self::Wide(from))) => copy(to, Some(from), source, target),
            (
                Self::Many {
                    status,
                    words,
                    bits,
                },
                from,
            ) => {
                let from = match from {
                    Some(Self::Many { status, bits, .. }) => Some((status, bits)),
                    _ => None,
                };
                copy(status, from.map(|(status, _)| &status[..]), source, target);
                copy_words(
                    bits,
                    from.map(|(_, bits)| &bits[..]),
                    *words,
                    source,
                    target,
                );
            }
            (Self::Grid(rows), from) => {
                for (place, cells) in rows.iter_mut().enumerate() {
                    let from = match from {
                        Some(Self::Grid(rows)) => Some(&rows[place][..]),
                        _ => None,
                    };
                    copy(cells, from, source, target);
                }
            }
            (Self::Number { status, values }, from) => {
                let from = match from {
                    Some(Self::Number { status, values }) => Some((status, values)),
                    _ => None,
                };
                copy(status, from.map(|(status, _)| &status[..]), source, target);
                copy(values, from.map(|(_, values)| &values[..]), source, target);
            }
            (Self::Ranking { words, ballots }, from) => {
                let from = match from {
                    Some(Self::Ranking { ballots, .. }) => Some(&ballots[..]),
                    _ => None,
                };
                copy_words(ballots, from, *words, source, target);
            }
            (Self::Budget { status, amounts }, from) => {
                let from = match from {
                    Some(Self::Budget { status, amounts }) => Some((status, amounts)),
                    _ => None,
                };
                copy(status, from.map(|(status, _)| &status[..]), source, target);
                for (item, cells) in amounts.iter_mut().enumerate() {
                    copy(
                        cells,
                        from.map(|(_, amounts)| &amounts[item][..]),
                        source,
                        target,
                    );
                }
            }
            (Self::Date { status, days }, from) => {
                let from = match from {
                    Some(Self::Date { status, days }) => Some((status, days)),
                    _ => None,
                };
                copy(status, from.map(|(status, _)| &status[..]), source, target);
                copy(days, from.map(|(_, days)| &days[..]), source, target);
            }
            // Chunks of one dataset share a schema, so that columns at one place have one kind.
            (Self::Narrow(_) | Self::Wide(_) | Self::Text(_), Some(_)) => {}
        }
    }

    /// Writes an answer (or its absence) into a row that exists. An answer that doesn't fit the layout, because the
    /// question changed its kind or lost a code, counts as missing.
    pub(super) fn set(
        &mut self,
        row: usize,
        layout: &Layout,
        answer: Option<&Answer>,
        asked: bool,
    ) {
        let absent = match answer {
            None if !asked => NOT_ASKED,
            Some(Answer::Declined) => DECLINED,
            Some(Answer::DontKnow) => DONT_KNOW,
            _ => MISSING,
        };
        match (self, layout) {
            (Self::Narrow(cells), _) => {
                let code = code(layout, answer).and_then(|code| u8::try_from(code).ok());
                cells[row] = code.unwrap_or(absent);
            }
            (Self::Wide(cells), _) => {
                cells[row] = code(layout, answer).unwrap_or(u16::from(absent));
            }
            (
                Self::Many {
                    status,
                    words,
                    bits,
                },
                Layout::Many(options),
            ) => {
                let bits = &mut bits[row * *words..(row + 1) * *words];
                bits.fill(0);
                if let Some(Answer::Many(codes)) = answer {
                    for place in codes.iter().filter_map(|code| options.position(code)) {
                        bits[place / 64] |= 1 << (place % 64);
                    }
                }
                let ticked = bits.iter().any(|word| *word != 0);
                status[row] = if ticked { ANSWERED } else { absent };
            }
            (Self::Grid(lines), Layout::Grid { rows, columns }) => {
                let given = match answer {
                    Some(Answer::Grid(given)) => Some(given),
                    _ => None,
                };
                for (cells, line) in lines.iter_mut().zip(rows.list()) {
                    let column = given
                        .and_then(|given| given.get(&line.code))
                        .and_then(|code| columns.position(code))
                        .and_then(|place| u8::try_from(place + usize::from(ANSWERED)).ok());
                    cells[row] = column.unwrap_or(absent);
                }
            }
            (Self::Number { status, values }, _) => {
                let given = match answer {
                    Some(Answer::Number(given)) => Some(*given),
                    _ => None,
                };
                values[row] = given.unwrap_or(0);
                status[row] = given.map_or(absent, |_| ANSWERED);
            }
            (Self::Ranking { words, ballots }, Layout::Ranking { items, places }) => {
                let ballot = &mut ballots[row * *words..(row + 1) * *words];
                ballot.fill(0);
                let mut place = 0;
                if let Some(Answer::Ranked(codes)) = answer {
                    for item in codes
                        .iter()
                        .filter_map(|code| items.position(code))
                        .take(*places)
                    {
                        let cell = (item + usize::from(ANSWERED)) as u64;
                        ballot[place / 8] |= cell << (8 * (place % 8));
                        place += 1;
                    }
                }
                if place == 0 {
                    ballot[0] = u64::from(absent);
                }
            }
            (Self::Budget { status, amounts }, Layout::Budget { items, total, .. }) => {
                status[row] = absent;
                amounts.iter_mut().for_each(|cells| cells[row] = 0);
                if let Some(Answer::Shares(shares)) = answer {
                    let mut sum = 0_u64;
                    for (code, amount) in shares {
                        sum += u64::from(*amount);
                        if let Some(item) = items.position(code) {
                            amounts[item][row] = u16::try_from(*amount).unwrap_or(u16::MAX);
                        }
                    }
                    status[row] = if sum == u64::from(*total) {
                        ANSWERED
                    } else {
                        INVALID
                    };
                }
            }
            (Self::Date { status, days }, _) => {
                let day = match answer {
                    Some(Answer::Date(date)) => Some(day_number(*date)),
                    _ => None,
                };
                days[row] = day.unwrap_or(0);
                status[row] = day.map_or(absent, |_| ANSWERED);
            }
            (Self::Text(cells), _) => {
                cells[row] = if answer == Some(&Answer::Text) {
                    ANSWERED
                } else {
                    absent
                };
            }
            // A column is made from its layout, so that no other pair occurs.
            (Self::Many { .. } | Self::Grid(_) | Self::Ranking { .. } | Self::Budget { .. }, _) => {
            }
        }
    }
}

/// The cell of a single choice, an area or a point on a scale.
fn code(layout: &Layout, answer: Option<&Answer>) -> Option<u16> {
    let place = match (layout, answer?) {
        (Layout::One(options), Answer::One(code)) => options.position(code)?,
        (Layout::Scale { min, max }, Answer::Number(point))
            if (i64::from(*min)..=i64::from(*max)).contains(point) =>
        {
            usize::try_from(point - i64::from(*min)).ok()?
        }
        _ => return None,
    };
    u16::try_from(place + usize::from(ANSWERED)).ok()
}

/// Days since 1 January 1970.
pub(super) fn day_number(date: jiff::civil::Date) -> i32 {
    const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);
    (date - EPOCH).get_days()
}

/// The day that many days after 1 January 1970; the last day known, when there is none.
pub(super) fn date_of(day: i32) -> jiff::civil::Date {
    const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);
    EPOCH.saturating_add(jiff::Span::new().try_days(day).unwrap_or_default())
}

/// How many places a ballot gives, and its item at each place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ballot<'a>(pub &'a [u64]);

impl Ballot<'_> {
    /// The byte at a place.
    pub(super) fn cell(self, place: usize) -> u8 {
        (self.0[place / 8] >> (8 * (place % 8))) as u8
    }

    /// Puts its items, best first, into `ranked`.
    pub(super) fn ranked(self, ranked: &mut Vec<u8>) {
        ranked.clear();
        ranked.extend((0..self.len()).map(|place| self.cell(place) - ANSWERED));
    }

    /// How many items it ranks.
    pub(super) fn len(self) -> usize {
        if self.cell(0) < ANSWERED {
            return 0;
        }
        let bytes = |word: u64| 8 - (word.leading_zeros() / 8) as usize;
        let mut len = 0;
        for word in self.0 {
            len += bytes(*word);
        }
        len
    }
}
