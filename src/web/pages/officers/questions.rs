//! Every question with its results.

use serde::Serialize;

use super::{ChartView, FilterView, SurveyHead, WeightsView};
use crate::web::templates::{Link, Page};

/// Every question with its results, or one.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionsPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// With weights or without.
    pub weights: WeightsView,
    /// The questions in order.
    pub questions: Vec<QuestionResult>,
    /// The page of all questions, where only one is shown.
    pub all: Option<String>,
}

impl Page for QuestionsPage {
    const TEMPLATE: &'static str = "officers/questions.html";
}

/// The results of one question.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionResult {
    /// The chart, its base and its table.
    pub chart: ChartView,
    /// Who is not in the base and why, each as a sentence.
    pub absent: Vec<String>,
    /// Whether the base is too small to rely on.
    pub thin: bool,
    /// The comments, where the answers are words.
    pub comments: Option<Link>,
    /// Where the question is compared with others, where it can be.
    pub compare: Option<String>,
    /// All questions of those alone who gave one answer, on the page of one question.
    pub only: Vec<Link>,
}
