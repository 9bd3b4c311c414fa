//! The profile of one area.

use serde::Serialize;

use super::{ChartView, FilterView, SurveyHead, TableView};
use crate::web::templates::{Link, NavItem, Page};

/// The profile of one area, or of areas that are shown together.
#[derive(Debug, Clone, Serialize)]
pub struct AreaPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// The area's name.
    pub name: String,
    /// Who lives there, and who answered.
    pub lead: String,
    /// The way back to themes by area.
    pub back: Link,
    /// The measures to choose from.
    pub measures: Vec<NavItem>,
    /// Why there is no figure, where there is none.
    pub unmeasured: Option<&'static str>,
    /// What is wanted there.
    pub wants: Option<AreaWants>,
    /// Who answered there.
    pub people: Vec<TableView>,
    /// What people there wrote.
    pub comments: Option<Link>,
    /// What the police recorded there.
    pub recorded: Vec<RecordedView>,
    /// Where the figures that are not the survey's come from.
    pub source: String,
    /// Other areas of the same kind.
    pub others: Vec<Link>,
}

impl Page for AreaPage {
    const TEMPLATE: &'static str = "officers/area.html";
}

/// What an area wants.
#[derive(Debug, Clone, Serialize)]
pub struct AreaWants {
    /// What may be claimed.
    pub title: String,
    /// What is wanted more or less than elsewhere, in plain words.
    pub sentences: Vec<String>,
    /// The first five here beside the county's.
    pub top: Option<TableView>,
    /// Ranks in the county and here; none, where the area is not ranked.
    pub slopes: Option<ChartView>,
    /// Every theme; none, where the chart has it.
    pub themes: Option<TableView>,
    /// Who the figures are of.
    pub base: String,
    /// Files.
    pub files: Vec<Link>,
}

/// What the police recorded.
#[derive(Debug, Clone, Serialize)]
pub struct RecordedView {
    /// What and when.
    pub title: String,
    /// The total in words.
    pub sentence: String,
    /// Every kind, where there are several.
    pub table: Option<TableView>,
}
