//! The way through a survey, derived from its definition, the answers and which pages were saved; nothing of it is
//! stored.
//!
//! Pages and questions are shown or hidden in order, by the answers to those shown before: an answer that is hidden
//! counts nowhere, stays while the response is in progress, and is dropped when it is submitted.

use super::{
    answers::{Answer, Answers},
    definition::{Definition, Page, Question, Section},
    evaluate::{Given, chooses},
    ids::{PageKey, QuestionKey},
    text::Text,
    visibility::shown_on,
};
pub use super::{saved_pages::SavedPages, visibility::is_visible};

/// Where Continue leads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Next<'a> {
    /// To a page.
    Page(&'a Page),
    /// To "check your answers".
    Check,
}

/// How far a page lies in the survey.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress<'a> {
    /// The number of its section, from 1, among those that have a shown page.
    pub section: usize,
    /// How many sections have a shown page.
    pub sections: usize,
    /// The name of its section.
    pub title: &'a Text,
    /// How many shown pages come before it.
    pub pages_before: usize,
    /// How many pages are shown in all.
    pub pages: usize,
}

impl Progress<'_> {
    /// How much of the way lies behind, in whole per cent, 0 to 100.
    #[must_use]
    pub fn percent(&self) -> u8 {
        let percent = self.pages_before * 100 / self.pages.max(1);
        u8::try_from(percent).unwrap_or(100)
    }
}

/// A shown page with what is shown on it.
#[derive(Debug, Clone)]
struct Stop<'a> {
    section: &'a Section,
    page: &'a Page,
    questions: Vec<&'a Question>,
    finished: bool,
}

/// One response's way through its survey.
#[derive(Debug, Clone)]
pub struct Journey<'a> {
    definition: &'a Definition,
    answers: &'a Answers,
    stops: Vec<Stop<'a>>,
}

impl<'a> Journey<'a> {
    /// Works out the way for a response.
    #[must_use]
    pub fn new(definition: &'a Definition, answers: &'a Answers, saved: &SavedPages) -> Self {
        let mut given = Given::default();
        let mut stops = Vec::new();
        for (section, page) in definition.pages() {
            if !given.meets(page.show_when.as_ref()) {
                continue;
            }
            let questions = shown_on(page, answers, &mut given);
            let finished = saved.contains(&page.key)
                && questions
                    .iter()
                    .all(|question| !question.required || has_answer(question, answers));
            stops.push(Stop {
                section,
                page,
                questions,
                finished,
            });
        }
        Self {
            definition,
            answers,
            stops,
        }
    }

    fn stop(&self, page: &PageKey) -> Option<(usize, &Stop<'a>)> {
        self.stops
            .iter()
            .enumerate()
            .find(|(_, stop)| stop.page.key == *page)
    }

