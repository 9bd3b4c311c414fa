//! A question as it stands in a document: the fields of every kind side by side.
//!
//! serde can't refuse unknown fields beside a flattened enum, and it buffers what it flattens, which loses the place of
//! a mistake and reads a code such as `16_24` as a number. So a question is read into this flat form, and each field is
//! then claimed by its kind; what nobody claims is a mistake.

use std::fmt;

use jiff::civil::Date;
use serde::{
    Deserialize, Deserializer,
    de::{self, SeqAccess, Visitor, value::SeqAccessDeserializer},
};

use super::{
    condition::Condition,
    definition::{
        Choice, Display, Kind, Question, Row, Unit, five, hundred, long_length, short_length,
    },
    ids::{QuestionKey, ThemeKey},
    text::Text,
};

impl<'de> Deserialize<'de> for Question {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Flat::deserialize(deserializer)?
            .into_question()
            .map_err(de::Error::custom)
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Single,
    Multiple,
    Grid,
    Scale,
    Ranking,
    Budget,
    Number,
    ShortText,
    LongText,
    Date,
    Email,
    Postcode,
    Area,
    Information,
}

/// `min` and `max`: a count, a number or a day, as the kind has it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(
    untagged,
    expecting = "a whole number, or a day such as 2026-03-31 for a date question"
)]
enum Limit {
    Whole(i64),
    Day(Date),
}

/// `rows`: the rows of a grid, or how many lines the box of a long text shows.
#[derive(Debug)]
enum Rows {
    Lines(u8),
    Rows(Vec<Row>),
}

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RowsVisitor;

        impl<'de> Visitor<'de> for RowsVisitor {
            type Value = Rows;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a list of rows for a grid, or a number of lines (1 to 255) for a long text",
                )
            }

            fn visit_u64<E: de::Error>(self, lines: u64) -> Result<Rows, E> {
                u8::try_from(lines)
                    .map(Rows::Lines)
                    .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(lines), &self))
            }

            fn visit_i64<E: de::Error>(self, lines: i64) -> Result<Rows, E> {
                u8::try_from(lines)
                    .map(Rows::Lines)
                    .map_err(|_| E::invalid_value(de::Unexpected::Signed(lines), &self))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, rows: A) -> Result<Rows, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(rows)).map(Rows::Rows)
            }
        }

        deserializer.deserialize_any(RowsVisitor)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Flat {
    key: QuestionKey,
    label: Text,
    short: Option<Text>,
    hint: Option<Text>,
    #[serde(default)]
    required: bool,
    required_message: Option<Text>,
    show_when: Option<Condition>,
    theme: Option<ThemeKey>,
    sensitive: Option<Text>,
    #[serde(default)]
    prefer_not_to_say: bool,
    kind: Name,
    choices: Option<Vec<Choice>>,
    display: Option<Display>,
    shuffle: Option<bool>,
    min: Option<Limit>,
    max: Option<Limit>,
    rows: Option<Rows>,
    columns: Option<Vec<Choice>>,
    min_label: Option<Text>,
    max_label: Option<Text>,
    dont_know: Option<bool>,
    items: Option<Vec<Choice>>,
    places: Option<u8>,
    total: Option<u32>,
    unit: Option<Unit>,
    suffix: Option<Text>,
    max_length: Option<u32>,
    outside: Option<Text>,
    body: Option<Text>,
}

