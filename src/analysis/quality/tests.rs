#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Flag, FlagFilter, LEAST_TIMED, fingerprint};
use crate::{
    analysis::{
        dataset::{Channel, Dataset, Flags, Row},
        filter::{Filter, Selection},
        samples::{Dice, answers, choices, code, every_kind, question, row, schema, survey},
    },
    survey::{
        answers::{Answer, Answers},
        definition::{Check, Definition},
        ids::QuestionKey,
    },
};

fn key(key: &str) -> QuestionKey {
    QuestionKey::new(key).unwrap()
}

/// A response sent online by somebody who took so many seconds.
fn took(number: u32, answers: &Answers, seconds: i64) -> Row<'_> {
    let mut row = row(number, answers);
    row.channel = Channel::Web;
    row.started_at = row.submitted_at - seconds * 1_000_000;
    row
}

fn dataset<'a>(definition: &Definition, rows: impl IntoIterator<Item = Row<'a>>) -> Dataset {
    Dataset::empty(schema(definition)).apply(rows, [])
}

/// The numbers of the responses that have a flag, of `many`.
fn flagged(dataset: &Dataset, flag: Flag, many: u32) -> Vec<u32> {
    let none = Answers::default();
    let has = |number: &u32| dataset.flags_of(&row(*number, &none).id) & flag.bit() != 0;
    (0..many).filter(has).collect()
}

#[test]
fn fast_is_under_a_third_of_the_median_time_a_question() {
    // Twelve questions, one of them a grid of two rows: thirteen to answer. 260 seconds are 20 a question, so that the
    // bound is 6.667, which is 86.7 seconds.
    let none = Answers::default();
    let seconds = |number: u32| match number {
        0 => 80,
        1 => 86,
        2 => 87,
        3 => 90,
        4 => 40_000,
        _ => 260,
    };
    let found = dataset(
        &every_kind(),
        (0..150).map(|number| took(number, &none, seconds(number))),
    );
    assert_eq!(flagged(&found, Flag::Speeding, 150), [0, 1]);
    let timing = found.quality().timing();
    assert_eq!((timing.timed, timing.median), (150, Some(20.0)));
    assert!((timing.fast_under.unwrap() - 20.0 / 3.0).abs() < 1e-12);
}

#[test]
fn nobody_is_fast_before_there_is_a_usual_time_or_where_no_clock_ran() {
    let none = Answers::default();
    let seconds = |number: u32| if number == 0 { 5 } else { 260 };
    let few = (0..LEAST_TIMED - 1).map(|number| took(number, &none, seconds(number)));
    let few = dataset(&every_kind(), few);
    assert_eq!(flagged(&few, Flag::Speeding, LEAST_TIMED), [0_u32; 0]);
    assert_eq!(few.quality().timing().median, None);
    let enough = few.apply([took(LEAST_TIMED, &none, 260)], []);
    assert_eq!(flagged(&enough, Flag::Speeding, LEAST_TIMED), [0]);
    let mut typed_in = took(1, &none, 5);
    typed_in.channel = Channel::Paper;
    let with_paper = enough.apply([typed_in, took(LEAST_TIMED + 1, &none, 260)], []);
    assert_eq!(flagged(&with_paper, Flag::Speeding, LEAST_TIMED), [0]);
}

#[test]
fn responses_imported_without_a_start_are_neither_timed_nor_fast() {
    let none = Answers::default();
    let timed = (0..LEAST_TIMED).map(|number| took(number, &none, 260));
    let timed = dataset(&every_kind(), timed);
    let before = timed.quality().timing();
    assert_eq!(before.timed, LEAST_TIMED);
    // Stored as begun when sent: no time at all, for more of them than took any. Those that say when they began were
    // typed in by somebody, as those on paper were.
    let imported = (LEAST_TIMED..LEAST_TIMED * 3).map(|number| {
        let seconds = i64::from(number % 2);
        Row {
            channel: Channel::Import,
            ..took(number, &none, seconds)
        }
    });
    let with_imports = timed.apply(imported, []);
    assert_eq!(with_imports.quality().timing(), before);
    for flag in [Flag::Speeding, Flag::TooFast] {
        assert_eq!(flagged(&with_imports, flag, LEAST_TIMED * 3), [0_u32; 0]);
    }
}

