//! Have Your Say: public-consultation software.

pub mod analysis;
pub mod charts;
pub mod config;
pub mod geography;
pub mod results;
pub mod actions;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod storage;
pub mod survey;
pub mod web;
pub mod world;
