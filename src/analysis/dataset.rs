//! The dataset: every submitted response of a survey in columns, in immutable chunks.
//!
//! A dataset is a value: cheap to clone, and never changed under a reader. A change makes another dataset that shares
//! all chunks it did not touch. Changes are by response id and idempotent, so that a follow-up may repeat them.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    areas::{AREA_FIRST, AREA_OUTSIDE, AREA_UNKNOWN},
    columns::{Column, day_number},
    schema::{ANSWERED, Layout, MISSING, Schema},
};
use crate::survey::{
    answers::{Answer, Answers},
    definition::OUTSIDE,
    ids::{Code, QuestionKey},
};

/// How many responses a chunk holds.
pub const CHUNK_ROWS: usize = 4096;
/// The victim cell of somebody who did not say.
pub const VICTIM_UNKNOWN: u8 = 0;
/// The victim cell of somebody who was no victim of crime.
pub const VICTIM_NO: u8 = 1;
/// The victim cell of a victim of crime.
pub const VICTIM_YES: u8 = 2;

/// How a response came in.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A browser.
    #[default]
    Web,
    /// A paper form, keyed in.
    Paper,
    /// A telephone call, keyed in.
    Telephone,
    /// An event, keyed in.
    Event,
    /// An import.
    Import,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 5] = [
        Self::Web,
        Self::Paper,
        Self::Telephone,
        Self::Event,
        Self::Import,
    ];

    /// Its word in addresses and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Paper => "paper",
            Self::Telephone => "telephone",
            Self::Event => "event",
            Self::Import => "import",
        }
    }

    /// The channel a word means.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }
}

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
    /// [`VICTIM_UNKNOWN`], [`VICTIM_NO`] or [`VICTIM_YES`].
    pub victim: Vec<u8>,
    /// The place of the channel in [`Channel::ALL`].
    pub channel: Vec<u8>,
    /// 1 where simulated.
    pub simulated: Vec<u8>,
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
    }};
}

