//! Officers' pages: from signing in to the table of themes by area.

mod account;
mod charts;
mod comments;
mod exports;
mod filters;
mod quality;
mod questions;
mod surveys;
mod themes;

pub use account::*;
pub use charts::*;
pub use comments::*;
pub use exports::*;
pub use filters::*;
pub use quality::*;
pub use questions::*;
pub use surveys::*;
pub use themes::*;
