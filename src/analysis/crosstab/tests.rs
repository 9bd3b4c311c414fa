//! Crosstabs against a plain count, and against themselves.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::{Crosstab, Effect, count, crosstab, pearson, rao_scott};
use crate::{
    analysis::{
        dataset::{Dataset, DatasetBuilder},
        filter::{Filter, Selection},
        samples::{Dice, answers, code, every_kind, row, schema},
        significance::benjamini_hochberg,
        strata,
        variable::{Variable, VariableKey},
        weights::{WeightedBase, Weights},
    },
    geography::{Grouping, Place},
    survey::{
        answers::{Answer, Answers},
        ids::QuestionKey,
    },
};

pub(super) fn key(name: &str) -> VariableKey {
    VariableKey::read(name).unwrap()
}

pub(super) fn compared(
    dataset: &Dataset,
    selection: &Selection,
    row: &str,
    column: &str,
    weights: Option<&Weights>,
) -> Crosstab {
    let find = |name: &str| Variable::find(dataset, &key(name)).unwrap();
    crosstab(dataset, selection, &find(row), &find(column), weights)
}

fn made_up(seed: u64, people: u32, times: u32) -> Dataset {
    let mut builder = DatasetBuilder::new(schema(&every_kind()));
    for time in 0..times {
        let mut dice = Dice(seed);
        for number in 0..people {
            builder.push(&row(number + time * people, &answers(&mut dice)));
        }
    }
    builder.build()
}

const ROWS: [&str; 12] = [
    "age",
    "sex",
    "victim",
    "channel",
    "version",
    "many",
    "many.a",
    "grid.dark",
    "trust",
    "rank",
    "rank.asb",
    "csp",
];
const COLUMNS: [&str; 9] = [
    "district", "policing", "age", "sex", "channel", "version", "many.b", "grid.day", "trust",
];

/// Every response's category, by the one cell a variable gives it: the plain way to count.
fn plainly(
    dataset: &Dataset,
    selection: &Selection,
    row: &Variable,
    column: &Variable,
) -> (Vec<Vec<u32>>, Vec<u32>) {
    let (row_places, column_places) = (row.places(1), column.places(1));
    let mut cells = vec![vec![0; column.len()]; row.len()];
    let mut totals = vec![0; column.len()];
    selection.each_chunk(dataset, |chunk, part| {
        let mut buffer = Vec::new();
        let of_columns = column.cells(chunk, &mut buffer).to_vec();
        let mut ticks = Default::default();
        let mut buffer = Vec::new();
        let of_rows = row.cells(chunk, &mut buffer).to_vec();
        let ticks = row.is_several().then(|| row.ticks(chunk, &mut ticks));
        part.each(chunk.len(), |place| {
            let at = usize::from(column_places[usize::from(of_columns[place])]);
            if at == column.len() {
                return;
            }
            let mut in_base = false;
            for (category, counts) in cells.iter_mut().enumerate() {
                let is_in = match &ticks {
                    None => usize::from(row_places[usize::from(of_rows[place])]) == category,
                    Some(ticks) => {
                        in_base |= ticks.status[place] == crate::analysis::schema::ANSWERED;
                        ticks.bits[place] >> category & 1 == 1 && in_base
                    }
                };
                in_base |= is_in;
                counts[at] += u32::from(is_in);
            }
            totals[at] += u32::from(in_base);
        });
    });
    (cells, totals)
}

#[test]
fn every_pair_of_variables_is_counted_as_by_hand_with_and_without_weights_and_filters() {
    let dataset = made_up(7, 4200, 1);
    let filtered = Filter {
        sexes: [code("female")].into(),
        ..Filter::default()
    };
    for selection in [
        Selection::all(&dataset),
        filtered.select(&dataset),
        Selection::none(&dataset),
    ] {
        for row in ROWS {
            for column in COLUMNS {
                let find = |name: &str| Variable::find(&dataset, &key(name)).unwrap();
                let (row, column) = (find(row), find(column));
                let (cells, totals) = plainly(&dataset, &selection, &row, &column);
                for by_stratum in [false, true] {
                    let counts = count(&dataset, &selection, &row, &column, by_stratum);
                    assert_eq!(counts.table(), cells, "{} by {}", row.key, column.key);
                    let ours: Vec<u32> = (0..column.len())
                        .map(|column| counts.column(column))
                        .collect();
                    assert_eq!(ours, totals, "{} by {}", row.key, column.key);
                }
            }
        }
    }
}

#[test]
fn lanes_of_ticks_are_emptied_before_they_run_over() {
    let values = [
        ("many", Answer::Many([code("a"), code("c")].into())),
        ("sex", Answer::One(code("male"))),
    ];
    let values = values.map(|(key, answer)| (QuestionKey::new(key).unwrap(), answer));
    let same = Answers {
        values: values.into(),
        ..Answers::default()
    };
    let mut builder = DatasetBuilder::new(schema(&every_kind()));
    (0..70_000).for_each(|number| builder.push(&row(number, &same)));
    let dataset = builder.build();
    let find = |name: &str| Variable::find(&dataset, &key(name)).unwrap();
    let counts = count(
        &dataset,
        &Selection::all(&dataset),
        &find("many"),
        &find("sex"),
        true,
    );
    assert_eq!(counts.table(), [[0, 70_000], [0, 0], [0, 70_000]]);
}

