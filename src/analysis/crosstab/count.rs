//! Counting pairs of categories in one pass over two byte columns: no hashing, no division, one small table.

use crate::analysis::{
    chunk::{CHUNK_ROWS, Chunk},
    dataset::Dataset,
    filter::{Part, Selection},
    parallel::{self, add_up},
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

    /// The same of all strata together.
    pub(super) fn together(&self) -> Self {
        let add_lines = |lines: &[u32], width: usize| {
            let mut all = vec![0; width];
            lines
                .chunks_exact(width)
                .for_each(|line| add_up(&mut all, line));
            all
        };
        Self {
            rows: self.rows,
            columns: self.columns,
            cells: add_lines(&self.cells, self.cells_of_stratum()),
            answered: self
                .answered
                .as_ref()
                .map(|answered| add_lines(answered, self.columns + 1)),
        }
    }

    /// What each cell, rows down, and each column are worth with weights.
    pub(super) fn worth(&self, weights: &Weights) -> (Vec<Vec<WeightedBase>>, Vec<WeightedBase>) {
        // Stratum by stratum, as the counts lie.
        let weigh = |lines: &[u32], width: usize| {
            let mut worth = vec![WeightedBase::default(); width];
            for (line, weight) in lines.chunks_exact(width).zip(weights.as_slice()) {
                let cells = worth.iter_mut().zip(line);
                cells.for_each(|(worth, count)| worth.add(*count, *weight));
            }
            worth
        };
        let stride = self.columns + 1;
        let cells = weigh(&self.cells, self.cells_of_stratum());
        let rows = cells.chunks_exact(stride).take(self.rows);
        let rows: Vec<Vec<WeightedBase>> = rows.map(|row| row[..self.columns].to_vec()).collect();
        let columns = match &self.answered {
            Some(answered) => weigh(answered, stride)[..self.columns].to_vec(),
            None => (0..self.columns)
                .map(|column| {
                    let cells = rows.iter().map(|row| row[column]);
                    cells.fold(WeightedBase::default(), add)
                })
                .collect(),
        };
        (rows, columns)
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

/// What a variable that is made from columns is written into, chunk by chunk.
#[derive(Default)]
struct Buffers {
    rows: Vec<u8>,
    columns: Vec<u8>,
    ticks: TickBuffer,
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
    let size = counts.cells.len();
    let is_small = size <= SMALL;
    // Four tables, so that a count never waits for the one before it when neighbours are alike.
    let blank = || (Buffers::default(), vec![0_u32; size], [[0_u32; SMALL]; 4]);
    let visit = |(buffers, cells, tables): &mut (Buffers, Vec<u32>, [[u32; SMALL]; 4]),
                 chunk: &Chunk,
                 part: &Part| {
        let of_rows = row.cells(chunk, &mut buffers.rows);
        let of_columns = column.cells(chunk, &mut buffers.columns);
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
                cells[at(of_rows[place], of_columns[place])] += 1
            }),
        }
    };
    let merge = |(_, all, of_all): &mut (_, Vec<u32>, _), (_, part, of_part): (_, Vec<u32>, _)| {
        add_up(all, &part);
        let both = std::iter::zip::<&mut [[u32; SMALL]; 4], &[[u32; SMALL]; 4]>(of_all, &of_part);
        both.for_each(|(all, part)| add_up(all, part));
    };
    let (_, cells, tables) = parallel::scan(dataset, selection, blank, visit, merge);
    counts.cells = cells;
    tables
        .iter()
        .for_each(|table| add_up(&mut counts.cells, table));
}

