//! What can be wrong with an answer, and the sentence that says so and how to mend it (`assets/locales/en/errors.ftl`).

use jiff::civil::Date;

use super::{
    definition::{Definition, Kind, Question, Unit},
    ids::{Code, Lang, QuestionKey},
    message::{Arg, Message, Phrase, day, figure},
};

/// What the resident is asked to do about a question without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Select one.
    Select,
    /// Select one or more.
    SelectSome,
    /// Write something.
    Write,
    /// Write a number.
    WriteNumber,
    /// Give a day.
    GiveDate,
    /// Give an email address.
    GiveEmail,
    /// Give a postcode.
    GivePostcode,
    /// Select one for every row.
    SelectRows,
    /// Rank items.
    Rank,
    /// Share a sum.
    Share,
}

impl Ask {
    /// What a kind of question asks for.
    #[must_use]
    pub fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Multiple { .. } => Self::SelectSome,
            Kind::Grid { .. } => Self::SelectRows,
            Kind::Ranking { .. } => Self::Rank,
            Kind::Budget { .. } => Self::Share,
            Kind::Number { .. } => Self::WriteNumber,
            Kind::ShortText { .. } | Kind::LongText { .. } => Self::Write,
            Kind::Date { .. } => Self::GiveDate,
            Kind::Email {} => Self::GiveEmail,
            Kind::Postcode { .. } => Self::GivePostcode,
            Kind::Single { .. }
            | Kind::Scale { .. }
            | Kind::Area { .. }
            | Kind::Information { .. } => Self::Select,
        }
    }
}

/// The parts of a day that are missing; at least one, at most two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingParts {
    /// The day is.
    pub day: bool,
    /// The month is.
    pub month: bool,
    /// The year is.
    pub year: bool,
}

impl MissingParts {
    /// The parts by name, joined by hyphens, as the message selects by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match (self.day, self.month, self.year) {
            (true, true, _) => "day-month",
            (true, false, true) => "day-year",
            (false, true, true) => "month-year",
            (true, false, false) => "day",
            (false, true, false) => "month",
            (false, false, _) => "year",
        }
    }
}

/// What is wrong with the answer to one question.
///
/// Codes in it name what the message names too; [`FieldError::phrase`] puts their labels in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A required question has no answer.
    Required(Ask),
    /// A row of a required grid has no answer.
    RowMissing {
        /// The row.
        row: Code,
    },
    /// Something was chosen that is not offered.
    UnknownChoice,
    /// "Prefer not to say" was chosen together with an answer.
    DeclinedWithAnswer,
    /// A choice that rules out others was chosen together with others.
    ExclusiveWithOthers {
        /// The choice that rules out the others.
        choice: Code,
    },
    /// Fewer choices than allowed.
    TooFew {
        /// The fewest.
        min: u8,
    },
    /// More choices than allowed.
    TooMany {
        /// The most.
        max: u8,
    },
    /// "Other" was chosen on a required question without saying what.
    OtherMissing {
        /// The choice.
        choice: Code,
    },
    /// The text of "other, please say" is too long.
    OtherTooLong {
        /// The choice.
        choice: Code,
        /// The most characters.
        max: u32,
    },
    /// A place in a ranking is empty though a later one is given.
    RankGap {
        /// The empty place, counted from 1.
        place: u8,
    },
    /// An item was given two places.
    RankRepeated {
        /// The item.
        item: Code,
    },
    /// Fewer places were given than allowed.
    RankTooFew {
        /// The fewest.
        min: u8,
    },
    /// A share is not a whole number of 0 or more.
    ShareNotWhole {
        /// The item.
        item: Code,
    },
    /// A share is more than there is to share.
    ShareTooBig {
        /// The item.
        item: Code,
        /// What there is to share.
        total: u32,
        /// What is shared.
        unit: Unit,
    },
    /// The shares don't add up to what there is to share.
    SharesSum {
        /// What there is to share.
        total: u32,
        /// What the shares add up to.
        given: u64,
        /// What is shared.
        unit: Unit,
    },
    /// Not a number.
    NotNumber,
    /// A number that is not whole.
    NotWhole,
    /// A number under the lowest.
    NumberTooLow {
        /// The lowest.
        min: i64,
    },
    /// A number over the highest.
    NumberTooHigh {
        /// The highest.
        max: i64,
    },
    /// A number outside its two limits.
    NumberOutside {
        /// The lowest.
        min: i64,
        /// The highest.
        max: i64,
    },
    /// A text is too long.
    TooLong {
        /// The most characters.
        max: u32,
    },
    /// Parts of a day are missing.
    DateIncomplete(MissingParts),
    /// The year does not have four digits.
    DateYear,
    /// There is no such day.
    DateNotReal,
    /// A day before the earliest.
    DateTooEarly {
        /// The earliest.
        min: Date,
    },
    /// A day after the latest.
    DateTooLate {
        /// The latest.
        max: Date,
    },
    /// A day outside its two limits.
    DateOutside {
        /// The earliest.
        min: Date,
        /// The latest.
        max: Date,
    },
    /// Not an email address.
    EmailMalformed,
    /// Not of the form of a postcode.
    PostcodeMalformed,
    /// No such postcode is known.
    PostcodeUnknown,
    /// The postcode lies outside the place.
    PostcodeOutside {
        /// Whether the question offers a choice for people who live outside.
        offered: bool,
    },
}

