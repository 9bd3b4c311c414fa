//! Whether a condition holds for the answers given so far.

use std::{borrow::Cow, collections::BTreeMap};

use super::{
    answers::Answer,
    condition::{Bounds, Condition, Membership},
    ids::{Code, QuestionKey},
};

/// The answers that count in conditions: those to questions that are shown.
#[derive(Debug, Clone, Default)]
pub struct Given<'a>(BTreeMap<&'a QuestionKey, Cow<'a, Answer>>);

impl<'a> Given<'a> {
    /// Counts an answer in.
    pub fn insert(&mut self, question: &'a QuestionKey, answer: Cow<'a, Answer>) {
        self.0.insert(question, answer);
    }

    /// The answer to a shown question.
    #[must_use]
    pub fn get(&self, question: &QuestionKey) -> Option<&Answer> {
        self.0.get(question).map(Cow::as_ref)
    }

    /// Whether a condition holds; no condition always holds.
    #[must_use]
    pub fn meets(&self, condition: Option<&Condition>) -> bool {
        condition.is_none_or(|condition| self.holds(condition))
    }

    /// Whether a condition holds.
    #[must_use]
    pub fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Condition::Not(part) => !self.holds(part),
            Condition::Answered(question) => self.0.contains_key(question),
            Condition::Is(membership) => self.has(membership),
            Condition::Number(bounds) => self.lies_within(bounds),
        }
    }

    fn has(&self, membership: &Membership) -> bool {
        let Some(answer) = self.get(&membership.question) else {
            return false;
        };
        match (answer, &membership.row) {
            (Answer::Grid(rows), Some(row)) => rows
                .get(row)
                .is_some_and(|column| membership.any_of.contains(column)),
            (_, Some(_)) => false,
            (answer, None) => membership.any_of.iter().any(|code| chooses(answer, code)),
        }
    }

    fn lies_within(&self, bounds: &Bounds) -> bool {
        let number = match (self.get(&bounds.question), &bounds.item) {
            (Some(Answer::Number(number)), None) => *number,
            (Some(Answer::Shares(shares)), Some(item)) => match shares.get(item) {
                Some(share) => i64::from(*share),
                None => return false,
            },
            _ => return false,
        };
        bounds.at_least.is_none_or(|least| number >= least)
            && bounds.at_most.is_none_or(|most| number <= most)
    }
}

/// Whether an answer is, or includes, a code: a choice, an area, a ticked choice, a ranked item.
#[must_use]
pub fn chooses(answer: &Answer, code: &Code) -> bool {
    match answer {
        Answer::One(chosen) => chosen == code,
        Answer::Many(chosen) => chosen.contains(code),
        Answer::Ranked(items) => items.contains(code),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::survey::build::{code, key};

    fn is(question: &str, row: Option<&str>, any_of: &[&str]) -> Condition {
        Condition::Is(Membership {
            question: key(question),
            row: row.map(code),
            any_of: any_of.iter().map(|c| code(c)).collect(),
        })
    }

    fn number(
        question: &str,
        item: Option<&str>,
        at_least: Option<i64>,
        at_most: Option<i64>,
    ) -> Condition {
        Condition::Number(Bounds {
            question: key(question),
            item: item.map(code),
            at_least,
            at_most,
        })
    }

    #[test]
    fn conditions_look_at_every_shape_of_answer() {
        let answers: BTreeMap<QuestionKey, Answer> = [
            (key("one"), Answer::One(code("a"))),
            (
                key("many"),
                Answer::Many(BTreeSet::from([code("a"), code("b")])),
            ),
            (key("ranked"), Answer::Ranked(vec![code("c")])),
            (
                key("grid"),
                Answer::Grid(BTreeMap::from([(code("day"), code("safe"))])),
            ),
            (key("age"), Answer::Number(17)),
            (
                key("money"),
                Answer::Shares(BTreeMap::from([(code("a"), 40), (code("b"), 60)])),
            ),
            (key("private"), Answer::Declined),
        ]
        .into();
        let mut given = Given::default();
        for (question, answer) in &answers {
            given.insert(question, Cow::Borrowed(answer));
        }

        for (condition, expected) in [
            (is("one", None, &["b", "a"]), true),
            (is("one", None, &["b"]), false),
            (is("many", None, &["b"]), true),
            (is("ranked", None, &["c"]), true),
            (is("ranked", None, &["a"]), false),
            (is("grid", Some("day"), &["safe"]), true),
            (is("grid", Some("night"), &["safe"]), false),
            (is("one", Some("day"), &["a"]), false),
            (is("nowhere", None, &["a"]), false),
            (is("private", None, &["a"]), false),
            (Condition::Answered(key("private")), true),
            (Condition::Answered(key("nowhere")), false),
            (number("age", None, Some(16), Some(17)), true),
            (number("age", None, Some(18), None), false),
            (number("money", Some("b"), Some(60), None), true),
            (number("money", None, Some(0), None), false),
            (number("money", Some("z"), None, None), false),
            (Condition::All(vec![]), true),
            (Condition::Any(vec![]), false),
            (Condition::Not(Box::new(is("nowhere", None, &["a"]))), true),
            (
                Condition::All(vec![is("one", None, &["a"]), is("many", None, &["z"])]),
                false,
            ),
            (
                Condition::Any(vec![is("one", None, &["z"]), is("many", None, &["a"])]),
                true,
            ),
        ] {
            assert_eq!(given.holds(&condition), expected, "{condition:?}");
        }
        assert!(given.meets(None));
    }
}
