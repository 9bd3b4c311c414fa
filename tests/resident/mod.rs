//! What residents do.

mod journey;
