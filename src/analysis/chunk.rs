//! A chunk: some thousand responses in columns, and how a response becomes a row.

use std::collections::BTreeSet;

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    areas::{AREA_FIRST, AREA_OUTSIDE, AREA_UNKNOWN},
    columns::{Column, day_number},
    quality,
    schema::{Layout, MISSING, Schema},
    strata::Stratum,
};
use crate::survey::{
    answers::{Answer, Answers},
    definition::OUTSIDE,
    ids::{Code, QuestionKey},
};

pub use crate::survey::{channel::Channel, flags::Flags};

/// How many responses a chunk holds.
pub const CHUNK_ROWS: usize = 4096;
/// The victim cell of somebody who did not say.
pub const VICTIM_UNKNOWN: u8 = 0;
/// The victim cell of somebody who was no victim of crime.
pub const VICTIM_NO: u8 = 1;
/// The victim cell of a victim of crime.
pub const VICTIM_YES: u8 = 2;

/// One submitted response, as its row is made from it.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The response.
    pub id: Uuid,
    /// Its answers.
    pub answers: &'a Answers,
    /// The questions it was asked, where that is known: an unanswered question outside counts as not asked.
    pub asked: Option<&'a BTreeSet<QuestionKey>>,
    /// How it came in.
    pub channel: Channel,
    /// The number of the survey version it answers.
    pub version: u32,
    /// When its first page was saved (unix µs).
    pub started_at: i64,
    /// When it was submitted (unix µs).
    pub submitted_at: i64,
    /// Whether it was simulated.
    pub simulated: bool,
    /// Its marks.
    pub flags: Flags,
    /// The fingerprints of its long texts ([`super::quality::fingerprint`]), by question.
    pub texts: &'a [(QuestionKey, u64)],
}

/// At most [`CHUNK_ROWS`] responses.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chunk {
    /// The responses.
    pub ids: Vec<Uuid>,
    /// [`AREA_UNKNOWN`], [`AREA_FIRST`] + the area's place, or [`AREA_OUTSIDE`].
    pub area: Vec<u8>,
    /// The age question's codes.
    pub age: Vec<u8>,
    /// The sex question's codes.
    pub sex: Vec<u8>,
    /// The weighting cell (see [`super::strata`]).
    pub stratum: Vec<Stratum>,
    /// [`VICTIM_UNKNOWN`], [`VICTIM_NO`] or [`VICTIM_YES`].
    pub victim: Vec<u8>,
    /// The place of the channel in [`Channel::ALL`].
    pub channel: Vec<u8>,
    /// 1 where simulated.
    pub simulated: Vec<u8>,
    /// The flags it carries in itself (bits of [`super::quality::Flag`]): those stored with it, and those its answers
    /// show. What only all responses together show is in [`super::dataset::Dataset::quality`].
    pub flags: Vec<u8>,
    /// The survey version.
    pub version: Vec<u32>,
    /// When it was started (unix µs).
    pub started_at: Vec<i64>,
    /// When it was submitted (unix µs).
    pub submitted_at: Vec<i64>,
    /// The local day of submission, in days since 1 January 1970.
    pub day: Vec<i32>,
    /// Whole seconds from start to submission.
    pub seconds: Vec<u32>,
    /// How many questions it was asked, each row of a grid counting as one.
    pub asked: Vec<u16>,
    /// For each question of [`Schema::long_texts`]: the fingerprints of the answers, 0 where there is none to compare.
    pub texts: Vec<Vec<u64>>,
    /// A column for each question of the schema.
    pub columns: Vec<Column>,
}

macro_rules! each_fixed {
    ($chunk:ident, $column:ident => $do:expr) => {{
        {
            let $column = &mut $chunk.ids;
            $do
        }
        {
            let $column = &mut $chunk.area;
            $do
        }
        {
            let $column = &mut $chunk.age;
            $do
        }
        {
            let $column = &mut $chunk.sex;
            $do
        }
        {
            let $column = &mut $chunk.stratum;
            $do
        }
        {
            let $column = &mut $chunk.victim;
            $do
        }
        {
            let $column = &mut $chunk.channel;
            $do
        }
        {
            let $column = &mut $chunk.simulated;
            $do
        }
        {
            let $column = &mut $chunk.flags;
            $do
        }
        {
            let $column = &mut $chunk.version;
            $do
        }
        {
            let $column = &mut $chunk.started_at;
            $do
        }
        {
            let $column = &mut $chunk.submitted_at;
            $do
        }
        {
            let $column = &mut $chunk.day;
            $do
        }
        {
            let $column = &mut $chunk.seconds;
            $do
        }
        {
            let $column = &mut $chunk.asked;
            $do
        }
    }};
}

impl Chunk {
    pub(super) fn new(schema: &Schema) -> Self {
        let columns = schema
            .questions()
            .iter()
            .map(|spec| Column::new(&spec.layout))
            .collect();
        Self {
            columns,
            texts: vec![Vec::new(); schema.long_texts().len()],
            ..Self::default()
        }
    }

