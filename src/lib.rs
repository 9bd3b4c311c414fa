//! Have Your Say: public-consultation software.

pub mod charts;
pub mod geography;
pub mod survey;
