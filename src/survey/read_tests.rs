#![allow(clippy::unwrap_used)]

use super::*;
use crate::survey::sample::{SMALL, small};

fn error(yaml: &str) -> String {
    Definition::from_yaml(yaml).unwrap_err().to_string()
}

#[test]
fn a_small_survey_is_read() {
    let definition = small();
    assert_eq!(definition.questions().count(), 3);
    assert_eq!(definition.grace_minutes, 60);
}

#[test]
fn yaml_and_json_lead_back_to_the_same_definition() {
    let definition = small();
    let yaml = definition.to_yaml().unwrap();
    assert_eq!(Definition::from_yaml(&yaml).unwrap(), definition, "{yaml}");
    let json = definition.to_json().unwrap();
    assert_eq!(Definition::from_json(&json).unwrap(), definition);
    assert!(!json.contains("null"), "{json}");
}

#[test]
fn an_unknown_field_is_refused_where_it_stands() {
    for (from, to, wanted) in [
        ("minutes: 4", "minuets: 4", "minuets"),
        ("key: start", "key: start\n        colour: red", "colour"),
        (
            "kind: single",
            "kind: single\n            colour: red",
            "colour",
        ),
        (
            "code: good_1",
            "code: good_1\n                colour: red",
            "colour",
        ),
    ] {
        let yaml = SMALL.replacen(from, to, 1);
        assert_ne!(yaml, SMALL);
        let line = yaml.lines().position(|line| line.contains(wanted)).unwrap() + 1;
        let problem = error(&yaml);
        assert!(problem.starts_with(&format!("line {line}, ")), "{problem}");
        assert!(problem.contains(wanted), "{problem}");
    }
}

#[test]
fn a_field_of_another_kind_is_refused_with_its_question() {
    let problem = error(&SMALL.replacen("kind: single", "kind: single\n            places: 3", 1));
    assert!(problem.contains("question `feel`"), "{problem}");
    assert!(problem.contains("remove the field `places`"), "{problem}");
    assert!(!problem.starts_with("line 0"), "{problem}");
}

#[test]
fn a_missing_field_of_the_kind_is_named() {
    let problem = error(&SMALL.replacen("kind: single", "kind: ranking", 1));
    assert!(problem.contains("add the field `items`"), "{problem}");
}

#[test]
fn codes_that_look_like_numbers_keep_their_spelling() {
    let yaml = SMALL.replacen("good_1", "16_24", 1);
    let definition = Definition::from_yaml(&yaml).unwrap();
    let question = definition.questions().next().unwrap();
    assert_eq!(question.choices()[0].code.as_str(), "16_24");
}

#[test]
fn an_empty_document_and_a_wrong_format_are_refused() {
    assert!(Definition::from_yaml("").is_err());
    assert!(Definition::from_json("").is_err());
    let problem = error(&SMALL.replacen("format: 1", "format: 2", 1));
    assert!(problem.contains("format 1, not 2"), "{problem}");
}

#[test]
fn a_large_document_is_refused_before_it_is_read() {
    let yaml = format!("{SMALL}{}", " ".repeat(MOST_BYTES));
    assert!(matches!(
        Definition::from_yaml(&yaml),
        Err(DefinitionError::TooLarge { .. })
    ));
    assert!(matches!(
        Definition::from_json(&yaml),
        Err(DefinitionError::TooLarge { .. })
    ));
}

#[test]
fn aliases_may_repeat_a_scale_but_not_unfold_without_bound() {
    let choices = |count: usize, words: &str| {
        let choices: String = (0..count)
            .map(|n| {
                format!("\n              - code: c{n}\n                label: {{en: {words} {n}}}")
            })
            .collect();
        let questions: String = (0..150)
            .map(|n| {
                format!(
                    "\n          - {{key: again_{n}, kind: single, label: {{en: Again}}, choices: *scale}}"
                )
            })
            .collect();
        format!(
            "{SMALL}          - key: first\n            kind: single\n            label: {{en: First}}\n            choices: &scale{choices}{questions}\n"
        )
    };
    let definition = Definition::from_yaml(&choices(5, "Choice")).unwrap();
    assert_eq!(definition.questions().count(), 154);
    let problem = error(&choices(60, &"long ".repeat(30)));
    assert!(
        problem.contains("when its aliases are unfolded"),
        "{problem}"
    );
    let problem = error(&choices(400, "Choice"));
    assert!(problem.contains("alias"), "{problem}");
}

#[test]
fn deep_nesting_is_refused() {
    assert!(Definition::from_yaml(&"[".repeat(100_000)).is_err());
    assert!(Definition::from_json(&"[".repeat(100_000)).is_err());
    let mut condition = String::from("{answered: feel}");
    for _ in 0..60 {
        condition = format!("{{not: {condition}}}");
    }
    let yaml = SMALL.replacen(
        "kind: single",
        &format!("kind: single\n            show_when: {condition}"),
        1,
    );
    assert!(Definition::from_yaml(&yaml).is_err());
}

