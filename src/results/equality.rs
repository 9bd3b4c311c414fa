//! Equality analysis, whole and as rows of typed cells.

use super::{
    rows::{Cell, ends},
    snapshot::Snapshot,
    variables::{characteristics, scales},
};
use crate::analysis::{
    equality::{self, Characteristic, Equality, GroupFigure, HeadlineMeasure},
    filter::Selection,
    themes::{Direction, Figure},
};

pub(super) fn equality(snapshot: &Snapshot, selection: &Selection) -> Equality {
    let definition = &snapshot.definition;
    equality::equality(
        &snapshot.dataset,
        selection,
        &characteristics(definition),
        &scales(definition),
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
    vec![
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
        figure
            .mark
            .map(|mark| {
                if mark == Direction::More {
                    "more"
                } else {
                    "less"
                }
            })
            .into(),
        if figure.suppressed { "yes" } else { "no" }.into(),
    ]
}
