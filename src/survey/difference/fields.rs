//! Fields compared by what they are in the document, so that none is forgotten when the format grows.

use serde::Serialize;
use serde_json::Value;

use super::{Effect, condition_words};
use crate::survey::{
    condition::Condition,
    definition::Definition,
    ids::Lang,
    message::{Arg, Message},
};

/// Fields that questions of every kind have.
pub(super) const COMMON: [&str; 9] = [
    "label",
    "short",
    "hint",
    "required",
    "required_message",
    "show_when",
    "theme",
    "sensitive",
    "prefer_not_to_say",
];

/// How much a change of a field matters.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// Always as much.
    Plain(Effect),
    /// As much when the words in the first language change; a mended translation is harmless.
    Words(Effect),
}

impl Rule {
    pub(super) fn effect(self, before: &Value, after: &Value, lang: &Lang) -> Effect {
        match self {
            Self::Plain(effect) => effect,
            Self::Words(effect) if before.get(lang.as_str()) != after.get(lang.as_str()) => effect,
            Self::Words(_) => Effect::Harmless,
        }
    }
}

/// A value as it stands in a document.
pub(super) fn object(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The names of the fields that differ, those left out on one side too.
pub(super) fn changed(before: &Value, after: &Value) -> Vec<String> {
    let keys = |value: &Value| -> Vec<String> {
        value
            .as_object()
            .map(|fields| fields.keys().cloned().collect())
            .unwrap_or_default()
    };
    let mut names = keys(before);
    for name in keys(after) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.retain(|name| before.get(name) != after.get(name));
    names
}

/// What a change of a question's field means.
pub(super) fn question_rule(field: &str, before: &Value, after: &Value) -> Rule {
    let is_on = |value: &Value| value.get(field).and_then(Value::as_bool).unwrap_or(false);
    match field {
        "label" | "body" | "min_label" | "max_label" | "suffix" | "outside"
            if before.get(field).is_some() == after.get(field).is_some() =>
        {
            Rule::Words(Effect::Comparison)
        }
        "hint" | "short" | "required_message" => Rule::Plain(Effect::Harmless),
        "required" if is_on(after) => Rule::Plain(Effect::Breaks),
        "required" | "display" | "shuffle" | "theme" | "prefer_not_to_say" | "dont_know" => {
            Rule::Plain(Effect::Comparison)
        }
        // The reason reworded is harmless; to become sensitive, or to cease to be, is not.
        "sensitive" if before.get(field).is_some() == after.get(field).is_some() => {
            Rule::Plain(Effect::Harmless)
        }
        // The lines of a text box; rows of a grid are compared one by one.
        "rows" => Rule::Plain(Effect::Harmless),
        _ => Rule::Plain(Effect::Breaks),
    }
}

/// What a change of a choice's or row's field means.
pub(super) fn choice_rule(field: &str, before: &Value, after: &Value) -> Rule {
    match field {
        "label" => Rule::Words(Effect::Comparison),
        "hint" => Rule::Plain(Effect::Harmless),
        "theme" | "side" | "apart" => Rule::Plain(Effect::Comparison),
        "other" if before.get(field).is_some() == after.get(field).is_some() => {
            Rule::Plain(Effect::Harmless)
        }
        _ => Rule::Plain(Effect::Breaks),
    }
}

/// What a field is called, on forms and in sentences; its own name where no message has it.
pub(super) fn name(field: &str) -> Arg {
    let known = FIELDS.iter().find(|(known, _)| *known == field);
    known.map_or_else(
        || Arg::Words(field.to_owned()),
        |(_, id)| Arg::Message(Message::new(id)),
    )
}

const FIELDS: [(&str, &str); 63] = [
    ("apart", "field-apart"),
    ("body", "field-body"),
    ("checks", "field-checks"),
    ("closes", "field-closes"),
    ("code", "field-code"),
    ("columns", "field-columns"),
    ("contact", "field-contact"),
    ("description", "field-description"),
    ("display", "field-display"),
    ("dont_know", "field-dont-know"),
    ("exclusive", "field-exclusive"),
    ("format", "field-format"),
    ("grace_minutes", "field-grace-minutes"),
    ("hint", "field-hint"),
    ("intro", "field-intro"),
    ("items", "field-items"),
    ("key", "field-key"),
    ("label", "field-label"),
    ("languages", "field-languages"),
    ("last_time", "field-last-time"),
    ("max", "field-max"),
    ("max_label", "field-max-label"),
    ("max_length", "field-max-length"),
    ("measures", "field-measures"),
    ("min", "field-min"),
    ("min_label", "field-min-label"),
    ("minutes", "field-minutes"),
    ("opens", "field-opens"),
    ("other", "field-other"),
    ("other_ways", "field-other-ways"),
    ("outside", "field-outside"),
    ("places", "field-places"),
    ("prefer_not_to_say", "field-prefer-not-to-say"),
    ("privacy", "field-privacy"),
    ("privacy_notice", "field-privacy-notice"),
    ("required", "field-required"),
    ("required_message", "field-required-message"),
    ("roles", "field-roles"),
    ("rows", "field-rows"),
    ("safety", "field-safety"),
    ("sensitive", "field-sensitive"),
    ("short", "field-short"),
    ("short_title", "field-short-title"),
    ("show_when", "field-show-when"),
    ("shuffle", "field-shuffle"),
    ("side", "field-side"),
    ("slug", "field-slug"),
    ("suffix", "field-suffix"),
    ("summary", "field-summary"),
    ("theme", "field-theme"),
    ("themes", "field-themes"),
    ("time_zone", "field-time-zone"),
    ("timeline", "field-timeline"),
    ("title", "field-title"),
    ("total", "field-total"),
    ("unit", "field-unit"),
    ("what_we_ask", "field-what-we-ask"),
    ("who_can_answer", "field-who-can-answer"),
    ("dates_changed", "field-dates-changed"),
    ("choices", "field-choices"),
    ("reveals", "field-reveals"),
    ("pages", "field-pages"),
    ("questions", "field-questions"),
];

/// The most characters of a value that a sentence quotes.
const QUOTED: usize = 160;

/// A value in words; none where it is too much for a sentence.
pub(super) fn said(value: &Value, lang: &Lang, definition: &Definition) -> Option<Arg> {
    let quoted = |words: &str| {
        (words.chars().count() <= QUOTED)
            .then(|| Arg::Message(Message::new("change-quoted").with("words", words)))
    };
    match value {
        Value::Null => Some(Message::new("change-none").into()),
        Value::Bool(true) => Some(Message::new("change-yes").into()),
        Value::Bool(false) => Some(Message::new("change-no").into()),
        Value::Number(number) => Some(Arg::Words(number.to_string())),
        Value::String(words) => quoted(words),
        Value::Array(_) => None,
        Value::Object(fields) => {
            if let Ok(condition) = serde_json::from_value::<Condition>(value.clone()) {
                return Some(condition_words(definition, &condition, lang).into());
            }
            // Words in several languages: the first language's, where it is that which changed.
            let is_text = fields.values().all(Value::is_string);
            (is_text && fields.len() == 1)
                .then(|| fields.values().next()?.as_str().and_then(quoted))
                .flatten()
        }
    }
}
