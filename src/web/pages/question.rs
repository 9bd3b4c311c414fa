//! A page of questions, as residents see it.

use serde::Serialize;

use super::ErrorLink;
use crate::web::templates::Page;

/// A page of questions: Continue, Back, "Save and come back later".
#[derive(Debug, Clone, Serialize)]
pub struct QuestionPage {
    /// Where the form is posted to.
    pub action: String,
    /// The number of the survey's version that the page is of; sent back with the answers.
    pub version: u32,
    /// Answers of earlier pages that travel in the form, in a trial run that stores nothing.
    pub carried: Option<String>,
    /// The page before; none on the first.
    pub back: Option<String>,
    /// The section's name.
    pub section: String,
    /// Which section this is, from 1.
    pub section_number: usize,
    /// How many sections there are.
    pub section_count: usize,
    /// How full the bar is, 0 to 100.
    pub section_percent: u8,
    /// The page's heading (HTML); where a question's own words are the heading, the same words.
    pub title: String,
    /// Whether the page's title is printed as the heading; `false` where the only question is the heading.
    pub title_is_heading: bool,
    /// A few lines under the heading (HTML).
    pub intro: Option<String>,
    /// A question that the answers just saved brought up on this same page.
    pub more: Option<ErrorLink>,
    /// Whether to say whom to call about a crime.
    pub safety: bool,
    /// Whether somebody can write at length here: nobody reads that as it arrives, and the page says so.
    pub has_text_box: bool,
    /// The questions.
    pub questions: Vec<QuestionView>,
    /// What is wrong, top to bottom.
    pub errors: Vec<ErrorLink>,
    /// Whether earlier pages are saved already.
    pub saved: bool,
}

impl Page for QuestionPage {
    const TEMPLATE: &'static str = "residents/question.html";
}

/// One question.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionView {
    /// The name its fields are sent under, and the start of their ids.
    pub key: String,
    /// What is asked (HTML, earlier answers put in).
    pub label: String,
    /// A line of help (HTML).
    pub hint: Option<String>,
    /// Whether it says "(optional)".
    pub optional: bool,
    /// What is wrong with the answer (plain text).
    pub error: Option<String>,
    /// Whether its label is the page's heading.
    pub legend_is_heading: bool,
    /// Whether it opens under a choice of another question.
    pub nested: bool,
    /// Why a sensitive question is asked (HTML).
    pub why: Option<String>,
    /// "Prefer not to say" of a question without choices; others have it among their choices.
    pub declined: Option<Tick>,
    /// What kind it is, with what that kind shows.
    #[serde(flatten)]
    pub kind: KindView,
}

/// The kinds of question as they are shown.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum KindView {
    /// One choice, or an area, by radio buttons.
    Radios {
        /// The choices.
        items: Vec<ChoiceView>,
    },
    /// Any number of choices.
    Checkboxes {
        /// The choices.
        items: Vec<ChoiceView>,
    },
    /// One choice, or an area, by a drop-down list; the first option is empty.
    Select {
        /// The options.
        items: Vec<OptionView>,
    },
    /// The same scale for several rows.
    Grid {
        /// The scale.
        columns: Vec<ColumnView>,
        /// The rows.
        rows: Vec<RowView>,
    },
    /// A point on a scale.
    Scale {
        /// The points, lowest first.
        points: Vec<ChoiceView>,
        /// What the lowest means.
        min_label: String,
        /// What the highest means.
        max_label: String,
        /// "Don't know" and "Prefer not to say".
        apart: Vec<ChoiceView>,
    },
    /// First, second, third …
    Ranking {
        /// The places to give, first first.
        places: Vec<PlaceView>,
        /// How many items there are.
        items: usize,
    },
    /// A sum shared between items.
    Budget {
        /// What the shares add up to.
        total: u32,
        /// What is still to share, as things stand; negative when too much is shared.
        left: i64,
        /// What is shared so far.
        used: i64,
        /// `pounds`, `percent` or `points`.
        unit: &'static str,
        /// The items.
        items: Vec<ShareView>,
    },
    /// A whole number.
    Number {
        /// As typed.
        value: String,
        /// What it counts.
        suffix: Option<String>,
    },
    /// A line of text.
    ShortText {
        /// As typed.
        value: String,
        /// The most characters allowed.
        max_length: u32,
    },
    /// Several lines of text.
    LongText {
        /// As typed.
        value: String,
        /// The most characters allowed.
        max_length: u32,
        /// How many lines the box shows.
        rows: u8,
    },
    /// A day.
    Date {
        /// Day, month, year as typed.
        day: String,
        /// The month.
        month: String,
        /// The year.
        year: String,
        /// Which of `day`, `month`, `year` are wrong; all, if the error names none.
        wrong: Vec<&'static str>,
    },
    /// An email address.
    Email {
        /// As typed.
        value: String,
    },
    /// A postcode that is turned into an area.
    Postcode {
        /// As typed; empty once the area is found.
        postcode: String,
        /// The area found from the postcode just now.
        found: Option<String>,
        /// Whether the list of areas is open: an area is chosen, or the postcode was not found.
        open: bool,
        /// The areas, then "outside" and "Prefer not to say"; the first option is empty.
        items: Vec<OptionView>,
        /// What is wrong with the postcode (the question's own error is about the list).
        postcode_error: Option<String>,
    },
    /// Words only.
    Information {
        /// HTML.
        body: String,
    },
}

