//! Files taken apart, columns found, rows walked: what is right comes in, what is not is named and never repeated.
#![allow(clippy::unwrap_used)]

use std::{io::Cursor, sync::Arc};

use proptest::prelude::*;

use super::{
    Fault, HeaderError, Incoming, IncomingColumns, Line, Reason, RowReader, Rules, Sheet,
    SheetError,
};
use crate::{
    export::layout::Version,
    geography::Place,
    survey::{
        answers::{Answer, TextKey},
        definition::Definition,
        ids::QuestionKey,
        problem::Problem,
    },
};

const SURVEY: &str = include_str!("../../../assets/surveys/every-kind.yaml");
const REFERENCE: &str = include_str!("../../../tests/fixtures/reference.yaml");
/// 24 November 2026, noon.
const NOW: i64 = 1_795_521_600_000_000;

fn sheet(bytes: impl AsRef<[u8]>) -> Result<Sheet<Cursor<Vec<u8>>>, SheetError> {
    Sheet::open(Cursor::new(bytes.as_ref().to_vec()))
}

fn lines(text: impl AsRef<[u8]>) -> Vec<Line> {
    let mut sheet = sheet(text).unwrap();
    let mut lines = Vec::new();
    while let Some(line) = sheet.next_line().unwrap() {
        lines.push(line);
    }
    lines
}

fn versions(yaml: &str) -> Vec<Version> {
    vec![Version {
        number: 1,
        definition: Arc::new(Definition::from_yaml(yaml).unwrap()),
    }]
}

fn header(yaml: &str, names: &str, ignored: &[&str]) -> Result<IncomingColumns, HeaderError> {
    let names: Vec<String> = names.split(',').map(str::to_owned).collect();
    let ignored: Vec<String> = ignored.iter().map(|&name| name.to_owned()).collect();
    IncomingColumns::new(&names, &versions(yaml), &ignored)
}

/// The first row of a file.
fn read_with(yaml: &str, file: &str, rules: Rules) -> Result<Incoming, Vec<Fault>> {
    let names: Vec<String> = sheet(file).unwrap().header().to_vec();
    let columns = IncomingColumns::new(&names, &versions(yaml), &[]).unwrap();
    let place = Place::essex();
    let reader = RowReader::new(&columns, &*place, NOW, rules);
    reader.read(&lines(file)[0])
}

fn reference(file: &str) -> Result<Incoming, Vec<Fault>> {
    read_with(REFERENCE, file, Rules::default())
}

/// Columns and reasons of the first row's faults.
fn faults(yaml: &str, file: &str) -> Vec<(String, Reason)> {
    read_with(yaml, file, Rules::default())
        .expect_err("a fault")
        .into_iter()
        .map(|fault| (fault.column, fault.reason))
        .collect()
}

fn value(incoming: &Incoming, question: &str) -> Option<Answer> {
    let key = QuestionKey::new(question).unwrap();
    incoming.answers.values.get(&key).cloned()
}

#[test]
fn a_file_is_taken_apart_whatever_ends_its_lines_and_parts_its_cells() {
    for (separator, end) in [
        (',', "\n"),
        (',', "\r\n"),
        (';', "\r\n"),
        ('\t', "\n"),
        (';', "\n"),
    ] {
        let rows = [
            "a;b;c",
            "1;\"two, \"\"2\"\"; and\";3",
            "",
            "4;\"five⏎5\";👍🏽",
            "7;8;9",
        ];
        let text = rows.join(end).replace(
            ';',
            match separator {
                ',' => ",",
                ';' => ";",
                _ => "\t",
            },
        );
        let text = text.replace('⏎', end);
        for begin in ["", "\u{feff}"] {
            let text = format!("{begin}{text}");
            assert_eq!(sheet(&text).unwrap().header(), ["a", "b", "c"]);
            let lines = lines(&text);
            let numbers: Vec<_> = lines.iter().map(|line| (line.number, line.line)).collect();
            assert_eq!(numbers, [(1, 2), (2, 4), (3, 6)], "{text:?}");
            assert_eq!(&lines[1].cells[1], format!("five{end}5").as_bytes());
            assert_eq!(&lines[1].cells[2], "👍🏽".as_bytes());
        }
    }
}

