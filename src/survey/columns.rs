//! The columns a question's answers have in every file that leaves the house.
//!
//! `key` for one value; `key_code` for each option of a multiple choice, row of a grid, item of a ranking or budget;
//! `key_code_text` for the words of an "other, please say". The linter refuses two columns of one name.

use super::{
    definition::{Kind, Question},
    ids::Code,
};

/// One column of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column<'a> {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub part: Part<'a>,
}

/// What a column holds of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// The whole answer: a code, a number, a day, words.
    Whole,
    /// Whether the choice was ticked: 0 or 1.
    Ticked(&'a Code),
    /// The column chosen in that row of a grid.
    Row(&'a Code),
    /// The place the item was given, from 1.
    Rank(&'a Code),
    /// The item's share of a budget.
    Share(&'a Code),
    /// The words of the choice's "other, please say".
    OtherText(&'a Code),
}

/// The columns a response itself has in every file; no question may be called so.
pub const RESPONSE_COLUMNS: [&str; 16] = [
    "id",
    "response",
    "reference",
    "version",
    "channel",
    "language",
    "started_at",
    "submitted_at",
    "seconds",
    "simulated",
    "flags",
    "area_name",
    "csp",
    "policing_area",
    "weight",
    "survey",
];

/// The columns of a question in order; none for information.
#[must_use]
pub fn columns(question: &Question) -> Vec<Column<'_>> {
    let key = &question.key;
    let per_code = |code: &'_ Code| format!("{key}_{code}");
    let mut columns: Vec<Column<'_>> = match &question.kind {
        Kind::Information { .. } => Vec::new(),
        Kind::Multiple { choices, .. } => choices
            .iter()
            .map(|choice| (per_code(&choice.code), Part::Ticked(&choice.code)))
            .map(column)
            .collect(),
        Kind::Grid { rows, .. } => rows
            .iter()
            .map(|row| (per_code(&row.code), Part::Row(&row.code)))
            .map(column)
            .collect(),
        Kind::Ranking { items, .. } => items
            .iter()
            .map(|item| (per_code(&item.code), Part::Rank(&item.code)))
            .map(column)
            .collect(),
        Kind::Budget { items, .. } => items
            .iter()
            .map(|item| (per_code(&item.code), Part::Share(&item.code)))
            .map(column)
            .collect(),
        _ => vec![column((key.to_string(), Part::Whole))],
    };
    if matches!(question.kind, Kind::Single { .. } | Kind::Multiple { .. }) {
        let others = question
            .choices()
            .iter()
            .filter(|choice| choice.other.is_some());
        columns.extend(
            others
                .map(|choice| {
                    (
                        format!("{key}_{}_text", choice.code),
                        Part::OtherText(&choice.code),
                    )
                })
                .map(column),
        );
    }
    columns
}

fn column((name, part): (String, Part<'_>)) -> Column<'_> {
    Column { name, part }
}
