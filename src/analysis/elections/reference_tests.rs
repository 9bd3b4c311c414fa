//! The rules against figures computed in R and Python (`tests/fixtures/reference/ranking.json`), edge cases among them.
#![allow(clippy::unwrap_used)]

use serde_json::Value;

use super::*;
use crate::analysis::strata::UNKNOWN;

const REFERENCE: &str = include_str!("../../../tests/fixtures/reference/ranking.json");
const RESPONDENTS: &str = include_str!("../../../tests/fixtures/reference/respondents.csv");
const WEIGHTS: &str = include_str!("../../../tests/fixtures/reference/weights.csv");
const RANKED: [&str; 6] = [
    "r_asb",
    "r_burglary",
    "r_drugs",
    "r_violence",
    "r_rural",
    "r_road",
];

struct Comparison {
    figures: u32,
    largest: f64,
}

impl Comparison {
    fn same(&mut self, what: &str, ours: impl Into<Option<f64>>, theirs: &Value) {
        self.figures += 1;
        match (ours.into(), theirs.as_f64()) {
            (Some(ours), Some(theirs)) => {
                let difference = (ours - theirs).abs() / theirs.abs().max(1.0);
                assert!(difference <= 1e-9, "{what}: {ours} is not {theirs}");
                self.largest = self.largest.max(difference);
            }
            (ours, theirs) => assert_eq!(ours, theirs, "{what}"),
        }
    }

    fn matrix(&mut self, what: &str, ours: &[f64], theirs: &Value) {
        let theirs: Vec<&Value> = theirs
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|row| row.as_array().unwrap())
            .collect();
        assert_eq!(ours.len(), theirs.len(), "{what}");
        for (ours, theirs) in ours.iter().zip(theirs) {
            self.same(what, *ours, theirs);
        }
    }
}

fn names(list: &[&str], order: &[usize]) -> Value {
    order.iter().map(|item| list[*item]).collect()
}

fn groups(list: &[&str], order: &Order) -> Value {
    order.iter().map(|group| names(list, group)).collect()
}

fn compare(comparison: &mut Comparison, election: &Election, list: &[&str], theirs: &Value) {
    for (item, theirs) in election
        .scores
        .iter()
        .zip(theirs["items"].as_array().unwrap())
    {
        comparison.same("borda_mean", item.borda.mean, &theirs["borda_mean"]);
        comparison.same("borda_se", item.borda.se, &theirs["borda_se"]);
        comparison.same("borda_sum", item.borda_sum, &theirs["borda_sum"]);
        comparison.same("mean_rank", item.mean_rank, &theirs["mean_rank"]);
        let when = item.mean_rank_when_ranked;
        comparison.same("when", when, &theirs["mean_rank_when_ranked"]);
        comparison.same("ranked_by", item.ranked, &theirs["ranked_by"]);
        comparison.same("first", item.first_share, &theirs["first_choice_share"]);
        comparison.same("top3", item.top_three_share, &theirs["top3_share"]);
    }
    let order = |rule: Rule| groups(list, &election.order(rule).unwrap_or_default());
    assert_eq!(order(Rule::Borda), theirs["borda_order"]);
    let items = list.len();
    let pairs: Vec<f64> = (0..items * items)
        .map(|pair| election.pairwise.above(pair / items, pair % items))
        .collect();
    comparison.matrix("pairwise", &pairs, &theirs["pairwise"]);
    let winner = election.condorcet_winner.map(|winner| list[winner]);
    assert_eq!(winner, theirs["condorcet_winner"].as_str());
    let schulze = &theirs["schulze"];
    comparison.matrix(
        "strongest_paths",
        &election.schulze.strongest_paths,
        &schulze["strongest_paths"],
    );
    let wins: Value = election.schulze.wins.iter().copied().collect();
    assert_eq!(wins, schulze["wins"]);
    assert_eq!(order(Rule::Schulze), schulze["order"]);
    let kemeny = election.kemeny.as_ref().unwrap();
    comparison.same("cost", kemeny.cost, &theirs["kemeny"]["cost"]);
    assert_eq!(kemeny.optimal_orders, theirs["kemeny"]["optimal_orders"]);
    assert_eq!(names(list, &kemeny.order), theirs["kemeny"]["order"]);
    let all: Value = kemeny
        .all_optimal
        .iter()
        .map(|order| names(list, order))
        .collect();
    assert_eq!(all, theirs["kemeny"]["all_optimal"]);
    let theirs = &theirs["instant_runoff"];
    assert_eq!(names(list, &election.runoff.order), theirs["order"]);
    let majority = election.runoff.majority_in_round;
    assert_eq!(
        majority.map(u64::from),
        theirs["majority_in_round"].as_u64()
    );
    let rounds = theirs["rounds"].as_array().unwrap();
    assert_eq!(election.runoff.rounds.len(), rounds.len());
    for (round, theirs) in election.runoff.rounds.iter().zip(rounds) {
        for (name, votes) in list.iter().zip(&round.votes) {
            comparison.same("votes", *votes, &theirs["votes"][name]);
        }
        comparison.same("exhausted", round.exhausted, &theirs["exhausted"]);
        assert_eq!(list[round.out], theirs["out"]);
        assert_eq!(round.tie_broken, theirs["tie_broken"].as_bool().unwrap());
    }
}

