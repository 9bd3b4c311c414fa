//! Any answers survive a form, a document and storage; and nothing that is sent brings the decoder down.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::{collection::vec, prelude::*, sample::subsequence};
use uuid::Uuid;

use super::{
    answers::{
        Answer, Answers, DecodeContext, Form, PageDecoded, TextKey, UnpackError, decode_page,
        encode_page, pack, shown_orders, unpack, unpack_orders,
    },
    build::*,
    definition::{Definition, Kind, Question},
    ids::Code,
};

fn every_kind() -> Definition {
    let outside = || Some(text("Elsewhere"));
    let some = || choices(&["a", "b", "c"]);
    let mut with_other = some();
    with_other.push(choice("o").with_other());
    let revealed = question("revealed", short_text(50));
    let mut revealing = some();
    revealing.push(choice("r").revealing(revealed));
    let questions = vec![
        question("single", single(with_other.clone())).private(),
        question("revealing", single(revealing)),
        question("multiple", multiple(with_other, None, Some(4)))
            .private()
            .sensitive(),
        question("grid", grid(&["a", "b", "c"], &["x", "y"])).private(),
        question("scale", scale(-2, 10, true)),
        question("ranking", ranking(&["a", "b", "c", "d"], 3, None)).private(),
        question("budget", budget(&["a", "b", "c"], 100)).private(),
        question("number", number(Some(-5000), None)).private(),
        question("short", short_text(50)).private(),
        question("long", long_text(200)).private().sensitive(),
        question(
            "day",
            Kind::Date {
                min: None,
                max: None,
            },
        )
        .private(),
        question("email", Kind::Email {}),
        question("postcode", Kind::Postcode { outside: outside() }).private(),
        question("area", Kind::Area { outside: outside() }),
        question("words", information()),
    ];
    definition(vec![vec![page("all", questions)]])
}

fn decode(definition: &Definition, form: &Form) -> PageDecoded {
    let context = DecodeContext {
        definition,
        areas: &TwoAreas,
        page: &definition.sections[0].pages[0],
        before: &Answers::default(),
        seed: Uuid::nil(),
    };
    decode_page(&context, form)
}

fn codes(names: &'static [&'static str]) -> impl Strategy<Value = Vec<Code>> {
    subsequence(names, 1..=names.len())
        .prop_shuffle()
        .prop_map(|names| names.into_iter().map(code).collect())
}

fn one(names: &'static [&'static str]) -> BoxedStrategy<Answer> {
    prop::sample::select(names)
        .prop_map(|name| Answer::One(code(name)))
        .boxed()
}

/// An answer of the right shape for a question.
fn answer(question: &Question) -> BoxedStrategy<Answer> {
    let valid = match question.key.as_str() {
        "single" => one(&["a", "b", "c", "o"]),
        "revealing" => one(&["a", "r"]),
        "postcode" | "area" => one(&["north", "south", "outside"]),
        "multiple" => codes(&["a", "b", "c", "o"])
            .prop_map(|codes| Answer::Many(codes.into_iter().collect()))
            .boxed(),
        "grid" => (codes(&["a", "b", "c"]), vec(prop::bool::ANY, 3))
            .prop_map(|(rows, columns)| {
                let columns = columns.into_iter().map(|x| code(if x { "x" } else { "y" }));
                Answer::Grid(rows.into_iter().zip(columns).collect())
            })
            .boxed(),
        "scale" => prop_oneof![
            (-2..=10i64).prop_map(Answer::Number),
            Just(Answer::DontKnow)
        ]
        .boxed(),
        "ranking" => codes(&["a", "b", "c", "d"])
            .prop_map(|items| Answer::Ranked(items.into_iter().take(3).collect()))
            .boxed(),
        "budget" => (0..=100u32, 0..=100u32)
            .prop_map(|(x, y)| {
                let (low, high) = (x.min(y), x.max(y));
                let shares = [("a", low), ("b", high - low), ("c", 100 - high)];
                Answer::Shares(shares.map(|(item, share)| (code(item), share)).into())
            })
            .boxed(),
        "number" => (-5000..=999_999_999_999_999i64)
            .prop_map(Answer::Number)
            .boxed(),
        "day" => (1..=9999i16, 1..=12i8, 1..=28i8)
            .prop_map(|(year, month, day)| Answer::Date(jiff::civil::date(year, month, day)))
            .boxed(),
        _ => Just(Answer::Text).boxed(),
    };
    if question.prefer_not_to_say {
        prop_oneof![9 => valid, 1 => Just(Answer::Declined)].boxed()
    } else {
        valid
    }
}

