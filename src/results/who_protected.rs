//! Who answered by ethnic group and disability: only for those who may see special-category answers.

use serde::Serialize;

use super::{rows::Cell, snapshot::Snapshot};
use crate::analysis::{
    census_groups::{BesideCensus, CensusGroupShare, beside_census},
    filter::Selection,
    representation::Dissimilarity,
};

/// Who answered by ethnic group and disability, beside the Census's people of all ages.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct WhoProtectedOutcome {
    /// Table by table; those that the survey asks nothing for, or the place has no figures of, are left out.
    pub tables: Vec<BesideCensus>,
}

impl WhoProtectedOutcome {
    pub(super) fn of(snapshot: &Snapshot, selection: &Selection) -> Self {
        Self {
            tables: beside_census(&snapshot.dataset, selection),
        }
    }
}

pub(super) const HEADER: &[&str] = &[
    "characteristic",
    "figure",
    "group",
    "count",
    "base",
    "share",
    "people_all_ages",
    "census_share",
    "ratio",
    "suppressed",
    "value",
];

/// One figure a row.
pub(super) fn rows(outcome: &WhoProtectedOutcome) -> Vec<Vec<Cell>> {
    outcome.tables.iter().flat_map(table_rows).collect()
}

fn table_rows(table: &BesideCensus) -> Vec<Vec<Cell>> {
    let name = table.table.word();
    let groups = table.groups.iter();
    let mut rows: Vec<Vec<Cell>> = groups.map(|group| group_row(name, group)).collect();
    rows.push(count_row(
        name,
        "prefer_not_to_say",
        table.declined.map(|base| base.0),
    ));
    rows.push(count_row(name, "others", Some(table.others.0)));
    if let Some(Dissimilarity { index, by_chance }) = table.dissimilarity {
        rows.push(value_row(name, "dissimilarity", index));
        rows.push(value_row(name, "dissimilarity_by_chance", by_chance));
    }
    rows
}

fn blank(name: &str, figure: &str) -> Vec<Cell> {
    let mut row = vec![Cell::from(name), Cell::from(figure)];
    row.resize(HEADER.len(), Cell::Empty);
    row
}

fn suppressed(is_shown: bool) -> Cell {
    if is_shown { "no" } else { "yes" }.into()
}

fn group_row(name: &str, group: &CensusGroupShare) -> Vec<Cell> {
    let mut row = blank(name, "group");
    row[2] = group.group.as_str().into();
    row[3] = group.answered.map(|share| share.count).into();
    row[4] = group.answered.map(|share| share.base).into();
    row[5] = group.answered.and_then(|share| share.value()).into();
    row[6] = group.people.into();
    row[7] = group.census_share.into();
    row[8] = group.ratio.into();
    row[9] = suppressed(group.answered.is_some());
    row
}

fn count_row(name: &str, figure: &str, count: Option<u32>) -> Vec<Cell> {
    let mut row = blank(name, figure);
    row[3] = count.into();
    row[9] = suppressed(count.is_some());
    row
}

fn value_row(name: &str, figure: &str, value: f64) -> Vec<Cell> {
    let mut row = blank(name, figure);
    row[10] = value.into();
    row
}