fn pairs_by_stratum(
    dataset: &Dataset,
    selection: &Selection,
    row: &Variable,
    column: &Variable,
    counts: &mut Counts,
) {
    let (rows, columns) = (row.places(column.len() + 1), column.places(1));
    let (size, all) = (counts.cells_of_stratum(), counts.cells.len());
    let blank = || (Buffers::default(), vec![0_u32; all]);
    let visit = |(buffers, cells): &mut (Buffers, Vec<u32>), chunk: &Chunk, part: &Part| {
        let of_rows = row.cells(chunk, &mut buffers.rows);
        let of_columns = column.cells(chunk, &mut buffers.columns);
        let strata: &[Stratum] = &chunk.stratum;
        let at = |stratum: Stratum, row: u8, column: u8| {
            let within = rows[usize::from(row)] + columns[usize::from(column)];
            usize::from(stratum) * size + usize::from(within)
        };
        let all = strata.iter().zip(of_rows).zip(of_columns);
        match part {
            Part::All => all.for_each(|((stratum, row), column)| {
                cells[at(*stratum, *row, *column)] += 1;
            }),
            part => part.each(all.len(), |place| {
                cells[at(strata[place], of_rows[place], of_columns[place])] += 1;
            }),
        }
    };
    let merge = |all: &mut (_, Vec<u32>), part: (_, Vec<u32>)| add_up(&mut all.1, &part.1);
    counts.cells = parallel::scan(dataset, selection, blank, visit, merge).1;
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
    let size = bytes * PATTERNS * stride;
    let blank = || (Buffers::default(), Vec::new(), vec![0_u32; size]);
    let visit = |(buffers, at, patterns): &mut (Buffers, Vec<usize>, Vec<u32>),
                 chunk: &Chunk,
                 part: &Part| {
        let ticks = row.ticks(chunk, &mut buffers.ticks);
        let of_columns = column.cells(chunk, &mut buffers.columns);
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
                    bits.zip(&*at)
                        .for_each(|(bits, column)| count(*bits, *column));
                }
                part => part.each(at.len(), |place| {
                    count(ticks.bits[place * ticks.words + word], at[place]);
                }),
            }
        }
    };
    let merge = |all: &mut (_, _, Vec<u32>), part: (_, _, Vec<u32>)| add_up(&mut all.2, &part.2);
    let (_, _, patterns) = parallel::scan(dataset, selection, blank, visit, merge);
    for (byte, patterns) in patterns.chunks_exact(PATTERNS * stride).enumerate() {
        for (pattern, of_columns) in patterns.chunks_exact(stride).enumerate() {
            let options = (0..8)
                .filter(|bit| pattern >> bit & 1 == 1)
                .map(|bit| byte * 8 + bit);
            for option in options.filter(|option| *option < row.len()) {
                let to = &mut counts.cells[option * stride..(option + 1) * stride];
                add_up(to, of_columns);
            }
            if let (0, Some(answered)) = (byte, &mut counts.answered) {
                add_up(answered, of_columns);
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
    let (stride, options) = (column.len() + 1, row.len());
    let Some(groups) = counts.answered.as_ref().map(Vec::len) else {
        return;
    };
    let blank = || Lanes::new(stride, options, groups, counts.cells.len());
    let visit = |lanes: &mut Lanes, chunk: &Chunk, part: &Part| {
        lanes.before_chunk();
        let Lanes {
            buffers,
            sums,
            answered,
            words_a_group,
            ..
        } = lanes;
        let ticks = row.ticks(chunk, &mut buffers.ticks);
        let of_columns = column.cells(chunk, &mut buffers.columns);
        let (status, bits, words) = (ticks.status, ticks.bits, ticks.words);
        part.each(status.len().min(of_columns.len()), |place| {
            if status[place] != ANSWERED {
                return;
            }
            let stratum = usize::from(chunk.stratum[place]);
            let group = stratum * stride + usize::from(columns[usize::from(of_columns[place])]);
            answered[group] += 1;
            let sums = &mut sums[group * *words_a_group..(group + 1) * *words_a_group];
            for (lane, sum) in sums.iter_mut().enumerate() {
                let nibble = bits[place * words + lane / 16] >> (4 * (lane % 16)) & 0xf;
                *sum += SPREAD[nibble as usize];
            }
        });
    };
    let merge = |all: &mut Lanes, mut part: Lanes| {
        part.empty();
        add_up(&mut all.cells, &part.cells);
        add_up(&mut all.answered, &part.answered);
    };
    let mut lanes = parallel::scan(dataset, selection, blank, visit, merge);
    lanes.empty();
    counts.cells = lanes.cells;
    counts.answered = Some(lanes.answered);
}

/// Ticks by stratum and column, while they are counted.
struct Lanes {
    buffers: Buffers,
    /// Columns of a stratum.
    stride: usize,
    options: usize,
    words_a_group: usize,
    /// (stratum, column) → ticks of four options a word.
    sums: Vec<u64>,
    /// Chunks since the lanes were emptied.
    seen: usize,
    cells: Vec<u32>,
    answered: Vec<u32>,
}

impl Lanes {
    fn new(stride: usize, options: usize, groups: usize, cells: usize) -> Self {
        let words_a_group = options.div_ceil(4).max(1);
        Self {
            buffers: Buffers::default(),
            stride,
            options,
            words_a_group,
            sums: vec![0; groups * words_a_group],
            seen: 0,
            cells: vec![0; cells],
            answered: vec![0; groups],
        }
    }

    /// Makes room for one chunk more.
    fn before_chunk(&mut self) {
        if self.seen == LANE_CHUNKS {
            self.empty();
        }
        self.seen += 1;
    }

    fn empty(&mut self) {
        self.seen = 0;
        let size = (self.options + 1) * self.stride;
        for (group, sums) in self.sums.chunks_exact_mut(self.words_a_group).enumerate() {
            if sums.iter().all(|sum| *sum == 0) {
                continue;
            }
            let (stratum, column) = (group / self.stride, group % self.stride);
            for option in 0..self.options {
                let ticked = sums[option / 4] >> (16 * (option % 4)) & 0xffff;
                self.cells[stratum * size + option * self.stride + column] += ticked as u32;
            }
            sums.fill(0);
        }
    }
}
