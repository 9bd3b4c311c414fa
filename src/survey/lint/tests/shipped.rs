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
        .any(|choice| choice.side.is_some())));
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

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn no_change_to_a_survey_makes_the_linter_panic(
            at in 0..EVERY_KIND.len(),
            cut in 0_usize..60,
            put in "([a-z0-9_-]{0,12}|[0-9]{1,12}|\\[\\]|\\{\\}|\n)",
        ) {
            if let (Some(head), Some(tail)) = (EVERY_KIND.get(..at), EVERY_KIND.get((at + cut).min(EVERY_KIND.len())..))
                && let Ok(definition) = Definition::from_yaml(&format!("{head}{put}{tail}"))
            {
                for lint in findings(&definition) {
                    prop_assert!(!lint.place.is_empty() && !lint.message.is_empty() && !lint.mend.is_empty());
                }
                prop_assert_eq!(Definition::from_json(&definition.to_json().unwrap()).unwrap(), definition);
            }
        }
    }
}
