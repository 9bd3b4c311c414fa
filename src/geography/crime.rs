//! Crime recorded by the police in each area: context beside what residents say, and another thing than what they say.

use jiff::civil::Date;

use super::error::PlaceError;
use super::place::Area;
use super::table::{Row, Table};

pub(super) const FILE: &str = "crime.csv";

/// Crimes recorded in one area, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedCrime {
    /// The first day of the period.
    pub from: Date,
    /// The last day of the period.
    pub to: Date,
    /// Each kind of crime as the source names it, and how many were recorded. The first is the total; kinds that are
    /// part of another follow it, so that they don't add up to the total.
    pub offences: Vec<(String, u32)>,
}

impl RecordedCrime {
    /// How many crimes of a kind were recorded, by the source's name for it.
    #[must_use]
    pub fn count(&self, offence: &str) -> Option<u32> {
        let found = self.offences.iter().find(|(name, _)| name == offence);
        found.map(|(_, count)| *count)
    }
}

/// Reads `crime.csv`: every area, over one period.
pub(super) fn read(bytes: &[u8], areas: &[Area]) -> Result<Vec<RecordedCrime>, PlaceError> {
    let heading = [
        "gss_code",
        "csp_ons_code",
        "period",
        "offence_group",
        "count",
    ];
    let mut table = Table::new(FILE, bytes, &heading)?;
    let mut found: Vec<Option<RecordedCrime>> = vec![None; areas.len()];
    let mut whole: Option<(Date, Date)> = None;
    while let Some(row) = table.next_row()? {
        let code = row.text(0)?;
        let area = areas
            .iter()
            .position(|area| area.code.as_str() == code)
            .ok_or_else(|| row.odd(format!("{code:?} is not an area of this pack")))?;
        let (from, to) = period(&row)?;
        if *whole.get_or_insert((from, to)) != (from, to) {
            return Err(row.odd("all rows must be of one period"));
        }
        let crime = found[area].get_or_insert_with(|| RecordedCrime {
            from,
            to,
            offences: Vec::new(),
        });
        let offence = row.text(3)?.to_owned();
        if crime.count(&offence).is_some() {
            return Err(row.odd("this area and kind of crime came before"));
        }
        crime.offences.push((offence, row.parse(4)?));
    }
    areas
        .iter()
        .zip(found)
        .map(|(area, crime)| {
            crime.ok_or_else(|| PlaceError::file(FILE, format!("{} has no row", area.code)))
        })
        .collect()
}

/// A period such as `2024-07/2025-06`: whole months, first and last.
fn period(row: &Row<'_>) -> Result<(Date, Date), PlaceError> {
    let text = row.text(2)?;
    let month = |text: &str| format!("{text}-01").parse::<Date>().ok();
    let ends = text.split_once('/');
    ends.and_then(|(from, to)| Some((month(from)?, month(to)?.last_of_month())))
        .filter(|(from, to)| from < to)
        .ok_or_else(|| row.odd(format!("{text:?} is not a period such as 2024-07/2025-06")))
}
