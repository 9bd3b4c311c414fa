//! Counting pairs of categories in one pass over two byte columns: no hashing, no division, one small table.

use crate::analysis::{
    dataset::Dataset,
    filter::{Part, Selection},
    schema::ANSWERED,
    strata::{self, Stratum},
    variable::{TickBuffer, Variable},
    weights::{WeightedBase, Weights},
};

/// How many responses are in each row, column and stratum.
///
/// The row after the last and the column after the last hold those about whom nothing is known; they are in no base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::analysis) struct Counts {
    rows: usize,
    columns: usize,
    /// (stratum, row, column) → responses; one stratum where nobody asked for more.
    cells: Vec<u32>,
    /// (stratum, column) → those who answered, where rows are ticks and a response may be in several.
    answered: Option<Vec<u32>>,
}

impl Counts {
    fn new(rows: usize, columns: usize, strata: usize, several: bool) -> Self {
        Self {
            rows,
            columns,
            cells: vec![0; strata * (rows + 1) * (columns + 1)],
            answered: several.then(|| vec![0; strata * (columns + 1)]),
        }
    }

    fn cells_of_stratum(&self) -> usize {
        (self.rows + 1) * (self.columns + 1)
    }

    /// How many are in a cell.
    pub(in crate::analysis) fn cell(&self, row: usize, column: usize) -> u32 {
        let at = row * (self.columns + 1) + column;
        self.cells
            .chunks_exact(self.cells_of_stratum())
            .map(|cells| cells[at])
            .sum()
    }

    /// How many are in a column: the base of its shares.
    pub(in crate::analysis) fn column(&self, column: usize) -> u32 {
        match &self.answered {
            Some(answered) => answered
                .chunks_exact(self.columns + 1)
                .map(|columns| columns[column])
                .sum(),
            None => (0..self.rows).map(|row| self.cell(row, column)).sum(),
        }
    }

    /// The counts of a table, rows down.
    pub(super) fn table(&self) -> Vec<Vec<u32>> {
        let cells = |row| {
            (0..self.columns)
                .map(|column| self.cell(row, column))
                .collect()
        };
        (0..self.rows).map(cells).collect()
    }

    /// What a cell is worth with weights.
    pub(super) fn weighted_cell(
        &self,
        row: usize,
        column: usize,
        weights: &Weights,
    ) -> WeightedBase {
        let at = row * (self.columns + 1) + column;
        let strata = self.cells.chunks_exact(self.cells_of_stratum());
        weights.base(&strata.map(|cells| cells[at]).collect::<Vec<_>>())
    }

    /// What a column is worth with weights.
    pub(super) fn weighted_column(&self, column: usize, weights: &Weights) -> WeightedBase {
        let Some(answered) = &self.answered else {
            let cells = (0..self.rows).map(|row| self.weighted_cell(row, column, weights));
            return cells.fold(WeightedBase::default(), add);
        };
        let strata = answered.chunks_exact(self.columns + 1);
        weights.base(&strata.map(|columns| columns[column]).collect::<Vec<_>>())
    }
}

/// Two groups of different people together.
pub(super) fn add(one: WeightedBase, other: WeightedBase) -> WeightedBase {
    WeightedBase {
        responses: one.responses + other.responses,
        sum: one.sum + other.sum,
        squares: one.squares + other.squares,
    }
}

/// Counts the selected responses by two variables, and by stratum where figures are to be weighted. `column` is a
/// variable of single categories.
pub(in crate::analysis) fn count(
    dataset: &Dataset,
    selection: &Selection,
    row: &Variable,
    column: &Variable,
    by_stratum: bool,
) -> Counts {
    let strata = if by_stratum {
        strata::count(dataset.schema().place())
    } else {
        1
    };
    let mut counts = Counts::new(row.len(), column.len(), strata, row.is_several());
    match (row.is_several(), by_stratum) {
        (false, false) => pairs(dataset, selection, row, column, &mut counts),
        (false, true) => pairs_by_stratum(dataset, selection, row, column, &mut counts),
        (true, false) => ticks(dataset, selection, row, column, &mut counts),
        (true, true) => ticks_by_stratum(dataset, selection, row, column, &mut counts),
    }
    counts
}

/// The largest table of which there are several.
const SMALL: usize = 1024;

fn pairs(
    dataset: &Dataset,
    selection: &Selection,
    row: &Variable,
    column: &Variable,
    counts: &mut Counts,
) {
    let (rows, columns) = (row.places(column.len() + 1), column.places(1));
    let (mut of_rows, mut of_columns) = (Vec::new(), Vec::new());
    let is_small = counts.cells.len() <= SMALL;
    // Four tables, so that a count never waits for the one before it when neighbours are alike.
    let mut tables = [[0_u32; SMALL]; 4];
    selection.each_chunk(dataset, |chunk, part| {
        let of_rows = row.cells(chunk, &mut of_rows);
        let of_columns = column.cells(chunk, &mut of_columns);
        let at = |row: u8, column: u8| {
            usize::from(rows[usize::from(row)] + columns[usize::from(column)])
        };
        let len = of_rows.len().min(of_columns.len());
        let (of_rows, of_columns) = (&of_rows[..len], &of_columns[..len]);
        match part {
            Part::All if is_small => {
                let (fours, others) = (of_rows.chunks_exact(4), of_columns.chunks_exact(4));
                for (row, column) in fours.remainder().iter().zip(others.remainder()) {
                    tables[0][at(*row, *column) % SMALL] += 1;
                }
                for (row, column) in fours.zip(others) {
                    for (table, (row, column)) in tables.iter_mut().zip(row.iter().zip(column)) {
                        // The remainder changes nothing, and tells the compiler that no bound need be checked.
                        table[at(*row, *column) % SMALL] += 1;
                    }
                }
            }
            part => part.each(len, |place| {
                counts.cells[at(of_rows[place], of_columns[place])] += 1
            }),
        }
    });
    for table in &tables {
        counts
            .cells
            .iter_mut()
            .zip(table)
            .for_each(|(to, from)| *to += from);
    }
}

