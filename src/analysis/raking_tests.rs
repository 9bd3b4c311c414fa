//! Raking and weighting against figures computed in R and Python; see `tests/fixtures/reference/README.md`.
#![allow(clippy::unwrap_used)]

use std::time::Instant;

use serde_json::Value;

use super::{
    raking::{CAP, Margin, MarginCell, Unraked, WeightFigures, rake},
    reference_tests::{Comparison, read, reference},
    weighting::{Category, Unweighted, Weighting},
};
use crate::geography::Place;

const RAKING: &str = include_str!("../../tests/fixtures/reference/raking.json");
const RESPONDENTS: &str = include_str!("../../tests/fixtures/reference/respondents.csv");
const PREVIOUS: &str = include_str!("../../tests/fixtures/reference/respondents_previous.csv");

fn figures(comparison: &mut Comparison, ours: &WeightFigures, theirs: &Value) {
    comparison.count("n", ours.respondents, &theirs["n"]);
    comparison.same("sum", ours.sum, &theirs["sum"]);
    comparison.same("min", ours.least, &theirs["min"]);
    comparison.same("max", ours.most, &theirs["max"]);
    comparison.same("cv", ours.variation, &theirs["cv"]);
    comparison.same("kish_deff", ours.design_effect, &theirs["kish_deff"]);
    comparison.same(
        "effective_base",
        ours.effective_base,
        &theirs["effective_base"],
    );
}

fn margin_cells(comparison: &mut Comparison, ours: &[&MarginCell], before: &Value, after: &Value) {
    let (before, after) = (before.as_array().unwrap(), after.as_array().unwrap());
    assert_eq!(ours.len(), before.len());
    for ((ours, before), after) in ours.iter().zip(before).zip(after) {
        comparison.same("population", ours.population, &before["population"]);
        comparison.same("target", ours.target, &before["target"]);
        comparison.count("respondents", ours.respondents, &before["respondents"]);
        comparison.same("target", ours.target, &after["target"]);
        comparison.same("reached", ours.reached, &after["reached"]);
    }
}

#[test]
fn raking_of_both_waves_equals_the_reference() {
    let theirs = reference(RAKING);
    let mut comparison = Comparison::with("raking.json");
    for (wave, file) in [
        ("respondents", RESPONDENTS),
        ("respondents_previous", PREVIOUS),
    ] {
        let theirs = &theirs["values"][wave];
        let dataset = read(file);
        let ours = Weighting::of(&dataset).unwrap();
        comparison.count("raked", ours.raked, &theirs["raked"]);
        comparison.count("excluded", ours.unknown, &theirs["excluded"]);
        let trimmed = &theirs["trimmed_weights"];
        figures(
            &mut comparison,
            &ours.before_trimming,
            &theirs["raked_weights"]["diagnostics_raked_only"],
        );
        figures(
            &mut comparison,
            &ours.of_raked,
            &trimmed["diagnostics_raked_only"],
        );
        figures(&mut comparison, &ours.of_all, &trimmed["diagnostics_all"]);
        comparison.same("scale", ours.scale, &trimmed["scale"]);
        comparison.count("capped", ours.capped, &trimmed["capped"]);
        comparison.same("cap", ours.cap, &trimmed["cap"]);
        for margin in 0..2 {
            // Theirs are in the order of the Census tables: each sex's ages, and districts by code.
            let mut lines: Vec<_> = ours.margins[margin].iter().collect();
            lines.sort_by_key(|line| match &line.category {
                Category::AgeSex(band, sex) => (sex.code(), band.code(), None),
                Category::Area(code) => ("", "", Some(code.clone())),
            });
            let cells: Vec<&MarginCell> = lines.iter().map(|line| &line.cell).collect();
            margin_cells(
                &mut comparison,
                &cells,
                &theirs["margins"][margin],
                &trimmed["margins_after_trimming"][margin],
            );
        }
        let chunk = &dataset.chunks()[0];
        let ids = csv::Reader::from_reader(file.as_bytes())
            .into_records()
            .map(|record| record.unwrap()[0].to_owned())
            .collect::<Vec<_>>();
        assert_eq!(ids.len(), chunk.len());
        for (id, stratum) in ids.iter().zip(&chunk.stratum) {
            let weight = ours.weights.of(*stratum);
            comparison.same(id, weight, &theirs["weights"]["trimmed"][id]);
        }
    }
}

/// Rows with named categories as cells, one for each combination of categories.
struct Small {
    counts: Vec<u32>,
    margins: Vec<Margin>,
    cell_of: Vec<(String, Option<usize>)>,
    unknown: u32,
}

impl Small {
    fn of(input: &Value) -> Self {
        let margins = input["margins"].as_array().unwrap();
        let named: Vec<(&String, Vec<&str>, Vec<f64>)> = margins
            .iter()
            .map(|margin| {
                let lines = margin.as_array().unwrap();
                let name = lines[0]
                    .as_object()
                    .unwrap()
                    .keys()
                    .find(|key| *key != "population")
                    .unwrap();
                let codes = lines.iter().map(|line| line[name].as_str().unwrap());
                let people = lines
                    .iter()
                    .map(|line| line["population"].as_f64().unwrap());
                (name, codes.collect(), people.collect())
            })
            .collect();
        let sizes: Vec<usize> = named.iter().map(|(_, codes, _)| codes.len()).collect();
        let cells: usize = sizes.iter().product();
        let mut counts = vec![0; cells];
        let mut cell_of = Vec::new();
        let mut unknown = 0;
        for row in input["rows"].as_array().unwrap() {
            let places: Option<Vec<usize>> = named
                .iter()
                .map(|(name, codes, _)| {
                    let code = row[name.as_str()].as_str()?;
                    codes.iter().position(|known| *known == code)
                })
                .collect();
            let cell = places.map(|places| {
                places
                    .iter()
                    .zip(&sizes)
                    .fold(0, |cell, (place, size)| cell * size + place)
            });
            cell.map_or_else(|| unknown += 1, |cell| counts[cell] += 1);
            cell_of.push((row["id"].as_str().unwrap().to_owned(), cell));
        }
        let margins = (0..named.len())
            .map(|margin| {
                let after: usize = sizes[margin + 1..].iter().product();
                Margin {
                    population: named[margin].2.clone(),
                    category_of: (0..cells)
                        .map(|cell| cell / after % sizes[margin])
                        .collect(),
                }
            })
            .collect();
        Self {
            counts,
            margins,
            cell_of,
            unknown,
        }
    }
}

