//! What was left out, made up or changed: each with its place in the LimeSurvey survey, and a sentence.

use std::fmt;

/// Where in the LimeSurvey survey, by the names its author knows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The survey as a whole.
    Survey,
    /// A table of the file.
    Table(String),
    /// A group of questions, by its name.
    Group(String),
    /// A question, by its code.
    Question(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Survey => f.write_str("survey"),
            Self::Table(name) => write!(f, "table {name}"),
            Self::Group(name) => write!(f, "group {name:?}"),
            Self::Question(code) => write!(f, "question {code}"),
        }
    }
}

/// Why an equation or a condition has no counterpart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// A character that the grammar doesn't have.
    #[error("`{0}` is not understood")]
    Character(char),
    /// A function that can't be asked for here.
    #[error("the function `{0}` has no counterpart")]
    Function(String),
    /// A name that no question carried over has.
    #[error("`{0}` is no answer that was carried over")]
    Unknown(String),
    /// An answer that is given later.
    #[error("`{0}` is not asked before this")]
    Later(String),
    /// A code that the question doesn't have.
    #[error("`{name}` has no code {code:?}")]
    Code {
        /// The question.
        name: String,
        /// The code.
        code: String,
    },
    /// A comparison that can't be made here.
    #[error("`{0}` can't be compared like this")]
    Comparison(String),
    /// It is not an equation.
    #[error("it is not a whole equation")]
    Broken,
    /// It is too long or too deeply nested.
    #[error("it is too long or too deeply nested")]
    TooMuch,
}

