//! Counting pairs of categories in one pass over two byte columns: no hashing, no division, one small table.

use crate::analysis::{
    chunk::CHUNK_ROWS,
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
    pub(in crate::analysis) fn weighted_cell(
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
    pub(in crate::analysis) fn weighted_column(
        &self,
        column: usize,
        weights: &Weights,
    ) -> WeightedBase {
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
        let at = |stratum: Stratum, row: u8, column: u8| {
            let within = rows[usize::from(row)] + columns[usize::from(column)];
            usize::from(stratum) * size + usize::from(within)
        };
        let all = strata.iter().zip(of_rows).zip(of_columns);
        match part {
            Part::All => all.for_each(|((stratum, row), column)| {
                counts.cells[at(*stratum, *row, *column)] += 1;
            }),
            part => part.each(all.len(), |place| {
                counts.cells[at(strata[place], of_rows[place], of_columns[place])] += 1;
            }),
        }
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
    let (mut buffer, mut of_columns, mut at) = (TickBuffer::default(), Vec::new(), Vec::new());
    selection.each_chunk(dataset, |chunk, part| {
        let ticks = row.ticks(chunk, &mut buffer);
        let of_columns = column.cells(chunk, &mut of_columns);
        let nobody = column.len();
        // Those who did not answer stand with those whose column is not known.
        at.clear();
        at.extend(ticks.status.iter().zip(of_columns).map(|(status, column)| {
            let column = usize::from(columns[usize::from(*column)]);
            if *status == ANSWERED { column } else { nobody }
        }));
        for (byte, patterns) in patterns.chunks_exact_mut(PATTERNS * stride).enumerate() {
            let (word, shift) = (byte / 8, 8 * (byte % 8));
            let mut count = |bits: u64, column: usize| {
                patterns[usize::from((bits >> shift) as u8) * stride + column] += 1;
            };
            match part {
                Part::All => {
                    let bits = ticks.bits.iter().skip(word).step_by(ticks.words);
                    bits.zip(&at)
                        .for_each(|(bits, column)| count(*bits, *column));
                }
                part => part.each(at.len(), |place| {
                    count(ticks.bits[place * ticks.words + word], at[place]);
                }),
            }
        }
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

/// A nibble's four bits, each in a lane of 16 bits.
const SPREAD: [u64; 16] = {
    let mut spread = [0; 16];
    let mut nibble = 0;
    while nibble < 16 {
        let bits = nibble as u64;
        spread[nibble] = bits & 1 | (bits & 2) << 15 | (bits & 4) << 30 | (bits & 8) << 45;
        nibble += 1;
    }
    spread
};
/// The chunks after which a lane of 16 bits might run over.
const LANE_CHUNKS: usize = u16::MAX as usize / CHUNK_ROWS;

/// Ticks are added up four options at a time in lanes of 16 bits, which are emptied before they can run over.
fn ticks_by_stratum(
    dataset: &Dataset,
    selection: &Selection,
    row: &Variable,
    column: &Variable,
    counts: &mut Counts,
) {
    let columns = column.places(1);
    let (stride, size, options) = (column.len() + 1, counts.cells_of_stratum(), row.len());
    let Counts {
        cells, answered, ..
    } = counts;
    let Some(answered) = answered else { return };
    let lanes = options.div_ceil(4).max(1);
    let mut sums = vec![0_u64; answered.len() * lanes];
    let mut empty = |sums: &mut [u64]| {
        for (group, sums) in sums.chunks_exact_mut(lanes).enumerate() {
            if sums.iter().all(|sum| *sum == 0) {
                continue;
            }
            let (stratum, column) = (group / stride, group % stride);
            for option in 0..options {
                let ticked = sums[option / 4] >> (16 * (option % 4)) & 0xffff;
                cells[stratum * size + option * stride + column] += ticked as u32;
            }
            sums.fill(0);
        }
    };
    let (mut buffer, mut of_columns, mut seen) = (TickBuffer::default(), Vec::new(), 0);
    selection.each_chunk(dataset, |chunk, part| {
        if seen == LANE_CHUNKS {
            empty(&mut sums);
            seen = 0;
        }
        seen += 1;
        let ticks = row.ticks(chunk, &mut buffer);
        let of_columns = column.cells(chunk, &mut of_columns);
        let (status, bits, words) = (ticks.status, ticks.bits, ticks.words);
        part.each(status.len().min(of_columns.len()), |place| {
            if status[place] != ANSWERED {
                return;
            }
            let stratum = usize::from(chunk.stratum[place]);
            let group = stratum * stride + usize::from(columns[usize::from(of_columns[place])]);
            answered[group] += 1;
            for (lane, sum) in sums[group * lanes..(group + 1) * lanes]
                .iter_mut()
                .enumerate()
            {
                let nibble = bits[place * words + lane / 16] >> (4 * (lane % 16)) & 0xf;
                *sum += SPREAD[nibble as usize];
            }
        });
    });
    empty(&mut sums);
}
