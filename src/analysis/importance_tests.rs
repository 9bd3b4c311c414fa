//! Importance and performance against figures computed in R and Python, through a whole dataset.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    dataset::{Dataset, DatasetBuilder},
    filter::Selection,
    importance::{ImportancePerformance, Quadrant, importance},
    samples::{choices, code, question, row, schema, survey},
    weights::Weights,
};
use crate::{
    geography::Place,
    survey::{
        answers::{Answer, Answers},
        ids::QuestionKey,
    },
};

const REFERENCE: &str = include_str!("../../tests/fixtures/reference/importance_performance.json");
const RESPONDENTS: &str = include_str!("../../tests/fixtures/reference/respondents.csv");
const WEIGHTS: &str = include_str!("../../tests/fixtures/reference/weights.csv");
const AGES: [&str; 7] = [
    "16_24", "25_34", "35_44", "45_54", "55_64", "65_74", "75_plus",
];

/// A survey that rates some items of a grid by 1 to 5, and the whole by a scale or a choice.
fn rating(items: &[&str], overall: Value) -> DatasetBuilder {
    let codes = ["1", "2", "3", "4", "5"].map(|point| format!("point_{point}"));
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let definition = survey(
        &[],
        json!({ "area": "district", "age": "age", "sex": "sex", "ratings": "grid", "overall": "overall" }),
        json!([
            question("district", json!({ "kind": "area" })),
            question(
                "age",
                json!({ "kind": "single", "choices": choices(&AGES) })
            ),
            question(
                "sex",
                json!({ "kind": "single", "choices": choices(&["female", "male"]) })
            ),
            question(
                "grid",
                json!({ "kind": "grid", "columns": choices(&codes), "rows": choices(items) })
            ),
            question("overall", overall),
        ]),
    );
    DatasetBuilder::new(schema(&definition))
}

fn scale() -> Value {
    json!({ "kind": "scale", "min": 1, "max": 5, "min_label": { "en": "" }, "max_label": { "en": "" } })
}

