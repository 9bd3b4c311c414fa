//! How long results take over the default survey: loading rows, a filter, every question, themes by area.
//!
//! `cargo bench --bench analysis`; rows are made up from a fixed seed. `HYS_BENCH_ROWS` sets how many (100,000).

use std::{collections::BTreeMap, hint::black_box, sync::Arc};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use have_your_say::{
    analysis::{
        dataset::{Channel, Dataset, DatasetBuilder, Flags, Row},
        filter::{Filter, Selection},
        frequency::frequency,
        schema::{Layout, Options, Schema},
        themes::{Measure, themes},
    },
    geography::{Grouping, Place},
    survey::{
        answers::{Answer, Answers},
        definition::Definition,
        ids::Code,
    },
};
use uuid::Uuid;

const SURVEY: &str = include_str!("../assets/surveys/police-and-crime-plan.yaml");

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % sides
    }

    fn code(&mut self, options: &Options) -> Code {
        options.list()[self.roll(options.len())].code.clone()
    }

    fn answer(&mut self, layout: &Layout) -> Answer {
        match layout {
            Layout::One(options) => Answer::One(self.code(options)),
            Layout::Many(options) => {
                Answer::Many((0..=self.roll(3)).map(|_| self.code(options)).collect())
            }
            Layout::Grid { rows, columns } => {
                let cells = rows
                    .list()
                    .iter()
                    .map(|row| (row.code.clone(), self.code(columns)));
                Answer::Grid(cells.collect())
            }
            Layout::Scale { min, max } => {
                let points = usize::try_from(max - min + 1).unwrap_or(1);
                Answer::Number(i64::from(*min) + self.roll(points) as i64)
            }
            Layout::Number => Answer::Number(self.roll(90) as i64),
            Layout::Ranking { items, places } => {
                let mut order: Vec<Code> =
                    items.list().iter().map(|item| item.code.clone()).collect();
                let start = self.roll(order.len());
                order.rotate_left(start);
                order.truncate(1 + self.roll(*places));
                Answer::Ranked(order)
            }
            Layout::Budget { items, total, .. } => {
                let mut shares: BTreeMap<Code, u32> = items
                    .list()
                    .iter()
                    .map(|item| (item.code.clone(), 0))
                    .collect();
                for _ in 0..*total / 10 {
                    *shares.entry(self.code(items)).or_default() += 10;
                }
                let given: u32 = shares.values().sum();
                *shares.entry(self.code(items)).or_default() += u32::from(*total) - given;
                Answer::Shares(shares)
            }
            Layout::Date => Answer::Declined,
            Layout::Text => Answer::Text,
        }
    }
}

fn responses(schema: &Schema) -> Vec<Answers> {
    let mut dice = Dice(2026);
    let one = |dice: &mut Dice| {
        let mut values = BTreeMap::new();
        for spec in schema.questions() {
            if dice.roll(10) > 0 {
                values.insert(spec.key.clone(), dice.answer(&spec.layout));
            }
        }
        Answers {
            values,
            ..Answers::default()
        }
    };
    (0..1000).map(|_| one(&mut dice)).collect()
}

fn build(schema: &Arc<Schema>, answers: &[Answers], rows: usize) -> Dataset {
    let mut builder = DatasetBuilder::new(Arc::clone(schema));
    for (number, answers) in (0..rows).zip(answers.iter().cycle()) {
        let submitted_at = 1_760_000_000_000_000 + number as i64 * 1_000_000;
        builder.push(&Row {
            id: Uuid::from_u128((number as u128 + 1) * 0x9e37_79b9_7f4a_7c15),
            answers,
            asked: None,
            channel: Channel::Web,
            version: 1,
            started_at: submitted_at - 240_000_000,
            submitted_at,
            simulated: true,
            flags: Flags::NONE,
            texts: &[],
        });
    }
    builder.build()
}

fn results(bench: &mut Criterion) {
    let rows = std::env::var("HYS_BENCH_ROWS")
        .ok()
        .and_then(|rows| rows.parse().ok());
    let rows: usize = rows.unwrap_or(100_000);
    let definition = Definition::from_yaml(SURVEY).expect("the default survey is sound");
    let schema =
        Schema::new(&[&definition], Place::essex()).expect("the default survey has columns");
    let schema = Arc::new(schema);
    let answers = responses(&schema);
    let dataset = build(&schema, &answers, rows);
    let all = Selection::all(&dataset);
    let victims = Filter {
        victim: Some(true),
        ..Filter::default()
    };
    let some = victims.select(&dataset);
    let columns = 0..schema.questions().len();

    let mut group = bench.benchmark_group(format!("{rows} responses"));
    group
        .throughput(Throughput::Elements(rows as u64))
        .sample_size(20);
    group.bench_function("load", |bench| {
        bench.iter(|| build(&schema, &answers, rows))
    });
    group.bench_function("filter by victim", |bench| {
        bench.iter(|| victims.select(&dataset))
    });
    for (name, selection) in [("all", &all), ("victims", &some)] {
        group.bench_function(format!("every question, {name}"), |bench| {
            bench.iter(|| {
                for column in columns.clone() {
                    black_box(frequency(&dataset, selection, column));
                }
            });
        });
        for measure in Measure::ALL {
            let name = format!("themes by district, {}, {name}", measure.word());
            group.bench_function(name, |bench| {
                bench.iter(|| themes(&dataset, selection, measure, Grouping::District));
            });
        }
    }
    group.bench_function("one response more", |bench| {
        let number = rows / 2;
        let row = Row {
            id: Uuid::from_u128((number as u128 + 1) * 0x9e37_79b9_7f4a_7c15),
            answers: &answers[0],
            asked: None,
            channel: Channel::Web,
            version: 1,
            started_at: 0,
            submitted_at: 1_760_000_000_000_000,
            simulated: true,
            flags: Flags::NONE,
        };
        bench.iter(|| dataset.apply([row], []));
    });
    group.finish();
}

criterion_group!(benches, results);
criterion_main!(benches);