fn pairs_by_stratum(
    dataset: &Dataset,
    selection: &Selection,
    row: &Variable,
    column: &Variable,
    counts: &mut Counts,
) {
    let (rows, columns) = (row.places(column.len() + 1), column.places(1));
    let size = counts.cells_of_stratum();
    let (mut of_rows, mut of_columns) = (Vec::new(), Vec::new());
    selection.each_chunk(dataset, |chunk, part| {
        let of_rows = row.cells(chunk, &mut of_rows);
        let of_columns = column.cells(chunk, &mut of_columns);
        let strata: &[Stratum] = &chunk.stratum;
        let len = of_rows.len().min(of_columns.len());
        part.each(len, |place| {
            let (row, column) = (usize::from(of_rows[place]), usize::from(of_columns[place]));
            let at = usize::from(strata[place]) * size + usize::from(rows[row] + columns[column]);
            counts.cells[at] += 1;
        });
    });
}

/// Ticks are counted eight options at a time: how often each pattern of eight occurs in each column, and from that how
/// often each option does.
fn ticks(
    dataset: &Dataset,
    selection: &Selection,
    row: &Variable,
    column: &Variable,
    counts: &mut Counts,
) {
    const PATTERNS: usize = 256;
    let columns = column.places(1);
    let (stride, bytes) = (column.len() + 1, row.len().div_ceil(8).max(1));
    let mut patterns = vec![0_u32; bytes * PATTERNS * stride];
    let (mut buffer, mut of_columns) = (TickBuffer::default(), Vec::new());
    selection.each_chunk(dataset, |chunk, part| {
        let ticks = row.ticks(chunk, &mut buffer);
        let of_columns = column.cells(chunk, &mut of_columns);
        let (status, bits, words) = (ticks.status, ticks.bits, ticks.words);
        part.each(status.len().min(of_columns.len()), |place| {
            let column = if status[place] == ANSWERED {
                usize::from(columns[usize::from(of_columns[place])])
            } else {
                stride - 1
            };
            for (byte, patterns) in patterns.chunks_exact_mut(PATTERNS * stride).enumerate() {
                let pattern = bits[place * words + byte / 8] >> (8 * (byte % 8)) & 0xff;
                patterns[pattern as usize * stride + column] += 1;
            }
        });
    });
    for (byte, patterns) in patterns.chunks_exact(PATTERNS * stride).enumerate() {
        for (pattern, of_columns) in patterns.chunks_exact(stride).enumerate() {
            let options = (0..8)
                .filter(|bit| pattern >> bit & 1 == 1)
                .map(|bit| byte * 8 + bit);
            for option in options.filter(|option| *option < row.len()) {
                let to = &mut counts.cells[option * stride..(option + 1) * stride];
                to.iter_mut()
                    .zip(of_columns)
                    .for_each(|(to, from)| *to += from);
            }
            if let (0, Some(answered)) = (byte, &mut counts.answered) {
                answered
                    .iter_mut()
                    .zip(of_columns)
                    .for_each(|(to, from)| *to += from);
            }
        }
    }
}

fn ticks_by_stratum(
    dataset: &Dataset,
    selection: &Selection,
    row: &Variable,
    column: &Variable,
    counts: &mut Counts,
) {
    let columns = column.places(1);
    let (stride, size, options) = (column.len() + 1, counts.cells_of_stratum(), row.len());
    let (mut buffer, mut of_columns) = (TickBuffer::default(), Vec::new());
    let Counts {
        cells, answered, ..
    } = counts;
    let Some(answered) = answered else { return };
    selection.each_chunk(dataset, |chunk, part| {
        let ticks = row.ticks(chunk, &mut buffer);
        let of_columns = column.cells(chunk, &mut of_columns);
        let (status, bits, words) = (ticks.status, ticks.bits, ticks.words);
        part.each(status.len().min(of_columns.len()), |place| {
            if status[place] != ANSWERED {
                return;
            }
            let stratum = usize::from(chunk.stratum[place]);
            let column = usize::from(columns[usize::from(of_columns[place])]);
            answered[stratum * stride + column] += 1;
            for word in 0..words {
                let mut left = bits[place * words + word];
                while left != 0 {
                    let option = word * 64 + left.trailing_zeros() as usize;
                    if option < options {
                        cells[stratum * size + option * stride + column] += 1;
                    }
                    left &= left - 1;
                }
            }
        });
    });
}
