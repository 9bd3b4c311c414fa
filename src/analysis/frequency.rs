//! Frequencies: what a question's answers add up to, for every kind of question.
//!
//! The base of a figure is those who answered the question; nobody is imputed. Multiple choice: those who ticked at
//! least one choice. Ranking: those who ranked at least one item. Budget: those whose shares add up. Whoever is not in
//! the base is counted in [`Absent`], by reason.

pub use super::figures::{
    Absent, BudgetItem, ChoiceShare, Figures, Frequency, GridRow, MOST_POINTS, Point,
};
use super::{
    columns::{Column, date_of},
    dataset::{Chunk, Dataset},
    filter::{Part, Selection},
    moments::Histogram,
    ranking::{self, BallotCount},
    schema::{
        ANSWERED, DECLINED, DONT_KNOW, INVALID, Layout, MISSING, NOT_ASKED, OptionSpec, Options,
        Purse, QuestionSpec,
    },
    share::{Base, Share},
};

/// The figures of the question at `column` of the schema, over the selected responses.
#[must_use]
pub fn frequency(dataset: &Dataset, selection: &Selection, column: usize) -> Frequency {
    let spec = &dataset.schema().questions()[column];
    let scan = Scan {
        dataset,
        selection,
        column,
    };
    let (base, absent, figures) = match &spec.layout {
        Layout::One(options) => scan.single(options),
        Layout::Many(options) => scan.multiple(options),
        Layout::Grid { rows, columns } => scan.grid(rows, columns),
        Layout::Scale { min, max } => scan.scale(*min, *max),
        Layout::Number => scan.number(),
        Layout::Ranking { items, places } => scan.ranking(items, *places),
        Layout::Budget { items, total, unit } => scan.budget(
            items,
            Purse {
                total: *total,
                unit: *unit,
            },
        ),
        Layout::Date => scan.date(),
        Layout::Text => {
            let status = scan.statuses();
            (Base(answered(&status)), absent(&status), Figures::Text)
        }
    };
    let QuestionSpec {
        key,
        theme,
        sensitive,
        ..
    } = spec;
    Frequency {
        question: key.clone(),
        theme: theme.clone(),
        sensitive: *sensitive,
        base,
        absent,
        figures,
    }
}

type Counted = (Base, Absent, Figures);

/// One question's column under one selection.
struct Scan<'a> {
    dataset: &'a Dataset,
    selection: &'a Selection,
    column: usize,
}

