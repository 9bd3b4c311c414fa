//! Crosstabs against figures computed in R and Python; see `tests/fixtures/reference/README.md`.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    ColumnTests, Columns, PairTest, RaoScott, RestTest, pearson, tests::compared,
    weighted::WeightedTable,
};
use crate::{
    analysis::{
        dataset::Dataset,
        filter::Selection,
        reference_tests::respondents,
        share::Base,
        weights::{WeightedBase, Weights},
    },
    geography::Place,
};

const RESPONDENTS: &str = include_str!("../../../tests/fixtures/reference/respondents.csv");
const WEIGHTS: &str = include_str!("../../../tests/fixtures/reference/weights.csv");
const REFERENCE: &str = include_str!("../../../tests/fixtures/reference/crosstab.json");

type Record = BTreeMap<String, String>;

fn records(text: &str) -> Vec<Record> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn same(what: &str, ours: Option<f64>, theirs: &Value) {
    match (ours, theirs.as_f64()) {
        (Some(ours), Some(theirs)) => {
            let difference = (ours - theirs).abs() / theirs.abs().max(1.0);
            assert!(difference <= 1e-9, "{what}: {ours} is not {theirs}");
        }
        (ours, theirs) => assert_eq!(ours, theirs, "{what}"),
    }
}

/// Probabilities also to a relative 1e-6.
fn same_p(what: &str, ours: Option<f64>, theirs: &Value) {
    same(what, ours, theirs);
    if let (Some(ours), Some(theirs)) = (ours, theirs.as_f64()) {
        assert!(
            (ours - theirs).abs() <= 1e-6 * theirs,
            "{what}: {ours} is not {theirs}"
        );
    }
}

fn same_table(what: &str, ours: &[Vec<Option<f64>>], theirs: &Value) {
    let theirs = theirs.as_array().unwrap();
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        for (ours, theirs) in ours.iter().zip(theirs.as_array().unwrap()) {
            same(what, *ours, theirs);
        }
    }
}

/// Rows, columns and weights of single people, as a table of weighted cells.
struct Given {
    rows: Vec<String>,
    columns: Vec<String>,
    cells: Vec<Vec<WeightedBase>>,
}

impl Given {
    fn people(theirs: &Value, people: impl Iterator<Item = (String, String, f64)>) -> Self {
        let names = |list: &Value| -> Vec<String> {
            list.as_array()
                .unwrap()
                .iter()
                .map(|name| name.as_str().unwrap().to_owned())
                .collect()
        };
        let (rows, columns) = (names(&theirs["rows"]), names(&theirs["columns"]));
        let mut cells = vec![vec![WeightedBase::default(); columns.len()]; rows.len()];
        for (row, column, weight) in people {
            let place = |list: &[String], name: &str| list.iter().position(|known| known == name);
            if let (Some(row), Some(column)) = (place(&rows, &row), place(&columns, &column)) {
                let cell = &mut cells[row][column];
                cell.responses += 1;
                cell.sum += weight;
                cell.squares += weight * weight;
            }
        }
        Self {
            rows,
            columns,
            cells,
        }
    }

    fn counts(&self) -> Vec<Vec<u32>> {
        let counts = |row: &Vec<WeightedBase>| row.iter().map(|cell| cell.responses).collect();
        self.cells.iter().map(counts).collect()
    }

    fn totals(&self) -> Vec<WeightedBase> {
        let total = |column: usize| {
            self.cells.iter().fold(WeightedBase::default(), |sum, row| {
                super::count::add(sum, row[column])
            })
        };
        (0..self.columns.len()).map(total).collect()
    }

    fn compare(&self, theirs: &Value) {
        let counts = self.counts();
        assert_eq!(json!(counts), theirs["counts"]);
        let fit = pearson(&counts);
        let association = fit.association;
        let known = &theirs["pearson"];
        same(
            "statistic",
            association.map(|found| found.statistic),
            &known["statistic"],
        );
        same(
            "df",
            association.map(|found| f64::from(found.df)),
            &known["df"],
        );
        same_p("p", association.map(|found| found.p), &known["p"]);
        same(
            "V",
            association.map(|found| found.cramers_v),
            &known["cramers_v"],
        );
        same(
            "least",
            association.map(|found| found.min_expected),
            &known["min_expected"],
        );
        same(
            "below 5",
            association.map(|found| f64::from(found.expected_below_5)),
            &known["cells_expected_below_5"],
        );
        same_table("expected", &fit.expected, &theirs["expected"]);
        same_table("residual", &fit.residuals, &theirs["adjusted_residuals"]);

        let totals = self.totals();
        let people: Vec<u32> = totals.iter().map(|total| total.responses).collect();
        let columns = Columns::counted(&counts, &people);
        let tests = ColumnTests::of(&columns, Base(0), true);
        self.compare_tests(
            &tests.against_rest,
            &tests.pairs,
            &theirs["tests"],
            &|row, column| columns.share(row, column),
        );
        self.compare_weighted(&totals, &theirs["weighted"]);
    }

