//! Frequencies: what a question's answers add up to, for every kind of question.
//!
//! The base of a figure is those who answered the question; nobody is imputed. Multiple choice: those who ticked at
//! least one choice. Ranking: those who ranked at least one item. Budget: those whose shares add up. Whoever is not in
//! the base is counted in [`Absent`], by reason. With weights, every share and mean carries the same of residents too:
//! raw figures stay what they are.

pub use super::figures::{
    Absent, BudgetItem, ChoiceShare, Figures, Frequency, GridRow, MOST_POINTS, Point,
};
use super::{
    ballots::BallotTable,
    column_scan::Scan,
    columns::{Column, date_of},
    counts::{Bases, Counts},
    dataset::Dataset,
    filter::Selection,
    moments::{Histogram, Summary},
    placed::Placed,
    ranking::{self, BallotCount},
    schema::{
        ANSWERED, DECLINED, DONT_KNOW, INVALID, Layout, MISSING, NOT_ASKED, OptionSpec, Options,
        Purse, QuestionSpec,
    },
    share::{Share, WeightedShare},
    weighted_moments::{WeightedMean, WeightedQuartiles},
    weights::{WeightedBase, Weights},
};

/// The figures of the question at `column` of the schema, over the selected responses.
#[must_use]
pub fn frequency(dataset: &Dataset, selection: &Selection, column: usize) -> Frequency {
    weighted_frequency(dataset, selection, column, None)
}

/// The same, with weights beside where they are given.
#[must_use]
pub fn weighted_frequency(
    dataset: &Dataset,
    selection: &Selection,
    column: usize,
    weights: Option<&Weights>,
) -> Frequency {
    let spec = &dataset.schema().questions()[column];
    let scan = Scan {
        dataset,
        selection,
        column,
        weights,
    };
    let (bases, absent, figures) = match &spec.layout {
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
            (status.answered(), absent(&status.of), Figures::Text)
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
        base: bases.base,
        weighted_base: bases.weighted,
        absent,
        figures,
    }
}

type Counted = (Bases, Absent, Figures);

impl Scan<'_> {
    fn single(&self, options: &Options) -> Counted {
        let counts = self.codes(options.len());
        let bases = counts.answered();
        (
            bases,
            absent(&counts.of),
            Figures::Single {
                options: shares(options, &counts, bases),
            },
        )
    }

    fn multiple(&self, options: &Options) -> Counted {
        let ticked = self.ticks(options.len());
        let status = self.statuses();
        let bases = status.status_answered();
        let list = options.list().iter().enumerate();
        let options = list
            .map(|(place, option)| option_share(option, ticked.share(place, bases)))
            .collect();
        (
            bases,
            absent(&status.of),
            Figures::Multiple {
                options,
                ticks: ticked.of.iter().sum(),
            },
        )
    }

    fn grid(&self, rows: &Options, columns: &Options) -> Counted {
        let (lines, anybody) = self.grid_counts(rows.len(), columns.len());
        let on_scale: Vec<bool> = columns.list().iter().map(|column| !column.apart).collect();
        let lines = rows.list().iter().zip(&lines).map(|(row, counts)| {
            let bases = counts.answered();
            let from = usize::from(ANSWERED);
            let points = on_scale.iter().enumerate().filter(|(_, on)| **on);
            let points: Vec<usize> = points.map(|(column, _)| from + column).collect();
            GridRow {
                code: row.code.clone(),
                theme: row.theme.clone(),
                base: bases.base,
                weighted_base: bases.weighted,
                absent: absent(&counts.of),
                columns: shares(columns, counts, bases),
                summary: summary(counts, 1, &points),
            }
        });
        let rows = lines.collect();
        (
            anybody.answered(),
            absent(&anybody.of),
            Figures::Grid { rows },
        )
    }

    fn scale(&self, min: i32, max: i32) -> Counted {
        let points = usize::try_from(super::schema::points(min, max)).unwrap_or_default();
        let counts = self.codes(points);
        let bases = counts.answered();
        let from = usize::from(ANSWERED);
        let given: Vec<usize> = (from..from + points).collect();
        let listed = (i64::from(min)..).zip(&given).map(|(value, code)| Point {
            value,
            share: counts.share(*code, bases),
        });
        (
            bases,
            absent(&counts.of),
            Figures::Scale {
                points: listed.collect(),
                summary: summary(&counts, i64::from(min), &given),
            },
        )
    }

    fn number(&self) -> Counted {
        let status = self.statuses();
        let bases = status.status_answered();
        let (histogram, weighted) = match self.weights {
            None => (Histogram::from_values(self.numbers(|value, _| value)), None),
            Some(weights) => {
                let (histogram, weighted) =
                    by_value(self.numbers(|value, stratum| (value, stratum)), weights);
                (histogram, Some(weighted))
            }
        };
        let few = histogram.entries().len() <= MOST_POINTS;
        let entries = histogram.entries().iter().enumerate().filter(|_| few);
        let points = entries.map(|(place, (value, count))| Point {
            value: *value,
            share: Share::new(*count, bases.base).with_weights(
                weighted
                    .as_ref()
                    .zip(bases.weighted)
                    .map(|(weighted, base)| WeightedShare {
                        chosen: weighted[place].1,
                        base,
                    }),
            ),
        });
        let points = points.collect();
        (
            bases,
            absent(&status.of),
            Figures::Number {
                summary: with_weights(histogram.summary(), weighted.as_deref()),
                points,
            },
        )
    }

    fn ranking(&self, items: &Options, places: usize) -> Counted {
        let slots: Vec<u8> = (0..=u8::MAX).take(items.len()).collect();
        let by = BallotCount {
            column: self.column,
            places,
            slots: &slots,
            slot_count: slots.len(),
            groups: &[0; 256],
            group_count: 1,
        };
        let mut weighted = None;
        let counted = match self.weights {
            None => ranking::count(self.dataset, self.selection, &by),
            Some(_) => ranking::count_placed(self.dataset, self.selection, &by),
        };
        let lowest = counted
            .table
            .as_ref()
            .map_or_else(|| self.lowest_bytes(), BallotTable::lowest);
        let kinds = counted.groups;
        let (ballots, ranked) = match self.weights {
            None => (kinds[0].clone(), ranking::items(&kinds[0], items)),
            Some(weights) => {
                let placed = Placed::new(self.dataset.schema().place());
                let mut ballots = kinds[0].clone();
                kinds[1..].iter().for_each(|kind| ballots.add(kind));
                let mut ranked = ranking::items(&ballots, items);
                ranking::weigh(&mut ranked, &kinds, placed, weights);
                let mut base = WeightedBase::default();
                for (kind, ballots) in kinds.iter().enumerate() {
                    base.add(ballots.base().0, placed.weight(kind, weights));
                }
                weighted = Some(base);
                (ballots, ranked)
            }
        };
        let figures = Figures::Ranking {
            items: ranked,
            lengths: ballots.lengths().to_vec(),
        };
        let bases = Bases {
            base: ballots.base(),
            weighted,
        };
        (bases, absent(&lowest), figures)
    }

    /// How often each lowest byte of ballots occurs.
    fn lowest_bytes(&self) -> [u32; 256] {
        let mut lowest = [0_u32; 256];
        self.each_chunk(|chunk, column, part| {
            if let Column::Ranking { words, ballots } = column {
                part.each(chunk.len(), |row| {
                    lowest[(ballots[row * words] & 0xff) as usize] += 1
                });
            }
        });
        lowest
    }

    fn budget(&self, items: &Options, purse: Purse) -> Counted {
        let status = self.statuses();
        let bases = status.status_answered();
        let amounts = self.amounts(items.len(), usize::from(purse.total) + 1);
        let items = items.list().iter().zip(&amounts).map(|(item, given)| {
            let every: Vec<usize> = (0..given.of.len()).collect();
            BudgetItem {
                code: item.code.clone(),
                theme: item.theme.clone(),
                amount: summary(given, 0, &every),
                trimmed_mean: Histogram::from_counts(0, &given.of).trimmed_mean(),
                nothing: given.share(0, bases),
            }
        });
        let items = items.collect();
        let mut absent = absent(&status.of);
        absent.invalid = status.of[usize::from(INVALID)];
        (bases, absent, Figures::Budget { items, purse })
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
        (status.status_answered(), absent(&status.of), figures)
    }
}

