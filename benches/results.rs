//! How long results take, at 10,000, 100,000 and 1,000,000 responses to the default survey, beside DuckDB and pandas over
//! the same columns. Prints tables; judges nothing. `make bench-analysis` runs it.
//!
//! Every figure is the median of some runs after one that is not counted. `HYS_BENCH_ROWS` says how many responses
//! (`10000 100000 1000000`); `HYS_BENCH_PYTHON` names a Python that has duckdb and pandas, and without one they are left out. With
//! `HYS_BENCH_QUESTIONS` set, each question's own time is printed too.

#[path = "results/columns.rs"]
mod columns;
#[path = "results/machine.rs"]
mod machine;
#[path = "results/made_up.rs"]
mod made_up;

use std::{hint::black_box, process::Command, sync::Arc, time::Instant};

use have_your_say::{
    analysis::{
        crosstab::crosstab,
        dataset::Dataset,
        elections::{Election, Votes, robustness},
        filter::{Filter, Selection},
        frequency::weighted_frequency,
        parallel,
        schema::Schema,
        themes::{Measure, weighted_themes},
        variable::{Variable, VariableKey},
        weighting::Weighting,
        weights::Weights,
    },
    geography::{Grouping, Place},
    survey::definition::Definition,
};
use serde_json::Value;

const SURVEY: &str = include_str!("../assets/surveys/police-and-crime-plan.yaml");
const RUNS: usize = 15;

/// One line of the table.
struct Line {
    what: &'static str,
    /// Its name in what the other programs print, where they do the same.
    theirs: Option<&'static str>,
    /// Milliseconds at 100,000 and at 1,000,000 responses.
    goals: Option<(f64, f64)>,
    ms: f64,
}

fn main() {
    let sizes =
        std::env::var("HYS_BENCH_ROWS").unwrap_or_else(|_| "10000 100000 1000000".to_owned());
    let sizes: Vec<usize> = sizes
        .split_whitespace()
        .filter_map(|size| size.parse().ok())
        .collect();
    let bandwidth = machine::memory_bandwidth();
    println!(
        "memory is read at {:.1} GB/s by all cores together",
        bandwidth / 1e9
    );
    let definition = Definition::from_yaml(SURVEY).expect("the default survey is sound");
    let schema =
        Schema::new(&[&definition], Place::essex()).expect("the default survey has columns");
    let schema = Arc::new(schema);
    let people = made_up::people(&schema);
    for rows in sizes {
        let before = machine::resident();
        let began = Instant::now();
        let dataset = made_up::dataset(&schema, &people, rows);
        let built = began.elapsed().as_secs_f64();
        let memory = (machine::resident() - before).max(0.0);
        println!(
            "\n{rows} responses: put into columns in {built:.2} s, {:.0} MB, {:.0} bytes a response\n",
            memory / 1e6,
            memory / rows as f64
        );
        let lines = measure(&dataset);
        let theirs = other_programs(&dataset);
        print(&lines, rows, theirs.as_ref());
        if std::env::var_os("HYS_BENCH_QUESTIONS").is_some() {
            print_questions(&dataset);
        }
        if let Some(every) = lines.iter().find(|line| line.what == "every question") {
            let bytes = scanned_bytes(&dataset);
            let speed = bytes as f64 / (every.ms / 1000.0);
            println!(
                "\nevery question reads {:.1} MB of columns at {:.1} GB/s, {:.0} % of what memory gives",
                bytes as f64 / 1e6,
                speed / 1e9,
                100.0 * speed / bandwidth
            );
        }
    }
}

/// How long each question takes by itself on one core, without weights and with them: where the time of all goes.
fn print_questions(dataset: &Dataset) {
    let all = Selection::all(dataset);
    let ones = Weights::ones(dataset.schema().place());
    println!("\n| question | ms | weighted |\n|---|---:|---:|");
    for (column, question) in dataset.schema().questions().iter().enumerate() {
        let time = |weights| {
            median(|| {
                black_box(weighted_frequency(dataset, &all, column, weights));
            })
        };
        println!(
            "| {} | {:.3} | {:.3} |",
            question.key,
            time(None),
            time(Some(&ones))
        );
    }
}

fn median(mut work: impl FnMut()) -> f64 {
    work();
    let mut taken: Vec<f64> = (0..RUNS)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    taken[RUNS / 2]
}

