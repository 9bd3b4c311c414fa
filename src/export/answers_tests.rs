//! What is written is read back by another reader, cell by cell, into the answers it was written from.
#![allow(clippy::unwrap_used)]

use std::{collections::HashMap, sync::Arc};

use proptest::prelude::*;
use uuid::Uuid;

use super::{
    answers::{DECLINED, DONT_KNOW, ExportRow, NOT_ASKED, RowError, UNRANKED},
    csv::{CsvWriter, unguarded},
    layout::{Layout, Sensitive, Values, Version},
    samples::{Dice, every_kind},
};
use crate::{
    analysis::dataset::{Channel, Flags},
    geography::Place,
    survey::{
        answers::{Answer, Answers, TextKey},
        build::{
            choice, choices, code, definition, en, is, key, multiple, page, question, short_text,
            single,
        },
        columns::{Part, columns},
        definition::{Definition, Kind, Question},
        journey::{Journey, SavedPages},
    },
};

fn row(answers: &Answers, version: u32) -> ExportRow<'_> {
    ExportRow {
        id: Uuid::from_u128(7),
        reference: Some("2345-6789"),
        version,
        channel: Channel::Web,
        language: "en",
        started_at: 1_767_225_600_400_000,
        submitted_at: 1_767_225_900_900_000,
        simulated: false,
        flags: Flags::TRAP.with(Flags::TOO_FAST),
        answers,
    }
}

fn versions(definitions: &[&Arc<Definition>]) -> Vec<Version> {
    (1..)
        .zip(definitions)
        .map(|(number, definition)| Version {
            number,
            definition: Arc::clone(definition),
        })
        .collect()
}

type Read = HashMap<String, String>;

/// Writes answers, and reads the file as any program would.
fn written(layout: &Layout, rows: &[ExportRow<'_>]) -> Vec<Read> {
    let place = Place::essex();
    let mut csv = CsvWriter::new(Vec::new(), &layout.header()).unwrap();
    for row in rows {
        csv.row(layout.row(&place, row).unwrap()).unwrap();
    }
    let bytes = csv.finish().unwrap();
    let mut reader = ::csv::Reader::from_reader(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap());
    let header = reader.headers().unwrap().clone();
    assert_eq!(header.iter().collect::<Vec<_>>(), layout.header());
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let pairs = header.iter().zip(record.iter());
            pairs
                .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
                .collect()
        })
        .collect()
}

fn is_missing(cell: &str) -> bool {
    cell.is_empty() || cell.starts_with('_')
}

