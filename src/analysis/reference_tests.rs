//! Every measure against figures computed in R and Python; see `tests/fixtures/reference/README.md`.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    dataset::{Dataset, DatasetBuilder},
    filter::{Filter, Selection},
    frequency::{ChoiceShare, Figures, Frequency, frequency},
    moments::{Mean, Summary},
    samples::{choices, code, question, row, schema, survey},
    share::{Base, Share},
    significance::{holm, two_proportions},
};
use crate::survey::{
    answers::{Answer, Answers},
    ids::{Code, QuestionKey},
};

const RESPONDENTS: &str = include_str!("../../tests/fixtures/reference/respondents.csv");
const AGES: [&str; 7] = [
    "16_24", "25_34", "35_44", "45_54", "55_64", "65_74", "75_plus",
];
const TICKS: [&str; 5] = [
    "m_cctv",
    "m_patrols",
    "m_youth",
    "m_lighting",
    "m_reporting",
];
const BUDGET: [&str; 5] = [
    "b_neighbourhood",
    "b_response",
    "b_investigation",
    "b_victims",
    "b_prevention",
];
const RANKED: [&str; 6] = [
    "r_asb",
    "r_burglary",
    "r_drugs",
    "r_violence",
    "r_rural",
    "r_road",
];

/// Counts comparisons, and keeps the largest difference.
pub(super) struct Comparison {
    file: &'static str,
    figures: u32,
    largest: f64,
}

impl Comparison {
    pub(super) fn with(file: &'static str) -> Self {
        Self {
            file,
            figures: 0,
            largest: 0.0,
        }
    }

    pub(super) fn same(&mut self, what: &str, ours: impl Into<Option<f64>>, reference: &Value) {
        self.figures += 1;
        match (ours.into(), reference.as_f64()) {
            (Some(ours), Some(theirs)) => {
                let difference = (ours - theirs).abs() / theirs.abs().max(1.0);
                assert!(
                    difference <= 1e-9,
                    "{} {what}: {ours} is not {theirs}",
                    self.file
                );
                self.largest = self.largest.max(difference);
            }
            (ours, theirs) => assert_eq!(ours, theirs, "{} {what}", self.file),
        }
    }

    pub(super) fn count(&mut self, what: &str, ours: u32, reference: &Value) {
        self.same(what, f64::from(ours), reference);
    }

    fn options(&mut self, ours: &[(String, Share)], reference: &Value) {
        let theirs = reference.as_array().unwrap();
        assert_eq!(ours.len(), theirs.len());
        for ((code, share), theirs) in ours.iter().zip(theirs) {
            assert_eq!(theirs["code"], **code);
            self.count(code, share.count, &theirs["count"]);
            self.same(code, share.value(), &theirs["share"]);
            self.same(
                code,
                share.wilson().map(|interval| interval.low),
                &theirs["wilson_low"],
            );
            self.same(
                code,
                share.wilson().map(|interval| interval.high),
                &theirs["wilson_high"],
            );
        }
    }

    fn mean(&mut self, ours: &Mean, theirs: &Value) {
        self.same("mean", ours.mean, &theirs["mean"]);
        self.same("sd", ours.sd, &theirs["sd"]);
        self.same("se", ours.se, &theirs["se"]);
        self.same(
            "ci_low",
            ours.interval.map(|interval| interval.low),
            &theirs["ci_low"],
        );
        self.same(
            "ci_high",
            ours.interval.map(|interval| interval.high),
            &theirs["ci_high"],
        );
    }

    fn summary(&mut self, ours: &Summary, theirs: &Value) {
        self.mean(&ours.mean, theirs);
        self.same("q1", ours.q1, &theirs["q1"]);
        self.same("median", ours.median, &theirs["median"]);
        self.same("q3", ours.q3, &theirs["q3"]);
        self.same("min", ours.min.map(|least| least as f64), &theirs["min"]);
        self.same("max", ours.max.map(|most| most as f64), &theirs["max"]);
    }

    fn bases(&mut self, ours: &Frequency, theirs: &Value) {
        self.count("base", ours.base.0, &theirs["base"]);
        self.count("not_answered", ours.absent.missing, &theirs["not_answered"]);
    }
}