    /// How many responses it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub(super) fn resize(&mut self, len: usize) {
        each_fixed!(self, column => column.resize(len, Default::default()));
        self.texts.iter_mut().for_each(|texts| texts.resize(len, 0));
        self.columns
            .iter_mut()
            .for_each(|column| column.resize(len));
    }

    pub(super) fn copy_row(&mut self, from: Option<&Self>, source: usize, target: usize) {
        macro_rules! copy {
            ($($name:ident)*) => {$(
                self.$name[target] = from.map_or_else(|| self.$name[source], |from| from.$name[source]);
            )*};
        }
        copy!(ids area age sex stratum victim channel simulated version started_at submitted_at day seconds
            asked flags);
        for (place, texts) in self.texts.iter_mut().enumerate() {
            texts[target] = from.map_or_else(|| texts[source], |from| from.texts[place][source]);
        }
        for (place, column) in self.columns.iter_mut().enumerate() {
            column.copy_row(from.map(|from| &from.columns[place]), source, target);
        }
    }

    pub(super) fn set(&mut self, at: usize, schema: &Schema, row: &Row<'_>) {
        let asked = |key: &QuestionKey| row.asked.is_none_or(|asked| asked.contains(key));
        let mut questions = 0;
        for (column, spec) in self.columns.iter_mut().zip(schema.questions()) {
            let is_asked = asked(&spec.key);
            if is_asked {
                questions += spec.layout.questions();
            }
            let answer = row.answers.values.get(&spec.key);
            column.set(at, &spec.layout, answer, is_asked);
        }
        self.asked[at] = u16::try_from(questions).unwrap_or(u16::MAX);
        for (texts, question) in self.texts.iter_mut().zip(schema.long_texts()) {
            let found = row.texts.iter().find(|(key, _)| key == question);
            texts[at] = found.map_or(0, |(_, fingerprint)| *fingerprint);
        }
        self.ids[at] = row.id;
        self.area[at] = area_cell(schema, row.answers);
        self.age[at] = self.narrow_cell(schema.roles().age, at);
        self.sex[at] = self.narrow_cell(schema.roles().sex, at);
        self.stratum[at] = schema
            .stratifier()
            .stratum(self.area[at], self.age[at], self.sex[at]);
        self.victim[at] = victim_cell(schema, row.answers);
        self.channel[at] = row.channel as u8;
        self.simulated[at] = u8::from(row.simulated);
        self.version[at] = row.version;
        self.started_at[at] = row.started_at;
        self.submitted_at[at] = row.submitted_at;
        self.day[at] = local_day(schema, row.submitted_at);
        let taken = row.submitted_at.saturating_sub(row.started_at).max(0) / 1_000_000;
        self.seconds[at] = u32::try_from(taken).unwrap_or(u32::MAX);
        self.flags[at] = row.flags.bits() & quality::STORED;
        self.flags[at] |= quality::straight_lines(schema, &self.columns, at);
        if quality::answers_contradict(schema, row.answers) {
            self.flags[at] |= quality::Flag::Contradiction.bit();
        }
    }

    fn narrow_cell(&self, column: Option<usize>, at: usize) -> u8 {
        match column.and_then(|column| self.columns.get(column)) {
            Some(Column::Narrow(cells)) => cells[at],
            _ => MISSING,
        }
    }
}

/// The local day of an instant, in days since 1 January 1970.
pub(crate) fn local_day(schema: &Schema, micros: i64) -> i32 {
    Timestamp::from_microsecond(micros).map_or(0, |instant| {
        day_number(schema.time_zone().to_datetime(instant).date())
    })
}

fn answer_at<'a>(
    schema: &Schema,
    answers: &'a Answers,
    column: Option<usize>,
) -> Option<&'a Answer> {
    answers.values.get(&schema.questions().get(column?)?.key)
}

fn area_cell(schema: &Schema, answers: &Answers) -> u8 {
    match answer_at(schema, answers, schema.roles().area) {
        Some(Answer::One(code)) if code.as_str() == OUTSIDE => AREA_OUTSIDE,
        Some(Answer::One(code)) => schema
            .place()
            .area_index(code)
            .map_or(AREA_UNKNOWN, |index| index + AREA_FIRST),
        _ => AREA_UNKNOWN,
    }
}

/// Yes, where an answer is one of the codes that mean yes; no, where it is another answer of substance; unknown, where
/// there is none, or one that stands apart ("don't know").
fn victim_cell(schema: &Schema, answers: &Answers) -> u8 {
    let Some((column, yes)) = &schema.roles().victim else {
        return VICTIM_UNKNOWN;
    };
    let says = |code: &Code| yes.contains(code);
    let apart = |code: &Code| {
        let spec = &schema.questions()[*column];
        matches!(&spec.layout, Layout::One(options)
            if options.position(code).is_some_and(|place| options.list()[place].apart))
    };
    match answer_at(schema, answers, Some(*column)) {
        Some(Answer::One(code)) if says(code) => VICTIM_YES,
        Some(Answer::One(code)) if apart(code) => VICTIM_UNKNOWN,
        Some(Answer::One(_)) => VICTIM_NO,
        Some(Answer::Many(codes)) if codes.iter().any(says) => VICTIM_YES,
        Some(Answer::Many(_)) => VICTIM_NO,
        _ => VICTIM_UNKNOWN,
    }
}
