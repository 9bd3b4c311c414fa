//! What can be done to a draft: a closed list of edits, each applied to a definition as a whole or not at all.
//!
//! Keys and codes are made from words once, where a thing is added, and stay. What an edit leaves is a definition that can
//! be written, read again and published or mended: types see to names, [`apply`] to bounds.

mod kinds;
mod names;
mod parts;
pub mod routing;
#[cfg(test)]
mod tests;
mod texts;

pub use kinds::{KIND_NAMES, choices_mut, converted, new_choice, new_kind, new_row};
pub use names::{code_from, key_from, slug_from, theme_key_from};
pub use texts::{Completeness, completeness};

use jiff::civil::DateTime;

use super::{
    definition::{Check, Definition, Overview, Question, Roles, Theme},
    ids::{Code, Lang, PageKey, QuestionKey, SectionKey},
    read::DefinitionError,
    text::Text,
};
use crate::survey::condition::Condition;

/// A step towards the beginning or the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One place earlier.
    Up,
    /// One place later.
    Down,
}

/// What stands before the pages of a survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// Languages, the first first.
    pub languages: Vec<Lang>,
    /// The question the whole survey asks.
    pub title: Text,
    /// A short name.
    pub short_title: Text,
    /// One sentence.
    pub summary: Text,
    /// How many minutes it takes.
    pub minutes: u8,
    /// When it opens.
    pub opens: DateTime,
    /// When it closes.
    pub closes: DateTime,
    /// Minutes after the close in which saved answers may be sent.
    pub grace_minutes: u32,
    /// The overview page.
    pub overview: Overview,
}

impl Front {
    /// The front of a definition.
    #[must_use]
    pub fn of(definition: &Definition) -> Self {
        Self {
            languages: definition.languages.clone(),
            title: definition.title.clone(),
            short_title: definition.short_title.clone(),
            summary: definition.summary.clone(),
            minutes: definition.minutes,
            opens: definition.opens,
            closes: definition.closes,
            grace_minutes: definition.grace_minutes,
            overview: definition.overview.clone(),
        }
    }
}

/// What stands on a page beside its questions.
#[derive(Debug, Clone, PartialEq)]
pub struct PageFront {
    /// Its heading.
    pub title: Text,
    /// A few lines under it.
    pub intro: Option<Text>,
    /// When it is shown.
    pub show_when: Option<Condition>,
    /// Whether somebody may disclose a crime there.
    pub safety: bool,
}

/// Where a question is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// At the end of a page.
    Page(PageKey),
    /// Under a choice of a question.
    Choice(QuestionKey, Code),
}

/// An edit.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Puts other words, dates and so on before the pages.
    Front(Box<Front>),
    /// Puts another list of themes in place.
    Themes(Vec<Theme>),
    /// Says which questions play a part in every analysis.
    Roles(Roles),
    /// Puts another list of checks in place.
    Checks(Vec<Check>),
    /// Adds a section at the end.
    AddSection(Text),
    /// Gives a section another name.
    Section(SectionKey, Text),
    /// Moves a section.
    MoveSection(SectionKey, Step),
    /// Takes a section away with all its pages.
    RemoveSection(SectionKey),
    /// Adds a page at the end of a section.
    AddPage(SectionKey, Text),
    /// Changes what stands on a page beside its questions.
    Page(PageKey, Box<PageFront>),
    /// Moves a page, into the next section too.
    MovePage(PageKey, Step),
    /// Takes a page away with its questions.
    RemovePage(PageKey),
    /// Adds a question; its key is made from its words.
    AddQuestion(Spot, Box<Question>),
    /// Puts a question in the place of the one with its key.
    Question(Box<Question>),
    /// Gives a question another key, wherever it is named.
    Rename(QuestionKey, QuestionKey),
    /// Moves a question among its neighbours, onto the next page too.
    MoveQuestion(QuestionKey, Step),
    /// Puts a question (not a revealed one) on a page, before another of that page or at its end.
    PlaceQuestion(QuestionKey, PageKey, Option<QuestionKey>),
    /// Adds a copy of a question after it.
    CopyQuestion(QuestionKey),
    /// Takes a question away.
    RemoveQuestion(QuestionKey),
    /// Puts another document in place, as an import does; the slug stays.
    Whole(Box<Definition>),
}

