//! Reading kinds that choose: single, multiple, scale, area.

use std::{collections::BTreeSet, ops::RangeInclusive};

use super::{
    Reading,
    words::{clean_line, is_longer},
};
use crate::survey::{
    answers::Answer,
    areas::Areas,
    definition::{Choice, OTHER_LENGTH, OUTSIDE, Question},
    evaluate::chooses,
    form::{DECLINED, DONT_KNOW, Form},
    ids::Code,
    problem::Problem,
};

/// The one value of a field: the first that is not empty (a drop-down list sends an empty one for "choose").
pub(super) fn chosen<'a>(form: &'a Form, name: &'a str) -> Option<&'a str> {
    form.values(name)
        .map(str::trim)
        .find(|value| !value.is_empty())
}

fn offered<'a>(choices: &'a [Choice], value: &str) -> Option<&'a Code> {
    choices
        .iter()
        .map(|choice| &choice.code)
        .find(|code| code.as_str() == value)
}

pub(super) fn single(question: &Question, choices: &[Choice], form: &Form) -> Reading {
    let key = question.key.as_str();
    let Some(value) = chosen(form, key) else {
        return Reading::default();
    };
    if value == DECLINED && question.prefer_not_to_say {
        return Reading::given(Answer::Declined);
    }
    let Some(code) = offered(choices, value) else {
        return Reading::wrong(key, Problem::UnknownChoice);
    };
    let mut reading = Reading::given(Answer::One(code.clone()));
    read_others(&mut reading, question, choices, form);
    reading
}

pub(super) fn multiple(
    question: &Question,
    choices: &[Choice],
    min: Option<u8>,
    max: Option<u8>,
    form: &Form,
) -> Reading {
    let key = question.key.as_str();
    let mut ticked = BTreeSet::new();
    let mut declined = false;
    for value in form.values(key).map(str::trim).filter(|v| !v.is_empty()) {
        if value == DECLINED && question.prefer_not_to_say {
            declined = true;
        } else if let Some(code) = offered(choices, value) {
            ticked.insert(code.clone());
        } else {
            return Reading::wrong(key, Problem::UnknownChoice);
        }
    }
    if ticked.is_empty() {
        return match declined {
            true => Reading::given(Answer::Declined),
            false => Reading::default(),
        };
    }
    let exclusive = choices
        .iter()
        .find(|choice| choice.exclusive && ticked.contains(&choice.code));
    let count = ticked.len();
    let mut reading = Reading::given(Answer::Many(ticked));
    let problem = match exclusive {
        _ if declined => Some(Problem::DeclinedWithAnswer),
        Some(choice) if count > 1 => Some(Problem::ExclusiveWithOthers {
            choice: choice.code.clone(),
        }),
        // "None of these" is an answer on its own, whatever the least is.
        Some(_) => None,
        None => match (min, max) {
            (Some(min), _) if count < usize::from(min) => Some(Problem::TooFew { min }),
            (_, Some(max)) if count > usize::from(max) => Some(Problem::TooMany { max }),
            _ => None,
        },
    };
    if let Some(problem) = problem {
        reading.problems.push((key.to_owned(), problem));
    }
    read_others(&mut reading, question, choices, form);
    reading
}

/// Reads "other, please say" of the choices made.
fn read_others(reading: &mut Reading, question: &Question, choices: &[Choice], form: &Form) {
    let Some(answer) = &reading.answer else {
        return;
    };
    for choice in choices {
        if choice.other.is_none() || !chooses(answer, &choice.code) {
            continue;
        }
        let field = format!("{}-{}-text", question.key, choice.code);
        let words = clean_line(form.first(&field).unwrap_or_default());
        let code = choice.code.clone();
        if words.is_empty() {
            if question.required {
                let problem = Problem::OtherMissing { choice: code };
                reading.problems.push((field, problem));
            }
        } else if is_longer(&words, OTHER_LENGTH) {
            let problem = Problem::OtherTooLong {
                choice: code,
                max: OTHER_LENGTH,
            };
            reading.problems.push((field, problem));
        } else {
            reading.texts.insert(Some(code), words);
        }
    }
}

pub(super) fn scale(
    question: &Question,
    points: RangeInclusive<i64>,
    dont_know: bool,
    form: &Form,
) -> Reading {
    let key = question.key.as_str();
    let Some(value) = chosen(form, key) else {
        return Reading::default();
    };
    if value == DECLINED && question.prefer_not_to_say {
        return Reading::given(Answer::Declined);
    }
    if value == DONT_KNOW && dont_know {
        return Reading::given(Answer::DontKnow);
    }
    match value.parse() {
        Ok(point) if points.contains(&point) => Reading::given(Answer::Number(point)),
        _ => Reading::wrong(key, Problem::UnknownChoice),
    }
}

pub(super) fn area(question: &Question, outside: bool, areas: &dyn Areas, form: &Form) -> Reading {
    let key = question.key.as_str();
    match chosen(form, key).map(|value| area_chosen(question, outside, areas, value)) {
        None => Reading::default(),
        Some(Some(answer)) => Reading::given(answer),
        Some(None) => Reading::wrong(key, Problem::UnknownChoice),
    }
}

/// The answer a chosen area, "outside" or "prefer not to say" stands for, if it is offered.
pub(super) fn area_chosen(
    question: &Question,
    outside: bool,
    areas: &dyn Areas,
    value: &str,
) -> Option<Answer> {
    if value == DECLINED {
        return question.prefer_not_to_say.then_some(Answer::Declined);
    }
    let code = Code::new(value).ok()?;
    let offered = if value == OUTSIDE {
        outside
    } else {
        areas.has_area(&code)
    };
    offered.then_some(Answer::One(code))
}