#[test]
fn aliases_do_not_nest_deeper_than_the_bound() {
    let nested = |inner: &str| format!("{}{inner}{}", "{not: ".repeat(30), "}".repeat(30));
    let mut yaml = SMALL.replacen(
        "kind: single",
        &format!(
            "kind: single\n            show_when: &c0 {}",
            nested("{answered: feel}")
        ),
        1,
    );
    assert!(Definition::from_yaml(&yaml).is_ok());
    for level in 1..40 {
        let condition = nested(&format!("*c{}", level - 1));
        yaml.push_str(&format!(
            "          - key: more_{level}\n            kind: email\n            label: {{en: More}}\n            show_when: &c{level} {condition}\n"
        ));
        let problem = error(&yaml);
        assert!(
            problem.contains("Depth") || problem.contains("alias"),
            "{problem}"
        );
    }
}

#[test]
fn too_many_questions_and_choices_are_refused() {
    let mut definition = small();
    let question = definition.sections[0].pages[0].questions[0].clone();
    definition.sections[0].pages[0].questions = vec![question; MOST_QUESTIONS + 1];
    let problem = Definition::from_json(&definition.to_json().unwrap()).unwrap_err();
    assert!(matches!(
        problem,
        DefinitionError::TooMany {
            what: "questions",
            ..
        }
    ));
}

#[test]
fn the_published_schema_is_current() {
    let wanted = format!("{:#}\n", Definition::schema());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/definition.schema.json");
    if std::env::var_os("HYS_WRITE_SCHEMA").is_some() {
        std::fs::write(path, &wanted).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        published == wanted,
        "run the test again with HYS_WRITE_SCHEMA=1 and commit the file"
    );
}

#[test]
fn a_time_is_a_day_and_a_time() {
    for wrong in ["soon", "2026-03-01", "2026-02-30T09:00", "12:00"] {
        let problem = error(&SMALL.replacen("2026-03-01T17:00", wrong, 1));
        assert!(problem.starts_with("line 9, "), "{problem}");
        assert!(
            problem.contains("write it as 2026-06-30T17:00"),
            "{problem}"
        );
    }
}

#[test]
fn words_without_a_language_are_refused_with_the_mend() {
    let problem = error(&SMALL.replacen("title: {en: Start}", "title: Start", 1));
    assert!(problem.starts_with("line 23, "), "{problem}");
    assert!(
        problem.contains("a map from language to words"),
        "{problem}"
    );
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,400}") {
            let _ = Definition::from_yaml(&text);
            let _ = Definition::from_json(&text);
        }

        #[test]
        fn no_change_to_a_survey_makes_the_reader_panic(
            at in 0..SMALL.len(),
            cut in 0_usize..40,
            put in "[-:{}\\[\\]&*!|>'\"%@`, \n\ta-z0-9#?~\u{0}é]{0,12}",
        ) {
            if let (Some(head), Some(tail)) = (SMALL.get(..at), SMALL.get((at + cut).min(SMALL.len())..))
                && let Ok(definition) = Definition::from_yaml(&format!("{head}{put}{tail}"))
            {
                let yaml = definition.to_yaml().unwrap();
                prop_assert_eq!(Definition::from_yaml(&yaml).unwrap(), definition);
            }
        }

        #[test]
        fn any_words_survive_writing_and_reading(words in "\\PC{0,120}", lines in "[ a-z#:>|'\"\n-]{0,40}") {
            let mut definition = small();
            let lang = definition.first_language();
            definition.title.0.insert(lang.clone(), words);
            definition.summary.0.insert(lang, lines);
            let yaml = definition.to_yaml().unwrap();
            prop_assert_eq!(&Definition::from_yaml(&yaml).unwrap(), &definition, "{}", yaml);
            let json = definition.to_json().unwrap();
            prop_assert_eq!(Definition::from_json(&json).unwrap(), definition);
        }
    }
}

/// Every YAML file below a folder that is a definition.
fn definitions_below(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_yaml = path.extension().is_some_and(|ending| ending == "yaml");
        if path.is_dir() && !path.ends_with("node_modules") {
            definitions_below(&path, found);
        } else if is_yaml {
            let yaml = std::fs::read_to_string(&path).unwrap();
            if yaml.lines().any(|line| line.starts_with("format:")) {
                found.push((path.display().to_string(), yaml));
            }
        }
    }
}

#[test]
fn every_definition_of_the_house_goes_out_and_comes_in_again_the_same() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["assets", "tests/fixtures"] {
        definitions_below(&root.join(folder), &mut found);
    }
    assert!(found.len() >= 3, "{}", found.len());
    for (path, yaml) in found {
        let definition = Definition::from_yaml(&yaml).unwrap();
        let (yaml, json) = (definition.to_yaml().unwrap(), definition.to_json().unwrap());
        let by_yaml = Definition::from_yaml(&yaml).unwrap();
        let by_json = Definition::from_json(&json).unwrap();
        assert_eq!(by_yaml, definition, "{path}");
        assert_eq!(by_json, definition, "{path}");
        // What is written of what was read is the same to the byte, whichever way it went.
        assert_eq!(by_json.to_yaml().unwrap(), yaml, "{path}");
        assert_eq!(by_yaml.to_json().unwrap(), json, "{path}");
    }
}