/// The values of some codes, which go up by one, as one summary.
fn summary(counts: &Counts, first: i64, codes: &[usize]) -> Summary {
    let given: Vec<u32> = codes.iter().map(|code| counts.of[*code]).collect();
    let weighted: Option<Vec<(i64, WeightedBase)>> = counts.weighted.as_ref().map(|weighted| {
        let values = (first..).zip(codes);
        values
            .map(|(value, code)| (value, weighted[*code]))
            .collect()
    });
    with_weights(
        Histogram::from_counts(first, &given).summary(),
        weighted.as_deref(),
    )
}

fn with_weights(summary: Summary, values: Option<&[(i64, WeightedBase)]>) -> Summary {
    let Some(values) = values else {
        return summary;
    };
    let values: Vec<(f64, WeightedBase)> = values
        .iter()
        .map(|(value, base)| (*value as f64, *base))
        .collect();
    Summary {
        mean: summary.mean.with_weights(Some(WeightedMean::of(&values))),
        weighted_quartiles: Some(WeightedQuartiles::of(&values)),
        ..summary
    }
}

/// Numbers with their strata as a histogram, without and with weights.
fn by_value(
    mut given: Vec<(i64, u16)>,
    weights: &Weights,
) -> (Histogram, Vec<(i64, WeightedBase)>) {
    given.sort_unstable();
    let number = |run: &[(i64, u16)]| u32::try_from(run.len()).unwrap_or(u32::MAX);
    let mut weighted = Vec::new();
    let mut entries = Vec::new();
    for run in given.chunk_by(|one, other| one.0 == other.0) {
        let mut base = WeightedBase::default();
        for of_stratum in run.chunk_by(|one, other| one.1 == other.1) {
            base.add(number(of_stratum), weights.of(of_stratum[0].1));
        }
        entries.push((run[0].0, number(run)));
        weighted.push((run[0].0, base));
    }
    (Histogram::from_entries(entries), weighted)
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

fn option_share(option: &OptionSpec, share: Share) -> ChoiceShare {
    ChoiceShare {
        code: option.code.clone(),
        theme: option.theme.clone(),
        apart: option.apart,
        share,
    }
}

fn shares(options: &Options, counts: &Counts, bases: Bases) -> Vec<ChoiceShare> {
    let codes = usize::from(ANSWERED)..;
    let options = options.list().iter().zip(codes);
    options
        .map(|(option, code)| option_share(option, counts.share(code, bases)))
        .collect()
}
