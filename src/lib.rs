//! Have Your Say: public-consultation software.

pub mod config;
pub mod survey;
pub mod world;
