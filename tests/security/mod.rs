//! What somebody with bad intent tries, and what nobody may learn.

mod access;
mod accounts;
mod audit;
mod bots;
mod crafted;
mod failures;
mod headers;
mod limesurvey;
mod privacy;
mod scripts;
