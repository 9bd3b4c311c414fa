//! Themes by area: the heat table, the map, the ranks of an area.

use serde::Serialize;

use super::{ChartView, CommentView, FilterList, FilterView, HiddenField, SurveyHead, WeightsView};
use crate::web::templates::{Link, NavItem, Page};

/// Themes by area.
#[derive(Debug, Clone, Serialize)]
pub struct ThemesPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// With weights or without.
    pub weights: WeightsView,
    /// The measures to choose from.
    pub measures: Vec<NavItem>,
    /// The ways of grouping areas.
    pub groupings: Vec<NavItem>,
    /// What may stand in a cell beside its figure.
    pub details: Vec<NavItem>,
    /// The page of small maps.
    pub maps: Option<Link>,
    /// The same choices, and the area, as a form for phones.
    pub chooser: ChooserView,
    /// Why there is no table, where there is none.
    pub unmeasured: Option<&'static str>,
    /// The figures, where there are any.
    pub results: Option<ThemesResults>,
}

impl Page for ThemesPage {
    const TEMPLATE: &'static str = "officers/themes.html";
}

/// A form that chooses what the page shows.
#[derive(Debug, Clone, Serialize)]
pub struct ChooserView {
    /// Where the form goes.
    pub action: String,
    /// Its lists: area, measure, grouping.
    pub lists: Vec<FilterList>,
    /// What else the address carries.
    pub hidden: Vec<HiddenField>,
}

/// The figures of themes by area.
#[derive(Debug, Clone, Serialize)]
pub struct ThemesResults {
    /// The table.
    pub table: HeatTable,
    /// The chosen area's themes as bars, with the county's figure marked: the first thing on a phone.
    pub bars: ChartView,
    /// The map of the chosen theme.
    pub map: ChartView,
    /// The same map with weights, where these stand beside.
    pub weighted_map: Option<ChartView>,
    /// The areas on the map as a list, highest figure first.
    pub areas: Vec<AreaLine>,
    /// The profile of the chosen area; none for the county.
    pub profile: Option<String>,
    /// The chosen cell in words.
    pub cell: CellDetail,
    /// The ranking of the chosen area.
    pub ranking: Vec<RankLine>,
    /// The chosen area's name.
    pub area: String,
    /// Whether an area is chosen; the county, if not.
    pub has_area: bool,
    /// The newest comments of the chosen area.
    pub comments: Vec<CommentView>,
    /// All comments of the chosen area.
    pub all_comments: Option<Link>,
}

/// An area on the map.
#[derive(Debug, Clone, Serialize)]
pub struct AreaLine {
    /// The area.
    pub name: String,
    /// Its profile.
    pub href: String,
    /// The chosen theme's figure there.
    pub value: String,
    /// How many people answered there.
    pub base: u32,
    /// Whether they are too few to rely on.
    pub thin: bool,
}

/// Themes down, areas across.
#[derive(Debug, Clone, Serialize)]
pub struct HeatTable {
    /// The finding, or the measure.
    pub title: String,
    /// The message id of the measure, such as `measure-top3`.
    pub measure_key: &'static str,
    /// Groups of columns, where areas are grouped: name and how many columns.
    pub groups: Vec<HeatGroup>,
    /// The columns: the county first.
    pub columns: Vec<HeatColumn>,
    /// The rows.
    pub rows: Vec<HeatRow>,
    /// What the six tints stand for, lightest first.
    pub steps: Vec<String>,
    /// How many comparisons the marks are corrected for.
    pub tests: usize,
    /// The message id that says what stands beside figures, where something does.
    pub detail_key: Option<&'static str>,
    /// Who the figures are of, and who is left out.
    pub base: String,
    /// Files.
    pub files: Vec<Link>,
}

/// A group of columns.
#[derive(Debug, Clone, Serialize)]
pub struct HeatGroup {
    /// Its name; empty above the county.
    pub name: String,
    /// How many columns.
    pub span: usize,
}

/// A column of the heat table.
#[derive(Debug, Clone, Serialize)]
pub struct HeatColumn {
    /// The area.
    pub name: String,
    /// The table sorted by it.
    pub sort: String,
    /// Whether the table is sorted by it.
    pub sorted: bool,
    /// Whether it is the chosen area.
    pub chosen: bool,
    /// How many people answered there.
    pub base: u32,
    /// The area's profile; none for the county.
    pub profile: Option<String>,
    /// Whether they are too few to rely on.
    pub thin: bool,
    /// Whether a group of areas begins here.
    pub starts_group: bool,
}

/// A row of the heat table.
#[derive(Debug, Clone, Serialize)]
pub struct HeatRow {
    /// The theme.
    pub theme: String,
    /// The page with this theme chosen.
    pub href: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Its cells, in the order of the columns.
    pub cells: Vec<HeatCell>,
}

/// A cell of the heat table.
#[derive(Debug, Clone, Serialize)]
pub struct HeatCell {
    /// The figure as printed; empty, where there is none.
    pub value: String,
    /// What stands beside it: an interval, or a rank; empty for nothing.
    pub detail: String,
    /// Its tint, 1 to 6; 0 for none.
    pub tint: u8,
    /// `higher` or `lower` than the rest of the county after correction; empty otherwise.
    pub differs: &'static str,
    /// Whether the theme is first in this area.
    pub first: bool,
    /// Whether the base is thin.
    pub thin: bool,
    /// Whether it is the chosen cell.
    pub chosen: bool,
    /// The page with this cell chosen.
    pub href: String,
}

/// The chosen cell in words.
#[derive(Debug, Clone, Serialize)]
pub struct CellDetail {
    /// The figure.
    pub value: String,
    /// The theme.
    pub theme: String,
    /// The county's figure; none where the county itself is shown.
    pub county: Option<String>,
    /// The interval.
    pub interval: Option<String>,
    /// The base.
    pub base: u32,
    /// `higher`, `lower`, `same` or `thin`; empty for the county.
    pub differs: &'static str,
}

/// A line of an area's ranking.
#[derive(Debug, Clone, Serialize)]
pub struct RankLine {
    /// The rank here; none for small bases.
    pub rank: Option<u32>,
    /// The theme.
    pub theme: String,
    /// The figure.
    pub value: String,
    /// Places above (positive) or below the county's rank; none in the county and for small bases.
    pub change: Option<i32>,
    /// The same without its sign.
    pub places: u32,
}
