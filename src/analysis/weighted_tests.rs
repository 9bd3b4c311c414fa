//! Figures with weights against those of R and Python, and what must hold of them whatever the answers are.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::Value;

use super::{
    dataset::{Dataset, DatasetBuilder},
    figures::{ChoiceShare, Figures, Frequency},
    filter::{Filter, Selection},
    frequency::weighted_frequency,
    moments::Summary,
    reference_tests::{Comparison, read, reference},
    samples::{Dice, answers, code, every_kind, row, schema},
    share::{Share, WeightedShare},
    themes::{Figure, Measure, ThemeTable, weighted_themes},
    weighted_moments::WeightedMean,
    weighting::Weighting,
    weights::{WeightedBase, Weights},
};
use crate::{
    geography::{Grouping, Place},
    survey::ids::QuestionKey,
};

const RESPONDENTS: &str = include_str!("../../tests/fixtures/reference/respondents.csv");

struct Wave {
    dataset: Dataset,
    weighting: Weighting,
}

impl Wave {
    fn read() -> Self {
        let dataset = read(RESPONDENTS);
        let weighting = Weighting::of(&dataset).unwrap();
        Self { dataset, weighting }
    }

    fn figures(&self, selection: &Selection, key: &str) -> Frequency {
        let key = QuestionKey::new(key).unwrap();
        let column = self.dataset.schema().position(&key).unwrap();
        weighted_frequency(
            &self.dataset,
            selection,
            column,
            Some(&self.weighting.weights),
        )
    }

    fn district(&self, district: &str) -> Selection {
        let filter = Filter {
            areas: [code(district)].into(),
            ..Filter::default()
        };
        filter.select(&self.dataset)
    }

    fn policing_area(&self, name: &str) -> Selection {
        let filter = Filter {
            policing_areas: [name.to_lowercase()].into(),
            ..Filter::default()
        };
        filter.select(&self.dataset)
    }
}

fn bases(comparison: &mut Comparison, ours: &Frequency, theirs: &Value) {
    let base = ours.weighted_base.unwrap();
    comparison.count("base", ours.base.0, &theirs["base"]);
    comparison.same("weighted_base", base.sum, &theirs["weighted_base"]);
    comparison.same(
        "effective_base",
        base.effective().unwrap_or(0.0),
        &theirs["effective_base"],
    );
}

fn share(comparison: &mut Comparison, ours: Share, theirs: &Value) {
    let ours = ours.weighted.unwrap();
    let interval = ours.wilson();
    comparison.same("weighted_count", ours.chosen.sum, &theirs["weighted_count"]);
    comparison.same("weighted_share", ours.value(), &theirs["weighted_share"]);
    comparison.same(
        "low",
        interval.map(|ends| ends.low),
        &theirs["weighted_wilson_low"],
    );
    comparison.same(
        "high",
        interval.map(|ends| ends.high),
        &theirs["weighted_wilson_high"],
    );
    comparison.same("weighted_se", ours.se(), &theirs["weighted_se"]);
}

fn options(comparison: &mut Comparison, ours: &[ChoiceShare], theirs: &Value) {
    let theirs = theirs.as_array().unwrap();
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert_eq!(theirs["code"], ours.code.as_str());
        share(comparison, ours.share, theirs);
    }
}

fn mean(comparison: &mut Comparison, ours: &WeightedMean, theirs: &Value) {
    comparison.same("weighted_mean", ours.mean, &theirs["weighted_mean"]);
    comparison.same("weighted_se", ours.se, &theirs["weighted_se"]);
    comparison.same(
        "low",
        ours.interval.map(|ends| ends.low),
        &theirs["weighted_ci_low"],
    );
    comparison.same(
        "high",
        ours.interval.map(|ends| ends.high),
        &theirs["weighted_ci_high"],
    );
}

fn summary(comparison: &mut Comparison, ours: &Summary, theirs: &Value) {
    mean(comparison, &ours.mean.weighted.unwrap(), theirs);
    let quartiles = ours.weighted_quartiles.unwrap();
    comparison.same("weighted_q1", quartiles.q1, &theirs["weighted_q1"]);
    comparison.same(
        "weighted_median",
        quartiles.median,
        &theirs["weighted_median"],
    );
    comparison.same("weighted_q3", quartiles.q3, &theirs["weighted_q3"]);
}