#[test]
fn who_is_asked_less_may_take_less() {
    let none = Answers::default();
    let asked = ["area", "age"].map(key).into();
    let mut rows: Vec<Row<'_>> = (0..120).map(|number| took(number, &none, 260)).collect();
    // Ten seconds a question, of two.
    rows[7] = took(7, &none, 20);
    rows[7].asked = Some(&asked);
    rows[8] = took(8, &none, 20);
    assert_eq!(
        flagged(&dataset(&every_kind(), rows), Flag::Speeding, 120),
        [8]
    );
}

/// Grids of so many rows each.
fn grids(rows: &[usize]) -> Definition {
    let columns = json!([
        { "code": "bad", "label": { "en": "bad" } }, { "code": "good", "label": { "en": "good" } },
        { "code": "none", "label": { "en": "none" }, "apart": true },
    ]);
    let grid = |(number, rows): (usize, &usize)| {
        let codes: Vec<String> = (0..*rows).map(|row| format!("r{row}")).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let kind = json!({ "kind": "grid", "rows": choices(&codes), "columns": columns });
        question(&format!("g{number}"), kind)
    };
    let questions: Vec<Value> = rows.iter().enumerate().map(grid).collect();
    survey(&[], json!({}), Value::Array(questions))
}

/// The grid's answer of each row, a letter each: b(ad), g(ood), n(one), or a space.
fn lines(grids: &[&str]) -> Answers {
    let column = |letter| match letter {
        'b' => Some(code("bad")),
        'g' => Some(code("good")),
        'n' => Some(code("none")),
        _ => None,
    };
    let grid = |given: &str| {
        let rows = given.chars().enumerate();
        rows.filter_map(|(row, letter)| Some((code(&format!("r{row}")), column(letter)?)))
            .collect()
    };
    let values: BTreeMap<QuestionKey, Answer> = grids
        .iter()
        .enumerate()
        .map(|(number, given)| (key(&format!("g{number}")), Answer::Grid(grid(given))))
        .collect();
    Answers {
        values,
        ..Answers::default()
    }
}

#[test]
fn equal_answers_are_a_sign_in_two_grids_or_a_long_one() {
    let definition = grids(&[4, 4, 8, 3]);
    for (given, is_sign) in [
        (["bbbb", "gggg", "", ""], true),
        (["bbbb", "gggb", "", ""], false),
        (["bbbb", "", "bgbgbgbg", "bbb"], false),
        (["bbbb", "nnnn", "", ""], false),
        (["", "", "gggggggg", ""], true),
        (["", "", "ggggggg ", ""], false),
        (["bbbb", "", "ggg gggg", ""], true),
        (["", "", "nnnnnnnn", ""], false),
        (["bbb ", "ggg ", "", ""], false),
        (["", "", "", ""], false),
    ] {
        let given = lines(&given);
        let found = dataset(&definition, [took(0, &given, 300)]);
        assert_eq!(
            flagged(&found, Flag::StraightLines, 1) == [0],
            is_sign,
            "{given:?}"
        );
    }
}

#[test]
fn equal_answers_in_one_short_grid_are_a_sign_only_in_haste() {
    let definition = grids(&[6]);
    let (straight, mixed) = (lines(&["gggggg"]), lines(&["gggggb"]));
    let mut rows: Vec<Row<'_>> = (0..120).map(|number| took(number, &mixed, 60)).collect();
    rows[0] = took(0, &straight, 60);
    rows[1] = took(1, &straight, 29);
    rows[2] = took(2, &straight, 30);
    rows[3] = took(3, &mixed, 29);
    let found = dataset(&definition, rows);
    assert_eq!(flagged(&found, Flag::StraightLines, 120), [1]);
    assert_eq!(flagged(&found, Flag::Speeding, 120), [0_u32; 0]);
}

