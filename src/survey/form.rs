//! A submitted form: names and values as they came, nothing decided yet; and the values that are no codes.

use std::fmt;

use super::{
    definition::{Kind, Question},
    ids::{Code, QuestionKey},
};

/// The value of "Prefer not to say".
pub const DECLINED: &str = "_declined";
/// The value of "Don't know" on a scale.
pub const DONT_KNOW: &str = "_dont_know";

/// The pairs of a submitted form, in the order they came. Made by `web/forms` only (and by those who act like a browser).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

/// Names only: what a resident typed, a postcode above all, must not reach a log.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

impl Form {
    /// Wraps the pairs of a form.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Every value of a field, in order.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a field.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }

    /// All pairs in order.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Puts a found area in the place of the postcode it was found by, which is forgotten.
    pub fn choose_area(&mut self, question: &QuestionKey, area: &Code) {
        let postcode = format!("{question}-postcode");
        self.0
            .retain(|(name, _)| name != question.as_str() && *name != postcode);
        self.0
            .push((question.to_string(), area.as_str().to_owned()));
    }
}

impl From<Vec<(String, String)>> for Form {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }
}

/// Whether "Prefer not to say" is a field of its own (`{key}-declined`) instead of one more choice of `{key}`.
#[must_use]
pub fn declines_apart(question: &Question) -> bool {
    !matches!(
        question.kind,
        Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::Scale { .. }
            | Kind::Area { .. }
            | Kind::Postcode { .. }
            | Kind::Information { .. }
    )
}
