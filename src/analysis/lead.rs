//! Whether the theme that comes first is ahead by more than chance.
//!
//! Everybody scores every theme, so that the lead over another theme is the mean of paired differences. It is tested
//! against nought by its standard error (normal, two-sided), and Holm's correction is over all other themes. The lead
//! holds when it is above chance over every other theme. With weights, the standard error of the mean difference is
//! linearised, from whole sums by stratum.

use serde::Serialize;

use super::{
    ballots::BallotTable,
    columns::{Ballot, Column},
    dataset::{Chunk, Dataset},
    filter::Selection,
    moments::Mean,
    parallel,
    placed::Placed,
    ranking::{Score, counted_at},
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

/// The groups that people were counted by: areas, or the kinds that weights tell apart.
pub(super) struct Groups<F> {
    pub(super) count: usize,
    /// The group of a row.
    pub(super) of: F,
    /// The group of people who live outside the place.
    pub(super) outside: usize,
}

/// The lead in the whole place; people who live outside are left out, as in its figures.
pub(super) fn of_themes(
    dataset: &Dataset,
    selection: &Selection,
    source: &Source,
    whole: &Tally,
    table: Option<&BallotTable>,
    groups: Groups<impl Fn(&Chunk, usize) -> usize + Sync>,
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
    let outside = groups.outside;
    let by_group = products(dataset, selection, source, leader, table, groups);
    let mut products = vec![0_i128; source.themes.len()];
    for (_, own) in by_group
        .iter()
        .enumerate()
        .filter(|(group, _)| *group != outside)
    {
        products
            .iter_mut()
            .zip(own)
            .for_each(|(all, own)| *all += own);
    }
    let chance = |slot: &usize| {
        let difference = sums[leader].0 - sums[*slot].0;
        let squares = sums[leader].1 + sums[*slot].1 - 2 * products[*slot];
        chance_of_mean(&Mean::from_sums(base.0, difference, squares, 1))
    };
    let chances: Vec<f64> = order[1..].iter().map(chance).collect();
    decide(source, &order, &chances)
}

/// The lead in the whole place by figures with weights, from what each kind of people said and the scores they gave each
/// theme.
pub(super) fn of_weighted_themes(
    dataset: &Dataset,
    selection: &Selection,
    source: &Source,
    (kinds, scores): (&[Tally], &[Vec<(i128, i128)>]),
    table: Option<&BallotTable>,
    weights: &Weights,
) -> Lead {
    let placed = Placed::new(dataset.schema().place());
    let over_kinds = |scores_of: &dyn Fn(usize) -> (i128, i128)| {
        let mut sums = ScoreSums::default();
        for (kind, tally) in kinds.iter().enumerate() {
            let (sum, squares) = scores_of(kind);
            sums.add(tally.base().0, placed.weight(kind, weights), sum, squares);
        }
        sums.mean()
    };
    let of = |kind: usize, slot: usize| scores[slot][kind];
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
    let by_kind = Groups {
        count: kinds.len(),
        of: |chunk: &Chunk, row: usize| placed.of(chunk, row),
        outside: placed.outside(),
    };
    let products = products(dataset, selection, source, leader, table, by_kind);
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

/// Group → theme → the sum, over people, of the leader's score times the theme's.
fn products(
    dataset: &Dataset,
    selection: &Selection,
    source: &Source,
    leader: usize,
    counted: Option<&BallotTable>,
    groups: Groups<impl Fn(&Chunk, usize) -> usize + Sync>,
) -> Vec<Vec<i128>> {
    let slots = source.themes.len();
    let Some(score) = source.measure.score() else {
        return products_of_money(dataset, selection, source, leader, groups);
    };
    if let Some(table) = counted {
        return products_of_table(table, score, source, leader);
    }
    let mut ranked = Vec::new();
    let mut products = vec![vec![0_i128; slots]; groups.count];
    selection.each_chunk(dataset, |chunk, part| {
        if let Column::Ranking { words, ballots } = &chunk.columns[source.column] {
            part.each(chunk.len(), |row| {
                let ballot = Ballot(&ballots[row * words..(row + 1) * words]);
                ballot.ranked(&mut ranked);
                let products = &mut products[(groups.of)(chunk, row)];
                of_ballot(&ranked, score, source, leader, |slot, product| match slot {
                    Some(slot) => products[slot] += i128::from(product),
                    None => products
                        .iter_mut()
                        .for_each(|own| *own += i128::from(product)),
                });
            });
        }
    });
    products
}

/// The same from ballots that are counted already.
fn products_of_table(
    table: &BallotTable,
    score: Score,
    source: &Source,
    leader: usize,
) -> Vec<Vec<i128>> {
    let (groups, slots) = (table.groups(), source.themes.len());
    // Scores are below 512 and counts below 2³², so that 64 bits hold any sum there can be.
    let mut of_all = vec![0_i64; groups];
    let mut of_slots = vec![0_i64; slots * groups];
    table.each(|ranked, counts| {
        of_ballot(ranked, score, source, leader, |slot, product| {
            let sums = match slot {
                Some(slot) => &mut of_slots[slot * groups..(slot + 1) * groups],
                None => &mut of_all,
            };
            let counts = sums.iter_mut().zip(counts);
            counts.for_each(|(sum, count)| *sum += product * i64::from(*count));
        });
    });
    let of_group = |group: usize| {
        let own = of_slots.iter().skip(group).step_by(groups);
        own.map(|sum| i128::from(*sum) + i128::from(of_all[group]))
            .collect()
    };
    (0..groups).map(of_group).collect()
}

/// Tells what one ballot adds: to all themes (none), and to each.
fn of_ballot(
    ranked: &[u8],
    score: Score,
    source: &Source,
    leader: usize,
    mut add: impl FnMut(Option<usize>, i64),
) {
    if ranked.is_empty() {
        return;
    }
    let left_out = score.left_out(ranked.len(), source.slots.len());
    let of_leader = (0..ranked.len())
        .find(|place| usize::from(source.slots[usize::from(ranked[*place])]) == leader)
        .map_or(left_out, |place| score.at(place));
    if of_leader == 0 {
        return;
    }
    // As if every theme were left out, and then a correction for those that are not.
    if left_out != 0 {
        add(None, of_leader * left_out);
    }
    for place in 0..ranked.len() {
        if let Some(slot) = counted_at(&source.slots, ranked, place) {
            add(Some(slot), of_leader * (score.at(place) - left_out));
        }
    }
}

/// The same of budgets: amounts in place of scores.
fn products_of_money(
    dataset: &Dataset,
    selection: &Selection,
    source: &Source,
    leader: usize,
    groups: Groups<impl Fn(&Chunk, usize) -> usize + Sync>,
) -> Vec<Vec<i128>> {
    let slots = source.themes.len();
    let products = parallel::scan(
        dataset,
        selection,
        || vec![0_u64; groups.count * slots],
        |products, chunk, part| {
            let Column::Budget { status, amounts } = &chunk.columns[source.column] else {
                return;
            };
            let amounts = source.amounts_by_slot(amounts);
            part.each(chunk.len(), |row| {
                if status[row] == ANSWERED {
                    let group = (groups.of)(chunk, row);
                    let own = u64::from(amounts[leader][row]);
                    let products = &mut products[group * slots..(group + 1) * slots];
                    for (product, amounts) in products.iter_mut().zip(&amounts) {
                        *product += own * u64::from(amounts[row]);
                    }
                }
            });
        },
        |all, part| {
            all.iter_mut()
                .zip(part)
                .for_each(|(all, part)| *all += part)
        },
    );
    let whole = |products: &[u64]| {
        products
            .iter()
            .map(|product| i128::from(*product))
            .collect()
    };
    products.chunks(slots).map(whole).collect()
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