fn measure(dataset: &Dataset) -> Vec<Line> {
    let all = Selection::all(dataset);
    let victims = Filter {
        victim: Some(true),
        ..Filter::default()
    };
    let questions = dataset.schema().questions().len();
    let every = |selection: &Selection, weights: Option<&Weights>| {
        black_box(parallel::map(questions, dataset.len(), |column| {
            weighted_frequency(dataset, selection, column, weights)
        }));
    };
    let by_district = |selection: &Selection, measure: Measure, weights: Option<&Weights>| {
        let grouping = Grouping::District;
        black_box(weighted_themes(
            dataset, selection, measure, grouping, weights,
        ))
        .ok();
    };
    let variable = |name: &str| {
        let key = VariableKey::read(name).expect("a name of a variable");
        Variable::find(dataset, &key).expect("the survey asks it")
    };
    let (confidence, district) = (variable("confidence"), variable("district"));
    let ticks = variable("what_happened");
    let table = |row: &Variable, weights: Option<&Weights>| {
        black_box(crosstab(dataset, &all, row, &district, weights));
    };
    // Many different weights about 1, as raking leaves them.
    let place = dataset.schema().place();
    let ones = Weights::ones(place);
    let steps = ones.as_slice().iter().zip(0_u32..);
    let weights = Weights::by_stratum(
        steps
            .map(|(one, step)| one * (0.5 + f64::from(step) / 200.0))
            .collect(),
    );
    let resamples = |weights: Option<&Weights>| {
        let column = dataset.schema().roles().priorities;
        let votes = column.and_then(|column| Votes::count(dataset, &all, column));
        let found = votes.map(|votes| robustness(&votes, weights, &Election::of(&votes, weights)));
        black_box(found);
    };
    let line = |what, theirs, goals, ms| Line {
        what,
        theirs,
        goals,
        ms,
    };
    vec![
        line(
            "every question",
            Some("every_question"),
            Some((1.5, 12.0)),
            median(|| every(&all, None)),
        ),
        line(
            "every question, weighted",
            Some("every_question_weighted"),
            Some((3.0, 25.0)),
            median(|| every(&all, Some(&weights))),
        ),
        line(
            "every question, victims of crime",
            None,
            Some((3.0, 24.0)),
            median(|| every(&victims.select(dataset), None)),
        ),
        line(
            "themes by district",
            Some("themes_by_area"),
            Some((0.5, 4.0)),
            median(|| by_district(&all, Measure::TopThree, None)),
        ),
        line(
            "themes by district, weighted",
            Some("themes_by_area_weighted"),
            None,
            median(|| by_district(&all, Measure::TopThree, Some(&weights))),
        ),
        line(
            "themes by district, money",
            None,
            None,
            median(|| by_district(&all, Measure::Money, None)),
        ),
        line(
            "confidence by district, with tests",
            Some("crosstab"),
            Some((0.5, 2.0)),
            median(|| table(&confidence, None)),
        ),
        line(
            "confidence by district, with tests, weighted",
            None,
            Some((0.5, 2.0)),
            median(|| table(&confidence, Some(&weights))),
        ),
        line(
            "what happened (several choices) by district, with tests",
            None,
            Some((0.5, 2.0)),
            median(|| table(&ticks, None)),
        ),
        line(
            "raking to the Census",
            None,
            Some((3.0, 15.0)),
            median(|| {
                black_box(Weighting::of(dataset)).ok();
            }),
        ),
        line(
            "1,000 resamples of every ranking rule",
            None,
            Some((500.0, 500.0)),
            median(|| resamples(None)),
        ),
        line(
            "1,000 resamples of every ranking rule, weighted",
            None,
            Some((3000.0, 3000.0)),
            median(|| resamples(Some(&weights))),
        ),
    ]
}

/// Bytes of the columns that every question together reads.
fn scanned_bytes(dataset: &Dataset) -> usize {
    dataset
        .chunks()
        .iter()
        .flat_map(|chunk| &chunk.columns)
        .map(have_your_say::analysis::columns::Column::bytes)
        .sum()
}

/// What DuckDB and pandas take, where a Python is named that has them.
fn other_programs(dataset: &Dataset) -> Option<Value> {
    let python = std::env::var("HYS_BENCH_PYTHON").ok()?;
    let folder = tempfile::tempdir().expect("a folder for columns");
    columns::write(
        dataset,
        &Weights::ones(dataset.schema().place()),
        folder.path(),
    );
    let done = Command::new(python)
        .arg("benches/results/other_programs.py")
        .arg(folder.path())
        .output()
        .expect("Python starts");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    serde_json::from_slice(&done.stdout).ok()
}

fn print(lines: &[Line], rows: usize, theirs: Option<&Value>) {
    println!("| what | ms | goal | DuckDB | times | pandas | times |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for line in lines {
        let goal = line.goals.and_then(|(small, large)| match rows {
            100_000 => Some(small),
            1_000_000 => Some(large),
            _ => None,
        });
        let other = |program: &str| {
            let ms = theirs?.get(program)?.get(line.theirs?)?.as_f64()?;
            Some((format!("{ms:.2}"), format!("{:.1}", ms / line.ms)))
        };
        let (duckdb, pandas) = (
            other("duckdb").unwrap_or_default(),
            other("pandas").unwrap_or_default(),
        );
        println!(
            "| {} | {:.3} | {} | {} | {} | {} | {} |",
            line.what,
            line.ms,
            goal.map_or_else(String::new, |goal| goal.to_string()),
            duckdb.0,
            duckdb.1,
            pandas.0,
            pandas.1
        );
    }
    if let Some(theirs) = theirs {
        let version = |program: &str| {
            theirs[program]["version"]
                .as_str()
                .unwrap_or("?")
                .to_owned()
        };
        println!(
            "\nDuckDB {}, pandas {}",
            version("duckdb"),
            version("pandas")
        );
    }
}
