//! Whether the theme that comes first is ahead by more than chance.
//!
//! Everybody scores every theme, so that the lead over another theme is the mean of paired differences. It is tested
//! against nought by its standard error (normal, two-sided), and Holm's correction is over all other themes. The lead
//! holds when it is above chance over every other theme. With weights, the standard error of the mean difference is
//! linearised, from whole sums by stratum.

use serde::Serialize;

use super::{
    areas::AREA_OUTSIDE,
    columns::{Ballot, Column},
    dataset::{Chunk, Dataset},
    filter::Selection,
    moments::Mean,
    placed::Placed,
    ranking::{NO_SLOT, Score, seen_before, shares_slots, slot_at},
    schema::ANSWERED,
    share::{SMALL_BASE, Share},
    significance::{LEVEL, by_normal, holm},
    theme_source::{Source, Tally},
    weighted_moments::ScoreSums,
    weights::Weights,
};
use crate::survey::ids::ThemeKey;

/// What can be said about the first theme.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "lead", rename_all = "snake_case")]
pub enum Lead {
    /// It is ahead of every other theme.
    Holds {
        /// The theme.
        theme: ThemeKey,
        /// The largest corrected probability over the other themes; none, when there is only one theme.
        p_holm: Option<f64>,
    },
    /// It can't be told from some others.
    Unclear {
        /// The theme with the best figure, then those it can't be told from, best first.
        themes: Vec<ThemeKey>,
    },
    /// Too few people answered to say.
    TooFew,
    /// Nobody answered.
    Nobody,
}

/// The lead in the whole place; people who live outside are left out, as in its figures.
pub(super) fn of_themes(
    dataset: &Dataset,
    selection: &Selection,
    source: &Source,
    whole: &Tally,
) -> Lead {
    let base = whole.base();
    if base.0 == 0 {
        return Lead::Nobody;
    }
    if base.is_small() {
        return Lead::TooFew;
    }
    let sign = if source.measure.low_score_is_more() {
        -1
    } else {
        1
    };
    let sums: Vec<(i128, i128)> = (0..source.themes.len())
        .map(|slot| whole.sums(slot, source.measure))
        .collect();
    let mut order: Vec<usize> = (0..sums.len()).collect();
    order.sort_by_key(|slot| -sign * sums[*slot].0);
    let leader = order[0];
    let inside = |chunk: &Chunk, row: usize| (chunk.area[row] != AREA_OUTSIDE).then_some(0);
    let products = products(dataset, selection, source, leader, 1, inside).remove(0);
    let chance = |slot: &usize| {
        let difference = sums[leader].0 - sums[*slot].0;
        let squares = sums[leader].1 + sums[*slot].1 - 2 * products[*slot];
        chance_of_mean(&Mean::from_sums(base.0, difference, squares, 1))
    };
    let chances: Vec<f64> = order[1..].iter().map(chance).collect();
    decide(source, &order, &chances)
}

/// The lead in the whole place by figures with weights, from what each kind of people said.
pub(super) fn of_weighted_themes(
    dataset: &Dataset,
    selection: &Selection,
    source: &Source,
    kinds: &[Tally],
    weights: &Weights,
) -> Lead {
    let placed = Placed::new(dataset.schema().place());
    let over_kinds = |scores: &dyn Fn(usize) -> (i128, i128)| {
        let mut sums = ScoreSums::default();
        for (kind, tally) in kinds.iter().enumerate() {
            let (sum, squares) = scores(kind);
            sums.add(tally.base().0, placed.weight(kind, weights), sum, squares);
        }
        sums.mean()
    };
    let of = |kind: usize, slot: usize| kinds[kind].sums(slot, source.measure);
    let means: Vec<f64> = (0..source.themes.len())
        .map(|slot| over_kinds(&|kind| of(kind, slot)).mean.unwrap_or(0.0))
        .collect();
    let base = over_kinds(&|_| (0, 0)).base;
    match base.effective() {
        None => return Lead::Nobody,
        Some(effective) if effective < f64::from(SMALL_BASE) => return Lead::TooFew,
        Some(_) => {}
    }
    let sign = if source.measure.low_score_is_more() {
        1.0
    } else {
        -1.0
    };
    let mut order: Vec<usize> = (0..means.len()).collect();
    order.sort_by(|one, other| (sign * means[*one]).total_cmp(&(sign * means[*other])));
    let leader = order[0];
    let kind = |chunk: &Chunk, row: usize| Some(placed.of(chunk, row));
    let products = products(dataset, selection, source, leader, kinds.len(), kind);
    let chance = |slot: &usize| {
        let difference = over_kinds(&|kind| {
            let (own, other) = (of(kind, leader), of(kind, *slot));
            let product = products[kind][*slot];
            (own.0 - other.0, own.1 + other.1 - 2 * product)
        });
        chance_of(difference.mean, difference.se)
    };
    let chances: Vec<f64> = order[1..].iter().map(chance).collect();
    decide(source, &order, &chances)
}

/// From the themes, best first, and how likely by chance the first one's lead over each other is.
fn decide(source: &Source, order: &[usize], chances: &[f64]) -> Lead {
    let (leader, others) = (order[0], &order[1..]);
    let chances: Vec<Option<f64>> = chances.iter().copied().map(Some).collect();
    let corrected = holm(&chances);
    let tied = others
        .iter()
        .zip(&corrected)
        .filter(|(_, p)| p.is_none_or(|p| p >= LEVEL));
    let mut themes = vec![source.themes[leader].clone()];
    themes.extend(tied.map(|(slot, _)| source.themes[*slot].clone()));
    if themes.len() > 1 {
        return Lead::Unclear { themes };
    }
    let p_holm = corrected.iter().flatten().copied().reduce(f64::max);
    Lead::Holds {
        theme: source.themes[leader].clone(),
        p_holm,
    }
}

