//! What a weighted crosstab must agree with: the figures of one question, and the same table without weights.
#![allow(clippy::unwrap_used)]

use super::tests::{compared, made_up};
use crate::{
    analysis::{
        dataset::Dataset,
        figures::Figures,
        filter::{Filter, Selection},
        frequency::weighted_frequency,
        share::SMALL_BASE,
        strata,
        weights::Weights,
    },
    geography::Place,
    survey::ids::{Code, QuestionKey},
};

/// Weights that differ between neighbours.
fn uneven() -> Weights {
    let strata = strata::count(&Place::essex());
    Weights::by_stratum((0..strata).map(|at| 0.4 + (at % 7) as f64 / 3.0).collect())
}

fn figures(dataset: &Dataset, selection: &Selection, key: &str, weights: &Weights) -> Figures {
    let key = QuestionKey::new(key).unwrap();
    let column = dataset.schema().position(&key).unwrap();
    weighted_frequency(dataset, selection, column, Some(weights)).figures
}

fn near(what: &str, one: Option<f64>, other: Option<f64>) {
    let (one, other) = (one.unwrap(), other.unwrap());
    let apart = (one - other).abs() / other.abs().max(1.0);
    assert!(apart < 1e-12, "{what}: {one} is not {other}");
}

#[test]
fn the_column_of_everybody_has_the_figures_of_the_question_alone() {
    let (dataset, weights) = (made_up(3, 3000, 1), uneven());
    let all = Selection::all(&dataset);
    let table = compared(&dataset, &all, "trust", "channel", Some(&weights));
    let weighted = table.weighted.unwrap();
    let Figures::Scale { points, summary } = figures(&dataset, &all, "trust", &weights) else {
        panic!("not a scale")
    };
    for (total, point) in weighted.totals.iter().zip(&points) {
        let alone = point.share.weighted.unwrap();
        near("share", total.share, alone.value());
        let (ours, theirs) = (total.interval.unwrap(), alone.wilson().unwrap());
        near("low", Some(ours.low), Some(theirs.low));
        near("high", Some(ours.high), Some(theirs.high));
        near("worth", weighted.all.effective_base, alone.base.effective());
    }
    let (ours, theirs) = (weighted.means.unwrap().all, summary.mean.weighted.unwrap());
    near("mean", ours.mean, theirs.mean);
    near("standard error", ours.se, theirs.se);
}

#[test]
fn a_column_has_the_figures_of_those_in_it() {
    let (dataset, weights) = (made_up(5, 3000, 1), uneven());
    let all = Selection::all(&dataset);
    let table = compared(&dataset, &all, "trust", "sex", Some(&weights));
    let weighted = table.weighted.unwrap();
    let means = weighted.means.unwrap();
    for (at, column) in table.columns.iter().enumerate() {
        let filter = Filter {
            sexes: [Code::new(&column.code).unwrap()].into(),
            ..Filter::default()
        };
        let own = filter.select(&dataset);
        let Figures::Scale { points, summary } = figures(&dataset, &own, "trust", &weights) else {
            panic!("not a scale")
        };
        for (row, point) in weighted.cells.iter().zip(&points) {
            near(
                "share",
                row[at].share,
                point.share.weighted.unwrap().value(),
            );
        }
        let (ours, theirs) = (&means.columns[at].mean, summary.mean.weighted.unwrap());
        near("mean", ours.mean, theirs.mean);
        near("standard error", ours.se, theirs.se);
    }
}

#[test]
fn weights_of_one_give_the_means_and_the_v_of_the_raw_table() {
    let dataset = made_up(8, 2500, 1);
    let filter = Filter {
        areas: Place::essex()
            .areas()
            .iter()
            .map(|area| area.code.clone())
            .collect(),
        ..Filter::default()
    };
    let residents = filter.select(&dataset);
    let ones = Weights::ones(&Place::essex());
    let table = compared(&dataset, &residents, "trust", "age", Some(&ones));
    let (raw, weighted) = (table.means.unwrap(), table.weighted.unwrap());
    let found = weighted.rao_scott.unwrap();
    let association = table.association.unwrap();
    near("V", found.cramers_v, Some(association.cramers_v));
    assert_eq!(found.effect, Some(association.effect));
    let means = weighted.means.unwrap();
    for (one, other) in raw.columns.iter().zip(&means.columns) {
        near("mean", one.mean.mean, other.mean.mean);
        let (one_t, other_t) = (one.against_rest.statistic, other.against_rest.statistic);
        assert!((one_t.unwrap() - other_t.unwrap()).abs() < 1e-9);
        assert_eq!(one.higher_than, other.higher_than);
    }
    assert_eq!(raw.pairs.len(), means.pairs.len());
}

#[test]
fn columns_worth_too_few_are_not_tested_however_many_answered() {
    let dataset = made_up(13, 700, 1);
    let all = Selection::all(&dataset);
    // One stratum outweighs all others by far, so that every base is worth very few.
    let mut lopsided = uneven().as_slice().to_vec();
    lopsided
        .iter_mut()
        .step_by(11)
        .for_each(|weight| *weight = 500.0);
    let weights = Weights::by_stratum(lopsided);
    let table = compared(&dataset, &all, "trust", "sex", Some(&weights));
    let weighted = table.weighted.unwrap();
    assert!(table.columns.iter().any(|column| !column.small));
    for (at, column) in weighted.columns.iter().enumerate() {
        let worth = column.effective_base.unwrap();
        assert_eq!(column.small, worth < f64::from(SMALL_BASE));
        if column.small {
            assert!(
                weighted
                    .cells
                    .iter()
                    .all(|row| row[at].higher_than.is_empty()
                        && row[at].against_rest.test.p.is_none())
            );
        }
    }
    assert!(weighted.small_columns() > 0, "{:?}", weighted.columns);
}
