//! A survey's definition: what is asked, of whom, in which order, and what each part is about.
//!
//! A draft is read from YAML or JSON, linted, and frozen by publishing; all else refers to it by stable keys and codes.

use std::{num::NonZeroU16, ops::Not};

use jiff::civil::{Date, DateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de};

pub use super::roles::{CensusAnswers, Check, DISABILITY_GROUPS, ETHNIC_GROUPS, Roles, Victim};
use super::{
    condition::Condition,
    ids::{Code, Lang, PageKey, QuestionKey, SectionKey, Slug, ThemeKey},
    text::Text,
};

/// The number of the definition format this program reads and writes.
pub const FORMAT: u16 = 1;
/// A whole survey as its author wrote it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The number of the format: 1.
    pub format: u16,
    /// The survey's name in addresses.
    pub slug: Slug,
    /// Languages the survey is complete in; the first is the one others fall back to.
    pub languages: Vec<Lang>,
    /// The question the whole survey asks, as the heading of its overview page.
    pub title: Text,
    /// A short name for headings, page titles and lists.
    pub short_title: Text,
    /// One sentence: what it is and what it changes.
    pub summary: Text,
    /// How long it takes, in whole minutes.
    pub minutes: u8,
    /// When it opens, in the place's own time zone.
    #[serde(deserialize_with = "day_and_time")]
    #[schemars(with = "String")]
    pub opens: DateTime,
    /// When it closes, in the place's own time zone.
    #[serde(deserialize_with = "day_and_time")]
    #[schemars(with = "String")]
    pub closes: DateTime,
    /// How many minutes after the close answers that were already saved may still be sent.
    #[serde(default = "default_grace")]
    pub grace_minutes: u32,
    /// How many months after the close comments and sensitive answers are kept; as long as the office keeps answers, if left
    /// out. Never longer than that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_personal_months: Option<NonZeroU16>,
    /// Where the survey's times are meant (IANA name).
    #[serde(default = "default_time_zone")]
    pub time_zone: String,
    /// What stands on the overview page.
    pub overview: Overview,
    /// Candidate plan priorities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<Theme>,
    /// Which questions play a part in every analysis.
    #[serde(default)]
    pub roles: Roles,
    /// Answers that can't both be true: a response that gives them is flagged, and counts like any other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Sections in order, each with its pages.
    pub sections: Vec<Section>,
}

/// A day alone is refused: `closes: 2026-06-30` would close as that day begins, which nobody means.
fn day_and_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse()
        .ok()
        .filter(|_| text.contains([':', 'T']))
        .ok_or_else(|| {
            let given: String = text.chars().take(40).collect();
            de::Error::custom(format!(
                "{given:?} is not a day and time; write it as 2026-06-30T17:00, without a time zone"
            ))
        })
}

fn default_grace() -> u32 {
    60
}

fn default_time_zone() -> String {
    "Europe/London".to_owned()
}

/// What the overview page of a survey says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overview {
    /// What was asked last time and what became of it (Markdown).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_time: Option<Text>,
    /// What was done since, as figures with their sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Why the dates were changed after the survey was announced (Markdown).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates_changed: Option<Text>,
    /// What the survey asks about (Markdown).
    pub what_we_ask: Text,
    /// Who can answer (Markdown).
    pub who_can_answer: Text,
    /// Ways to answer other than online (Markdown).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_ways: Option<Text>,
    /// What happens to the answers, step by step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timeline: Vec<Step>,
    /// What is kept and why, in short (Markdown); the whole is on the privacy page.
    pub privacy: Text,
    /// What the privacy notice says about this survey (Markdown).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_notice: Option<Text>,
    /// Whom to ask.
    pub contact: Contact,
}

/// A figure that says what was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The figure, such as `16%`.
    pub figure: Text,
    /// What it is a figure of.
    pub what: Text,
    /// Who says so, with the date.
    pub source: Text,
}

/// A step on the way from answers to the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When.
    pub when: Text,
    /// What happens.
    pub what: Text,
}

/// Whom residents can ask about the survey.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// An email address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A telephone number as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// A candidate plan priority that questions and choices point to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its stable key.
    pub key: ThemeKey,
    /// Its name.
    pub label: Text,
    /// What it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
}

/// A part of the survey that residents see progress through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its stable key.
    pub key: SectionKey,
    /// Its name.
    pub title: Text,
    /// Its pages in order.
    pub pages: Vec<Page>,
}

/// What is asked and saved at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Its stable key, the last part of its address.
    pub key: PageKey,
    /// Its heading.
    pub title: Text,
    /// A few lines under the heading (Markdown).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intro: Option<Text>,
    /// When it is shown; always, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_when: Option<Condition>,
    /// Whether somebody may disclose a crime here: the page then says whom to call.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub safety: bool,
    /// Its questions in order, one to four.
    pub questions: Vec<Question>,
}

/// One question.
///
/// Reading is written out in `survey::flat`: serde can't refuse unknown fields beside a flattened enum.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its stable key.
    pub key: QuestionKey,
    /// What is asked.
    pub label: Text,
    /// A few words for it, on "check your answers" and in results; the label, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<Text>,
    /// A line of help under the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// Whether an answer is needed to go on.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub required: bool,
    /// What to say when a required answer is missing; a standard sentence, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_message: Option<Text>,
    /// When it is asked; always, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_when: Option<Condition>,
    /// The theme it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeKey>,
    /// Why this special-category (sensitive) answer is asked for; it is kept apart, and read only with that capability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<Text>,
    /// Whether "Prefer not to say" is offered.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub prefer_not_to_say: bool,
    /// What kind of answer it takes.
    #[serde(flatten)]
    pub kind: Kind,
}

