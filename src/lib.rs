//! Have Your Say: public-consultation software.

pub mod geography;
pub mod survey;
