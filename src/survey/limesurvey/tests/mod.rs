//! LimeSurvey surveys made into definitions: each type, two languages, routing walked, and what the report tells.
#![allow(clippy::unwrap_used)]

mod damage;

use super::*;
use crate::survey::{
    answers::{Answer, Answers},
    build::{code, en, key, page_key},
    definition::{Kind, Unit},
    ids::Lang,
    journey::{Journey, SavedPages},
    lint::{LintContext, Severity, lint},
};

const EVERY_TYPE: &str = include_str!("../../../../tests/fixtures/limesurvey/every-type.lss");
const TWO_LANGUAGES: &str = include_str!("../../../../tests/fixtures/limesurvey/two-languages.lss");
const VERSION_3: &str = include_str!("../../../../tests/fixtures/limesurvey/version-3.lss");
const LOSSES: &str = include_str!("../../../../tests/fixtures/limesurvey/losses.lss");
const FIXTURES: [&str; 4] = [EVERY_TYPE, TWO_LANGUAGES, VERSION_3, LOSSES];

fn converted(lss: &str) -> Converted {
    convert(lss.as_bytes()).unwrap()
}

fn told(converted: &Converted) -> Vec<String> {
    let notes = converted.report.notes.iter();
    // Made up for every survey.
    let usual = ["who_can_answer", "time_zone", "`minutes`"];
    let sentences = notes.map(ToString::to_string);
    sentences
        .filter(|said| !usual.iter().any(|word| said.contains(word)))
        .collect()
}

fn kind<'a>(converted: &'a Converted, name: &str) -> &'a Kind {
    &converted.definition.question(&key(name)).unwrap().kind
}