#[test]
fn answers_that_a_check_calls_contradictory_are_flagged() {
    let mut definition = every_kind();
    let never = json!({ "all": [
        { "is": { "question": "victim", "any_of": ["no"] } },
        { "is": { "question": "many", "any_of": ["a"] } },
    ] });
    let check = json!({ "code": "odd", "label": { "en": "Odd" }, "never": never });
    definition.checks = vec![serde_json::from_value::<Check>(check).unwrap()];
    let with = |victim: &str, many: &[&str]| Answers {
        values: [
            (key("victim"), Answer::One(code(victim))),
            (
                key("many"),
                Answer::Many(many.iter().map(|name| code(name)).collect()),
            ),
        ]
        .into(),
        ..Answers::default()
    };
    let given = [
        with("no", &["a", "b"]),
        with("no", &["b"]),
        with("yes", &["a"]),
        Answers::default(),
    ];
    let rows = (0..).zip(&given).map(|(number, given)| row(number, given));
    let found = dataset(&definition, rows);
    assert_eq!(flagged(&found, Flag::Contradiction, 4), [0]);
}

#[test]
fn texts_are_alike_by_their_letters_and_digits() {
    let words = "More officers on foot in the evenings, please, and not only in the town centre at 9 o'clock or in the summer!";
    let print = fingerprint(words).unwrap();
    let again = format!("  {}  ", words.to_uppercase().replace(", ", "\n"));
    assert_eq!(fingerprint(&again), Some(print));
    assert_ne!(fingerprint(&words.replace('9', "8")), Some(print));
    assert_eq!(fingerprint("More officers on foot."), None);
    assert_eq!(fingerprint(&". ".repeat(500)), None);
    assert!(fingerprint(&"é".repeat(80)).is_some());
}

#[test]
fn a_long_text_in_two_responses_flags_both() {
    let comment = |print: u64| [(key("comment"), print)];
    let (same, own, elsewhere) = (comment(7), comment(8), [(key("gone"), 7)]);
    let none = Answers::default();
    let with = |number, texts| Row {
        texts,
        ..row(number, &none)
    };
    let rows = [
        with(0, &same[..]),
        with(1, &own),
        with(2, &same),
        with(3, &elsewhere),
        with(4, &[]),
    ];
    let found = dataset(&every_kind(), rows);
    assert_eq!(flagged(&found, Flag::RepeatedText, 5), [0, 2]);
    let one_left = found.apply([], [row(2, &none).id]);
    assert_eq!(flagged(&one_left, Flag::RepeatedText, 5), [0_u32; 0]);
    assert_eq!(
        flagged(&found, Flag::RepeatedText, 5),
        [0, 2],
        "a reader keeps the state it holds"
    );
}

#[test]
fn stored_flags_are_kept_and_bits_of_others_are_not() {
    let none = Answers::default();
    let stored = |number, bits| Row {
        flags: Flags::from_bits(bits),
        ..row(number, &none)
    };
    let found = dataset(&every_kind(), [stored(0, 0b1111_1101), stored(1, 0b111)]);
    let bits = [0, 1].map(|number| found.flags_of(&row(number, &none).id));
    assert_eq!(bits, [0b101, 0b111]);
    assert_eq!(Flag::Trap.bit(), Flags::TRAP.bits());
    assert_eq!(Flag::TooFast.bit(), Flags::TOO_FAST.bits());
    assert_eq!(Flag::Burst.bit(), Flags::BURST.bits());
}

/// Answers, seconds taken, stored flags and fingerprints of texts.
type Given = (Answers, i64, u8, Vec<(QuestionKey, u64)>);

/// Responses with something of everything.
fn mixed(responses: u32) -> Vec<Given> {
    let mut dice = Dice(11);
    (0..responses)
        .map(|_| {
            let seconds = 20 + dice.roll(400) as i64;
            let texts = match dice.roll(3) {
                0 => vec![(key("comment"), 1 + dice.roll(200) as u64)],
                _ => Vec::new(),
            };
            let flags = if dice.roll(20) == 0 {
                1 + dice.roll(7) as u8
            } else {
                0
            };
            (answers(&mut dice), seconds, flags, texts)
        })
        .collect()
}

