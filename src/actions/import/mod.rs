//! Earlier data in: responses from a CSV, through the same checks as a browser's forms.
//!
//! The file is read three times: once for what it is (its SHA-256), once to check every row, once to write. So however
//! long it is, a few thousand rows are in memory, and for each row the sixteen bytes that tell repeated ones. Everything is
//! written in one transaction.

mod ids;
mod run;
#[cfg(test)]
mod tests;

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;
use uuid::Uuid;

pub use run::import;

use crate::{
    export::incoming::{Fault, HeaderError, Rules, SheetError},
    geography::Place,
    live::catalogue::Version,
    storage::StorageError,
};

/// What to bring in.
pub struct Import {
    /// The file.
    pub file: PathBuf,
    /// The survey.
    pub survey_id: Uuid,
    /// Every version of it.
    pub versions: Vec<Arc<Version>>,
    /// The place its areas lie in.
    pub place: Arc<Place>,
    /// Columns that are passed over.
    pub ignored: Vec<String>,
    /// Where rows may differ from what a browser can send.
    pub rules: Rules,
    /// Whether rows that can be taken are taken though others can't; else it is all or none.
    pub keep_good: bool,
    /// Whether to check only, and write nothing.
    pub check_only: bool,
    /// The moment of the import.
    pub now: Timestamp,
}

/// Which reading of the file is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Every row is checked.
    Checking,
    /// Rows are written.
    Writing,
}

/// A row that can't be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct BadRow {
    /// The line of the file it begins on, from 1.
    pub line: u64,
    /// Everything that is wrong with it.
    pub faults: Vec<Fault>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many rows the file has.
    pub rows: u64,
    /// How many of them can't be taken.
    pub bad: u64,
    /// How many responses are in the database now that were not before.
    pub taken: u64,
}

/// Who is told what happens meanwhile.
pub trait Watcher: Sync {
    /// So many rows are read in this stage.
    fn progress(&self, stage: Stage, rows: u64);

    /// A row can't be taken. Called for every one, in the file's order, while it is checked.
    fn bad_row(&self, row: &BadRow);
}

/// Why nothing was brought in. It never repeats what stands in the file.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The first line.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The file can't be taken apart.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// The file can't be read.
    #[error("{file} can't be read: {source}", file = .file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There are only names of columns.
    #[error("the file has no rows under its first line")]
    NoRows,
    /// Some rows can't be taken.
    #[error("{bad} of {rows} rows can't be taken, so none was")]
    BadRows {
        /// How many.
        bad: u64,
        /// How many there are.
        rows: u64,
    },
    /// Somebody wrote to the file while it was read.
    #[error("the file changed while it was read, so no row was taken")]
    Changed,
}
