#![allow(clippy::unwrap_used)]

//! One test for each rule; each builds the smallest survey that breaks it.

mod conditions;
mod parts;
mod shipped;
mod whole;
mod wording;

use super::*;
use crate::survey::sample::small;

/// A survey whose pages hold these questions, each written as a YAML flow map without its braces.
fn survey(pages: &[&[&str]]) -> Definition {
    let blank: Vec<(&str, &[&str])> = pages.iter().map(|questions| ("", *questions)).collect();
    survey_shown(&blank)
}

/// The same, each page with fields of its own.
fn survey_shown(pages: &[(&str, &[&str])]) -> Definition {
    let mut yaml = small().to_yaml().unwrap();
    yaml.truncate(yaml.find("themes:").unwrap());
    yaml.push_str("themes: [{key: calm, label: {en: Calm}}]\nsections:\n- key: all\n  title: {en: All}\n  pages:\n");
    for (index, (fields, questions)) in pages.iter().enumerate() {
        yaml.push_str(&format!("  - key: p{index}\n    title: {{en: Page}}\n"));
        if !fields.is_empty() {
            yaml.push_str(&format!("    {fields}\n"));
        }
        yaml.push_str("    questions:\n");
        for question in *questions {
            yaml.push_str(&format!("    - {{label: {{en: Label}}, {question}}}\n"));
        }
    }
    Definition::from_yaml(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"))
}

const AB: &str = "choices: [{code: a, label: {en: A}}, {code: b, label: {en: B}}]";
const ITEMS: &str = "items: [{code: a, label: {en: A}}, {code: b, label: {en: B}}]";

fn single(key: &str) -> String {
    format!("key: {key}, kind: single, {AB}")
}

fn grid(key: &str) -> String {
    format!(
        "key: {key}, kind: grid, rows: [{{code: r, label: {{en: R}}}}], columns: [{{code: a, label: {{en: A}}}}, {{code: b, label: {{en: B}}}}]"
    )
}

fn findings(definition: &Definition) -> Vec<Lint> {
    let is_area = |code: &Code| code.as_str() == "E07000074";
    lint(definition, &LintContext { is_area: &is_area })
}

#[track_caller]
fn found(severity: Severity, definition: &Definition, place: &str, message: &str) {
    let lints = findings(definition);
    assert!(
        lints.iter().any(|lint| {
            lint.severity == severity
                && lint.place == place
                && lint.message.contains(message)
                && !lint.mend.is_empty()
        }),
        "{severity:?} {place:?} {message:?} is not among {lints:#?}"
    );
}

#[track_caller]
fn errs(definition: &Definition, place: &str, message: &str) {
    found(Severity::Error, definition, place, message);
}

#[track_caller]
fn warns(definition: &Definition, place: &str, message: &str) {
    found(Severity::Warning, definition, place, message);
}

#[track_caller]
fn has_no_error(definition: &Definition) {
    let lints = findings(definition);
    assert!(is_publishable(&lints), "{lints:#?}");
}

/// The path of the only question of page 0.
const Q0: &str = "sections[0].pages[0].questions[0]";
/// The path of the first question of page 1.
const Q1: &str = "sections[0].pages[1].questions[0]";