/// What was left out, made up or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Loss {
    /// A question of a type that has no counterpart.
    #[error("questions of the type `{letter}` have no counterpart; the question is left out")]
    QuestionType {
        /// LimeSurvey's letter.
        letter: String,
    },
    /// A question that can't stand with so few parts.
    #[error("it has too few {what} to be asked; the question is left out")]
    TooFew {
        /// Of what.
        what: &'static str,
    },
    /// A question that would become too many.
    #[error("its {cells} fields would be as many questions; the question is left out")]
    ManyFields {
        /// How many fields.
        cells: usize,
    },
    /// A question that LimeSurvey never shows.
    #[error("it is always hidden; the question is left out")]
    Hidden,
    /// A group that asks nothing.
    #[error("the group has no question that can be carried over; it is left out")]
    EmptyGroup,
    /// An attribute of a question.
    #[error("the attribute `{name}` ({value:?}) is not carried over")]
    Attribute {
        /// Its name.
        name: String,
        /// Its value, shortened.
        value: String,
    },
    /// A relevance equation.
    #[error(
        "the relevance equation `{equation}` is not carried over, so this is always shown: {why}"
    )]
    Equation {
        /// The equation, shortened.
        equation: String,
        /// Why.
        why: Why,
    },
    /// Conditions of the older kind.
    #[error("its conditions are not carried over, so this is always shown: {why}")]
    Conditions {
        /// Why.
        why: Why,
    },
    /// The relevance equation of one row, column or choice.
    #[error("the relevance equation of `{code}` is not carried over, so this is always shown")]
    PartEquation {
        /// The subquestion.
        code: String,
    },
    /// A pattern answers must fit.
    #[error("the pattern `{pattern}` that answers must fit is not carried over")]
    Pattern {
        /// The pattern, shortened.
        pattern: String,
    },
    /// HTML that the Markdown of definitions doesn't have.
    #[error("{field} ({language}): the HTML {} is not carried over; its words are", list(.parts))]
    Markup {
        /// Which text.
        field: &'static str,
        /// In which language.
        language: String,
        /// Elements and attributes.
        parts: Vec<String>,
    },
    /// HTML that does something.
    #[error("{field} ({language}): {} would do something on the page and is taken out", list(.parts))]
    Script {
        /// Which text.
        field: &'static str,
        /// In which language.
        language: String,
        /// Elements, event handlers and addresses.
        parts: Vec<String>,
    },
    /// A link that leads where a definition's links may not.
    #[error("{field} ({language}): the link to {target:?} is not carried over; its words are")]
    Link {
        /// Which text.
        field: &'static str,
        /// In which language.
        language: String,
        /// Where it led, shortened.
        target: String,
    },
    /// An expression inside a text.
    #[error(
        "{field} ({language}): `{{{expression}}}` can't be filled in here; … stands in its place"
    )]
    Placeholder {
        /// Which text.
        field: &'static str,
        /// In which language.
        language: String,
        /// The expression, shortened.
        expression: String,
    },
    /// A text that was too long.
    #[error("{field} ({language}): it had {length} characters and was shortened to {most}")]
    Shortened {
        /// Which text.
        field: &'static str,
        /// In which language.
        language: String,
        /// How long it was.
        length: usize,
        /// How long it may be.
        most: usize,
    },
    /// Words that one of the survey's languages lacks.
    #[error(
        "{field}: there are no words in `{language}`; the words of another language stand there"
    )]
    Untranslated {
        /// Which text.
        field: &'static str,
        /// The language.
        language: String,
    },
    /// Words of the program that it doesn't know in a language.
    #[error("words such as Yes, No and Other are in English in `{language}`; translate them")]
    StandingWords {
        /// The language.
        language: String,
    },
    /// Something that a definition needs and the file doesn't have.
    #[error("`{field}` is made up, as the file does not say it; {mend}")]
    MadeUp {
        /// Which field.
        field: &'static str,
        /// What to do.
        mend: &'static str,
    },
    /// A key or code that had to change.
    #[error("{what} `{from}` is called `{to}`")]
    Renamed {
        /// Of what.
        what: &'static str,
        /// LimeSurvey's name.
        from: String,
        /// The name in the definition.
        to: String,
    },
    /// A question that became several.
    #[error("it is carried over as {count} questions, `{first}` and on")]
    Several {
        /// How many.
        count: usize,
        /// The first of them.
        first: String,
    },
    /// A group that became several pages.
    #[error("it is carried over as {pages} pages, as a page asks four questions at most")]
    Pages {
        /// How many.
        pages: usize,
    },
    /// "No" was put beside a single box to tick.
    #[error("its one box to tick is carried over as a choice, with “No” beside it")]
    OneBox,
    /// Drop-downs can't open a field for "other".
    #[error(
        "it is carried over as radios, as no field can open under an entry of a drop-down list"
    )]
    DropDown,
    /// Numbers are whole here.
    #[error("decimal numbers could be answered; whole numbers only can be now")]
    Decimals,
    /// An answer that was asked for, and could be left out.
    #[error("the mandatory setting “soft” is carried over as not required")]
    Soft,
    /// A limit that a definition can't have.
    #[error("the limit `{name}` ({value:?}) does not fit and is left out or narrowed")]
    Limit {
        /// LimeSurvey's attribute.
        name: &'static str,
        /// Its value, shortened.
        value: String,
    },
    /// A language whose tag can't be used.
    #[error("the language `{code}` can't be carried over; its words are left out")]
    Language {
        /// LimeSurvey's code.
        code: String,
    },
    /// A quota.
    #[error("the quota {name:?} is not carried over")]
    Quota {
        /// Its name, shortened.
        name: String,
    },
    /// An assessment rule.
    #[error("the assessment {name:?} is not carried over")]
    Assessment {
        /// Its name, shortened.
        name: String,
    },
    /// An answer that LimeSurvey fills in beforehand.
    #[error("its default answer is not carried over")]
    DefaultAnswer,
    /// Texts of the survey that have no place.
    #[error("the survey text `{name}` is not carried over")]
    SurveyText {
        /// LimeSurvey's column.
        name: String,
    },
    /// Settings of the survey.
    #[error("the survey's settings {} are not carried over", list(.names))]
    Settings {
        /// LimeSurvey's columns.
        names: Vec<String>,
    },
    /// A table that is not read.
    #[error("its {rows} entries are not carried over")]
    Table {
        /// How many.
        rows: usize,
    },
    /// A row that belongs to nothing.
    #[error("{rows} of its rows belong to no question or group, and are left out")]
    Stray {
        /// How many.
        rows: usize,
    },
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// One thing, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub place: Place,
    /// What.
    pub loss: Loss,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.loss)
    }
}

/// Everything that was not carried over as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order in which it was met.
    pub notes: Vec<Note>,
}

impl Report {
    pub(super) fn add(&mut self, place: &Place, loss: Loss) {
        let note = Note {
            place: place.clone(),
            loss,
        };
        self.notes.push(note);
    }
}

/// A value as it may stand in a sentence: on one line, and short.
pub(super) fn shortened(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().filter(|c| !c.is_control()).take(120).collect();
    if line.chars().count() > 120 {
        short.push('…');
    }
    short
}