/// Group → theme → the sum, over people, of the leader's score times the theme's; people without a group are left out.
fn products(
    dataset: &Dataset,
    selection: &Selection,
    source: &Source,
    leader: usize,
    group_count: usize,
    group_of: impl Fn(&Chunk, usize) -> Option<usize>,
) -> Vec<Vec<i128>> {
    let mut products = vec![vec![0_i128; source.themes.len()]; group_count];
    let shared = shares_slots(&source.slots);
    selection.each_chunk(dataset, |chunk, part| {
        let group = |row: usize| group_of(chunk, row);
        match (&chunk.columns[source.column], source.measure.score()) {
            (Column::Ranking { words, ballots }, Some(score)) => part.each(chunk.len(), |row| {
                if let Some(group) = group(row) {
                    let ballot = Ballot(&ballots[row * words..(row + 1) * words]);
                    add_ballot(&mut products[group], ballot, score, source, leader, shared);
                }
            }),
            (Column::Budget { status, amounts }, None) => {
                let sum = |columns: &[&[u16]], row: usize| -> u64 {
                    columns.iter().map(|cells| u64::from(cells[row])).sum()
                };
                let own = source.columns_of(leader, amounts);
                for (slot, _) in source.themes.iter().enumerate() {
                    let other = source.columns_of(slot, amounts);
                    part.each(chunk.len(), |row| {
                        if let Some(group) = group(row).filter(|_| status[row] == ANSWERED) {
                            products[group][slot] += i128::from(sum(&own, row) * sum(&other, row));
                        }
                    });
                }
            }
            _ => {}
        }
    });
    products
}

fn add_ballot(
    products: &mut [i128],
    ballot: Ballot<'_>,
    score: Score,
    source: &Source,
    leader: usize,
    shared: bool,
) {
    let length = ballot.len();
    if length == 0 {
        return;
    }
    let left_out = score.left_out(length, source.slots.len());
    let of_leader = (0..length)
        .find(|place| usize::from(slot_at(&source.slots, ballot, *place)) == leader)
        .map_or(left_out, |place| score.at(place));
    if of_leader == 0 {
        return;
    }
    // As if every theme were left out, and then a correction for those that are not.
    if left_out != 0 {
        products
            .iter_mut()
            .for_each(|product| *product += i128::from(of_leader * left_out));
    }
    for place in 0..length {
        let slot = slot_at(&source.slots, ballot, place);
        if slot != NO_SLOT && !(shared && seen_before(&source.slots, ballot, place, slot)) {
            products[usize::from(slot)] += i128::from(of_leader * (score.at(place) - left_out));
        }
    }
}

/// The same by figures with weights; none, where shares have none.
#[must_use]
pub fn of_weighted_choices(shares: &[Share]) -> Option<usize> {
    let weighted: Option<Vec<_>> = shares.iter().map(|share| share.weighted).collect();
    let weighted = weighted?;
    let leader = (0..weighted.len()).max_by(|one, other| {
        weighted[*one]
            .chosen
            .sum
            .total_cmp(&weighted[*other].chosen.sum)
    })?;
    let own = weighted[leader];
    let others = weighted
        .iter()
        .enumerate()
        .filter(|(choice, _)| *choice != leader);
    let chances: Vec<Option<f64>> = others
        .map(|(_, other)| {
            let (n, all) = (f64::from(own.base.responses), own.base.sum);
            let mean = (own.chosen.sum - other.chosen.sum) / all;
            let apart = own.base.squares - own.chosen.squares - other.chosen.squares;
            let about = own.chosen.squares * (1.0 - mean).powi(2)
                + other.chosen.squares * (1.0 + mean).powi(2)
                + apart.max(0.0) * mean * mean;
            let se = (n > 1.0).then(|| (n / (n - 1.0) * about).sqrt() / all);
            Some(chance_of((all > 0.0).then_some(mean), se))
        })
        .collect();
    holm(&chances)
        .iter()
        .flatten()
        .all(|p| *p < LEVEL)
        .then_some(leader)
}

/// The choice given more often than every other, where that survives correction; everybody gave exactly one.
#[must_use]
pub fn of_choices(shares: &[Share]) -> Option<usize> {
    let leader = (0..shares.len()).max_by_key(|choice| shares[*choice].count)?;
    let own = shares[leader];
    let chance = |other: &Share| {
        // The paired difference is 1 for those who gave the leader, −1 for the other, else 0.
        let difference = i128::from(own.count) - i128::from(other.count);
        let squares = i128::from(own.count) + i128::from(other.count);
        chance_of_mean(&Mean::from_sums(own.base.0, difference, squares, 1))
    };
    let others = shares
        .iter()
        .enumerate()
        .filter(|(choice, _)| *choice != leader);
    let chances: Vec<Option<f64>> = others.map(|(_, other)| Some(chance(other))).collect();
    holm(&chances)
        .iter()
        .flatten()
        .all(|p| *p < LEVEL)
        .then_some(leader)
}

/// The probability by chance of a mean difference from nought.
fn chance_of_mean(difference: &Mean) -> f64 {
    chance_of(difference.mean, difference.se)
}

fn chance_of(mean: Option<f64>, se: Option<f64>) -> f64 {
    match (mean, se) {
        (Some(mean), Some(se)) if se > 0.0 => by_normal(mean / se).p,
        // Everybody is of one mind.
        (Some(mean), _) if mean != 0.0 => 0.0,
        _ => 1.0,
    }
}
