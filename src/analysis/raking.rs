//! Raking: weights under which a sample has the shares of its population, margin by margin.
//!
//! It works on cells, not on people: everybody in a cell (one category of each margin) has the same weight, so that the
//! time it takes does not grow with the number of responses. Iterative proportional fitting: Deming and Stephan (1940),
//! Annals of Mathematical Statistics 11: 427–444; conditions: Deville, Särndal and Sautory (1993), Journal of the
//! American Statistical Association 88: 1013–1020. Which margins a survey is raked to is said in [`super::weighting`].

use serde::Serialize;

/// Weights are cut at this many times their mean.
pub const CAP: f64 = 5.0;
/// Raking has converged when every margin cell lies within this relative distance of its target.
pub const CONVERGED: f64 = 1e-10;
/// It goes on to this distance where it can, so that weights don't depend on when it stopped.
const EXACT: f64 = 1e-13;
/// The most times all margins are fitted.
const MOST_CYCLES: u32 = 2000;

/// One margin: what the population is made of, and the category of each cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// Category → people in the population.
    pub population: Vec<f64>,
    /// Cell → its category.
    pub category_of: Vec<usize>,
}

/// One category of a margin, before and after.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MarginCell {
    /// People in the population.
    pub population: f64,
    /// Respondents, without weights.
    pub respondents: u32,
    /// What the weights of its respondents should add up to: the population's share of all who are raked, scaled up
    /// where other categories have no respondents; 0 where it has none itself.
    pub target: f64,
    /// What they add up to, after trimming.
    pub reached: f64,
}

/// What came of raking.
#[derive(Debug, Clone, PartialEq)]
pub struct Raking {
    /// How many respondents were raked.
    pub respondents: u32,
    /// How many times all margins were fitted.
    pub cycles: u32,
    /// The categories of each margin.
    pub margins: Vec<Vec<MarginCell>>,
    /// Cell → weight before trimming; 0 in cells without respondents.
    pub raked: Vec<f64>,
    /// Cell → weight after trimming.
    pub trimmed: Vec<f64>,
    /// The one number that weights under the cap were multiplied by, so that the sum stays.
    pub scale: f64,
    /// How many respondents have the largest weight allowed.
    pub capped: u32,
}

/// Why there are no weights.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Unraked {
    /// There is nobody to rake.
    #[error("there is nobody to weight")]
    Nobody,
    /// A category has respondents, and nobody in the population: the configuration is wrong.
    #[error("category {category} of margin {margin} has respondents and no population")]
    NoTarget {
        /// The margin, counted from 0.
        margin: usize,
        /// Its category.
        category: usize,
    },
    /// No weights fit all margins at once.
    #[error(
        "no weights fit all margins: category {category} of margin {margin} comes to {reached} and not {target}"
    )]
    Contradictory {
        /// The margin of the category that stayed furthest from its target, relative to it.
        margin: usize,
        /// That category.
        category: usize,
        /// What it should come to.
        target: f64,
        /// What it came to.
        reached: f64,
    },
}

/// Rakes counts of respondents by cell to margins, in their order, and cuts weights at `cap` times the mean. Weights
/// have the mean 1; categories without respondents are left out, and the rest of their margin scaled up.
///
/// # Errors
/// [`Unraked`]: nobody to rake, a category that the population has nobody of, or margins that contradict each other.
pub fn rake(counts: &[u32], margins: &[Margin], cap: f64) -> Result<Raking, Unraked> {
    let respondents: u32 = counts.iter().sum();
    if respondents == 0 {
        return Err(Unraked::Nobody);
    }
    let filled: Vec<usize> = (0..counts.len()).filter(|cell| counts[*cell] > 0).collect();
    let number: Vec<f64> = filled.iter().map(|cell| f64::from(counts[*cell])).collect();
    let fits: Vec<Fit> = margins
        .iter()
        .enumerate()
        .map(|(place, margin)| Fit::new(place, margin, counts, &filled))
        .collect::<Result<_, _>>()?;
    let mut totals = number.clone();
    let cycles = fit(&mut totals, &fits)?;
    let raked: Vec<f64> = totals
        .iter()
        .zip(&number)
        .map(|(total, n)| total / n)
        .collect();
    let Trimmed {
        weights,
        scale,
        capped,
    } = trim(&raked, &number, cap);
    let reached: Vec<f64> = weights
        .iter()
        .zip(&number)
        .map(|(weight, n)| weight * n)
        .collect();
    let spread = |values: &[f64]| {
        let mut by_cell = vec![0.0; counts.len()];
        filled
            .iter()
            .zip(values)
            .for_each(|(cell, value)| by_cell[*cell] = *value);
        by_cell
    };
    Ok(Raking {
        respondents,
        cycles,
        margins: fits.iter().map(|fit| fit.cells(&reached)).collect(),
        raked: spread(&raked),
        trimmed: spread(&weights),
        scale,
        capped,
    })
}

/// One margin over the cells that have respondents.
struct Fit {
    population: Vec<f64>,
    respondents: Vec<u32>,
    targets: Vec<f64>,
    /// Filled cell → category.
    category_of: Vec<usize>,
}

