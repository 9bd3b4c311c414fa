//! Areas and postcodes; pages as a whole: what is shown, and what is merged.

use std::collections::BTreeMap;

use super::*;

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

    assert!(!format!("{:?}", form(&[("q-postcode", "aa1 1xy")])).contains("aa1"));
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
