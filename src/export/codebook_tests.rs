//! The codebook says what every column and every code of its file means.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, sync::Arc};

use super::{
    codebook::{HEADER, Source, write},
    layout::{Layout, Sensitive, Values, Version},
    samples::every_kind,
};
use crate::{
    geography::Place,
    survey::{
        build::{choices, definition, en, page, question, single, text},
        definition::Definition,
    },
};

fn version(number: u32, definition: Definition) -> Version {
    Version {
        number,
        definition: Arc::new(definition),
    }
}

fn codebook(layout: &Layout, filter: &str) -> Vec<Vec<String>> {
    let source = Source {
        as_of: "2026-11-04T09:30:00Z".parse().unwrap(),
        responses: 12,
        filter,
        simulated: Some(true),
        software: "0.1.0",
    };
    let say = |id: &str| format!("says {id}");
    let bytes = write(Vec::new(), layout, &Place::essex(), &source, &en(), &say).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), HEADER);
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn it_names_every_column_in_order_and_what_was_taken_out() {
    let versions = vec![Version {
        number: 1,
        definition: every_kind(),
    }];
    let layout = Layout::new(versions, Values::Codes, Sensitive::Include);
    let rows = codebook(&layout, "age=16_24&area=E07000066");
    let of = |entry: &str| {
        rows.iter()
            .filter(move |row| row[0] == entry)
            .collect::<Vec<_>>()
    };
    let columns: Vec<&str> = of("column").iter().map(|row| row[1].as_str()).collect();
    assert_eq!(columns, layout.header());
    let facts: Vec<[&str; 2]> = of("file")
        .iter()
        .map(|row| [row[5].as_str(), &row[6]])
        .collect();
    assert_eq!(
        facts,
        [
            ["survey", "every-kind"],
            ["versions", "1"],
            ["as_of", "2026-11-04T09:30:00Z"],
            ["responses", "12"],
            ["filter", "age=16_24&area=E07000066"],
            ["values", "codes"],
            ["sensitive", "yes"],
            ["simulated", "yes"],
            ["software", "have-your-say 0.1.0"],
        ]
    );
    let missing: BTreeSet<&str> = of("missing").iter().map(|row| row[5].as_str()).collect();
    let told = [
        "",
        "_declined",
        "_dont_know",
        "_invalid",
        "_not_asked",
        "_unranked",
    ];
    assert_eq!(missing.into_iter().collect::<Vec<_>>(), told);

    let find = |entry: &str, column: &str, code: &str| {
        let found = rows
            .iter()
            .find(|row| row[0] == entry && row[1] == column && row[5] == code);
        found
            .unwrap_or_else(|| panic!("{entry} {column} {code}"))
            .clone()
    };
    let walk = find("column", "activities_walk", "walk");
    assert_eq!(
        walk[2..],
        [
            "activities",
            "multiple",
            "What do you do in the park?",
            "walk",
            "Walk",
            "paths",
            "0",
            "1"
        ]
    );
    assert_eq!(find("code", "safe_places_gate", "unsafe")[6], "Not safe");
    assert_eq!(find("code", "happy", "10")[6], "Very happy");
    assert_eq!(find("code", "home", "E07000066")[6], "Basildon");
    assert_eq!(find("column", "health_walking", "walking")[8], "1");
    assert_eq!(
        find("column", "dog_other_text", "other")[6],
        "Which animal?"
    );
}

#[test]
fn every_sentence_it_says_is_written() {
    let sentences = include_str!("../../assets/locales/en/exports.ftl");
    let layout = Layout::new(
        vec![version(1, Definition::clone(&every_kind()))],
        Values::Codes,
        Sensitive::LeaveOut,
    );
    for row in codebook(&layout, "") {
        for said in row.iter().filter_map(|cell| cell.strip_prefix("says ")) {
            let start = format!("\n{said} = ");
            assert!(sentences.contains(&start), "{said}");
        }
    }
}

#[test]
fn words_that_changed_have_a_row_for_each_version() {
    let asked = |words: &str| {
        let mut asked = question("a", single(choices(&["x"])));
        asked.label = text(words);
        definition(vec![vec![page("all", vec![asked])]])
    };
    let versions = vec![
        version(1, asked("Old words")),
        version(2, asked("New words")),
        version(3, asked("New words")),
    ];
    let layout = Layout::new(versions, Values::Labels(en()), Sensitive::LeaveOut);
    let rows = codebook(&layout, "");
    let of_a: Vec<[&str; 4]> = rows
        .iter()
        .filter(|row| row[1] == "a")
        .map(|row| [row[0].as_str(), &row[4], &row[5], &row[9]])
        .collect();
    assert_eq!(
        of_a,
        [
            ["column", "Old words", "", "1"],
            ["column", "New words", "", "2 3"],
            ["code", "", "x", "1 2 3"],
        ]
    );
}
