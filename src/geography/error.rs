//! What can be wrong with a place pack.

/// A place pack that is refused: it names the file, and the line where there is one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// A file that every pack needs is not in it.
    #[error("the place pack has no {file}")]
    Missing {
        /// The file's name inside the pack.
        file: &'static str,
    },
    /// A file can't be read as what it should be.
    #[error("{file}: {problem}")]
    File {
        /// The file's name inside the pack.
        file: &'static str,
        /// What was found.
        problem: String,
    },
    /// A row is missing, repeated or odd.
    #[error("{file}, line {line}: {problem}")]
    Row {
        /// The file's name inside the pack.
        file: &'static str,
        /// The line, the heading being line 1.
        line: u64,
        /// What was found.
        problem: String,
    },
}

impl PlaceError {
    pub(super) fn file(file: &'static str, problem: impl ToString) -> Self {
        Self::File {
            file,
            problem: problem.to_string(),
        }
    }

    pub(super) fn row(file: &'static str, line: u64, problem: impl ToString) -> Self {
        Self::Row {
            file,
            line,
            problem: problem.to_string(),
        }
    }
}
