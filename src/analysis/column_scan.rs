//! How a question's column is counted: one scan of the selected rows for each figure, by code, and by stratum with weights.

use super::{
    columns::Column,
    counts::{ByStratum, Counts},
    dataset::{Chunk, Dataset},
    filter::{Part, Selection},
    parallel,
    schema::{ANSWERED, INVALID, MISSING},
    weights::Weights,
};

/// How many patterns of eight ticks there are.
const PATTERNS: usize = 256;
/// How many statuses there are.
const STATUSES: usize = INVALID as usize + 1;

/// One question's column under one selection.
pub(super) struct Scan<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) selection: &'a Selection,
    pub(super) column: usize,
    pub(super) weights: Option<&'a Weights>,
}

impl Scan<'_> {
    pub(super) fn each_chunk(&self, mut visit: impl FnMut(&Chunk, &Column, &Part)) {
        self.selection.each_chunk(self.dataset, |chunk, part| {
            visit(chunk, &chunk.columns[self.column], part)
        });
    }

    /// How often each code occurs, in a column of `codes` codes after the reserved ones.
    pub(super) fn codes(&self, codes: usize) -> Counts {
        let codes = usize::from(ANSWERED) + codes;
        if let Some(weights) = self.weights {
            let mut counts = ByStratum::new(codes, weights);
            self.each_chunk(|chunk, column, part| match column {
                Column::Narrow(cells) | Column::Text(cells) => {
                    counts.tally(cells, &chunk.stratum, part)
                }
                Column::Wide(cells) => part.each(chunk.len(), |row| {
                    counts.add(usize::from(cells[row]), chunk.stratum[row]);
                }),
                _ => {}
            });
            return counts.weigh(weights);
        }
        let mut narrow = ByteTally::new(codes);
        let mut counts = vec![0_u32; codes];
        self.each_chunk(|chunk, column, part| match column {
            Column::Narrow(cells) | Column::Text(cells) => narrow.tally(cells, part),
            Column::Wide(cells) => {
                part.each(chunk.len(), |row| counts[usize::from(cells[row])] += 1)
            }
            _ => {}
        });
        parallel::add_up(&mut counts, &narrow.counts());
        Counts::raw(counts)
    }

    /// How often each status occurs.
    pub(super) fn statuses(&self) -> Counts {
        fn status_of(column: &Column) -> Option<&[u8]> {
            match column {
                Column::Text(status)
                | Column::Many { status, .. }
                | Column::Number { status, .. }
                | Column::Budget { status, .. }
                | Column::Date { status, .. } => Some(status),
                _ => None,
            }
        }
        if let Some(weights) = self.weights {
            let mut counts = ByStratum::new(STATUSES, weights);
            self.each_chunk(|chunk, column, part| {
                if let Some(status) = status_of(column) {
                    counts.tally(status, &chunk.stratum, part);
                }
            });
            return counts.weigh(weights);
        }
        let mut counts = ByteTally::new(STATUSES);
        self.each_chunk(|_, column, part| {
            if let Some(status) = status_of(column) {
                counts.tally(status, part);
            }
        });
        Counts::raw(counts.counts()[..STATUSES].to_vec())
    }

    /// How often each option is ticked.
    pub(super) fn ticks(&self, options: usize) -> Counts {
        // Eight options at a time: how often each pattern of eight occurs in each stratum, and from that each option.
        let bytes = options.div_ceil(8).max(1);
        let strata = self
            .weights
            .map_or(1, |weights| weights.as_slice().len().max(1));
        let mut patterns = vec![0_u32; bytes * PATTERNS * strata];
        self.each_chunk(|chunk, column, part| {
            let Column::Many { words, bits, .. } = column else {
                return;
            };
            for (byte, patterns) in patterns.chunks_exact_mut(PATTERNS * strata).enumerate() {
                let (word, shift) = (byte / 8, 8 * (byte % 8));
                let pattern = |row: usize| usize::from((bits[row * words + word] >> shift) as u8);
                if strata == 1 {
                    part.each(chunk.len(), |row| patterns[pattern(row)] += 1);
                } else {
                    part.each(chunk.len(), |row| {
                        patterns[pattern(row) * strata + usize::from(chunk.stratum[row])] += 1;
                    });
                }
            }
        });
        let mut ticked = vec![0_u32; options * strata];
        for (place, of_strata) in patterns.chunks_exact(strata).enumerate() {
            let (byte, pattern) = (place / PATTERNS, place % PATTERNS);
            let ticks = (0..8).filter(|bit| pattern >> bit & 1 == 1);
            for option in ticks
                .map(|bit| 8 * byte + bit)
                .filter(|option| *option < options)
            {
                parallel::add_up(
                    &mut ticked[option * strata..(option + 1) * strata],
                    of_strata,
                );
            }
        }
        match self.weights {
            Some(weights) => ByStratum::from_cells(ticked, weights).weigh(weights),
            None => Counts::raw(ticked),
        }
    }

    /// Counts of each grid row, and who answered any of them.
    pub(super) fn grid_counts(&self, rows: usize, columns: usize) -> (Vec<Counts>, Counts) {
        let codes = usize::from(ANSWERED) + columns;
        // The best that any row of the grid says of each response.
        let mut best = Vec::new();
        let mut find_best = |lines: &[Vec<u8>], len: usize| {
            best.clear();
            best.resize(len, MISSING);
            for cells in lines {
                let both = best.iter_mut().zip(cells);
                both.for_each(|(best, cell)| *best = (*best).max((*cell).min(ANSWERED)));
            }
            std::mem::take(&mut best)
        };
        if let Some(weights) = self.weights {
            let mut counts: Vec<ByStratum> =
                (0..rows).map(|_| ByStratum::new(codes, weights)).collect();
            let mut anybody = ByStratum::new(STATUSES, weights);
            self.each_chunk(|chunk, column, part| {
                let Column::Grid(lines) = column else {
                    return;
                };
                for (cells, counts) in lines.iter().zip(&mut counts) {
                    counts.tally(cells, &chunk.stratum, part);
                }
                anybody.tally(&find_best(lines, chunk.len()), &chunk.stratum, part);
            });
            let weigh = |counts: &ByStratum| counts.weigh(weights);
            return (counts.iter().map(weigh).collect(), weigh(&anybody));
        }
        let mut counts: Vec<ByteTally> = (0..rows).map(|_| ByteTally::new(codes)).collect();
        let mut anybody = ByteTally::new(STATUSES);
        self.each_chunk(|chunk, column, part| {
            let Column::Grid(lines) = column else {
                return;
            };
            for (cells, counts) in lines.iter().zip(&mut counts) {
                counts.tally(cells, part);
            }
            anybody.tally(&find_best(lines, chunk.len()), part);
        });
        let raw = |counts: &ByteTally, codes: usize| Counts::raw(counts.counts()[..codes].to_vec());
        let rows = counts.iter().map(|counts| raw(counts, codes)).collect();
        (rows, raw(&anybody, STATUSES))
    }

    /// What is kept of each number given.
    pub(super) fn numbers<T>(&self, keep: impl Fn(i64, u16) -> T) -> Vec<T> {
        let mut given = Vec::with_capacity(self.selection.count());
        self.each_chunk(|chunk, column, part| {
            if let Column::Number { status, values } = column {
                part.each(chunk.len(), |row| {
                    if status[row] == ANSWERED {
                        given.push(keep(values[row], chunk.stratum[row]));
                    }
                });
            }
        });
        given
    }

    /// Visits the statuses and amounts of each item of a budget, chunk by chunk.
    fn each_item(&self, mut visit: impl FnMut(usize, &[u8], &[u16], &Chunk, &Part)) {
        self.each_chunk(|chunk, column, part| {
            if let Column::Budget { status, amounts } = column {
                for (item, cells) in amounts.iter().enumerate() {
                    visit(item, status, cells, chunk, part);
                }
            }
        });
    }

    /// Each item's amounts, from 0 on.
    pub(super) fn amounts(&self, items: usize, amounts: usize) -> Vec<Counts> {
        if let Some(weights) = self.weights {
            let mut given: Vec<ByStratum> = (0..items)
                .map(|_| ByStratum::new(amounts, weights))
                .collect();
            self.each_item(|item, status, cells, chunk, part| {
                let given = &mut given[item];
                part.each(chunk.len(), |row| {
                    if status[row] == ANSWERED {
                        given.add(usize::from(cells[row]), chunk.stratum[row]);
                    }
                });
            });
            return given.iter().map(|given| given.weigh(weights)).collect();
        }
        // A cell after the last takes those who gave no budget, so that no row needs a branch of its own; and two tables, so
        // that a count never waits for the one before it when neighbours are alike.
        let nobody = amounts;
        let mut tables = vec![[vec![0_u32; amounts + 1], vec![0_u32; amounts + 1]]; items];
        self.each_item(|item, status, cells, chunk, part| {
            let [even, odd] = &mut tables[item];
            let at = |row: usize| {
                let amount = usize::from(cells[row]).min(nobody);
                if status[row] == ANSWERED {
                    amount
                } else {
                    nobody
                }
            };
            if *part == Part::All {
                let pairs = chunk.len() / 2;
                for pair in 0..pairs {
                    even[at(2 * pair)] += 1;
                    odd[at(2 * pair + 1)] += 1;
                }
                (2 * pairs..chunk.len()).for_each(|row| even[at(row)] += 1);
            } else {
                part.each(chunk.len(), |row| even[at(row)] += 1);
            }
        });
        tables
            .into_iter()
            .map(|[mut even, odd]| {
                parallel::add_up(&mut even, &odd);
                even.truncate(amounts);
                Counts::raw(even)
            })
            .collect()
    }
}

