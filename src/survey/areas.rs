//! What the survey room needs to know of a place: which areas there are, and where a postcode lies.

use super::ids::Code;

/// Where a typed postcode lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostcodeLookup {
    /// In this area of the place.
    Area(Code),
    /// It is a real postcode, but lies outside the place.
    OutsidePlace,
    /// It has the form of a postcode, but nobody knows it.
    Unknown,
    /// It does not have the form of a postcode.
    Malformed,
}

/// The areas of a place, as far as answers depend on them.
pub trait Areas {
    /// Whether the place has an area of this code.
    fn has_area(&self, code: &Code) -> bool;

    /// Finds the area of a postcode typed in any case and with any spacing.
    fn find_postcode(&self, typed: &str) -> PostcodeLookup;
}
