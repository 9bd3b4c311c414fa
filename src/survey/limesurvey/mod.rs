//! A LimeSurvey survey (`.lss`, XML, of versions 3 to 6) made into a definition.
//!
//! The file is read under bounds and without any entity of its own ([`xml`]), put together into groups and questions
//! ([`source`]), and converted: names first, then routing, then words. What a definition has no place for is not dropped
//! in silence: each such thing is a [`Note`] in the report. `docs/limesurvey.md` has the tables.

mod amounts;
mod attributes;
mod cells;
mod choices;
mod convert;
mod equation;
mod error;
mod grids;
mod html;
mod kinds;
mod names;
mod report;
mod routing;
mod source;
mod standing;
#[cfg(test)]
mod tests;
mod texts;
mod variables;
mod whole;
mod xml;

pub use error::LssError;
pub use report::{Loss, Note, Place, Report, Why};

use super::definition::Definition;

/// The most bytes a file may have: 10 MiB.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;

/// A survey that was converted, and what of it was not.
#[derive(Debug, Clone, PartialEq)]
pub struct Converted {
    /// The draft.
    pub definition: Definition,
    /// What was left out, made up or changed on the way.
    pub report: Report,
}

/// Makes a definition of the bytes of an `.lss` file.
///
/// # Errors
/// [`LssError`], for a file that is not a LimeSurvey survey, is damaged, or breaks a bound.
pub fn convert(bytes: &[u8]) -> Result<Converted, LssError> {
    let tables = xml::read(bytes)?;
    let mut report = Report::default();
    let source = source::Source::of(&tables, &mut report)?;
    let definition = convert::definition(&source, &mut report)?;
    Ok(Converted { definition, report })
}
