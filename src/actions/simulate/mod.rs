//! Made-up responses, for demonstrations, rehearsals and load: people drawn from the Census answer a survey page by
//! page, through the same checks as a browser's forms, and are marked as simulated.
//!
//! The same seed, number, survey and moment give the same answers byte for byte. Nobody's real words or data are used.

mod dice;
mod figures;
mod people;