#[test]
fn a_file_that_is_none_says_so() {
    assert!(matches!(sheet(""), Err(SheetError::Empty)));
    assert!(matches!(sheet("\u{feff}"), Err(SheetError::Empty)));
    assert!(matches!(sheet(b"\xFF\xFEi\0d\0"), Err(SheetError::Utf16)));
    assert!(matches!(
        sheet(b"na\xEFve\n1\n"),
        Err(SheetError::HeaderNotUtf8)
    ));
    assert!(lines("id,priority\n").is_empty());
    let mut endless = sheet(format!("a\n\"{}", "x".repeat(9_000_000))).unwrap();
    assert!(matches!(endless.next_line(), Err(SheetError::TooLong)));
}

#[test]
fn a_first_line_that_fits_no_survey_names_its_columns_and_no_answers() {
    assert!(header(REFERENCE, "id,priority,m_cctv,channel,csp", &[]).is_ok());
    assert_eq!(
        header(REFERENCE, "priority,m_cctv,m_cctv", &[]).unwrap_err(),
        HeaderError::Repeated(vec!["m_cctv".to_owned()])
    );
    let unknown = header(REFERENCE, "priority,lpa,weight", &[]).unwrap_err();
    assert_eq!(
        unknown,
        HeaderError::Unknown(vec!["lpa".to_owned(), "weight".to_owned()])
    );
    assert!(header(REFERENCE, "priority,lpa,weight", &["lpa", "weight"]).is_ok());
    assert_eq!(
        header(REFERENCE, "priority", &["lpa"]).unwrap_err(),
        HeaderError::NothingToIgnore(vec!["lpa".to_owned()])
    );
    assert_eq!(
        header(REFERENCE, "id,language", &[]).unwrap_err(),
        HeaderError::NoQuestion
    );
    let without = header(REFERENCE, "My son Tom was robbed,07700 900123,asb", &[]).unwrap_err();
    let said = without.to_string();
    assert!(!said.contains("Tom") && !said.contains("07700"), "{said}");
}

#[test]
fn a_row_becomes_the_answers_a_browser_would_have_sent() {
    let file = "id,started_at,submitted_at,district,age_band,sex,priority,m_cctv,m_patrols,r_asb,r_road,b_neighbourhood,b_response,b_investigation,b_victims,b_prevention,s_asb,trust\n\
        R1,2026-06-01T10:00:00+01:00,2026-06-01T10:05,E07000076,75+,male,asb,1,0,2,1,45,30,5,15,5,4,0\n";
    let read = reference(file).unwrap();
    assert_eq!(read.id.as_deref(), Some("R1"));
    let minutes = (read.submitted_at - read.started_at.unwrap()) / 60_000_000;
    assert_eq!(
        minutes, 5,
        "a moment without an offset is meant in the survey's zone"
    );
    assert_eq!(
        value(&read, "age_band"),
        Some(Answer::One("75_plus".parse().unwrap()))
    );
    assert_eq!(
        value(&read, "m"),
        Some(Answer::Many(["cctv".parse().unwrap()].into()))
    );
    assert_eq!(
        value(&read, "r"),
        Some(Answer::Ranked(vec![
            "road".parse().unwrap(),
            "asb".parse().unwrap()
        ]))
    );
    assert_eq!(value(&read, "trust"), Some(Answer::Number(0)));
    assert!(matches!(value(&read, "b"), Some(Answer::Shares(shares)) if shares.len() == 5));
    assert_eq!(value(&read, "safe_dark"), None);
    assert_eq!(read.saved.0.len(), 5, "every page was passed");
}

