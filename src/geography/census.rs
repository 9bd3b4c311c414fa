//! What the Census says about the people of the whole place beyond area, age and sex: ethnic group and disability.
//!
//! Both tables are of people of all ages, unlike those who may answer a survey, so that they serve to compare and never to
//! weight.

use serde::Serialize;

use super::error::PlaceError;
use super::place::Area;
use super::table::Table;
use crate::survey::ids::Code;

/// A table of the Census, of people of all ages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CensusTable {
    /// Ethnic group, in five: `asian`, `black`, `mixed`, `white` and `other`.
    Ethnicity,
    /// Disabled under the Equality Act: `disabled` and `not_disabled`.
    Disability,
}

/// How many people of a kind live in the whole place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusGroup {
    /// The kind's code.
    pub code: Code,
    /// People of all ages.
    pub people: u32,
}

impl CensusTable {
    /// Every table.
    pub const ALL: [Self; 2] = [Self::Ethnicity, Self::Disability];

    /// Its name in files of numbers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ethnicity => "ethnicity",
            Self::Disability => "disability",
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Self::Ethnicity => "ethnicity.csv",
            Self::Disability => "disability.csv",
        }
    }

    const fn heading(self) -> &'static [&'static str] {
        match self {
            Self::Ethnicity => &["gss_code", "ethnic_group_5", "ethnic_group_19", "count"],
            Self::Disability => &["gss_code", "disability", "count"],
        }
    }
}

/// The tables a pack has.
#[derive(Debug, Default)]
pub(super) struct Census {
    ethnicity: Vec<CensusGroup>,
    disability: Vec<CensusGroup>,
}

impl Census {
    /// Reads the tables that the pack has; each must have every area.
    pub(super) fn read<'a>(
        file: impl Fn(&'static str) -> Option<std::borrow::Cow<'a, [u8]>>,
        areas: &[Area],
    ) -> Result<Self, PlaceError> {
        let table = |table: CensusTable| match file(table.file()) {
            Some(bytes) => read(table, &bytes, areas),
            None => Ok(Vec::new()),
        };
        Ok(Self {
            ethnicity: table(CensusTable::Ethnicity)?,
            disability: table(CensusTable::Disability)?,
        })
    }

    pub(super) fn groups(&self, table: CensusTable) -> &[CensusGroup] {
        match table {
            CensusTable::Ethnicity => &self.ethnicity,
            CensusTable::Disability => &self.disability,
        }
    }
}

fn read(kind: CensusTable, bytes: &[u8], areas: &[Area]) -> Result<Vec<CensusGroup>, PlaceError> {
    let file = kind.file();
    let count = kind.heading().len() - 1;
    let mut table = Table::new(file, bytes, kind.heading())?;
    let mut groups: Vec<CensusGroup> = Vec::new();
    let mut seen = vec![false; areas.len()];
    while let Some(row) = table.next_row()? {
        let code = row.text(0)?;
        let area = areas
            .iter()
            .position(|area| area.code.as_str() == code)
            .ok_or_else(|| row.odd(format!("{code:?} is not an area of this pack")))?;
        seen[area] = true;
        let group = Code::new(&row.text(1)?.to_lowercase()).map_err(|e| row.odd(e))?;
        let people: u32 = row.parse(count)?;
        match groups.iter_mut().find(|known| known.code == group) {
            Some(known) => known.people = known.people.saturating_add(people),
            None => groups.push(CensusGroup {
                code: group,
                people,
            }),
        }
    }
    match areas.iter().zip(seen).find(|(_, seen)| !seen) {
        Some((area, _)) => Err(PlaceError::file(file, format!("{} has no row", area.code))),
        None => Ok(groups),
    }
}
