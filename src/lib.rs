//! Have Your Say: public-consultation software.

pub mod survey;
pub mod web;
