//! Why a file is not converted at all.

use super::MOST_BYTES;
use crate::survey::{ids::IdError, read::DefinitionError};

/// Why a file is no survey that can be converted; each says what was found, and where that is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LssError {
    /// It is larger than [`MOST_BYTES`].
    #[error("the file has {bytes} bytes; {MOST_BYTES} at most are read")]
    TooLarge {
        /// How many bytes it has.
        bytes: usize,
    },
    /// It is not UTF-8.
    #[error("line {line}: byte {byte} is not UTF-8; save the file as UTF-8")]
    NotText {
        /// The line, from 1.
        line: usize,
        /// The byte, from 0.
        byte: usize,
    },
    /// It declares a document type, which could define entities.
    #[error(
        "line {line}: the file declares a document type (DOCTYPE), which is never read; LimeSurvey writes none"
    )]
    DocumentType {
        /// The line, from 1.
        line: usize,
    },
    /// It uses an entity that XML itself does not have.
    #[error("line {line}: the entity `&{name};` is not one of XML's own")]
    Entity {
        /// The line, from 1.
        line: usize,
        /// Its name, shortened.
        name: String,
    },
    /// It ends before its elements do.
    #[error("line {line}: the file ends inside `{open}`; it is cut short")]
    CutShort {
        /// The last line.
        line: usize,
        /// The innermost element that is open.
        open: String,
    },
    /// It is not XML.
    #[error("line {line}: {problem}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// Its elements are nested deeper than LimeSurvey nests them.
    #[error("line {line}: elements are nested deeper than {most}")]
    TooDeep {
        /// The line, from 1.
        line: usize,
        /// How deep they may be.
        most: usize,
    },
    /// It has too many parts.
    #[error("{place}: {count} {what} or more; {most} at most are read")]
    TooMany {
        /// Where.
        place: String,
        /// Of what.
        what: &'static str,
        /// How many were met.
        count: usize,
        /// How many are allowed.
        most: usize,
    },
    /// It is XML, and no LimeSurvey survey.
    #[error(
        "this is not a LimeSurvey survey: LimeSurveyDocType is {found:?}, where \"Survey\" is wanted"
    )]
    NotSurvey {
        /// What it says it is, shortened; empty if it doesn't.
        found: String,
    },
    /// It asks nothing that can be converted.
    #[error("the file has no question that can be carried over")]
    NoQuestions,
    /// A name that was made breaks its rule; no file is known to bring this about.
    #[error(transparent)]
    Name(#[from] IdError),
    /// What came out breaks a bound of definitions.
    #[error(transparent)]
    Definition(#[from] DefinitionError),
}
