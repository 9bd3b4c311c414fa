//! Filters: which responses a measure is taken over, and the bitmap a filter becomes.
//!
//! Different filters narrow each other ("and"); the values of one filter widen it ("or"). Areas, Community Safety
//! Partnerships and Local Policing Areas are one filter: a response counts when it lies in any area named by any of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use uuid::Uuid;

use super::{
    areas::{AREA_FIRST, cells},
    chunk::{CHUNK_ROWS, Channel, Chunk, VICTIM_NO, VICTIM_YES},
    columns::day_number,
    dataset::Dataset,
    quality::FlagFilter,
    schema::{ANSWERED, Schema},
    variable::{TickBuffer, Variable, VariableKey},
};
use crate::{
    geography::{Grouping, Place},
    survey::ids::Code,
};

/// Which responses are meant; the default means all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// Areas, by code.
    pub areas: BTreeSet<Code>,
    /// Community Safety Partnerships, by key.
    pub csps: BTreeSet<String>,
    /// Local Policing Areas, by key.
    pub policing_areas: BTreeSet<String>,
    /// Answers to the age question.
    pub ages: BTreeSet<Code>,
    /// Answers to the sex question.
    pub sexes: BTreeSet<Code>,
    /// Whether a victim of crime; either, if left out.
    pub victim: Option<bool>,
    /// The first local day of submission that counts.
    pub from: Option<Date>,
    /// The last local day of submission that counts.
    pub to: Option<Date>,
    /// Ways responses came in.
    pub channels: BTreeSet<Channel>,
    /// Answers to any questions of codes, or to rows of grids: those who gave one of these. Several questions narrow
    /// each other.
    pub answers: BTreeMap<VariableKey, BTreeSet<String>>,
    /// The last moment of submission that counts, so that an earlier state is had again.
    pub as_of: Option<Timestamp>,
    /// With flags, without, or either.
    pub quality: FlagFilter,
}

impl Filter {
    /// Whether it lets every response through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Scans the dataset for the responses that pass.
    #[must_use]
    pub fn select(&self, dataset: &Dataset) -> Selection {
        let tests = Tests::new(self, dataset.schema());
        // Flags are looked up only where they are asked for: finding them takes a scan of its own.
        let quality = (self.quality != FlagFilter::All).then(|| dataset.quality());
        let parts: Vec<Part> = dataset
            .chunks()
            .iter()
            .enumerate()
            .map(|(place, chunk)| tests.scan(chunk, quality.map(|quality| quality.chunk(place))))
            .collect();
        let count = parts
            .iter()
            .zip(dataset.chunks())
            .map(|(part, chunk)| part.count(chunk.len()))
            .sum();
        Selection { parts, count }
    }
}

/// A table of which values of a byte column pass.
type Passes = [bool; 256];

/// A filter in the terms of the columns; what is left out tests nothing.
#[derive(Default)]
struct Tests {
    area: Option<Box<Passes>>,
    age: Option<Box<Passes>>,
    sex: Option<Box<Passes>>,
    victim: Option<Box<Passes>>,
    channel: Option<Box<Passes>>,
    days: Option<(i32, i32)>,
    quality: FlagFilter,
    answers: Vec<AnswerTest>,
    as_of: Option<i64>,
}

/// Which answers to one question pass.
enum AnswerTest {
    /// Those in one of some categories.
    Cells(Box<Variable>, Box<Passes>),
    /// Those who ticked one of some options, a bit for each.
    Ticks(Box<Variable>, Vec<u64>),
    /// None: these responses have no such question.
    Nobody,
}

impl AnswerTest {
    fn new(schema: &Schema, key: &VariableKey, codes: &BTreeSet<String>) -> Self {
        let Some(variable) = Variable::in_schema(schema, key) else {
            return Self::Nobody;
        };
        if !variable.is_several() {
            let passes = variable.cells_of(|code| codes.contains(code));
            return Self::Cells(Box::new(variable), passes);
        }
        let mut bits = vec![0_u64; variable.len().div_ceil(64).max(1)];
        for (option, category) in variable.categories.iter().enumerate() {
            bits[option / 64] |= u64::from(codes.contains(&category.code)) << (option % 64);
        }
        Self::Ticks(Box::new(variable), bits)
    }

