//! The export room: rows or results and a writer → bytes; and rows of a file → responses.
//!
//! Pure: it knows neither HTTP nor SQL nor the clock; the moment, the software's version and the words of the
//! interface are arguments. `layout` decides which columns there are, `answers` what stands in each cell, `csv` how a
//! cell is written; `codebook` says what the cells mean, `table` writes results, `names` names the files. `incoming` is
//! the way back: it reads what these columns and cells say.
//! `docs/exports.md` says the same for people.

pub mod answers;
pub mod codebook;
pub mod csv;
pub mod incoming;
pub mod layout;
pub mod names;
pub mod table;

#[cfg(test)]
mod answers_tests;
#[cfg(test)]
mod codebook_tests;
#[cfg(test)]
pub(crate) mod samples;