/// A unit by name, as messages select by.
#[must_use]
pub fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Pounds => "pounds",
        Unit::Percent => "percent",
        Unit::Points => "points",
    }
}

impl Problem {
    /// The id of the sentence in `errors.ftl`.
    #[must_use]
    pub fn message_id(&self) -> &'static str {
        match self {
            Self::Required(ask) => match ask {
                Ask::Select => "error-select",
                Ask::SelectSome => "error-select-some",
                Ask::Write => "error-write",
                Ask::WriteNumber => "error-write-number",
                Ask::GiveDate => "error-give-date",
                Ask::GiveEmail => "error-give-email",
                Ask::GivePostcode => "error-give-postcode",
                Ask::SelectRows => "error-select-rows",
                Ask::Rank => "error-rank",
                Ask::Share => "error-share",
            },
            Self::RowMissing { .. } => "error-row-missing",
            Self::UnknownChoice => "error-unknown-choice",
            Self::DeclinedWithAnswer => "error-declined-with-answer",
            Self::ExclusiveWithOthers { .. } => "error-exclusive-with-others",
            Self::TooFew { .. } => "error-too-few",
            Self::TooMany { .. } => "error-too-many",
            Self::OtherMissing { .. } => "error-other-missing",
            Self::OtherTooLong { .. } => "error-other-too-long",
            Self::RankGap { .. } => "error-rank-gap",
            Self::RankRepeated { .. } => "error-rank-repeated",
            Self::RankTooFew { .. } => "error-rank-too-few",
            Self::ShareNotWhole { .. } => "error-share-not-whole",
            Self::ShareTooBig { .. } => "error-share-too-big",
            Self::SharesSum { .. } => "error-shares-sum",
            Self::NotNumber => "error-not-number",
            Self::NotWhole => "error-not-whole",
            Self::NumberTooLow { .. } => "error-number-too-low",
            Self::NumberTooHigh { .. } => "error-number-too-high",
            Self::NumberOutside { .. } => "error-number-outside",
            Self::TooLong { .. } => "error-too-long",
            Self::DateIncomplete(_) => "error-date-incomplete",
            Self::DateYear => "error-date-year",
            Self::DateNotReal => "error-date-not-real",
            Self::DateTooEarly { .. } => "error-date-too-early",
            Self::DateTooLate { .. } => "error-date-too-late",
            Self::DateOutside { .. } => "error-date-outside",
            Self::EmailMalformed => "error-email",
            Self::PostcodeMalformed => "error-postcode-malformed",
            Self::PostcodeUnknown => "error-postcode-unknown",
            Self::PostcodeOutside { offered: true } => "error-postcode-outside",
            Self::PostcodeOutside { offered: false } => "error-postcode-outside-only",
        }
    }

    /// The arguments of the sentence, but for the labels of the question and of what [`Self::code`] names.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, Arg)> {
        match self {
            Self::TooFew { min } | Self::RankTooFew { min } => vec![("min", (*min).into())],
            Self::TooMany { max } => vec![("max", (*max).into())],
            Self::OtherTooLong { max, .. } | Self::TooLong { max } => vec![("max", (*max).into())],
            Self::RankGap { place } => vec![("place", (*place).into())],
            Self::ShareTooBig { total, unit, .. } => {
                vec![
                    ("total", (*total).into()),
                    ("unit", unit_name(*unit).into()),
                ]
            }
            Self::SharesSum { total, given, unit } => vec![
                ("total", (*total).into()),
                ("given", i64::try_from(*given).unwrap_or(i64::MAX).into()),
                ("unit", unit_name(*unit).into()),
            ],
            Self::NumberTooLow { min } => vec![("min", figure(*min))],
            Self::NumberTooHigh { max } => vec![("max", figure(*max))],
            Self::NumberOutside { min, max } => vec![("min", figure(*min)), ("max", figure(*max))],
            Self::DateIncomplete(missing) => vec![("missing", missing.name().into())],
            Self::DateTooEarly { min } => vec![("min", day(*min).into())],
            Self::DateTooLate { max } => vec![("max", day(*max).into())],
            Self::DateOutside { min, max } => {
                vec![("min", day(*min).into()), ("max", day(*max).into())]
            }
            _ => Vec::new(),
        }
    }

    /// The choice, row or item that the sentence names by its label, in the argument `choice`.
    #[must_use]
    pub fn code(&self) -> Option<&Code> {
        match self {
            Self::RowMissing { row } => Some(row),
            Self::ExclusiveWithOthers { choice }
            | Self::OtherMissing { choice }
            | Self::OtherTooLong { choice, .. } => Some(choice),
            Self::RankRepeated { item }
            | Self::ShareNotWhole { item }
            | Self::ShareTooBig { item, .. } => Some(item),
            _ => None,
        }
    }

    /// Whether it says that an answer is missing; the definition may have its own words for that.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Required(_) | Self::RowMissing { .. })
    }
}