#[test]
fn what_comes_out_can_be_published_and_read_again() {
    for lss in FIXTURES {
        let definition = converted(lss).definition;
        let context = LintContext {
            is_area: &|_| false,
        };
        let lints = lint(&definition, &context);
        let errors: Vec<_> = lints
            .iter()
            .filter(|lint| lint.severity == Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
        let yaml = definition.to_yaml().unwrap();
        assert_eq!(Definition::from_yaml(&yaml).unwrap(), definition, "{yaml}");
        let json = definition.to_json().unwrap();
        assert_eq!(Definition::from_json(&json).unwrap(), definition);
    }
}

#[test]
fn each_type_becomes_its_kind() {
    let survey = converted(EVERY_TYPE);
    for (name, wanted) in [
        ("mood", "single"),
        ("town", "single"),
        ("crimes", "multiple"),
        ("seen", "multiple"),
        ("seen_litter_comment", "short_text"),
        ("consent", "single"),
        ("service", "single"),
        ("service_comment", "long_text"),
        ("safe", "grid"),
        ("rate5", "grid"),
        ("rate10", "grid"),
        ("ynu", "grid"),
        ("more", "grid"),
        ("column", "grid"),
        ("age", "number"),
        ("hours_work", "number"),
        ("money", "budget"),
        ("name", "short_text"),
        ("why", "long_text"),
        ("story", "long_text"),
        ("two_b", "short_text"),
        ("day", "date"),
        ("stars", "scale"),
        ("first", "ranking"),
        ("victim", "single"),
        ("gender", "single"),
        ("note", "information"),
        ("visits_r2_c2", "number"),
        ("when_r1", "multiple"),
        ("words_r1_c1", "short_text"),
    ] {
        assert_eq!(kind(&survey, name).name(), wanted, "{name}");
    }
    assert_eq!(
        told(&survey),
        [
            "question consent: its one box to tick is carried over as a choice, with “No” beside it",
            "question service: it is carried over as 2 questions, `service` and on",
            "question hours: it is carried over as 2 questions, `hours_work` and on",
            "question two: it is carried over as 2 questions, `two_a` and on",
            "question stars: `min_label, max_label` is made up, as the file does not say it; write what the ends of the scale mean",
            "question visits: it is carried over as 4 questions, `visits_r1_c1` and on",
            "question words: it is carried over as 2 questions, `words_r1_c1` and on",
            "group \"Choices\": it is carried over as 2 pages, as a page asks four questions at most",
            "group \"Grids\": it is carried over as 2 pages, as a page asks four questions at most",
            "group \"Numbers and words\": it is carried over as 3 pages, as a page asks four questions at most",
            "group \"The rest\": it is carried over as 3 pages, as a page asks four questions at most",
            "question note: question (en): the HTML `em` is not carried over; its words are",
        ]
    );
}

#[test]
fn limits_marks_and_words_of_questions_are_carried_over() {
    let survey = converted(EVERY_TYPE);
    let definition = &survey.definition;
    let mood = definition.question(&key("mood")).unwrap();
    assert!(mood.required);
    assert_eq!(mood.hint.as_ref().unwrap().get(&en(), &en()), "Choose one.");
    assert!(matches!(&mood.kind, Kind::Single { shuffle: true, .. }));
    let other = mood.choices().last().unwrap();
    assert_eq!(other.code, code("other"));
    assert_eq!(
        other.other.as_ref().unwrap().get(&en(), &en()),
        "Something else"
    );
    let crimes = definition.question(&key("crimes")).unwrap();
    assert!(matches!(
        &crimes.kind,
        Kind::Multiple {
            max: Some(2),
            min: None,
            ..
        }
    ));
    let exclusive: Vec<_> = crimes
        .choices()
        .iter()
        .filter(|choice| choice.exclusive)
        .collect();
    assert_eq!(exclusive.len(), 1);
    assert_eq!(exclusive[0].code, code("none"));
    let Kind::Number { min, max, suffix } = kind(&survey, "age") else {
        panic!()
    };
    assert_eq!((*min, *max), (Some(16), Some(120)));
    assert_eq!(suffix.as_ref().unwrap().get(&en(), &en()), "years");
    assert!(matches!(
        kind(&survey, "money"),
        Kind::Budget {
            total: 100,
            unit: Unit::Percent,
            ..
        }
    ));
    assert!(matches!(
        kind(&survey, "first"),
        Kind::Ranking { places: 2, .. }
    ));
    assert!(matches!(
        kind(&survey, "name"),
        Kind::ShortText { max_length: 60 }
    ));
    let Kind::Date { min, max } = kind(&survey, "day") else {
        panic!()
    };
    assert_eq!(min.unwrap().to_string(), "2020-01-01");
    assert_eq!(max.unwrap().to_string(), "2026-12-31");
    assert_eq!(
        definition.overview.what_we_ask.get(&en(), &en()),
        "One of **each**.\n\n- short\n- plain"
    );
    assert_eq!(
        definition.overview.privacy.get(&en(), &en()),
        "Nothing is kept. [More](https://example.org/privacy)."
    );
    assert_eq!(
        definition.overview.contact.email.as_deref(),
        Some("office@example.org")
    );
    assert_eq!(definition.opens.to_string(), "2026-05-01T09:00:00");
    assert_eq!(definition.closes.to_string(), "2026-06-30T17:00:00");
}

#[test]
fn words_come_in_every_language_and_missing_ones_are_told() {
    let survey = converted(TWO_LANGUAGES);
    let cy = Lang::new("cy").unwrap();
    let definition = &survey.definition;
    assert_eq!(definition.languages, [en(), cy.clone()]);
    let kinds = definition.question(&key("kinds")).unwrap();
    assert_eq!(kinds.choices()[0].label.get(&cy, &en()), "Lladrad");
    let victim = definition.question(&key("victim")).unwrap();
    assert_eq!(victim.choices()[0].label.get(&cy, &en()), "Ie");
    let older = definition.question(&key("older")).unwrap();
    assert_eq!(
        older.label.get(&en(), &en()),
        "You are {{ age }}: what helped?"
    );
    assert_eq!(
        told(&survey),
        [
            "question Victim: the question `Victim` is called `victim`",
            "question sum: the relevance equation `count(kinds_SQ001.NAOK, kinds_SQ002.NAOK) > 1` is not carried over, so this is always shown: the function `count` has no counterpart",
            "question later: the relevance equation `last.NAOK == \"Y\"` is not carried over, so this is always shown: `last` is not asked before this",
            "group \"The end\": name of the group: there are no words in `cy`; the words of another language stand there",
            "question sum: question (cy): `{TOKEN:FIRSTNAME}` can't be filled in here; … stands in its place",
            "question sum: question (en): `{TOKEN:FIRSTNAME}` can't be filled in here; … stands in its place",
        ]
    );
}

/// The questions a resident with these answers is asked, page by page.
fn shown(definition: &Definition, given: Vec<(&str, Answer)>) -> Vec<String> {
    let mut answers = Answers::default();
    for (name, answer) in given {
        answers.values.insert(key(name), answer);
    }
    let journey = Journey::new(definition, &answers, &SavedPages::default());
    let all = definition.questions();
    all.filter(|question| journey.is_visible(&question.key))
        .map(|question| question.key.to_string())
        .collect()
}

#[test]
fn a_resident_is_led_as_relevance_equations_say() {
    let definition = converted(TWO_LANGUAGES).definition;
    let yes = || ("victim", Answer::One(code("Y")));
    let kinds = |codes: &[&str]| {
        (
            "kinds",
            Answer::Many(codes.iter().map(|name| code(name)).collect()),
        )
    };
    let age = |age| ("age", Answer::Number(age));
    let ends = ["why", "sum", "later", "last"];
    let asked = |begin: &[&'static str]| -> Vec<&'static str> { [begin, &ends].concat() };
    assert_eq!(shown(&definition, vec![]), asked(&["victim", "age"]));
    let no = ("victim", Answer::One(code("N")));
    assert_eq!(
        shown(&definition, vec![no, age(70)]),
        asked(&["victim", "age"])
    );
    assert_eq!(
        shown(&definition, vec![yes(), kinds(&["SQ001"]), age(40)]),
        asked(&["victim", "kinds", "age", "reported"])
    );
    assert_eq!(
        shown(&definition, vec![yes(), kinds(&["SQ001"]), age(70)]),
        asked(&["victim", "kinds", "age", "reported", "older"])
    );
    assert_eq!(
        shown(&definition, vec![yes(), kinds(&["SQ002"]), age(17)]),
        asked(&["victim", "kinds", "age"])
    );
    let reported = ("reported", Answer::One(code("A1")));
    assert_eq!(
        shown(
            &definition,
            vec![yes(), kinds(&["SQ001"]), age(18), reported]
        ),
        ["victim", "kinds", "age", "reported", "sum", "later", "last"]
    );
    assert!(
        definition
            .pages()
            .any(|(_, page)| page.key == page_key("the-crime"))
    );
}

#[test]
fn a_resident_is_led_as_older_conditions_say() {
    let survey = converted(VERSION_3);
    let definition = &survey.definition;
    let often = || ("q1", Answer::One(code("A1")));
    let which = |name| ("q2", Answer::Many([code(name)].into()));
    assert_eq!(shown(definition, vec![often()]), ["q1", "q2", "q4"]);
    assert_eq!(shown(definition, vec![which("x")]), ["q1", "q2", "q4"]);
    assert_eq!(
        shown(definition, vec![often(), which("x")]),
        ["q1", "q2", "q3", "q4"]
    );
    assert_eq!(
        shown(definition, vec![which("y")]),
        ["q1", "q2", "q3", "q4"]
    );
    let de = Lang::new("de").unwrap();
    assert_eq!(definition.title.get(&de, &en()), "Eine ältere Umfrage");
    assert_eq!(
        told(&survey),
        [
            "question q4: its conditions are not carried over, so this is always shown: the function `RX` has no counterpart",
            "survey: `overview.privacy` is made up, as the file does not say it; write what is kept of the answers and why",
        ]
    );
}

#[test]
fn whatever_is_not_carried_over_is_told_with_its_place() {
    let survey = converted(LOSSES);
    assert_eq!(
        told(&survey),
        [
            "survey: the quota \"Half men\" is not carried over",
            "survey: the assessment \"Score\" is not carried over",
            "table survey_url_parameters: its 1 entries are not carried over",
            "question upload: questions of the type `|` have no counterpart; the question is left out",
            "question sum: questions of the type `*` have no counterpart; the question is left out",
            "question check: the code `hint` is called `hint_2`",
            "question check: the mandatory setting “soft” is carried over as not required",
            "question check: the attribute `array_filter` (\"other\") is not carried over",
            "question check: the attribute `hide_tip` (\"1\") is not carried over",
            "question CHECK: the code `A` is called `A_2`",
            "question CHECK: the question `CHECK` is called `check_2`",
            "question action: the question `action` is called `action_2`",
            "question action: the pattern `/^[A-Z]+$/` that answers must fit is not carried over",
            "question action: its default answer is not carried over",
            "question action: question (all): `script` would do something on the page and is taken out",
            "question part: the relevance equation of `a` is not carried over, so this is always shown",
            "question empty: it has too few answers to be asked; the question is left out",
            "question hidden: it is always hidden; the question is left out",
            "question dec: the limit `max_num_value_n` (\"1.5\") does not fit and is left out or narrowed",
            "question dec: decimal numbers could be answered; whole numbers only can be now",
            "question drop: it is carried over as radios, as no field can open under an entry of a drop-down list",
            "group \"Losses\": it is carried over as 2 pages, as a page asks four questions at most",
            "group \"Nothing\": the group has no question that can be carried over; it is left out",
            "survey: the survey text `surveyls_endtext` is not carried over",
            "survey: the survey's settings `alloweditaftercompletion`, `anonymized`, `template` are not carried over",
            "question html: question (en): `javascript:`, `onclick`, `onerror`, `script` would do something on the page and is taken out",
            "question html: question (en): the HTML `img`, `style=` is not carried over; its words are",
            "question html: question (en): the link to \"http://example.org/a\" is not carried over; its words are",
            "question long: question (en): it had 599 characters and was shortened to 400",
        ]
    );
    let html = survey.definition.question(&key("html")).unwrap();
    assert_eq!(html.label.get(&en(), &en()), "See this, that and a picture");
    let long = survey.definition.question(&key("long")).unwrap();
    assert!(long.label.get(&en(), &en()).ends_with("word…"));
}
