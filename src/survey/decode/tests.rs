#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::survey::{build::*, definition::Unit, problem::MissingParts};

fn form(pairs: &[(&str, &str)]) -> Form {
    Form::new(
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    )
}

fn decode(questions: Vec<Question>, pairs: &[(&str, &str)]) -> PageDecoded {
    decode_after(&Answers::default(), questions, pairs)
}

/// Reads a form for a second page with these questions; the first page asks `first`.
fn decode_after(before: &Answers, questions: Vec<Question>, pairs: &[(&str, &str)]) -> PageDecoded {
    let first = question("first", single(choices(&["yes", "no"])));
    let definition = definition(vec![vec![page("one", vec![first]), page("two", questions)]]);
    let context = DecodeContext {
        definition: &definition,
        areas: &TwoAreas,
        page: definition.page(&page_key("two")).unwrap(),
        before,
        seed: Uuid::nil(),
    };
    decode_page(&context, &form(pairs))
}

/// What is wrong, as "field: message id".
fn errors(question: Question, pairs: &[(&str, &str)]) -> Vec<String> {
    decode(vec![question], pairs)
        .errors
        .iter()
        .map(|error| format!("{}: {}", error.field, error.problem.message_id()))
        .collect()
}

fn answer(question: Question, pairs: &[(&str, &str)]) -> Option<Answer> {
    let key = question.key.clone();
    let decoded = decode(vec![question], pairs);
    assert_eq!(decoded.errors, []);
    decoded.answers[&key].clone()
}

fn text_of(question: Question, pairs: &[(&str, &str)]) -> Option<String> {
    let decoded = decode(vec![question], pairs);
    assert_eq!(decoded.errors, []);
    decoded.texts.into_values().next().unwrap()
}

fn codes(names: &[&str]) -> BTreeSet<Code> {
    names.iter().map(|name| code(name)).collect()
}

#[test]
fn a_required_question_of_any_kind_needs_an_answer_and_links_to_its_first_field() {
    let dated = Kind::Date {
        min: None,
        max: None,
    };
    let area = Kind::Area { outside: None };
    let postcode = Kind::Postcode { outside: None };
    for (kind, expected) in [
        (single(choices(&["a"])), "q: error-select"),
        (
            multiple(choices(&["a"]), None, None),
            "q: error-select-some",
        ),
        (grid(&["r", "s"], &["a"]), "q-r: error-select-rows"),
        (scale(0, 10, false), "q: error-select"),
        (ranking(&["a", "b"], 2, None), "q-1: error-rank"),
        (budget(&["a", "b"], 100), "q-a: error-share"),
        (number(None, None), "q: error-write-number"),
        (short_text(10), "q: error-write"),
        (long_text(10), "q: error-write"),
        (dated, "q-day: error-give-date"),
        (Kind::Email {}, "q: error-give-email"),
        (postcode, "q-postcode: error-give-postcode"),
        (area, "q: error-select"),
    ] {
        let asked = question("q", kind);
        assert_eq!(answer(asked.clone(), &[]), None);
        assert_eq!(
            errors(asked.required(), &[("q", " "), ("q-day", "")]),
            [expected]
        );
    }
}

#[test]
fn information_is_neither_asked_nor_kept() {
    let decoded = decode(vec![question("q", information()).required()], &[("q", "a")]);
    assert_eq!(decoded, PageDecoded::default());
}

#[test]
fn a_single_choice_takes_an_offered_code_only() {
    let asked = question("q", single(choices(&["a", "b"])));
    assert_eq!(
        answer(asked.clone(), &[("q", "b")]),
        Some(Answer::One(code("b")))
    );
    for value in ["c", "The a", "_declined", "_dont_know", "A", "a\0"] {
        assert_eq!(
            errors(asked.clone(), &[("q", value)]),
            ["q: error-unknown-choice"]
        );
    }
    assert_eq!(
        answer(asked.private(), &[("q", "_declined")]),
        Some(Answer::Declined)
    );
}

#[test]
fn other_is_kept_with_its_choice_and_needed_only_where_the_question_is_required() {
    let asked = question("q", single(vec![choice("a"), choice("o").with_other()]));
    let said = ("q-o-text", "  a\r\nbus ");
    assert_eq!(
        text_of(asked.clone(), &[("q", "o"), said]),
        Some("a bus".to_owned())
    );
    assert_eq!(text_of(asked.clone(), &[("q", "a"), said]), None);
    assert_eq!(text_of(asked.clone(), &[("q", "o")]), None);
    assert_eq!(
        errors(asked.clone().required(), &[("q", "o"), ("q-o-text", " ")]),
        ["q-o-text: error-other-missing"]
    );
    assert_eq!(
        errors(asked, &[("q", "o"), ("q-o-text", &"x".repeat(201))]),
        ["q-o-text: error-other-too-long"]
    );
}