fn rows(given: &[Given], from: u32) -> Vec<Row<'_>> {
    let number = (from..).zip(given);
    number
        .map(|(number, (answers, seconds, flags, texts))| Row {
            flags: Flags::from_bits(*flags),
            texts,
            ..took(number, answers, *seconds)
        })
        .collect()
}

#[test]
fn the_order_of_responses_changes_no_flag() {
    let given = mixed(600);
    let forwards = rows(&given, 0);
    let backwards: Vec<Row<'_>> = forwards.iter().rev().copied().collect();
    let (one, other) = (
        dataset(&every_kind(), forwards.clone()),
        dataset(&every_kind(), backwards),
    );
    for row in &forwards {
        assert_eq!(one.flags_of(&row.id), other.flags_of(&row.id));
    }
    let found = one.quality().count(&one, &Selection::all(&one));
    assert!(
        found
            .by_flag
            .iter()
            .filter(|(_, share)| share.count > 0)
            .count()
            >= 5
    );
    assert_eq!(
        found,
        other.quality().count(&other, &Selection::all(&other))
    );
}

#[test]
fn every_response_twice_flags_the_same_but_for_texts_that_are_now_repeated() {
    let given = mixed(600);
    let once = rows(&given, 0);
    let twice = once.iter().copied().chain(rows(&given, 1000));
    let (one, two) = (
        dataset(&every_kind(), once.clone()),
        dataset(&every_kind(), twice),
    );
    for (first, second) in once.iter().zip(rows(&given, 1000)) {
        let but_texts = |dataset: &Dataset, row: &Row<'_>| {
            dataset.flags_of(&row.id) & !Flag::RepeatedText.bit()
        };
        assert_eq!(but_texts(&one, first), but_texts(&two, first));
        assert_eq!(two.flags_of(&first.id), two.flags_of(&second.id));
        let is_repeated = two.flags_of(&first.id) & Flag::RepeatedText.bit() != 0;
        assert_eq!(is_repeated, !first.texts.is_empty());
    }
}

#[test]
fn flagged_and_unflagged_make_all() {
    let given = mixed(5000);
    let found = dataset(&every_kind(), rows(&given, 0));
    let select = |quality| {
        Filter {
            quality,
            ..Filter::default()
        }
        .select(&found)
    };
    let [all, without, only] = FlagFilter::ALL.map(select);
    assert_eq!(without.count() + only.count(), all.count());
    let counts = found.quality().count(&found, &all);
    assert_eq!(counts.flagged.count as usize, only.count());
    assert_eq!(counts.flagged.base.0, 5000);
    assert!(only.flags(&found).iter().all(|flags| *flags != 0));
    assert!(without.flags(&found).iter().all(|flags| *flags == 0));
    assert_eq!(only.flags(&found).len(), only.ids(&found).len());
    assert_eq!(found.quality().count(&found, &without).flagged.count, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn nobody_is_fast_where_everybody_takes_equally_long(responses in 1_u32..260, seconds in 0_i64..100_000) {
        let none = Answers::default();
        let found = dataset(&every_kind(), (0..responses).map(|number| took(number, &none, seconds)));
        prop_assert_eq!(flagged(&found, Flag::Speeding, responses), Vec::<u32>::new());
    }

    #[test]
    fn who_takes_the_median_or_longer_is_never_fast(seed in any::<u64>(), responses in 100_u32..300) {
        let (none, mut dice) = (Answers::default(), Dice(seed));
        let seconds: Vec<i64> = (0..responses).map(|_| dice.roll(1000) as i64).collect();
        let rows = (0..).zip(&seconds).map(|(number, seconds)| took(number, &none, *seconds));
        let found = dataset(&every_kind(), rows);
        let mut sorted = seconds.clone();
        sorted.sort_unstable();
        let median = sorted[(sorted.len() - 1) / 2];
        let fast = flagged(&found, Flag::Speeding, responses);
        prop_assert!(fast.iter().all(|number| seconds[*number as usize] < median));
        // Three times as fast as the median, whole seconds aside.
        let expected = seconds.iter().filter(|seconds| (*seconds * 1000 / 13) * 3 < median * 1000 / 13).count();
        prop_assert_eq!(fast.len(), expected);
    }
}
