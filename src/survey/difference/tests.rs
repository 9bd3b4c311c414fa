#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::survey::{
    build::{code, key},
    condition::Condition,
    definition::Choice,
    edit::{Edit, Step, apply},
    sample::{choice, small, text},
};

const PLAN: &str = include_str!("../../../assets/surveys/police-and-crime-plan.yaml");
const EVERY_KIND: &str = include_str!("../../../assets/surveys/every-kind.yaml");

fn ids(before: &Definition, after: &Definition) -> Vec<(&'static str, Effect)> {
    difference(before, after)
        .into_iter()
        .map(|change| (change.message.id, change.effect))
        .collect()
}

fn feel(definition: &mut Definition) -> &mut Question {
    &mut definition.sections[0].pages[0].questions[0]
}

fn choices(question: &mut Question) -> &mut Vec<Choice> {
    crate::survey::edit::choices_mut(&mut question.kind).unwrap()
}

/// A definition after a change of [`small`].
fn changed(change: impl FnOnce(&mut Definition)) -> Definition {
    let mut definition = small();
    change(&mut definition);
    definition
}

#[test]
fn equal_definitions_have_no_difference() {
    for yaml in [PLAN, EVERY_KIND] {
        let definition = Definition::from_yaml(yaml).unwrap();
        assert_eq!(difference(&definition, &definition.clone()), []);
    }
}

#[test]
fn every_kind_of_edit_is_named_with_what_it_means() {
    use Effect::{Breaks, Comparison, Harmless};
    let cases: Vec<(&str, Effect, Definition)> = vec![
        (
            "change-field",
            Harmless,
            changed(|d| d.title = text("And now?")),
        ),
        (
            "change-field",
            Harmless,
            changed(|d| d.closes = "2026-03-02T17:00".parse().unwrap()),
        ),
        (
            "change-field",
            Harmless,
            changed(|d| d.overview.privacy = text("Little is kept.")),
        ),
        (
            "change-field-other",
            Comparison,
            changed(|d| d.themes.clear()),
        ),
        (
            "change-field",
            Harmless,
            changed(|d| d.sections[0].title = text("Everything")),
        ),
        (
            "change-field",
            Harmless,
            changed(|d| d.sections[0].pages[0].safety = true),
        ),
        (
            "change-field",
            Breaks,
            changed(|d| d.sections[0].pages[0].show_when = Some(Condition::All(vec![]))),
        ),
        (
            "change-field",
            Comparison,
            changed(|d| feel(d).label = text("How are you?")),
        ),
        (
            "change-field",
            Harmless,
            changed(|d| feel(d).hint = Some(text("Today."))),
        ),
        ("change-field", Breaks, changed(|d| feel(d).required = true)),
        (
            "change-field",
            Comparison,
            changed(|d| feel(d).theme = None),
        ),
        (
            "change-field",
            Breaks,
            changed(|d| feel(d).show_when = Some(Condition::Answered(key("score")))),
        ),
        (
            "change-choice-added",
            Comparison,
            changed(|d| choices(feel(d)).push(choice("so_so"))),
        ),
        (
            "change-choice-removed",
            Breaks,
            changed(|d| drop(choices(feel(d)).remove(0))),
        ),
        (
            "change-choice-moved",
            Comparison,
            changed(|d| choices(feel(d)).swap(0, 1)),
        ),
        (
            "change-field",
            Comparison,
            changed(|d| choices(feel(d))[0].label = text("Fine")),
        ),
        (
            "change-field",
            Breaks,
            changed(|d| choices(feel(d))[0].other = Some(text("Say"))),
        ),
        (
            "change-question-removed",
            Breaks,
            changed(|d| choices(feel(d))[1].reveals.clear()),
        ),
        (
            "change-question-moved",
            Comparison,
            changed(|d| *d = apply(d, Edit::MoveQuestion(key("score"), Step::Up)).unwrap()),
        ),
        (
            "change-question-added",
            Breaks,
            changed(|d| *d = apply(d, Edit::CopyQuestion(key("score"))).unwrap()),
        ),
        (
            "change-section-added",
            Harmless,
            changed(|d| *d = apply(d, Edit::AddSection(text("More"))).unwrap()),
        ),
    ];
    for (id, effect, after) in cases {
        assert_eq!(
            ids(&small(), &after),
            [(id, effect)],
            "{:?}",
            difference(&small(), &after)
        );
    }
}

#[test]
fn another_kind_is_named_once() {
    let lang = small().first_language();
    let after = changed(|definition| {
        let score = &mut definition.sections[0].pages[0].questions[1];
        score.kind = crate::survey::edit::converted(&score.kind, "number", &lang).unwrap();
    });
    let found = difference(&small(), &after);
    assert_eq!(found[0].message.id, "change-kind");
    assert_eq!(found[0].effect, Effect::Breaks);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_code_changed_is_a_choice_gone_and_another_come() {
    let after = changed(|definition| choices(feel(definition))[0].code = code("fine"));
    let found = ids(&small(), &after);
    assert_eq!(
        found,
        [
            ("change-choice-removed", Effect::Breaks),
            ("change-choice-added", Effect::Comparison)
        ]
    );
}

#[test]
fn a_mended_translation_changes_no_comparison() {
    let after = changed(|definition| {
        let welsh = Lang::new("cy").unwrap();
        feel(definition)
            .label
            .0
            .insert(welsh, "Sut wyt ti?".to_owned());
    });
    assert_eq!(
        ids(&small(), &after),
        [("change-field-other", Effect::Harmless)]
    );
}

#[test]
fn a_page_that_moves_to_another_section_is_named() {
    let mut before = Definition::from_yaml(PLAN).unwrap();
    before.checks.clear();
    let page = before.sections[1].pages[0].key.clone();
    let after = apply(&before, Edit::MovePage(page.clone(), Step::Up)).unwrap();
    let found = difference(&before, &after);
    let moved = found
        .iter()
        .find(|change| change.place == Place::Page(page.clone()))
        .unwrap();
    assert_eq!(
        (moved.message.id, moved.effect),
        ("change-page-moved", Effect::Breaks)
    );
}

proptest! {
    #[test]
    fn the_fewest_are_said_to_move(order in Just((0..12_u8).collect::<Vec<_>>()).prop_shuffle()) {
        let sorted: Vec<u8> = (0..12).collect();
        let steps = lists::compare(&sorted, &order);
        prop_assert!(steps.added.is_empty() && steps.removed.is_empty());
        let stay: Vec<u8> = order.iter().copied().filter(|key| !steps.moved.contains(key)).collect();
        prop_assert!(stay.is_sorted());
        prop_assert_eq!(steps.moved.is_empty(), order == sorted);
    }

    #[test]
    fn any_change_of_words_or_order_is_found(at in 0..3_usize, words in "[a-z]{1,20}", turn in any::<bool>()) {
        let before = small();
        let mut after = small();
        let keys: Vec<_> = after.questions().map(|question| question.key.clone()).collect();
        let mut question = after.question(&keys[at]).unwrap().clone();
        question.label = text(&words);
        question.required = turn;
        after = apply(&after, Edit::Question(Box::new(question))).unwrap();
        prop_assert_eq!(difference(&before, &after).is_empty(), before == after);
        let named = difference(&before, &after);
        prop_assert!(named.iter().all(|change| change.place == Place::Question(keys[at].clone())));
    }
}