#[test]
fn nothing_ticked_is_not_answered_and_no_time_is_the_time_of_the_import() {
    let read = reference("m_cctv,m_patrols,submitted_at\n0,0,\n").unwrap();
    assert_eq!(value(&read, "m"), None);
    assert_eq!((read.started_at, read.submitted_at), (None, NOW));
    let day = reference("priority,submitted_at\nasb,2026-07-01\n").unwrap();
    // Midnight in London in summer.
    assert_eq!(day.submitted_at, 1_782_860_400_000_000);
}

#[test]
fn each_wrong_cell_is_named_with_its_column() {
    use Reason::{
        Future, Mixed, NoId, NotFlag, NotMoment, NotOffered, NotPlace, NotReference, NotTicked,
        PlaceTwice, SentBeforeBegun, ShareMissing, UnknownLanguage, UnknownVersion, Unread, Width,
    };
    for (file, column, reason) in [
        ("m_cctv,m_youth\n1,yes\n", "m_youth", NotTicked),
        ("r_asb,r_road\n1,1\n", "r_road", PlaceTwice),
        ("r_asb\n7\n", "r_asb", NotPlace { places: 6 }),
        ("r_asb\nfirst\n", "r_asb", NotPlace { places: 6 }),
        ("b_response,b_victims\n100,\n", "b_victims", ShareMissing),
        ("sex\n_declined\n", "sex", NotOffered),
        ("sex\n_invalid\n", "sex", Unread),
        ("sex\n_unranked\n", "sex", NotOffered),
        ("sex\n_dont_know\n", "sex", NotOffered),
        ("id,sex\n,male\n", "id", NoId),
        ("sex,simulated\nmale,maybe\n", "simulated", NotFlag),
        ("sex,version\nmale,2\n", "version", UnknownVersion),
        ("sex,language\nmale,cy\n", "language", UnknownLanguage),
        ("sex,reference\nmale,ABCD\n", "reference", NotReference),
        (
            "sex,submitted_at\nmale,yesterday\n",
            "submitted_at",
            NotMoment,
        ),
        (
            "sex,submitted_at\nmale,2031-01-01\n",
            "submitted_at",
            Future,
        ),
        (
            "sex,started_at,submitted_at\nmale,2026-01-02,2026-01-01\n",
            "submitted_at",
            SentBeforeBegun,
        ),
        (
            "sex,priority\nmale\n",
            "",
            Width {
                found: 1,
                expected: 2,
            },
        ),
    ] {
        assert_eq!(
            faults(REFERENCE, file),
            [(column.to_owned(), reason)],
            "{file}"
        );
    }
    let every = faults(SURVEY, "crime,told_police,told_friend\nonce,_declined,0\n");
    assert!(
        every.contains(&("told_friend".to_owned(), Mixed)),
        "{every:?}"
    );
}

#[test]
fn the_rules_are_those_of_a_browser_and_their_fields_become_columns() {
    for (yaml, file, column, is_right) in [
        (
            REFERENCE,
            "sex\nother\n",
            "sex",
            (|problem| matches!(problem, Problem::UnknownChoice)) as fn(&Problem) -> bool,
        ),
        (REFERENCE, "district\nCM1 1QH\n", "district", |problem| {
            matches!(problem, Problem::UnknownChoice)
        }),
        (REFERENCE, "trust\n11\n", "trust", |problem| {
            matches!(problem, Problem::UnknownChoice)
        }),
        (REFERENCE, "r_asb,r_road\n1,3\n", "r_…", |problem| {
            matches!(problem, Problem::RankGap { place: 2 })
        }),
        (REFERENCE, "s_asb\n6\n", "s_asb", |problem| {
            matches!(problem, Problem::UnknownChoice)
        }),
        (
            REFERENCE,
            "b_neighbourhood,b_response,b_investigation,b_victims,b_prevention\n50,10,10,10,10\n",
            "b_neighbourhood",
            |problem| {
                matches!(
                    problem,
                    Problem::SharesSum {
                        total: 100,
                        given: 90,
                        ..
                    }
                )
            },
        ),
        (SURVEY, "happy\n5\n", "visits", |problem| {
            matches!(problem, Problem::Required(_))
        }),
    ] {
        let found = faults(yaml, file);
        assert!(
            found.iter().any(|(name, reason)| name == column
                && matches!(reason, Reason::Answer(error) if is_right(&error.problem))),
            "{file} {found:?}"
        );
    }
}

