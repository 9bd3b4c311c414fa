//! The options of a question in order, found by code.

use std::collections::HashMap;

use crate::survey::{
    definition::{Choice, Row, ScaleSide},
    ids::{Code, ThemeKey},
};

/// One option of a question: a choice, a grid row or column, a ranked or budget item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionSpec {
    /// Its stable code.
    pub code: Code,
    /// The theme it is about.
    pub theme: Option<ThemeKey>,
    /// Whether it stands apart from a scale ("Don't know"): counted in shares, never in means.
    pub apart: bool,
    /// On which side of a scale it stands, where the survey says so.
    pub side: Option<ScaleSide>,
}

/// Options in order, found by code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    pub(super) list: Vec<OptionSpec>,
    index: HashMap<Code, usize>,
}

impl Options {
    pub(super) fn add(&mut self, code: &Code, theme: Option<&ThemeKey>, apart: bool) {
        self.add_option(&OptionSpec {
            code: code.clone(),
            theme: theme.cloned(),
            apart,
            side: None,
        });
    }

    /// Adds an option, unless its code is known.
    pub(super) fn add_option(&mut self, option: &OptionSpec) {
        if !self.index.contains_key(&option.code) {
            self.index.insert(option.code.clone(), self.list.len());
            self.list.push(option.clone());
        }
    }

    pub(super) fn add_choices(&mut self, choices: &[Choice]) {
        for choice in choices {
            self.add_option(&OptionSpec {
                code: choice.code.clone(),
                theme: choice.theme.clone(),
                apart: choice.apart,
                side: choice.side,
            });
        }
    }

    pub(super) fn add_rows(&mut self, rows: &[Row]) {
        for row in rows {
            self.add(&row.code, row.theme.as_ref(), false);
        }
    }

    /// The options in order.
    #[must_use]
    pub fn list(&self) -> &[OptionSpec] {
        &self.list
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The place of a code in the list.
    #[must_use]
    pub fn position(&self, code: &Code) -> Option<usize> {
        self.index.get(code).copied()
    }
}
