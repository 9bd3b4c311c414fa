//! What a question's answers add up to, as values: figures by kind of question, each with its base.

use jiff::civil::Date;
use serde::Serialize;

use super::{
    moments::Summary,
    ranking::RankedItem,
    schema::Purse,
    share::{Base, Share},
    weights::WeightedBase,
};
use crate::survey::ids::{Code, QuestionKey, ThemeKey};

/// Who is not in a base, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Absent {
    /// Asked, and gave no answer.
    pub missing: u32,
    /// Never asked, because routing hid the question.
    pub not_asked: u32,
    /// Preferred not to say.
    pub declined: u32,
    /// Said "don't know".
    pub dont_know: u32,
    /// Gave an answer that can't be counted.
    pub invalid: u32,
}

/// A choice, or a grid column, and who chose it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChoiceShare {
    /// Its code.
    pub code: Code,
    /// The theme it is about.
    pub theme: Option<ThemeKey>,
    /// Whether it stands apart from the scale.
    pub apart: bool,
    /// Who chose it.
    pub share: Share,
}

/// A row of a grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GridRow {
    /// Its code.
    pub code: Code,
    /// The theme it is about.
    pub theme: Option<ThemeKey>,
    /// Who answered it.
    pub base: Base,
    /// The same with weights, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted_base: Option<WeightedBase>,
    /// Who did not.
    pub absent: Absent,
    /// The columns in order.
    pub columns: Vec<ChoiceShare>,
    /// The columns as numbers 1, 2, … from the left, without those that stand apart.
    pub summary: Summary,
}

/// A point on a scale, or a number, and who gave it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// The point.
    pub value: i64,
    /// Who gave it.
    pub share: Share,
}

/// An item of a budget.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BudgetItem {
    /// Its code.
    pub code: Code,
    /// The theme it is about.
    pub theme: Option<ThemeKey>,
    /// What it was given, in the budget's unit.
    pub amount: Summary,
    /// The mean without the lowest and highest tenth.
    pub trimmed_mean: Option<f64>,
    /// Who gave it nothing.
    pub nothing: Share,
}

/// The figures of one kind of question.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Figures {
    /// A single choice or an area.
    Single {
        /// The choices in order.
        options: Vec<ChoiceShare>,
    },
    /// A multiple choice; shares add up to more than one.
    Multiple {
        /// The choices in order.
        options: Vec<ChoiceShare>,
        /// How many ticks there are in all.
        ticks: u32,
    },
    /// A grid.
    Grid {
        /// Its rows; each has a base of its own.
        rows: Vec<GridRow>,
    },
    /// A scale.
    Scale {
        /// Its points in order.
        points: Vec<Point>,
        /// What they add up to.
        summary: Summary,
    },
    /// A number.
    Number {
        /// What the numbers look like.
        summary: Summary,
        /// The numbers given and by how many, when there are at most [`MOST_POINTS`] different ones.
        points: Vec<Point>,
    },
    /// A ranking.
    Ranking {
        /// The items in the order of the list.
        items: Vec<RankedItem>,
        /// How many ranked one item, two, three, ….
        lengths: Vec<u32>,
    },
    /// A budget.
    Budget {
        /// The items in order.
        items: Vec<BudgetItem>,
        /// What is shared.
        purse: Purse,
    },
    /// A day.
    Date {
        /// The earliest given.
        earliest: Option<Date>,
        /// The latest given.
        latest: Option<Date>,
    },
    /// Words: they are read, not counted.
    Text,
}

/// The most different numbers that are listed one by one.
pub const MOST_POINTS: usize = 40;

/// What a question's answers add up to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frequency {
    /// The question.
    pub question: QuestionKey,
    /// The theme it is about.
    pub theme: Option<ThemeKey>,
    /// Whether its answers are special-category data.
    pub sensitive: bool,
    /// Who answered it (a grid: at least one row).
    pub base: Base,
    /// The same with weights, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted_base: Option<WeightedBase>,
    /// Who did not.
    pub absent: Absent,
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
}
