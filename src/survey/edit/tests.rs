#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::survey::{
    build::{code, key, page_key},
    condition::Condition,
    definition::Kind,
    sample::{small, text},
};

const EVERY_KIND: &str = include_str!("../../../assets/surveys/every-kind.yaml");

fn every_kind() -> Definition {
    Definition::from_yaml(EVERY_KIND).unwrap()
}

fn new_question(words: &str, kind: &str) -> Box<Question> {
    let definition = small();
    let mut question = definition.questions().next().unwrap().clone();
    question.label = text(words);
    question.kind = new_kind(kind, &definition.first_language()).unwrap();
    Box::new(question)
}

#[test]
fn keys_are_made_from_words_once_and_never_twice() {
    let mut definition = small();
    for _ in 0..2 {
        let edit = Edit::AddQuestion(
            Spot::Page(page_key("start")),
            new_question("How safe is it, à la nuit?", "email"),
        );
        definition = apply(&definition, edit).unwrap();
    }
    let keys: Vec<_> = definition
        .questions()
        .map(|question| question.key.to_string())
        .collect();
    assert_eq!(
        keys[3..],
        ["how_safe_is_it_a_la_nuit", "how_safe_is_it_a_la_nuit_2"]
    );
    assert_eq!(
        key_from("16 or over?", &definition).unwrap().as_str(),
        "question_16_or_over"
    );
    assert_eq!(
        key_from("Reference", &definition).unwrap().as_str(),
        "reference_2",
        "a column of files"
    );
    assert_eq!(code_from("", &[]).unwrap().as_str(), "choice");
    assert_eq!(
        code_from("Very safe", &[&code("very_safe")])
            .unwrap()
            .as_str(),
        "very_safe_2"
    );
    let slug: PageKey = slug_from("What’s next?", "page", |_| false).unwrap();
    assert_eq!(slug.as_str(), "whats-next");
}

#[test]
fn a_page_never_takes_the_name_of_another_address() {
    let section = small().sections[0].key.clone();
    let edited = apply(&small(), Edit::AddPage(section, text("Check"))).unwrap();
    assert_eq!(edited.sections[0].pages[1].key.as_str(), "check-2");
}

#[test]
fn a_question_moves_past_the_end_of_its_page_and_back() {
    let mut definition = small();
    let section = definition.sections[0].key.clone();
    definition = apply(&definition, Edit::AddPage(section, text("Next"))).unwrap();
    let moved = apply(&definition, Edit::MoveQuestion(key("score"), Step::Down)).unwrap();
    assert_eq!(moved.page_of(&key("score")).unwrap().key, page_key("next"));
    assert_eq!(
        apply(&moved, Edit::MoveQuestion(key("score"), Step::Up)).unwrap(),
        definition
    );
    let refused = apply(&moved, Edit::MoveQuestion(key("score"), Step::Down));
    assert_eq!(refused, Err(Refused::AtTheEdge));
    let placed = Edit::PlaceQuestion(key("score"), page_key("start"), Some(key("feel")));
    let placed = apply(&moved, placed).unwrap();
    assert_eq!(placed.questions().next().unwrap().key, key("score"));
}

#[test]
fn what_a_condition_names_is_not_taken_away_and_is_renamed_with_it() {
    let mut definition = small();
    definition.sections[0].pages[0].questions[1].show_when = Some(Condition::Answered(key("feel")));
    definition.sections[0].pages[0].intro = Some(text("You said {{ feel }}."));
    let refused = apply(&definition, Edit::RemoveQuestion(key("feel")));
    let by = "score".to_owned();
    assert_eq!(
        refused,
        Err(Refused::Needed {
            needed: key("feel"),
            by
        })
    );
    let renamed = apply(&definition, Edit::Rename(key("feel"), key("mood"))).unwrap();
    let page = &renamed.sections[0].pages[0];
    assert_eq!(
        page.questions[1].show_when,
        Some(Condition::Answered(key("mood")))
    );
    assert_eq!(page.intro, Some(text("You said {{ mood }}.")));
    assert_eq!(
        apply(&definition, Edit::Rename(key("feel"), key("score"))),
        Err(Refused::Taken("score".to_owned()))
    );
}

#[test]
fn a_role_goes_with_its_question() {
    let mut definition = small();
    definition.roles.overall = Some(key("score"));
    assert_eq!(
        apply(&definition, Edit::RemoveQuestion(key("score")))
            .unwrap()
            .roles
            .overall,
        None
    );
    let renamed = apply(&definition, Edit::Rename(key("score"), key("mark"))).unwrap();
    assert_eq!(renamed.roles.overall, Some(key("mark")));
}