impl Drop for Comparison {
    fn drop(&mut self) {
        println!(
            "{:<26} {:>5} figures, largest difference {:.0e}",
            self.file, self.figures, self.largest
        );
    }
}

pub(super) fn reference(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub(super) fn respondents() -> Dataset {
    read(RESPONDENTS)
}

/// The rows of a file of respondents, in its order; columns it lacks are unanswered.
pub(super) fn read(file: &str) -> Dataset {
    let scale = |min: i32, max: i32| json!({ "kind": "scale", "min": min, "max": max, "min_label": { "en": "" }, "max_label": { "en": "" } });
    let definition = survey(
        &[],
        json!({ "area": "district", "age": "age_band", "sex": "sex" }),
        json!([
            question("district", json!({ "kind": "area" })),
            question(
                "age_band",
                json!({ "kind": "single", "choices": choices(&AGES) })
            ),
            question(
                "sex",
                json!({ "kind": "single", "choices": choices(&["female", "male"]) })
            ),
            question(
                "priority",
                json!({ "kind": "single", "choices": choices(&["asb", "visible", "violence", "rural"]) })
            ),
            question(
                "measures",
                json!({ "kind": "multiple", "choices": choices(&TICKS) })
            ),
            question("safe_dark", scale(1, 5)),
            question("trust", scale(0, 10)),
            question(
                "money",
                json!({ "kind": "budget", "items": choices(&BUDGET) })
            ),
            question(
                "order",
                json!({ "kind": "ranking", "items": choices(&RANKED), "places": 6 })
            ),
        ]),
    );
    let mut builder = DatasetBuilder::new(schema(&definition));
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    for (number, record) in (0_u32..).zip(reader.deserialize::<BTreeMap<String, String>>()) {
        builder.push(&row(number, &answers_of(&record.unwrap())));
    }
    builder.build()
}

fn answers_of(record: &BTreeMap<String, String>) -> Answers {
    let cell = |name: &str| {
        let cell = record.get(name).map(String::as_str);
        cell.filter(|cell| !cell.is_empty())
    };
    let number = |name: &str| cell(name).map(|cell| Answer::Number(cell.parse().unwrap()));
    let ticked = TICKS
        .into_iter()
        .filter(|name| cell(name) == Some("1"))
        .map(code)
        .collect();
    let shares: BTreeMap<Code, u32> = BUDGET
        .into_iter()
        .filter_map(|name| Some((code(name), cell(name)?.parse().unwrap())))
        .collect();
    let mut order: Vec<(u32, Code)> = RANKED
        .into_iter()
        .filter_map(|name| Some((cell(name)?.parse().unwrap(), code(name))))
        .collect();
    order.sort();
    let given = [
        (
            "district",
            cell("district").map(|cell| Answer::One(code(cell))),
        ),
        (
            "age_band",
            cell("age_band")
                .map(|cell| Answer::One(code(&cell.replace('-', "_").replace('+', "_plus")))),
        ),
        ("sex", cell("sex").map(|cell| Answer::One(code(cell)))),
        (
            "priority",
            cell("priority").map(|cell| Answer::One(code(cell))),
        ),
        ("measures", Some(Answer::Many(ticked))),
        ("safe_dark", number("safe_dark")),
        ("trust", number("trust")),
        (
            "money",
            Some(shares)
                .filter(|shares| !shares.is_empty())
                .map(Answer::Shares),
        ),
        (
            "order",
            Some(Answer::Ranked(
                order.into_iter().map(|(_, code)| code).collect(),
            )),
        ),
    ];
    let given = given.into_iter();
    let values = given.filter_map(|(key, answer)| Some((QuestionKey::new(key).unwrap(), answer?)));
    Answers {
        values: values.collect(),
        ..Answers::default()
    }
}

fn of(dataset: &Dataset, selection: &Selection, key: &str) -> Frequency {
    let column = dataset
        .schema()
        .position(&QuestionKey::new(key).unwrap())
        .unwrap();
    frequency(dataset, selection, column)
}

fn in_district(dataset: &Dataset, district: &str) -> Selection {
    Filter {
        areas: [code(district)].into(),
        ..Filter::default()
    }
    .select(dataset)
}

fn in_policing_area(dataset: &Dataset, name: &str) -> Selection {
    Filter {
        policing_areas: [name.to_lowercase()].into(),
        ..Filter::default()
    }
    .select(dataset)
}

fn named(options: &[ChoiceShare]) -> Vec<(String, Share)> {
    options
        .iter()
        .map(|option| (option.code.to_string(), option.share))
        .collect()
}

#[test]
fn frequencies_equal_the_reference() {
    let dataset = respondents();
    let all = Selection::all(&dataset);
    let theirs = reference(include_str!(
        "../../tests/fixtures/reference/frequencies.json"
    ));
    let theirs = &theirs["values"];
    let mut comparison = Comparison::with("frequencies.json");
    let mut single = |selection: &Selection, theirs: &Value| {
        let ours = of(&dataset, selection, "priority");
        let Figures::Single { options } = &ours.figures else {
            panic!("not single")
        };
        comparison.bases(&ours, theirs);
        comparison.options(&named(options), &theirs["options"]);
    };
    single(&all, &theirs["single"]["result"]);
    for (district, theirs) in theirs["single_by_district"]["result"].as_object().unwrap() {
        single(&in_district(&dataset, district), theirs);
    }
    let mut likert = |selection: &Selection, theirs: &Value| {
        let ours = of(&dataset, selection, "safe_dark");
        let Figures::Scale { points, summary } = &ours.figures else {
            panic!("not a scale")
        };
        comparison.bases(&ours, theirs);
        comparison.mean(&summary.mean, theirs);
        let points: Vec<_> = points
            .iter()
            .map(|point| (point.value.to_string(), point.share))
            .collect();
        comparison.options(&points, &theirs["options"]);
    };
    likert(&all, &theirs["likert"]["result"]);
    for (district, theirs) in theirs["likert_by_district"]["result"].as_object().unwrap() {
        likert(&in_district(&dataset, district), theirs);
    }
    let theirs = &theirs["multi"]["result"];
    let ours = of(&dataset, &all, "measures");
    let Figures::Multiple { options, ticks } = &ours.figures else {
        panic!("not multiple")
    };
    comparison.bases(&ours, theirs);
    comparison.count("ticks", *ticks, &theirs["ticks"]);
    comparison.options(&named(options), &theirs["options"]);
}

#[test]
fn scales_equal_the_reference() {
    let dataset = respondents();
    let theirs = reference(include_str!(
        "../../tests/fixtures/reference/nps_numeric.json"
    ));
    let mut comparison = Comparison::with("nps_numeric.json");
    let mut scale = |selection: &Selection, theirs: &Value| {
        let ours = of(&dataset, selection, "trust");
        let Figures::Scale { points, summary } = &ours.figures else {
            panic!("not a scale")
        };
        comparison.bases(&ours, theirs);
        comparison.summary(summary, &theirs["summary"]);
        for point in points {
            comparison.count(
                "count",
                point.share.count,
                &theirs["counts"][point.value.to_string()],
            );
        }
    };
    scale(&Selection::all(&dataset), &theirs["values"]["all"]);
    for (name, theirs) in theirs["values"]["by_lpa"].as_object().unwrap() {
        scale(&in_policing_area(&dataset, name), theirs);
    }
}

#[test]
fn budgets_equal_the_reference() {
    let dataset = respondents();
    let theirs = reference(include_str!("../../tests/fixtures/reference/budget.json"));
    let theirs = &theirs["values"];
    let mut comparison = Comparison::with("budget.json");
    let ours = of(&dataset, &Selection::all(&dataset), "money");
    let Figures::Budget { items, .. } = &ours.figures else {
        panic!("not a budget")
    };
    comparison.bases(&ours, theirs);
    comparison.count("invalid", ours.absent.invalid, &theirs["invalid"]);
    for (item, theirs) in items.iter().zip(theirs["items"].as_array().unwrap()) {
        assert_eq!(theirs["item"], item.code.as_str());
        comparison.summary(&item.amount, theirs);
        comparison.same(
            "trimmed_mean_10",
            item.trimmed_mean,
            &theirs["trimmed_mean_10"],
        );
        comparison.same("share_zero", item.nothing.value(), &theirs["share_zero"]);
    }
}

#[test]
fn rankings_equal_the_reference() {
    let dataset = respondents();
    let theirs = reference(include_str!("../../tests/fixtures/reference/ranking.json"));
    let mut comparison = Comparison::with("ranking.json");
    let mut ranking = |selection: &Selection, theirs: &Value| {
        let ours = of(&dataset, selection, "order");
        let Figures::Ranking { items, lengths } = &ours.figures else {
            panic!("not a ranking")
        };
        comparison.bases(&ours, theirs);
        for (length, ballots) in (1..).zip(lengths) {
            comparison.count(
                "length",
                *ballots,
                &theirs["ballots_by_length"][length.to_string()],
            );
        }
        for (item, theirs) in items
            .iter()
            .zip(theirs["unweighted"]["items"].as_array().unwrap())
        {
            assert_eq!(item.code.as_str()[2..], *theirs["item"].as_str().unwrap());
            comparison.same("borda_mean", item.borda.mean, &theirs["borda_mean"]);
            comparison.same("borda_se", item.borda.se, &theirs["borda_se"]);
            comparison.same("borda_sum", item.borda_sum, &theirs["borda_sum"]);
            comparison.same("mean_rank", item.mean_rank.mean, &theirs["mean_rank"]);
            comparison.same(
                "when_ranked",
                item.mean_rank_when_ranked,
                &theirs["mean_rank_when_ranked"],
            );
            comparison.count("ranked_by", item.ranked.count, &theirs["ranked_by"]);
            comparison.same("first", item.first.value(), &theirs["first_choice_share"]);
            comparison.same("top3", item.top_three.value(), &theirs["top3_share"]);
        }
    };
    ranking(&Selection::all(&dataset), &theirs["values"]["all"]);
    for (name, theirs) in theirs["values"]["by_lpa"].as_object().unwrap() {
        ranking(&in_policing_area(&dataset, name), theirs);
    }
}

#[test]
fn tests_of_an_area_against_the_rest_equal_the_reference() {
    let theirs = reference(include_str!(
        "../../tests/fixtures/reference/column_against_rest.json"
    ));
    let mut comparison = Comparison::with("column_against_rest.json");
    for table in theirs["values"].as_object().unwrap().values() {
        let number = |value: &Value| u32::try_from(value.as_u64().unwrap()).unwrap();
        let totals: Vec<u32> = table["column_totals"]
            .as_array()
            .unwrap()
            .iter()
            .map(number)
            .collect();
        let all: u32 = totals.iter().sum();
        let counts = table["counts"].as_array().unwrap();
        let mut tests = Vec::new();
        for row in counts {
            let row: Vec<u32> = row.as_array().unwrap().iter().map(number).collect();
            let row_total: u32 = row.iter().sum();
            for (count, total) in row.iter().zip(&totals) {
                let own = Share::new(*count, Base(*total));
                let rest = Share::new(row_total - count, Base(all - total));
                tests.push((own, rest, two_proportions(own, rest)));
            }
        }
        let chances: Vec<Option<f64>> = tests
            .iter()
            .map(|(.., test)| test.map(|test| test.p))
            .collect();
        let theirs = table["column_against_rest"].as_array().unwrap();
        assert_eq!(theirs.len(), tests.len());
        for (((own, rest, test), p_holm), theirs) in tests.iter().zip(holm(&chances)).zip(theirs) {
            comparison.same("share", own.value(), &theirs["share"]);
            comparison.same("share_rest", rest.value(), &theirs["share_rest"]);
            comparison.same("z", test.map(|test| test.statistic), &theirs["z"]);
            comparison.same("p", test.map(|test| test.p), &theirs["p"]);
            comparison.same("p_holm", p_holm, &theirs["p_holm"]);
            if let (Some(test), Some(p)) = (test, theirs["p"].as_f64()) {
                assert!((test.p - p).abs() <= 1e-6 * p, "p {} is not {p}", test.p);
            }
        }
    }
}
