//! Strata: which weighting cell a response falls in, by area, age band and sex.
//!
//! A weight depends on nothing else, so every weighted figure is made from counts by stratum (whole numbers, exact and free
//! of order) and one weight for each stratum, never from floats added up over rows.

use super::{
    areas::{AREA_FIRST, AREA_OUTSIDE, AREA_UNKNOWN},
    dataset::Dataset,
    filter::Selection,
    schema::{ANSWERED, Schema},
};
use crate::geography::{AgeBand, Place, Sex};

/// A weighting cell, as columns hold it.
pub type Stratum = u16;

/// The stratum of somebody who lives outside the place: no part of weighted results.
pub const OUTSIDE: Stratum = 0;
/// The stratum of somebody whose area, age or sex is not known: weight exactly 1, the mean.
pub const UNKNOWN: Stratum = 1;
/// The first stratum of people whose area, age and sex are known.
pub const FIRST: Stratum = 2;

const BANDS: usize = AgeBand::ALL.len();
const SEXES: usize = Sex::ALL.len();
/// Strata an area has.
pub const STRATA_OF_AREA: usize = BANDS * SEXES;

/// What a stratum after [`FIRST`] stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The area, as a place in [`Place::areas`].
    pub area: usize,
    /// The age band.
    pub band: AgeBand,
    /// The sex.
    pub sex: Sex,
}

/// How many strata a place has, [`OUTSIDE`] and [`UNKNOWN`] among them.
#[must_use]
pub fn count(place: &Place) -> usize {
    usize::from(FIRST) + place.areas().len() * STRATA_OF_AREA
}

/// The stratum of a cell.
#[must_use]
pub fn of_cell(cell: Cell) -> Stratum {
    let within = cell.band as usize * SEXES + cell.sex as usize;
    Stratum::try_from(usize::from(FIRST) + cell.area * STRATA_OF_AREA + within).unwrap_or(UNKNOWN)
}

/// What a stratum stands for; none for [`OUTSIDE`] and [`UNKNOWN`].
#[must_use]
pub fn cell_of(stratum: Stratum) -> Option<Cell> {
    let place = usize::from(stratum.checked_sub(FIRST)?);
    Some(Cell {
        area: place / STRATA_OF_AREA,
        band: AgeBand::ALL[place % STRATA_OF_AREA / SEXES],
        sex: Sex::ALL[place % SEXES],
    })
}

/// How many of the selected responses each stratum has.
#[must_use]
pub fn tally(dataset: &Dataset, selection: &Selection) -> Vec<u32> {
    let mut counts = vec![0; count(dataset.schema().place())];
    selection.each_chunk(dataset, |chunk, part| {
        part.each(chunk.len(), |row| {
            counts[usize::from(chunk.stratum[row])] += 1
        });
    });
    counts
}

/// From the cells of a row to its stratum, for the age and sex questions of one schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stratifier {
    /// Age cell → band.
    bands: Vec<Option<AgeBand>>,
    /// Sex cell → sex.
    sexes: Vec<Option<Sex>>,
}

impl Stratifier {
    /// Choices whose codes the Census table knows (`16_24` … `75_plus`; `female`, `male`) have a stratum; others don't.
    pub(super) fn new(schema: &Schema) -> Self {
        let roles = schema.roles();
        Self {
            bands: known(schema, roles.age, AgeBand::from_code),
            sexes: known(schema, roles.sex, Sex::from_code),
        }
    }

    /// Whether any answer to the age question is a band of the Census.
    pub(super) fn knows_ages(&self) -> bool {
        self.bands.iter().any(Option::is_some)
    }

    /// Whether any answer to the sex question is one of the Census.
    pub(super) fn knows_sexes(&self) -> bool {
        self.sexes.iter().any(Option::is_some)
    }

    pub(super) fn stratum(&self, area: u8, age: u8, sex: u8) -> Stratum {
        if area == AREA_OUTSIDE {
            return OUTSIDE;
        }
        let band = self.bands.get(usize::from(age)).copied().flatten();
        let sex = self.sexes.get(usize::from(sex)).copied().flatten();
        match (area, band, sex) {
            (AREA_UNKNOWN, _, _) | (_, None, _) | (_, _, None) => UNKNOWN,
            (area, Some(band), Some(sex)) => of_cell(Cell {
                area: usize::from(area - AREA_FIRST),
                band,
                sex,
            }),
        }
    }
}

fn known<T>(
    schema: &Schema,
    column: Option<usize>,
    read: impl Fn(&str) -> Option<T>,
) -> Vec<Option<T>> {
    let reserved = (0..ANSWERED).map(|_| None);
    let options = schema
        .options_of(column)
        .map(super::schema::Options::list)
        .unwrap_or_default();
    let codes = options.iter().map(|option| read(option.code.as_str()));
    reserved.chain(codes).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_stratum_stands_for_one_cell() {
        for area in 0..20 {
            for band in AgeBand::ALL {
                for sex in Sex::ALL {
                    let cell = Cell { area, band, sex };
                    assert_eq!(cell_of(of_cell(cell)), Some(cell));
                }
            }
        }
        assert_eq!(cell_of(OUTSIDE), None);
        assert_eq!(cell_of(UNKNOWN), None);
        assert_eq!(cell_of(FIRST).unwrap().area, 0);
    }
}