#[test]
fn what_cannot_be_sorted_into_categories_is_no_variable() {
    let dataset = made_up(1, 10, 1);
    for name in [
        "years",
        "money",
        "since",
        "comment",
        "grid",
        "nothing",
        "grid.noon",
        "many.z",
        "age.x",
    ] {
        assert!(Variable::find(&dataset, &key(name)).is_none(), "{name}");
    }
}

#[test]
fn weights_of_one_leave_every_share_and_every_column_test() {
    let dataset = made_up(3, 3000, 1);
    let selection = Filter {
        areas: Place::essex()
            .areas()
            .iter()
            .map(|area| area.code.clone())
            .collect(),
        ..Filter::default()
    }
    .select(&dataset);
    let ones = Weights::ones(&Place::essex());
    for (row, column) in [("trust", "age"), ("many", "policing"), ("grid.day", "sex")] {
        let table = compared(&dataset, &selection, row, column, Some(&ones));
        let weighted = table.weighted.as_ref().unwrap();
        for (row, cells) in table.rows.iter().zip(&weighted.cells) {
            for (raw, weighted) in row.cells.iter().zip(cells) {
                assert!((raw.share.value().unwrap() - weighted.share.unwrap()).abs() < 1e-12);
                let statistics = (
                    raw.against_rest.test.statistic,
                    weighted.against_rest.test.statistic,
                );
                assert!(
                    (statistics.0.unwrap() - statistics.1.unwrap()).abs() < 1e-9,
                    "{statistics:?}"
                );
                assert_eq!(raw.higher_than, weighted.higher_than);
            }
        }
    }
}

#[test]
fn duplicating_everybody_leaves_shares_and_doubles_chi_square() {
    let (once, twice) = (made_up(11, 1500, 1), made_up(11, 1500, 2));
    let all =
        |dataset: &Dataset| compared(dataset, &Selection::all(dataset), "grid.dark", "age", None);
    let (once, twice) = (all(&once), all(&twice));
    assert_eq!(twice.base.0, 2 * once.base.0);
    let (one, two) = (once.association.unwrap(), twice.association.unwrap());
    assert!((two.statistic - 2.0 * one.statistic).abs() < 1e-9);
    assert!((two.cramers_v - one.cramers_v).abs() < 1e-12);
    for (one, two) in once.rows.iter().zip(&twice.rows) {
        for (one, two) in one.cells.iter().zip(&two.cells) {
            assert_eq!(one.share.value(), two.share.value());
            assert!((two.residual.unwrap() - 2.0_f64.sqrt() * one.residual.unwrap()).abs() < 1e-9);
        }
    }
}

#[test]
fn a_filter_and_its_complement_add_up() {
    let dataset = made_up(5, 4000, 1);
    let of = |sexes: &[&str]| {
        let filter = Filter {
            sexes: sexes.iter().map(|sex| code(sex)).collect(),
            ..Filter::default()
        };
        compared(
            &dataset,
            &filter.select(&dataset),
            "trust",
            "district",
            None,
        )
    };
    let (women, men, both) = (of(&["female"]), of(&["male"]), of(&["female", "male"]));
    for row in 0..both.rows.len() {
        for column in 0..both.columns.len() {
            let count = |table: &Crosstab| table.rows[row].cells[column].share.count;
            assert_eq!(count(&women) + count(&men), count(&both));
        }
    }
}

#[test]
fn small_columns_have_no_letters_and_are_tested_against_nothing() {
    let dataset = made_up(2, 160, 1);
    let table = compared(&dataset, &Selection::all(&dataset), "sex", "district", None);
    assert!(table.columns.iter().all(|column| column.small));
    assert_eq!(table.tests, 0);
    assert!(table.rows.iter().all(
        |row| row.cells.iter().all(|cell| cell.higher_than.is_empty()
            && cell.against_rest.test.p.is_none()
            && cell.residual.is_some())
    ));
}

#[test]
fn ticks_are_tested_one_by_one_and_never_as_a_whole() {
    let dataset = made_up(9, 2000, 1);
    let table = compared(&dataset, &Selection::all(&dataset), "many", "age", None);
    assert!(table.association.is_none() && table.means.is_none());
    for (row, name) in table.rows.iter().zip(["many.a", "many.b", "many.c"]) {
        let alone = compared(&dataset, &Selection::all(&dataset), name, "age", None);
        let (ours, alone) = (row.association.unwrap(), alone.association.unwrap());
        assert_eq!(ours.association.unwrap(), alone);
        assert!(ours.p_holm.unwrap() >= alone.p);
    }
}

