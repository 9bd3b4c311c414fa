//! Conditions as sentences that a form can hold: lines joined by "and" or "or", in groups joined by the other word.
//!
//! Deeper conditions, which a document may have, are not taken apart: they stay as they are until they are replaced.

use crate::survey::{
    condition::{Bounds, Condition, Membership},
    ids::QuestionKey,
};

/// A condition in two levels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Routing {
    /// Whether all groups must hold, and one line of each; otherwise one group, and all of its lines.
    pub all: bool,
    /// The groups, none of them empty.
    pub groups: Vec<Vec<Line>>,
}

/// A line: "question is choice".
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Whether it must not hold.
    pub not: bool,
    /// What it says.
    pub claim: Claim,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// The question has an answer.
    Answered(QuestionKey),
    /// The answer is, or includes, one of some codes.
    Is(Membership),
    /// The number lies within bounds.
    Number(Bounds),
}

impl Claim {
    /// The question it is about.
    #[must_use]
    pub fn question(&self) -> &QuestionKey {
        match self {
            Self::Answered(key) => key,
            Self::Is(membership) => &membership.question,
            Self::Number(bounds) => &bounds.question,
        }
    }
}

impl Routing {
    /// A condition in two levels; none, if it has more.
    #[must_use]
    pub fn of(condition: &Condition) -> Option<Self> {
        if let Some(line) = line(condition, false) {
            return Some(Self {
                all: true,
                groups: vec![vec![line]],
            });
        }
        let (all, parts) = flat(condition, false);
        let groups: Option<Vec<Vec<Line>>> = parts
            .into_iter()
            .map(|(part, not)| match line(part, not) {
                Some(line) => Some(vec![line]),
                None => {
                    let (inner_all, inner) = flat(part, not);
                    let lines: Option<Vec<Line>> = inner
                        .into_iter()
                        .map(|(part, not)| line(part, not))
                        .collect();
                    lines.filter(|lines| inner_all != all && !lines.is_empty())
                }
            })
            .collect();
        // An empty list holds always or never; only "always" can be said by a form without lines.
        groups
            .filter(|groups| !groups.is_empty())
            .map(|groups| Self { all, groups })
    }

    /// The condition; none without lines.
    #[must_use]
    pub fn condition(&self) -> Option<Condition> {
        let join = |all: bool, mut parts: Vec<Condition>| match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ if all => Some(Condition::All(parts)),
            _ => Some(Condition::Any(parts)),
        };
        let groups = self.groups.iter().filter_map(|group| {
            let lines = group.iter().map(Line::condition).collect();
            join(!self.all, lines)
        });
        join(self.all, groups.collect())
    }
}

impl Line {
    fn condition(&self) -> Condition {
        let claim = match &self.claim {
            Claim::Answered(key) => Condition::Answered(key.clone()),
            Claim::Is(membership) => Condition::Is(membership.clone()),
            Claim::Number(bounds) => Condition::Number(bounds.clone()),
        };
        if self.not {
            Condition::Not(Box::new(claim))
        } else {
            claim
        }
    }
}

/// A condition that is one claim, denied or not.
fn line(condition: &Condition, not: bool) -> Option<Line> {
    let claim = match condition {
        Condition::Answered(key) => Claim::Answered(key.clone()),
        Condition::Is(membership) => Claim::Is(membership.clone()),
        Condition::Number(bounds) => Claim::Number(bounds.clone()),
        Condition::Not(part) => return line(part, !not),
        Condition::All(_) | Condition::Any(_) => return None,
    };
    Some(Line { not, claim })
}

/// The parts of a list, lists of the same word within it taken in, and which word joins them: not (a and b) is (not a) or
/// (not b).
fn flat(condition: &Condition, not: bool) -> (bool, Vec<(&Condition, bool)>) {
    let (all, parts) = match condition {
        Condition::Not(part) => return flat(part, !not),
        Condition::All(parts) => (!not, parts),
        Condition::Any(parts) => (not, parts),
        leaf => return (true, vec![(leaf, not)]),
    };
    let mut out = Vec::new();
    for part in parts {
        if line(part, not).is_none() {
            let (same, inner) = flat(part, not);
            if same == all && !inner.is_empty() {
                out.extend(inner);
                continue;
            }
        }
        out.push((part, not));
    }
    (all, out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::survey::build::key;

    /// What a condition comes to, given which questions were answered.
    fn holds(condition: &Condition, answered: u8) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| holds(part, answered)),
            Condition::Any(parts) => parts.iter().any(|part| holds(part, answered)),
            Condition::Not(part) => !holds(part, answered),
            Condition::Answered(key) => {
                let at = key.as_str().bytes().last().unwrap() - b'a';
                answered & (1 << at) != 0
            }
            Condition::Is(_) | Condition::Number(_) => unreachable!("not made here"),
        }
    }

    fn condition() -> impl Strategy<Value = Condition> {
        let leaf = prop::sample::select(vec!["a", "b", "c", "d"]);
        let leaf = leaf.prop_map(|name| Condition::Answered(key(name)));
        leaf.prop_recursive(4, 16, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(Condition::All),
                prop::collection::vec(inner.clone(), 1..4).prop_map(Condition::Any),
                inner.prop_map(|part| Condition::Not(Box::new(part))),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_condition_taken_apart_means_the_same_together_again(condition in condition(), answered in 0..16_u8) {
            if let Some(routing) = Routing::of(&condition) {
                let again = routing.condition().unwrap();
                prop_assert_eq!(holds(&condition, answered), holds(&again, answered));
                prop_assert_eq!(Routing::of(&again).unwrap().condition(), Some(again));
            }
        }
    }

    #[test]
    fn two_levels_are_held_and_three_are_not() {
        let answered = |name| Condition::Answered(key(name));
        let two = Condition::All(vec![
            Condition::Any(vec![answered("a"), answered("b")]),
            answered("c"),
        ]);
        assert_eq!(Routing::of(&two).unwrap().groups.len(), 2);
        let three = Condition::Any(vec![answered("d"), two]);
        assert_eq!(Routing::of(&three), None);
        assert_eq!(Routing::of(&Condition::All(Vec::new())), None);
        assert_eq!(Routing::default().condition(), None);
    }
}
