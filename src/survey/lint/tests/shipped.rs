//! The surveys that come with the program.

use std::collections::BTreeSet;

use super::*;
use crate::survey::definition::{Display, Unit};

const EVERY_KIND: &str = include_str!("../../../../assets/surveys/every-kind.yaml");

#[test]
fn every_kind_has_no_finding() {
    let definition = Definition::from_yaml(EVERY_KIND).unwrap();
    assert_eq!(findings(&definition), []);
}

#[test]
fn every_kind_has_every_kind_and_every_rule() {
    let definition = Definition::from_yaml(EVERY_KIND).unwrap();
    let kinds: BTreeSet<&str> = definition
        .questions()
        .map(|question| question.kind.name())
        .collect();
    assert_eq!(kinds.len(), 14, "{kinds:?}");
    let any = |claim: &dyn Fn(&Question) -> bool| definition.questions().any(claim);
    assert!(any(&|question| matches!(
        question.kind,
        Kind::Single {
            display: Display::Select,
            ..
        }
    )));
    assert!(any(&|question| matches!(
        question.kind,
        Kind::Multiple {
            min: Some(_),
            max: Some(_),
            ..
        }
    )));
    assert!(any(&|question| matches!(
        question.kind,
        Kind::Scale {
            dont_know: true,
            ..
        }
    )));
    for unit in [Unit::Pounds, Unit::Percent, Unit::Points] {
        assert!(any(
            &|question| matches!(question.kind, Kind::Budget { unit: given, .. } if given == unit)
        ));
    }
    assert!(any(&|question| question.required_message.is_some()));
    assert!(any(
        &|question| question.sensitive.is_some() && question.is_text()
    ));
    assert!(any(&|question| question
        .choices()
        .iter()
        .any(|choice| choice.exclusive)));
    assert!(any(&|question| question
        .choices()
        .iter()
        .any(|choice| choice.other.is_some())));
    assert!(any(&|question| question
        .choices()
        .iter()
        .any(|choice| !choice.reveals.is_empty())));
    let yaml = definition.to_yaml().unwrap();
    for condition in ["all:", "any:", "not:", "is:", "number:", "answered:"] {
        assert!(yaml.contains(condition), "{condition}");
    }
}

#[test]
fn every_kind_leads_back_to_itself() {
    let definition = Definition::from_yaml(EVERY_KIND).unwrap();
    assert_eq!(
        Definition::from_yaml(&definition.to_yaml().unwrap()).unwrap(),
        definition
    );
    assert_eq!(
        Definition::from_json(&definition.to_json().unwrap()).unwrap(),
        definition
    );
}
