//! Officers' pages: from signing in to the table of themes by area.

mod account;
mod area;
mod charts;
mod comments;
mod exports;
mod filters;
mod frozen;
mod maps;
mod priorities;
mod questions;
mod surveys;
mod themes;

pub use account::*;
pub use area::*;
pub use charts::*;
pub use comments::*;
pub use exports::*;
pub use filters::*;
pub use frozen::*;
pub use maps::*;
pub use priorities::*;
pub use questions::*;
pub use surveys::*;
pub use themes::*;
