//! Have Your Say: public-consultation software.

pub mod analysis;
pub mod geography;
pub mod results;
pub mod survey;
