//! The live room: published surveys, and each survey's dataset in memory, kept up with the store. Every result is
//! read here.
//!
//! It may use the store and the pure rooms; it knows nothing of HTTP. `catalogue` holds what is published; `rows` makes
//! a dataset's rows of stored responses; `pages` counts which pages they saved; `follower` loads one survey and follows
//! its changes; `turnout` counts responses for pages that everybody opens; `keeper` is the [`Live`] that others ask: who
//! waits for whom, what is fresh, what is dropped. `since` asks what became of an earlier state.
//!
//! Sensitive answers are read, too: age and sex may be marked so, and routing may depend on any answer. They are held
//! as codes in columns that the schema marks sensitive; who may see figures of them is decided where results are
//! shown. Free texts, and sensitive ones above all, are never read.

pub mod catalogue;
mod follower;
mod keeper;
mod pages;
mod rows;
mod since;
mod turnout;

pub use catalogue::{Catalogue, CatalogueError, PublishedSurvey, Version};
pub use keeper::{IDLE, Live, LiveError};
pub use since::since;

#[cfg(test)]
mod tests;
