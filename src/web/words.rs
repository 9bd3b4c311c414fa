//! From what the pure rooms say by name ([`Message`], [`Phrase`]) to sentences in a language.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentValue};

use super::templates::Texts;
use crate::survey::{
    ids::Lang,
    markdown,
    message::{Arg, Message, Phrase},
};

/// Says things in one language.
#[derive(Clone, Copy)]
pub struct Speaker<'a> {
    texts: &'a Texts,
    /// The language.
    pub lang: &'a Lang,
}

impl<'a> Speaker<'a> {
    /// Somebody who says things in `lang`.
    #[must_use]
    pub fn new(texts: &'a Texts, lang: &'a Lang) -> Self {
        Self { texts, lang }
    }

    /// A sentence as plain text. A missing one shows its id: a test finds it, a resident still gets the page.
    #[must_use]
    pub fn say(&self, message: &Message) -> String {
        let args: FluentArgs<'_> = message
            .args
            .iter()
            .map(|(name, arg)| (Cow::Borrowed(*name), self.value(arg)))
            .collect();
        self.texts
            .message(self.lang.as_str(), message.id, Some(&args))
            .map_or_else(|_| message.id.to_owned(), Cow::into_owned)
    }

    /// A sentence without arguments as plain text.
    #[must_use]
    pub fn id(&self, id: &str) -> String {
        self.texts
            .message(self.lang.as_str(), id, None)
            .map_or_else(|_| id.to_owned(), Cow::into_owned)
    }

    /// A phrase as plain text.
    #[must_use]
    pub fn phrase(&self, phrase: &Phrase) -> String {
        match phrase {
            Phrase::Words(words) => words.clone(),
            Phrase::Message(message) => self.say(message),
        }
    }

    /// A phrase as HTML.
    #[must_use]
    pub fn html(&self, phrase: &Phrase) -> String {
        markdown::escape(&self.phrase(phrase))
    }

    fn value(&self, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Words(words) => FluentValue::from(words.clone()),
            Arg::Message(message) => FluentValue::from(self.say(message)),
        }
    }
}
