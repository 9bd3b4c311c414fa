//! Rows of a CSV → answers: the way back in, for earlier data and for files this program wrote itself.
//!
//! Columns are named as in the files that go out (`survey::columns`), cells hold codes. `sheet` takes a file apart,
//! `header` finds each column's question, `cells` turns a question's cells into the fields of a form, and `row` walks
//! through the survey with them, page by page, through the same checks as a browser's form. Nothing here repeats what
//! stands in a cell: it may be somebody's words.

mod cells;
mod fault;
mod header;
mod moment;
mod row;
mod sheet;
#[cfg(test)]
mod tests;

pub use fault::{Fault, Reason};
pub use header::{HeaderError, IncomingColumns};
pub use row::{Incoming, RowReader, Rules};
pub use sheet::{Line, Sheet, SheetError};
