//! Have Your Say: public-consultation software.

pub mod charts;
pub mod config;
pub mod geography;
pub mod storage;
pub mod analysis;
pub mod geography;
pub mod results;
pub mod survey;
pub mod web;
pub mod world;