#[test]
fn a_multiple_choice_keeps_its_limits() {
    let mut offered = choices(&["a", "b", "c", "d"]);
    offered.push(choice("none").exclusive());
    let asked = question("q", multiple(offered, Some(2), Some(3))).private();
    let ticks = |names: &[&'static str]| -> Vec<(&str, &str)> {
        names.iter().map(|name| ("q", *name)).collect()
    };
    assert_eq!(
        answer(asked.clone(), &ticks(&["b", "a", "b", ""])),
        Some(Answer::Many(codes(&["a", "b"])))
    );
    assert_eq!(
        answer(asked.clone(), &ticks(&["none"])),
        Some(Answer::Many(codes(&["none"])))
    );
    assert_eq!(
        answer(asked.clone(), &ticks(&["_declined"])),
        Some(Answer::Declined)
    );
    for (names, expected) in [
        (vec!["a"], "q: error-too-few"),
        (vec!["a", "b", "c", "d"], "q: error-too-many"),
        (vec!["a", "none"], "q: error-exclusive-with-others"),
        (vec!["a", "b", "_declined"], "q: error-declined-with-answer"),
        (vec!["a", "z"], "q: error-unknown-choice"),
    ] {
        assert_eq!(errors(asked.clone(), &ticks(&names)), [expected]);
    }
}

#[test]
fn a_required_grid_needs_every_row() {
    let asked = question("q", grid(&["day", "night"], &["safe", "unsafe"])).private();
    let one = [("q-day", "safe")];
    let both = [("q-day", "safe"), ("q-night", "unsafe"), ("q-dawn", "safe")];
    let row = |name: &str, column: &str| (code(name), code(column));
    assert_eq!(
        answer(asked.clone(), &one),
        Some(Answer::Grid(BTreeMap::from([row("day", "safe")])))
    );
    let asked = asked.required();
    assert_eq!(errors(asked.clone(), &one), ["q-night: error-row-missing"]);
    assert_eq!(
        answer(asked.clone(), &both),
        Some(Answer::Grid(BTreeMap::from([
            row("day", "safe"),
            row("night", "unsafe")
        ])))
    );
    assert_eq!(
        errors(asked.clone(), &[("q-day", "dunno"), ("q-night", "safe")]),
        ["q-day: error-unknown-choice"]
    );
    assert_eq!(
        answer(asked.clone(), &[("q-declined", "1")]),
        Some(Answer::Declined)
    );
    assert_eq!(
        errors(asked, &[("q-declined", "1"), ("q-day", "safe")]),
        ["q-declined: error-declined-with-answer"]
    );
}

#[test]
fn a_scale_takes_its_points_and_dont_know_where_offered() {
    let asked = |dont_know| question("q", scale(-2, 10, dont_know));
    assert_eq!(
        answer(asked(false), &[("q", "-2")]),
        Some(Answer::Number(-2))
    );
    assert_eq!(
        answer(asked(true), &[("q", "_dont_know")]),
        Some(Answer::DontKnow)
    );
    for value in ["11", "-3", "1.5", "_dont_know", "99999999999999999999"] {
        assert_eq!(
            errors(asked(false), &[("q", value)]),
            ["q: error-unknown-choice"]
        );
    }
}

#[test]
fn a_ranking_has_neither_gaps_nor_repeats() {
    let asked = question("q", ranking(&["a", "b", "c"], 3, Some(2)));
    assert_eq!(
        answer(
            asked.clone(),
            &[("q-1", "c"), ("q-2", "a"), ("q-3", ""), ("q-4", "b")]
        ),
        Some(Answer::Ranked(vec![code("c"), code("a")]))
    );
    assert_eq!(
        errors(asked.clone(), &[("q-3", "a")]),
        ["q-1: error-rank-gap", "q-2: error-rank-gap"]
    );
    assert_eq!(
        errors(asked.clone(), &[("q-1", "a"), ("q-2", "a")]),
        ["q-2: error-rank-repeated"]
    );
    assert_eq!(
        errors(asked.clone(), &[("q-1", "a")]),
        ["q-2: error-rank-too-few"]
    );
    assert_eq!(
        errors(asked.clone(), &[("q-1", "a"), ("q-2", "z")]),
        ["q-2: error-unknown-choice"]
    );
    let problem = decode(vec![asked], &[("q-2", "a")])
        .errors
        .remove(0)
        .problem;
    assert_eq!(problem, Problem::RankGap { place: 1 });
}

