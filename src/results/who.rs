//! Who answered: the sample beside the Census, and what weighting made of it.

use serde::Serialize;

use super::{rows::Cell, snapshot::Snapshot};
use crate::analysis::{
    filter::Selection,
    raking::WeightFigures,
    representation::{Compared, GroupShare, Representation},
    weighting::{Category, MarginLine, Unweighted, Weighting},
};

/// Who answered.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct WhoOutcome {
    /// Those selected, beside the Census.
    pub representation: Representation,
    /// The groups by area and age that are missing, furthest from their share first.
    pub missing: Vec<GroupShare>,
    /// The weights of all responses, whatever is selected; none, where there are none.
    pub weighting: Option<Weighting>,
    /// Why there are none.
    pub refused: Option<Unweighted>,
}

impl WhoOutcome {
    pub(super) fn of(snapshot: &Snapshot, selection: &Selection) -> Self {
        let representation = Representation::of(&snapshot.dataset, selection);
        let weights = snapshot.weights();
        Self {
            missing: representation.missing().into_iter().cloned().collect(),
            representation,
            weighting: weights.ok().map(|weighting| Weighting::clone(weighting)),
            refused: weights.err().cloned(),
        }
    }
}

pub(super) const HEADER: &[&str] = &[
    "figure",
    "area",
    "age",
    "sex",
    "count",
    "base",
    "share",
    "people",
    "census_share",
    "ratio",
    "needed",
    "target",
    "reached",
    "value",
];

/// One figure a row.
pub(super) fn rows(who: &WhoOutcome) -> Vec<Vec<Cell>> {
    let found = &who.representation;
    let mut rows = Vec::new();
    for (figure, compared) in [
        ("areas", &found.areas),
        ("ages", &found.ages),
        ("sexes", &found.sexes),
        ("areas_and_ages", &found.areas_and_ages),
    ] {
        rows.extend(compared.groups.iter().map(|group| group_row(figure, group)));
        rows.extend(index_rows(figure, compared));
    }
    if let Some(index) = found.dissimilarity {
        rows.push(value_row("dissimilarity", index.index));
        rows.push(value_row("dissimilarity_by_chance", index.by_chance));
    }
    if let Some(weighting) = &who.weighting {
        rows.extend(weighting.margins.iter().flatten().map(margin_row));
        let all: &WeightFigures = &weighting.of_all;
        rows.extend([
            value_row("weights_raked", f64::from(weighting.raked)),
            value_row("weights_unknown", f64::from(weighting.unknown)),
            value_row("weights_capped", f64::from(weighting.capped)),
            value_row("weights_largest", all.most),
            value_row("design_effect", all.design_effect),
            value_row("effective_base", all.effective_base),
        ]);
    }
    rows
}

fn blank(figure: &str) -> Vec<Cell> {
    let mut row = vec![Cell::from(figure)];
    row.resize(HEADER.len(), Cell::Empty);
    row
}

fn value_row(figure: &str, value: f64) -> Vec<Cell> {
    let mut row = blank(figure);
    row[13] = value.into();
    row
}

fn index_rows(figure: &str, compared: &Compared) -> Vec<Vec<Cell>> {
    let Some(index) = compared.dissimilarity else {
        return Vec::new();
    };
    vec![
        value_row(&format!("{figure}_dissimilarity"), index.index),
        value_row(
            &format!("{figure}_dissimilarity_by_chance"),
            index.by_chance,
        ),
    ]
}

fn group_row(figure: &str, group: &GroupShare) -> Vec<Cell> {
    let mut row = blank(figure);
    row[1] = group.area.as_ref().map(|code| code.as_str()).into();
    row[2] = group.age.map(|band| band.code()).into();
    row[3] = group.sex.map(|sex| sex.code()).into();
    row[4] = group.answered.count.into();
    row[5] = group.answered.base.into();
    row[6] = group.answered.value().into();
    row[7] = group.people.into();
    row[8] = group.census_share.into();
    row[9] = group.ratio.into();
    row[10] = group.needed.into();
    row
}

fn margin_row(line: &MarginLine) -> Vec<Cell> {
    let mut row = blank("margin");
    match &line.category {
        Category::Area(code) => row[1] = code.as_str().into(),
        Category::AgeSex(band, sex) => {
            row[2] = band.code().into();
            row[3] = sex.code().into();
        }
    }
    row[4] = line.cell.respondents.into();
    row[7] = line.cell.population.into();
    row[11] = line.cell.target.into();
    row[12] = line.cell.reached.into();
    row
}