impl Scan<'_> {
    fn each_chunk(&self, mut visit: impl FnMut(&Chunk, &Column, &Part)) {
        self.selection.each_chunk(self.dataset, |chunk, part| {
            visit(chunk, &chunk.columns[self.column], part)
        });
    }

    /// How often each code occurs, in a column of `codes` codes after the reserved ones.
    fn codes(&self, codes: usize) -> Vec<u32> {
        let mut narrow = [0_u32; 256];
        let mut counts = vec![0_u32; usize::from(ANSWERED) + codes];
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
        counts
    }

    fn statuses(&self) -> [u32; 256] {
        let mut counts = [0; 256];
        self.each_chunk(|chunk, column, part| match column {
            Column::Text(status)
            | Column::Many { status, .. }
            | Column::Number { status, .. }
            | Column::Budget { status, .. }
            | Column::Date { status, .. } => tally(status, chunk.len(), part, &mut counts),
            _ => {}
        });
        counts
    }

    fn single(&self, options: &Options) -> Counted {
        let counts = self.codes(options.len());
        let base = Base(answered(&counts));
        (
            base,
            absent(&counts),
            Figures::Single {
                options: shares(options, &counts, base),
            },
        )
    }

    fn multiple(&self, options: &Options) -> Counted {
        let mut ticked = vec![0_u32; options.len().div_ceil(64).max(1) * 64];
        self.each_chunk(|chunk, column, part| {
            if let Column::Many { words, bits, .. } = column {
                part.each(chunk.len(), |row| {
                    for word in 0..*words {
                        let mut left = bits[row * words + word];
                        while left != 0 {
                            ticked[word * 64 + left.trailing_zeros() as usize] += 1;
                            left &= left - 1;
                        }
                    }
                });
            }
        });
        let status = self.statuses();
        let base = Base(status[usize::from(ANSWERED)]);
        let options = options.list().iter().zip(&ticked);
        let options = options
            .map(|(option, count)| option_share(option, *count, base))
            .collect();
        (
            base,
            absent(&status),
            Figures::Multiple {
                options,
                ticks: ticked.iter().sum(),
            },
        )
    }

    fn grid(&self, rows: &Options, columns: &Options) -> Counted {
        let mut counts = vec![[0_u32; 256]; rows.len()];
        let mut anybody = [0_u32; 256];
        self.each_chunk(|chunk, column, part| {
            let Column::Grid(lines) = column else {
                return;
            };
            for (cells, counts) in lines.iter().zip(&mut counts) {
                tally(cells, chunk.len(), part, counts);
            }
            part.each(chunk.len(), |row| {
                let cells = lines.iter().map(|cells| cells[row]);
                let best = cells.max().unwrap_or(MISSING);
                anybody[usize::from(best.min(ANSWERED))] += 1;
            });
        });
        let on_scale: Vec<bool> = columns.list().iter().map(|column| !column.apart).collect();
        let lines = rows.list().iter().zip(&counts).map(|(row, counts)| {
            let base = Base(answered(counts));
            let codes = counts[usize::from(ANSWERED)..].iter().zip(&on_scale);
            let points: Vec<u32> = codes
                .filter(|(_, on_scale)| **on_scale)
                .map(|(count, _)| *count)
                .collect();
            GridRow {
                code: row.code.clone(),
                theme: row.theme.clone(),
                base,
                absent: absent(counts),
                columns: shares(columns, counts, base),
                summary: Histogram::from_counts(1, &points).summary(),
            }
        });
        let rows = lines.collect();
        (
            Base(anybody[usize::from(ANSWERED)]),
            absent(&anybody),
            Figures::Grid { rows },
        )
    }

    fn scale(&self, min: i32, max: i32) -> Counted {
        let points = usize::try_from(super::schema::points(min, max)).unwrap_or_default();
        let counts = self.codes(points);
        let base = Base(answered(&counts));
        let given = &counts[usize::from(ANSWERED)..];
        let summary = Histogram::from_counts(i64::from(min), given).summary();
        let points = (i64::from(min)..).zip(given);
        let points = points.map(|(value, count)| Point {
            value,
            share: Share::new(*count, base),
        });
        (
            base,
            absent(&counts),
            Figures::Scale {
                points: points.collect(),
                summary,
            },
        )
    }

    fn number(&self) -> Counted {
        let status = self.statuses();
        let base = Base(status[usize::from(ANSWERED)]);
        let mut given = Vec::with_capacity(base.0 as usize);
        self.each_chunk(|chunk, column, part| {
            if let Column::Number { status, values } = column {
                part.each(chunk.len(), |row| {
                    if status[row] == ANSWERED {
                        given.push(values[row]);
                    }
                });
            }
        });
        let histogram = Histogram::from_values(given);
        let few = histogram.entries().len() <= MOST_POINTS;
        let points = histogram.entries().iter().filter(|_| few);
        let points = points.map(|(value, count)| Point {
            value: *value,
            share: Share::new(*count, base),
        });
        let points = points.collect();
        (
            base,
            absent(&status),
            Figures::Number {
                summary: histogram.summary(),
                points,
            },
        )
    }

    fn ranking(&self, items: &Options, places: usize) -> Counted {
        let mut lowest = [0_u32; 256];
        self.each_chunk(|chunk, column, part| {
            if let Column::Ranking { words, ballots } = column {
                part.each(chunk.len(), |row| {
                    lowest[(ballots[row * words] & 0xff) as usize] += 1
                });
            }
        });
        let slots: Vec<u8> = (0..=u8::MAX).take(items.len()).collect();
        let by = BallotCount {
            column: self.column,
            places,
            slots: &slots,
            slot_count: slots.len(),
            groups: &[0; 256],
            group_count: 1,
        };
        let ballots = &ranking::count(self.dataset, self.selection, &by)[0];
        let figures = Figures::Ranking {
            items: ranking::items(ballots, items),
            lengths: ballots.lengths().to_vec(),
        };
        (ballots.base(), absent(&lowest), figures)
    }

    fn budget(&self, items: &Options, purse: Purse) -> Counted {
        let status = self.statuses();
        let base = Base(status[usize::from(ANSWERED)]);
        let mut given = vec![vec![0_u32; usize::from(purse.total) + 1]; items.len()];
        self.each_chunk(|chunk, column, part| {
            if let Column::Budget { status, amounts } = column {
                for (cells, given) in amounts.iter().zip(&mut given) {
                    part.each(chunk.len(), |row| {
                        if status[row] == ANSWERED {
                            given[usize::from(cells[row])] += 1;
                        }
                    });
                }
            }
        });
        let items = items.list().iter().zip(&given).map(|(item, given)| {
            let histogram = Histogram::from_counts(0, given);
            BudgetItem {
                code: item.code.clone(),
                theme: item.theme.clone(),
                amount: histogram.summary(),
                trimmed_mean: histogram.trimmed_mean(),
                nothing: Share::new(given[0], base),
            }
        });
        let items = items.collect();
        let mut absent = absent(&status);
        absent.invalid = status[usize::from(INVALID)];
        (base, absent, Figures::Budget { items, purse })
    }

    fn date(&self) -> Counted {
        let status = self.statuses();
        let mut ends: Option<(i32, i32)> = None;
        self.each_chunk(|chunk, column, part| {
            if let Column::Date { status, days } = column {
                part.each(chunk.len(), |row| {
                    if status[row] == ANSWERED {
                        let day = days[row];
                        ends = Some(
                            ends.map_or((day, day), |(low, high)| (low.min(day), high.max(day))),
                        );
                    }
                });
            }
        });
        let figures = Figures::Date {
            earliest: ends.map(|(low, _)| date_of(low)),
            latest: ends.map(|(_, high)| date_of(high)),
        };
        (
            Base(status[usize::from(ANSWERED)]),
            absent(&status),
            figures,
        )
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

fn answered(counts: &[u32]) -> u32 {
    counts[usize::from(ANSWERED)..].iter().sum()
}

fn absent(counts: &[u32]) -> Absent {
    let count = |cell: u8| counts[usize::from(cell)];
    Absent {
        missing: count(MISSING),
        not_asked: count(NOT_ASKED),
        declined: count(DECLINED),
        dont_know: count(DONT_KNOW),
        invalid: 0,
    }
}

fn option_share(option: &OptionSpec, count: u32, base: Base) -> ChoiceShare {
    ChoiceShare {
        code: option.code.clone(),
        theme: option.theme.clone(),
        apart: option.apart,
        share: Share::new(count, base),
    }
}

fn shares(options: &Options, counts: &[u32], base: Base) -> Vec<ChoiceShare> {
    let given = counts[usize::from(ANSWERED)..].iter();
    options
        .list()
        .iter()
        .zip(given)
        .map(|(option, count)| option_share(option, *count, base))
        .collect()
}
