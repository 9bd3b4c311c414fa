//! The dataset: every submitted response of a survey in columns, in immutable chunks.
//!
//! A dataset is a value: cheap to clone, and never changed under a reader. A change makes another dataset that shares
//! all chunks it did not touch. Changes are by response id and idempotent, so that a follow-up may repeat them.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use uuid::Uuid;

pub use super::chunk::{CHUNK_ROWS, Channel, Chunk, Flags, Row};
use super::{areas::AREA_FIRST, quality::Quality, schema::Schema};
use crate::survey::ids::Code;

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
    /// Found when it is asked for, once for each state.
    quality: Arc<OnceLock<Quality>>,
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
            quality: Arc::default(),
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

    /// The flags of its responses.
    #[must_use]
    pub fn quality(&self) -> &Quality {
        self.quality.get_or_init(|| Quality::of(&self.chunks))
    }

    /// Forgets the flags of the state before; whoever reads that state keeps them.
    fn forget_quality(&mut self) {
        match Arc::get_mut(&mut self.quality) {
            Some(own) => drop(own.take()),
            None => self.quality = Arc::default(),
        }
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
        self.forget_quality();
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
        self.forget_quality();
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

    /// One response's flags, as bits of [`super::quality::Flag`]; none for one it doesn't hold.
    #[must_use]
    pub fn flags_of(&self, id: &Uuid) -> u8 {
        let flags = self.index.get(id).and_then(|position| {
            let chunk = self.quality().chunk(position / CHUNK_ROWS);
            chunk.get(position % CHUNK_ROWS).copied()
        });
        flags.unwrap_or_default()
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
