//! What somebody with bad intent tries, and what nobody may learn.

mod access;
mod bots;
mod crafted;
mod failures;
mod headers;
mod limesurvey;
mod privacy;
mod scripts;