impl Chunk {
    fn new(schema: &Schema) -> Self {
        let columns = schema
            .questions()
            .iter()
            .map(|spec| Column::new(&spec.layout))
            .collect();
        Self {
            columns,
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

    fn resize(&mut self, len: usize) {
        each_fixed!(self, column => column.resize(len, Default::default()));
        self.columns
            .iter_mut()
            .for_each(|column| column.resize(len));
    }

    fn copy_row(&mut self, from: Option<&Self>, source: usize, target: usize) {
        macro_rules! copy {
            ($($name:ident)*) => {$(
                self.$name[target] = from.map_or_else(|| self.$name[source], |from| from.$name[source]);
            )*};
        }
        copy!(ids area age sex victim channel simulated version started_at submitted_at day seconds);
        for (place, column) in self.columns.iter_mut().enumerate() {
            column.copy_row(from.map(|from| &from.columns[place]), source, target);
        }
    }

    fn set(&mut self, at: usize, schema: &Schema, row: &Row<'_>) {
        let asked = |key: &QuestionKey| row.asked.is_none_or(|asked| asked.contains(key));
        for (column, spec) in self.columns.iter_mut().zip(schema.questions()) {
            column.set(
                at,
                &spec.layout,
                row.answers.values.get(&spec.key),
                asked(&spec.key),
            );
        }
        self.ids[at] = row.id;
        self.area[at] = area_cell(schema, row.answers);
        self.age[at] = self.narrow_cell(schema.roles().age, at);
        self.sex[at] = self.narrow_cell(schema.roles().sex, at);
        self.victim[at] = victim_cell(schema, row.answers);
        self.channel[at] = row.channel as u8;
        self.simulated[at] = u8::from(row.simulated);
        self.version[at] = row.version;
        self.started_at[at] = row.started_at;
        self.submitted_at[at] = row.submitted_at;
        self.day[at] = local_day(schema, row.submitted_at);
        let taken = row.submitted_at.saturating_sub(row.started_at).max(0) / 1_000_000;
        self.seconds[at] = u32::try_from(taken).unwrap_or(u32::MAX);
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

/// Where each response stands, in shards, so that a change copies only those it touches.
#[derive(Debug, Clone)]
struct Index {
    shards: Vec<Arc<HashMap<Uuid, u32>>>,
}

impl Index {
    const SHARDS: usize = 256;

    fn new() -> Self {
        Self {
            shards: vec![Arc::default(); Self::SHARDS],
        }
    }

    // The last byte of a UUID is random in versions 4 and 7.
    fn shard(id: &Uuid) -> usize {
        usize::from(id.as_bytes()[15])
    }

    fn get(&self, id: &Uuid) -> Option<usize> {
        self.shards[Self::shard(id)]
            .get(id)
            .map(|position| *position as usize)
    }

    fn insert(&mut self, id: Uuid, position: usize) {
        let position = u32::try_from(position).expect("fewer responses than 2^32 fit in memory");
        Arc::make_mut(&mut self.shards[Self::shard(&id)]).insert(id, position);
    }

    fn remove(&mut self, id: &Uuid) -> Option<usize> {
        let shard = &mut self.shards[Self::shard(id)];
        if !shard.contains_key(id) {
            return None;
        }
        Arc::make_mut(shard)
            .remove(id)
            .map(|position| position as usize)
    }
}

/// All submitted responses of a survey at one moment.
#[derive(Debug, Clone)]
pub struct Dataset {
    schema: Arc<Schema>,
    chunks: Vec<Arc<Chunk>>,
    index: Index,
    len: usize,
}

impl Dataset {
    /// A dataset without responses.
    #[must_use]
    pub fn empty(schema: Arc<Schema>) -> Self {
        Self {
            schema,
            chunks: Vec::new(),
            index: Index::new(),
            len: 0,
        }
    }

    /// What its columns mean.
    #[must_use]
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// Its chunks; all but the last are full.
    #[must_use]
    pub fn chunks(&self) -> &[Arc<Chunk>] {
        &self.chunks
    }

    /// How many responses it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether it holds a response.
    #[must_use]
    pub fn contains(&self, id: &Uuid) -> bool {
        self.index.get(id).is_some()
    }

    /// Whether any of its responses was simulated.
    #[must_use]
    pub fn has_simulated(&self) -> bool {
        self.chunks.iter().any(|chunk| chunk.simulated.contains(&1))
    }

    /// The dataset after some responses were added or replaced, and then some removed. Repeating a change changes
    /// nothing; chunks that hold none of the responses are shared with this dataset.
    #[must_use]
    pub fn apply<'a>(
        &self,
        upserts: impl IntoIterator<Item = Row<'a>>,
        removals: impl IntoIterator<Item = Uuid>,
    ) -> Self {
        let mut next = self.clone();
        for row in upserts {
            next.put(&row);
        }
        for id in removals {
            next.take_out(&id);
        }
        next
    }

    fn put(&mut self, row: &Row<'_>) {
        let position = self.index.get(&row.id).unwrap_or(self.len);
        let (chunk, at) = (position / CHUNK_ROWS, position % CHUNK_ROWS);
        if chunk == self.chunks.len() {
            self.chunks.push(Arc::new(Chunk::new(&self.schema)));
        }
        let target = Arc::make_mut(&mut self.chunks[chunk]);
        if position == self.len {
            target.resize(at + 1);
            self.index.insert(row.id, position);
            self.len += 1;
        }
        target.set(at, &self.schema, row);
    }

    /// Takes a response out; the last response takes its place, so that chunks stay full.
    fn take_out(&mut self, id: &Uuid) {
        let Some(position) = self.index.remove(id) else {
            return;
        };
        self.len -= 1;
        let last_chunk = self.len / CHUNK_ROWS;
        let last_row = self.len % CHUNK_ROWS;
        let (chunk, at) = (position / CHUNK_ROWS, position % CHUNK_ROWS);
        if position != self.len {
            let (before, last) = self.chunks.split_at_mut(last_chunk);
            match before.get_mut(chunk) {
                Some(target) => Arc::make_mut(target).copy_row(Some(&last[0]), last_row, at),
                None => Arc::make_mut(&mut last[0]).copy_row(None, last_row, at),
            }
            self.index.insert(self.chunks[chunk].ids[at], position);
        }
        if last_row == 0 {
            self.chunks.truncate(last_chunk);
        } else {
            Arc::make_mut(&mut self.chunks[last_chunk]).resize(last_row);
        }
    }

    /// One response's area, for pages that list single responses.
    #[must_use]
    pub fn area_of(&self, id: &Uuid) -> Option<&Code> {
        let position = self.index.get(id)?;
        let cell = self.chunks[position / CHUNK_ROWS].area[position % CHUNK_ROWS];
        self.schema
            .place()
            .areas()
            .get(usize::from(cell.checked_sub(AREA_FIRST)?))
            .map(|area| &area.code)
    }
}

/// Builds a dataset row by row, without ever sharing what it builds.
#[derive(Debug)]
pub struct DatasetBuilder {
    dataset: Dataset,
}

impl DatasetBuilder {
    /// Starts with no responses.
    #[must_use]
    pub fn new(schema: Arc<Schema>) -> Self {
        Self {
            dataset: Dataset::empty(schema),
        }
    }

    /// Adds a response, or replaces the one with its id.
    pub fn push(&mut self, row: &Row<'_>) {
        self.dataset.put(row);
    }

    /// Takes a response out, if it is there.
    pub fn remove(&mut self, id: &Uuid) {
        self.dataset.take_out(id);
    }

    /// The dataset built.
    #[must_use]
    pub fn build(self) -> Dataset {
        self.dataset
    }
}

/// Whether a cell of a status or code column means an answer.
#[must_use]
pub fn is_answer(cell: u8) -> bool {
    cell >= ANSWERED
}
