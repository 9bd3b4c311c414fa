//! Every result with and without flagged responses, and the difference stated.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Cell, ChangedFigure, Outcome, PageOutcome, QueryError, ResultQuery, Snapshot, WeightingOnce,
    answer,
};
use crate::{
    analysis::{
        completion::ProgressCounts,
        dataset::{Dataset, Flags},
        quality::{Flag, FlagFilter},
        samples::{Dice, answers, every_kind, row, schema},
        share::SMALL_BASE,
        themes::Measure,
    },
    geography::Place,
    survey::answers::Answers,
};

fn parse(path: &str, query: &str) -> Result<ResultQuery, QueryError> {
    ResultQuery::parse(path, query, &every_kind(), &Place::essex())
}

/// Of so many responses, every n-th has a flag; those answer in a way of their own.
fn snapshot(responses: u32, every: u32) -> Snapshot {
    let definition = every_kind();
    let (mut dice, mut other) = (Dice(7), Dice(3));
    let all: Vec<Answers> = (0..responses)
        .map(|number| {
            if number % every == 0 {
                let mut same = answers(&mut Dice(3));
                same.values
                    .extend(answers(&mut other).values.into_iter().take(2));
                same
            } else {
                answers(&mut dice)
            }
        })
        .collect();
    let rows = (0..).zip(&all).map(|(number, answers)| {
        let mut row = row(number, answers);
        row.flags = if number % every == 0 {
            Flags::TRAP
        } else {
            Flags::NONE
        };
        row
    });
    Snapshot {
        dataset: Dataset::empty(schema(&definition)).apply(rows, []),
        definition: Arc::new(definition),
        place: Place::essex(),
        as_of_micros: 1_760_000_000_000_000,
        progress: ProgressCounts::default(),
        unreadable: 0,
        weighting: WeightingOnce::default(),
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        Cell::Count(count) => Some(*count as f64),
        _ => None,
    }
}

/// Figure → value and base, of the rows of a page; `keys` names the columns that say which figure.
fn figures(outcome: &Outcome, keys: &[&str]) -> BTreeMap<String, (f64, f64)> {
    let table = outcome.to_csv_rows();
    let at = |name: &str| {
        table
            .header
            .iter()
            .position(|known| *known == name)
            .unwrap()
    };
    let figure = |row: &Vec<Cell>| {
        let key: Vec<String> = keys
            .iter()
            .map(|name| format!("{:?}", row[at(name)]))
            .collect();
        Some((
            key.join(" "),
            (number(&row[at("value")])?, number(&row[at("base")])?),
        ))
    };
    table.rows.iter().filter_map(figure).collect()
}

/// The largest difference between figures of two pages that enough people are behind.
fn largest(with: &Outcome, without: &Outcome, keys: &[&str], counts: impl Fn(&str) -> bool) -> f64 {
    let without = figures(without, keys);
    let differences = figures(with, keys)
        .into_iter()
        .filter(|(key, _)| counts(key))
        .filter_map(|(key, (value, _))| {
            let (other, base) = without.get(&key)?;
            (*base >= f64::from(SMALL_BASE)).then_some((value - other).abs())
        });
    differences.fold(0.0, f64::max)
}

#[test]
fn the_change_stated_is_the_largest_between_the_page_with_and_without() {
    let snapshot = snapshot(900, 12);
    let keys = ["question", "row", "code", "figure"];
    let page = |filter: &str| answer(&parse("questions", filter).unwrap(), &snapshot);
    let (with, without) = (page(""), page("quality=unflagged"));
    assert_eq!((with.state.flagged, without.state.selected), (75, 825));
    assert_eq!(without.state.flagged, 0);
    let compared = with.without_flagged.clone().unwrap();
    assert_eq!(compared.flagged, 75);
    let mut seen = 0;
    for change in &compared.changes {
        let ChangedFigure::Answer { question, .. } = &change.of else {
            panic!("not a question's")
        };
        let of_question = format!("Text(\"{question}\")");
        // A budget's change is of its mean, as a share of the whole.
        let (figure, scale) = if question.as_str() == "money" {
            ("Text(\"mean\")", 0.01)
        } else if question.as_str() == "rank" {
            ("Text(\"top3\")", 1.0)
        } else {
            ("Text(\"share\")", 1.0)
        };
        let counts = |key: &str| key.starts_with(&of_question) && key.ends_with(figure);
        let expected = scale * largest(&with, &without, &keys, counts);
        assert!(
            (change.size() - expected).abs() < 1e-12,
            "{question}: {change:?} {expected}"
        );
        seen += usize::from(expected > 0.0);
    }
    assert!(seen >= 8, "{seen} questions change");
    let most = compared
        .changes
        .iter()
        .map(|change| change.size())
        .fold(0.0, f64::max);
    assert_eq!(compared.largest().map(super::Change::size), Some(most));
}

