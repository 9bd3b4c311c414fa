//! The flags of every response of one dataset, among them those that only all responses together show.

use std::{collections::HashSet, sync::Arc};

use serde::Serialize;

use super::{Flag, own::ONE_GRID};
use crate::analysis::{
    chunk::{Channel, Chunk},
    dataset::Dataset,
    filter::Selection,
    share::{Base, Share},
};

/// How many timed responses there must be before any is called fast.
pub const LEAST_TIMED: u32 = 100;
/// A response is called fast when it took less than the median divided by this.
///
/// That is a relative speed index of 3. Page by page, an index of 2 is the usual bound (Leiner 2019, Survey Research
/// Methods 13, pp. 229–248), and 50 % under the median the strictest of Greszki, Meyer & Schoen (2015). Here only the
/// whole time is known, in which those who write nothing are honestly faster, so that the bound is stricter.
pub const SLOWEST_SPEEDER: u32 = 3;
/// Haste that makes equal answers in one short grid a sign: under the median divided by this. Haste and equal answers
/// go together (Zhang & Conrad 2014, Survey Research Methods 8, pp. 127–135).
const HASTE: u32 = 2;
/// How many responses must share a text for each of them to be flagged.
pub const SEVERAL: usize = 2;

/// How long people took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Timing {
    /// Responses whose time was taken: those sent online.
    pub timed: u32,
    /// The median of the seconds taken for each question asked (the lower of the middle two); null under
    /// [`LEAST_TIMED`] responses.
    pub median: Option<f64>,
    /// Under these seconds a question a response is called fast; null where there is no median.
    pub fast_under: Option<f64>,
}

/// Which responses have a flag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlagCounts {
    /// Of those selected, those with at least one flag.
    pub flagged: Share,
    /// The same, flag by flag; a response can have several.
    pub by_flag: Vec<(Flag, Share)>,
}

/// The flags of every response of one dataset.
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    chunks: Vec<Vec<u8>>,
    timing: Timing,
}

impl Quality {
    pub(in crate::analysis) fn of(chunks: &[Arc<Chunk>]) -> Self {
        let mut paces: Vec<u32> = chunks.iter().flat_map(|chunk| timed(chunk)).collect();
        let median = median(&mut paces);
        let mut judged: Vec<Vec<u8>> = chunks
            .iter()
            .map(|chunk| judge_time(chunk, median))
            .collect();
        let questions = chunks.first().map_or(0, |chunk| chunk.texts.len());
        for question in 0..questions {
            judge_text(chunks, question, &mut judged);
        }
        let seconds = |milliseconds: u32| f64::from(milliseconds) / 1000.0;
        Self {
            chunks: judged,
            timing: Timing {
                timed: u32::try_from(paces.len()).unwrap_or(u32::MAX),
                median: median.map(seconds),
                fast_under: median.map(|median| seconds(median) / f64::from(SLOWEST_SPEEDER)),
            },
        }
    }

    /// The flags of the rows of a chunk, as bits of [`Flag`].
    #[must_use]
    pub fn chunk(&self, place: usize) -> &[u8] {
        self.chunks.get(place).map_or(&[], Vec::as_slice)
    }

    /// How long people took.
    #[must_use]
    pub fn timing(&self) -> Timing {
        self.timing
    }

    /// How many of the responses selected from `dataset` have which flag. `self` must be the dataset's own.
    #[must_use]
    pub fn count(&self, dataset: &Dataset, selection: &Selection) -> FlagCounts {
        let mut counts = [0_u32; 256];
        let mut chunks = self.chunks.iter();
        selection.each_chunk(dataset, |chunk, part| {
            if let Some(flags) = chunks.next() {
                part.each(chunk.len(), |row| counts[usize::from(flags[row])] += 1);
            }
        });
        let base = Base(counts.iter().sum());
        let with = |has: &dyn Fn(u8) -> bool| -> Share {
            let found = (0..=u8::MAX).zip(counts).filter(|(bits, _)| has(*bits));
            Share::new(found.map(|(_, count)| count).sum(), base)
        };
        FlagCounts {
            flagged: with(&|bits| bits != 0),
            by_flag: Flag::ALL
                .into_iter()
                .map(|flag| (flag, with(&|bits| bits & flag.bit() != 0)))
                .collect(),
        }
    }
}

/// Milliseconds for each question asked, a row of a grid counting as one. None where nobody was timed: on paper, by
/// telephone, at events and in imports the clock is whoever typed it in.
fn pace(chunk: &Chunk, row: usize) -> Option<u32> {
    let is_timed = chunk.channel[row] == Channel::Web as u8;
    let asked = u64::from(chunk.asked[row]);
    let pace = (u64::from(chunk.seconds[row]) * 1000).checked_div(asked)?;
    is_timed.then(|| u32::try_from(pace).unwrap_or(u32::MAX))
}

fn timed(chunk: &Chunk) -> impl Iterator<Item = u32> + '_ {
    (0..chunk.len()).filter_map(|row| pace(chunk, row))
}

/// The lower median of at least [`LEAST_TIMED`] paces. It stays what it is when every response comes twice.
fn median(paces: &mut [u32]) -> Option<u32> {
    if paces.len() < LEAST_TIMED as usize {
        return None;
    }
    let middle = (paces.len() - 1) / 2;
    Some(*paces.select_nth_unstable(middle).1)
}

/// The flags that the chunk's rows carry, and those by time.
fn judge_time(chunk: &Chunk, median: Option<u32>) -> Vec<u8> {
    let is_under = |row: usize, divisor: u32| {
        let pace = pace(chunk, row).zip(median);
        pace.is_some_and(|(pace, median)| u64::from(pace) * u64::from(divisor) < u64::from(median))
    };
    let judge = |(row, flags): (usize, &u8)| {
        let mut judged = flags & !ONE_GRID;
        if is_under(row, SLOWEST_SPEEDER) {
            judged |= Flag::Speeding.bit();
        }
        if flags & ONE_GRID != 0 && is_under(row, HASTE) {
            judged |= Flag::StraightLines.bit();
        }
        judged
    };
    chunk.flags.iter().enumerate().map(judge).collect()
}

/// Flags the answers to one question that [`SEVERAL`] or more responses share.
fn judge_text(chunks: &[Arc<Chunk>], question: usize, judged: &mut [Vec<u8>]) {
    let mut all: Vec<u64> = Vec::new();
    for chunk in chunks {
        all.extend(chunk.texts[question].iter().filter(|text| **text != 0));
    }
    all.sort_unstable();
    let shared: HashSet<u64> = all
        .chunk_by(|one, other| one == other)
        .filter(|alike| alike.len() >= SEVERAL)
        .map(|alike| alike[0])
        .collect();
    if shared.is_empty() {
        return;
    }
    for (chunk, judged) in chunks.iter().zip(judged) {
        for (text, flags) in chunk.texts[question].iter().zip(judged) {
            if *text != 0 && shared.contains(text) {
                *flags |= Flag::RepeatedText.bit();
            }
        }
    }
}
