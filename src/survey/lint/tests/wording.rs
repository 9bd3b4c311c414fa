//! Wording, length and ways out.
#![allow(clippy::unwrap_used)]

use crate::survey::{
    build::*,
    definition::{Definition, Question},
    lint::{LintContext, Owner, Severity, lint, owner},
};

fn warnings(question: Question) -> Vec<String> {
    let definition = definition(vec![vec![page("one", vec![question])]]);
    said(&definition)
}

fn said(definition: &Definition) -> Vec<String> {
    let lints = lint(definition, &LintContext { is_area: &|_| true });
    let warnings = lints
        .into_iter()
        .filter(|lint| lint.severity == Severity::Warning);
    warnings.map(|lint| lint.message).collect()
}

fn asked(words: &str) -> Question {
    let mut question = question("q", short_text(50));
    question.label = text(words);
    question
}

fn has(warnings: &[String], part: &str) -> bool {
    warnings.iter().any(|warning| warning.contains(part))
}

#[test]
fn two_ideas_in_a_question_of_opinion_are_named() {
    let found = warnings(asked("How satisfied are you with speed and courtesy?"));
    assert!(
        has(&found, "“speed and courtesy” may ask about two ideas"),
        "{found:?}"
    );
    for fine in [
        "How safe do you feel alone at night?",
        "How satisfied are you with the police and crime plan?",
        "Which roads and paths do you use?",
    ] {
        assert!(!has(&warnings(asked(fine)), "two ideas"), "{fine}");
    }
}

#[test]
fn leading_words_are_named() {
    let found = warnings(asked("Surely you want more police?"));
    assert!(has(&found, "“surely” leads people"), "{found:?}");
    assert!(!has(
        &warnings(asked("Do you want more police, fewer or as many?")),
        "leads"
    ));
}

#[test]
fn a_hard_sentence_is_graded_and_a_short_one_is_not() {
    let hard = "Considering the organisational characteristics of contemporary neighbourhood policing arrangements, \
                evaluate comprehensively the accountability mechanisms administered by participating authorities \
                throughout the preceding twelve months.";
    let found = warnings(asked(hard));
    assert!(has(&found, "Flesch–Kincaid grade"), "{found:?}");
    assert!(
        !has(&warnings(asked("Accountability mechanisms?")), "grade"),
        "too short to grade"
    );
    let easy = "Think of the last time you were out at night on your own in your town. Did you feel safe? Tell us why.";
    assert!(!has(&warnings(asked(easy)), "grade"));
}

#[test]
fn long_pages_are_named_and_information_does_not_count() {
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    let mut questions: Vec<_> = names
        .iter()
        .map(|name| question(name, short_text(50)))
        .collect();
    assert!(has(
        &said(&definition(vec![vec![page("one", questions.clone())]])),
        "asks 7 questions"
    ));
    questions[0].kind = information();
    assert!(!has(
        &said(&definition(vec![vec![page("one", questions)]])),
        "questions at once"
    ));
}

#[test]
fn a_required_choice_needs_a_way_out() {
    let required = |names: &[&str]| question("q", single(choices(names))).required();
    assert!(has(&warnings(required(&["a", "b", "c"])), "doesn't know"));
    assert!(
        !has(&warnings(required(&["a", "b"])), "doesn't know"),
        "a yes and a no"
    );
    assert!(!has(
        &warnings(required(&["a", "b", "c"]).private()),
        "doesn't know"
    ));
    assert!(!has(
        &warnings(question("q", single(choices(&["a", "b", "c"])))),
        "doesn't know"
    ));
}

#[test]
fn special_category_questions_say_why_they_are_asked() {
    let ask = || {
        let mut question = question("q", single(choices(&["a", "b"]))).private();
        question.label = text("What is your ethnic group?");
        question
    };
    assert!(has(&warnings(ask()), "“ethnic group”"));
    assert!(!has(&warnings(ask().sensitive()), "“ethnic group”"));
}

#[test]
fn required_behind_a_choice_and_a_condition_is_named() {
    use crate::survey::condition::Condition;
    let inner = question("inner", short_text(50)).required();
    let inner = inner.shown_when(Condition::Answered(key("first")));
    let first = question("first", short_text(50));
    let outer = question(
        "outer",
        single(vec![choice("a").revealing(inner), choice("b")]),
    );
    let found = said(&definition(vec![vec![page("one", vec![first, outer])]]));
    assert!(
        has(&found, "under a choice and behind a condition"),
        "{found:?}"
    );
}

#[test]
fn a_finding_leads_to_what_it_is_about() {
    let mut inner = question("inner", short_text(50));
    inner.label = text("");
    let outer = question(
        "outer",
        single(vec![choice("a"), choice("b").revealing(inner)]),
    );
    let mut definition = definition(vec![vec![page("one", vec![outer])]]);
    definition.minutes = 0;
    definition.sections[0].title = text("");
    definition.sections[0].pages[0].title = text("");
    let lints = lint(&definition, &LintContext { is_area: &|_| true });
    let owners: Vec<_> = lints.iter().map(|lint| owner(&definition, lint)).collect();
    let section = definition.sections[0].key.clone();
    for wanted in [
        (Owner::Survey, "minutes".to_owned()),
        (Owner::Section(section), "title".to_owned()),
        (Owner::Page(page_key("one")), "title".to_owned()),
        (Owner::Question(key("inner")), "label".to_owned()),
    ] {
        assert!(owners.contains(&wanted), "{wanted:?} in {owners:?}");
    }
}

#[test]
fn the_night_of_a_clock_change_is_named() {
    for (opens, closes, part) in [
        ("2026-03-29T01:30", "2026-05-01T17:00", "clocks go forward"),
        ("2026-10-25T01:30", "2026-12-01T17:00", "the first is meant"),
        (
            "2026-09-01T09:00",
            "2026-10-25T01:30",
            "the second is meant",
        ),
    ] {
        let mut definition = definition(vec![vec![page("one", vec![asked("What?")])]]);
        definition.opens = opens.parse().unwrap();
        definition.closes = closes.parse().unwrap();
        assert!(has(&said(&definition), part), "{part}");
        definition.opens = "2026-02-01T09:00".parse().unwrap();
        definition.closes = "2026-12-01T17:00".parse().unwrap();
        assert!(!has(&said(&definition), "clocks"));
    }
}