/// What is wrong with a question, before it is said of which one.
#[derive(Debug, thiserror::Error)]
enum Wrong {
    #[error("add the field `{0}`")]
    Missing(&'static str),
    #[error("remove the field `{0}`, which this kind of question does not have")]
    Left(&'static str),
    #[error("give the field `{field}` {wanted}")]
    Value {
        field: &'static str,
        wanted: &'static str,
    },
}

/// What is wrong with which question.
#[derive(Debug, thiserror::Error)]
#[error("question `{key}` of kind {kind:?}: {wrong}")]
struct FlatError {
    key: QuestionKey,
    kind: Name,
    wrong: Wrong,
}

impl Flat {
    fn into_question(mut self) -> Result<Question, FlatError> {
        let kind = match self.claim() {
            Ok(kind) => kind,
            Err(wrong) => return Err(self.error(wrong)),
        };
        if let Some(field) = self.left() {
            return Err(self.error(Wrong::Left(field)));
        }
        Ok(Question {
            key: self.key,
            label: self.label,
            short: self.short,
            hint: self.hint,
            required: self.required,
            required_message: self.required_message,
            show_when: self.show_when,
            theme: self.theme,
            sensitive: self.sensitive,
            prefer_not_to_say: self.prefer_not_to_say,
            kind,
        })
    }

    fn error(self, wrong: Wrong) -> FlatError {
        FlatError {
            key: self.key,
            kind: self.kind,
            wrong,
        }
    }

    /// Takes the fields that belong to the kind.
    fn claim(&mut self) -> Result<Kind, Wrong> {
        let shuffle = |this: &mut Self| this.shuffle.take().unwrap_or_default();
        Ok(match self.kind {
            Name::Single => Kind::Single {
                choices: need(self.choices.take(), "choices")?,
                display: self.display.take().unwrap_or_default(),
                shuffle: shuffle(self),
            },
            Name::Multiple => Kind::Multiple {
                choices: need(self.choices.take(), "choices")?,
                min: whole(self.min.take(), "min", COUNT)?,
                max: whole(self.max.take(), "max", COUNT)?,
                shuffle: shuffle(self),
            },
            Name::Grid => Kind::Grid {
                rows: match need(self.rows.take(), "rows")? {
                    Rows::Rows(rows) => rows,
                    Rows::Lines(_) => {
                        return Err(Wrong::Value {
                            field: "rows",
                            wanted: "a list of rows",
                        });
                    }
                },
                columns: need(self.columns.take(), "columns")?,
                shuffle: shuffle(self),
            },
            Name::Scale => Kind::Scale {
                min: need(whole(self.min.take(), "min", NUMBER)?, "min")?,
                max: need(whole(self.max.take(), "max", NUMBER)?, "max")?,
                min_label: need(self.min_label.take(), "min_label")?,
                max_label: need(self.max_label.take(), "max_label")?,
                dont_know: self.dont_know.take().unwrap_or_default(),
            },
            Name::Ranking => Kind::Ranking {
                items: need(self.items.take(), "items")?,
                places: need(self.places.take(), "places")?,
                min: whole(self.min.take(), "min", COUNT)?,
                shuffle: shuffle(self),
            },
            Name::Budget => Kind::Budget {
                items: need(self.items.take(), "items")?,
                total: self.total.take().unwrap_or_else(hundred),
                unit: self.unit.take().unwrap_or_default(),
                shuffle: shuffle(self),
            },
            Name::Number => Kind::Number {
                min: whole(self.min.take(), "min", NUMBER)?,
                max: whole(self.max.take(), "max", NUMBER)?,
                suffix: self.suffix.take(),
            },
            Name::ShortText => Kind::ShortText {
                max_length: self.max_length.take().unwrap_or_else(short_length),
            },
            Name::LongText => Kind::LongText {
                max_length: self.max_length.take().unwrap_or_else(long_length),
                rows: match self.rows.take() {
                    None => five(),
                    Some(Rows::Lines(lines)) => lines,
                    Some(Rows::Rows(_)) => {
                        return Err(Wrong::Value {
                            field: "rows",
                            wanted: "a number of lines",
                        });
                    }
                },
            },
            Name::Date => Kind::Date {
                min: day(self.min.take(), "min")?,
                max: day(self.max.take(), "max")?,
            },
            Name::Email => Kind::Email {},
            Name::Postcode => Kind::Postcode {
                outside: self.outside.take(),
            },
            Name::Area => Kind::Area {
                outside: self.outside.take(),
            },
            Name::Information => Kind::Information {
                body: need(self.body.take(), "body")?,
            },
        })
    }

    /// The first field that no kind has claimed.
    fn left(&self) -> Option<&'static str> {
        [
            (self.choices.is_some(), "choices"),
            (self.display.is_some(), "display"),
            (self.shuffle.is_some(), "shuffle"),
            (self.min.is_some(), "min"),
            (self.max.is_some(), "max"),
            (self.rows.is_some(), "rows"),
            (self.columns.is_some(), "columns"),
            (self.min_label.is_some(), "min_label"),
            (self.max_label.is_some(), "max_label"),
            (self.dont_know.is_some(), "dont_know"),
            (self.items.is_some(), "items"),
            (self.places.is_some(), "places"),
            (self.total.is_some(), "total"),
            (self.unit.is_some(), "unit"),
            (self.suffix.is_some(), "suffix"),
            (self.max_length.is_some(), "max_length"),
            (self.outside.is_some(), "outside"),
            (self.body.is_some(), "body"),
        ]
        .into_iter()
        .find_map(|(there, field)| there.then_some(field))
    }
}

const COUNT: &str = "a whole number from 0 to 255";
const NUMBER: &str = "a whole number that is not too large";

fn need<T>(value: Option<T>, field: &'static str) -> Result<T, Wrong> {
    value.ok_or(Wrong::Missing(field))
}

fn whole<T: TryFrom<i64>>(
    limit: Option<Limit>,
    field: &'static str,
    wanted: &'static str,
) -> Result<Option<T>, Wrong> {
    let number = match limit {
        None => return Ok(None),
        Some(Limit::Whole(number)) => T::try_from(number).ok(),
        Some(Limit::Day(_)) => None,
    };
    number.map(Some).ok_or(Wrong::Value { field, wanted })
}

fn day(limit: Option<Limit>, field: &'static str) -> Result<Option<Date>, Wrong> {
    match limit {
        None => Ok(None),
        Some(Limit::Day(day)) => Ok(Some(day)),
        Some(Limit::Whole(_)) => Err(Wrong::Value {
            field,
            wanted: "a day such as 2026-03-31",
        }),
    }
}