#[test]
fn weighted_frequencies_equal_the_reference() {
    let wave = Wave::read();
    let all = Selection::all(&wave.dataset);
    let theirs = reference(include_str!(
        "../../tests/fixtures/reference/frequencies.json"
    ));
    let theirs = &theirs["values"];
    let mut comparison = Comparison::with("frequencies.json, weighted");
    let mut single = |selection: &Selection, theirs: &Value| {
        let ours = wave.figures(selection, "priority");
        let Figures::Single { options: list } = &ours.figures else {
            panic!("not single")
        };
        bases(&mut comparison, &ours, theirs);
        options(&mut comparison, list, &theirs["options"]);
    };
    single(&all, &theirs["single"]["result"]);
    for (district, theirs) in theirs["single_by_district"]["result"].as_object().unwrap() {
        single(&wave.district(district), theirs);
    }
    let mut likert = |selection: &Selection, theirs: &Value| {
        let ours = wave.figures(selection, "safe_dark");
        let Figures::Scale { points, summary } = &ours.figures else {
            panic!("not a scale")
        };
        bases(&mut comparison, &ours, theirs);
        mean(&mut comparison, &summary.mean.weighted.unwrap(), theirs);
        for (point, theirs) in points.iter().zip(theirs["options"].as_array().unwrap()) {
            share(&mut comparison, point.share, theirs);
        }
    };
    likert(&all, &theirs["likert"]["result"]);
    for (district, theirs) in theirs["likert_by_district"]["result"].as_object().unwrap() {
        likert(&wave.district(district), theirs);
    }
    let ours = wave.figures(&all, "measures");
    let Figures::Multiple { options: list, .. } = &ours.figures else {
        panic!("not multiple")
    };
    let theirs = &theirs["multi"]["result"];
    bases(&mut comparison, &ours, theirs);
    options(&mut comparison, list, &theirs["options"]);
}

#[test]
fn weighted_scales_and_budgets_equal_the_reference() {
    let wave = Wave::read();
    let all = Selection::all(&wave.dataset);
    let theirs = reference(include_str!(
        "../../tests/fixtures/reference/nps_numeric.json"
    ));
    let mut comparison = Comparison::with("nps_numeric.json, weighted");
    let mut scale = |selection: &Selection, theirs: &Value| {
        let ours = wave.figures(selection, "trust");
        let Figures::Scale { summary: own, .. } = &ours.figures else {
            panic!("not a scale")
        };
        bases(&mut comparison, &ours, theirs);
        summary(&mut comparison, own, &theirs["summary"]);
    };
    scale(&all, &theirs["values"]["all"]);
    for (name, theirs) in theirs["values"]["by_lpa"].as_object().unwrap() {
        scale(&wave.policing_area(name), theirs);
    }
    let theirs = reference(include_str!("../../tests/fixtures/reference/budget.json"));
    let theirs = &theirs["values"];
    let mut comparison = Comparison::with("budget.json, weighted");
    let ours = wave.figures(&all, "money");
    let Figures::Budget { items, .. } = &ours.figures else {
        panic!("not a budget")
    };
    bases(&mut comparison, &ours, theirs);
    for (item, theirs) in items.iter().zip(theirs["items"].as_array().unwrap()) {
        summary(&mut comparison, &item.amount, theirs);
    }
}