#[test]
fn means_of_a_scale_stand_under_its_columns() {
    let dataset = made_up(4, 2000, 1);
    let table = compared(&dataset, &Selection::all(&dataset), "trust", "sex", None);
    let means = table.means.unwrap();
    assert_eq!(means.pairs.len(), 1);
    let of = |column: usize| {
        let terms = table
            .rows
            .iter()
            .map(|row| row.code.parse::<f64>().unwrap() * f64::from(row.cells[column].share.count));
        terms.sum::<f64>() / f64::from(table.columns[column].base.0)
    };
    for (column, mean) in means.columns.iter().enumerate() {
        assert!((mean.mean.mean.unwrap() - of(column)).abs() < 1e-12);
    }
}

#[test]
fn effects_are_in_cohens_words_by_the_shorter_side() {
    assert_eq!(Effect::of(0.09, 2), Effect::Negligible);
    assert_eq!(Effect::of(0.1, 2), Effect::Weak);
    assert_eq!(Effect::of(0.3, 2), Effect::Moderate);
    assert_eq!(Effect::of(0.29, 4), Effect::Strong);
    assert_eq!(Effect::of(0.05, 5), Effect::Weak);
}

#[test]
fn benjamini_hochberg_steps_up_and_leaves_out_what_was_not_tested() {
    let corrected = benjamini_hochberg(&[Some(0.01), None, Some(0.04), Some(0.03)]);
    for (found, wanted) in corrected
        .iter()
        .zip([Some(0.03), None, Some(0.04), Some(0.04)])
    {
        assert_eq!(found.is_some(), wanted.is_some());
        assert!((found.unwrap_or(0.0) - wanted.unwrap_or(0.0)).abs() < 1e-15);
    }
}

#[test]
fn names_of_variables_read_back_as_they_are_written() {
    for name in [
        "district",
        "csp",
        "policing",
        "age",
        "channel",
        ".channel",
        "priority",
        "grid.dark",
    ] {
        assert_eq!(key(name).to_string(), name);
    }
    for name in ["", ".", ".priority", "Grid", "grid.", "grid.a.b", "a b"] {
        assert_eq!(VariableKey::read(name), None, "{name}");
    }
    assert_eq!(key("district"), VariableKey::Areas(Grouping::District));
}

fn weighted(counts: &[Vec<u32>], weight: f64) -> Vec<Vec<WeightedBase>> {
    let cell = |count: &u32| WeightedBase {
        responses: *count,
        sum: f64::from(*count) * weight,
        squares: f64::from(*count) * weight * weight,
    };
    counts
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect()
}

#[test]
fn empty_cells_that_close_a_circle_leave_no_test() {
    let circle = weighted(&[vec![5, 0, 0], vec![4, 0, 0], vec![3, 2, 6]], 1.0);
    assert!(!rao_scott(&circle).is_computable());
    let open = weighted(&[vec![5, 0, 2], vec![4, 0, 1], vec![3, 2, 6]], 1.0);
    assert!(rao_scott(&open).is_computable());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_changes_no_test(counts in proptest::collection::vec(proptest::collection::vec(0_u32..40, 4), 2..5)) {
        let backwards: Vec<Vec<u32>> = counts
            .iter()
            .rev()
            .map(|row| row.iter().rev().copied().collect())
            .collect();
        let (one, other) = (pearson(&counts), pearson(&backwards));
        prop_assert_eq!(one.association.is_some(), other.association.is_some());
        if let (Some(one), Some(other)) = (one.association, other.association) {
            prop_assert!((one.statistic - other.statistic).abs() < 1e-9 * one.statistic.max(1.0));
            prop_assert_eq!(one.df, other.df);
            prop_assert!((0.0..=1.0 + 1e-12).contains(&one.cramers_v));
        }
        let (one, other) = (rao_scott(&weighted(&counts, 1.5)), rao_scott(&weighted(&backwards, 1.5)));
        prop_assert_eq!(one.is_computable(), other.is_computable());
        if let (Some(one), Some(other)) = (one.f, other.f) {
            prop_assert!((one - other).abs() < 1e-7 * one.max(1.0), "{} {}", one, other);
        }
    }

    #[test]
    fn the_scale_of_weights_changes_no_test(counts in proptest::collection::vec(proptest::collection::vec(1_u32..40, 3), 2..4)) {
        let (one, other) = (rao_scott(&weighted(&counts, 1.0)), rao_scott(&weighted(&counts, 7.0)));
        prop_assert!((one.p.unwrap() - other.p.unwrap()).abs() < 1e-9);
    }

    #[test]
    fn strata_add_up_to_the_table(seed in 0_u64..1000) {
        let dataset = made_up(seed, 300, 1);
        let find = |name: &str| Variable::find(&dataset, &key(name)).unwrap();
        let selection = Selection::all(&dataset);
        let counts = count(&dataset, &selection, &find("trust"), &find("age"), true);
        let ones = Weights::by_stratum(vec![1.0; strata::count(&Place::essex())]);
        let (_, columns) = counts.worth(&ones);
        for (column, worth) in columns.iter().enumerate().take(3) {
            prop_assert!(worth.responses <= counts.column(column));
            prop_assert!((worth.sum - f64::from(worth.responses)).abs() < 1e-9);
        }
    }
}
