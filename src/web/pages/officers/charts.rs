//! A chart with its table and its files.

use serde::Serialize;

use crate::web::templates::Link;

/// A chart with its table.
#[derive(Debug, Clone, Serialize)]
pub struct ChartView {
    /// The id of its heading; unique on the page.
    pub id: String,
    /// The finding, or the measure where nothing can be claimed.
    pub title: String,
    /// What is measured.
    pub subtitle: String,
    /// The chart for wide screens (SVG with title and description); none, where there is nothing to draw.
    pub wide: Option<String>,
    /// The same for phones.
    pub narrow: Option<String>,
    /// What stands where neither a chart nor a table is.
    pub empty: Option<String>,
    /// The base and the source.
    pub base: String,
    /// The same figures as a table.
    pub table: Option<TableView>,
    /// Files: CSV, SVG.
    pub files: Vec<Link>,
}

/// A table of figures.
#[derive(Debug, Clone, Serialize)]
pub struct TableView {
    /// What it shows.
    pub caption: String,
    /// Column headings; the first is of the row headings.
    pub head: Vec<String>,
    /// Rows: heading first, then figures as they are printed.
    pub rows: Vec<Vec<String>>,
}
