//! The attributes of a question, and which of them were carried over.

use super::{
    report::shortened,
    source::{Asked, Words},
};
use crate::survey::ids::Lang;

/// Attributes whose value says only what is usual.
const USUAL: [(&str, &str); 12] = [
    ("question_template", "core"),
    ("question_template", "none"),
    ("question_template", "default"),
    ("statistics_showgraph", "1"),
    ("answer_order", "normal"),
    ("subquestion_order", "normal"),
    ("printable_help", "1"),
    ("other_position", "default"),
    ("time_limit_action", "1"),
    ("thousands_separator", "0"),
    ("slider_layout", "0"),
    ("display_type", "0"),
];

/// The attributes of a question; those that were asked for are carried over, the rest is reported.
pub(super) struct Attributes<'a> {
    asked: &'a Asked,
    used: Vec<&'a str>,
}

impl<'a> Attributes<'a> {
    /// Those of a question, none of them used yet.
    pub(super) fn of(asked: &'a Asked) -> Self {
        Self {
            asked,
            used: Vec::new(),
        }
    }

    /// A value; empty if it isn't set.
    pub(super) fn value(&mut self, name: &'a str) -> &'a str {
        self.used.push(name);
        let attribute = self.asked.attributes.get(name);
        attribute.map_or("", |attribute| attribute.value.trim())
    }

    /// Its words; none if it isn't set.
    pub(super) fn words(&mut self, name: &'a str, languages: &[Lang]) -> Option<Words> {
        self.used.push(name);
        let attribute = self.asked.attributes.get(name)?;
        let mut words = attribute.words.clone();
        if words.is_empty() && !attribute.value.trim().is_empty() {
            let said = languages
                .iter()
                .map(|lang| (lang.clone(), attribute.value.clone()));
            words.extend(said);
        }
        (!words.is_empty()).then_some(words)
    }

    /// Whether it is switched on.
    pub(super) fn is_set(&mut self, name: &'a str) -> bool {
        matches!(self.value(name), "1" | "Y")
    }

    /// Whether its answers or rows come in a random order.
    pub(super) fn is_shuffled(&mut self) -> bool {
        let orders = [self.value("answer_order"), self.value("subquestion_order")];
        self.is_set("random_order") || orders.contains(&"random")
    }

    /// Names and values of those that nothing asked for, and that say something.
    pub(super) fn left_over(&self) -> Vec<(String, String)> {
        let mut left = Vec::new();
        for (name, attribute) in &self.asked.attributes {
            let words = attribute.words.values().next();
            let value = words.map_or(attribute.value.trim(), |words| words.trim());
            let is_usual =
                matches!(value, "" | "0" | "N") || USUAL.contains(&(name.as_str(), value));
            if !is_usual && !self.used.contains(&name.as_str()) {
                left.push((shortened(name), shortened(value)));
            }
        }
        left
    }
}
