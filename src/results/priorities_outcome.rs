//! What stands on the page of priorities: every rule's order, how far its top is chance, and what goes with satisfaction.

use serde::Serialize;

use super::{snapshot::Snapshot, weights::WeightsShown};
use crate::{
    analysis::{
        elections::{
            Agreement, Election, ItemScore, Order, Robustness, Rule, Runoff, Votes, robustness,
        },
        filter::Selection,
        importance::{ImportancePerformance, importance},
        schema::{Layout, OptionSpec},
        share::Base,
        themes::Unmeasured,
        weights::Weights,
    },
    survey::ids::{Code, QuestionKey, ThemeKey},
};

/// The priorities of the whole place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrioritiesOutcome {
    /// Why there is no ranking, where there is none.
    pub unmeasured: Option<Unmeasured>,
    /// What the ballots say, everybody counting once; left out where figures with weights alone are asked for and there are
    /// weights.
    pub ranking: Option<RankingOutcome>,
    /// The same with weights, where they are asked for and there are any.
    pub weighted_ranking: Option<RankingOutcome>,
    /// Importance and performance, where the survey asks for ratings.
    pub importance: Option<ImportancePerformance>,
}

/// What ballots say by every rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RankingOutcome {
    /// The question.
    pub question: QuestionKey,
    /// Who ranked at least one item.
    pub base: Base,
    /// Whether that is a small base, which is not ranked.
    pub small: bool,
    /// The sum of their weights; the base itself without weights.
    pub weighted_base: f64,
    /// What they are worth as a simple random sample.
    pub effective_base: Option<f64>,
    /// Length from 1 → ballots.
    pub lengths: Vec<u32>,
    /// The items in the order of the list.
    pub items: Vec<RankedItemOutcome>,
    /// Every rule; none for a small base.
    pub rules: Vec<RuleOutcome>,
    /// Each item against each other.
    pub pairs: Vec<PairOutcome>,
    /// The instant run-off, round by round; items are places in the list.
    pub runoff: Option<Runoff>,
    /// Kemeny's least cost, and how many orders have it.
    pub kemeny: Option<KemenyOutcome>,
    /// How far people agree.
    pub agreement: Option<Agreement>,
    /// How robust the top priority is.
    pub robustness: Option<RobustnessOutcome>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RankedItemOutcome {
    /// The item.
    pub code: Code,
    /// The theme it is about.
    pub theme: Option<ThemeKey>,
    /// Its figures.
    #[serde(flatten)]
    pub score: ItemScore,
}

/// One rule's order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleOutcome {
    /// The rule.
    pub rule: Rule,
    /// Its order, best first, ties together; Condorcet's is the winner alone; none, where it gives none.
    pub order: Option<Vec<Vec<Code>>>,
    /// The item first alone.
    pub first: Option<Code>,
}

/// Two items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairOutcome {
    /// One item.
    pub one: Code,
    /// The other.
    pub other: Code,
    /// Who put the one above the other (or the sum of their weights).
    pub above: f64,
    /// Who put it below.
    pub below: f64,
}

/// Kemeny's order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KemenyOutcome {
    /// Disagreements, two items at a time.
    pub cost: f64,
    /// How many orders have no more.
    pub optimal_orders: u64,
}

/// How robust the top priority is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RobustnessOutcome {
    /// The top priority: first by the most rules, then with the most Borda points.
    pub top: Code,
    /// The rules by which it is first alone.
    pub first_by: Vec<Rule>,
    /// The rules by which something else is first alone, or nothing is.
    pub not_first_by: Vec<Rule>,
    /// The rules that every resample was counted by; Kemeny's may be missing.
    pub drawn_by: Vec<Rule>,
    /// How many resamples were drawn.
    pub resamples: u32,
    /// What the random numbers began with; made of the ballots, so that the same ballots give the same figures.
    pub seed: u64,
    /// Rule → the share of resamples in which each item is first alone; items that never are, are left out.
    pub stays: Vec<StaysOutcome>,
}

/// How often an item is first by a rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StaysOutcome {
    /// The rule.
    pub rule: Rule,
    /// The item.
    pub code: Code,
    /// The share of resamples in which it is first alone.
    pub share: f64,
}

impl RobustnessOutcome {
    /// The share of resamples in which the top priority is first alone by a rule.
    #[must_use]
    pub fn of_top(&self, rule: Rule) -> Option<f64> {
        let is_computed = self.drawn_by.contains(&rule);
        let own = self
            .stays
            .iter()
            .find(|stays| stays.rule == rule && stays.code == self.top);
        own.map(|stays| stays.share).or(is_computed.then_some(0.0))
    }
}

