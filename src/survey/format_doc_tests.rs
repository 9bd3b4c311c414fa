//! The guide to the definition format says what the program does: its examples are read and linted.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::{
    definition::{Definition, Question},
    lint::{LintContext, lint},
};

const GUIDE: &str = include_str!("../../docs/definition-format.md");

fn examples() -> impl Iterator<Item = &'static str> {
    GUIDE
        .split("```yaml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
}

#[test]
fn the_whole_survey_in_the_guide_has_no_finding() {
    let yaml = examples().find(|yaml| yaml.starts_with("format:")).unwrap();
    let definition = Definition::from_yaml(yaml).unwrap();
    let context = LintContext {
        is_area: &|_| false,
    };
    assert_eq!(lint(&definition, &context), []);
}

#[test]
fn the_guide_has_a_sound_example_of_every_kind() {
    let mut kinds = BTreeSet::new();
    for yaml in examples().filter(|yaml| yaml.starts_with("- key:")) {
        let questions: Vec<Question> = serde_saphyr::from_str(yaml).unwrap();
        for question in questions {
            assert!(GUIDE.contains(&format!("kind: {}", question.kind.name())));
            kinds.insert(question.kind.name());
        }
    }
    assert_eq!(kinds.len(), 14, "{kinds:?}");
}
