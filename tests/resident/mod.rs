//! What residents do.

mod journey;
mod languages;
