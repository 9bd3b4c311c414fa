//! How often each code of a column occurs, without weights or with them.
//!
//! With weights, codes are counted by stratum in whole numbers, and weights come in last: exact, and the same in any order.

use super::{
    filter::Part,
    schema::ANSWERED,
    share::{Base, Share, WeightedShare},
    strata::Stratum,
    weights::{WeightedBase, Weights},
};

/// Counts of codes.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    /// Code → how many.
    pub(super) of: Vec<u32>,
    /// Code → the same with weights; none, where they were not asked for.
    pub(super) weighted: Option<Vec<WeightedBase>>,
}

/// Who is in a base, without and with weights.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bases {
    pub(super) base: Base,
    pub(super) weighted: Option<WeightedBase>,
}

impl Counts {
    /// Counts without weights.
    pub(super) fn raw(of: Vec<u32>) -> Self {
        Self { of, weighted: None }
    }

    /// Those who gave an answer of substance.
    pub(super) fn answered(&self) -> Bases {
        let from = usize::from(ANSWERED);
        let add = |sum: WeightedBase, own: &WeightedBase| sum.with(*own);
        Bases {
            base: Base(self.of[from..].iter().sum()),
            weighted: self
                .weighted
                .as_ref()
                .map(|weighted| weighted[from..].iter().fold(WeightedBase::default(), add)),
        }
    }

    /// Those whose cell is exactly [`ANSWERED`], in a column of statuses.
    pub(super) fn status_answered(&self) -> Bases {
        let at = usize::from(ANSWERED);
        Bases {
            base: Base(self.of[at]),
            weighted: self.weighted.as_ref().map(|weighted| weighted[at]),
        }
    }

    /// The share that gave a code.
    pub(super) fn share(&self, code: usize, of: Bases) -> Share {
        let weighted = self.weighted.as_ref().zip(of.weighted);
        Share::new(self.of[code], of.base).with_weights(weighted.map(|(chosen, base)| {
            WeightedShare {
                chosen: chosen[code],
                base,
            }
        }))
    }
}

/// Counts of codes by stratum: one line of strata for each code.
pub(super) struct ByStratum {
    strata: usize,
    cells: Vec<u32>,
}

impl ByStratum {
    pub(super) fn new(codes: usize, weights: &Weights) -> Self {
        let strata = weights.as_slice().len().max(1);
        Self {
            strata,
            cells: vec![0; codes * strata],
        }
    }

    /// From counts that have a line of strata for each code already.
    pub(super) fn from_cells(cells: Vec<u32>, weights: &Weights) -> Self {
        Self {
            strata: weights.as_slice().len().max(1),
            cells,
        }
    }

    /// Counts the selected cells of a byte column.
    pub(super) fn tally(&mut self, cells: &[u8], strata: &[Stratum], part: &Part) {
        let width = self.strata;
        match part {
            Part::All => {
                for (code, stratum) in cells.iter().zip(strata) {
                    self.cells[usize::from(*code) * width + usize::from(*stratum)] += 1;
                }
            }
            part => part.each(cells.len(), |row| {
                self.cells[usize::from(cells[row]) * width + usize::from(strata[row])] += 1;
            }),
        }
    }

    /// Counts one response.
    #[inline]
    pub(super) fn add(&mut self, code: usize, stratum: Stratum) {
        self.cells[code * self.strata + usize::from(stratum)] += 1;
    }

    /// The counts with weights.
    pub(super) fn weigh(&self, weights: &Weights) -> Counts {
        let lines = || self.cells.chunks_exact(self.strata);
        Counts {
            of: lines().map(|line| line.iter().sum()).collect(),
            weighted: Some(lines().map(|line| weights.base(line)).collect()),
        }
    }
}