/// The kinds of question.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// One of several choices.
    Single {
        /// The choices in order.
        choices: Vec<Choice>,
        /// How they are shown.
        #[serde(default)]
        display: Display,
        /// Whether each response sees them in an order of its own.
        #[serde(default, skip_serializing_if = "Not::not")]
        shuffle: bool,
    },
    /// Any of several choices.
    Multiple {
        /// The choices in order.
        choices: Vec<Choice>,
        /// How many must be chosen at least, when any are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<u8>,
        /// How many may be chosen at most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u8>,
        /// Whether each response sees them in an order of its own.
        #[serde(default, skip_serializing_if = "Not::not")]
        shuffle: bool,
    },
    /// The same scale for several rows (Likert).
    Grid {
        /// The rows.
        rows: Vec<Row>,
        /// The scale, left to right; an option set apart (`apart: true`) comes last.
        columns: Vec<Choice>,
        /// Whether each response sees the rows in an order of its own.
        #[serde(default, skip_serializing_if = "Not::not")]
        shuffle: bool,
    },
    /// A whole number on a scale, by radios.
    Scale {
        /// The lowest.
        min: i32,
        /// The highest.
        max: i32,
        /// What the lowest means.
        min_label: Text,
        /// What the highest means.
        max_label: Text,
        /// Whether "Don't know" is offered.
        #[serde(default, skip_serializing_if = "Not::not")]
        dont_know: bool,
    },
    /// First, second, third … out of several items.
    Ranking {
        /// The items.
        items: Vec<Choice>,
        /// How many places there are to give.
        places: u8,
        /// How many must be given at least, when any are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<u8>,
        /// Whether each response sees the items in an order of its own.
        #[serde(default, skip_serializing_if = "Not::not")]
        shuffle: bool,
    },
    /// A sum shared between items.
    Budget {
        /// The items.
        items: Vec<Choice>,
        /// What the shares add up to.
        #[serde(default = "hundred")]
        total: u32,
        /// What is shared.
        #[serde(default)]
        unit: Unit,
        /// Whether each response sees the items in an order of its own.
        #[serde(default, skip_serializing_if = "Not::not")]
        shuffle: bool,
    },
    /// A whole number.
    Number {
        /// The lowest allowed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        /// The highest allowed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
        /// What it counts, such as "years".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        suffix: Option<Text>,
    },
    /// A line of text.
    ShortText {
        /// The most characters (graphemes) allowed.
        #[serde(default = "short_length")]
        max_length: u32,
    },
    /// Several lines of text: a comment.
    LongText {
        /// The most characters (graphemes) allowed.
        #[serde(default = "long_length")]
        max_length: u32,
        /// How many lines the box shows.
        #[serde(default = "five")]
        rows: u8,
    },
    /// A day.
    Date {
        /// The earliest allowed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        min: Option<Date>,
        /// The latest allowed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        max: Option<Date>,
    },
    /// An email address.
    Email {},
    /// A UK postcode that is turned into an area and thrown away.
    Postcode {
        /// The choice for somebody who lives elsewhere; not offered, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outside: Option<Text>,
    },
    /// An area from the list of the place.
    Area {
        /// The choice for somebody who lives elsewhere; not offered, if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outside: Option<Text>,
    },
    /// Words only: nothing is asked.
    Information {
        /// What it says (Markdown).
        body: Text,
    },
}

pub(super) fn hundred() -> u32 {
    100
}

pub(super) fn short_length() -> u32 {
    200
}

pub(super) fn long_length() -> u32 {
    2000
}

pub(super) fn five() -> u8 {
    5
}

/// How single choices are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Display {
    /// Radio buttons.
    #[default]
    Radios,
    /// A drop-down list.
    Select,
}

/// What a budget shares out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Pounds.
    #[default]
    Pounds,
    /// Per cent.
    Percent,
    /// Points.
    Points,
}

/// A choice, grid column, ranked item or budget item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its stable code.
    pub code: Code,
    /// Its words.
    pub label: Text,
    /// A line of help under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// The theme it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeKey>,
    /// Whether choosing it rules out all others ("None of these"); multiple choice only.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub exclusive: bool,
    /// Whether it is set apart and stays last when others are shuffled ("Don't know", "Does not apply").
    #[serde(default, skip_serializing_if = "Not::not")]
    pub apart: bool,
    /// On which side of a scale it stands; a grid's columns only. Where all columns of a scale have a side, results show
    /// unfavourable and favourable answers on both sides of a centre line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<ScaleSide>,
    /// Whether it asks "other, please say": the label of the text field that opens under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Text>,
    /// Questions that open under it when it is chosen; single and multiple choice only, one level deep.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reveals: Vec<Question>,
}

/// A side of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScaleSide {
    /// Such as "Very safe" or "Agree".
    Favourable,
    /// Such as "Neither agree nor disagree".
    Neutral,
    /// Such as "Very unsafe" or "Disagree".
    Unfavourable,
}

/// A row of a grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its stable code.
    pub code: Code,
    /// Its words.
    pub label: Text,
    /// The theme it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeKey>,
}

/// The most characters an "other, please say" text may have.
pub const OTHER_LENGTH: u32 = 200;

/// The code an area question stores for somebody who lives outside the place.
pub const OUTSIDE: &str = "outside";
