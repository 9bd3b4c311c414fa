//! Have Your Say: public-consultation software.

pub mod storage;
pub mod survey;
