//! From a definition and what was answered or typed to what pages show.

mod answers;
mod choices;
mod gaps;
mod question;

pub use answers::answer_sections;
pub use gaps::{can_have_gaps, take_words, words_for_gaps};
pub use question::{Shown, error_links, question_views};

use crate::{
    geography::Place,
    survey::{
        answers::Answers,
        definition::Definition,
        display::{Words, answer_words},
        ids::{Code, Lang, QuestionKey},
        markdown, piping,
        text::Text,
    },
    web::words::Speaker,
};

/// What every text of a definition needs to become words on a page.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The survey.
    pub definition: &'a Definition,
    /// The place.
    pub place: &'a Place,
    /// Answers given so far, for piping.
    pub answers: &'a Answers,
    /// The interface's sentences.
    pub speaker: Speaker<'a>,
    /// The survey's first language, which others fall back to.
    pub fallback: &'a Lang,
}

impl Reader<'_> {
    /// A text's words, earlier answers put in, as one line of HTML.
    #[must_use]
    pub fn line(&self, text: &Text) -> String {
        markdown::inline_html(&self.piped(text, &markdown::literal))
    }

    /// A text's words, earlier answers put in, as HTML paragraphs.
    #[must_use]
    pub fn paragraphs(&self, text: &Text) -> String {
        markdown::to_html(&self.piped(text, &markdown::literal))
    }

    /// A text's words, earlier answers put in, as plain text.
    #[must_use]
    pub fn plain(&self, text: &Text) -> String {
        markdown::to_plain(&self.piped(text, &markdown::literal))
    }

    /// Words that may hold `{{ question_key }}`, filled in, as plain text.
    #[must_use]
    pub fn filled(&self, words: &str) -> String {
        piping::fill(words, &|key| self.earlier(key))
    }

    /// An area's name.
    #[must_use]
    pub fn area_name(&self, code: &Code) -> Option<String> {
        self.place.area(code).map(|area| area.name.clone())
    }

    fn piped(&self, text: &Text, guard: &dyn Fn(&str) -> String) -> String {
        let words = text.get(self.speaker.lang, self.fallback);
        piping::fill(words, &|key| self.earlier(key).map(|words| guard(&words)))
    }

    fn earlier(&self, key: &QuestionKey) -> Option<String> {
        let question = self.definition.question(key)?;
        let area_name = |code: &Code| self.area_name(code);
        let words = answer_words(
            self.definition,
            question,
            self.answers,
            self.speaker.lang,
            &area_name,
        );
        match words {
            Words::NotAnswered => None,
            Words::Lines(lines) => Some(
                lines
                    .iter()
                    .map(|line| self.speaker.phrase(line))
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
            Words::Pairs(pairs) => Some(
                pairs
                    .iter()
                    .map(|(_, value)| self.speaker.phrase(value))
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
        }
    }
}