#[test]
fn a_budget_adds_up() {
    let asked = question("q", budget(&["a", "b", "c"], 1000));
    assert_eq!(
        answer(
            asked.clone(),
            &[("q-a", " £1,000.00 "), ("q-b", ""), ("q-c", "0")]
        ),
        Some(Answer::Shares(BTreeMap::from([
            (code("a"), 1000),
            (code("b"), 0),
            (code("c"), 0)
        ])))
    );
    assert_eq!(answer(asked.clone(), &[("q-a", ""), ("q-b", " ")]), None);
    for (typed, expected) in [
        ("900", "q-a: error-shares-sum"),
        ("0", "q-a: error-shares-sum"),
        ("1001", "q-a: error-share-too-big"),
        ("99999999999999999999999", "q-a: error-share-too-big"),
        ("-1", "q-a: error-share-not-whole"),
        ("1.5", "q-a: error-share-not-whole"),
        ("half", "q-a: error-share-not-whole"),
    ] {
        assert_eq!(
            errors(asked.clone(), &[("q-a", typed)]),
            [expected],
            "{typed}"
        );
    }
    let problem = decode(vec![asked], &[("q-b", "900")])
        .errors
        .remove(0)
        .problem;
    let (total, given, unit) = (1000, 900, Unit::Pounds);
    assert_eq!(problem, Problem::SharesSum { total, given, unit });
}

#[test]
fn numbers_are_read_as_people_type_them() {
    let asked = |min, max| question("q", number(min, max));
    for (typed, read) in [
        ("12", 12),
        (" 1 200 ", 1200),
        ("£1,200", 1200),
        ("-£5", -5),
        ("£-5", -5),
        ("−5", -5),
        ("+5", 5),
        ("007", 7),
        ("5.00", 5),
        ("40%", 40),
        ("-0", 0),
    ] {
        let read = Some(Answer::Number(read));
        assert_eq!(answer(asked(None, None), &[("q", typed)]), read, "{typed}");
    }
    for (typed, expected) in [
        ("twelve", "q: error-not-number"),
        ("-", "q: error-not-number"),
        ("£", "q: error-not-number"),
        (".", "q: error-not-number"),
        ("1.2.3", "q: error-not-number"),
        ("--1", "q: error-not-number"),
        ("１２", "q: error-not-number"),
        ("1.5", "q: error-not-whole"),
        ("9999999999999999", "q: error-number-too-high"),
        ("-9999999999999999999999", "q: error-number-too-low"),
    ] {
        assert_eq!(
            errors(asked(None, None), &[("q", typed)]),
            [expected],
            "{typed}"
        );
    }
    assert_eq!(
        errors(asked(Some(16), None), &[("q", "15")]),
        ["q: error-number-too-low"]
    );
    assert_eq!(
        errors(asked(None, Some(90)), &[("q", "91")]),
        ["q: error-number-too-high"]
    );
    assert_eq!(
        errors(asked(Some(16), Some(90)), &[("q", "91")]),
        ["q: error-number-outside"]
    );
    assert_eq!(
        answer(asked(Some(16), Some(90)), &[("q", "90")]),
        Some(Answer::Number(90))
    );
}

#[test]
fn texts_are_measured_as_people_count_and_cleaned() {
    let long = |max| question("q", long_text(max));
    let family = "👨‍👩‍👧‍👦";
    assert_eq!(
        text_of(long(2), &[("q", &family.repeat(2))]),
        Some(family.repeat(2))
    );
    assert_eq!(
        errors(long(2), &[("q", &family.repeat(3))]),
        ["q: error-too-long"]
    );
    assert_eq!(
        text_of(long(3), &[("q", "a\r\nb")]),
        Some("a\nb".to_owned())
    );
    assert_eq!(errors(long(2), &[("q", "a\r\nb")]), ["q: error-too-long"]);
    assert_eq!(
        text_of(long(99), &[("q", "\n a\0\u{7}\u{202E}b\tc\rd \r\n")]),
        Some("ab\tc\nd".to_owned())
    );
    assert_eq!(text_of(long(99), &[("q", "\u{200B}\0 \u{FEFF}\n")]), None);
    let stacked = format!("a{}", "\u{301}".repeat(100));
    assert_eq!(errors(long(2), &[("q", &stacked)]), ["q: error-too-long"]);
    let short = question("q", short_text(9)).private();
    assert_eq!(
        text_of(short.clone(), &[("q", "a\r\nb")]),
        Some("a b".to_owned())
    );
    assert_eq!(answer(short.clone(), &[("q", "a")]), Some(Answer::Text));
    assert_eq!(
        answer(short.clone(), &[("q-declined", "1")]),
        Some(Answer::Declined)
    );
    assert_eq!(text_of(short.clone(), &[("q-declined", "1")]), None);
    assert_eq!(
        errors(short, &[("q-declined", "1"), ("q", "a")]),
        ["q-declined: error-declined-with-answer"]
    );
}

