//! The names that equations call answers by, and what they are here.

use std::collections::HashMap;

use crate::survey::ids::{Code, QuestionKey};

/// An answer, or a part of one, that an equation can name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Variable {
    /// The question it belongs to.
    pub(super) question: QuestionKey,
    /// What can be said of it.
    pub(super) answer: Answer,
}

/// What can be said of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    /// It is one of several codes: LimeSurvey's, and ours.
    Codes {
        /// The row of a grid.
        row: Option<Code>,
        /// The codes.
        codes: Vec<(String, Code)>,
    },
    /// A choice that is ticked or not.
    Ticked(Code),
    /// A number.
    Number {
        /// The item of a budget.
        item: Option<Code>,
    },
    /// Words or a day: there or not.
    Words,
}

/// All of them, by name.
#[derive(Debug, Default)]
pub(super) struct Variables(HashMap<String, Variable>);

impl Variables {
    /// Keeps a variable under a question's code and its number, with the code of a part.
    pub(super) fn put(&mut self, names: [&str; 2], part: Option<&str>, variable: Variable) {
        let [code, number] = names;
        let (by_code, by_number) = match part {
            None => (code.to_owned(), number.to_owned()),
            Some(part) => (format!("{code}_{part}"), format!("{number}{part}")),
        };
        for name in [by_code, by_number] {
            self.0.entry(name).or_insert_with(|| variable.clone());
        }
    }

    /// The variable of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Variable> {
        self.0.get(name)
    }
}
