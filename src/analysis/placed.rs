//! Strata with the area of those whose stratum is unknown: what weighted figures by area are counted by.

use super::{
    areas::AREA_OUTSIDE,
    chunk::Chunk,
    strata::{self, FIRST, OUTSIDE, STRATA_OF_AREA, Stratum, UNKNOWN},
    weights::Weights,
};
use crate::geography::Place;

/// Numbers the kinds of people that weighted figures tell apart: those from outside, those without a stratum by their
/// area cell (unknown first), and every stratum.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    areas: usize,
}

impl Placed {
    pub(super) fn new(place: &Place) -> Self {
        Self {
            areas: place.areas().len(),
        }
    }

    /// How many kinds there are.
    pub(super) fn count(self) -> usize {
        2 + self.areas + self.areas * STRATA_OF_AREA
    }

    /// The kind of those who live outside the place.
    pub(super) fn outside(self) -> usize {
        0
    }

    /// The kind of a row.
    #[inline]
    pub(super) fn of(self, chunk: &Chunk, row: usize) -> usize {
        match chunk.stratum[row] {
            OUTSIDE => 0,
            UNKNOWN => 1 + usize::from(chunk.area[row]).min(self.areas),
            stratum => 2 + self.areas + usize::from(stratum - FIRST),
        }
    }

    /// The weight of a kind.
    pub(super) fn weight(self, kind: usize, weights: &Weights) -> f64 {
        weights.of(self.stratum(kind))
    }

    /// The area cell of a kind.
    pub(super) fn area_cell(self, kind: usize) -> u8 {
        if kind == 0 {
            return AREA_OUTSIDE;
        }
        let area = match strata::cell_of(self.stratum(kind)) {
            Some(cell) => cell.area + 1,
            None => kind - 1,
        };
        u8::try_from(area).unwrap_or(AREA_OUTSIDE)
    }

    fn stratum(self, kind: usize) -> Stratum {
        match kind.checked_sub(2 + self.areas) {
            Some(known) => Stratum::try_from(known).map_or(UNKNOWN, |known| known + FIRST),
            None if kind == 0 => OUTSIDE,
            None => UNKNOWN,
        }
    }
}
