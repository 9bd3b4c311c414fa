//! Who answered, beside the Census.

use serde::Serialize;

use super::{ChartView, FigureView, FilterView, SurveyHead, TableView};
use crate::web::templates::Page;

/// Who answered, beside the Census, and what weights made of it.
#[derive(Debug, Clone, Serialize)]
pub struct WhoPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// The figures, most important first.
    pub figures: Vec<FigureView>,
    /// What stands under the list of missing groups.
    pub missing_note: String,
    /// The groups that are missing, furthest from their share first; none, where none is.
    pub missing: Option<TableView>,
    /// Districts, ages and sexes beside the Census.
    pub beside: ChartView,
    /// The same as tables.
    pub tables: Vec<TableView>,
    /// Districts by age.
    pub joint: TableView,
    /// Who is in the tables, in sentences.
    pub bases: Vec<String>,
    /// Why there are no weights, where there are none.
    pub refused: Option<String>,
    /// What weighting did, in sentences.
    pub weighting: Vec<String>,
    /// What weights should come to and do, one table for each margin.
    pub margins: Vec<TableView>,
    /// Ethnic group and disability beside the Census; only for those who may see special-category answers.
    pub protected: Option<ProtectedView>,
}

/// Ethnic group and disability beside the Census.
#[derive(Debug, Clone, Serialize)]
pub struct ProtectedView {
    /// The chart over its table.
    pub chart: ChartView,
    /// Who is in the shares, how unlike the Census they are, and what to mind.
    pub notes: Vec<String>,
}

impl Page for WhoPage {
    const TEMPLATE: &'static str = "officers/who.html";
}

/// The groups a survey lacks most, on its home.
#[derive(Debug, Clone, Serialize)]
pub struct MissingView {
    /// The worst first: each a name, its part of the Census share, and what it needs.
    pub groups: Vec<MissingLine>,
    /// The page of who answered.
    pub href: String,
}

/// A group that is missing.
#[derive(Debug, Clone, Serialize)]
pub struct MissingLine {
    /// Who.
    pub name: String,
    /// How far it is from its share, and what it needs, as a sentence.
    pub says: String,
}
