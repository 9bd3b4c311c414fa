//! Answers and errors in words: the right message with the right arguments, and every message is in the files.
#![allow(clippy::unwrap_used)]

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

use super::{
    answers::{Answer, Answers, FieldError, Problem, TextKey},
    build::*,
    definition::{Kind, Question, Unit},
    display::{Words, answer_words},
    message::{Arg, Message, Phrase},
    problem::{Ask, MissingParts},
};

fn bundle() -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec!["en".parse().unwrap()]);
    bundle.set_use_isolating(false);
    for file in [
        include_str!("../../assets/locales/en/errors.ftl"),
        include_str!("../../assets/locales/en/answers.ftl"),
    ] {
        bundle
            .add_resource(FluentResource::try_new(file.to_owned()).unwrap())
            .unwrap();
    }
    bundle
}

/// Says a message in English; fails where it, or an argument, is missing.
fn say(bundle: &FluentBundle<FluentResource>, message: &Message) -> String {
    let mut args = FluentArgs::new();
    for (name, arg) in &message.args {
        let value: FluentValue<'_> = match arg {
            Arg::Number(number) => (*number).into(),
            Arg::Words(words) => words.clone().into(),
            Arg::Message(inner) => say(bundle, inner).into(),
        };
        args.set(*name, value);
    }
    let pattern = bundle
        .get_message(message.id)
        .unwrap_or_else(|| panic!("{} is missing", message.id));
    let mut errors = Vec::new();
    let said = bundle
        .format_pattern(pattern.value().unwrap(), Some(&args), &mut errors)
        .into_owned();
    assert!(errors.is_empty(), "{}: {errors:?}", message.id);
    said
}

fn said(phrase: &Phrase) -> String {
    match phrase {
        Phrase::Words(words) => words.clone(),
        Phrase::Message(message) => say(&bundle(), message),
    }
}

fn error(question: Question, problem: Problem) -> String {
    let definition = definition(vec![vec![page("p", vec![question])]]);
    let error = FieldError {
        field: "q".to_owned(),
        question: key("q"),
        problem,
    };
    said(&error.phrase(&definition, &en()))
}

