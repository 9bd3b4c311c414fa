//! Have Your Say: public-consultation software.

pub mod actions;
pub mod jobs;
pub mod mail;
pub mod storage;
pub mod survey;