#[test]
fn small_rakings_equal_the_reference() {
    let theirs = reference(RAKING);
    let mut comparison = Comparison::with("raking.json, edge cases");
    let cases = theirs["edge_cases"].as_array().unwrap();
    assert_eq!(cases.len(), 6);
    for case in cases {
        let small = Small::of(&case["input"]);
        let expected = &case["expected"];
        let cap = case["input"]["cap"].as_f64().unwrap();
        let raking = rake(&small.counts, &small.margins, cap);
        comparison.count("excluded", small.unknown, &expected["excluded"]);
        if expected["converged"] == false {
            assert!(
                matches!(raking, Err(Unraked::Contradictory { .. })),
                "{raking:?}"
            );
            continue;
        }
        let raking = raking.unwrap();
        comparison.count("raked", raking.respondents, &expected["raked"]);
        let with = |weights: &[f64], unknown: u32| {
            let mut pairs: Vec<(u32, f64)> = small
                .counts
                .iter()
                .copied()
                .zip(weights.iter().copied())
                .collect();
            pairs.push((unknown, 1.0));
            WeightFigures::of(&pairs).unwrap()
        };
        for (weights, theirs) in [
            (&raking.raked, &expected["raked_weights"]),
            (&raking.trimmed, &expected["trimmed_weights"]),
        ] {
            figures(
                &mut comparison,
                &with(weights, 0),
                &theirs["diagnostics_raked_only"],
            );
            figures(
                &mut comparison,
                &with(weights, small.unknown),
                &theirs["diagnostics_all"],
            );
        }
        comparison.same("scale", raking.scale, &expected["trimmed_weights"]["scale"]);
        comparison.count(
            "capped",
            raking.capped,
            &expected["trimmed_weights"]["capped"],
        );
        for (id, cell) in &small.cell_of {
            let of = |weights: &[f64]| cell.map_or(1.0, |cell| weights[cell]);
            comparison.same(id, of(&raking.raked), &expected["weights"]["raked"][id]);
            comparison.same(id, of(&raking.trimmed), &expected["weights"]["trimmed"][id]);
        }
        for (margin, ours) in raking.margins.iter().enumerate() {
            let after = expected["trimmed_weights"]["margins_after_trimming"][margin]
                .as_array()
                .unwrap();
            for ours in ours.iter().filter(|cell| cell.respondents > 0) {
                let theirs = after.iter().find(|line| {
                    (line["target"].as_f64().unwrap() - ours.target).abs() < 1e-9
                        && (line["reached"].as_f64().unwrap() - ours.reached).abs() < 1e-9
                });
                assert!(theirs.is_some(), "{ours:?} is not in {after:?}");
            }
            let before: Vec<_> = expected["margins"][margin]
                .as_array()
                .unwrap()
                .iter()
                .collect();
            for (ours, theirs) in ours.iter().zip(before) {
                comparison.same("target", ours.target, &theirs["target"]);
                comparison.count("respondents", ours.respondents, &theirs["respondents"]);
            }
        }
    }
}

#[test]
fn raking_a_county_takes_no_time_to_speak_of() {
    let dataset = read(RESPONDENTS);
    let counts = super::strata::tally(&dataset, &super::filter::Selection::all(&dataset));
    let place = Place::essex();
    let begun = Instant::now();
    assert!(Weighting::of_counts(&place, &counts).is_ok());
    // Under a millisecond as it is used; this is a build without optimisation on a machine that does other things.
    assert!(begun.elapsed().as_millis() < 500, "{:?}", begun.elapsed());
}

#[test]
fn one_area_alone_is_weighted_by_age_and_sex_and_says_what_it_lacks() {
    let file: String = RESPONDENTS
        .lines()
        .enumerate()
        .filter(|(number, line)| *number == 0 || line.contains("E07000071"))
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    let weighting = Weighting::of(&read(&file)).unwrap();
    assert!((weighting.of_all.sum - f64::from(weighting.of_all.respondents)).abs() < 1e-9);
    let areas = weighting
        .missing()
        .filter(|category| matches!(category, Category::Area(_)));
    assert_eq!(areas.count(), 13);
    assert!(weighting.of_all.most <= CAP);
}

#[test]
fn nobody_known_gives_a_reason_and_no_weights() {
    let place = Place::essex();
    let mut counts = vec![0; super::strata::count(&place)];
    counts[0] = 7;
    counts[1] = 12;
    assert_eq!(
        Weighting::of_counts(&place, &counts),
        Err(Unweighted::Nobody)
    );
    assert_eq!(Weighting::of_counts(&place, &[]), Err(Unweighted::Nobody));
}