#[test]
fn themes_state_the_change_of_every_measure() {
    let snapshot = snapshot(3000, 10);
    for measure in Measure::ALL {
        let view = format!("areas=csp&measure={}", measure.word());
        let page = |filter: &str| {
            answer(
                &parse("themes", &format!("{view}{filter}")).unwrap(),
                &snapshot,
            )
        };
        let (with, without) = (page(""), page("&quality=unflagged"));
        let compared = with.without_flagged.clone().unwrap();
        let [change] = &compared.changes[..] else {
            panic!("one change")
        };
        let expected = largest(&with, &without, &["area", "theme"], |_| true);
        assert!(expected > 0.0);
        assert!(
            (change.size() - expected).abs() < 1e-9,
            "{measure:?}: {change:?} {expected}"
        );
    }
}

#[test]
fn pages_about_few_people_or_without_flags_state_no_change() {
    let few = answer(&parse("questions", "").unwrap(), &snapshot(40, 4));
    assert_eq!(few.without_flagged.unwrap().changes, []);
    let none = answer(
        &parse("questions", "quality=flagged").unwrap(),
        &snapshot(40, 4),
    );
    assert_eq!((none.state.selected, none.state.flagged), (10, 10));
    assert!(none.without_flagged.is_none());
    let snapshot = snapshot(40, 4);
    let empty = Snapshot {
        dataset: Dataset::empty(Arc::clone(snapshot.dataset.schema())),
        ..snapshot
    };
    for page in ["overview", "questions", "themes", "quality"] {
        for filter in FlagFilter::ALL {
            let query = format!("quality={}", filter.word());
            assert!(
                answer(&parse(page, &query).unwrap(), &empty)
                    .without_flagged
                    .is_none()
            );
        }
    }
}

#[test]
fn a_page_that_leaves_flagged_responses_out_states_the_same_change_as_the_page_with_them() {
    let snapshot = snapshot(900, 12);
    for page in ["questions", "question/rank", "themes", "maps"] {
        let compared = |query: &str| {
            let outcome = answer(&parse(page, query).unwrap(), &snapshot);
            outcome.without_flagged.unwrap()
        };
        let (with, without) = (compared(""), compared("quality=unflagged"));
        assert!(!with.left_out && without.left_out, "{page}");
        assert_eq!(with.flagged, 75);
        assert!(!with.changes.is_empty(), "{page}");
        assert_eq!(
            (with.flagged, with.changes),
            (without.flagged, without.changes)
        );
    }
}

#[test]
fn the_page_counts_each_flag_and_says_the_bounds_in_force() {
    let outcome = answer(&parse("quality", "").unwrap(), &snapshot(900, 12));
    let PageOutcome::Quality(quality) = &outcome.page else {
        panic!("not the page of flags")
    };
    let by: BTreeMap<Flag, u32> = quality
        .counts
        .by_flag
        .iter()
        .map(|(flag, share)| (*flag, share.count))
        .collect();
    assert_eq!((by[&Flag::Trap], by[&Flag::Burst], by.len()), (75, 0, 7));
    assert_eq!(quality.counts.flagged.base.0, 900);
    assert_eq!((quality.rules.grids, quality.rules.texts), (0, 1));
    let json = outcome.to_json();
    assert_eq!(json["flagged"]["count"], 75);
    assert_eq!(json["by_flag"][0][0], "trap");
    assert_eq!(json["state"]["filter"]["quality"], "all");
    let table = outcome.to_csv_rows();
    assert_eq!(table.rows.len(), 10);
    assert!(table.about.contains(&("flagged", "75".to_owned())));
}

#[test]
fn the_filter_is_in_the_address_once_and_comes_off() {
    let query = parse("themes", "quality=unflagged&age=16_24").unwrap();
    assert_eq!(query.to_url(), "themes?age=16_24&quality=unflagged");
    assert_eq!(
        query.without("quality", "unflagged").to_url(),
        "themes?age=16_24"
    );
    assert_eq!(parse("themes", "quality=all").unwrap().to_url(), "themes");
    assert!(matches!(
        parse("themes", "quality=good"),
        Err(QueryError::UnknownValue {
            parameter: "quality",
            ..
        })
    ));
    assert_eq!(
        parse("themes", "quality=flagged&quality=all").unwrap_err(),
        QueryError::Repeated {
            parameter: "quality"
        }
    );
}
