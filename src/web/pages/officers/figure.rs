//! A page of one chart.

use serde::Serialize;

use super::{ChartView, FilterView, SurveyHead};
use crate::web::templates::{Link, Page};

/// One chart of another page, which leads to it by its address.
#[derive(Debug, Clone, Serialize)]
pub struct FigurePage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// The page that it stands on.
    pub back: Link,
    /// What it is.
    pub title: String,
    /// The chart; none, where the survey does not ask for it.
    pub chart: Option<ChartView>,
    /// What to mind, in sentences.
    pub notes: Vec<String>,
}

impl Page for FigurePage {
    const TEMPLATE: &'static str = "officers/figure.html";
}
