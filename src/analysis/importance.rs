//! Importance and performance: which themes people are pleased with, and which go with being pleased overall.
//!
//! A survey that asks for a rating of each theme and one overall says, without asking, how much each theme matters: by how
//! closely its rating goes with the overall one (derived importance). People who live outside the place are left out, as in
//! its other figures. Source: Martilla and James (1977), Journal of Marketing 41(1): 77–79.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::{
    chunk::Chunk,
    columns::Column,
    dataset::Dataset,
    filter::Selection,
    moments::Mean,
    schema::{ANSWERED, Layout, OptionSpec, Options, Schema},
    share::{Base, Share},
    strata::{self, OUTSIDE},
    weights::Weights,
};
use crate::survey::ids::{Code, ThemeKey};

/// How many of the best ratings count as pleased.
const TOP_RATINGS: usize = 2;

/// Where a theme stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Important, and rated low.
    ConcentrateHere,
    /// Important, and rated high.
    KeepUp,
    /// Not so important, and rated low.
    LowPriority,
    /// Not so important, and rated high.
    PossibleOverkill,
}

/// Spearman's rank correlation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spearman {
    /// Pearson's correlation of mid-ranks.
    pub rho: f64,
    /// Two-sided, by Student's t on n − 2 degrees of freedom.
    pub p: f64,
}

/// One theme's rating.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RatedTheme {
    /// The row of the grid.
    pub code: Code,
    /// The theme it is about.
    pub theme: Option<ThemeKey>,
    /// Performance: the mean rating, 1 the lowest, over everyone who rated it.
    pub performance: Mean,
    /// The same with weights, where there are any.
    pub weighted_performance: Option<f64>,
    /// Those who gave one of the two best ratings.
    pub pleased: Share,
    /// Those who also gave the overall rating.
    pub pairs: Base,
    /// Importance: how closely the rating goes with the overall one, never weighted; null for fewer than three pairs, or
    /// where one of them never changes.
    pub importance: Option<Spearman>,
    /// Where it stands; none without importance.
    pub quadrant: Option<Quadrant>,
}

/// Importance and performance of every rated theme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportancePerformance {
    /// The themes, in the order of the grid.
    pub themes: Vec<RatedTheme>,
    /// The plain mean of the themes' importance: where the quadrants meet.
    pub crosshair_importance: Option<f64>,
    /// The plain mean of their performance, over those with an importance.
    pub crosshair_performance: Option<f64>,
}

/// Which columns hold the ratings.
struct Ratings<'a> {
    grid: usize,
    rows: &'a Options,
    /// Grid column → rating from 1; none for one that stands apart.
    ratings: Vec<Option<usize>>,
    overall: usize,
    /// Cell of the overall question less [`ANSWERED`] → rating from 1.
    overalls: Vec<Option<usize>>,
}

impl<'a> Ratings<'a> {
    fn find(schema: &'a Schema) -> Option<Self> {
        let roles = schema.roles();
        let (grid, overall) = (roles.ratings?, roles.overall?);
        let Layout::Grid { rows, columns } = &schema.questions()[grid].layout else {
            return None;
        };
        let overalls = match &schema.questions()[overall].layout {
            Layout::One(options) => numbered(options.list()),
            Layout::Scale { min, max } => (*min..=*max)
                .zip(1..)
                .map(|(_, point)| Some(point))
                .collect(),
            _ => return None,
        };
        Some(Self {
            grid,
            rows,
            ratings: numbered(columns.list()),
            overall,
            overalls,
        })
    }

    fn overall_of(&self, chunk: &Chunk, row: usize) -> Option<usize> {
        let cell = match &chunk.columns[self.overall] {
            Column::Narrow(cells) => usize::from(cells[row]),
            Column::Wide(cells) => usize::from(cells[row]),
            _ => return None,
        };
        let place = cell.checked_sub(usize::from(ANSWERED))?;
        self.overalls.get(place).copied().flatten()
    }
}

/// Options in order as ratings from 1, without those that stand apart.
fn numbered(options: &[OptionSpec]) -> Vec<Option<usize>> {
    let mut next = 0;
    let mut number = |option: &OptionSpec| {
        (!option.apart).then(|| {
            next += 1;
            next
        })
    };
    options.iter().map(&mut number).collect()
}

/// Measures importance and performance over the selected responses; none, where the survey has no questions for it.
#[must_use]
pub fn importance(
    dataset: &Dataset,
    selection: &Selection,
    weights: Option<&Weights>,
) -> Option<ImportancePerformance> {
    let schema = dataset.schema();
    let ratings = Ratings::find(schema)?;
    let points = ratings.ratings.iter().flatten().count();
    let overalls = ratings.overalls.iter().flatten().count() + 1;
    let strata = strata::count(schema.place());
    // Theme → (rating, overall or none) → people; theme → (rating, stratum) → people.
    let mut pairs = vec![vec![0_u32; points * overalls]; ratings.rows.len()];
    let mut by_stratum = vec![vec![0_u32; points * strata]; ratings.rows.len()];
    selection.each_chunk(dataset, |chunk, part| {
        let Column::Grid(lines) = &chunk.columns[ratings.grid] else {
            return;
        };
        part.each(chunk.len(), |row| {
            let stratum = chunk.stratum[row];
            if stratum == OUTSIDE {
                return;
            }
            let overall = ratings.overall_of(chunk, row).unwrap_or(0);
            for (theme, cells) in lines.iter().enumerate() {
                let place = usize::from(cells[row]).checked_sub(usize::from(ANSWERED));
                let rating = place.and_then(|place| ratings.ratings.get(place).copied().flatten());
                if let Some(rating) = rating {
                    pairs[theme][(rating - 1) * overalls + overall] += 1;
                    by_stratum[theme][(rating - 1) * strata + usize::from(stratum)] += 1;
                }
            }
        });
    });
    let tables = pairs.iter().zip(&by_stratum);
    let themes = ratings.rows.list().iter().zip(tables);
    let themes = themes.map(|(row, (pairs, by_stratum))| {
        let by_rating: Vec<&[u32]> = pairs.chunks(overalls).collect();
        let with_overall: Vec<&[u32]> = by_rating.iter().map(|counts| &counts[1..]).collect();
        RatedTheme {
            weighted_performance: weights
                .and_then(|weights| weighted_mean(by_stratum, strata, weights)),
            ..rated(row, &by_rating, &with_overall)
        }
    });
    Some(in_quadrants(themes.collect()))
}

