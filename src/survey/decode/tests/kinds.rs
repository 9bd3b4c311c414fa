//! What each kind of question reads and refuses.

use std::collections::BTreeMap;

use super::*;

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

#[test]
fn errors_about_a_whole_question_link_to_the_first_field_as_shuffled() {
    let names = ["a", "b", "c", "d", "e"];
    let mut asked = question("q", budget(&names, 100)).required();
    let Kind::Budget { shuffle, .. } = &mut asked.kind else {
        unreachable!()
    };
    *shuffle = true;
    let definition = definition(vec![vec![page("one", vec![asked.clone()])]]);
    let links = (0..40).map(|n| {
        let seed = Uuid::from_u128(n);
        let context = DecodeContext {
            definition: &definition,
            areas: &TwoAreas,
            page: &definition.sections[0].pages[0],
            before: &Answers::default(),
            seed,
        };
        let field = decode_page(&context, &Form::default())
            .errors
            .remove(0)
            .field;
        let first = crate::survey::shuffle::choices(&seed, &asked)[0];
        assert_eq!(field, format!("q-{}", first.code));
        field
    });
    assert_eq!(links.collect::<BTreeSet<_>>().len(), names.len());
}
