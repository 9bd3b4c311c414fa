//! From a submitted form to answers: everything is checked here, from the definition, whatever a browser checked.
//!
//! Values for questions that are not shown (by their condition, or under a choice that was not made) are ignored, as
//! are names no question on the page has. "Other, please say" is kept only while its choice is made; left blank, it
//! is a problem only on a required question (the choice alone is an answer, and nobody is held up for an optional one).

mod choices;
mod figures;
mod postcode;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use uuid::Uuid;

pub use self::postcode::find_area;
use super::{
    answers::{Answer, Answers, TextKey},
    areas::Areas,
    definition::{Definition, Kind, Page, Question},
    evaluate::{Given, chooses},
    form::{Form, declines_apart},
    ids::{Code, QuestionKey},
    problem::{Ask, FieldError, Problem},
    visibility::given_before,
};

/// What a page's form is read by.
#[derive(Clone, Copy)]
pub struct DecodeContext<'a> {
    /// The survey.
    pub definition: &'a Definition,
    /// The place the survey is about.
    pub areas: &'a dyn Areas,
    /// The page the form belongs to.
    pub page: &'a Page,
    /// The answers saved so far; only those on earlier pages count in conditions.
    pub before: &'a Answers,
    /// What choices and rows were shuffled by: errors link to the first as shown.
    pub seed: Uuid,
}

/// A page's form, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageDecoded {
    /// The value of every question on the page, `None` where it was not answered or not shown. Questions with a problem
    /// are left out, so that merging keeps what was saved before.
    pub answers: BTreeMap<QuestionKey, Option<Answer>>,
    /// Every free text of the page, in the same way.
    pub texts: BTreeMap<TextKey, Option<String>>,
    /// What is wrong, in the order of the page.
    pub errors: Vec<FieldError>,
    /// Questions whose area was just found by a typed postcode: the page should show it once before going on.
    pub needs_confirmation: BTreeSet<QuestionKey>,
}

impl PageDecoded {
    /// Whether nothing is wrong, so that the page may be saved as finished.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// Puts the page's answers in the place of those saved before; other pages' answers stay.
    pub fn merge_into(&self, answers: &mut Answers) {
        for (question, answer) in &self.answers {
            match answer {
                Some(answer) => answers.values.insert(question.clone(), answer.clone()),
                None => answers.values.remove(question),
            };
        }
        for (key, text) in &self.texts {
            match text {
                Some(text) => answers.texts.insert(key.clone(), text.clone()),
                None => answers.texts.remove(key),
            };
        }
    }
}

/// Reads and checks a page's form. It never fails: what is wrong is in [`PageDecoded::errors`].
#[must_use]
pub fn decode_page(context: &DecodeContext<'_>, form: &Form) -> PageDecoded {
    let mut reader = PageReader {
        context,
        form,
        given: given_before(context.definition, context.before, &context.page.key),
        decoded: PageDecoded::default(),
    };
    reader.read_all(&context.page.questions, true);
    reader.decoded
}

struct PageReader<'a> {
    context: &'a DecodeContext<'a>,
    form: &'a Form,
    given: Given<'a>,
    decoded: PageDecoded,
}

impl<'a> PageReader<'a> {
    fn read_all(&mut self, questions: &'a [Question], shown: bool) {
        for question in questions.iter().filter(|question| question.asks()) {
            let shown = shown && self.given.meets(question.show_when.as_ref());
            let mut reading = Reading::default();
            if shown {
                reading = read(self.context, question, self.form);
            }
            if let Some(answer) = &reading.answer {
                self.given.insert(&question.key, Cow::Owned(answer.clone()));
            }
            let answer = reading.answer.clone();
            self.keep(question, reading);
            for choice in question.choices() {
                let chosen = answer
                    .as_ref()
                    .is_some_and(|answer| chooses(answer, &choice.code));
                self.read_all(&choice.reveals, shown && chosen);
            }
        }
    }

    fn keep(&mut self, question: &Question, mut reading: Reading) {
        if !reading.problems.is_empty() {
            let errors = reading
                .problems
                .into_iter()
                .map(|(field, problem)| FieldError {
                    field,
                    question: question.key.clone(),
                    problem,
                });
            self.decoded.errors.extend(errors);
            return;
        }
        if reading.unconfirmed {
            self.decoded.needs_confirmation.insert(question.key.clone());
        }
        self.decoded
            .answers
            .insert(question.key.clone(), reading.answer);
        for code in text_places(question) {
            let text = reading.texts.remove(&code);
            let key = TextKey {
                question: question.key.clone(),
                code,
            };
            self.decoded.texts.insert(key, text);
        }
    }
}