/// A choice of a radio or checkbox question.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChoiceView {
    /// The id of its input; the first choice's is the question's key, so that error links reach it.
    pub id: String,
    /// What is sent.
    pub value: String,
    /// Its words (HTML).
    pub label: String,
    /// A line of help (HTML).
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub checked: bool,
    /// Whether "or" stands above it.
    pub divider: bool,
    /// Whether choosing it unticks the others.
    pub exclusive: bool,
    /// Its "other, please say".
    pub other: Option<TextField>,
    /// The questions that open under it.
    pub reveals: Vec<QuestionView>,
}

/// A field for a line of text under a choice.
#[derive(Debug, Clone, Serialize)]
pub struct TextField {
    /// Its name and id.
    pub name: String,
    /// Its label (HTML).
    pub label: String,
    /// As typed.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// A tick box of its own.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    /// Its name and id.
    pub name: String,
    /// Whether it is ticked.
    pub checked: bool,
}

/// An option of a drop-down list.
#[derive(Debug, Clone, Serialize)]
pub struct OptionView {
    /// What is sent.
    pub value: String,
    /// Its words (plain text).
    pub text: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// A column heading of a grid.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnView {
    /// Its words (HTML).
    pub label: String,
    /// Whether it is set apart from the scale.
    pub apart: bool,
}

/// A row of a grid: a question of its own, with its own group of radio buttons.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    /// The name its radio buttons are sent under, and its id.
    pub name: String,
    /// Its words (HTML).
    pub label: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Its radio buttons, in the order of the columns.
    pub cells: Vec<CellView>,
}

/// A radio button of a grid.
#[derive(Debug, Clone, Serialize)]
pub struct CellView {
    /// Its id; the first cell's is the row's name.
    pub id: String,
    /// What is sent.
    pub value: String,
    /// The column's words (HTML).
    pub label: String,
    /// Whether it is chosen.
    pub checked: bool,
    /// Whether its column is set apart.
    pub apart: bool,
}

/// A place of a ranking: a drop-down list.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceView {
    /// Its name and id, such as `priorities-1`.
    pub name: String,
    /// Which place, from 1.
    pub number: usize,
    /// What is wrong with it.
    pub error: Option<String>,
    /// The items; the first option is empty.
    pub options: Vec<OptionView>,
}

/// An item of a budget.
#[derive(Debug, Clone, Serialize)]
pub struct ShareView {
    /// Its name and id.
    pub name: String,
    /// Its words (HTML).
    pub label: String,
    /// A line of help (HTML).
    pub hint: Option<String>,
    /// As typed.
    pub value: String,
    /// Whether it is part of what is wrong.
    pub wrong: bool,
}