#[test]
fn an_answer_that_was_not_asked_for_is_a_fault_unless_it_may_be_dropped() {
    let columns = "visits,why_never,way_there,safe_places_gate,safe_places_pond,safe_places_path_dark,happy,top_things_nature,top_things_play,money_play,money_nature,money_safety,money_paths,home";
    let row = |way: &str| {
        format!(
            "{columns}\nnever,\"'=too far\",{way},very_safe,unsafe,no_view,5,1,_unranked,25,25,25,25,E07000076\n"
        )
    };
    let strict = read_with(SURVEY, &row("bus"), Rules::default());
    let found = strict.expect_err("it was not asked");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].column, "way_there");
    assert_eq!(found[0].reason, Reason::NotAsked);
    for (row, rules) in [
        (
            row("bus"),
            Rules {
                drop_not_asked: true,
                ..Rules::default()
            },
        ),
        (row("_not_asked"), Rules::default()),
    ] {
        let read = read_with(SURVEY, &row, rules).unwrap();
        assert_eq!(value(&read, "way_there"), None);
        let key = TextKey {
            question: "why_never".parse().unwrap(),
            code: None,
        };
        assert_eq!(
            read.answers.texts.get(&key).map(String::as_str),
            Some("=too far"),
            "the guard against formulas is taken away"
        );
    }
}

#[test]
fn budgets_that_do_not_add_up_are_kept_where_that_is_asked_for() {
    let rules = Rules {
        keep_uneven_budgets: true,
        ..Rules::default()
    };
    let head = "b_neighbourhood,b_response,b_investigation,b_victims,b_prevention";
    for (cells, count) in [("60,10,,0,20", 4), ("30,25,15,10,15", 5)] {
        let read = read_with(REFERENCE, &format!("{head}\n{cells}\n"), rules).unwrap();
        assert!(
            matches!(value(&read, "b"), Some(Answer::Shares(shares)) if shares.len() == count),
            "{cells}"
        );
    }
    for cells in ["60,10,,10,20", "60,10,x,10,10", "600,10,1,10,10"] {
        let wrong = read_with(REFERENCE, &format!("{head}\n{cells}\n"), rules);
        assert!(wrong.is_err(), "{cells}");
    }
}

#[test]
fn no_reason_repeats_what_a_cell_says() {
    let secret = "Zebra9";
    for column in [
        "sex",
        "trust",
        "m_cctv",
        "r_asb",
        "b_response",
        "s_asb",
        "district",
    ] {
        for (_, reason) in faults(REFERENCE, &format!("{column}\n{secret}\n")) {
            let said = format!("{reason} {reason:?}");
            assert!(!said.contains(secret), "{said}");
        }
    }
    let bytes = b"sex,priority\nm\xE9le,asb\n".to_vec();
    let columns = header(REFERENCE, "sex,priority", &[]).unwrap();
    let place = Place::essex();
    let found = RowReader::new(&columns, &*place, NOW, Rules::default())
        .read(&lines(bytes)[0])
        .expect_err("not UTF-8");
    assert_eq!(
        found,
        [Fault {
            column: "sex".to_owned(),
            reason: Reason::NotUtf8
        }]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_at_all_stop_it(bytes in prop::collection::vec(any::<u8>(), 0..400), row in "[ -~,;\"\n]{0,200}") {
        if let Ok(mut sheet) = sheet(&bytes) {
            while let Ok(Some(_)) = sheet.next_line() {}
        }
        let names = "district,sex,m_cctv,r_asb,b_response,s_asb,trust";
        let columns = header(REFERENCE, names, &[]).unwrap();
        let place = Place::essex();
        let reader = RowReader::new(&columns, &*place, NOW, Rules::default());
        for line in lines(format!("{names}\n{row}\n")) {
            let _ = reader.read(&line);
        }
    }
}
