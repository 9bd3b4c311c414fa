//! Who answered, beside the Census.

use serde::Serialize;

use super::{FigureView, FilterView, SurveyHead, TableView};
use crate::web::templates::{Link, Page};

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
    /// Districts, ages and sexes.
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
    /// Where the Census's figures come from.
    pub source: String,
    /// The numbers as files.
    pub files: Vec<Link>,
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
