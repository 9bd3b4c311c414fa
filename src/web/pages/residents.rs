//! Residents' pages around the questions: from the hub to the copy of what was sent.

use serde::Serialize;

use super::{ErrorLink, TakenPart};
use crate::web::templates::{Link, Page};

/// All surveys: open, coming, closed.
#[derive(Debug, Clone, Serialize)]
pub struct HubPage {
    /// Open now.
    pub open: Vec<SurveyCard>,
    /// Opening later.
    pub coming: Vec<SurveyCard>,
    /// Closed.
    pub closed: Vec<SurveyCard>,
}

impl Page for HubPage {
    const TEMPLATE: &'static str = "residents/hub.html";
}

/// A survey on the hub.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyCard {
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: String,
    /// Its overview page.
    pub href: String,
    /// When it opens, in words.
    pub opens: String,
    /// When it closes or closed, in words.
    pub closes: String,
    /// Days until it closes; 0 on the last day.
    pub days_left: Option<i64>,
    /// How long it takes.
    pub minutes: u8,
    /// How many people took part, as far as that may be told.
    pub taken_part: Option<TakenPart>,
    /// Where this device's unsent answers are continued.
    pub resume: Option<String>,
}

/// A survey's overview.
#[derive(Debug, Clone, Serialize)]
pub struct OverviewPage {
    /// The question the survey asks.
    pub title: String,
    /// Its short title.
    pub short_title: String,
    /// One sentence about it.
    pub summary: String,
    /// `coming`, `open` or `closed`.
    pub state: &'static str,
    /// When it opens, in words.
    pub opens: String,
    /// When it closes or closed, in words.
    pub closes: String,
    /// The address that a POST to starts it; none unless it is open.
    pub start: Option<String>,
    /// Where this device's unsent answers are continued.
    pub resume: Option<String>,
    /// How long it takes.
    pub minutes: u8,
    /// How many questions it has.
    pub questions: usize,
    /// How many people took part so far, as far as that may be told.
    pub taken_part: Option<TakenPart>,
    /// The place as a map (SVG).
    pub map: Option<String>,
    /// Why the dates were changed after the survey was announced (HTML).
    pub dates_changed: Option<String>,
    /// What was asked last time and what became of it (HTML).
    pub last_time: Option<String>,
    /// What was done since.
    pub measures: Vec<MeasureView>,
    /// What it asks about (HTML).
    pub what_we_ask: String,
    /// Who can answer (HTML).
    pub who_can_answer: String,
    /// Ways to answer other than online (HTML).
    pub other_ways: Option<String>,
    /// What happens to the answers.
    pub timeline: Vec<StepView>,
    /// What is kept and why, in short (HTML).
    pub privacy: String,
    /// Whom to ask.
    pub contact: ContactView,
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "residents/overview.html";
}

/// A figure that says what was done.
#[derive(Debug, Clone, Serialize)]
pub struct MeasureView {
    /// The figure.
    pub figure: String,
    /// What it is a figure of.
    pub what: String,
    /// Who says so.
    pub source: String,
}

/// A step on the way from answers to the plan.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// When.
    pub when: String,
    /// What happens.
    pub what: String,
}

/// Whom residents can ask.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ContactView {
    /// An email address.
    pub email: Option<String>,
    /// A telephone number as people write it.
    pub phone: Option<String>,
    /// The same number for a `tel:` link: digits and `+` only.
    pub phone_link: Option<String>,
    /// A postal address.
    pub address: Option<String>,
}

/// "Check your answers before you send them".
#[derive(Debug, Clone, Serialize)]
pub struct CheckPage {
    /// Where the form is posted to.
    pub action: String,
    /// The last page of questions.
    pub back: String,
    /// Where "Save and come back later" leads.
    pub later: String,
    /// How many questions are answered.
    pub answered: usize,
    /// How many questions were asked.
    pub asked: usize,
    /// The answers.
    pub sections: Vec<AnswerSection>,
    /// The fields for an email address; none while no mail can be sent.
    pub email: Option<EmailFields>,
    /// When the survey closes, in words.
    pub closes: String,
    /// What is wrong.
    pub errors: Vec<ErrorLink>,
}

impl Page for CheckPage {
    const TEMPLATE: &'static str = "residents/check.html";
}

/// The answers of a section.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerSection {
    /// The section's name.
    pub title: String,
    /// Its questions.
    pub rows: Vec<AnswerRow>,
}

