//! The profile of an area as a table.

use super::{
    area_outcome::{AreaOutcome, AreaRecorded, AreaTheme},
    rows::{Cell, direction, ends},
    weighted_rows::weighted,
};
use crate::analysis::{area_people::PeopleGroup, themes::Figure};

/// The columns. `figure` says what a row is: a theme's measure, `age`, `sex`, `crime` or `anti_social_behaviour`; the county's
/// value is, for people, the Census share.
pub(super) const AREA: &[&str] = &[
    "area",
    "figure",
    "key",
    "value",
    "count",
    "base",
    "low",
    "high",
    "rank",
    "county_value",
    "county_rank",
    "rank_change",
    "rest_value",
    "p_holm",
    "mark",
    "weighted_value",
    "weighted_base",
    "effective_base",
    "weighted_low",
    "weighted_high",
    "weighted_rank",
    "weighted_county_value",
    "weighted_county_rank",
    "weighted_rank_change",
    "weighted_rest_value",
    "weighted_p_holm",
    "weighted_mark",
];

pub(super) fn area_rows(area: &AreaOutcome) -> Vec<Vec<Cell>> {
    let themes = area.themes.iter().map(|theme| theme_row(area, theme));
    let people = [("age", &area.people.ages), ("sex", &area.people.sexes)];
    let people = people.into_iter().flat_map(|(figure, groups)| {
        groups
            .iter()
            .map(move |group| person_row(area, figure, group))
    });
    let recorded = [
        ("crime", &area.crime),
        ("anti_social_behaviour", &area.anti_social_behaviour),
    ];
    let recorded = recorded.into_iter().flat_map(|(figure, recorded)| {
        recorded
            .iter()
            .flat_map(move |recorded| recorded_rows(area, figure, recorded))
    });
    themes.chain(people).chain(recorded).collect()
}

/// A row of these cells, and empty ones to the end.
fn row(cells: Vec<Cell>) -> Vec<Cell> {
    let mut row = cells;
    row.resize(AREA.len(), Cell::Empty);
    row
}

fn theme_row(area: &AreaOutcome, theme: &AreaTheme) -> Vec<Cell> {
    let count = match theme.here {
        Figure::Share(share) => share.count.into(),
        Figure::Mean(_) => Cell::Empty,
    };
    let (low, high) = ends(theme.here.interval());
    let mut cells = vec![
        area.key.as_str().into(),
        area.measure.word().into(),
        theme.theme.as_str().into(),
        theme.here.value().into(),
        count,
        theme.here.base().into(),
        low,
        high,
        theme.rank.into(),
        theme.county.value().into(),
        theme.county_rank.into(),
        theme.rank_change.map(f64::from).into(),
        theme.rest.and_then(|rest| rest.value()).into(),
        theme.p_holm.into(),
        theme.mark.map(direction).into(),
    ];
    let here = &theme.here;
    let base = here.weighted_base();
    cells.extend(weighted(
        base.map(|base| (here.weighted_value(), base, here.weighted_interval())),
    ));
    let standing = theme.standing(true);
    cells.extend([
        standing.rank.into(),
        theme.county.weighted_value().into(),
        standing.county_rank.into(),
        standing.rank_change.map(f64::from).into(),
        standing.rest.and_then(|rest| rest.weighted_value()).into(),
        standing.p_holm.into(),
        standing.mark.map(direction).into(),
    ]);
    row(cells)
}

fn person_row(area: &AreaOutcome, figure: &str, group: &PeopleGroup) -> Vec<Cell> {
    let (low, high) = ends(group.share.wilson());
    row(vec![
        area.key.as_str().into(),
        figure.into(),
        group.code.as_str().into(),
        group.share.value().into(),
        group.share.count.into(),
        group.share.base.into(),
        low,
        high,
        Cell::Empty,
        group.census.into(),
    ])
}

fn recorded_rows(
    area: &AreaOutcome,
    figure: &'static str,
    recorded: &AreaRecorded,
) -> Vec<Vec<Cell>> {
    let rows = recorded.kinds.iter().map(|kind| {
        row(vec![
            area.key.as_str().into(),
            figure.into(),
            kind.name.as_str().into(),
            kind.per_thousand.into(),
            kind.count.into(),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            kind.county_per_thousand.into(),
        ])
    });
    rows.collect()
}
