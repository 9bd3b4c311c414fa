//! Weights on the pages that compare, map and profile: what addresses take, and what outcomes and their rows hold.
#![allow(clippy::unwrap_used)]

use super::{
    Cell, Outcome, PageOutcome, QueryError, ResultQuery, Snapshot, Table, WeightsShown, answer,
    tests::{parse, snapshot},
};
use crate::analysis::{
    crosstab::crosstab,
    equality::equality,
    filter::Selection,
    variable::{Variable, VariableKey},
    weights::Weights,
};

const PAGES: [&str; 5] = [
    "compare",
    "maps",
    "area/E07000067",
    "area/lpa-north",
    "equality",
];

fn weighable() -> (Snapshot, Weights) {
    let snapshot = snapshot(4000);
    let weights = snapshot.weights().unwrap().weights.clone();
    (snapshot, weights)
}

fn outcome(snapshot: &Snapshot, path: &str, query: &str) -> Outcome {
    answer(&parse(path, query).unwrap(), snapshot)
}

fn cells<'t>(table: &'t Table, column: &str) -> Vec<&'t Cell> {
    let at = table
        .header
        .iter()
        .position(|name| *name == column)
        .unwrap();
    table.rows.iter().map(|row| &row[at]).collect()
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        _ => None,
    }
}

fn near(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-12,
        (one, other) => one == other,
    }
}

#[test]
fn pages_that_measure_take_weights_and_the_others_name_what_they_take() {
    for page in PAGES {
        for shown in WeightsShown::ALL {
            let query = parse(page, &format!("weights={}&sex=female", shown.word())).unwrap();
            assert_eq!(query.weights, shown);
            let again = parse(&query.path(), &query.query()).unwrap();
            assert_eq!(again, query, "{page}");
        }
        let QueryError::UnknownValue {
            parameter, allowed, ..
        } = parse(page, "weights=heavy").unwrap_err()
        else {
            panic!("{page}: not the value")
        };
        assert_eq!((parameter, allowed.len()), ("weights", 3), "{page}");
        assert!(matches!(
            parse(page, "weights=raw&weights=both").unwrap_err(),
            QueryError::Repeated {
                parameter: "weights"
            }
        ));
    }
    for page in ["overview", "who", "quality"] {
        assert!(
            matches!(
                parse(page, "weights=both").unwrap_err(),
                QueryError::UnknownParameter { .. }
            ),
            "{page}"
        );
    }
    assert!(
        parse("area/nowhere", "weights=both")
            .unwrap_err()
            .is_unknown_page()
    );
}

#[test]
fn a_weighted_comparison_is_what_the_crosstab_gives_in_the_page_and_its_rows() {
    let (snapshot, weights) = weighable();
    let given = "row=trust&by=policing&by=age&by=grid.dark&weights=both";
    let outcome = outcome(&snapshot, "compare", given);
    let PageOutcome::Compare(compared) = &outcome.page else {
        panic!("no comparison")
    };
    assert_eq!(compared.tables.len(), 3);
    let find = |key: &VariableKey| Variable::find(&snapshot.dataset, key).unwrap();
    let all = Selection::all(&snapshot.dataset);
    let table = outcome.to_csv_rows();
    let of_column = |column: &str| cells(&table, column);
    let (figures, bys) = (of_column("figure"), of_column("by"));
    for found in &compared.tables {
        let (row, column) = (find(&found.row), find(&found.column));
        let kernel = crosstab(&snapshot.dataset, &all, &row, &column, Some(&weights));
        assert_eq!(*found, kernel);
        let weighted = kernel.weighted.unwrap();
        let is_of = |at: &usize, figure: &str| {
            *figures[*at] == Cell::from(figure)
                && *bys[*at] == Cell::from(found.column.to_string().as_str())
        };
        let of = |figure: &str, column: &str| -> Vec<Option<f64>> {
            let at = (0..figures.len()).filter(|at| is_of(at, figure));
            at.map(|at| number(of_column(column)[at])).collect()
        };
        let mut shares = Vec::new();
        let mut worth = Vec::new();
        for (total, row) in weighted.totals.iter().zip(&weighted.cells) {
            shares.push(total.share);
            worth.push(weighted.all.effective_base);
            shares.extend(row.iter().map(|cell| cell.share));
            worth.extend(weighted.columns.iter().map(|column| column.effective_base));
        }
        assert_eq!(of("share", "weighted_value"), shares);
        assert_eq!(of("share", "effective_base"), worth);
        let test = weighted.rao_scott.unwrap();
        assert_eq!(of("rao_scott", "weighted_statistic"), [test.f]);
        assert_eq!(of("rao_scott", "weighted_p"), [test.p]);
        assert_eq!(of("rao_scott_ndf", "weighted_value"), [test.ndf]);
        assert_eq!(of("weighted_cramers_v", "weighted_value"), [test.cramers_v]);
        let pairs: Vec<_> = weighted.pairs.iter().map(|pair| pair.test.p_holm).collect();
        assert_eq!(of("pair", "weighted_p_holm"), pairs);
    }
}

