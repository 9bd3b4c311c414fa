//! How somebody goes about it: nearly everybody in earnest, a few not, so that demonstrations show every quality flag.

use std::collections::BTreeSet;

use super::dice::Dice;
use crate::{
    storage::responses::Flags,
    survey::{
        answers::{Answer, Answers, TextKey},
        condition::{Condition, Membership},
        definition::{Definition, Kind, Question},
    },
};

/// What the few who copy a campaign's words write.
const CAMPAIGN: &str = "Our streets need officers we know by name. Please give every ward its own constable, on foot, in the evenings too, and keep the front desks open.";

/// Out of a thousand who start: how many are in haste, contradict themselves, copy words, are programs, send one after
/// another from one place.
const OF_A_THOUSAND: [f64; 5] = [9.0, 3.0, 5.0, 2.0, 3.0];

/// How somebody goes about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// As asked.
    InEarnest,
    /// Clicking through.
    Hasty,
    /// Giving answers that the n-th check of the survey calls contradictory.
    Contradictory(usize),
    /// With the words of a campaign.
    Campaigning,
    /// A program: it fills in fields that people don't see.
    Program,
    /// One of many from one place.
    Bursting,
}

impl Manner {
    /// Draws one; what is thrown changes nothing else about a person.
    pub(super) fn draw(definition: &Definition, seed: u64, number: u32) -> Self {
        let mut dice = Dice::new(seed, "manners", u64::from(number));
        let few: f64 = OF_A_THOUSAND.iter().sum();
        if !dice.happens(few / 1000.0) {
            return Self::InEarnest;
        }
        match dice.weighted(&OF_A_THOUSAND) {
            Some(0) => Self::Hasty,
            Some(1) if !definition.checks.is_empty() => {
                Self::Contradictory(dice.place(definition.checks.len()))
            }
            Some(2) => Self::Campaigning,
            Some(3) => Self::Program,
            Some(4) => Self::Bursting,
            _ => Self::InEarnest,
        }
    }

    /// What part of the usual time each page takes.
    pub(super) fn haste(self) -> i64 {
        match self {
            Self::Hasty => 7,
            Self::Program => 40,
            _ => 1,
        }
    }

    /// The marks that the site would have put on what was sent.
    pub(super) fn flags(self) -> Flags {
        match self {
            Self::Program => Flags::TRAP,
            Self::Bursting => Flags::BURST,
            _ => Flags::NONE,
        }
    }

    /// Bends an answer that was given in earnest.
    pub(super) fn bend(self, definition: &Definition, question: &Question, answers: &mut Answers) {
        if let (Self::Campaigning, Kind::LongText { max_length, .. }) = (self, &question.kind)
            && answers.values.contains_key(&question.key)
            && CAMPAIGN.len() <= usize::try_from(*max_length).unwrap_or(usize::MAX)
        {
            let key = TextKey {
                question: question.key.clone(),
                code: None,
            };
            answers.texts.insert(key, CAMPAIGN.to_owned());
        }
        let bent = match (self, &question.kind, answers.values.get(&question.key)) {
            (
                Self::Hasty | Self::Program,
                Kind::Grid { rows, columns, .. },
                Some(Answer::Grid(_)),
            ) => {
                let scale: Vec<_> = columns.iter().filter(|column| !column.apart).collect();
                let Some(column) = scale.get(scale.len() / 2) else {
                    return;
                };
                let same = rows
                    .iter()
                    .map(|row| (row.code.clone(), column.code.clone()));
                Some(Answer::Grid(same.collect()))
            }
            (Self::Contradictory(check), _, given) => {
                let check = definition.checks.get(check);
                let mut parts = Vec::new();
                check
                    .into_iter()
                    .for_each(|check| memberships(&check.never, &mut parts));
                parts.retain(|part| part.question == question.key);
                said(&parts, given)
            }
            _ => None,
        };
        if let Some(bent) = bent {
            answers.values.insert(question.key.clone(), bent);
        }
    }
}

/// What has to be answered so that a condition holds, as far as it is put together with "all".
fn memberships<'a>(condition: &'a Condition, parts: &mut Vec<&'a Membership>) {
    match condition {
        Condition::All(all) => all.iter().for_each(|part| memberships(part, parts)),
        Condition::Is(membership) => parts.push(membership),
        _ => {}
    }
}

/// An answer of the kind given that is, or includes, what is wanted.
fn said(wanted: &[&Membership], given: Option<&Answer>) -> Option<Answer> {
    let code = wanted.first()?.any_of.first()?.clone();
    match given? {
        Answer::One(_) => Some(Answer::One(code)),
        Answer::Many(_) => Some(Answer::Many(BTreeSet::from([code]))),
        Answer::Grid(rows) => {
            let mut rows = rows.clone();
            for part in wanted {
                if let (Some(row), Some(code)) = (&part.row, part.any_of.first()) {
                    rows.insert(row.clone(), code.clone());
                }
            }
            Some(Answer::Grid(rows))
        }
        _ => None,
    }
}
