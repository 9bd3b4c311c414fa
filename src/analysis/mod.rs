//! The analysis room: a survey's submitted responses as columns, and every measure taken from them.
//!
//! Pure: it is given answers and instants, never a clock, a store or a request. A measure is a scan of columns under a
//! [`filter::Selection`]; what it returns always carries its base. Conventions (who is in a base, how rankings of few
//! items count, which quantile) are those fixed for the reference figures in `tests/fixtures/reference`.
//!
//! - `areas`, `schema` and `strata` say what the columns mean; `columns`, `chunk` and `dataset` hold them;
//! - `filter` selects, `variable` sorts responses into categories, `parallel` shares out the work;
//! - `share`, `moments` and `significance` are the arithmetic;
//! - `weights` say how much a response counts; `weighting` makes them, by `raking`; `placed`, `counts` and `column_scan` count by them;
//! - `frequency` (values in `figures`), `ranking`, `themes` (with `lead`) and `completion` are the measures;
//! - `representation` holds those who answered against the Census;
//! - `elections` counts one ranking by many rules;
//! - `crosstab` compares anything with anything; `top_two` and `equality` stand on it;
//! - `importance` holds what matters against how well it goes; `area_people` says who answered in one area.
//! - `disclosure` is the gate to the public; `theme_choosers` are people who ranked a theme high;
//! - `quality` flags responses that may not be what somebody thinks.

pub mod area_people;
pub mod areas;
mod ballots;
pub mod chunk;
mod column_scan;
pub mod columns;
pub mod completion;
mod counts;
pub mod crosstab;
pub mod dataset;
pub mod disclosure;
pub mod elections;
pub mod equality;
pub mod figures;
pub mod filter;
pub mod frequency;
pub mod importance;
pub mod lead;
mod measure;
pub mod moments;
mod options;
pub mod parallel;
mod placed;
pub mod quality;
pub mod raking;
pub mod ranking;
pub mod representation;
pub mod schema;
pub mod share;
pub mod significance;
mod standings;
pub mod strata;
mod student;
pub mod theme_choosers;
mod theme_source;
pub mod themes;
pub mod top_two;
pub mod variable;
pub mod weighted_moments;
pub mod weighting;
pub mod weights;

#[cfg(test)]
mod dataset_tests;
#[cfg(test)]
mod importance_tests;
#[cfg(test)]
mod raking_tests;
#[cfg(test)]
mod reference_tests;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod theme_tests;
#[cfg(test)]
mod weighted_tests;
