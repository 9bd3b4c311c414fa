//! Conditions over earlier answers, for routing and reveals.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ids::{Code, QuestionKey};

/// A condition over answers given on earlier pages, or earlier on the same page.
///
/// A question that is hidden or not answered makes `is` and `number` false.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// All hold; true when empty.
    All(Vec<Condition>),
    /// At least one holds; false when empty.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The question has an answer ("prefer not to say" and "don't know" count).
    Answered(QuestionKey),
    /// The answer is, or includes, one of the codes.
    Is(Membership),
    /// The number given lies within bounds.
    Number(Bounds),
}

impl Condition {
    /// The questions it names, as often as it names them.
    #[must_use]
    pub fn questions(&self) -> Vec<&QuestionKey> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::questions).collect(),
            Self::Not(part) => part.questions(),
            Self::Answered(question) => vec![question],
            Self::Is(membership) => vec![&membership.question],
            Self::Number(bounds) => vec![&bounds.question],
        }
    }
}

/// "The answer to `question` is one of `any_of`": a single choice, area, any ticked choice, any ranked item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// The earlier question.
    pub question: QuestionKey,
    /// For a grid: the row meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<Code>,
    /// The codes, one of which must be there.
    pub any_of: Vec<Code>,
}

/// "The number given to `question` lies between `at_least` and `at_most`": a number, a scale, or a budget item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// The earlier question.
    pub question: QuestionKey,
    /// For a budget: the item meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Code>,
    /// The lowest that holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i64>,
    /// The highest that holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i64>,
}