#[test]
fn weighted_rankings_equal_the_reference() {
    let wave = Wave::read();
    let theirs = reference(include_str!("../../tests/fixtures/reference/ranking.json"));
    let mut comparison = Comparison::with("ranking.json, weighted");
    let mut ranking = |selection: &Selection, theirs: &Value| {
        let ours = wave.figures(selection, "order");
        let Figures::Ranking { items, .. } = &ours.figures else {
            panic!("not a ranking")
        };
        bases(&mut comparison, &ours, theirs);
        for (item, theirs) in items
            .iter()
            .zip(theirs["weighted"]["items"].as_array().unwrap())
        {
            let of = |share: Share| share.weighted.unwrap();
            let (borda, apart) = (item.borda.weighted.unwrap(), item.weighted.unwrap());
            comparison.same("borda_mean", borda.mean, &theirs["borda_mean"]);
            comparison.same("borda_se", borda.se, &theirs["borda_se"]);
            comparison.same("borda_sum", apart.borda_sum, &theirs["borda_sum"]);
            let mean_rank = item.mean_rank.weighted.unwrap();
            comparison.same("mean_rank", mean_rank.mean, &theirs["mean_rank"]);
            comparison.same(
                "when_ranked",
                apart.mean_rank_when_ranked,
                &theirs["mean_rank_when_ranked"],
            );
            comparison.same(
                "ranked_by",
                of(item.ranked).chosen.sum,
                &theirs["ranked_by"],
            );
            comparison.same(
                "first",
                of(item.first).value(),
                &theirs["first_choice_share"],
            );
            comparison.same("top3", of(item.top_three).value(), &theirs["top3_share"]);
        }
    };
    ranking(&Selection::all(&wave.dataset), &theirs["values"]["all"]);
    for (name, theirs) in theirs["values"]["by_lpa"].as_object().unwrap() {
        ranking(&wave.policing_area(name), theirs);
    }
}

/// Everybody's answers but those of people from outside, who are in no weighted figure.
fn residents(responses: u32, seed: u64, copies: u32) -> Dataset {
    let mut dice = Dice(seed);
    let area = QuestionKey::new("area").unwrap();
    let mut all: Vec<_> = (0..responses).map(|_| answers(&mut dice)).collect();
    all.retain(|answers| {
        !matches!(answers.values.get(&area), Some(crate::survey::answers::Answer::One(code)) if code.as_str() == "outside")
    });
    let mut builder = DatasetBuilder::new(schema(&every_kind()));
    for (number, answers) in (0..copies).flat_map(|_| &all).enumerate() {
        builder.push(&row(u32::try_from(number).unwrap(), answers));
    }
    builder.build()
}

/// Every share and mean of a question.
fn parts(frequency: &Frequency) -> (Vec<Share>, Vec<Summary>) {
    let of = |list: &[ChoiceShare]| list.iter().map(|option| option.share).collect::<Vec<_>>();
    match &frequency.figures {
        Figures::Single { options } | Figures::Multiple { options, .. } => {
            (of(options), Vec::new())
        }
        Figures::Grid { rows } => (
            rows.iter().flat_map(|row| of(&row.columns)).collect(),
            rows.iter().map(|row| row.summary).collect(),
        ),
        Figures::Scale { points, summary } | Figures::Number { points, summary } => (
            points.iter().map(|point| point.share).collect(),
            vec![*summary],
        ),
        Figures::Ranking { items, .. } => (
            items
                .iter()
                .flat_map(|item| [item.first, item.top_three, item.ranked])
                .collect(),
            items
                .iter()
                .flat_map(|item| [item.mean_rank, item.borda])
                .map(|mean| Summary {
                    mean,
                    ..Summary::default()
                })
                .collect(),
        ),
        Figures::Budget { items, .. } => (
            items.iter().map(|item| item.nothing).collect(),
            items.iter().map(|item| item.amount).collect(),
        ),
        Figures::Date { .. } | Figures::Text => (Vec::new(), Vec::new()),
    }
}

fn near(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs().max(1.0),
        (one, other) => one.is_none() == other.is_none(),
    }
}