fn check(comparison: &mut Comparison, votes: &Votes, weights: &Weights, theirs: &Value) {
    let list: Vec<&str> = theirs["item_list"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    let raw = Election::of(votes, None);
    comparison.same("base", f64::from(raw.base), &theirs["base"]);
    for (length, ballots) in (1..).zip(&raw.lengths) {
        let theirs = &theirs["ballots_by_length"][length.to_string()];
        comparison.same("length", f64::from(*ballots), theirs);
    }
    let kendall = &theirs["kendall"];
    comparison.same("w", raw.agreement.map(|kendall| kendall.w), &kendall["w"]);
    let chi_square = raw.agreement.map(|kendall| kendall.chi_square);
    comparison.same("chi_square", chi_square, &kendall["chi_square"]);
    comparison.same("p", raw.agreement.map(|kendall| kendall.p), &kendall["p"]);
    compare(comparison, &raw, &list, &theirs["unweighted"]);
    let weighted = Election::of(votes, Some(weights));
    comparison.same(
        "weighted_base",
        weighted.weighted_base,
        &theirs["weighted_base"],
    );
    comparison.same(
        "effective_base",
        weighted.effective_base,
        &theirs["effective_base"],
    );
    compare(comparison, &weighted, &list, &theirs["weighted"]);
}

/// A ballot in a stratum of its own, with that stratum's weight.
fn weighted(items: usize, ballots: Vec<(Vec<u8>, f64)>) -> (Votes, Weights) {
    let mut weights = vec![0.0];
    weights.extend(ballots.iter().map(|(_, weight)| *weight));
    let ballots = (UNKNOWN..).zip(ballots);
    let votes = Votes::from_ballots(
        items,
        ballots.map(|(stratum, (ballot, _))| (ballot, stratum, 1)),
    );
    (votes, Weights::by_stratum(weights))
}

#[test]
fn every_rule_equals_the_reference() {
    let theirs: Value = serde_json::from_str(REFERENCE).unwrap();
    let mut comparison = Comparison {
        figures: 0,
        largest: 0.0,
    };
    let mut respondents = csv::Reader::from_reader(RESPONDENTS.as_bytes());
    let head = respondents.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|known| known == name).unwrap();
    let mut weights = csv::Reader::from_reader(WEIGHTS.as_bytes());
    let weight_at = weights
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "weight_trimmed")
        .unwrap();
    let weights: Vec<f64> = weights
        .records()
        .map(|record| record.unwrap()[weight_at].parse().unwrap())
        .collect();
    let rows: Vec<(String, Vec<u8>, f64)> = respondents
        .records()
        .zip(weights)
        .map(|(record, weight)| {
            let record = record.unwrap();
            let mut ranks: Vec<(u32, u8)> = (0..)
                .zip(RANKED)
                .filter_map(|(item, name)| Some((record[at(name)].parse().ok()?, item)))
                .collect();
            ranks.sort_unstable();
            let ballot = ranks.into_iter().map(|(_, item)| item).collect();
            (record[at("lpa")].to_owned(), ballot, weight)
        })
        .collect();
    let mut of = |chosen: &dyn Fn(&str) -> bool, theirs: &Value| {
        let chosen = rows.iter().filter(|(area, ..)| chosen(area));
        let ballots = chosen
            .map(|(_, ballot, weight)| (ballot.clone(), *weight))
            .collect();
        let (votes, weights) = weighted(RANKED.len(), ballots);
        check(&mut comparison, &votes, &weights, theirs);
    };
    of(&|_| true, &theirs["values"]["all"]);
    for (name, theirs) in theirs["values"]["by_lpa"].as_object().unwrap() {
        of(&|area| area == name, theirs);
    }
    for case in theirs["edge_cases"].as_array().unwrap() {
        let items: Vec<&str> = case["input"]["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        let ballots = case["input"]["ballots"].as_array().unwrap();
        let number = |key: &str, place: usize| case["input"][key][place].as_f64();
        let mut given = Vec::new();
        for (place, ballot) in ballots.iter().enumerate() {
            let place_of = |name: &Value| items.iter().position(|item| name == item).unwrap();
            // Somebody who ranked nothing.
            let Some(ballot) = ballot.as_array() else {
                continue;
            };
            let ballot: Vec<u8> = ballot.iter().map(|name| place_of(name) as u8).collect();
            let times = number("times", place).unwrap_or(1.0) as usize;
            let weight = number("weights", place).unwrap_or(1.0);
            given.extend(vec![(ballot, weight); times]);
        }
        if given.is_empty() {
            assert_eq!(case["expected"]["base"], 0);
            assert!(case["expected"]["unweighted"].is_null());
            continue;
        }
        let (votes, weights) = weighted(items.len(), given);
        check(&mut comparison, &votes, &weights, &case["expected"]);
    }
    println!(
        "ranking.json, every rule    {:>5} figures, largest difference {:.0e}",
        comparison.figures, comparison.largest
    );
}
