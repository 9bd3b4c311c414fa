//! Choices as radios, checkboxes, lists, points of a scale and areas.

use super::question::{Shown, question_view};
use crate::{
    survey::{
        definition::{Choice, Display, Kind, OUTSIDE, Question},
        form::{DECLINED, DONT_KNOW},
        shuffle,
        text::Text,
    },
    web::pages::{ChoiceView, KindView, OptionView, TextField},
};

pub(super) fn kind_view(shown: &Shown<'_>, question: &Question) -> KindView {
    match &question.kind {
        Kind::Single {
            display: Display::Select,
            ..
        } => KindView::Select {
            items: options(shown, question),
        },
        Kind::Multiple { .. } => KindView::Checkboxes {
            items: items(shown, question),
        },
        Kind::Scale {
            min,
            max,
            min_label,
            max_label,
            dont_know,
        } => {
            let key = question.key.as_str();
            let points = (*min..=*max)
                .map(|point| ChoiceView {
                    id: if point == *min {
                        key.to_owned()
                    } else {
                        format!("{key}-{point}")
                    },
                    value: point.to_string(),
                    label: point.to_string(),
                    checked: shown.holds(key, &point.to_string()),
                    ..ChoiceView::default()
                })
                .collect();
            let mut apart = Vec::new();
            if *dont_know {
                apart.push(special(shown, key, DONT_KNOW, "answer-dont-know"));
            }
            if question.prefer_not_to_say {
                apart.push(special(shown, key, DECLINED, "answer-declined"));
            }
            KindView::Scale {
                points,
                min_label: shown.reader.line(min_label),
                max_label: shown.reader.line(max_label),
                apart,
            }
        }
        Kind::Area { outside } => KindView::Select {
            items: areas(shown, question, outside.as_ref()),
        },
        Kind::Postcode { outside } => {
            let key = question.key.as_str();
            let field = format!("{key}-postcode");
            let chosen = shown.form.first(key).filter(|value| !value.is_empty());
            let postcode_error = shown.error_at(&field);
            let found = shown
                .found
                .filter(|found| **found == question.key)
                .and(chosen)
                .and_then(|code| shown.reader.area_name(&code.parse().ok()?));
            KindView::Postcode {
                postcode: shown.typed(&field),
                open: chosen.is_some() || postcode_error.is_some(),
                found,
                items: areas(shown, question, outside.as_ref()),
                postcode_error,
            }
        }
        _ => KindView::Radios {
            items: items(shown, question),
        },
    }
}

/// An option of a list.
pub(super) fn option(shown: &Shown<'_>, name: &str, value: &str, text: String) -> OptionView {
    OptionView {
        selected: shown.holds(name, value),
        value: value.to_owned(),
        text,
    }
}

/// The first option of every list: nobody's answer is made by a list that was left alone.
pub(super) fn no_option(shown: &Shown<'_>, message: &str) -> OptionView {
    OptionView {
        value: String::new(),
        text: shown.reader.speaker.id(message),
        selected: false,
    }
}

fn options(shown: &Shown<'_>, question: &Question) -> Vec<OptionView> {
    let key = question.key.as_str();
    let mut options = vec![no_option(shown, "select-choose")];
    options.extend(
        shuffle::choices(shown.seed, question)
            .into_iter()
            .map(|choice| {
                option(
                    shown,
                    key,
                    choice.code.as_str(),
                    shown.reader.plain(&choice.label),
                )
            }),
    );
    options.extend(declined_option(shown, question));
    options
}

fn areas(shown: &Shown<'_>, question: &Question, outside: Option<&Text>) -> Vec<OptionView> {
    let key = question.key.as_str();
    let mut areas: Vec<_> = shown.reader.place.areas().iter().collect();
    areas.sort_by(|a, b| a.name.cmp(&b.name));
    let mut options = vec![no_option(shown, "area-choose")];
    options.extend(
        areas
            .into_iter()
            .map(|area| option(shown, key, area.code.as_str(), area.name.clone())),
    );
    if let Some(outside) = outside {
        options.push(option(shown, key, OUTSIDE, shown.reader.plain(outside)));
    }
    options.extend(declined_option(shown, question));
    options
}

fn declined_option(shown: &Shown<'_>, question: &Question) -> Option<OptionView> {
    let say = || shown.reader.speaker.id("answer-declined");
    question
        .prefer_not_to_say
        .then(|| option(shown, question.key.as_str(), DECLINED, say()))
}

fn items(shown: &Shown<'_>, question: &Question) -> Vec<ChoiceView> {
    let key = question.key.as_str();
    let choices = shuffle::choices(shown.seed, question);
    let stands_apart = |choice: &Choice| choice.apart || choice.exclusive;
    let mut divided = false;
    let mut items = Vec::with_capacity(choices.len() + 1);
    for (at, choice) in choices.into_iter().enumerate() {
        let divider = at > 0 && !divided && stands_apart(choice);
        divided |= divider;
        items.push(item(shown, question, choice, at == 0, divider));
    }
    if question.prefer_not_to_say {
        let mut declined = special(shown, key, DECLINED, "answer-declined");
        declined.divider = !divided;
        declined.exclusive = matches!(question.kind, Kind::Multiple { .. });
        items.push(declined);
    }
    items
}

fn item(
    shown: &Shown<'_>,
    question: &Question,
    choice: &Choice,
    is_first: bool,
    divider: bool,
) -> ChoiceView {
    let key = question.key.as_str();
    let other = choice.other.as_ref().map(|label| {
        let name = format!("{key}-{}-text", choice.code);
        TextField {
            label: shown.reader.line(label),
            value: shown.typed(&name),
            error: shown.error_at(&name),
            name,
        }
    });
    ChoiceView {
        // The first has the question's own id, so that the error summary leads to it.
        id: if is_first {
            key.to_owned()
        } else {
            format!("{key}-{}", choice.code)
        },
        value: choice.code.to_string(),
        label: shown.reader.line(&choice.label),
        hint: choice.hint.as_ref().map(|hint| shown.reader.line(hint)),
        checked: shown.holds(key, choice.code.as_str()),
        divider,
        exclusive: choice.exclusive,
        other,
        reveals: choice
            .reveals
            .iter()
            .map(|question| question_view(shown, question, true))
            .collect(),
    }
}

/// "Prefer not to say" or "Don't know" as one more choice.
fn special(shown: &Shown<'_>, key: &str, value: &'static str, message: &str) -> ChoiceView {
    ChoiceView {
        id: format!("{key}-{}", value.trim_start_matches('_')),
        value: value.to_owned(),
        label: crate::survey::markdown::escape(&shown.reader.speaker.id(message)),
        checked: shown.holds(key, value),
        ..ChoiceView::default()
    }
}
