//! Where themes stand: their ranks in each column, and whether a column differs from the rest of the place.

use serde::Serialize;

use super::{
    measure::{Figure, Measure},
    share::SMALL_BASE,
    significance::{
        LEVEL, Test, holm, two_means, two_proportions, two_weighted_means, two_weighted_proportions,
    },
    weights::WeightedBase,
};

/// Whether a theme is wanted more or less than elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Wanted more.
    More,
    /// Wanted less.
    Less,
}

/// How a group of areas compares with the rest of the place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Difference {
    /// The same figure for all other groups together.
    pub rest: Figure,
    /// The test of the two; none for small bases.
    pub test: Option<Test>,
    /// Its probability after Holm's correction over the whole table.
    pub p_holm: Option<f64>,
    /// Which way it differs, where that survives the correction.
    pub mark: Option<Direction>,
}

/// Where a theme stands in one column, by figures without weights or with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Standing {
    /// Its place among all themes, 1 the most wanted; none for small bases.
    pub rank: Option<u32>,
    /// How many places higher it stands here than in the whole place.
    pub rank_change: Option<i32>,
    /// How it compares with the rest of the place.
    pub difference: Option<Difference>,
}

/// A figure, and the same of all other groups together.
#[derive(Clone, Copy)]
pub(super) struct Compared {
    pub(super) own: Figure,
    pub(super) rest: Option<Figure>,
}

pub(super) fn value_of(figure: &Figure, with_weights: bool) -> Option<f64> {
    if with_weights {
        figure.weighted_value()
    } else {
        figure.value()
    }
}

pub(super) fn is_small(figure: &Figure, with_weights: bool) -> bool {
    if with_weights {
        let effective = figure.weighted_base().and_then(WeightedBase::effective);
        effective.is_none_or(|effective| effective < f64::from(SMALL_BASE))
    } else {
        figure.base().is_small()
    }
}

fn compare(one: &Figure, other: &Figure, with_weights: bool) -> Option<Test> {
    match (one, other) {
        (Figure::Share(one), Figure::Share(other)) if with_weights => {
            two_weighted_proportions(one.weighted?, other.weighted?)
        }
        (Figure::Mean(one), Figure::Mean(other)) if with_weights => {
            two_weighted_means(&one.weighted?, &other.weighted?)
        }
        (Figure::Share(one), Figure::Share(other)) => two_proportions(*one, *other),
        (Figure::Mean(one), Figure::Mean(other)) => two_means(one, other),
        _ => None,
    }
}

/// Where each theme stands in each column, and how many cells were tested.
pub(super) fn standings(
    figures: &[Vec<Compared>],
    measure: Measure,
    with_weights: bool,
) -> (Vec<Vec<Standing>>, usize) {
    let differ = |compared: &Compared| {
        let difference = compared.rest.map(|rest| Difference {
            rest,
            test: (!is_small(&compared.own, with_weights))
                .then(|| compare(&compared.own, &rest, with_weights))
                .flatten(),
            p_holm: None,
            mark: None,
        });
        Standing {
            difference,
            ..Standing::default()
        }
    };
    let mut standings: Vec<Vec<Standing>> = figures
        .iter()
        .map(|row| row.iter().map(differ).collect())
        .collect();
    let tests = correct(&mut standings, measure);
    rank(&mut standings, figures, measure, with_weights);
    (standings, tests)
}

/// Corrects all tests of the table together; returns how many there are.
fn correct(standings: &mut [Vec<Standing>], measure: Measure) -> usize {
    let tests: Vec<Option<f64>> = standings
        .iter()
        .flatten()
        .filter_map(|standing| standing.difference.as_ref())
        .map(|difference| difference.test.map(|test| test.p))
        .collect();
    let corrected = holm(&tests);
    let differences = standings
        .iter_mut()
        .flatten()
        .filter_map(|standing| standing.difference.as_mut());
    for (difference, p) in differences.zip(&corrected) {
        difference.p_holm = *p;
        difference.mark = p.filter(|p| *p < LEVEL).and(difference.test).map(|test| {
            if (test.statistic > 0.0) == measure.low_is_more() {
                Direction::Less
            } else {
                Direction::More
            }
        });
    }
    corrected.iter().flatten().count()
}

/// Ranks the themes in each column whose base is not small; figures closer than 1e-9 share a rank.
fn rank(
    standings: &mut [Vec<Standing>],
    figures: &[Vec<Compared>],
    measure: Measure,
    with_weights: bool,
) {
    let columns = figures.first().map_or(0, Vec::len);
    for column in 0..columns {
        if is_small(&figures[0][column].own, with_weights) {
            continue;
        }
        let wanted = |row: &Vec<Compared>| {
            let value = value_of(&row[column].own, with_weights)?;
            Some(if measure.low_is_more() { -value } else { value })
        };
        let all: Vec<Option<f64>> = figures.iter().map(wanted).collect();
        for (row, own) in standings.iter_mut().zip(&all) {
            let Some(own) = own else { continue };
            let ahead = all
                .iter()
                .flatten()
                .filter(|other| **other > own + 1e-9)
                .count();
            let rank = u32::try_from(ahead + 1).unwrap_or(u32::MAX);
            let change = row[0]
                .rank
                .and_then(|whole| i32::try_from(i64::from(whole) - i64::from(rank)).ok());
            row[column].rank = Some(rank);
            row[column].rank_change = change.filter(|_| column > 0);
        }
    }
}
