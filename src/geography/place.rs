//! A place: one police force's area, as a pack describes it.

use std::borrow::Cow;

use jiff::civil::Date;

use super::boundaries::Boundaries;
use super::census::{Census, CensusGroup, CensusTable};
use super::error::PlaceError;
use super::outline::{Outline, Point};
use super::pack;
use super::population::{AgeBand, Populations, Sex};
use super::postcodes::{Postcode, Postcodes};
use super::recorded::Recorded;
use crate::survey::ids::{Code, Slug};

/// What kind of council an area has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaKind {
    /// A district with a county council above it.
    District,
    /// A council that does both.
    Unitary,
}

/// A district: the finest area answers are counted by.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// The Office for National Statistics' code; what answers hold.
    pub code: Code,
    /// The full name.
    pub name: String,
    /// A name short enough for a map or the head of a column.
    pub short_name: String,
    /// The name in addresses, made from `name`.
    pub slug: Slug,
    /// The kind of council.
    pub kind: AreaKind,
    /// The county or unitary council's area.
    pub upper_tier: String,
    /// The key of its Community Safety Partnership.
    pub csp: Slug,
    /// The Office for National Statistics' code of the partnership, which may differ from how partnerships work.
    pub csp_ons_code: String,
    /// The key of its Local Policing Area.
    pub policing_area: Slug,
    /// The first day it exists, where known.
    pub starts: Option<Date>,
    /// The last day it exists, where known.
    pub ends: Option<Date>,
    /// People of all ages.
    pub population: u32,
    /// People aged 16 or over.
    pub population_16_plus: u32,
    /// Square kilometres.
    pub area_km2: f64,
    /// Where a label goes, in map units (see [`Place::map_size`]).
    pub label_point: Point,
}

impl Area {
    /// Whether the area exists on a day; an open end has no limit.
    #[must_use]
    pub fn exists_on(&self, day: Date) -> bool {
        self.starts.is_none_or(|starts| starts <= day) && self.ends.is_none_or(|ends| day <= ends)
    }
}

/// How areas are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grouping {
    /// Each district by itself.
    District,
    /// Community Safety Partnerships.
    Csp,
    /// Local Policing Areas.
    PolicingArea,
}

impl Grouping {
    /// Every grouping, finest first.
    pub const ALL: [Self; 3] = [Self::District, Self::Csp, Self::PolicingArea];
}

/// Areas that are shown together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The name in addresses.
    pub key: Slug,
    /// The full name.
    pub name: String,
    /// A name short enough for a map or the head of a column.
    pub short_name: String,
    /// Its areas, as indices into [`Place::areas`], in order.
    pub members: Vec<u8>,
    /// The key of the Local Policing Area it lies in; none for a Local Policing Area itself.
    pub policing_area: Option<Slug>,
    /// People aged 16 or over.
    pub population_16_plus: u32,
}

/// A number to ring, or a place to turn to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyLine {
    /// The stable name, such as `emergency` or `non_emergency`.
    pub key: String,
    /// Who answers.
    pub name: String,
    /// The telephone number, as it is read.
    pub phone: String,
    /// Their website.
    #[serde(default)]
    pub url: Option<String>,
}

/// What a postcode leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PostcodeLookup<'a> {
    /// It lies in this area.
    Area(&'a Area),
    /// It is well formed, and no postcode near it (its sector) is in this place.
    OutsidePlace,
    /// It is well formed and its sector lies in this place, at least partly, but it is not in the list.
    Unknown,
    /// It is not a postcode.
    Malformed,
}

/// One police force's area.
#[derive(Debug)]
pub struct Place {
    pub(super) about: pack::About,
    pub(super) areas: Vec<Area>,
    pub(super) districts: Vec<Group>,
    pub(super) csps: Vec<Group>,
    pub(super) policing_areas: Vec<Group>,
    pub(super) populations: Populations,
    pub(super) census: Census,
    pub(super) postcodes: Postcodes,
    pub(super) boundaries: Boundaries,
    pub(super) crime: Option<Recorded>,
    pub(super) anti_social_behaviour: Option<Recorded>,
}

