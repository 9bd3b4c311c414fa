//! Which pages and questions nobody can ever see.
//!
//! The analysis is simple and cautious: what it calls unreachable is; it doesn't find every contradiction. It knows that
//! a single choice, an area and a row of a grid have one code at a time, that a number lies within its bounds, and that a
//! question nobody sees has no answer.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Findings, Located, Spot, pages};
use crate::survey::{
    condition::{Bounds, Condition, Membership},
    definition::{Definition, Kind, Question},
    ids::{Code, QuestionKey},
};

pub(super) fn lint(definition: &Definition, located: &[Located<'_>], findings: &mut Findings) {
    let mut reach = Reach {
        questions: located
            .iter()
            .map(|entry| (&entry.question.key, entry.question))
            .collect(),
        unseen: HashSet::new(),
    };
    for (index, (spot, page)) in pages(definition).into_iter().enumerate() {
        let first = located.partition_point(|entry| entry.page_index < index);
        let end = located.partition_point(|entry| entry.page_index <= index);
        let shown = page.show_when.iter().collect::<Vec<_>>();
        if !reach.can_all_hold(&shown) {
            findings.error(
                &spot.at("show_when"),
                "nobody can ever see this page: its conditions contradict each other",
                "mend the conditions or remove the page",
            );
            reach.unseen.extend(
                located[first..end]
                    .iter()
                    .map(|entry| entry.question.key.clone()),
            );
            continue;
        }
        for entry in &located[first..end] {
            let chosen = entry.revealed_by.map(|(question, choice)| {
                Condition::Is(Membership {
                    question: question.key.clone(),
                    row: None,
                    any_of: vec![choice.code.clone()],
                })
            });
            let mut conditions: Vec<&Condition> = entry.page.show_when.iter().collect();
            conditions.extend(&chosen);
            conditions.extend(&entry.question.show_when);
            if !reach.can_all_hold(&conditions) {
                findings.error(
                    &entry.spot,
                    "nobody can ever see this question: its conditions contradict each other",
                    "mend the conditions or remove the question",
                );
                reach.unseen.insert(entry.question.key.clone());
            }
        }
    }
    for (index, check) in definition.checks.iter().enumerate() {
        if !reach.can_hold(&check.never) {
            let spot = Spot::new(format!("checks[{index}]")).named(&check.code);
            findings.warning(
                &spot.at("never"),
                "this can't hold for anybody, so it finds no contradiction",
                "mend the condition or remove the check",
            );
        }
    }
}

struct Reach<'a> {
    questions: BTreeMap<&'a QuestionKey, &'a Question>,
    unseen: HashSet<QuestionKey>,
}

/// What conditions that all hold say about the questions they name.
#[derive(Default)]
struct Facts<'a> {
    /// Question and row → the codes its one answer can have.
    codes: BTreeMap<(&'a QuestionKey, Option<&'a Code>), BTreeSet<&'a Code>>,
    /// The same → the codes it can't have.
    not_codes: BTreeMap<(&'a QuestionKey, Option<&'a Code>), BTreeSet<&'a Code>>,
    /// Question and item → the lowest and highest number.
    numbers: BTreeMap<(&'a QuestionKey, Option<&'a Code>), (i64, i64)>,
    answered: BTreeSet<&'a QuestionKey>,
    not_answered: BTreeSet<&'a QuestionKey>,
}

impl Reach<'_> {
    fn can_all_hold(&self, conditions: &[&Condition]) -> bool {
        let mut facts = Facts::default();
        conditions
            .iter()
            .all(|condition| self.learn(condition, &mut facts))
            && facts.agree()
    }

    fn can_hold(&self, condition: &Condition) -> bool {
        self.can_all_hold(&[condition])
    }

    /// Adds what `condition` says; false when it can't hold whatever the others say.
    fn learn<'a>(&self, condition: &'a Condition, facts: &mut Facts<'a>) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| self.learn(part, facts)),
            Condition::Any(parts) => parts.iter().any(|part| self.can_hold(part)),
            Condition::Not(part) => {
                match part.as_ref() {
                    Condition::Is(membership) if self.has_one_code(&membership.question) => {
                        let codes = facts.not_codes.entry(place_of(membership)).or_default();
                        codes.extend(&membership.any_of);
                    }
                    Condition::Answered(key) => {
                        facts.not_answered.insert(key);
                    }
                    _ => {}
                }
                !always_holds(part)
            }
            Condition::Answered(key) => {
                facts.answered.insert(key);
                !self.unseen.contains(key)
            }
            Condition::Is(membership) => {
                facts.answered.insert(&membership.question);
                if self.has_one_code(&membership.question) {
                    let codes: BTreeSet<&Code> = membership.any_of.iter().collect();
                    facts
                        .codes
                        .entry(place_of(membership))
                        .and_modify(|known| known.retain(|code| codes.contains(code)))
                        .or_insert(codes);
                }
                !membership.any_of.is_empty() && !self.unseen.contains(&membership.question)
            }
            Condition::Number(bounds) => {
                facts.answered.insert(&bounds.question);
                let (lowest, highest) = self.range(bounds);
                let range = facts
                    .numbers
                    .entry((&bounds.question, bounds.item.as_ref()))
                    .or_insert((lowest, highest));
                range.0 = range.0.max(bounds.at_least.unwrap_or(i64::MIN));
                range.1 = range.1.min(bounds.at_most.unwrap_or(i64::MAX));
                !self.unseen.contains(&bounds.question)
            }
        }
    }

    /// Whether an answer to it, or to one of its rows, is one code.
    fn has_one_code(&self, key: &QuestionKey) -> bool {
        self.questions.get(key).is_some_and(|question| {
            matches!(
                question.kind,
                Kind::Single { .. } | Kind::Area { .. } | Kind::Postcode { .. } | Kind::Grid { .. }
            )
        })
    }

    /// The numbers that can be given.
    fn range(&self, bounds: &Bounds) -> (i64, i64) {
        match self
            .questions
            .get(&bounds.question)
            .map(|question| &question.kind)
        {
            Some(Kind::Scale { min, max, .. }) => (i64::from(*min), i64::from(*max)),
            Some(Kind::Budget { total, .. }) => (0, i64::from(*total)),
            Some(Kind::Number { min, max, .. }) => {
                (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX))
            }
            _ => (i64::MIN, i64::MAX),
        }
    }
}

fn place_of(membership: &Membership) -> (&QuestionKey, Option<&Code>) {
    (&membership.question, membership.row.as_ref())
}

fn always_holds(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(always_holds),
        Condition::Any(parts) => parts.iter().any(always_holds),
        Condition::Not(part) => matches!(part.as_ref(), Condition::Any(parts) if parts.is_empty()),
        _ => false,
    }
}

impl Facts<'_> {
    fn agree(&self) -> bool {
        let codes = self.codes.iter().all(|(place, codes)| {
            let not = self.not_codes.get(place);
            codes
                .iter()
                .any(|code| not.is_none_or(|not| !not.contains(code)))
        });
        codes
            && self
                .numbers
                .values()
                .all(|(lowest, highest)| lowest <= highest)
            && self.answered.is_disjoint(&self.not_answered)
    }
}
