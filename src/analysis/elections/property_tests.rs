//! What must hold of any ballots.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::analysis::strata::UNKNOWN;

const ITEMS: usize = 5;

/// Ballots of some items, each with how many gave it.
fn ballots() -> impl Strategy<Value = Vec<(Vec<u8>, u32)>> {
    let order = Just((0..ITEMS as u8).collect::<Vec<u8>>()).prop_shuffle();
    let ballot = (order, 1..=ITEMS, 1_u32..6).prop_map(|(mut order, length, count)| {
        order.truncate(length);
        (order, count)
    });
    prop::collection::vec(ballot, 1..12)
}

fn votes(ballots: &[(Vec<u8>, u32)]) -> Votes {
    let each = ballots.iter().cloned();
    Votes::from_ballots(ITEMS, each.map(|(ballot, count)| (ballot, UNKNOWN, count)))
}

/// The least cost over every order, by trying each.
fn least_cost(pairwise: &Pairwise, placed: &mut Vec<usize>) -> f64 {
    if placed.len() == ITEMS {
        let pairs =
            (0..ITEMS).flat_map(|place| (place + 1..ITEMS).map(move |below| (place, below)));
        return pairs
            .map(|(place, below)| pairwise.above(placed[below], placed[place]))
            .sum();
    }
    let mut least = f64::INFINITY;
    for item in 0..ITEMS {
        if !placed.contains(&item) {
            placed.push(item);
            least = least.min(least_cost(pairwise, placed));
            placed.pop();
        }
    }
    least
}

fn orders(election: &Election) -> Vec<Option<Order>> {
    Rule::ALL
        .into_iter()
        .map(|rule| election.order(rule))
        .collect()
}

proptest! {
    #[test]
    fn a_condorcet_winner_is_first_under_schulze_and_kemeny(ballots in ballots()) {
        let election = Election::of(&votes(&ballots), None);
        if let Some(winner) = election.condorcet_winner {
            prop_assert_eq!(election.first(Rule::Schulze), Some(winner));
            prop_assert_eq!(election.first(Rule::Kemeny), Some(winner));
        }
    }

    #[test]
    fn kemeny_finds_the_least_cost_of_all_orders(ballots in ballots()) {
        let election = Election::of(&votes(&ballots), None);
        let kemeny = election.kemeny.as_ref().unwrap();
        prop_assert_eq!(kemeny.cost, least_cost(&election.pairwise, &mut Vec::new()));
        prop_assert!(kemeny.all_optimal.contains(&kemeny.order));
    }

    #[test]
    fn giving_every_ballot_twice_changes_no_order(ballots in ballots()) {
        let twice: Vec<_> = ballots.iter().map(|(ballot, count)| (ballot.clone(), count * 2)).collect();
        let (once, twice) = (votes(&ballots), votes(&twice));
        prop_assert_eq!(orders(&Election::of(&once, None)), orders(&Election::of(&twice, None)));
    }

    #[test]
    fn weights_of_one_equal_none(ballots in ballots()) {
        let votes = votes(&ballots);
        let ones = Weights::by_stratum(vec![1.0; 4]);
        prop_assert_eq!(Election::of(&votes, None), Election::of(&votes, Some(&ones)));
    }

    #[test]
    fn naming_items_otherwise_names_results_otherwise(ballots in ballots(), names in Just((0..ITEMS as u8).collect::<Vec<u8>>()).prop_shuffle()) {
        let renamed: Vec<_> = ballots
            .iter()
            .map(|(ballot, count)| (ballot.iter().map(|item| names[usize::from(*item)]).collect(), *count))
            .collect();
        let (own, other) = (Election::of(&votes(&ballots), None), Election::of(&votes(&renamed), None));
        let rename = |item: usize| usize::from(names[item]);
        for rule in [Rule::TopThree, Rule::First, Rule::Borda, Rule::Condorcet, Rule::Schulze] {
            let expected = own.order(rule).map(|order| {
                order
                    .iter()
                    .map(|group| {
                        let mut group: Vec<usize> = group.iter().map(|item| rename(*item)).collect();
                        group.sort_unstable();
                        group
                    })
                    .collect::<Order>()
            });
            prop_assert_eq!(expected, other.order(rule));
        }
        prop_assert_eq!(own.first(Rule::Kemeny).map(rename), other.first(Rule::Kemeny));
        let (own, other) = (own.kemeny.unwrap(), other.kemeny.unwrap());
        prop_assert_eq!((own.cost, own.optimal_orders), (other.cost, other.optimal_orders));
    }
}

proptest! {
    // A thousand resamples each.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn whoever_is_first_beyond_doubt_stays_first(others in ballots()) {
        let mut ballots: Vec<_> = others.into_iter().map(|(ballot, _)| (ballot, 1)).collect();
        ballots.push((vec![3, 1, 2], 5000));
        let votes = votes(&ballots);
        let election = Election::of(&votes, None);
        let robustness = robustness(&votes, None, &election).unwrap();
        prop_assert_eq!(election.top_priority(), Some(3));
        for rule in Rule::ALL.into_iter().filter(|rule| *rule != Rule::TopThree) {
            prop_assert_eq!(robustness.share(rule, 3), Some(1.0));
        }
    }
}

#[test]
fn two_that_are_as_good_stay_first_about_half_the_time() {
    let votes = votes(&[(vec![0, 1], 500), (vec![1, 0], 500)]);
    let election = Election::of(&votes, None);
    assert_eq!(election.first(Rule::Borda), None);
    let found = robustness(&votes, None, &election).unwrap();
    assert_eq!(found.resamples, RESAMPLES);
    for rule in [
        Rule::First,
        Rule::Borda,
        Rule::Condorcet,
        Rule::Schulze,
        Rule::Kemeny,
    ] {
        let share = found.share(rule, 0).unwrap();
        assert!((share - 0.49).abs() < 0.07, "{rule:?}: {share}");
    }
    assert_eq!(
        Some(found),
        robustness(&votes, None, &election),
        "drawn alike"
    );
}

#[test]
fn nobody_has_no_order_and_nothing_to_draw() {
    let votes = votes(&[]);
    let election = Election::of(&votes, None);
    for rule in Rule::ALL {
        assert_eq!(election.order(rule), None);
        assert_eq!(election.first(rule), None);
    }
    assert_eq!(election.top_priority(), None);
    assert_eq!(robustness(&votes, None, &election), None);
}

#[test]
fn kemeny_is_not_computed_where_too_many_chase_each_other() {
    let circle = |items: usize| {
        let mut above = vec![1.0; items * items];
        for one in 0..items {
            above[one * items + (one + 1) % items] = 2.0;
        }
        Pairwise::of_matrix(items, above)
    };
    assert_eq!(Kemeny::of(&circle(MOST_KEMENY + 1)), None);
    assert!(Kemeny::of(&circle(6)).is_some());
    // A winner before the circle costs nothing more.
    let mut above = vec![1.0; 49];
    above[1..7].fill(3.0);
    let six = circle(6);
    for one in 0..6 {
        for other in 0..6 {
            above[(one + 1) * 7 + other + 1] = six.above(one, other);
        }
    }
    assert_eq!(
        Kemeny::of(&Pairwise::of_matrix(7, above)).unwrap().first,
        Some(0)
    );
}