impl Place {
    /// Loads a place from a pack, whose files are given by name.
    ///
    /// # Errors
    /// Where a file is missing or a row is missing, repeated or odd: [`PlaceError`] names the file and the line.
    pub fn load<'a>(file: &dyn Fn(&str) -> Option<Cow<'a, [u8]>>) -> Result<Self, PlaceError> {
        pack::load(file)
    }

    /// The pack's name, such as `essex`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.about.name
    }

    /// The place's name as people say it.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.about.title
    }

    /// The police force's name.
    #[must_use]
    pub fn force_name(&self) -> &str {
        &self.about.force_name
    }

    /// The IANA time zone its days are counted in.
    #[must_use]
    pub fn time_zone(&self) -> &str {
        &self.about.time_zone
    }

    /// The words to print wherever the pack's data are shown: the licences ask for them.
    #[must_use]
    pub fn attribution(&self) -> &str {
        &self.about.attribution
    }

    /// The day the populations are of.
    #[must_use]
    pub fn population_date(&self) -> Date {
        self.about.population_date
    }

    /// Numbers to ring.
    #[must_use]
    pub fn lines(&self) -> &[EmergencyLine] {
        &self.about.lines
    }

    /// The number to ring with this key.
    #[must_use]
    pub fn line(&self, key: &str) -> Option<&EmergencyLine> {
        self.about.lines.iter().find(|line| line.key == key)
    }

    /// Every area, in the pack's order; an index into this slice fits a byte.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The area with this code.
    #[must_use]
    pub fn area(&self, code: &Code) -> Option<&Area> {
        self.area_index(code)
            .map(|index| &self.areas[usize::from(index)])
    }

    /// Where an area stands in [`Place::areas`].
    #[must_use]
    pub fn area_index(&self, code: &Code) -> Option<u8> {
        let index = self.areas.iter().position(|area| area.code == *code)?;
        u8::try_from(index).ok()
    }

    /// The area with this name in addresses.
    #[must_use]
    pub fn area_by_slug(&self, slug: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.slug.as_str() == slug)
    }

    /// The groups of a grouping, in the pack's order. For [`Grouping::District`] the n-th group is the n-th area.
    #[must_use]
    pub fn group(&self, grouping: Grouping) -> &[Group] {
        match grouping {
            Grouping::District => &self.districts,
            Grouping::Csp => &self.csps,
            Grouping::PolicingArea => &self.policing_areas,
        }
    }

    /// The group with this key.
    #[must_use]
    pub fn find_group(&self, grouping: Grouping, key: &str) -> Option<&Group> {
        self.group(grouping)
            .iter()
            .find(|group| group.key.as_str() == key)
    }

    /// Finds the area of a postcode, in any case and spacing. Nothing is kept or logged.
    #[must_use]
    pub fn find_postcode(&self, typed: &str) -> PostcodeLookup<'_> {
        let Some(postcode) = Postcode::read(typed) else {
            return PostcodeLookup::Malformed;
        };
        match self.postcodes.area_of(postcode) {
            Some(index) => PostcodeLookup::Area(&self.areas[usize::from(index)]),
            None if self.postcodes.knows_sector_of(postcode) => PostcodeLookup::Unknown,
            None => PostcodeLookup::OutsidePlace,
        }
    }

    /// How many people of a sex and age band live in an area; none for an area that is not in the pack.
    #[must_use]
    pub fn population(&self, area: &Code, sex: Sex, band: AgeBand) -> Option<u32> {
        let index = self.area_index(area)?;
        Some(self.populations.count(usize::from(index), sex, band))
    }

    /// People aged 16 or over in the whole place.
    #[must_use]
    pub fn population_16_plus(&self) -> u32 {
        self.areas.iter().map(|area| area.population_16_plus).sum()
    }

    /// The people of the whole place, of all ages, by a table of the Census; empty where the pack lacks the table.
    #[must_use]
    pub fn census(&self, table: CensusTable) -> &[CensusGroup] {
        self.census.groups(table)
    }

    /// Outlines of a grouping's groups, in the order of [`Place::group`].
    #[must_use]
    pub fn outlines(&self, grouping: Grouping) -> &[Outline] {
        match grouping {
            Grouping::District => &self.boundaries.districts,
            Grouping::Csp => &self.boundaries.csps,
            Grouping::PolicingArea => &self.boundaries.policing_areas,
        }
    }

    /// Crimes the police recorded; none in a pack without them. The first kind is the total.
    #[must_use]
    pub fn crime(&self) -> Option<&Recorded> {
        self.crime.as_ref()
    }

    /// Anti-social behaviour the police recorded, which is not counted as crime; none in a pack without it.
    #[must_use]
    pub fn anti_social_behaviour(&self) -> Option<&Recorded> {
        self.anti_social_behaviour.as_ref()
    }

    /// Width and height of the map that outlines and label points are drawn on, in map units.
    #[must_use]
    pub fn map_size(&self) -> (f32, f32) {
        self.boundaries.size
    }
}