#[test]
fn every_problem_has_a_sentence_that_names_what_it_is_about() {
    let asked = || question("q", multiple(choices(&["a", "b"]), None, None));
    let postcode = question(
        "q",
        Kind::Postcode {
            outside: Some(text("I live elsewhere")),
        },
    );
    let (choice, item, row) = (code("a"), code("a"), code("a"));
    let unit = Unit::Pounds;
    let (min, max) = ("2026-01-31".parse().unwrap(), "2026-12-01".parse().unwrap());
    let missing = MissingParts {
        day: true,
        month: true,
        year: false,
    };
    for (problem, expected) in [
        (
            Problem::Required(Ask::Select),
            "Select an answer for “About q”",
        ),
        (
            Problem::Required(Ask::SelectSome),
            "Select at least one answer for “About q”",
        ),
        (
            Problem::Required(Ask::Write),
            "Enter your answer to “About q”",
        ),
        (
            Problem::Required(Ask::WriteNumber),
            "Enter a number for “About q”",
        ),
        (
            Problem::Required(Ask::GiveDate),
            "Enter a date for “About q”",
        ),
        (
            Problem::Required(Ask::GiveEmail),
            "Enter an email address for “About q”",
        ),
        (
            Problem::Required(Ask::GivePostcode),
            "Enter your postcode, or choose your area from the list",
        ),
        (
            Problem::Required(Ask::SelectRows),
            "Select an answer on each line of “About q”",
        ),
        (
            Problem::Required(Ask::Rank),
            "Select your first choice for “About q”",
        ),
        (
            Problem::Required(Ask::Share),
            "Enter how you would share it out in “About q”",
        ),
        (Problem::RowMissing { row }, "Select an answer for “The a”"),
        (
            Problem::UnknownChoice,
            "Select one of the answers shown for “About q”",
        ),
        (
            Problem::DeclinedWithAnswer,
            "Answer “About q” or select “Prefer not to say”, but not both",
        ),
        (
            Problem::ExclusiveWithOthers {
                choice: choice.clone(),
            },
            "Select “The a” or other answers, but not both",
        ),
        (
            Problem::TooFew { min: 2 },
            "Select at least 2 answers for “About q”",
        ),
        (
            Problem::TooMany { max: 1 },
            "Select only 1 answer for “About q”",
        ),
        (
            Problem::OtherMissing {
                choice: choice.clone(),
            },
            "You selected “The a” for “About q”. Enter what you mean",
        ),
        (
            Problem::OtherTooLong { choice, max: 200 },
            "What you wrote for “The a” must be 200 characters or fewer",
        ),
        (
            Problem::RankGap { place: 2 },
            "Select your second choice for “About q”. You have selected a later one",
        ),
        (
            Problem::RankGap { place: 4 },
            "Select your choice number 4 for “About q”. You have selected a later one",
        ),
        (
            Problem::RankRepeated { item: item.clone() },
            "You selected “The a” more than once. Select something else",
        ),
        (
            Problem::RankTooFew { min: 1 },
            "Select at least 1 choice for “About q”",
        ),
        (
            Problem::ShareNotWhole { item: item.clone() },
            "“The a” must be a whole number, like 20",
        ),
        (
            Problem::ShareTooBig {
                item,
                total: 100,
                unit,
            },
            "“The a” must be £100 or less",
        ),
        (
            Problem::SharesSum {
                total: 100,
                given: 90,
                unit: Unit::Percent,
            },
            "Your amounts for “About q” add up to 90%. They must add up to 100%",
        ),
        (Problem::NotNumber, "“About q” must be a number"),
        (Problem::NotWhole, "“About q” must be a whole number"),
        (
            Problem::NumberTooLow { min: 16 },
            "“About q” must be 16 or more",
        ),
        (
            Problem::NumberTooHigh { max: 90 },
            "“About q” must be 90 or less",
        ),
        (
            Problem::NumberOutside {
                min: 1900,
                max: 2010,
            },
            "“About q” must be between 1900 and 2010",
        ),
        (
            Problem::TooLong { max: 50 },
            "“About q” must be 50 characters or fewer",
        ),
        (
            Problem::DateIncomplete(missing),
            "“About q” must include a day and month",
        ),
        (
            Problem::DateYear,
            "The year in “About q” must have 4 numbers",
        ),
        (Problem::DateNotReal, "“About q” must be a real date"),
        (
            Problem::DateTooEarly { min },
            "“About q” must be 31 January 2026 or later",
        ),
        (
            Problem::DateTooLate { max },
            "“About q” must be 1 December 2026 or earlier",
        ),
        (
            Problem::DateOutside { min, max },
            "“About q” must be between 31 January 2026 and 1 December 2026",
        ),
        (
            Problem::EmailMalformed,
            "“About q” must be an email address, like name@example.com",
        ),
        (
            Problem::PostcodeMalformed,
            "Enter a full UK postcode, or choose your area from the list",
        ),
        (
            Problem::PostcodeUnknown,
            "We cannot find that postcode. Check it, or choose your area from the list",
        ),
        (
            Problem::PostcodeOutside { offered: false },
            "That postcode is outside our area. Check it, or choose your area from the list",
        ),
    ] {
        let missing = problem.is_missing();
        assert_eq!(error(asked(), problem.clone()), expected);
        let mut own = asked();
        own.required_message = Some(text("Tell us about it"));
        let has_own = missing && problem.code().is_none();
        assert_eq!(
            error(own, problem) == "Tell us about it",
            has_own,
            "{expected}"
        );
    }
    assert_eq!(
        error(postcode, Problem::PostcodeOutside { offered: true }),
        "That postcode is outside our area. Check it, or select “I live elsewhere”"
    );
}

