//! Which pages and questions are shown, decided in order from the answers to those shown before.

use std::borrow::Cow;

use super::{
    answers::Answers,
    definition::{Definition, Page, Question},
    evaluate::{Given, chooses},
    ids::{PageKey, QuestionKey},
};

/// A page's shown questions in order, a revealed one after the question that reveals it; their answers are counted
/// into `given`.
pub(super) fn shown_on<'a>(
    page: &'a Page,
    answers: &'a Answers,
    given: &mut Given<'a>,
) -> Vec<&'a Question> {
    let mut shown = Vec::with_capacity(page.questions.len());
    show(&page.questions, answers, given, &mut shown);
    shown
}

fn show<'a>(
    questions: &'a [Question],
    answers: &'a Answers,
    given: &mut Given<'a>,
    shown: &mut Vec<&'a Question>,
) {
    for question in questions {
        if !given.meets(question.show_when.as_ref()) {
            continue;
        }
        shown.push(question);
        let Some(answer) = answers.values.get(&question.key) else {
            continue;
        };
        given.insert(&question.key, Cow::Borrowed(answer));
        for choice in question.choices() {
            if !choice.reveals.is_empty() && chooses(answer, &choice.code) {
                show(&choice.reveals, answers, given, shown);
            }
        }
    }
}

/// The answers that count on a page: those to shown questions on shown pages before it.
pub(super) fn given_before<'a>(
    definition: &'a Definition,
    answers: &'a Answers,
    page: &PageKey,
) -> Given<'a> {
    let mut given = Given::default();
    for (_, earlier) in definition.pages() {
        if earlier.key == *page {
            break;
        }
        if given.meets(earlier.show_when.as_ref()) {
            shown_on(earlier, answers, &mut given);
        }
    }
    given
}

/// Whether a question is shown, given all answers of a response.
#[must_use]
pub fn is_visible(definition: &Definition, answers: &Answers, question: &QuestionKey) -> bool {
    let Some(page) = definition.page_of(question) else {
        return false;
    };
    let mut given = given_before(definition, answers, &page.key);
    given.meets(page.show_when.as_ref())
        && shown_on(page, answers, &mut given)
            .iter()
            .any(|shown| shown.key == *question)
}