fn answers(given: impl IntoIterator<Item = (&'static str, Option<Answer>)>) -> Answers {
    let given = given.into_iter();
    let values = given.filter_map(|(key, answer)| Some((QuestionKey::new(key).unwrap(), answer?)));
    Answers {
        values: values.collect(),
        ..Answers::default()
    }
}

fn grid(items: &[&str], point: impl Fn(&str) -> Option<i64>) -> Option<Answer> {
    let rated = items
        .iter()
        .filter_map(|item| Some((code(item), code(&format!("point_{}", point(item)?)))));
    Some(Answer::Grid(rated.collect()))
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

fn check(ours: &ImportancePerformance, theirs: &Value, is_weighted: bool) {
    for (item, theirs) in ours.themes.iter().zip(theirs["items"].as_array().unwrap()) {
        assert_eq!(theirs["item"], item.code.as_str());
        same(
            "base",
            Some(f64::from(item.performance.base.0)),
            &theirs["base"],
        );
        same("performance", item.performance.mean, &theirs["performance"]);
        if is_weighted {
            same(
                "weighted",
                item.weighted_performance,
                &theirs["weighted_performance"],
            );
        }
        same("top2", item.pleased.value(), &theirs["top2_share"]);
        same("pairs", Some(f64::from(item.pairs.0)), &theirs["pairs"]);
        same(
            "rho",
            item.importance.map(|found| found.rho),
            &theirs["rho"],
        );
        same("p", item.importance.map(|found| found.p), &theirs["p"]);
        if let (Some(found), Some(p)) = (item.importance, theirs["p"].as_f64()) {
            assert!((found.p - p).abs() <= 1e-6 * p, "p {} is not {p}", found.p);
        }
        let quadrant = item.quadrant.map(|quadrant| match quadrant {
            Quadrant::ConcentrateHere => "concentrate here",
            Quadrant::KeepUp => "keep up",
            Quadrant::LowPriority => "low priority",
            Quadrant::PossibleOverkill => "possible overkill",
        });
        assert_eq!(quadrant, theirs["quadrant"].as_str());
    }
    same(
        "importance",
        ours.crosshair_importance,
        &theirs["crosshair_importance"],
    );
    same(
        "performance",
        ours.crosshair_performance,
        &theirs["crosshair_performance"],
    );
}

fn respondents(items: &[&str]) -> (Dataset, Vec<f64>) {
    let mut builder = rating(items, scale());
    let mut reader = csv::Reader::from_reader(RESPONDENTS.as_bytes());
    for (number, record) in (0_u32..).zip(reader.deserialize::<BTreeMap<String, String>>()) {
        let record = record.unwrap();
        let cell = |name: &str| Some(record[name].as_str()).filter(|cell| !cell.is_empty());
        let number_of = |name: &str| cell(name).and_then(|cell| cell.parse().ok());
        let age = cell("age_band").map(|age| age.replace('-', "_").replace('+', "_plus"));
        let given = answers([
            (
                "district",
                cell("district").map(|cell| Answer::One(code(cell))),
            ),
            ("age", age.map(|age| Answer::One(code(&age)))),
            ("sex", cell("sex").map(|cell| Answer::One(code(cell)))),
            ("grid", grid(items, number_of)),
            ("overall", number_of("overall").map(Answer::Number)),
        ]);
        builder.push(&row(number, &given));
    }
    let mut reader = csv::Reader::from_reader(WEIGHTS.as_bytes());
    let weights = reader.deserialize::<BTreeMap<String, String>>();
    let weights = weights.map(|record| record.unwrap()["weight_trimmed"].parse().unwrap());
    (builder.build(), weights.collect())
}

#[test]
fn importance_and_performance_equal_the_reference() {
    let theirs: Value = serde_json::from_str(REFERENCE).unwrap();
    let items = [
        "s_visibility",
        "s_answering",
        "s_asb",
        "s_informed",
        "s_victims",
    ];
    let (dataset, each) = respondents(&items);
    let mut by_stratum = Weights::ones(&Place::essex()).as_slice().to_vec();
    for (stratum, weight) in dataset
        .chunks()
        .iter()
        .flat_map(|chunk| &chunk.stratum)
        .zip(each)
    {
        by_stratum[usize::from(*stratum)] = weight;
    }
    let weights = Weights::by_stratum(by_stratum);
    let ours = importance(&dataset, &Selection::all(&dataset), Some(&weights)).unwrap();
    check(&ours, &theirs["values"], true);
}

#[test]
fn constant_thin_and_perfect_items_equal_the_reference() {
    let theirs: Value = serde_json::from_str(REFERENCE).unwrap();
    let case = &theirs["edge_cases"][0];
    let items = ["constant", "thin", "perfect"];
    for overall in [
        scale(),
        json!({ "kind": "single", "choices": choices(&["a", "b", "c", "d", "e"]) }),
    ] {
        let is_scale = overall["kind"] == "scale";
        let mut builder = rating(&items, overall);
        for person in 0..6_u32 {
            let at = person as usize;
            let place = |item: &str| items.iter().position(|known| *known == item).unwrap();
            let rated = |item: &str| case["input"]["answers"][place(item)][at].as_i64();
            let overall = case["input"]["overall"][at].as_i64().map(|point| {
                if is_scale {
                    Answer::Number(point)
                } else {
                    Answer::One(code(["a", "b", "c", "d", "e"][point as usize - 1]))
                }
            });
            let given = answers([("grid", grid(&items, rated)), ("overall", overall)]);
            builder.push(&row(person, &given));
        }
        let dataset = builder.build();
        let ours = importance(&dataset, &Selection::all(&dataset), None).unwrap();
        check(&ours, &case["expected"], false);
    }
}

#[test]
fn without_the_two_questions_there_is_no_importance() {
    let definition = super::samples::every_kind();
    let dataset = Dataset::empty(schema(&definition));
    assert_eq!(importance(&dataset, &Selection::all(&dataset), None), None);
}