#[test]
fn dates_are_real_and_within_limits() {
    let limit = |day: &str| Some(day.parse().unwrap());
    let asked = |min, max| question("q", Kind::Date { min, max });
    let typed = |day, month, year| [("q-day", day), ("q-month", month), ("q-year", year)];
    assert_eq!(
        answer(asked(None, None), &typed(" 07", "3", "2026")),
        Some(Answer::Date("2026-03-07".parse().unwrap()))
    );
    for (pairs, expected) in [
        (typed("", "3", "2026"), "q-day: error-date-incomplete"),
        (typed("7", "", "2026"), "q-month: error-date-incomplete"),
        (typed("7", "3", ""), "q-year: error-date-incomplete"),
        (typed("7", "", ""), "q-month: error-date-incomplete"),
        (typed("30", "2", "2026"), "q-day: error-date-not-real"),
        (typed("32", "1", "2026"), "q-day: error-date-not-real"),
        (typed("1", "13", "2026"), "q-month: error-date-not-real"),
        (typed("x", "1", "2026"), "q-day: error-date-not-real"),
        (typed("-1", "1", "2026"), "q-day: error-date-not-real"),
        (typed("1", "1", "26"), "q-year: error-date-year"),
        (typed("1", "1", "20266"), "q-year: error-date-year"),
    ] {
        assert_eq!(errors(asked(None, None), &pairs), [expected], "{pairs:?}");
    }
    let (min, max) = (limit("2026-01-01"), limit("2026-12-31"));
    let early = typed("31", "12", "2025");
    let late = typed("1", "1", "2027");
    assert_eq!(
        errors(asked(min, None), &early),
        ["q-day: error-date-too-early"]
    );
    assert_eq!(
        errors(asked(None, max), &late),
        ["q-day: error-date-too-late"]
    );
    assert_eq!(
        errors(asked(min, max), &late),
        ["q-day: error-date-outside"]
    );
    let missing = MissingParts {
        day: false,
        month: true,
        year: true,
    };
    assert_eq!(missing.name(), "month-year");
}

#[test]
fn email_addresses_look_like_one() {
    let asked = question("q", Kind::Email {});
    assert_eq!(
        text_of(asked.clone(), &[("q", " a@example.com ")]),
        Some("a@example.com".to_owned())
    );
    for typed in [
        "a",
        "a@",
        "a b@example.com",
        "a@example.com\nBcc: b@example.com",
    ] {
        assert_eq!(errors(asked.clone(), &[("q", typed)]), ["q: error-email"]);
    }
}

fn postcode(outside: bool) -> Question {
    let outside = outside.then(|| text("I live elsewhere"));
    question("q", Kind::Postcode { outside })
}

#[test]
fn a_typed_postcode_becomes_an_area_to_be_confirmed_and_is_forgotten() {
    let decoded = decode(vec![postcode(false)], &[("q-postcode", "aa1 1xy")]);
    assert_eq!(decoded.answers[&key("q")], Some(Answer::One(code("north"))));
    assert_eq!(decoded.needs_confirmation, BTreeSet::from([key("q")]));
    assert!(decoded.is_valid() && decoded.texts.is_empty());
    assert!(!format!("{decoded:?}").to_lowercase().contains("aa1"));

    let again = decode(
        vec![postcode(false)],
        &[("q", "north"), ("q-postcode", "AA11XY")],
    );
    assert!(again.needs_confirmation.is_empty());
    let other = decode(
        vec![postcode(false)],
        &[("q", "north"), ("q-postcode", "AA21XY")],
    );
    assert_eq!(other.answers[&key("q")], Some(Answer::One(code("south"))));
    assert_eq!(other.needs_confirmation.len(), 1);

    let mut sent = form(&[("q", "south"), ("q-postcode", "aa11xy"), ("other", "x")]);
    sent.choose_area(&key("q"), &code("north"));
    assert_eq!(sent, form(&[("other", "x"), ("q", "north")]));
}

