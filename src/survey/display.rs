//! An answer as words, for "check your answers", piping and receipts.

use super::{
    answers::{Answer, Answers, TextKey},
    definition::{Definition, Kind, OUTSIDE, Question, Unit},
    ids::{Code, Lang},
    message::{Message, Phrase, day, figure},
    problem::{label, unit_name},
};

/// An answer as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// The question was not answered.
    NotAnswered,
    /// One thing on each line.
    Lines(Vec<Phrase>),
    /// Things with what was said of each, in order: rows, ranks, shares.
    Pairs(Vec<(Phrase, Phrase)>),
}

impl Words {
    fn line(phrase: impl Into<Phrase>) -> Self {
        Self::Lines(vec![phrase.into()])
    }
}

fn words(text: &str) -> Phrase {
    Phrase::Words(text.to_owned())
}

/// The answer to a question as words in a language.
///
/// `area_name` gives an area's name by its code. Sentences of the interface are messages of `answers.ftl`.
#[must_use]
pub fn answer_words(
    definition: &Definition,
    question: &Question,
    answers: &Answers,
    lang: &Lang,
    area_name: &dyn Fn(&Code) -> Option<String>,
) -> Words {
    let Some(answer) = answers.values.get(&question.key) else {
        return Words::NotAnswered;
    };
    let first = definition.first_language();
    let named = |code: &Code| words(label(question, code, lang, &first));
    let with_text = |code: &Code| match text(answers, question, Some(code)) {
        Some(said) => Message::new("answer-with-text")
            .with("choice", label(question, code, lang, &first))
            .with("text", said)
            .into(),
        None => named(code),
    };
    match answer {
        Answer::Declined => Words::line(Message::new("answer-declined")),
        Answer::DontKnow => Words::line(Message::new("answer-dont-know")),
        Answer::Text => match text(answers, question, None) {
            Some(said) => Words::Lines(said.lines().map(words).collect()),
            None => Words::NotAnswered,
        },
        Answer::Date(date) => Words::line(day(*date)),
        Answer::Number(number) => Words::line(number_words(question, *number, lang, &first)),
        Answer::One(code) => match &question.kind {
            Kind::Area { outside } | Kind::Postcode { outside } => Words::line(match outside {
                Some(outside) if code.as_str() == OUTSIDE => words(outside.get(lang, &first)),
                None if code.as_str() == OUTSIDE => Message::new("answer-outside").into(),
                _ => Phrase::Words(area_name(code).unwrap_or_else(|| code.to_string())),
            }),
            _ => Words::line(with_text(code)),
        },
        Answer::Many(codes) => {
            let in_order = question.choices().iter().map(|choice| &choice.code);
            Words::Lines(
                in_order
                    .filter(|code| codes.contains(*code))
                    .map(with_text)
                    .collect(),
            )
        }
        Answer::Grid(rows) => {
            let in_order = question.rows().iter().map(|row| &row.code);
            Words::Pairs(
                in_order
                    .filter_map(|row| Some((named(row), named(rows.get(row)?))))
                    .collect(),
            )
        }
        Answer::Ranked(items) => Words::Pairs(
            (1i64..)
                .zip(items)
                .map(|(place, item)| {
                    let place = Message::new("answer-place").with("place", place);
                    (place.into(), with_text(item))
                })
                .collect(),
        ),
        Answer::Shares(shares) => {
            let unit = match &question.kind {
                Kind::Budget { unit, .. } => *unit,
                _ => Unit::default(),
            };
            let in_order = question.choices().iter().map(|item| &item.code);
            Words::Pairs(
                in_order
                    .filter_map(|item| {
                        let amount = Message::new("answer-amount")
                            .with("amount", *shares.get(item)?)
                            .with("unit", unit_name(unit));
                        Some((named(item), amount.into()))
                    })
                    .collect(),
            )
        }
    }
}

fn number_words(question: &Question, number: i64, lang: &Lang, first: &Lang) -> Message {
    let message = |id, name, label: &super::text::Text| {
        Message::new(id)
            .with("number", figure(number))
            .with(name, label.get(lang, first))
    };
    match &question.kind {
        Kind::Number {
            suffix: Some(suffix),
            ..
        } => message("answer-number-of", "suffix", suffix),
        Kind::Scale { min, min_label, .. } if number == i64::from(*min) => {
            message("answer-point", "label", min_label)
        }
        Kind::Scale { max, max_label, .. } if number == i64::from(*max) => {
            message("answer-point", "label", max_label)
        }
        _ => Message::new("answer-number").with("number", figure(number)),
    }
}

fn text<'a>(answers: &'a Answers, question: &Question, code: Option<&Code>) -> Option<&'a str> {
    let key = TextKey {
        question: question.key.clone(),
        code: code.cloned(),
    };
    answers.texts.get(&key).map(String::as_str)
}
