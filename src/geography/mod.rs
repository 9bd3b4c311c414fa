//! The geography room: areas and their groupings, postcodes, populations and boundaries, loaded from a *place pack*.
//!
//! Pure: a pack arrives as bytes ([`Place::load`]); the room knows neither HTTP nor SQL nor the clock. It may use the
//! names of the survey room (`Code`, `Slug`) and nothing else of it. It never knows who answered what.
//!
//! Another force, or the same county after its councils change, is another pack under `assets/places`, not other code.

mod areas;
mod boundaries;
mod census;
mod embedded;
mod error;
mod outline;
mod pack;
mod place;
mod population;
mod postcodes;
mod recorded;
mod table;
#[cfg(test)]
mod tests;

pub use census::{CensusGroup, CensusTable};
pub use error::PlaceError;
pub use outline::{Outline, Point};
pub use place::{Area, AreaKind, EmergencyLine, Group, Grouping, Place, PostcodeLookup};
pub use population::{AgeBand, Sex};
pub use recorded::{Recorded, RecordedKind};