fn words() -> impl Strategy<Value = String> {
    "[!-~é👍🏽ก]([ -~é👍🏽ก]{0,8}[!-~é👍🏽ก])?"
}

/// Valid answers to any of the questions of [`every_kind`].
fn answers() -> impl Strategy<Value = Answers> {
    let definition = every_kind();
    let asked: Vec<Question> = definition
        .questions()
        .filter(|q| q.asks())
        .cloned()
        .collect();
    let values: Vec<_> = asked.iter().map(|q| prop::option::of(answer(q))).collect();
    (values, vec(words(), 8), "[a-z]{1,9}@example\\.com").prop_map(move |(values, words, email)| {
        let mut answers = Answers::default();
        let mut words = words.into_iter();
        for (question, value) in asked.iter().zip(values) {
            let Some(value) = value else { continue };
            let revealed = matches!(answers.values.get(&key("revealing")), Some(Answer::One(c)) if c.as_str() == "r");
            if question.key.as_str() == "revealed" && !revealed {
                continue;
            }
            let other = super::evaluate::chooses(&value, &code("o")).then(|| Some(code("o")));
            let own = (value == Answer::Text).then_some(None);
            if let Some(code) = own.or(other) {
                let text = match question.kind {
                    Kind::Email {} => email.clone(),
                    Kind::LongText { .. } => format!("{}\n\n{}", words.next().unwrap(), words.next().unwrap()),
                    _ => words.next().unwrap(),
                };
                let question = question.key.clone();
                answers.texts.insert(TextKey { question, code }, text);
            }
            answers.values.insert(question.key.clone(), value);
        }
        answers
    })
}

/// Names a form may have, and others.
fn name() -> impl Strategy<Value = String> {
    let definition = every_kind();
    let mut names: Vec<String> = Vec::new();
    for question in definition.questions() {
        let parts = [
            "", "-1", "-2", "-3", "-a", "-b", "-c", "-day", "-month", "-year",
        ];
        let more = ["-declined", "-postcode", "-o-text"];
        names.extend(
            parts
                .iter()
                .chain(&more)
                .map(|part| format!("{}{part}", question.key)),
        );
    }
    prop_oneof![9 => prop::sample::select(names), 1 => any::<String>()]
}

fn value() -> impl Strategy<Value = String> {
    let likely = vec![
        "",
        "a",
        "b",
        "o",
        "r",
        "x",
        "1",
        "-2",
        "100",
        "2026",
        "_declined",
        "_dont_know",
        "outside",
        "north",
        "AA1 1AA",
        "£",
        "1,0",
        "a@b.c",
        "\r\n",
        "\0",
    ];
    prop_oneof![
        3 => prop::sample::select(likely).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => any::<i128>().prop_map(|number| number.to_string()),
    ]
}

proptest! {
    #[test]
    fn decoding_undoes_encoding(answers in answers()) {
        let definition = every_kind();
        let page = &definition.sections[0].pages[0];
        let form = Form::new(encode_page(&definition, &answers, page));
        let decoded = decode(&definition, &form);
        prop_assert_eq!(&decoded.errors, &vec![]);
        prop_assert!(decoded.needs_confirmation.is_empty());
        let mut again = Answers::default();
        decoded.merge_into(&mut again);
        prop_assert_eq!(again, answers);
    }

    #[test]
    fn whatever_is_sent_is_read_and_what_is_kept_can_be_sent_again(
        pairs in vec((name(), value()), 0..40)
    ) {
        let definition = every_kind();
        let page = &definition.sections[0].pages[0];
        let decoded = decode(&definition, &Form::new(pairs));
        for error in &decoded.errors {
            prop_assert!(!decoded.answers.contains_key(&error.question));
            let _ = error.phrase(&definition, &en());
        }
        let mut kept = Answers::default();
        decoded.merge_into(&mut kept);
        // What a question in error reveals is kept apart from it: only whole pages are sent again.
        if decoded.is_valid() {
            let again = decode(&definition, &Form::new(encode_page(&definition, &kept, page)));
            let mut same = Answers::default();
            again.merge_into(&mut same);
            prop_assert_eq!(&again.errors, &vec![]);
            prop_assert_eq!(same, kept);
        }
    }

    #[test]
    fn unpacking_undoes_packing(answers in answers()) {
        let packed = pack(&every_kind(), &answers, &BTreeMap::new());
        let texts = packed.texts.iter().map(|text| (text.key.clone(), text.text.clone()));
        let again = unpack(&packed.document, packed.sensitive.as_deref(), texts).unwrap();
        prop_assert_eq!(&again, &answers);
        for text in answers.texts.values().filter(|text| text.len() > 9) {
            prop_assert!(!packed.document.contains(text.as_str()));
        }
        let sensitive = BTreeSet::from(["multiple", "long"]);
        for text in &packed.texts {
            prop_assert_eq!(text.sensitive, sensitive.contains(text.key.question.as_str()));
        }
        let open = unpack(&packed.document, None, []).unwrap();
        prop_assert!(open.values.keys().all(|key| !sensitive.contains(key.as_str())));
    }

    #[test]
    fn damaged_documents_are_errors(document in any::<String>()) {
        prop_assert!(unpack(&document, None, []).is_err());
    }
}