fn table(dataset: &Dataset, measure: Measure, weights: &Weights) -> ThemeTable {
    let all = Selection::all(dataset);
    weighted_themes(dataset, &all, measure, Grouping::District, Some(weights)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn weights_of_one_give_what_no_weights_give(seed in any::<u64>(), responses in 0_u32..300) {
        let dataset = residents(responses, seed, 1);
        let ones = Weights::ones(&Place::essex());
        for column in 0..dataset.schema().questions().len() {
            let all = Selection::all(&dataset);
            let with = weighted_frequency(&dataset, &all, column, Some(&ones));
            let without = weighted_frequency(&dataset, &all, column, None);
            prop_assert_eq!((with.base, with.absent), (without.base, without.absent));
            let (shares, summaries) = parts(&with);
            let (raw_shares, raw_summaries) = parts(&without);
            for (with, without) in shares.iter().zip(&raw_shares) {
                let weighted = with.weighted.unwrap();
                prop_assert_eq!((with.count, with.base), (without.count, without.base));
                prop_assert_eq!(weighted.chosen.responses, without.count);
                prop_assert!(near(weighted.value(), without.value()));
                prop_assert!(near(weighted.wilson().map(|ends| ends.low), without.wilson().map(|ends| ends.low)));
            }
            for (with, without) in summaries.iter().zip(&raw_summaries) {
                let weighted = with.mean.weighted.unwrap();
                prop_assert!(near(weighted.mean, without.mean.mean));
                prop_assert!(near(weighted.se, without.mean.se), "{:?} {:?}", weighted, without.mean);
            }
        }
        for measure in Measure::ALL {
            for row in &table(&dataset, measure, &ones).rows {
                for cell in &row.cells {
                    let (raw, weighted) = (cell.standing(false), cell.standing(true));
                    prop_assert!(near(cell.value(false), cell.value(true)));
                    prop_assert_eq!(raw.rank, weighted.rank);
                    let p = |standing: &super::themes::Standing| {
                        standing.difference.and_then(|difference| difference.p_holm)
                    };
                    prop_assert!(near(p(&raw), p(&weighted)), "{:?} {:?}", raw, weighted);
                }
            }
        }
    }

    #[test]
    fn everybody_twice_leaves_shares_and_doubles_the_effective_base(seed in any::<u64>()) {
        let (once, twice) = (residents(200, seed, 1), residents(200, seed, 2));
        let weights = |dataset: &Dataset| {
            let counts = super::strata::tally(dataset, &Selection::all(dataset));
            // Raking so few may have no answer: weights of the same shape will do.
            let of = (0..counts.len()).map(|stratum| 0.5 + (stratum % 7) as f64 / 3.0);
            Weights::by_stratum(of.collect())
        };
        for column in 0..once.schema().questions().len() {
            let of = |dataset: &Dataset| {
                let all = Selection::all(dataset);
                weighted_frequency(dataset, &all, column, Some(&weights(dataset)))
            };
            let (one, two) = (of(&once), of(&twice));
            let effective = |frequency: &Frequency| frequency.weighted_base.and_then(WeightedBase::effective);
            prop_assert!(near(effective(&one).map(|base| base * 2.0), effective(&two)));
            for (one, two) in parts(&one).0.iter().zip(&parts(&two).0) {
                prop_assert!(near(one.weighted.and_then(WeightedShare::value), two.weighted.and_then(WeightedShare::value)));
            }
        }
    }
}

#[test]
fn people_from_outside_are_in_figures_without_weights_only() {
    let mut dice = Dice(3);
    let all: Vec<_> = (0..200).map(|_| answers(&mut dice)).collect();
    let mut builder = DatasetBuilder::new(schema(&every_kind()));
    for (number, answers) in (0..).zip(&all) {
        builder.push(&row(number, answers));
    }
    let dataset = builder.build();
    let selection = Selection::all(&dataset);
    let outside = super::strata::tally(&dataset, &selection)[0];
    assert!(outside > 0);
    let column = dataset
        .schema()
        .position(&QuestionKey::new("area").unwrap())
        .unwrap();
    let ones = Weights::ones(&Place::essex());
    let frequency = weighted_frequency(&dataset, &selection, column, Some(&ones));
    assert_eq!(
        frequency.base.0 - frequency.weighted_base.unwrap().responses,
        outside
    );
    let Figures::Single { options } = &frequency.figures else {
        panic!("not single")
    };
    let last = options.last().unwrap();
    assert_eq!(
        (last.share.count, last.share.weighted.unwrap().value()),
        (outside, Some(0.0))
    );
    for row in &table(&dataset, Measure::TopThree, &ones).rows {
        let Figure::Share(share) = row.cells[0].figure else {
            panic!("not a share")
        };
        assert_eq!(share.base.0, share.weighted.unwrap().base.responses);
    }
}
