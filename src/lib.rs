//! Have Your Say: public-consultation software.
//!
//! The map of the house, in the order of the ways through it: `main → app → {web, jobs} → {actions, live} → {storage, mail} →
//! pure rooms`. A change goes web → actions → storage; a reading goes through `results` and `live`; a look-up goes
//! web → storage; a download streams from storage through `export`.

pub mod actions;
pub mod analysis;
pub mod app;
pub mod audit;
pub mod charts;
pub mod config;
pub mod export;
pub mod geography;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod results;
pub mod storage;
pub mod survey;
pub mod web;
pub mod world;
