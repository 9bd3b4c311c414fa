//! Have Your Say: public-consultation software.

pub mod charts;
pub mod config;
pub mod geography;
pub mod storage;
pub mod survey;
pub mod web;
pub mod world;