    fn compare_weighted(&self, totals: &[WeightedBase], theirs: &Value) {
        let weighted = WeightedTable::from_cells(&self.cells, totals, false, (Base(0), true));
        let sums = weighted
            .cells
            .iter()
            .map(|row| row.iter().map(|cell| Some(cell.sum)).collect());
        same_table("sums", &sums.collect::<Vec<_>>(), &theirs["counts"]);
        let shares = weighted
            .cells
            .iter()
            .map(|row| row.iter().map(|cell| cell.share).collect());
        same_table(
            "shares",
            &shares.collect::<Vec<_>>(),
            &theirs["column_share"],
        );
        for (column, theirs) in weighted
            .columns
            .iter()
            .zip(theirs["effective_base"].as_array().unwrap())
        {
            // The reference calls the worth of nobody 0.
            same(
                "effective base",
                column
                    .effective_base
                    .or(Some(0.0).filter(|_| theirs.is_number())),
                theirs,
            );
        }
        let RaoScott {
            f,
            ndf,
            ddf,
            p,
            x2_weighted,
            ..
        } = weighted.rao_scott.unwrap();
        let known = &theirs["rao_scott"];
        assert_eq!(
            json!(p.is_some()),
            known["computable"],
            "{:?}",
            self.columns
        );
        same("F", f, &known["F"]);
        same("ndf", ndf, &known["ndf"]);
        same("ddf", ddf, &known["ddf"]);
        same_p("Rao–Scott p", p, &known["p"]);
        same("weighted X²", x2_weighted, &known["x2_weighted"]);
        let rest: Vec<Vec<RestTest>> = weighted
            .cells
            .iter()
            .map(|row| row.iter().map(|cell| cell.against_rest).collect())
            .collect();
        self.compare_tests(&rest, &weighted.pairs, &theirs["tests"], &|row, column| {
            weighted.cells[row][column].share
        });
    }

    fn compare_tests(
        &self,
        rest: &[Vec<RestTest>],
        pairs: &[PairTest],
        theirs: &Value,
        share: &dyn Fn(usize, usize) -> Option<f64>,
    ) {
        let known = theirs["column_against_rest"].as_array().unwrap();
        assert_eq!(known.len(), rest.iter().map(Vec::len).sum::<usize>());
        let ours = rest.iter().enumerate().flat_map(|(row, tests)| {
            tests
                .iter()
                .enumerate()
                .map(move |(column, test)| (row, column, test))
        });
        for ((row, column, ours), theirs) in ours.zip(known) {
            assert_eq!(theirs["row"], *self.rows[row]);
            assert_eq!(theirs["column"], *self.columns[column]);
            same("share", share(row, column), &theirs["share"]);
            same("rest", ours.share_rest, &theirs["share_rest"]);
            same("z", ours.test.statistic, &theirs["z"]);
            same_p("p", ours.test.p, &theirs["p"]);
            same("Holm", ours.test.p_holm, &theirs["p_holm"]);
            same("BH", ours.test.p_bh, &theirs["p_bh"]);
        }
        let known = theirs["pairs"].as_array().unwrap();
        assert_eq!(known.len(), pairs.len());
        for (ours, theirs) in pairs.iter().zip(known) {
            assert_eq!(theirs["row"], *self.rows[ours.row]);
            assert_eq!(theirs["column"], *self.columns[ours.column]);
            assert_eq!(theirs["other"], *self.columns[ours.other]);
            same("z", ours.test.statistic, &theirs["z"]);
            same_p("p", ours.test.p, &theirs["p"]);
            same("Holm", ours.test.p_holm, &theirs["p_holm"]);
            same("BH", ours.test.p_bh, &theirs["p_bh"]);
        }
    }
}

