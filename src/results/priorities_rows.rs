//! Priorities by every rule as a table.

use super::{
    priorities_outcome::{PrioritiesOutcome, RankingOutcome},
    rows::{Cell, ends},
};
use crate::analysis::{
    importance::{ImportancePerformance, Quadrant},
    share::Interval,
};

/// The columns. `figure` says what a row is; `other` is the item compared with, or a quadrant; `rank` is also a round.
pub(super) const PRIORITIES: &[&str] = &[
    "weights", "figure", "rule", "item", "other", "rank", "value", "base", "low", "high",
];

pub(super) fn priority_rows(priorities: &PrioritiesOutcome) -> Vec<Vec<Cell>> {
    let mut rows = Lines {
        weights: "raw",
        rows: Vec::new(),
    };
    let rankings = [
        ("raw", &priorities.ranking),
        ("weighted", &priorities.weighted_ranking),
    ];
    for (weights, ranking) in rankings {
        rows.weights = weights;
        if let Some(ranking) = ranking {
            rows.items(ranking);
            rows.rules(ranking);
            rows.pairs(ranking);
            rows.whole(ranking);
        }
    }
    rows.weights = "raw";
    if let Some(importance) = &priorities.importance {
        rows.importance(importance);
    }
    rows.rows
}

struct Lines {
    /// Whether what is added has weights.
    weights: &'static str,
    rows: Vec<Vec<Cell>>,
}

/// One row.
#[derive(Default)]
struct Line<'a> {
    rule: Option<&'a str>,
    item: Option<&'a str>,
    other: Option<&'a str>,
    rank: Option<u32>,
    value: Option<f64>,
    base: Option<u32>,
    interval: Option<Interval>,
}

impl Lines {
    fn add(&mut self, figure: &str, line: Line<'_>) {
        let (low, high) = ends(line.interval);
        self.rows.push(vec![
            self.weights.into(),
            figure.into(),
            line.rule.into(),
            line.item.into(),
            line.other.into(),
            line.rank.into(),
            line.value.into(),
            line.base.into(),
            low,
            high,
        ]);
    }

    fn items(&mut self, ranking: &RankingOutcome) {
        let base = Some(ranking.base.0);
        for item in &ranking.items {
            let score = &item.score;
            let figures = [
                ("first", score.first_share, score.first_interval),
                ("top3", score.top_three_share, score.top_three_interval),
                ("borda", score.borda.mean, score.borda.interval),
                ("borda_se", score.borda.se, None),
                ("borda_sum", Some(score.borda_sum), None),
                ("mean_rank", score.mean_rank, None),
                ("mean_rank_when_ranked", score.mean_rank_when_ranked, None),
                ("ranked_by", Some(score.ranked), None),
            ];
            for (figure, value, interval) in figures {
                let line = Line {
                    item: Some(item.code.as_str()),
                    value,
                    base,
                    interval,
                    ..Line::default()
                };
                self.add(figure, line);
            }
        }
    }

    fn rules(&mut self, ranking: &RankingOutcome) {
        for rule in &ranking.rules {
            let mut rank = 1;
            for group in rule.order.iter().flatten() {
                for item in group {
                    let line = Line {
                        rule: Some(rule.rule.word()),
                        item: Some(item.as_str()),
                        rank: Some(rank),
                        ..Line::default()
                    };
                    self.add("order", line);
                }
                rank += u32::try_from(group.len()).unwrap_or(u32::MAX);
            }
        }
        if let Some(robustness) = &ranking.robustness {
            for stays in &robustness.stays {
                let line = Line {
                    rule: Some(stays.rule.word()),
                    item: Some(stays.code.as_str()),
                    value: Some(stays.share),
                    base: Some(robustness.resamples),
                    ..Line::default()
                };
                self.add("stays_first", line);
            }
        }
    }

    fn pairs(&mut self, ranking: &RankingOutcome) {
        for pair in &ranking.pairs {
            for (item, other, value) in [
                (&pair.one, &pair.other, pair.above),
                (&pair.other, &pair.one, pair.below),
            ] {
                let line = Line {
                    item: Some(item.as_str()),
                    other: Some(other.as_str()),
                    value: Some(value),
                    base: Some(ranking.base.0),
                    ..Line::default()
                };
                self.add("above", line);
            }
        }
    }

    fn whole(&mut self, ranking: &RankingOutcome) {
        for (round, number) in ranking
            .runoff
            .iter()
            .flat_map(|runoff| &runoff.rounds)
            .zip(1..)
        {
            for (item, votes) in ranking.items.iter().zip(&round.votes) {
                if votes.is_some() {
                    let line = Line {
                        item: Some(item.code.as_str()),
                        rank: Some(number),
                        value: *votes,
                        ..Line::default()
                    };
                    self.add("runoff_votes", line);
                }
            }
            let line = Line {
                rank: Some(number),
                value: Some(round.exhausted),
                ..Line::default()
            };
            self.add("runoff_exhausted", line);
        }
        let agreement = ranking.agreement;
        let kemeny = ranking.kemeny.as_ref();
        let figures = [
            ("kendall_w", agreement.map(|agreement| agreement.w)),
            (
                "kendall_chi_square",
                agreement.map(|agreement| agreement.chi_square),
            ),
            (
                "kendall_df",
                agreement.map(|agreement| f64::from(agreement.df)),
            ),
            ("kendall_p", agreement.map(|agreement| agreement.p)),
            ("kemeny_cost", kemeny.map(|kemeny| kemeny.cost)),
            (
                "kemeny_optimal_orders",
                kemeny.map(|kemeny| kemeny.optimal_orders as f64),
            ),
        ];
        for (figure, value) in figures {
            let line = Line {
                value,
                base: Some(ranking.base.0),
                ..Line::default()
            };
            self.add(figure, line);
        }
    }

    fn importance(&mut self, importance: &ImportancePerformance) {
        for theme in &importance.themes {
            let item = Some(theme.code.as_str());
            let performance = Line {
                item,
                other: theme.quadrant.map(quadrant),
                value: theme.performance.mean,
                base: Some(theme.performance.base.0),
                interval: theme.performance.interval,
                ..Line::default()
            };
            self.add("performance", performance);
            if theme.weighted_performance.is_some() {
                let weighted = Line {
                    item,
                    value: theme.weighted_performance,
                    ..Line::default()
                };
                self.add("weighted_performance", weighted);
            }
            let of_pairs = [
                ("importance", theme.importance.map(|found| found.rho)),
                ("importance_p", theme.importance.map(|found| found.p)),
            ];
            for (figure, value) in of_pairs {
                let line = Line {
                    item,
                    value,
                    base: Some(theme.pairs.0),
                    ..Line::default()
                };
                self.add(figure, line);
            }
        }
    }
}

fn quadrant(quadrant: Quadrant) -> &'static str {
    match quadrant {
        Quadrant::ConcentrateHere => "concentrate_here",
        Quadrant::KeepUp => "keep_up",
        Quadrant::LowPriority => "low_priority",
        Quadrant::PossibleOverkill => "possible_overkill",
    }
}