/// A question's answer from its cells, the other way about than it was written.
fn read_back(question: &Question, read: &Read, answers: &mut Answers) {
    let cells: Vec<(Part<'_>, &str)> = columns(question)
        .into_iter()
        .map(|column| (column.part, read[&column.name].as_str()))
        .collect();
    let Some((_, first)) = cells.first() else {
        return;
    };
    for (part, cell) in &cells {
        let of = match part {
            Part::OtherText(of) => Some((*of).clone()),
            Part::Whole if question.is_text() => None,
            _ => continue,
        };
        if !is_missing(cell) {
            let key = TextKey {
                question: question.key.clone(),
                code: of,
            };
            answers.texts.insert(key, unguarded(cell).to_owned());
        }
    }
    let present = || cells.iter().filter(|(_, cell)| !is_missing(cell));
    let ranked = || cells.iter().any(|(_, cell)| *cell == UNRANKED);
    let answer = match &question.kind {
        _ if *first == DECLINED => Answer::Declined,
        _ if *first == DONT_KNOW => Answer::DontKnow,
        _ if present().next().is_none() && !ranked() => return,
        Kind::Multiple { .. } => Answer::Many(
            present()
                .filter_map(|(part, cell)| match part {
                    Part::Ticked(of) if *cell == "1" => Some((*of).clone()),
                    _ => None,
                })
                .collect(),
        ),
        Kind::Grid { .. } => Answer::Grid(
            present()
                .filter_map(|(part, cell)| match part {
                    Part::Row(of) => Some(((*of).clone(), code(cell))),
                    _ => None,
                })
                .collect(),
        ),
        Kind::Ranking { .. } => {
            let mut places: Vec<(usize, _)> = present()
                .filter_map(|(part, cell)| match part {
                    Part::Rank(of) => Some((cell.parse().unwrap(), (*of).clone())),
                    _ => None,
                })
                .collect();
            places.sort();
            Answer::Ranked(places.into_iter().map(|(_, of)| of).collect())
        }
        Kind::Budget { .. } => Answer::Shares(
            present()
                .filter_map(|(part, cell)| match part {
                    Part::Share(of) => Some(((*of).clone(), cell.parse().unwrap())),
                    _ => None,
                })
                .collect(),
        ),
        Kind::Scale { .. } | Kind::Number { .. } => Answer::Number(first.parse().unwrap()),
        Kind::Date { .. } => Answer::Date(first.parse().unwrap()),
        Kind::ShortText { .. } | Kind::LongText { .. } | Kind::Email {} => Answer::Text,
        _ => Answer::One(code(first)),
    };
    answers.values.insert(question.key.clone(), answer);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn answers_of_every_kind_are_had_back_from_the_file(seed: u64) {
        let definition = every_kind();
        let answers = Dice(seed).answers(&definition);
        let layout = Layout::new(versions(&[&definition]), Values::Codes, Sensitive::Include);
        let read = &written(&layout, &[row(&answers, 1)])[0];

        let mut found = Answers::default();
        let journey = Journey::new(&definition, &answers, &SavedPages::default());
        for question in definition.questions() {
            read_back(question, read, &mut found);
            let is_asked = journey.is_visible(&question.key);
            for column in columns(question) {
                let cell = read[&column.name].as_str();
                prop_assert!(!cell.starts_with(['=', '+', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']));
                prop_assert!(!cell.starts_with('-') || cell.parse::<i64>().is_ok());
                if !matches!(column.part, Part::OtherText(_)) {
                    prop_assert_eq!(cell == NOT_ASKED, !is_asked, "{}", column.name);
                }
            }
        }
        prop_assert_eq!(found, answers);
    }

    #[test]
    fn sensitive_answers_are_nowhere_in_a_file_without_them(seed: u64) {
        let definition = every_kind();
        let answers = Dice(seed).answers(&definition);
        let layout = Layout::new(versions(&[&definition]), Values::Codes, Sensitive::LeaveOut);
        prop_assert!(!layout.header().iter().any(|name| name.starts_with("health")));
        let kept = &written(&layout, &[row(&answers, 1)])[0];
        let whole = Layout::new(versions(&[&definition]), Values::Codes, Sensitive::Include);
        let all = &written(&whole, &[row(&answers, 1)])[0];
        for (name, cell) in kept {
            prop_assert_eq!(cell, &all[name]);
        }
    }
}

#[test]
fn a_response_says_when_how_and_from_where_it_came() {
    let definition = every_kind();
    let mut answers = Answers::default();
    let place = Place::essex();
    let area = &place.areas()[0];
    answers
        .values
        .insert(key("home"), Answer::One(area.code.clone()));
    let of = |values| {
        let layout = Layout::new(versions(&[&definition]), values, Sensitive::LeaveOut);
        written(&layout, &[row(&answers, 1)]).remove(0)
    };
    let codes = of(Values::Codes);
    for (column, cell) in [
        ("id", "00000000-0000-0000-0000-000000000007"),
        ("reference", "2345-6789"),
        ("version", "1"),
        ("channel", "web"),
        ("language", "en"),
        ("started_at", "2026-01-01T00:00:00Z"),
        ("submitted_at", "2026-01-01T00:05:00Z"),
        ("seconds", "300"),
        ("simulated", "0"),
        ("flags", "trap too_fast"),
        ("home", area.code.as_str()),
        ("area_name", &area.name),
        ("csp", area.csp.as_str()),
        ("policing_area", area.policing_area.as_str()),
    ] {
        assert_eq!(codes[column], cell, "{column}");
    }
    let labels = of(Values::Labels(en()));
    assert_eq!(labels["home"], area.name);
    assert_ne!(labels["csp"], area.csp.as_str());
    answers.values.insert(key("home"), Answer::Declined);
    let layout = Layout::new(versions(&[&definition]), Values::Codes, Sensitive::LeaveOut);
    let declined = written(&layout, &[row(&answers, 1)]).remove(0);
    assert_eq!([&declined["home"], &declined["csp"]], [DECLINED, DECLINED]);
}

#[test]
fn labels_stand_for_codes_and_not_for_what_is_missing() {
    let definition = every_kind();
    let mut answers = Answers::default();
    let values = [
        ("visits", Answer::One(code("weekly"))),
        ("activities", Answer::Many([code("walk")].into())),
        (
            "safe_places",
            Answer::Grid([(code("gate"), code("unsafe"))].into()),
        ),
        ("crime", Answer::Declined),
        ("happy", Answer::DontKnow),
        ("top_things", Answer::Ranked(vec![code("nature")])),
        ("home", Answer::One(code("outside"))),
    ];
    answers
        .values
        .extend(values.map(|(name, answer)| (key(name), answer)));
    let layout = Layout::new(
        versions(&[&definition]),
        Values::Labels(en()),
        Sensitive::LeaveOut,
    );
    let read = &written(&layout, &[row(&answers, 1)])[0];
    for (column, cell) in [
        ("visits", "Every week"),
        ("way_there", ""),
        ("why_never", NOT_ASKED),
        ("activities_walk", "1"),
        ("activities_play", "0"),
        ("activities_other_text", NOT_ASKED),
        ("safe_places_gate", "Not safe"),
        ("safe_places_pond", ""),
        ("crime", DECLINED),
        ("told_police", NOT_ASKED),
        ("happy", DONT_KNOW),
        ("clean", ""),
        ("top_things_nature", "1"),
        ("top_things_play", UNRANKED),
        ("home", "I live elsewhere, but work or study here"),
        ("area_name", "outside"),
    ] {
        assert_eq!(read[column], cell, "{column}");
    }
}

#[test]
fn versions_are_read_as_one_by_their_keys() {
    let first = Arc::new(definition(vec![vec![page(
        "all",
        vec![
            question("a", single(choices(&["x", "y"]))),
            question("gone", short_text(50)),
            question("many", multiple(choices(&["p", "q"]), None, None)),
        ],
    )]]));
    let second = Arc::new(definition(vec![vec![page(
        "all",
        vec![
            question("new", short_text(50)),
            question("many", multiple(choices(&["p", "r", "q"]), None, None)),
            question("a", single(choices(&["x", "z"]))),
            question("last", short_text(50)),
        ],
    )]]));
    // The order they are given in doesn't matter.
    let mut both = versions(&[&first, &second]);
    both.reverse();
    let layout = Layout::new(both, Values::Codes, Sensitive::Include);
    let names: Vec<&str> = layout.header().into_iter().skip(10).collect();
    assert_eq!(
        names,
        ["new", "a", "last", "gone", "many_p", "many_r", "many_q"]
    );

    let mut answers = Answers::default();
    answers
        .values
        .insert(key("many"), Answer::Many([code("p")].into()));
    let read = written(&layout, &[row(&answers, 1), row(&answers, 2)]);
    let cells = |at: usize| {
        names
            .iter()
            .map(|name| read[at][*name].as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        cells(0),
        [NOT_ASKED, "", NOT_ASKED, "", "1", NOT_ASKED, "0"]
    );
    assert_eq!(cells(1), ["", "", "", NOT_ASKED, "1", "0", "0"]);

    let unknown = layout.row(&Place::essex(), &row(&answers, 3)).unwrap_err();
    assert!(matches!(
        unknown,
        RowError::UnknownVersion { version: 3, .. }
    ));
}

#[test]
fn what_a_sensitive_answer_decided_is_not_told_by_an_empty_cell() {
    let mut hidden = question("reason", short_text(50));
    hidden.show_when = Some(is("secret", &["yes"]));
    let mut further = question("further", short_text(50));
    further.show_when = Some(is("reason", &["yes"]));
    let revealing = single(vec![
        choice("yes").revealing(question("inner", short_text(50))),
        choice("no"),
    ]);
    let secret = question("secret", revealing).sensitive();
    let first = Arc::new(definition(vec![
        vec![page("one", vec![secret])],
        vec![page(
            "two",
            vec![hidden, further, question("open", short_text(50))],
        )],
    ]));
    let second = Arc::new(definition(vec![vec![page(
        "one",
        vec![question("secret", single(choices(&["yes", "no"])))],
    )]]));
    let layout = Layout::new(
        versions(&[&first, &second]),
        Values::Codes,
        Sensitive::LeaveOut,
    );
    // One version that calls it sensitive is enough.
    let names: Vec<&str> = layout.header().into_iter().skip(10).collect();
    assert_eq!(names, ["inner", "reason", "further", "open"]);
    let answers = Answers::default();
    let read = written(&layout, &[row(&answers, 1)]).remove(0);
    assert!(names.iter().all(|name| read[*name].is_empty()));
}

#[test]
fn no_responses_are_a_header_alone() {
    let layout = Layout::new(
        versions(&[&every_kind()]),
        Values::Codes,
        Sensitive::LeaveOut,
    );
    assert!(written(&layout, &[]).is_empty());
}