impl Fit {
    fn new(
        place: usize,
        margin: &Margin,
        counts: &[u32],
        filled: &[usize],
    ) -> Result<Self, Unraked> {
        let category_of: Vec<usize> = filled
            .iter()
            .map(|cell| margin.category_of[*cell])
            .collect();
        let mut respondents = vec![0; margin.population.len()];
        for (cell, category) in filled.iter().zip(&category_of) {
            respondents[*category] += counts[*cell];
        }
        let asked = |category: &usize| respondents[*category] > 0;
        let categories = 0..margin.population.len();
        if let Some(category) = categories.clone().filter(asked).find(|category| {
            // Not "below or equal": what can't be compared is no target either.
            !matches!(
                margin.population[*category].partial_cmp(&0.0),
                Some(std::cmp::Ordering::Greater)
            )
        }) {
            return Err(Unraked::NoTarget {
                margin: place,
                category,
            });
        }
        let reachable: f64 = categories
            .clone()
            .filter(asked)
            .map(|category| margin.population[category])
            .sum();
        let all: u32 = respondents.iter().sum();
        let target = |category: usize| {
            if asked(&category) {
                margin.population[category] / reachable * f64::from(all)
            } else {
                0.0
            }
        };
        Ok(Self {
            population: margin.population.clone(),
            targets: categories.map(target).collect(),
            respondents,
            category_of,
        })
    }

    fn sums(&self, totals: &[f64], sums: &mut Vec<f64>) {
        sums.clear();
        sums.resize(self.targets.len(), 0.0);
        for (total, category) in totals.iter().zip(&self.category_of) {
            sums[*category] += total;
        }
    }

    /// The category furthest from its target, relative to it.
    fn furthest(&self, sums: &[f64]) -> (usize, f64) {
        let mut worst = (0, 0.0);
        for (category, (sum, target)) in sums.iter().zip(&self.targets).enumerate() {
            let gap = (sum - target).abs() / target.max(f64::MIN_POSITIVE);
            if *target > 0.0 && gap > worst.1 {
                worst = (category, gap);
            }
        }
        worst
    }

    fn cells(&self, reached: &[f64]) -> Vec<MarginCell> {
        let mut sums = Vec::new();
        self.sums(reached, &mut sums);
        (0..sums.len())
            .map(|category| MarginCell {
                population: self.population[category],
                respondents: self.respondents[category],
                target: self.targets[category],
                reached: sums[category],
            })
            .collect()
    }
}

/// Fits the margins in turn until all hold; says how many times.
fn fit(totals: &mut [f64], fits: &[Fit]) -> Result<u32, Unraked> {
    let mut sums = Vec::new();
    let mut worst = (0, 0, 0.0);
    for cycle in 1..=MOST_CYCLES {
        worst = (0, 0, 0.0);
        for (margin, fit) in fits.iter().enumerate() {
            fit.sums(totals, &mut sums);
            // How far this margin was pulled off by those fitted after it, one cycle ago.
            let (category, gap) = fit.furthest(&sums);
            if gap > worst.2 {
                worst = (margin, category, gap);
            }
            for (total, category) in totals.iter_mut().zip(&fit.category_of) {
                *total *= fit.targets[*category] / sums[*category];
            }
        }
        if worst.2 <= EXACT {
            return Ok(cycle);
        }
    }
    if worst.2 <= CONVERGED {
        return Ok(MOST_CYCLES);
    }
    let (margin, category, _) = worst;
    fits[margin].sums(totals, &mut sums);
    Err(Unraked::Contradictory {
        margin,
        category,
        target: fits[margin].targets[category],
        reached: sums[category],
    })
}

struct Trimmed {
    weights: Vec<f64>,
    scale: f64,
    capped: u32,
}

/// w′ = min(cap, c w) with the one c ≥ 1 that keeps the sum: the closed form of cutting, sharing out in proportion what
/// was cut, and cutting again. Source: Potter (1990), Proceedings of the ASA Section on Survey Research Methods: 225–230.
fn trim(weights: &[f64], number: &[f64], cap: f64) -> Trimmed {
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|one, other| weights[*other].total_cmp(&weights[*one]));
    // What is left for the cells from here down to the lightest, and what they weigh now.
    let mut left: f64 = weights
        .iter()
        .zip(number)
        .map(|(weight, n)| weight * n)
        .sum();
    let mut weighing = left;
    let mut scale = 1.0;
    let mut capped = 0.0;
    for (place, cell) in order.iter().enumerate() {
        if place > 0 {
            scale = left / weighing;
        }
        if scale * weights[*cell] <= cap || place + 1 == order.len() {
            break;
        }
        left -= cap * number[*cell];
        weighing -= weights[*cell] * number[*cell];
        capped += number[*cell];
    }
    Trimmed {
        weights: weights
            .iter()
            .map(|weight| (scale * weight).min(cap))
            .collect(),
        scale,
        capped: capped as u32,
    }
}

