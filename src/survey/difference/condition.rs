//! Conditions as sentences: "How do you feel? is Bad, and Age is not 16 to 24".

use crate::survey::{
    condition::{Bounds, Condition, Membership},
    definition::{Definition, OUTSIDE},
    ids::{Code, Lang, QuestionKey},
    message::{Arg, Message},
};

/// A condition in words. Codes of areas stay codes: the place knows their names.
#[must_use]
pub fn condition_words(definition: &Definition, condition: &Condition, lang: &Lang) -> Message {
    let said = |part: &Condition| condition_words(definition, part, lang);
    match condition {
        Condition::All(parts) => joined(
            "condition-and",
            parts.iter().map(said).collect(),
            "condition-always",
        ),
        Condition::Any(parts) => joined(
            "condition-or",
            parts.iter().map(said).collect(),
            "condition-never",
        ),
        Condition::Not(part) => match part.as_ref() {
            Condition::Answered(key) => {
                about("condition-not-answered", definition, key, None, lang)
            }
            Condition::Is(membership) => is("condition-is-not", definition, membership, lang),
            other => Message::new("condition-not").with("condition", said(other)),
        },
        Condition::Answered(key) => about("condition-answered", definition, key, None, lang),
        Condition::Is(membership) => is("condition-is", definition, membership, lang),
        Condition::Number(bounds) => number(definition, bounds, lang),
    }
}

fn joined(id: &'static str, parts: Vec<Message>, none: &'static str) -> Message {
    let mut parts = parts.into_iter();
    let Some(first) = parts.next() else {
        return Message::new(none);
    };
    parts.fold(first, |before, next| {
        Message::new(id).with("before", before).with("after", next)
    })
}

fn about(
    id: &'static str,
    definition: &Definition,
    key: &QuestionKey,
    part: Option<&Code>,
    lang: &Lang,
) -> Message {
    let question = definition.question(key);
    let name = question.map_or(key.as_str(), |question| {
        question.short_or_label().get(lang, lang)
    });
    let row = part.and_then(|code| {
        let question = question?;
        let row = question
            .rows()
            .iter()
            .find(|row| row.code == *code)
            .map(|row| &row.label);
        row.or_else(|| question.choice(code).map(|choice| &choice.label))
    });
    let name = match row {
        Some(row) => format!("{name} ({})", row.get(lang, lang)),
        None => name.to_owned(),
    };
    Message::new(id).with("question", name)
}

fn is(id: &'static str, definition: &Definition, membership: &Membership, lang: &Lang) -> Message {
    let question = definition.question(&membership.question);
    let label = |code: &Code| -> Message {
        let choice = question.and_then(|question| question.choice(code));
        match choice {
            Some(choice) => {
                Message::new("condition-choice").with("words", choice.label.get(lang, lang))
            }
            None if code.as_str() == OUTSIDE => Message::new("condition-outside"),
            None => Message::new("condition-choice").with("words", code.as_str()),
        }
    };
    let choices = joined(
        "condition-one-of",
        membership.any_of.iter().map(label).collect(),
        "condition-nothing",
    );
    about(
        id,
        definition,
        &membership.question,
        membership.row.as_ref(),
        lang,
    )
    .with("choices", choices)
}

fn number(definition: &Definition, bounds: &Bounds, lang: &Lang) -> Message {
    let (id, from, to) = match (bounds.at_least, bounds.at_most) {
        (Some(from), Some(to)) => ("condition-between", Some(from), Some(to)),
        (Some(from), None) => ("condition-at-least", Some(from), None),
        (None, Some(to)) => ("condition-at-most", None, Some(to)),
        (None, None) => ("condition-answered", None, None),
    };
    let mut message = about(id, definition, &bounds.question, bounds.item.as_ref(), lang);
    if let Some(from) = from {
        message = message.with("from", Arg::Number(from));
    }
    if let Some(to) = to {
        message = message.with("to", Arg::Number(to));
    }
    message
}