fn rated(row: &OptionSpec, by_rating: &[&[u32]], with_overall: &[&[u32]]) -> RatedTheme {
    let counts: Vec<u32> = by_rating.iter().map(|counts| counts.iter().sum()).collect();
    let base = Base(counts.iter().sum());
    let (mut sum, mut squares) = (0_i128, 0_i128);
    for (rating, count) in (1_i128..).zip(&counts) {
        sum += rating * i128::from(*count);
        squares += rating * rating * i128::from(*count);
    }
    let best = counts.iter().rev().take(TOP_RATINGS).sum();
    RatedTheme {
        code: row.code.clone(),
        theme: row.theme.clone(),
        performance: Mean::from_sums(base.0, sum, squares, 1),
        weighted_performance: None,
        pleased: Share::new(best, base),
        pairs: Base(with_overall.iter().flat_map(|counts| counts.iter()).sum()),
        importance: spearman(with_overall),
        quadrant: None,
    }
}

fn weighted_mean(by_stratum: &[u32], strata: usize, weights: &Weights) -> Option<f64> {
    let (mut sum, mut total) = (0.0, 0.0);
    for (rating, counts) in (1_u32..).zip(by_stratum.chunks(strata)) {
        let weight = weights.sum(counts);
        sum += weight * f64::from(rating);
        total += weight;
    }
    (total > 0.0).then(|| sum / total)
}

/// Spearman's rank correlation of a table of pairs (one value down, the other across), with mid-ranks for ties. Nothing for
/// fewer than three pairs, or where one value never changes. A perfect correlation has p = 0.
/// Source: Kendall and Gibbons (1990), Rank Correlation Methods, chapters 2, 3 and 4.
#[must_use]
pub fn spearman(pairs: &[&[u32]]) -> Option<Spearman> {
    let across = pairs.iter().map(|row| row.len()).max()?;
    let rows: Vec<u32> = pairs.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<u32> = (0..across)
        .map(|column| pairs.iter().map(|row| row[column]).sum())
        .collect();
    let n = f64::from(rows.iter().sum::<u32>());
    if n < 3.0 {
        return None;
    }
    let (down, across) = (centred_ranks(&rows, n), centred_ranks(&columns, n));
    let spread = |ranks: &[f64], counts: &[u32]| -> f64 {
        let pairs = ranks.iter().zip(counts);
        pairs
            .map(|(rank, count)| rank * rank * f64::from(*count))
            .sum()
    };
    let (one, other) = (spread(&down, &rows), spread(&across, &columns));
    if one <= 0.0 || other <= 0.0 {
        return None;
    }
    let mut together = 0.0;
    for (row, down) in pairs.iter().zip(&down) {
        for (count, across) in row.iter().zip(&across) {
            together += f64::from(*count) * down * across;
        }
    }
    let rho = (together / (one * other).sqrt()).clamp(-1.0, 1.0);
    let p = if 1.0 - rho.abs() <= 1e-12 {
        0.0
    } else {
        let t = rho * ((n - 2.0) / (1.0 - rho * rho)).sqrt();
        let distribution = StudentsT::new(0.0, 1.0, n - 2.0).ok()?;
        (2.0 * distribution.sf(t.abs())).clamp(0.0, 1.0)
    };
    Some(Spearman { rho, p })
}

/// The mid-rank of each value, less the mean rank.
fn centred_ranks(counts: &[u32], n: f64) -> Vec<f64> {
    let mut before = 0.0;
    counts
        .iter()
        .map(|count| {
            let own = f64::from(*count);
            let rank = before + (own + 1.0) / 2.0;
            before += own;
            rank - f64::midpoint(n, 1.0)
        })
        .collect()
}

/// Places each theme against the plain means of all; on the line counts as above.
fn in_quadrants(mut themes: Vec<RatedTheme>) -> ImportancePerformance {
    let placed: Vec<(f64, f64)> = themes
        .iter()
        .filter_map(|theme| Some((theme.importance?.rho, theme.performance.mean?)))
        .collect();
    let mean = |pick: fn(&(f64, f64)) -> f64| {
        (!placed.is_empty()).then(|| placed.iter().map(pick).sum::<f64>() / placed.len() as f64)
    };
    let (important, performing) = (mean(|place| place.0), mean(|place| place.1));
    for theme in &mut themes {
        theme.quadrant = (|| {
            let is_important = theme.importance?.rho >= important? - 1e-12;
            let performs = theme.performance.mean? >= performing? - 1e-12;
            Some(match (is_important, performs) {
                (true, false) => Quadrant::ConcentrateHere,
                (true, true) => Quadrant::KeepUp,
                (false, false) => Quadrant::LowPriority,
                (false, true) => Quadrant::PossibleOverkill,
            })
        })();
    }
    ImportancePerformance {
        themes,
        crosshair_importance: important,
        crosshair_performance: performing,
    }
}
