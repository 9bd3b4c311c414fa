//! What can be wrong with a row of a file, and where.

use std::fmt;

use crate::survey::problem::FieldError;

/// Something wrong in one row. It never says what stands in the cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column's name; `key_…` for all columns of a question, empty for the row itself.
    pub column: String,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with a cell or a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The answer breaks a rule that every answer is held to; the sentence stands in `errors.ftl`.
    Answer(FieldError),
    /// The row has another number of cells than the header.
    Width {
        /// How many it has.
        found: usize,
        /// How many the header has.
        expected: usize,
    },
    /// The cell is not UTF-8.
    NotUtf8,
    /// A cell of a multiple choice is neither 1 nor 0 nor empty.
    NotTicked,
    /// A cell of a ranking is no place there is.
    NotPlace {
        /// How many places there are.
        places: u8,
    },
    /// Two items of a ranking have the same place.
    PlaceTwice,
    /// A cell of a budget is empty, and others of it are not.
    ShareMissing,
    /// Cells of one question say partly that the person would not or could not answer, and partly an answer.
    Mixed,
    /// The question doesn't offer what the code for a missing answer says.
    NotOffered,
    /// The file itself says that the answer could not be read.
    Unread,
    /// Not a day.
    NotDay,
    /// An answer to something that this person was not asked, by their other answers or the version.
    NotAsked,
    /// Answers on this page are needed to go on.
    Unfinished {
        /// The page's key.
        page: String,
    },
    /// Not a moment.
    NotMoment,
    /// A moment that has not come yet.
    Future,
    /// Sent before it was begun.
    SentBeforeBegun,
    /// No such version is published.
    UnknownVersion,
    /// The survey is not in this language.
    UnknownLanguage,
    /// Not a reference.
    NotReference,
    /// Neither 1 nor 0.
    NotFlag,
    /// The row has no id, and others have one.
    NoId,
    /// The id has more than 200 bytes.
    LongId,
    /// The id or the reference stands in an earlier row, too.
    Repeated,
    /// A response of this id is in the database already.
    AlreadyThere,
    /// The response of this id was erased, or is in the middle of being answered.
    Erased,
    /// Another response has the reference.
    ReferenceTaken,
}

impl fmt::Display for Reason {
    /// For whoever runs the program; [`Reason::Answer`] by the name of its sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(error) => f.write_str(error.problem.message_id()),
            Self::Width { found, expected } => {
                write!(f, "the row has {found} cells under {expected} columns")
            }
            Self::NotUtf8 => f.write_str("the cell is not UTF-8"),
            Self::NotTicked => f.write_str("a choice is 1 or 0"),
            Self::NotPlace { places } => write!(f, "a place is a number from 1 to {places}"),
            Self::PlaceTwice => f.write_str("another item has the same place"),
            Self::ShareMissing => f.write_str("other items have a share and this has none"),
            Self::Mixed => f.write_str("it is answered and declined at once"),
            Self::NotOffered => f.write_str("the question does not offer that"),
            Self::Unread => f.write_str("the file says that the answer could not be read"),
            Self::NotDay => f.write_str("a day is written as 2026-03-01"),
            Self::NotAsked => f.write_str("this person was not asked that"),
            Self::Unfinished { page } => write!(f, "the page {page} needs an answer"),
            Self::NotMoment => {
                f.write_str("a moment is written as 2026-03-01T14:05:00Z, or as a day")
            }
            Self::Future => f.write_str("that moment has not come yet"),
            Self::SentBeforeBegun => f.write_str("it was sent before it was begun"),
            Self::UnknownVersion => f.write_str("the survey has no such version"),
            Self::UnknownLanguage => f.write_str("the survey is not in that language"),
            Self::NotReference => f.write_str("it is not a reference"),
            Self::NotFlag => f.write_str("it is 1 or 0"),
            Self::NoId => f.write_str("the row has no id"),
            Self::LongId => f.write_str("an id has 200 bytes at most"),
            Self::Repeated => f.write_str("it stands in an earlier row, too"),
            Self::AlreadyThere => f.write_str("that response is here already"),
            Self::Erased => f.write_str("that response was erased here"),
            Self::ReferenceTaken => f.write_str("another response has it"),
        }
    }
}