/// The answer to one question.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerRow {
    /// A few words for the question (HTML).
    pub question: String,
    /// The answer; none, where it was left blank.
    pub answer: Option<AnswerView>,
    /// A line under the answer (plain text), such as that a postcode was not kept.
    pub note: Option<String>,
    /// Where it can be changed, with the field's id as fragment; none on a copy.
    pub change: Option<String>,
}

/// An answer in words.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum AnswerView {
    /// One or more lines (HTML).
    Lines {
        /// The lines.
        lines: Vec<String>,
    },
    /// In order of rank (HTML).
    Ranked {
        /// First first.
        lines: Vec<String>,
    },
    /// A value for each of several things: rows of a grid, items of a budget (HTML).
    Pairs {
        /// Thing and value; no value, where it was left out.
        pairs: Vec<PairView>,
    },
    /// What somebody wrote (plain text, line breaks kept).
    Words {
        /// The text.
        text: String,
    },
}

/// A thing and its value (HTML).
#[derive(Debug, Clone, Serialize)]
pub struct PairView {
    /// The thing.
    pub what: String,
    /// Its value.
    pub value: Option<String>,
}

/// The fields for an email address on the check page; sent as `email`, `receipt` = `1`, `updates` = `1`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EmailFields {
    /// As typed.
    pub email: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether a receipt is wanted.
    pub receipt: bool,
    /// Whether updates are offered at all.
    pub offer_updates: bool,
    /// Whether updates are wanted.
    pub updates: bool,
}

/// "Thank you": the reference, and what happens next.
#[derive(Debug, Clone, Serialize)]
pub struct DonePage {
    /// The survey's short title.
    pub short_title: String,
    /// The reference, as people read it aloud.
    pub reference: String,
    /// Whether a receipt is on its way.
    pub receipt: bool,
    /// When the survey closes, in words.
    pub closes: String,
    /// What happens next.
    pub steps: Vec<StepView>,
    /// The address that a POST to removes them from this device.
    pub forget: String,
    /// The printable copy of the answers, as long as this device may see it.
    pub copy: Option<String>,
    /// The survey's overview page, to pass on: the whole address.
    pub share: String,
    /// Whom to ask.
    pub contact: ContactView,
}

impl Page for DonePage {
    const TEMPLATE: &'static str = "residents/done.html";
}

/// A copy of the answers, to print or keep.
#[derive(Debug, Clone, Serialize)]
pub struct CopyPage {
    /// The survey's title.
    pub title: String,
    /// The reference.
    pub reference: String,
    /// When they were sent, in words.
    pub sent: String,
    /// The answers.
    pub sections: Vec<AnswerSection>,
    /// Back to "Thank you".
    pub back: String,
}

impl Page for CopyPage {
    const TEMPLATE: &'static str = "residents/copy.html";
}

/// "Your answers are saved": how to come back.
#[derive(Debug, Clone, Serialize)]
pub struct SavedPage {
    /// The survey's short title.
    pub short_title: String,
    /// Where to go on.
    pub resume: String,
    /// When the survey closes, in words.
    pub closes: String,
    /// How many hours this device keeps the answers reachable.
    pub hours: u32,
    /// The address that a POST to removes them from this device.
    pub forget: String,
}

impl Page for SavedPage {
    const TEMPLATE: &'static str = "residents/saved.html";
}

/// "Removed from this device".
#[derive(Debug, Clone, Serialize)]
pub struct ForgottenPage {
    /// The hub.
    pub home: String,
}

impl Page for ForgottenPage {
    const TEMPLATE: &'static str = "residents/forgotten.html";
}

/// A page that says what went wrong and the way out.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorPage {
    /// The message id of its heading.
    pub title_key: &'static str,
    /// The message id of what to do.
    pub message_key: &'static str,
    /// What exactly is at fault (plain text).
    pub detail: Option<String>,
    /// What to quote when asking for help.
    pub reference: Option<String>,
    /// The way out.
    pub way_out: Option<Link>,
    /// Whom to ask.
    pub contact: ContactView,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "residents/error.html";
}

/// A standing page of words: privacy, cookies, accessibility, contact.
#[derive(Debug, Clone, Serialize)]
pub struct StandingPage {
    /// The message id of its heading.
    pub title_key: &'static str,
    /// What it says (HTML).
    pub body: String,
}

impl Page for StandingPage {
    const TEMPLATE: &'static str = "residents/standing.html";
}