    /// The shown pages in order.
    pub fn pages(&self) -> impl Iterator<Item = &'a Page> {
        self.stops.iter().map(|stop| stop.page)
    }

    /// The shown questions of a page in order, a revealed one after the question that reveals it; none, if the page is hidden.
    #[must_use]
    pub fn visible_questions(&self, page: &PageKey) -> &[&'a Question] {
        self.stop(page)
            .map_or(&[], |(_, stop)| stop.questions.as_slice())
    }

    /// Every shown question in order.
    pub fn questions(&self) -> impl Iterator<Item = &'a Question> {
        self.stops.iter().flat_map(|stop| &stop.questions).copied()
    }

    /// Whether a question is shown.
    #[must_use]
    pub fn is_visible(&self, question: &QuestionKey) -> bool {
        self.stops
            .iter()
            .flat_map(|stop| &stop.questions)
            .any(|shown| shown.key == *question)
    }

    /// The page after this one. From a page that has become hidden: the next one that is shown.
    #[must_use]
    pub fn next(&self, page: &PageKey) -> Next<'a> {
        self.shown_after(page).map_or(Next::Check, Next::Page)
    }

    /// The page before this one; nothing before the first. From a page that has become hidden: the last shown before it.
    #[must_use]
    pub fn previous(&self, page: &PageKey) -> Option<&'a Page> {
        let mut before = None;
        for (_, other) in self.definition.pages() {
            if other.key == *page {
                return before;
            }
            if self.stop(&other.key).is_some() {
                before = Some(other);
            }
        }
        None
    }

    /// The last shown page: where Back leads from "check your answers".
    #[must_use]
    pub fn last(&self) -> Option<&'a Page> {
        self.stops.last().map(|stop| stop.page)
    }

    fn shown_after(&self, page: &PageKey) -> Option<&'a Page> {
        self.definition
            .pages()
            .map(|(_, other)| other)
            .skip_while(|other| other.key != *page)
            .skip(1)
            .find(|other| self.stop(&other.key).is_some())
    }

    /// The first shown page that still needs an answer, or was never saved.
    #[must_use]
    pub fn first_unfinished(&self) -> Option<&'a Page> {
        self.stops
            .iter()
            .find(|stop| !stop.finished)
            .map(|stop| stop.page)
    }

    /// Where somebody who comes back goes on, or who has just changed an answer from "check your answers".
    #[must_use]
    pub fn resume(&self) -> Next<'a> {
        self.first_unfinished().map_or(Next::Check, Next::Page)
    }

    /// Whether a page may be visited: it is shown and every page before it is finished.
    ///
    /// # Errors
    /// The page to go to instead: the first that still needs an answer; for a hidden page when all are finished, the
    /// next one that is shown, or the last; for a survey that shows no page at all, the page itself.
    pub fn may_visit<'k>(&self, page: &'k PageKey) -> Result<(), &'k PageKey>
    where
        'a: 'k,
    {
        let unfinished = self.stops.iter().position(|stop| !stop.finished);
        match (self.stop(page), unfinished) {
            (Some((at, _)), Some(first)) if at > first => Err(&self.stops[first].page.key),
            (Some(_), _) => Ok(()),
            (None, Some(first)) => Err(&self.stops[first].page.key),
            (None, None) => Err(self
                .shown_after(page)
                .or_else(|| self.last())
                .map_or(page, |instead| &instead.key)),
        }
    }

    /// How far a page lies in the survey; nothing for a hidden page.
    #[must_use]
    pub fn progress(&self, page: &PageKey) -> Option<Progress<'a>> {
        let (at, stop) = self.stop(page)?;
        let mut keys: Vec<_> = self.stops.iter().map(|stop| &stop.section.key).collect();
        keys.dedup();
        let section = keys.iter().position(|key| **key == stop.section.key)? + 1;
        Some(Progress {
            section,
            sections: keys.len(),
            title: &stop.section.title,
            pages_before: at,
            pages: self.stops.len(),
        })
    }

    /// The answers as they are to be submitted: those of hidden pages and questions, and texts of choices not made, are
    /// dropped.
    ///
    /// # Errors
    /// The first page that still needs an answer.
    pub fn submittable(&self) -> Result<Answers, &'a PageKey> {
        if let Some(page) = self.first_unfinished() {
            return Err(&page.key);
        }
        let mut kept = Answers::default();
        for question in self.stops.iter().flat_map(|stop| &stop.questions) {
            if let Some(answer) = self.answers.values.get(&question.key) {
                kept.values.insert(question.key.clone(), answer.clone());
            }
        }
        for (key, text) in &self.answers.texts {
            let belongs = kept
                .values
                .get(&key.question)
                .is_some_and(|answer| match &key.code {
                    None => *answer == Answer::Text,
                    Some(code) => chooses(answer, code),
                });
            if belongs {
                kept.texts.insert(key.clone(), text.clone());
            }
        }
        Ok(kept)
    }
}

/// Whether a question has a whole answer: every row of a grid, words where a text was given.
fn has_answer(question: &Question, answers: &Answers) -> bool {
    if !question.asks() {
        return true;
    }
    match answers.values.get(&question.key) {
        None => false,
        Some(Answer::Grid(rows)) => question
            .rows()
            .iter()
            .all(|row| rows.contains_key(&row.code)),
        Some(Answer::Text) => answers
            .texts
            .keys()
            .any(|key| key.question == question.key && key.code.is_none()),
        Some(_) => true,
    }
}