#[test]
fn questions_open_one_level_deep_under_choices_only() {
    let add = |under: &str, choice: &str| {
        apply(
            &small(),
            Edit::AddQuestion(
                Spot::Choice(key(under), code(choice)),
                new_question("Why?", "single"),
            ),
        )
    };
    assert!(add("feel", "good_1").is_ok());
    assert_eq!(add("score", "a"), Err(Refused::CannotReveal));
    assert_eq!(add("reason", "a"), Err(Refused::CannotReveal));
}

#[test]
fn a_kind_changes_into_another_with_its_choices() {
    let definition = every_kind();
    let lang = definition.first_language();
    for question in definition.questions() {
        for name in KIND_NAMES {
            let kind = converted(&question.kind, name, &lang).unwrap();
            assert_eq!(kind.name(), name);
            let has_list = matches!(
                kind.name(),
                "single" | "multiple" | "grid" | "ranking" | "budget"
            );
            if has_list && !question.choices().is_empty() {
                let other = Question {
                    kind,
                    ..question.clone()
                };
                assert_eq!(other.choices().len(), question.choices().len());
            }
        }
    }
}

#[test]
fn an_import_keeps_the_slug() {
    let edited = apply(&small(), Edit::Whole(Box::new(every_kind()))).unwrap();
    assert_eq!(edited.slug, small().slug);
    assert_eq!(edited.sections, every_kind().sections);
}

/// Any edit, mostly of what is there.
fn edit() -> impl Strategy<Value = Edit> {
    let definition = every_kind();
    let keys: Vec<_> = definition
        .questions()
        .map(|question| question.key.clone())
        .collect();
    let pages: Vec<_> = definition
        .pages()
        .map(|(_, page)| page.key.clone())
        .collect();
    let sections: Vec<_> = definition
        .sections
        .iter()
        .map(|section| section.key.clone())
        .collect();
    let (question, other) = (
        prop::sample::select(keys.clone()),
        prop::sample::select(keys),
    );
    let page = prop::sample::select(pages);
    let section = prop::sample::select(sections);
    let step = prop_oneof![Just(Step::Up), Just(Step::Down)];
    let kind = prop::sample::select(&KIND_NAMES[..]);
    let words = "[ -~]{0,30}";
    prop_oneof![
        words.prop_map(|words| Edit::AddSection(text(&words))),
        (section.clone(), words).prop_map(|(key, words)| Edit::Section(key, text(&words))),
        (section.clone(), step.clone()).prop_map(|(key, step)| Edit::MoveSection(key, step)),
        (section.clone(), words).prop_map(|(key, words)| Edit::AddPage(key, text(&words))),
        (page.clone(), step.clone()).prop_map(|(key, step)| Edit::MovePage(key, step)),
        page.clone().prop_map(Edit::RemovePage),
        (page.clone(), words, kind.clone()).prop_map(|(key, words, kind)| Edit::AddQuestion(
            Spot::Page(key),
            new_question(&words, kind)
        )),
        (question.clone(), words, kind).prop_map(|(key, words, kind)| {
            let mut new = new_question(&words, kind);
            new.key = key;
            Edit::Question(new)
        }),
        (question.clone(), "[a-z][a-z_]{0,12}").prop_map(|(from, to)| Edit::Rename(from, key(&to))),
        (question.clone(), step).prop_map(|(key, step)| Edit::MoveQuestion(key, step)),
        (question.clone(), page, other).prop_map(|(key, page, before)| Edit::PlaceQuestion(
            key,
            page,
            Some(before)
        )),
        question.clone().prop_map(Edit::CopyQuestion),
        question.prop_map(Edit::RemoveQuestion),
        section.prop_map(Edit::RemoveSection),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_edited_can_be_written_and_read_again(edits in prop::collection::vec(edit(), 1..20)) {
        let mut definition = every_kind();
        for edit in edits {
            if let Ok(edited) = apply(&definition, edit) {
                definition = edited;
            }
        }
        let json = definition.to_json().unwrap();
        prop_assert_eq!(&Definition::from_json(&json).unwrap(), &definition);
        let yaml = definition.to_yaml().unwrap();
        prop_assert_eq!(&Definition::from_yaml(&yaml).unwrap(), &definition);
        let mut keys: Vec<_> = definition.questions().map(|question| question.key.clone()).collect();
        let count = keys.len();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), count, "a key twice");
    }
}

#[test]
fn information_stays_information() {
    let lang = small().first_language();
    assert!(matches!(
        new_kind("information", &lang),
        Some(Kind::Information { .. })
    ));
    assert_eq!(new_kind("essay", &lang), None);
}