/// An answer as said: lines, or "left: right" pairs.
fn shown(question: Question, answer: Answer, texts: &[(Option<&str>, &str)]) -> Vec<String> {
    let mut answers = Answers::default();
    answers.values.insert(key("q"), answer);
    for (choice, words) in texts {
        let key = TextKey {
            question: key("q"),
            code: choice.map(code),
        };
        answers.texts.insert(key, (*words).to_owned());
    }
    let definition = definition(vec![vec![page("p", vec![question.clone()])]]);
    let area = |code: &super::ids::Code| (code.as_str() == "north").then(|| "The North".to_owned());
    match answer_words(&definition, &question, &answers, &en(), &area) {
        Words::NotAnswered => vec!["–".to_owned()],
        Words::Lines(lines) => lines.iter().map(said).collect(),
        Words::Pairs(pairs) => pairs
            .iter()
            .map(|(l, r)| format!("{}: {}", said(l), said(r)))
            .collect(),
    }
}

#[test]
fn answers_of_every_kind_have_words() {
    let mut offered = choices(&["b", "a"]);
    offered.push(choice("o").with_other());
    let one = || question("q", single(offered.clone()));
    let many = question("q", multiple(offered.clone(), None, None));
    let area = |outside: Option<&str>| {
        question(
            "q",
            Kind::Area {
                outside: outside.map(text),
            },
        )
    };
    let years = Kind::Number {
        min: None,
        max: None,
        suffix: Some(text("years")),
    };
    let all = [code("a"), code("b"), code("o")];

    assert_eq!(shown(one(), Answer::One(code("a")), &[]), ["The a"]);
    assert_eq!(
        shown(one(), Answer::One(code("o")), &[(Some("o"), "bus")]),
        ["The o: bus"]
    );
    assert_eq!(shown(one(), Answer::Declined, &[]), ["Prefer not to say"]);
    assert_eq!(
        shown(many, Answer::Many(all.into()), &[(Some("o"), "bus")]),
        ["The b", "The a", "The o: bus"]
    );
    let rows = [(code("r"), code("x")), (code("s"), code("y"))];
    let asked = question("q", grid(&["s", "r", "t"], &["x", "y"]));
    assert_eq!(
        shown(asked, Answer::Grid(rows.into()), &[]),
        ["The s: The y", "The r: The x"]
    );
    let ranked = Answer::Ranked(["b", "a", "c", "d"].map(code).into());
    let asked = question("q", ranking(&["a", "b", "c", "d"], 4, None));
    assert_eq!(
        shown(asked, ranked, &[]),
        [
            "First: The b",
            "Second: The a",
            "Third: The c",
            "Number 4: The d"
        ]
    );
    let shares = [(code("a"), 40), (code("b"), 60)];
    let asked = question("q", budget(&["b", "a"], 100));
    assert_eq!(
        shown(asked, Answer::Shares(shares.into()), &[]),
        ["The b: £60", "The a: £40"]
    );
    let asked = || question("q", scale(0, 10, true));
    assert_eq!(shown(asked(), Answer::Number(0), &[]), ["0: Not at all"]);
    assert_eq!(shown(asked(), Answer::Number(7), &[]), ["7"]);
    assert_eq!(shown(asked(), Answer::DontKnow, &[]), ["Don’t know"]);
    assert_eq!(
        shown(question("q", years), Answer::Number(17), &[]),
        ["17 years"]
    );
    assert_eq!(
        shown(question("q", number(None, None)), Answer::Number(1984), &[]),
        ["1984"]
    );
    let asked = question(
        "q",
        Kind::Date {
            min: None,
            max: None,
        },
    );
    assert_eq!(
        shown(asked, Answer::Date(jiff::civil::date(2026, 3, 1)), &[]),
        ["1 March 2026"]
    );
    let asked = || question("q", long_text(99));
    assert_eq!(
        shown(asked(), Answer::Text, &[(None, "One\n\nTwo")]),
        ["One", "", "Two"]
    );
    assert_eq!(shown(asked(), Answer::Text, &[]), ["–"]);
    assert_eq!(
        shown(area(None), Answer::One(code("north")), &[]),
        ["The North"]
    );
    assert_eq!(shown(area(None), Answer::One(code("E07")), &[]), ["E07"]);
    assert_eq!(
        shown(area(None), Answer::One(code("outside")), &[]),
        ["Somewhere else"]
    );
    assert_eq!(
        shown(area(Some("Far")), Answer::One(code("outside")), &[]),
        ["Far"]
    );
}
