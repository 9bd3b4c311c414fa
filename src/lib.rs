//! Have Your Say: public-consultation software.

pub mod config;
pub mod charts;
pub mod geography;
pub mod storage;
pub mod survey;
pub mod web;
pub mod world;