/// What a set of weights looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct WeightFigures {
    /// How many respondents.
    pub respondents: u32,
    /// The sum of their weights.
    pub sum: f64,
    /// The smallest weight.
    pub least: f64,
    /// The largest weight.
    pub most: f64,
    /// The coefficient of variation, with n: standard deviation over mean.
    pub variation: f64,
    /// How much weighting widens the variance: n Σw² / (Σw)² = 1 + cv² (Kish 1965, Survey Sampling; Kish 1992, Journal
    /// of Official Statistics 8: 183–200).
    pub design_effect: f64,
    /// What the base is worth: n over the design effect.
    pub effective_base: f64,
}

impl WeightFigures {
    /// Of so many respondents with each weight; none without respondents.
    #[must_use]
    pub fn of(weights: &[(u32, f64)]) -> Option<Self> {
        let weights = weights.iter().copied().filter(|(number, _)| *number > 0);
        let mut figures = Self {
            least: f64::INFINITY,
            ..Self::default()
        };
        for (number, weight) in weights.clone() {
            figures.respondents += number;
            figures.sum += f64::from(number) * weight;
            figures.least = figures.least.min(weight);
            figures.most = figures.most.max(weight);
        }
        if figures.respondents == 0 || figures.sum <= 0.0 {
            return None;
        }
        let n = f64::from(figures.respondents);
        let mean = figures.sum / n;
        let about: f64 = weights
            .map(|(number, weight)| f64::from(number) * (weight - mean).powi(2))
            .sum();
        figures.variation = (about / n).sqrt() / mean;
        figures.design_effect = 1.0 + figures.variation.powi(2);
        figures.effective_base = n / figures.design_effect;
        Some(figures)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn grid(rows: &[f64], columns: &[f64]) -> [Margin; 2] {
        let cells = rows.len() * columns.len();
        [
            Margin {
                population: rows.to_vec(),
                category_of: (0..cells).map(|cell| cell / columns.len()).collect(),
            },
            Margin {
                population: columns.to_vec(),
                category_of: (0..cells).map(|cell| cell % columns.len()).collect(),
            },
        ]
    }

    #[test]
    fn respondents_nobody_in_the_population_is_like_are_an_error() {
        let found = rake(&[3, 2, 4, 1], &grid(&[5.0, 0.0], &[1.0, 1.0]), CAP);
        assert_eq!(
            found,
            Err(Unraked::NoTarget {
                margin: 0,
                category: 1
            })
        );
        let found = rake(&[3, 2], &grid(&[1.0], &[1.0, f64::NAN]), CAP);
        assert_eq!(
            found,
            Err(Unraked::NoTarget {
                margin: 1,
                category: 1
            })
        );
    }

    #[test]
    fn nobody_can_be_raked_to_nothing() {
        assert_eq!(
            rake(&[0, 0], &grid(&[1.0], &[1.0, 2.0]), CAP),
            Err(Unraked::Nobody)
        );
        assert_eq!(WeightFigures::of(&[(0, 1.0)]), None);
    }

    #[test]
    fn margins_that_contradict_each_other_give_no_weights() {
        let found = rake(&[2, 0, 0, 2], &grid(&[60.0, 40.0], &[50.0, 50.0]), CAP);
        let Err(Unraked::Contradictory {
            target, reached, ..
        }) = found
        else {
            panic!("{found:?}")
        };
        assert!((target - reached).abs() > 0.1, "{target} {reached}");
    }

    proptest! {
        #[test]
        fn raked_margins_are_met_and_trimming_keeps_the_sum(
            counts in proptest::collection::vec(1_u32..60, 12),
            rows in proptest::collection::vec(1.0_f64..50.0, 3),
            columns in proptest::collection::vec(1.0_f64..50.0, 4),
        ) {
            let raking = rake(&counts, &grid(&rows, &columns), CAP).unwrap();
            let n = f64::from(raking.respondents);
            let sum = |weights: &[f64]| -> f64 {
                weights.iter().zip(&counts).map(|(weight, count)| weight * f64::from(*count)).sum()
            };
            prop_assert!((sum(&raking.raked) - n).abs() < 1e-9 * n);
            prop_assert!((sum(&raking.trimmed) - n).abs() < 1e-9 * n);
            prop_assert!(raking.trimmed.iter().all(|weight| *weight <= CAP && *weight > 0.0));
            for (row, people) in rows.iter().enumerate() {
                let reached = sum(&raking.raked.iter().enumerate()
                    .map(|(cell, weight)| if cell / 4 == row { *weight } else { 0.0 }).collect::<Vec<_>>());
                let target = people / rows.iter().sum::<f64>() * n;
                prop_assert!((reached - target).abs() < 1e-9 * n, "{} {}", reached, target);
            }
            // A sample ten times as large, of the same shape, has the same weights.
            let more: Vec<u32> = counts.iter().map(|count| count * 10).collect();
            let again = rake(&more, &grid(&rows, &columns), CAP).unwrap();
            for (one, other) in raking.trimmed.iter().zip(&again.trimmed) {
                prop_assert!((one - other).abs() < 1e-9);
            }
        }
    }
}