#[test]
fn a_postcode_that_gives_no_area_says_why() {
    for (typed, expected) in [
        ("here", "q-postcode: error-postcode-malformed"),
        ("AA9 9AA", "q-postcode: error-postcode-unknown"),
        ("ZZ1 1AA", "q-postcode: error-postcode-outside-only"),
    ] {
        assert_eq!(
            errors(postcode(false), &[("q-postcode", typed)]),
            [expected]
        );
        let chosen = [("q-postcode", typed), ("q", "north")];
        assert_eq!(errors(postcode(false), &chosen), [expected]);
    }
    let outside = [("q-postcode", "ZZ1 1AA")];
    assert_eq!(
        errors(postcode(true), &outside),
        ["q-postcode: error-postcode-outside"]
    );
    let chosen = [("q-postcode", "ZZ1 1AA"), ("q", "outside")];
    assert_eq!(
        answer(postcode(true), &chosen),
        Some(Answer::One(code("outside")))
    );
    let declined = [("q-postcode", "AA1 1AA"), ("q", "_declined")];
    assert_eq!(
        answer(postcode(true).private(), &declined),
        Some(Answer::Declined)
    );
    assert_eq!(
        find_area(&postcode(true), " ", &TwoAreas),
        Err(Problem::Required(Ask::GivePostcode))
    );
    assert_eq!(
        find_area(&postcode(true), "AA2", &TwoAreas),
        Ok(code("south"))
    );
}

#[test]
fn an_area_is_one_of_the_place_or_outside_where_offered() {
    let asked = |outside: bool| {
        let outside = outside.then(|| text("Elsewhere"));
        question("q", Kind::Area { outside })
    };
    for question in [asked(true), postcode(true)] {
        let given = answer(question.clone(), &[("q", "south")]);
        assert_eq!(given, Some(Answer::One(code("south"))));
        let given = answer(question.clone(), &[("q", "outside")]);
        assert_eq!(given, Some(Answer::One(code("outside"))));
        assert_eq!(
            errors(question, &[("q", "moon")]),
            ["q: error-unknown-choice"]
        );
    }
    assert_eq!(
        errors(asked(false), &[("q", "outside")]),
        ["q: error-unknown-choice"]
    );
    assert_eq!(
        errors(postcode(false), &[("q", "outside")]),
        ["q: error-unknown-choice"]
    );
}

#[test]
fn what_is_not_shown_is_ignored_and_decodes_to_nothing() {
    let inner = question("inner", short_text(9)).required();
    let outer = question(
        "outer",
        single(vec![choice("a").revealing(inner), choice("b")]),
    );
    let hidden = question("hidden", number(None, None)).required();
    let hidden = hidden.shown_when(is("first", &["yes"]));
    let later = question("later", Kind::Email {}).shown_when(is("outer", &["b"]));
    let questions = vec![outer, hidden, later];
    let sent = [
        ("outer", "b"),
        ("inner", "x"),
        ("hidden", "many"),
        ("later", "a@example.com"),
        ("nonsense", "y"),
    ];

    let decoded = decode(questions.clone(), &sent);
    assert_eq!(decoded.errors, []);
    let given: Vec<_> = decoded
        .answers
        .iter()
        .map(|(k, a)| (k.as_str(), a.is_some()))
        .collect();
    let expected = [
        ("hidden", false),
        ("inner", false),
        ("later", true),
        ("outer", true),
    ];
    assert_eq!(given, expected);
    let texts: Vec<_> = decoded.texts.values().map(Option::is_some).collect();
    assert_eq!(texts, [false, true]);

    let mut before = Answers::default();
    before.values.insert(key("first"), Answer::One(code("yes")));
    // An answer on this page that was saved before decides nothing: what is sent now does.
    before.values.insert(key("outer"), Answer::One(code("b")));
    let decoded = decode_after(&before, questions, &[("outer", "a"), ("later", "b")]);
    let wrong: Vec<_> = decoded
        .errors
        .iter()
        .map(|error| error.question.as_str())
        .collect();
    assert_eq!(wrong, ["inner", "hidden"]);
    decoded.merge_into(&mut before);
    assert_eq!(before.values[&key("outer")], Answer::One(code("a")));
}

#[test]
fn merging_replaces_what_the_page_says_and_keeps_what_it_has_wrong() {
    let questions = || {
        vec![
            question("a", number(None, Some(9))),
            question("b", short_text(9)),
        ]
    };
    let mut answers = Answers::default();
    decode(questions(), &[("a", "5"), ("b", "words")]).merge_into(&mut answers);
    assert_eq!((answers.values.len(), answers.texts.len()), (2, 1));
    decode(questions(), &[("a", "10"), ("b", "")]).merge_into(&mut answers);
    assert_eq!(
        answers.values,
        BTreeMap::from([(key("a"), Answer::Number(5))])
    );
    assert!(answers.texts.is_empty());
}