    fn keep(&self, bits: &mut [u64; WORDS], chunk: &Chunk) {
        match self {
            Self::Cells(variable, passes) => {
                let mut buffer = Vec::new();
                keep(bits, variable.cells(chunk, &mut buffer), |cell| {
                    passes[usize::from(cell)]
                });
            }
            Self::Ticks(variable, wanted) => {
                let mut buffer = TickBuffer::default();
                let ticks = variable.ticks(chunk, &mut buffer);
                let rows = ticks
                    .status
                    .iter()
                    .zip(ticks.bits.chunks_exact(ticks.words));
                let passing = rows.map(|(status, bits)| {
                    let mut both = bits.iter().zip(wanted);
                    *status == ANSWERED && both.any(|(given, wanted)| given & wanted != 0)
                });
                keep(bits, &passing.collect::<Vec<_>>(), |passes| passes);
            }
            Self::Nobody => bits.fill(0),
        }
    }
}

impl Tests {
    fn new(filter: &Filter, schema: &Schema) -> Self {
        let codes = |codes: &BTreeSet<Code>, column: Option<usize>| {
            let options = schema.options_of(column);
            table(codes.is_empty(), || {
                codes
                    .iter()
                    .filter_map(|code| options?.position(code))
                    .filter_map(|place| u8::try_from(place + usize::from(ANSWERED)).ok())
                    .collect()
            })
        };
        let from = filter.from.map_or(i32::MIN, day_number);
        let to = filter.to.map_or(i32::MAX, day_number);
        Self {
            area: area_table(filter, schema.place()),
            age: codes(&filter.ages, schema.roles().age),
            sex: codes(&filter.sexes, schema.roles().sex),
            victim: table(filter.victim.is_none(), || {
                vec![if filter.victim == Some(true) {
                    VICTIM_YES
                } else {
                    VICTIM_NO
                }]
            }),
            channel: table(filter.channels.is_empty(), || {
                filter
                    .channels
                    .iter()
                    .map(|channel| *channel as u8)
                    .collect()
            }),
            days: (filter.from.is_some() || filter.to.is_some()).then_some((from, to)),
            quality: filter.quality,
            answers: filter
                .answers
                .iter()
                .map(|(key, codes)| AnswerTest::new(schema, key, codes))
                .collect(),
            as_of: filter.as_of.map(Timestamp::as_microsecond),
        }
    }

    fn scan(&self, chunk: &Chunk, flags: Option<&[u8]>) -> Part {
        let mut bits = Box::new([u64::MAX; WORDS]);
        let mut tested = false;
        for (passes, cells) in [
            (&self.area, &chunk.area),
            (&self.age, &chunk.age),
            (&self.sex, &chunk.sex),
            (&self.victim, &chunk.victim),
            (&self.channel, &chunk.channel),
        ] {
            if let Some(passes) = passes {
                tested = true;
                keep(&mut bits, cells, |cell| passes[usize::from(cell)]);
            }
        }
        if let Some((from, to)) = self.days {
            tested = true;
            keep(&mut bits, &chunk.day, |day| (from..=to).contains(&day));
        }
        if let Some(flags) = flags {
            tested = true;
            keep(&mut bits, flags, |flags| self.quality.passes(flags));
        }
        for test in &self.answers {
            tested = true;
            test.keep(&mut bits, chunk);
        }
        if let Some(as_of) = self.as_of {
            tested = true;
            keep(&mut bits, &chunk.submitted_at, |sent| sent <= as_of);
        }
        if !tested {
            return Part::All;
        }
        // `keep` clears what lies past the end of the cells.
        if bits.iter().all(|word| *word == 0) {
            Part::None
        } else {
            Part::Bits(bits)
        }
    }
}

/// Clears the bits of the cells that don't pass, 64 at a time.
fn keep<T: Copy>(bits: &mut [u64; WORDS], cells: &[T], passes: impl Fn(T) -> bool) {
    let mut groups = cells.chunks(64);
    for word in bits.iter_mut() {
        let mut passing = 0_u64;
        for (place, cell) in groups.next().unwrap_or_default().iter().enumerate() {
            passing |= u64::from(passes(*cell)) << place;
        }
        *word &= passing;
    }
}

fn table(tests_nothing: bool, values: impl FnOnce() -> Vec<u8>) -> Option<Box<Passes>> {
    if tests_nothing {
        return None;
    }
    let mut passes = Box::new([false; 256]);
    for value in values() {
        passes[usize::from(value)] = true;
    }
    Some(passes)
}

fn area_table(filter: &Filter, place: &Place) -> Option<Box<Passes>> {
    let groupings = [
        (Grouping::Csp, &filter.csps),
        (Grouping::PolicingArea, &filter.policing_areas),
    ];
    let tests_nothing =
        filter.areas.is_empty() && groupings.iter().all(|(_, keys)| keys.is_empty());
    table(tests_nothing, || {
        let areas = filter
            .areas
            .iter()
            .filter_map(|code| place.area_index(code));
        let mut found: Vec<u8> = areas.map(|index| index + AREA_FIRST).collect();
        for (grouping, keys) in groupings {
            for group in keys
                .iter()
                .filter_map(|key| place.find_group(grouping, key))
            {
                found.extend(cells(group));
            }
        }
        found
    })
}