#[test]
fn crosstabs_equal_the_reference() {
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    let people = records(RESPONDENTS);
    let weights = records(WEIGHTS);
    for (column, theirs) in reference["values"].as_object().unwrap() {
        let people = people.iter().zip(&weights).map(|(person, weight)| {
            assert_eq!(person["id"], weight["id"]);
            let weight = weight["weight_trimmed"].parse().unwrap();
            (person["priority"].clone(), person[column].clone(), weight)
        });
        Given::people(&theirs["result"], people).compare(&theirs["result"]);
    }
}

#[test]
fn small_and_broken_crosstabs_equal_the_reference() {
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    for case in reference["edge_cases"].as_array().unwrap() {
        let (input, expected) = (&case["input"], &case["expected"]);
        let mut people = Vec::new();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if let Some(weights) = input["weights"].as_array() {
            for (place, weight) in weights.iter().enumerate() {
                people.push((
                    text(&input["row"][place]),
                    text(&input["column"][place]),
                    weight.as_f64().unwrap(),
                ));
            }
        } else {
            for (row, counts) in input["counts"].as_array().unwrap().iter().enumerate() {
                for (column, count) in counts.as_array().unwrap().iter().enumerate() {
                    let person = (
                        text(&input["rows"][row]),
                        text(&input["columns"][column]),
                        1.0,
                    );
                    people.extend(std::iter::repeat_n(
                        person,
                        usize::try_from(count.as_u64().unwrap()).unwrap(),
                    ));
                }
            }
        }
        Given::people(expected, people.into_iter()).compare(expected);
    }
}

fn of_reference() -> (Dataset, Weights) {
    let dataset = respondents();
    let mut weights = Weights::ones(&Place::essex()).as_slice().to_vec();
    let strata = dataset
        .chunks()
        .iter()
        .flat_map(|chunk| chunk.stratum.clone());
    for (stratum, record) in strata.zip(records(WEIGHTS)) {
        weights[usize::from(stratum)] = record["weight_trimmed"].parse().unwrap();
    }
    (dataset, Weights::by_stratum(weights))
}

#[test]
fn a_dataset_gives_the_counts_weights_and_tests_of_the_reference() {
    let (dataset, weights) = of_reference();
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    for (name, column) in [
        ("lpa", "policing"),
        ("age_band", "age"),
        ("district", "district"),
    ] {
        let theirs = &reference["values"][name]["result"];
        let ours = compared(
            &dataset,
            &Selection::all(&dataset),
            "priority",
            column,
            Some(&weights),
        );
        let counts: Vec<Vec<u32>> = ours
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.share.count).collect())
            .collect();
        let mut order: Vec<usize> = (0..ours.columns.len()).collect();
        if name == "lpa" {
            let columns = theirs["columns"].as_array().unwrap();
            let place = |code: &str| {
                columns
                    .iter()
                    .position(|known| known.as_str().unwrap().to_lowercase() == code)
            };
            order.sort_by_key(|column| place(&ours.columns[*column].code));
        }
        if name == "district" {
            let columns = theirs["columns"].as_array().unwrap();
            order.sort_by_key(|column| {
                columns
                    .iter()
                    .position(|known| *known == *ours.columns[*column].code)
            });
        }
        let sorted = |row: &Vec<u32>| order.iter().map(|column| row[*column]).collect::<Vec<_>>();
        assert_eq!(
            json!(counts.iter().map(sorted).collect::<Vec<_>>()),
            theirs["counts"]
        );
        let association = ours.association.unwrap();
        same(
            "statistic",
            Some(association.statistic),
            &theirs["pearson"]["statistic"],
        );
        let weighted = ours.weighted.unwrap();
        let rao_scott = weighted.rao_scott.unwrap();
        same("F", rao_scott.f, &theirs["weighted"]["rao_scott"]["F"]);
        same_p("p", rao_scott.p, &theirs["weighted"]["rao_scott"]["p"]);
        for (row, theirs) in weighted
            .cells
            .iter()
            .zip(theirs["weighted"]["column_share"].as_array().unwrap())
        {
            for (column, theirs) in order.iter().zip(theirs.as_array().unwrap()) {
                same("weighted share", row[*column].share, theirs);
            }
        }
    }
}
