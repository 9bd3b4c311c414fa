//! All surveys, and the home of one.

use serde::Serialize;

use super::{ChartView, FilterView, MissingView};
use crate::web::templates::{Link, NavItem, Page};

/// All surveys, as officers see them.
#[derive(Debug, Clone, Serialize)]
pub struct SurveysPage {
    /// Newest first.
    pub surveys: Vec<SurveyLine>,
    /// Drafts of surveys not published yet.
    pub drafts: Vec<Link>,
    /// Where a new survey is begun, for who may.
    pub new: Option<String>,
}

impl Page for SurveysPage {
    const TEMPLATE: &'static str = "officers/surveys.html";
}

/// A survey in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyLine {
    /// Its short title.
    pub title: String,
    /// Its home.
    pub href: String,
    /// `coming`, `open` or `closed`.
    pub state: &'static str,
    /// When it opens and closes, in words.
    pub opens: String,
    /// When it closes, in words.
    pub closes: String,
    /// Responses in all; none while they are being read.
    pub responses: Option<u32>,
    /// Responses today.
    pub today: Option<u32>,
}

/// What stands above every page of one survey: its name, state, and its pages.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyHead {
    /// Its short title.
    pub title: String,
    /// Its state: `coming`, `open` or `closed`.
    pub state: &'static str,
    /// When it opens, closes or closed, as a sentence.
    pub when: String,
    /// When the figures were drawn, in words; none on a page without figures.
    pub as_of: Option<String>,
    /// The list of surveys.
    pub all: String,
    /// Its pages: `officers-live`, `officers-questions`, `officers-themes`, `officers-comments`, `officers-exports`.
    pub tabs: Vec<NavItem>,
    /// How the figures are had again; none on a page without figures of its own.
    pub proof: Option<ProofView>,
}

/// How the figures of a page are had again.
#[derive(Debug, Clone, Serialize)]
pub struct ProofView {
    /// Of what they are, as a sentence.
    pub of: String,
    /// The page fixed at that moment.
    pub href: String,
    /// What became of an earlier state's responses since, as sentences; none on a page of the newest.
    pub since: Option<String>,
    /// The list of frozen results, and where one is posted to.
    pub frozen: String,
    /// Whether this officer may freeze it.
    pub may_freeze: bool,
    /// The page's address below the survey's own, fixed at its moment.
    pub page: String,
}

/// A survey's home.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyHomePage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter, where the address has one.
    pub filter: Option<FilterView>,
    /// The figures, most important first.
    pub figures: Vec<FigureView>,
    /// Responses by day.
    pub days: ChartView,
    /// Where people leave, page by page.
    pub leaving: ChartView,
    /// Responses so far, day by day.
    pub running: ChartView,
    /// Who is missing.
    pub missing: MissingView,
    /// How many responses are flagged, and the page that says why.
    pub quality: Link,
}

impl Page for SurveyHomePage {
    const TEMPLATE: &'static str = "officers/survey_home.html";
}

/// A figure with its yardstick.
#[derive(Debug, Clone, Serialize)]
pub struct FigureView {
    /// The message id of its name.
    pub key: &'static str,
    /// The figure.
    pub value: String,
    /// What to hold it against.
    pub yardstick: Option<String>,
}
