//! The survey room: definition, question kinds, journey, answers, lint, schedule.
//!
//! Pure: it knows neither HTTP nor SQL nor the clock. What depends on time, chance or a place gets it as an argument.

pub mod answers;
pub mod areas;
#[cfg(test)]
pub(crate) mod build;
pub mod channel;
pub mod columns;
pub mod condition;
pub mod decode;
pub mod definition;
pub mod difference;
pub mod display;
pub mod edit;
pub mod encode;
pub mod evaluate;
pub mod flags;
mod flat;
pub mod form;
#[cfg(test)]
mod format_doc_tests;
pub mod ids;
pub mod journey;
#[cfg(test)]
mod journey_tests;
pub mod limesurvey;
pub mod lint;
pub mod markdown;
pub mod message;
pub mod pack;
pub mod piping;
pub mod problem;
pub mod read;
pub mod reading;
pub mod reference;
pub mod release;
mod roles;
#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
pub(crate) mod sample;
pub mod saved_pages;
pub mod schedule;
pub mod shuffle;
pub mod text;
pub mod visibility;
pub mod walk;
mod wire;
#[cfg(test)]
mod words_tests;
