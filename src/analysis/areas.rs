//! How the areas of a place appear in columns: which cell is which area, and which group an area belongs to.

use crate::geography::{Group, Grouping, Place};

/// The area cell of somebody who gave no area.
pub const AREA_UNKNOWN: u8 = 0;
/// The area cell of the place's first area; others follow in order.
pub const AREA_FIRST: u8 = 1;
/// The area cell of somebody who lives outside the place.
pub const AREA_OUTSIDE: u8 = 255;

/// The word for a grouping in addresses and files.
#[must_use]
pub const fn word(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::District => "district",
        Grouping::Csp => "csp",
        Grouping::PolicingArea => "policing",
    }
}

/// The grouping a word means.
#[must_use]
pub fn from_word(given: &str) -> Option<Grouping> {
    Grouping::ALL
        .into_iter()
        .find(|grouping| word(*grouping) == given)
}

/// The stable key of the n-th group of a grouping: an area's code, or a larger group's slug.
#[must_use]
pub fn group_key(place: &Place, grouping: Grouping, group: usize) -> &str {
    match grouping {
        Grouping::District => place.areas()[group].code.as_str(),
        Grouping::Csp | Grouping::PolicingArea => place.group(grouping)[group].key.as_str(),
    }
}

/// The cells of a group's areas.
pub(super) fn cells(group: &Group) -> impl Iterator<Item = u8> {
    group.members.iter().map(|member| member + AREA_FIRST)
}

/// Area cell → which of the grouping's groups it lies in; the two after the last group are for those who gave no area,
/// and for those who live outside.
pub(super) fn groups_of_cells(place: &Place, grouping: Grouping) -> Box<[u8; 256]> {
    let groups = place.group(grouping);
    let unknown = u8::try_from(groups.len()).unwrap_or(u8::MAX - 1);
    let mut table = Box::new([unknown; 256]);
    table[usize::from(AREA_OUTSIDE)] = unknown + 1;
    for (index, group) in (0_u8..).zip(groups) {
        for cell in cells(group) {
            table[usize::from(cell)] = index;
        }
    }
    table
}
