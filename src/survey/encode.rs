//! From answers back to the pairs of a form: what a page shows again, and what a simulated browser sends.

use super::{
    answers::{Answer, Answers, TextKey},
    definition::{Definition, Page, Question},
    form::{DECLINED, DONT_KNOW, declines_apart},
    ids::Code,
};

/// The pairs that [`decode_page`](super::decode::decode_page) reads as the answer to one question; none, if it has no answer.
///
/// The definition is part of the agreed interface and not looked at: a question knows the form of its fields.
#[must_use]
pub fn encode(
    _definition: &Definition,
    answers: &Answers,
    question: &Question,
) -> Vec<(String, String)> {
    let Some(answer) = answers.values.get(&question.key) else {
        return Vec::new();
    };
    let key = question.key.as_str();
    let pair = |value: &str| vec![(key.to_owned(), value.to_owned())];
    let part = |part: &str, value: String| (format!("{key}-{part}"), value);
    let mut pairs = match answer {
        Answer::One(code) => pair(code.as_str()),
        Answer::Many(codes) => codes
            .iter()
            .map(|code| (key.to_owned(), code.to_string()))
            .collect(),
        Answer::Grid(rows) => rows
            .iter()
            .map(|(row, column)| part(row.as_str(), column.to_string()))
            .collect(),
        Answer::Number(number) => pair(&number.to_string()),
        Answer::Ranked(items) => (1..)
            .zip(items)
            .map(|(place, item): (usize, &Code)| part(&place.to_string(), item.to_string()))
            .collect(),
        Answer::Shares(shares) => shares
            .iter()
            .map(|(item, share)| part(item.as_str(), share.to_string()))
            .collect(),
        Answer::Date(date) => vec![
            part("day", date.day().to_string()),
            part("month", date.month().to_string()),
            part("year", format!("{:04}", date.year())),
        ],
        Answer::Text => text(answers, question, None).map_or_else(Vec::new, pair),
        Answer::DontKnow => pair(DONT_KNOW),
        Answer::Declined if declines_apart(question) => vec![part("declined", "1".to_owned())],
        Answer::Declined => pair(DECLINED),
    };
    for choice in question.choices().iter().filter(|c| c.other.is_some()) {
        if let Some(words) = text(answers, question, Some(&choice.code)) {
            pairs.push(part(&format!("{}-text", choice.code), words.to_owned()));
        }
    }
    pairs
}

/// The pairs of a whole page, revealed questions included.
#[must_use]
pub fn encode_page(
    definition: &Definition,
    answers: &Answers,
    page: &Page,
) -> Vec<(String, String)> {
    page.all_questions()
        .flat_map(|question| encode(definition, answers, question))
        .collect()
}

fn text<'a>(answers: &'a Answers, question: &Question, code: Option<&Code>) -> Option<&'a str> {
    let key = TextKey {
        question: question.key.clone(),
        code: code.cloned(),
    };
    answers.texts.get(&key).map(String::as_str)
}
