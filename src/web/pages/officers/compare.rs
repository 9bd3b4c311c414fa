//! Tables of groups across and figures down: comparisons, and equality analysis.

use serde::Serialize;

use super::{ChooserView, FilterView, SurveyHead, WeightsView};
use crate::web::templates::{Link, NavItem, Page};

/// Anything by anything.
#[derive(Debug, Clone, Serialize)]
pub struct ComparePage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// What is down and what is across.
    pub chooser: ChooserView,
    /// What cells can show.
    pub shows: Vec<NavItem>,
    /// With weights or without.
    pub weights: WeightsView,
    /// A table for each banner.
    pub tables: Vec<CrossTable>,
    /// The same page for those alone who gave one of the answers down.
    pub only: Vec<Link>,
}

impl Page for ComparePage {
    const TEMPLATE: &'static str = "officers/compare.html";
}

/// Protected characteristics by headline measures.
#[derive(Debug, Clone, Serialize)]
pub struct EqualityPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// With weights or without.
    pub weights: WeightsView,
    /// A table for each characteristic.
    pub tables: Vec<CrossTable>,
}

impl Page for EqualityPage {
    const TEMPLATE: &'static str = "officers/equality.html";
}

/// Groups across, figures down.
#[derive(Debug, Clone, Serialize)]
pub struct CrossTable {
    /// The id of its heading; unique on the page.
    pub id: String,
    /// The finding, or what is compared with what.
    pub title: String,
    /// What the figures are.
    pub lead: String,
    /// What the rows are.
    pub corner: String,
    /// Whether columns have letters.
    pub has_letters: bool,
    /// The columns.
    pub columns: Vec<CrossColumnView>,
    /// How many people all columns hold.
    pub all_base: String,
    /// What they are worth with weights; empty, where no figure is weighted.
    pub all_worth: String,
    /// The rows.
    pub rows: Vec<CrossRowView>,
    /// What stands in place of the table, where there is nothing to show.
    pub empty: Option<String>,
    /// What was tested, with what result.
    pub sentences: Vec<String>,
    /// What to be careful about.
    pub warnings: Vec<String>,
    /// Whether any cell is marked, so that marks need explaining.
    pub marked: bool,
    /// Whether any column or cell is of too few, so that hatching needs explaining.
    pub has_thin: bool,
    /// How many comparisons the marks are corrected for.
    pub tests: usize,
    /// Who the figures are of.
    pub base: String,
    /// Files.
    pub files: Vec<Link>,
}

/// A column.
#[derive(Debug, Clone, Serialize)]
pub struct CrossColumnView {
    /// Its name.
    pub name: String,
    /// Its letter; empty, where columns have none.
    pub letter: String,
    /// How many people, as printed.
    pub base: String,
    /// Whether they are too few to rely on.
    pub thin: bool,
    /// What they are worth with weights; empty, where no figure is weighted.
    pub worth: String,
    /// Whether they are worth too few to rely on.
    pub thin_worth: bool,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct CrossRowView {
    /// Its name.
    pub name: String,
    /// Whether it has the weighted figures of the row above, whose name it bears.
    pub is_weighted: bool,
    /// What a test of this row alone found.
    pub note: Option<String>,
    /// Whether its figures are means.
    pub is_mean: bool,
    /// Its figure over all columns.
    pub all: CrossCellView,
    /// Its cells, in the order of the columns.
    pub cells: Vec<CrossCellView>,
}

/// A cell.
#[derive(Debug, Clone, Serialize)]
pub struct CrossCellView {
    /// The figure as printed.
    pub value: String,
    /// A second figure under it: how many people, or the interval; empty, where there is none.
    pub detail: String,
    /// The letters of columns it is higher than, spaced; empty, where there are none.
    pub letters: String,
    /// `higher` or `lower` than all other columns together, after correction; empty otherwise.
    pub differs: &'static str,
    /// Whether by four standard errors or more.
    pub strong: bool,
    /// Whether the base is small.
    pub thin: bool,
}

impl CrossCellView {
    /// A cell without any mark.
    #[must_use]
    pub fn plain(value: String, detail: String) -> Self {
        Self {
            value,
            detail,
            letters: String::new(),
            differs: "",
            strong: false,
            thin: false,
        }
    }
}
