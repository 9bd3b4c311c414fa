//! Which questions of a definition play a part in every analysis, and which answers contradict each other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    condition::Condition,
    ids::{Code, QuestionKey},
    text::Text,
};

/// Questions with a part in every analysis: filters, banners and weights find them here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// The question that gives the area (a `postcode` or `area` question).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<QuestionKey>,
    /// The question that gives the age band; its codes are bands such as `16_24` and `75_plus`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<QuestionKey>,
    /// The question that gives sex; its codes are `female` and `male`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<QuestionKey>,
    /// The question that says whether the person was a victim of crime in the last 12 months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub victim: Option<Victim>,
    /// The question that ranks themes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priorities: Option<QuestionKey>,
    /// The question that shares money between themes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<QuestionKey>,
    /// The grid that rates each theme, worst rating first; needs `overall`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratings: Option<QuestionKey>,
    /// The question that rates the whole (a `scale` or `single` question, worst first).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overall: Option<QuestionKey>,
    /// Which answers put somebody in which ethnic group of the Census: `asian`, `black`, `mixed`, `white` or `other`. The
    /// first entry that fits counts. Only for those who may see special-category answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ethnicity: Vec<CensusAnswers>,
    /// Which answers make somebody `disabled` or `not_disabled`, as the Census has it. The first entry that fits counts.
    /// Only for those who may see special-category answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disability: Vec<CensusAnswers>,
}

/// The ethnic groups of the Census that answers can be set beside.
pub const ETHNIC_GROUPS: [&str; 5] = ["asian", "black", "mixed", "white", "other"];
/// The groups of the Census's table of disability that answers can be set beside.
pub const DISABILITY_GROUPS: [&str; 2] = ["disabled", "not_disabled"];

/// Answers to one question that put somebody in a group of the Census.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CensusAnswers {
    /// The group, by the Census's code.
    pub group: Code,
    /// The question (`single`, and `sensitive`).
    pub question: QuestionKey,
    /// The codes of its choices that mean the group.
    pub codes: Vec<Code>,
}

/// Which answers to which question make somebody a victim of crime in the last 12 months.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Victim {
    /// The question.
    pub question: QuestionKey,
    /// The codes that mean yes.
    pub codes: Vec<Code>,
}

/// A rule by which answers contradict each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its stable code.
    pub code: Code,
    /// The contradiction in a few words, for officers.
    pub label: Text,
    /// What no response should say. It may name any question of the survey.
    pub never: Condition,
}
