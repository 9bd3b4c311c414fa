//! How many people live in each area, by sex and age band: what answers are held against.

use super::error::PlaceError;
use super::place::Area;
use super::table::Table;

/// Sex, as the Census table counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// Both, in the order tables show them.
    pub const ALL: [Self; 2] = [Self::Female, Self::Male];

    /// The stable code, as answers and packs write it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// The sex with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sex| sex.code() == code)
    }
}

/// An age band of people who may answer: 16 or over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgeBand {
    /// 16 to 24.
    From16To24,
    /// 25 to 34.
    From25To34,
    /// 35 to 44.
    From35To44,
    /// 45 to 54.
    From45To54,
    /// 55 to 64.
    From55To64,
    /// 65 to 74.
    From65To74,
    /// 75 and over.
    From75,
}

impl AgeBand {
    /// Every band, youngest first.
    pub const ALL: [Self; 7] = [
        Self::From16To24,
        Self::From25To34,
        Self::From35To44,
        Self::From45To54,
        Self::From55To64,
        Self::From65To74,
        Self::From75,
    ];

    /// The stable code, as answers write it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::From16To24 => "16_24",
            Self::From25To34 => "25_34",
            Self::From35To44 => "35_44",
            Self::From45To54 => "45_54",
            Self::From55To64 => "55_64",
            Self::From65To74 => "65_74",
            Self::From75 => "75_plus",
        }
    }

    /// The band with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|band| band.code() == code)
    }

    fn in_pack(self) -> &'static str {
        match self {
            Self::From16To24 => "16-24",
            Self::From25To34 => "25-34",
            Self::From35To44 => "35-44",
            Self::From45To54 => "45-54",
            Self::From55To64 => "55-64",
            Self::From65To74 => "65-74",
            Self::From75 => "75+",
        }
    }
}

const FILE: &str = "population.csv";
const UNDER_16: &str = "0-15";
/// Under 16 first, then the bands of [`AgeBand::ALL`].
const BANDS: usize = AgeBand::ALL.len() + 1;

/// Counts of people: one block of sex × band per area.
#[derive(Debug)]
pub(super) struct Populations(Vec<[[u32; BANDS]; 2]>);

impl Populations {
    /// Reads `population.csv`; every area must have every sex and band once, and add up to what `areas.csv` says.
    pub(super) fn read(bytes: &[u8], areas: &[Area]) -> Result<Self, PlaceError> {
        let mut found = vec![[[None::<u32>; BANDS]; 2]; areas.len()];
        let mut table = Table::new(FILE, bytes, &["gss_code", "sex", "age_band", "count"])?;
        while let Some(row) = table.next_row()? {
            let code = row.text(0)?;
            let area = areas
                .iter()
                .position(|area| area.code.as_str() == code)
                .ok_or_else(|| row.odd(format!("{code:?} is not an area of this pack")))?;
            let sex =
                Sex::from_code(row.text(1)?).ok_or_else(|| row.odd("sex is female or male"))?;
            let band = match row.text(2)? {
                UNDER_16 => 0,
                text => AgeBand::ALL
                    .iter()
                    .position(|band| band.in_pack() == text)
                    .map(|band| band + 1)
                    .ok_or_else(|| row.odd(format!("{text:?} is not an age band")))?,
            };
            let cell = &mut found[area][sex as usize][band];
            if cell.is_some() {
                return Err(row.odd("this area, sex and age band came before"));
            }
            *cell = Some(row.parse(3)?);
        }
        let mut counts = Vec::with_capacity(areas.len());
        for (area, block) in areas.iter().zip(found) {
            let mut whole = [[0; BANDS]; 2];
            for (sex, bands) in block.into_iter().enumerate() {
                for (band, count) in bands.into_iter().enumerate() {
                    whole[sex][band] = count.ok_or_else(|| {
                        let sex = Sex::ALL[sex].code();
                        let band = AgeBand::ALL[..].get(band.wrapping_sub(1));
                        let band = band.map_or(UNDER_16, |band| band.in_pack());
                        let problem = format!("{} has no row {sex}, {band}", area.code);
                        PlaceError::file(FILE, problem)
                    })?;
                }
            }
            let adults: u32 = whole.iter().flat_map(|bands| &bands[1..]).sum();
            let all: u32 = whole.iter().flatten().sum();
            if (all, adults) != (area.population, area.population_16_plus) {
                return Err(PlaceError::file(
                    FILE,
                    format!(
                        "{} adds up to {all} people, {adults} of them 16 or over; areas.csv says {} and {}",
                        area.code, area.population, area.population_16_plus
                    ),
                ));
            }
            counts.push(whole);
        }
        Ok(Self(counts))
    }

    pub(super) fn count(&self, area: usize, sex: Sex, band: AgeBand) -> u32 {
        self.0[area][sex as usize][band as usize + 1]
    }
}
