//! Which columns a file of answers has, and where each question of each version finds its own.
//!
//! Versions of a survey are read as one: the columns are those of the first version in its order; what a later version
//! adds is put in after the column it follows there. A column is never moved and never renamed, whatever the wording.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use crate::survey::{
    columns::{Part, columns},
    condition::Condition,
    definition::{Definition, Question},
    ids::{Code, Lang, QuestionKey},
};

/// A published version, as a file needs it.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// What it asks.
    pub definition: Arc<Definition>,
}

/// What stands for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// Stable codes.
    Codes,
    /// The words of the definition in a language.
    Labels(Lang),
}

/// Whether answers marked sensitive are in a file: only for those with the capability.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sensitive {
    /// Their columns are not there.
    #[default]
    LeaveOut,
    /// They are.
    Include,
}

/// The columns of a response itself, in the order they are written.
pub(super) const ABOUT_RESPONSE: [&str; 10] = [
    "id",
    "reference",
    "version",
    "channel",
    "language",
    "started_at",
    "submitted_at",
    "seconds",
    "simulated",
    "flags",
];

/// The columns worked out from the answer that gives the area.
pub(super) const ABOUT_AREA: [&str; 3] = ["area_name", "csp", "policing_area"];

/// What a column holds of an answer; [`Part`] with its code at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    Whole,
    Ticked(Code),
    Row(Code),
    Rank(Code),
    Share(Code),
    OtherText(Code),
}

impl From<Part<'_>> for Slot {
    fn from(part: Part<'_>) -> Self {
        match part {
            Part::Whole => Self::Whole,
            Part::Ticked(code) => Self::Ticked(code.clone()),
            Part::Row(code) => Self::Row(code.clone()),
            Part::Rank(code) => Self::Rank(code.clone()),
            Part::Share(code) => Self::Share(code.clone()),
            Part::OtherText(code) => Self::OtherText(code.clone()),
        }
    }
}

/// Where a question's answer goes.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    /// Place among the question columns, and what goes there.
    pub(super) slots: Vec<(usize, Slot)>,
    /// Whether it was asked can't be told from what is in the file, because a sensitive answer decided it.
    pub(super) is_asked_unsure: bool,
}

/// One version's way into the columns: an entry for each of its questions, in the definition's order.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) definition: Arc<Definition>,
    pub(super) questions: Vec<Planned>,
}

/// The columns of a file of answers.
#[derive(Debug, Clone)]
pub struct Layout {
    pub(super) versions: Vec<Version>,
    pub(super) names: Vec<String>,
    pub(super) plans: BTreeMap<u32, Plan>,
    pub(super) has_area: bool,
    pub(super) values: Values,
    pub(super) sensitive: Sensitive,
}

impl Layout {
    /// Lays out the columns of several versions of a survey.
    #[must_use]
    pub fn new(mut versions: Vec<Version>, values: Values, sensitive: Sensitive) -> Self {
        versions.sort_by_key(|version| version.number);
        // A question that any version calls sensitive is left out for all.
        let private: BTreeSet<QuestionKey> = match sensitive {
            Sensitive::Include => BTreeSet::new(),
            Sensitive::LeaveOut => versions
                .iter()
                .flat_map(|version| version.definition.questions())
                .filter(|question| question.sensitive.is_some())
                .map(|question| question.key.clone())
                .collect(),
        };
        let names = merged(&versions, &private);
        let places: HashMap<&str, usize> = names
            .iter()
            .enumerate()
            .map(|(at, name)| (name.as_str(), at))
            .collect();
        let plans = versions
            .iter()
            .map(|version| (version.number, plan(version, &places, &private)))
            .collect();
        let area = |version: &Version| version.definition.roles.area.clone();
        let mut areas = versions.iter().filter_map(area).peekable();
        let has_area = areas.peek().is_some() && areas.all(|area| !private.contains(&area));
        Self {
            versions,
            names,
            plans,
            has_area,
            values,
            sensitive,
        }
    }

    /// The names of all columns, in order.
    #[must_use]
    pub fn header(&self) -> Vec<&str> {
        let about_area = self.has_area.then_some(ABOUT_AREA).into_iter().flatten();
        let mut header: Vec<&str> = ABOUT_RESPONSE.into_iter().chain(about_area).collect();
        header.extend(self.names.iter().map(String::as_str));
        header
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.header().len()
    }
}

/// The question columns of all versions, each once.
fn merged(versions: &[Version], private: &BTreeSet<QuestionKey>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for version in versions {
        let mut after = 0;
        for question in version.definition.questions() {
            if private.contains(&question.key) {
                continue;
            }
            for column in columns(question) {
                let found = names.iter().position(|name| *name == column.name);
                after = match found {
                    Some(at) => at + 1,
                    None => {
                        names.insert(after, column.name);
                        after + 1
                    }
                };
            }
        }
    }
    names
}

fn plan(version: &Version, places: &HashMap<&str, usize>, private: &BTreeSet<QuestionKey>) -> Plan {
    let unsure = decided_by(&version.definition, private);
    let questions = version
        .definition
        .questions()
        .map(|question| Planned {
            slots: slots(question, places, private),
            is_asked_unsure: unsure.contains(&question.key),
        })
        .collect();
    Plan {
        definition: Arc::clone(&version.definition),
        questions,
    }
}

fn slots(
    question: &Question,
    places: &HashMap<&str, usize>,
    private: &BTreeSet<QuestionKey>,
) -> Vec<(usize, Slot)> {
    if private.contains(&question.key) {
        return Vec::new();
    }
    columns(question)
        .into_iter()
        .filter_map(|column| Some((*places.get(column.name.as_str())?, column.part.into())))
        .collect()
}

/// The questions that are asked or not by what was answered to `deciding` ones, directly or by a chain of others.
fn decided_by(definition: &Definition, deciding: &BTreeSet<QuestionKey>) -> BTreeSet<QuestionKey> {
    // Conditions look at earlier questions only, so that one pass in order finds every chain.
    let mut decided = deciding.clone();
    if decided.is_empty() {
        return decided;
    }
    for (_, page) in definition.pages() {
        let page_is = looks_at(page.show_when.as_ref(), &decided);
        for question in &page.questions {
            decide(question, page_is, &mut decided);
        }
    }
    decided
}

fn decide(question: &Question, is_above: bool, decided: &mut BTreeSet<QuestionKey>) {
    if is_above || looks_at(question.show_when.as_ref(), decided) {
        decided.insert(question.key.clone());
    }
    let is_decided = decided.contains(&question.key);
    for revealed in question.choices().iter().flat_map(|choice| &choice.reveals) {
        decide(revealed, is_decided, decided);
    }
}

fn looks_at(condition: Option<&Condition>, decided: &BTreeSet<QuestionKey>) -> bool {
    match condition {
        None => false,
        Some(Condition::All(parts) | Condition::Any(parts)) => {
            parts.iter().any(|part| looks_at(Some(part), decided))
        }
        Some(Condition::Not(part)) => looks_at(Some(part), decided),
        Some(Condition::Answered(question)) => decided.contains(question),
        Some(Condition::Is(membership)) => decided.contains(&membership.question),
        Some(Condition::Number(bounds)) => decided.contains(&bounds.question),
    }
}
