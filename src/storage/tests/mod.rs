//! Tests of the storage room, each on both engines unless it is about one of them.
#![allow(clippy::unwrap_used)]

mod audit;
mod background;
mod backups;
mod durability;
mod office;
mod reading;
mod saving;
mod trouble;
