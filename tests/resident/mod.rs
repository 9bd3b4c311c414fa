//! What residents do.

mod after_sending;
mod conflicts;
mod journey;
mod languages;
mod standing;
