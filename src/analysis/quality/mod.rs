//! Quality: signs that a response may not be what somebody thinks. Flags, never deletion: a flagged response counts in
//! every figure until whoever reads it asks for the figures without, and then the difference is stated.
//!
//! `flag` names the signs. `own` finds those that a response carries in itself, as its row is made; `text` makes of its
//! words a number that says only whether two are alike; `judged` finds what only all responses together show.
//!
//! Removing fast respondents has hardly changed findings where it was tried (Greszki, Meyer & Schoen 2015, Public
//! Opinion Quarterly 79), and each sign alone has honest explanations (Leiner 2019, Survey Research Methods 13): hence
//! strict thresholds, and no deletion.

mod flag;
mod judged;
mod own;
mod text;

pub use flag::{Flag, FlagFilter, STORED};
pub use judged::{FlagCounts, LEAST_TIMED, Quality, SEVERAL, SLOWEST_SPEEDER, Timing};
pub use own::{LONG_GRID, MANY_GRIDS, SHORT_GRID};
pub(super) use own::{answers_contradict, straight_lines};
pub use text::{LEAST_CHARACTERS, fingerprint};

#[cfg(test)]
mod tests;