#[test]
fn a_document_is_short_and_its_form_is_pinned() {
    let mut answers = Answers::default();
    for (name, value) in [
        ("single", Answer::One(code("o"))),
        ("grid", Answer::Grid([(code("a"), code("x"))].into())),
        ("scale", Answer::Number(7)),
        ("ranking", Answer::Ranked(vec![code("b"), code("a")])),
        ("budget", Answer::Shares([(code("a"), 100)].into())),
        ("day", Answer::Date(jiff::civil::date(2026, 3, 1))),
        ("email", Answer::Text),
        ("number", Answer::Declined),
        ("multiple", Answer::Many([code("b"), code("a")].into())),
    ] {
        answers.values.insert(key(name), value);
    }
    let orders = BTreeMap::from([(key("ranking"), vec![2, 0, 1])]);
    let packed = pack(&every_kind(), &answers, &orders);
    assert_eq!(
        packed.document,
        concat!(
            r#"{"f":1,"a":{"budget":{"s":{"a":100}},"day":{"d":"2026-03-01"},"email":"_text","#,
            r#""grid":{"g":{"a":"x"}},"number":"_declined","ranking":{"r":["b","a"]},"#,
            r#""scale":7,"single":"o"},"o":{"ranking":[2,0,1]}}"#
        )
    );
    assert_eq!(
        packed.sensitive.as_deref(),
        Some(r#"{"f":1,"a":{"multiple":["a","b"]}}"#)
    );
    assert_eq!(unpack_orders(&packed.document).unwrap(), orders);
}

#[test]
fn documents_of_other_formats_are_refused_by_number_and_damage_is_not_quoted() {
    for document in [r#"{"f":2,"a":{}}"#, r#"{"f":2,"b":[]}"#] {
        let error = unpack(document, None, []).unwrap_err();
        assert_eq!(error, UnpackError::UnknownFormat { found: 2 });
    }
    for damaged in [
        "",
        "{}",
        r#"{"f":1}"#,
        r#"{"f":1,"a":{"secret":{"q":1}}}"#,
        r#"{"f":1,"a":{"secret":{}}}"#,
        r#"{"f":1,"a":{"secret":{"r":["a"],"g":{}}}}"#,
        r#"{"f":1,"a":{"secret":"_secret"}}"#,
        r#"{"f":1,"a":{"secret":99999999999999999999}}"#,
    ] {
        let error = unpack(damaged, None, []).unwrap_err();
        assert!(matches!(error, UnpackError::Damaged { .. }), "{damaged}");
        assert!(!error.to_string().contains("secret"));
    }
}

#[test]
fn the_orders_shown_are_recorded_for_what_was_answered() {
    let mut definition = every_kind();
    for question in &mut definition.sections[0].pages[0].questions {
        if let Kind::Grid { shuffle, .. } | Kind::Ranking { shuffle, .. } = &mut question.kind {
            *shuffle = true;
        }
    }
    let mut answers = Answers::default();
    answers.values.insert(key("ranking"), Answer::Declined);
    answers.values.insert(key("scale"), Answer::DontKnow);
    let seed = Uuid::from_u128(7);
    let orders = shown_orders(&definition, &answers, &seed);
    assert_eq!(orders.keys().collect::<Vec<_>>(), [&key("ranking")]);
    let question = definition.question(&key("ranking")).unwrap();
    let shown = super::shuffle::choices(&seed, question);
    for (position, choice) in orders[&key("ranking")].iter().zip(shown) {
        assert_eq!(question.choices()[usize::from(*position)].code, choice.code);
    }
}
