//! A place as the survey room sees it.

use super::place::{Place, PostcodeLookup};
use crate::survey::areas::{self, Areas};
use crate::survey::ids::Code;

impl Areas for Place {
    fn has_area(&self, code: &Code) -> bool {
        self.area(code).is_some()
    }

    fn find_postcode(&self, typed: &str) -> areas::PostcodeLookup {
        match Self::find_postcode(self, typed) {
            PostcodeLookup::Area(area) => areas::PostcodeLookup::Area(area.code.clone()),
            PostcodeLookup::OutsidePlace => areas::PostcodeLookup::OutsidePlace,
            PostcodeLookup::Unknown => areas::PostcodeLookup::Unknown,
            PostcodeLookup::Malformed => areas::PostcodeLookup::Malformed,
        }
    }
}
