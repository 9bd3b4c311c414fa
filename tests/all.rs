//! Every test that runs a whole site, in one binary; rooms are tested where they stand.
#![allow(clippy::unwrap_used)]

mod house;
mod officer;
mod operator;
mod resident;
mod support;
