//! Sentences by name: a pure room says *which* sentence, Fluent (`assets/locales`) says it in a language.

/// A sentence of the interface: its id in the Fluent files and what goes into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The id of the message.
    pub id: &'static str,
    /// Its arguments by name.
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A sentence without arguments.
    #[must_use]
    pub fn new(id: &'static str) -> Self {
        Self {
            id,
            args: Vec::new(),
        }
    }

    /// The same sentence with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((name, arg.into()));
        self
    }
}

/// What goes into a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A number; the language says how it is written.
    Number(i64),
    /// Words of the definition or of the resident.
    Words(String),
    /// Another sentence, to be said first (such as a date in words).
    Message(Message),
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<u8> for Arg {
    fn from(number: u8) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<&str> for Arg {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Arg {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

/// Something to be shown: words as they are, or a sentence of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// Words of the definition or of the resident; to be escaped where they are shown.
    Words(String),
    /// A sentence of the interface.
    Message(Message),
}

impl From<Message> for Phrase {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

/// A number somebody was asked for. Up to four digits it goes in as words, so that a year never gets a thousands separator.
#[must_use]
pub fn figure(number: i64) -> Arg {
    if (-9999..=9999).contains(&number) {
        Arg::Words(number.to_string())
    } else {
        Arg::Number(number)
    }
}

/// A day in words, by the message `answer-date` (arguments `day`, `month` 1–12 and `year`).
#[must_use]
pub fn day(date: jiff::civil::Date) -> Message {
    Message::new("answer-date")
        .with("day", i64::from(date.day()))
        .with("month", i64::from(date.month()))
        .with("year", figure(i64::from(date.year())))
}