const WORDS: usize = CHUNK_ROWS / 64;

/// Which rows of one chunk are selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// All.
    All,
    /// None.
    None,
    /// Those whose bit is set.
    Bits(Box<[u64; WORDS]>),
}

impl Part {
    fn count(&self, len: usize) -> usize {
        match self {
            Self::All => len,
            Self::None => 0,
            Self::Bits(bits) => bits.iter().map(|word| word.count_ones() as usize).sum(),
        }
    }

    /// Calls `visit` with each selected row of a chunk of `len` rows, in order.
    #[inline]
    pub(super) fn each(&self, len: usize, mut visit: impl FnMut(usize)) {
        match self {
            Self::All => (0..len).for_each(visit),
            Self::None => {}
            Self::Bits(bits) => {
                for (place, word) in bits.iter().enumerate() {
                    let mut left = *word;
                    while left != 0 {
                        visit(place * 64 + left.trailing_zeros() as usize);
                        left &= left - 1;
                    }
                }
            }
        }
    }
}

/// The responses of one dataset that pass a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    parts: Vec<Part>,
    count: usize,
}

impl Selection {
    /// All responses of a dataset.
    #[must_use]
    pub fn all(dataset: &Dataset) -> Self {
        Self {
            parts: vec![Part::All; dataset.chunks().len()],
            count: dataset.len(),
        }
    }

    /// No response of a dataset.
    #[must_use]
    pub fn none(dataset: &Dataset) -> Self {
        Self {
            parts: vec![Part::None; dataset.chunks().len()],
            count: 0,
        }
    }

    /// How many responses pass.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The ids of the responses that pass, for downloads and lists that read rows from the store.
    #[must_use]
    pub fn ids(&self, dataset: &Dataset) -> Vec<Uuid> {
        let mut ids = Vec::with_capacity(self.count);
        self.each_chunk(dataset, |chunk, part| {
            part.each(chunk.len(), |row| ids.push(chunk.ids[row]))
        });
        ids
    }

    /// The flags of the responses that pass (bits of [`super::quality::Flag`]), in the order of [`Selection::ids`].
    #[must_use]
    pub fn flags(&self, dataset: &Dataset) -> Vec<u8> {
        let mut flags = Vec::with_capacity(self.count);
        let mut place = 0;
        self.each_chunk(dataset, |chunk, part| {
            let of_chunk = dataset.quality().chunk(place);
            part.each(chunk.len(), |row| flags.push(of_chunk[row]));
            place += 1;
        });
        flags
    }

    /// Whether any response that passes was simulated.
    #[must_use]
    pub fn has_simulated(&self, dataset: &Dataset) -> bool {
        let mut found = false;
        self.each_chunk(dataset, |chunk, part| {
            if !found && chunk.simulated.contains(&1) {
                part.each(chunk.len(), |row| found |= chunk.simulated[row] == 1);
            }
        });
        found
    }

    /// The numbers of the survey's versions that the responses answer, in order.
    #[must_use]
    pub fn versions(&self, dataset: &Dataset) -> Vec<u32> {
        let mut found = BTreeSet::new();
        self.each_chunk(dataset, |chunk, part| {
            let first = chunk.version.first().copied();
            // Nearly always all rows of a chunk answer one version: then one of them has to be selected.
            if let Some(only) = first.filter(|first| chunk.version.iter().all(|one| one == first)) {
                if part.count(chunk.len()) > 0 {
                    found.insert(only);
                }
            } else {
                part.each(chunk.len(), |row| {
                    found.insert(chunk.version[row]);
                });
            }
        });
        found.into_iter().collect()
    }

    /// Calls `visit` with each chunk of the dataset it was made from, and what is selected of it.
    #[inline]
    pub(super) fn each_chunk(&self, dataset: &Dataset, mut visit: impl FnMut(&Chunk, &Part)) {
        for (chunk, part) in dataset.chunks().iter().zip(&self.parts) {
            visit(chunk, part);
        }
    }

    /// The same for some of the chunks.
    #[inline]
    pub(super) fn each_chunk_of(
        &self,
        dataset: &Dataset,
        chunks: std::ops::Range<usize>,
        mut visit: impl FnMut(&Chunk, &Part),
    ) {
        let parts = self.parts.get(chunks.clone()).unwrap_or_default();
        let chunks = dataset.chunks().get(chunks).unwrap_or_default();
        for (chunk, part) in chunks.iter().zip(parts) {
            visit(chunk, part);
        }
    }
}
