//! How a question's column is counted: one scan of the selected rows for each figure, by code, and by stratum with weights.

use super::{
    columns::Column,
    counts::{ByStratum, Counts},
    dataset::{Chunk, Dataset},
    filter::{Part, Selection},
    schema::{ANSWERED, INVALID, MISSING},
    weights::Weights,
};

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
        let mut narrow = [0_u32; 256];
        let mut counts = vec![0_u32; codes];
        self.each_chunk(|chunk, column, part| match column {
            Column::Narrow(cells) | Column::Text(cells) => {
                tally(cells, chunk.len(), part, &mut narrow)
            }
            Column::Wide(cells) => {
                part.each(chunk.len(), |row| counts[usize::from(cells[row])] += 1)
            }
            _ => {}
        });
        counts
            .iter_mut()
            .zip(narrow)
            .for_each(|(to, from)| *to += from);
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
        let mut counts = [0; 256];
        self.each_chunk(|chunk, column, part| {
            if let Some(status) = status_of(column) {
                tally(status, chunk.len(), part, &mut counts);
            }
        });
        Counts::raw(counts[..STATUSES].to_vec())
    }

    /// How often each option is ticked.
    pub(super) fn ticks(&self, options: usize) -> Counts {
        fn each_tick(row: &[u64], mut visit: impl FnMut(usize)) {
            for (word, bits) in row.iter().enumerate() {
                let mut left = *bits;
                while left != 0 {
                    visit(word * 64 + left.trailing_zeros() as usize);
                    left &= left - 1;
                }
            }
        }
        let most = options.div_ceil(64).max(1) * 64;
        if let Some(weights) = self.weights {
            let mut counts = ByStratum::new(most, weights);
            self.each_chunk(|chunk, column, part| {
                if let Column::Many { words, bits, .. } = column {
                    part.each(chunk.len(), |row| {
                        let stratum = chunk.stratum[row];
                        each_tick(&bits[row * words..(row + 1) * words], |option| {
                            counts.add(option, stratum);
                        });
                    });
                }
            });
            return counts.weigh(weights);
        }
        let mut ticked = vec![0_u32; most];
        self.each_chunk(|chunk, column, part| {
            if let Column::Many { words, bits, .. } = column {
                part.each(chunk.len(), |row| {
                    each_tick(&bits[row * words..(row + 1) * words], |option| {
                        ticked[option] += 1
                    });
                });
            }
        });
        Counts::raw(ticked)
    }

    /// Counts of each grid row, and who answered any of them.
    pub(super) fn grid_counts(&self, rows: usize, columns: usize) -> (Vec<Counts>, Counts) {
        let codes = usize::from(ANSWERED) + columns;
        let best = |lines: &[Vec<u8>], row: usize| {
            let cells = lines.iter().map(|cells| cells[row]);
            cells.max().unwrap_or(MISSING).min(ANSWERED)
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
                part.each(chunk.len(), |row| {
                    anybody.add(usize::from(best(lines, row)), chunk.stratum[row]);
                });
            });
            let weigh = |counts: &ByStratum| counts.weigh(weights);
            return (counts.iter().map(weigh).collect(), weigh(&anybody));
        }
        let mut counts = vec![[0_u32; 256]; rows];
        let mut anybody = vec![0_u32; STATUSES];
        self.each_chunk(|chunk, column, part| {
            let Column::Grid(lines) = column else {
                return;
            };
            for (cells, counts) in lines.iter().zip(&mut counts) {
                tally(cells, chunk.len(), part, counts);
            }
            part.each(chunk.len(), |row| {
                anybody[usize::from(best(lines, row))] += 1;
            });
        });
        let raw = |counts: &[u32; 256]| Counts::raw(counts[..codes].to_vec());
        (counts.iter().map(raw).collect(), Counts::raw(anybody))
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
        let mut given = vec![vec![0_u32; amounts]; items];
        self.each_item(|item, status, cells, chunk, part| {
            let given = &mut given[item];
            part.each(chunk.len(), |row| {
                if status[row] == ANSWERED {
                    given[usize::from(cells[row])] += 1;
                }
            });
        });
        given.into_iter().map(Counts::raw).collect()
    }
}

/// Counts the selected cells of a byte column.
fn tally(cells: &[u8], len: usize, part: &Part, counts: &mut [u32; 256]) {
    let Part::All = part else {
        return part.each(len, |row| counts[usize::from(cells[row])] += 1);
    };
    // Four tables, so that a count never waits for the one before it when neighbours are alike.
    let mut tables = [[0_u32; 256]; 4];
    let fours = cells.chunks_exact(4);
    for cell in fours.remainder() {
        counts[usize::from(*cell)] += 1;
    }
    for four in fours {
        for (table, cell) in tables.iter_mut().zip(four) {
            table[usize::from(*cell)] += 1;
        }
    }
    for table in &tables {
        counts
            .iter_mut()
            .zip(table)
            .for_each(|(to, from)| *to += from);
    }
}
