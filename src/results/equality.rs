//! Equality analysis, whole and as rows of typed cells.

use super::{
    rows::{Cell, direction, ends},
    snapshot::Snapshot,
    variables::{characteristics, scales},
    weighted_rows::weighted,
};
use crate::analysis::{
    equality::{self, Characteristic, Equality, GroupFigure, HeadlineMeasure},
    filter::Selection,
    themes::Figure,
    weights::Weights,
};

pub(super) fn equality(
    snapshot: &Snapshot,
    selection: &Selection,
    weights: Option<&Weights>,
) -> Equality {
    let definition = &snapshot.definition;
    equality::equality(
        &snapshot.dataset,
        selection,
        &characteristics(definition),
        &scales(definition),
        weights,
    )
}

pub(super) const EQUALITY: &[&str] = &[
    "characteristic",
    "group",
    "measure",
    "of",
    "people",
    "value",
    "base",
    "low",
    "high",
    "rest_value",
    "statistic",
    "p",
    "p_holm",
    "mark",
    "suppressed",
    "weighted_value",
    "weighted_base",
    "effective_base",
    "weighted_low",
    "weighted_high",
    "weighted_rest_value",
    "weighted_statistic",
    "weighted_p",
    "weighted_p_holm",
    "weighted_mark",
    "weighted_suppressed",
];

pub(super) fn equality_rows(outcome: &Equality) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for characteristic in &outcome.characteristics {
        for (place, measure) in outcome.measures.iter().enumerate() {
            let everybody = GroupFigure {
                figure: characteristic.everybody[place],
                suppressed: false,
                small: false,
                rest: None,
                test: Default::default(),
                mark: None,
                weighted: None,
            };
            rows.push(row(
                characteristic,
                ("all", Cell::Empty),
                measure,
                &everybody,
            ));
            for group in &characteristic.groups {
                let who = (group.code.as_str(), group.people.into());
                rows.push(row(characteristic, who, measure, &group.figures[place]));
            }
        }
    }
    rows
}

fn row(
    characteristic: &Characteristic,
    (group, people): (&str, Cell),
    measure: &HeadlineMeasure,
    figure: &GroupFigure,
) -> Vec<Cell> {
    let (name, of) = match measure {
        HeadlineMeasure::Theme { theme } => ("theme_top3", theme.to_string()),
        HeadlineMeasure::TopTwo { variable, .. } => ("top_two", variable.to_string()),
        HeadlineMeasure::Mean { variable } => ("mean", variable.to_string()),
        HeadlineMeasure::Victim => ("victim", String::new()),
    };
    let value =
        |figure: Option<Figure>| -> Cell { figure.and_then(|figure| figure.value()).into() };
    let (low, high) = ends(figure.figure.and_then(|figure| figure.interval()));
    let mut cells = vec![
        characteristic.variable.to_string().as_str().into(),
        group.into(),
        name.into(),
        of.as_str().into(),
        people,
        value(figure.figure),
        figure.figure.map(|figure| figure.base()).into(),
        low,
        high,
        value(figure.rest),
        figure.test.statistic.into(),
        figure.test.p.into(),
        figure.test.p_holm.into(),
        figure.mark.map(direction).into(),
        yes_or_no(figure.suppressed),
    ];
    cells.extend(weighted_cells(figure));
    cells
}

/// The same figure with weights.
fn weighted_cells(figure: &GroupFigure) -> Vec<Cell> {
    let own = figure.figure;
    let weighed = own.and_then(|own| {
        let base = own.weighted_base()?;
        Some((own.weighted_value(), base, own.weighted_interval()))
    });
    let mut cells = Vec::from(weighted(weighed));
    let of = figure.weighted;
    let test = of.map(|of| of.test).unwrap_or_default();
    cells.extend([
        figure.rest.and_then(|rest| rest.weighted_value()).into(),
        test.statistic.into(),
        test.p.into(),
        test.p_holm.into(),
        of.and_then(|of| of.mark).map(direction).into(),
        of.map_or(Cell::Empty, |of| yes_or_no(of.suppressed)),
    ]);
    cells
}

fn yes_or_no(is_so: bool) -> Cell {
    if is_so { "yes" } else { "no" }.into()
}
