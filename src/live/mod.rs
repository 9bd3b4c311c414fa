//! The live room: what is published, and each survey's dataset, in memory and kept up with the store.

pub mod catalogue;