/// Counts of a byte column.
struct ByteTally {
    /// Four tables, so that a count never waits for the one before it when neighbours are alike.
    tables: [[u32; 256]; 4],
    /// Whether codes fit four bits: then a table has pairs of neighbours, the first in the lower half, and one addition
    /// counts two cells.
    in_pairs: bool,
    singles: [u32; 256],
}

impl ByteTally {
    /// For columns of so many codes.
    fn new(codes: usize) -> Self {
        Self {
            tables: [[0; 256]; 4],
            in_pairs: codes <= 16,
            singles: [0; 256],
        }
    }

    /// Counts the selected cells.
    fn tally(&mut self, cells: &[u8], part: &Part) {
        let Part::All = part else {
            return part.each(cells.len(), |row| {
                self.singles[usize::from(cells[row])] += 1;
            });
        };
        let [one, two, three, four] = &mut self.tables;
        let (eights, rest) = cells.as_chunks::<8>();
        for cell in rest {
            self.singles[usize::from(*cell)] += 1;
        }
        if self.in_pairs {
            for eight in eights {
                let word = u64::from_le_bytes(*eight);
                let pairs = (word | word >> 4).to_le_bytes();
                one[usize::from(pairs[0])] += 1;
                two[usize::from(pairs[2])] += 1;
                three[usize::from(pairs[4])] += 1;
                four[usize::from(pairs[6])] += 1;
            }
        } else {
            for eight in eights {
                for half in eight.as_chunks::<4>().0 {
                    one[usize::from(half[0])] += 1;
                    two[usize::from(half[1])] += 1;
                    three[usize::from(half[2])] += 1;
                    four[usize::from(half[3])] += 1;
                }
            }
        }
    }

    /// Code → how many.
    fn counts(&self) -> [u32; 256] {
        let mut counts = self.singles;
        for table in &self.tables {
            for (cell, count) in table.iter().enumerate() {
                if self.in_pairs {
                    counts[cell & 0xf] += count;
                    counts[cell >> 4] += count;
                } else {
                    counts[cell] += count;
                }
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_counted_alike_in_pairs_and_one_by_one() {
        for codes in [3, 16, 17, 256] {
            for len in [0, 1, 7, 8, 9, 4096] {
                let cells: Vec<u8> = (0..len)
                    .map(|row: usize| ((row * row * 31 + row / 3) % codes) as u8)
                    .collect();
                let mut tally = ByteTally::new(codes);
                tally.tally(&cells, &Part::All);
                tally.tally(&cells, &Part::None);
                let mut wanted = [0; 256];
                cells
                    .iter()
                    .for_each(|cell| wanted[usize::from(*cell)] += 1);
                assert_eq!(tally.counts(), wanted, "{codes} codes, {len} rows");
            }
        }
    }
}
