#![allow(clippy::unwrap_used)]

mod kinds;
mod pages;

use std::collections::BTreeSet;

use super::*;
use crate::survey::{build::*, definition::Unit, problem::MissingParts};

fn form(pairs: &[(&str, &str)]) -> Form {
    Form::new(
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    )
}

fn decode(questions: Vec<Question>, pairs: &[(&str, &str)]) -> PageDecoded {
    decode_after(&Answers::default(), questions, pairs)
}

/// Reads a form for a second page with these questions; the first page asks `first`.
fn decode_after(before: &Answers, questions: Vec<Question>, pairs: &[(&str, &str)]) -> PageDecoded {
    let first = question("first", single(choices(&["yes", "no"])));
    let definition = definition(vec![vec![page("one", vec![first]), page("two", questions)]]);
    let context = DecodeContext {
        definition: &definition,
        areas: &TwoAreas,
        page: definition.page(&page_key("two")).unwrap(),
        before,
        seed: Uuid::nil(),
    };
    decode_page(&context, &form(pairs))
}

/// What is wrong, as "field: message id".
fn errors(question: Question, pairs: &[(&str, &str)]) -> Vec<String> {
    decode(vec![question], pairs)
        .errors
        .iter()
        .map(|error| format!("{}: {}", error.field, error.problem.message_id()))
        .collect()
}

fn answer(question: Question, pairs: &[(&str, &str)]) -> Option<Answer> {
    let key = question.key.clone();
    let decoded = decode(vec![question], pairs);
    assert_eq!(decoded.errors, []);
    decoded.answers[&key].clone()
}

fn text_of(question: Question, pairs: &[(&str, &str)]) -> Option<String> {
    let decoded = decode(vec![question], pairs);
    assert_eq!(decoded.errors, []);
    decoded.texts.into_values().next().unwrap()
}

fn codes(names: &[&str]) -> BTreeSet<Code> {
    names.iter().map(|name| code(name)).collect()
}
