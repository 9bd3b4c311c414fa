//! The survey room: definition, question kinds, journey, answers, lint, schedule.
//!
//! Pure: it knows neither HTTP nor SQL nor the clock. What depends on time, chance or a place gets it as an argument.

pub mod answers;
pub mod areas;
pub mod condition;
pub mod definition;
pub mod ids;
pub mod text;