/// Why an edit is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// What it is about is not there (any more).
    #[error("{0} is not there")]
    Missing(String),
    /// There is no place to move to.
    #[error("it is the first or last already")]
    AtTheEdge,
    /// A condition or check names the question.
    #[error("{needed} is named by {by}")]
    Needed {
        /// The question.
        needed: QuestionKey,
        /// The key of the page or question, or the code of the check, that names it.
        by: String,
    },
    /// A name is taken.
    #[error("{0} is taken")]
    Taken(String),
    /// Not under a choice of this kind, or under a choice of a revealed question.
    #[error("nothing can open there")]
    CannotReveal,
    /// The whole would break a bound of the format.
    #[error("{0}")]
    Bound(String),
}

impl From<DefinitionError> for Refused {
    fn from(error: DefinitionError) -> Self {
        Self::Bound(error.to_string())
    }
}

/// The definition after an edit.
///
/// # Errors
/// [`Refused`]; the edit is made wholly or not at all.
pub fn apply(definition: &Definition, edit: Edit) -> Result<Definition, Refused> {
    let mut edited = definition.clone();
    match edit {
        Edit::Front(front) => put_front(&mut edited, *front),
        Edit::Themes(themes) => edited.themes = themes,
        Edit::Roles(roles) => edited.roles = roles,
        Edit::Checks(checks) => edited.checks = checks,
        Edit::AddSection(title) => parts::add_section(&mut edited, title),
        Edit::Section(key, title) => parts::section(&mut edited, &key)?.title = title,
        Edit::MoveSection(key, step) => parts::move_section(&mut edited, &key, step)?,
        Edit::RemoveSection(key) => parts::remove_section(&mut edited, &key)?,
        Edit::AddPage(section, title) => parts::add_page(&mut edited, &section, title)?,
        Edit::Page(key, front) => {
            let page = parts::page(&mut edited, &key)?;
            page.title = front.title;
            page.intro = front.intro;
            page.show_when = front.show_when;
            page.safety = front.safety;
        }
        Edit::MovePage(key, step) => parts::move_page(&mut edited, &key, step)?,
        Edit::RemovePage(key) => parts::remove_page(&mut edited, &key)?,
        Edit::AddQuestion(spot, question) => parts::add_question(&mut edited, &spot, *question)?,
        Edit::Question(question) => {
            let key = question.key.clone();
            *parts::question(&mut edited, &key)? = *question;
            names::check_unique(&edited)?;
        }
        Edit::Rename(from, to) => names::rename(&mut edited, &from, &to)?,
        Edit::MoveQuestion(key, step) => parts::move_question(&mut edited, &key, step)?,
        Edit::PlaceQuestion(key, page, before) => {
            parts::place_question(&mut edited, &key, &page, before.as_ref())?;
        }
        Edit::CopyQuestion(key) => parts::copy_question(&mut edited, &key)?,
        Edit::RemoveQuestion(key) => parts::remove_question(&mut edited, &key)?,
        Edit::Whole(whole) => {
            edited = *whole;
            edited.slug = definition.slug.clone();
        }
    }
    Ok(edited.checked()?)
}

fn put_front(definition: &mut Definition, front: Front) {
    definition.languages = front.languages;
    definition.title = front.title;
    definition.short_title = front.short_title;
    definition.summary = front.summary;
    definition.minutes = front.minutes;
    definition.opens = front.opens;
    definition.closes = front.closes;
    definition.grace_minutes = front.grace_minutes;
    definition.overview = front.overview;
}