/// Where free text may belong in a question: to itself, or to its choices with "other, please say".
pub(super) fn text_places(question: &Question) -> impl Iterator<Item = Option<Code>> {
    let own = question.is_text().then_some(None);
    let others = question
        .choices()
        .iter()
        .filter(|choice| choice.other.is_some())
        .map(|choice| Some(choice.code.clone()));
    own.into_iter().chain(others)
}

/// What a form says about one question.
#[derive(Debug, Default)]
struct Reading {
    /// The answer; also kept beside a problem where it can tell what is revealed.
    answer: Option<Answer>,
    texts: BTreeMap<Option<Code>, String>,
    problems: Vec<(String, Problem)>,
    unconfirmed: bool,
}

impl Reading {
    fn given(answer: Answer) -> Self {
        Self {
            answer: Some(answer),
            ..Self::default()
        }
    }

    fn text(words: String) -> Self {
        Self {
            answer: Some(Answer::Text),
            texts: BTreeMap::from([(None, words)]),
            ..Self::default()
        }
    }

    fn wrong(field: impl Into<String>, problem: Problem) -> Self {
        Self {
            problems: vec![(field.into(), problem)],
            ..Self::default()
        }
    }
}

fn read(context: &DecodeContext<'_>, question: &Question, form: &Form) -> Reading {
    let key = question.key.as_str();
    let mut reading = match &question.kind {
        Kind::Single { choices, .. } => choices::single(question, choices, form),
        Kind::Multiple {
            choices, min, max, ..
        } => choices::multiple(question, choices, *min, *max, form),
        Kind::Scale {
            min,
            max,
            dont_know,
            ..
        } => choices::scale(
            question,
            i64::from(*min)..=i64::from(*max),
            *dont_know,
            form,
        ),
        Kind::Area { outside } => choices::area(question, outside.is_some(), context.areas, form),
        Kind::Postcode { outside } => {
            postcode::read(question, outside.is_some(), context.areas, form)
        }
        Kind::Grid { .. } => tables::grid(context, question, form),
        Kind::Ranking {
            items, places, min, ..
        } => tables::ranking(question, items, *places, *min, form),
        Kind::Budget { total, unit, .. } => tables::budget(context, question, *total, *unit, form),
        Kind::Number { min, max, .. } => figures::number(key, *min, *max, form),
        Kind::Date { min, max } => figures::date(key, *min, *max, form),
        Kind::ShortText { max_length } => words::short_text(key, *max_length, form),
        Kind::LongText { max_length, .. } => words::long_text(key, *max_length, form),
        Kind::Email {} => words::email(key, form),
        Kind::Information { .. } => return Reading::default(),
    };
    if declines_apart(question) && declines(question, form) {
        reading = if reading.answer.is_some() || !reading.problems.is_empty() {
            Reading::wrong(format!("{key}-declined"), Problem::DeclinedWithAnswer)
        } else {
            Reading::given(Answer::Declined)
        };
    }
    if question.required && reading.answer.is_none() && reading.problems.is_empty() {
        let problem = Problem::Required(Ask::of(&question.kind));
        reading = Reading::wrong(first_field(context, question), problem);
    }
    reading
}

fn declines(question: &Question, form: &Form) -> bool {
    question.prefer_not_to_say && form.first(&format!("{}-declined", question.key)) == Some("1")
}

/// The id of the first input of a question as it is shown.
fn first_field(context: &DecodeContext<'_>, question: &Question) -> String {
    let key = &question.key;
    match &question.kind {
        Kind::Grid { .. } | Kind::Budget { .. } => tables::parts_as_shown(context, question)
            .first()
            .map_or_else(|| key.to_string(), |part| format!("{key}-{part}")),
        Kind::Ranking { .. } => format!("{key}-1"),
        Kind::Date { .. } => format!("{key}-day"),
        Kind::Postcode { .. } => format!("{key}-postcode"),
        _ => key.to_string(),
    }
}