/// The priorities of the selected responses.
pub(super) fn priorities(
    snapshot: &Snapshot,
    selection: &Selection,
    shown: WeightsShown,
) -> PrioritiesOutcome {
    let weighting = shown
        .asks_for_weights()
        .then(|| snapshot.weights().ok())
        .flatten();
    let weights = weighting.map(|weighting| &weighting.weights);
    let dataset = &snapshot.dataset;
    let schema = dataset.schema();
    let column = schema.roles().priorities;
    let spec = column.and_then(|column| Some((column, schema.questions().get(column)?)));
    let rankings = spec.and_then(|(column, spec)| {
        let Layout::Ranking { items, .. } = &spec.layout else {
            return None;
        };
        let votes = Votes::count(dataset, selection, column)?;
        let of = |weights| ranked(spec.key.clone(), items.list(), &votes, weights);
        let is_weighted_alone = shown == WeightsShown::Weighted && weights.is_some();
        Some((
            (!is_weighted_alone).then(|| of(None)),
            weights.map(|weights| of(Some(weights))),
        ))
    });
    let unmeasured = rankings.is_none().then_some(Unmeasured::NoRanking);
    let (ranking, weighted_ranking) = rankings.unwrap_or_default();
    PrioritiesOutcome {
        unmeasured,
        ranking,
        weighted_ranking,
        importance: importance(dataset, selection, weights),
    }
}

fn ranked(
    question: QuestionKey,
    items: &[OptionSpec],
    votes: &Votes,
    weights: Option<&Weights>,
) -> RankingOutcome {
    let election = Election::of(votes, weights);
    let base = Base(election.base);
    let small = base.is_small();
    let code = |item: usize| items[item].code.clone();
    let codes = |order: Order| -> Vec<Vec<Code>> {
        let group = |group: Vec<usize>| group.into_iter().map(code).collect();
        order.into_iter().map(group).collect()
    };
    let rules = Rule::ALL.into_iter().filter(|_| !small);
    let drawn = (!small)
        .then(|| robustness(votes, weights, &election))
        .flatten();
    let pairs =
        (0..items.len()).flat_map(|one| (one + 1..items.len()).map(move |other| (one, other)));
    RankingOutcome {
        question,
        base,
        small,
        weighted_base: election.weighted_base,
        effective_base: election.effective_base,
        lengths: election.lengths.clone(),
        items: items
            .iter()
            .zip(&election.scores)
            .map(|(item, score)| RankedItemOutcome {
                code: item.code.clone(),
                theme: item.theme.clone(),
                score: *score,
            })
            .collect(),
        rules: rules
            .map(|rule| RuleOutcome {
                rule,
                order: election.order(rule).map(codes),
                first: election.first(rule).map(code),
            })
            .collect(),
        pairs: pairs
            .map(|(one, other)| PairOutcome {
                one: code(one),
                other: code(other),
                above: election.pairwise.above(one, other),
                below: election.pairwise.above(other, one),
            })
            .collect(),
        kemeny: election.kemeny.as_ref().map(|kemeny| KemenyOutcome {
            cost: kemeny.cost,
            optimal_orders: kemeny.optimal_orders,
        }),
        agreement: election.agreement,
        robustness: drawn.and_then(|drawn| robust(&election, &drawn, &code)),
        runoff: (base.0 > 0).then_some(election.runoff),
    }
}

fn robust(
    election: &Election,
    drawn: &Robustness,
    code: &dyn Fn(usize) -> Code,
) -> Option<RobustnessOutcome> {
    let top = election.top_priority()?;
    let (first_by, not_first_by) = Rule::ALL
        .into_iter()
        .filter(|rule| *rule != Rule::Kemeny || election.kemeny.is_some())
        .partition(|rule| election.first(*rule) == Some(top));
    let mut stays = Vec::new();
    for rule in &drawn.rules {
        let mut items: Vec<usize> = (0..election.scores.len()).collect();
        let share = |item: usize| drawn.share(rule.rule, item).unwrap_or_default();
        items.retain(|item| share(*item) > 0.0);
        items.sort_by(|one, other| share(*other).total_cmp(&share(*one)));
        stays.extend(items.into_iter().map(|item| StaysOutcome {
            rule: rule.rule,
            code: code(item),
            share: share(item),
        }));
    }
    Some(RobustnessOutcome {
        top: code(top),
        first_by,
        not_first_by,
        drawn_by: drawn
            .rules
            .iter()
            .filter(|rule| rule.times.is_some())
            .map(|rule| rule.rule)
            .collect(),
        resamples: drawn.resamples,
        seed: drawn.seed,
        stays,
    })
}
