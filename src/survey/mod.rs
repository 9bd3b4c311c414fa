//! The survey room: definition, question kinds, journey, answers, lint, schedule.
//!
//! Pure: it knows neither HTTP nor SQL nor the clock. What depends on time, chance or a place gets it as an argument.

pub mod answers;
pub mod columns;
pub mod condition;
pub mod definition;
mod flat;
#[cfg(test)]
mod format_doc_tests;
pub mod ids;
pub mod lint;
pub mod markdown;
pub mod piping;
pub mod read;
pub mod reference;
#[cfg(test)]
pub(crate) mod sample;
pub mod schedule;
pub mod shuffle;
pub mod text;
pub mod walk;
