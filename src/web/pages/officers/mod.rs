//! Officers' pages: from signing in to the table of themes by area.

mod account;
mod area;
mod charts;
mod comments;
mod compare;
mod editor;
mod exports;
mod failure;
mod filters;
mod frozen;
mod maps;
mod priorities;
mod quality;
mod questions;
mod surveys;
mod themes;
mod weights;
mod who;

pub use account::*;
pub use area::*;
pub use charts::*;
pub use comments::*;
pub use compare::*;
pub use editor::*;
pub use exports::*;
pub use failure::*;
pub use filters::*;
pub use frozen::*;
pub use maps::*;
pub use priorities::*;
pub use quality::*;
pub use questions::*;
pub use surveys::*;
pub use themes::*;
pub use weights::*;
pub use who::*;
