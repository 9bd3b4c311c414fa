//! Ways through a definition: from pages to questions to choices, and back from a key to the thing.

use std::iter;

use super::{
    definition::{Choice, Definition, Kind, Page, Question, Row, Section},
    ids::{Code, Lang, PageKey, QuestionKey},
    text::Text,
};

impl Definition {
    /// The language the others fall back to: the first of [`Definition::languages`], or English when there is none.
    ///
    /// # Panics
    /// Never: `en` is a language tag.
    #[must_use]
    pub fn first_language(&self) -> Lang {
        self.languages
            .first()
            .cloned()
            .unwrap_or_else(|| Lang::new("en").expect("en is a language tag"))
    }

    /// Every page in order, with the section it stands in.
    pub fn pages(&self) -> impl Iterator<Item = (&Section, &Page)> {
        self.sections
            .iter()
            .flat_map(|section| section.pages.iter().map(move |page| (section, page)))
    }

    /// The page with that key.
    #[must_use]
    pub fn page(&self, key: &PageKey) -> Option<&Page> {
        self.pages()
            .map(|(_, page)| page)
            .find(|page| page.key == *key)
    }

    /// The section the page with that key stands in.
    #[must_use]
    pub fn section_of(&self, key: &PageKey) -> Option<&Section> {
        self.pages()
            .find(|(_, page)| page.key == *key)
            .map(|(section, _)| section)
    }

    /// Every question in order, each followed by those its choices reveal.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages().flat_map(|(_, page)| page.all_questions())
    }

    /// The question with that key, revealed ones included.
    #[must_use]
    pub fn question(&self, key: &QuestionKey) -> Option<&Question> {
        self.questions().find(|question| question.key == *key)
    }

    /// The page the question with that key stands on, revealed ones included.
    #[must_use]
    pub fn page_of(&self, key: &QuestionKey) -> Option<&Page> {
        self.pages()
            .map(|(_, page)| page)
            .find(|page| page.all_questions().any(|question| question.key == *key))
    }
}

impl Page {
    /// The page's questions in order, each followed by those its choices reveal, depth-first.
    pub fn all_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().flat_map(Question::with_revealed)
    }
}

impl Question {
    /// This question, then those its choices reveal, depth-first.
    ///
    /// It walks with a list of its own instead of by recursion: no nesting can exhaust the stack.
    pub fn with_revealed(&self) -> impl Iterator<Item = &Question> {
        let mut waiting = vec![self];
        iter::from_fn(move || {
            let question = waiting.pop()?;
            let revealed = question.choices().iter().flat_map(|choice| &choice.reveals);
            let at = waiting.len();
            waiting.extend(revealed);
            waiting[at..].reverse();
            Some(question)
        })
    }

    /// The choices of a single or multiple choice, the columns of a grid, the items of a ranking or budget; else none.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::Single { choices, .. } | Kind::Multiple { choices, .. } => choices,
            Kind::Grid { columns, .. } => columns,
            Kind::Ranking { items, .. } | Kind::Budget { items, .. } => items,
            _ => &[],
        }
    }

    /// The choice, column or item with that code.
    #[must_use]
    pub fn choice(&self, code: &Code) -> Option<&Choice> {
        self.choices().iter().find(|choice| choice.code == *code)
    }

    /// The rows of a grid; else none.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        match &self.kind {
            Kind::Grid { rows, .. } => rows,
            _ => &[],
        }
    }

    /// Whether the answer is free text: a short or long text, or an email address.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(
            self.kind,
            Kind::ShortText { .. } | Kind::LongText { .. } | Kind::Email {}
        )
    }

    /// Whether it takes an answer at all; information doesn't.
    #[must_use]
    pub fn asks(&self) -> bool {
        !matches!(self.kind, Kind::Information { .. })
    }

    /// The few words for it: the short name if there is one, else the label.
    #[must_use]
    pub fn short_or_label(&self) -> &Text {
        self.short
            .as_ref()
            .filter(|short| !short.is_empty())
            .unwrap_or(&self.label)
    }
}

impl Kind {
    /// Its name, as in the `kind` field of a definition.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Single { .. } => "single",
            Self::Multiple { .. } => "multiple",
            Self::Grid { .. } => "grid",
            Self::Scale { .. } => "scale",
            Self::Ranking { .. } => "ranking",
            Self::Budget { .. } => "budget",
            Self::Number { .. } => "number",
            Self::ShortText { .. } => "short_text",
            Self::LongText { .. } => "long_text",
            Self::Date { .. } => "date",
            Self::Email {} => "email",
            Self::Postcode { .. } => "postcode",
            Self::Area { .. } => "area",
            Self::Information { .. } => "information",
        }
    }
}
