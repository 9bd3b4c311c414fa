//! What the police recorded in each area: context for what people say, never the same thing.

use jiff::civil::{Date, date};

use super::error::PlaceError;
use super::place::Area;
use super::table::Table;

/// Counts of what was recorded in a period, by area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The first day of the first month.
    pub from: Date,
    /// The first day of the last month.
    pub to: Date,
    /// The kinds counted, in the file's order; a kind may be part of an earlier one.
    pub kinds: Vec<RecordedKind>,
}

/// One kind of offence or incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedKind {
    /// Its name, as the source has it.
    pub name: String,
    /// Area, as a place in [`super::Place::areas`] → how many were recorded.
    pub counts: Vec<u32>,
}

impl RecordedKind {
    /// How many were recorded in some areas together.
    #[must_use]
    pub fn of(&self, areas: &[u8]) -> u32 {
        let counts = areas
            .iter()
            .filter_map(|area| self.counts.get(usize::from(*area)));
        counts.sum()
    }

    /// How many were recorded in the whole place.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }
}

/// Reads a file of counts; every area has every kind, all of one period.
pub(super) fn read(
    file: &'static str,
    bytes: &[u8],
    areas: &[Area],
) -> Result<Recorded, PlaceError> {
    let heading = [
        "gss_code",
        "csp_ons_code",
        "period",
        "offence_group",
        "count",
    ];
    let mut table = Table::new(file, bytes, &heading)?;
    let mut period: Option<(Date, Date)> = None;
    let mut kinds: Vec<(String, Vec<Option<u32>>)> = Vec::new();
    while let Some(row) = table.next_row()? {
        let code = row.text(0)?;
        let area = areas
            .iter()
            .position(|area| area.code.as_str() == code)
            .ok_or_else(|| row.odd(format!("there is no area {code}")))?;
        let own = period_of(row.text(2)?).ok_or_else(|| row.odd("a period is 2024-07/2025-06"))?;
        if *period.get_or_insert(own) != own {
            return Err(row.odd("another period than before"));
        }
        let name = row.text(3)?;
        let count = row.parse(4)?;
        let at = kinds.iter().position(|(known, _)| known == name);
        let at = at.unwrap_or_else(|| {
            kinds.push((name.to_owned(), vec![None; areas.len()]));
            kinds.len() - 1
        });
        if kinds[at].1[area].replace(count).is_some() {
            return Err(row.odd("this area and kind came before"));
        }
    }
    let (from, to) = period.ok_or_else(|| PlaceError::file(file, "there is no row"))?;
    let whole = |(name, counts): (String, Vec<Option<u32>>)| {
        let lacking = areas.iter().zip(&counts).find(|(_, count)| count.is_none());
        if let Some((area, _)) = lacking {
            let problem = format!("{name} of {} is missing", area.name);
            return Err(PlaceError::file(file, problem));
        }
        Ok(RecordedKind {
            name,
            counts: counts.into_iter().flatten().collect(),
        })
    };
    Ok(Recorded {
        from,
        to,
        kinds: kinds.into_iter().map(whole).collect::<Result<_, _>>()?,
    })
}

fn period_of(text: &str) -> Option<(Date, Date)> {
    let month = |text: &str| {
        let (year, month) = text.split_once('-')?;
        let first = date(1, 1, 1).with().year(year.parse().ok()?);
        first.month(month.parse().ok()?).build().ok()
    };
    let (from, to) = text.split_once('/')?;
    let (from, to) = (month(from)?, month(to)?);
    (from <= to).then_some((from, to))
}