#[test]
fn rows_of_several_ticks_are_tested_one_by_one_with_weights() {
    let (snapshot, _) = weighable();
    let outcome = outcome(&snapshot, "compare", "row=many&by=age&weights=weighted");
    let PageOutcome::Compare(compared) = &outcome.page else {
        panic!("no comparison")
    };
    let weighted = compared.tables[0].weighted.as_ref().unwrap();
    assert!(weighted.rao_scott.is_none());
    let table = outcome.to_csv_rows();
    let tested = cells(&table, "figure");
    let tested = tested
        .iter()
        .filter(|cell| ***cell == Cell::from("rao_scott"));
    assert_eq!(tested.count(), compared.tables[0].rows.len());
    assert_eq!(weighted.of_rows.len(), compared.tables[0].rows.len());
}

#[test]
fn a_weighted_profile_has_the_figures_of_its_column_of_themes_by_area() {
    let (snapshot, _) = weighable();
    for (path, areas, key) in [
        ("area/E07000067", "district", "E07000067"),
        ("area/lpa-north", "policing", "north"),
    ] {
        for measure in ["top3", "mean_rank", "money"] {
            let query = format!("weights=both&measure={measure}");
            let profile = outcome(&snapshot, path, &query).to_csv_rows();
            let themes = outcome(&snapshot, "themes", &format!("{query}&areas={areas}"));
            let themes = themes.to_csv_rows();
            let (theme, area) = (cells(&themes, "theme"), cells(&themes, "area"));
            let keys = cells(&profile, "key");
            let mut compared = 0;
            for (here, in_profile) in keys.iter().enumerate() {
                let at = |wanted: &str| {
                    (0..theme.len())
                        .find(|at| theme[*at] == *in_profile && *area[*at] == Cell::from(wanted))
                };
                let Some((own, county)) = at(key).zip(at("all")) else {
                    continue;
                };
                compared += 1;
                for column in [
                    "weighted_value",
                    "weighted_base",
                    "effective_base",
                    "weighted_low",
                    "weighted_high",
                    "weighted_rank",
                    "weighted_rank_change",
                    "weighted_rest_value",
                    "weighted_p_holm",
                    "weighted_mark",
                ] {
                    assert_eq!(
                        cells(&profile, column)[here],
                        cells(&themes, column)[own],
                        "{path} {measure} {column}"
                    );
                }
                let of_county = number(cells(&profile, "weighted_county_value")[here]);
                assert!(near(
                    of_county,
                    number(cells(&themes, "weighted_value")[county])
                ));
            }
            assert!(compared > 2, "{path} {measure}");
        }
    }
}

#[test]
fn a_weighted_profile_leads_with_weighted_figures_and_ranks_by_them() {
    let (snapshot, _) = weighable();
    let outcome = outcome(&snapshot, "area/lpa-north", "weights=weighted");
    let PageOutcome::Area(area) = &outcome.page else {
        panic!("no profile")
    };
    let values = area.themes.iter().map(|theme| theme.here.weighted_value());
    let values: Vec<f64> = values.map(Option::unwrap).collect();
    assert!(values.is_sorted_by(|one, other| one >= other), "{values:?}");
    let ranks = area.themes.iter().map(|theme| theme.standing(true).rank);
    assert!(ranks.collect::<Vec<_>>().is_sorted());
}

#[test]
fn weighted_equality_is_what_the_analysis_gives() {
    let (snapshot, weights) = weighable();
    let outcome = outcome(&snapshot, "equality", "weights=both");
    let PageOutcome::Equality(found) = &outcome.page else {
        panic!("no analysis")
    };
    let definition = &snapshot.definition;
    let kernel = equality(
        &snapshot.dataset,
        &Selection::all(&snapshot.dataset),
        &super::variables::characteristics(definition),
        &super::variables::scales(definition),
        Some(&weights),
    );
    assert_eq!(**found, kernel);
    let table = outcome.to_csv_rows();
    let weighted = cells(&table, "weighted_value");
    assert!(
        weighted
            .iter()
            .filter(|cell| number(cell).is_some())
            .count()
            > 10
    );
}

#[test]
fn without_weights_in_force_no_row_has_any_and_the_state_says_why() {
    let (many, none) = (snapshot(4000), snapshot(0));
    for page in PAGES {
        for (snapshot, shown) in [(&many, "raw"), (&none, "both")] {
            let outcome = outcome(snapshot, page, &format!("weights={shown}"));
            assert_eq!(
                outcome.state.weights.refused.is_some(),
                shown == "both",
                "{page}"
            );
            let table = outcome.to_csv_rows();
            for name in table
                .header
                .iter()
                .filter(|name| name.starts_with("weighted_"))
            {
                let empty =
                    |cell: &&Cell| **cell == Cell::Empty || **cell == Cell::Text(String::new());
                assert!(cells(&table, name).iter().all(empty), "{page} {name}");
            }
        }
    }
}

#[test]
fn an_earlier_state_is_compared_with_the_weights_it_had() {
    let snapshot = snapshot(4000);
    let earlier = super::tests::moment(1_760_000_000_000_000 + 2999 * 60_000_000);
    let query = parse("compare", "row=trust&by=sex&weights=weighted").unwrap();
    let then = answer(&query.fixed_at(earlier), &snapshot);
    let alone = answer(&query, &super::tests::snapshot(3000));
    assert_eq!(then.page, alone.page);
    let now = answer(&ResultQuery { ..query }, &snapshot);
    assert_ne!(then.page, now.page);
}