/// A problem and where on the page it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The id of the input that the error summary links to.
    pub field: String,
    /// The question.
    pub question: QuestionKey,
    /// What is wrong.
    pub problem: Problem,
}

impl FieldError {
    /// The error in words: the author's own for a missing answer if there are any, else the standard sentence with
    /// the argument `question` (the question's short label) and, where a choice, row or item is named, `choice`;
    /// `outside` is the label of the choice for people who live outside the place.
    ///
    /// The author's words may still hold `{{ question_key }}` to be filled in.
    #[must_use]
    pub fn phrase(&self, definition: &Definition, lang: &Lang) -> Phrase {
        let first = definition.first_language();
        let mut message = Message {
            id: self.problem.message_id(),
            args: self.problem.args(),
        };
        let Some(question) = definition.question(&self.question) else {
            return message.with("question", self.question.as_str()).into();
        };
        // A row's own sentence names the row, which the author's sentence for the whole question can't.
        if matches!(self.problem, Problem::Required(_))
            && let Some(own) = &question.required_message
            && !own.is_empty()
        {
            return Phrase::Words(own.get(lang, &first).to_owned());
        }
        message = message.with("question", question.short_or_label().get(lang, &first));
        if let Some(code) = self.problem.code() {
            message = message.with("choice", label(question, code, lang, &first));
        }
        if let (
            Problem::PostcodeOutside { offered: true },
            Kind::Postcode {
                outside: Some(outside),
            },
        ) = (&self.problem, &question.kind)
        {
            message = message.with("outside", outside.get(lang, &first));
        }
        message.into()
    }
}

/// The label of a choice, column, item or row of a question; its code, if it has none of that code.
pub(super) fn label<'a>(
    question: &'a Question,
    code: &'a Code,
    lang: &Lang,
    fallback: &Lang,
) -> &'a str {
    let row = question.rows().iter().find(|row| row.code == *code);
    row.map(|row| &row.label)
        .or_else(|| question.choice(code).map(|choice| &choice.label))
        .map_or(code.as_str(), |label| label.get(lang, fallback))
}
