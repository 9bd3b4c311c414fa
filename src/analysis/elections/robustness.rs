//! How far the top priority is chance: how often it stays first when as many people are drawn again.

use super::{
    Election, Rule, TIED, alone_first,
    kemeny::Search,
    pairwise::Pairwise,
    resampling::Resampler,
    runoff, schulze,
    scores::{borda_means, placed},
    tied_votes,
    votes::Votes,
};
use crate::{
    analysis::{parallel, ranking::TOP_PLACES, weights::Weights},
    survey::shuffle::{SplitMix64, fnv1a},
};

/// How many resamples are drawn.
pub const RESAMPLES: u32 = 1000;
/// The fewest, where ballots are so many and so different that a thousand would take long.
const FEWEST: u32 = 100;
/// How many blocks they are drawn in, each with random numbers of its own: however many cores there are, what is drawn is the
/// same.
const BLOCKS: u32 = 8;
/// The most cells that all resamples together go through.
const MOST_WORK: usize = 600_000_000;

/// How often each item comes first alone under one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRobustness {
    /// The rule.
    pub rule: Rule,
    /// The item first alone in the ballots as they are.
    pub first: Option<usize>,
    /// Item → in how many resamples it is first alone; none, where a resample had too many circles for Kemeny's rule.
    pub times: Option<Vec<u32>>,
}

/// The bootstrap of every rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robustness {
    /// How many resamples were drawn.
    pub resamples: u32,
    /// What the random numbers began with: a number made of the ballots themselves, so that the same ballots always give
    /// the same figures.
    pub seed: u64,
    /// Every rule.
    pub rules: Vec<RuleRobustness>,
}

impl Robustness {
    /// In what share of resamples an item stays first alone under a rule.
    #[must_use]
    pub fn share(&self, rule: Rule, item: usize) -> Option<f64> {
        let rule = self.rules.iter().find(|known| known.rule == rule)?;
        let times = rule.times.as_ref()?.get(item)?;
        Some(f64::from(*times) / f64::from(self.resamples.max(1)))
    }
}

/// Draws resamples (see [`super::resampling`]) and counts each by every rule. With weights, a person is drawn with their
/// weight. None without ballots. [`RESAMPLES`] are drawn; fewer (the figure says how many), where ballots are very many and
/// nearly all different.
#[must_use]
pub fn robustness(
    votes: &Votes,
    weights: Option<&Weights>,
    election: &Election,
) -> Option<Robustness> {
    if votes.base() == 0 {
        return None;
    }
    let resampler = Resampler::new(votes, weights);
    let of_one = resampler.cells() + 20 * votes.distinct() + votes.items().pow(3);
    let affordable = u32::try_from(MOST_WORK / of_one.max(1)).unwrap_or(u32::MAX);
    let resamples = affordable.clamp(FEWEST, RESAMPLES);
    let seed = seed(votes);
    let work = of_one * (resamples / BLOCKS) as usize;
    let blocks = parallel::map(BLOCKS as usize, work, |block| {
        let block = u32::try_from(block).unwrap_or_default();
        let own = resamples / BLOCKS + u32::from(block < resamples % BLOCKS);
        let mut numbers = SplitMix64(fnv1a(&[&seed.to_le_bytes(), &block.to_le_bytes()]));
        let mut count = Counting::new(votes);
        for _ in 0..own {
            resampler.draw(&mut numbers, &mut count.weights);
            count.count();
        }
        (count.times, count.kemeny_gave_up)
    });
    let mut all = vec![vec![0_u32; votes.items()]; Rule::ALL.len()];
    for (times, _) in &blocks {
        let pairs = all.iter_mut().flatten().zip(times.iter().flatten());
        pairs.for_each(|(sum, own)| *sum += own);
    }
    let kemeny_gave_up = blocks.iter().any(|(_, gave_up)| *gave_up);
    let rules = Rule::ALL.into_iter().zip(all);
    Some(Robustness {
        resamples,
        seed,
        rules: rules
            .map(|(rule, times)| RuleRobustness {
                rule,
                first: election.first(rule),
                times: (rule != Rule::Kemeny || !kemeny_gave_up).then_some(times),
            })
            .collect(),
    })
}

fn seed(votes: &Votes) -> u64 {
    let ballots = votes.ballots().flat_map(|ballot| {
        let length = u8::try_from(ballot.len()).unwrap_or(u8::MAX);
        std::iter::once(length).chain(ballot.iter().copied())
    });
    let counts = votes
        .cells()
        .iter()
        .flat_map(|cell| cell.count.to_le_bytes());
    let bytes: Vec<u8> = ballots.chain(counts).collect();
    fnv1a(&[&bytes])
}

/// The rules on one resample after another, in the same room.
struct Counting<'a> {
    votes: &'a Votes,
    weights: Vec<f64>,
    pairwise: Pairwise,
    kemeny: Search,
    kemeny_gave_up: bool,
    /// Rule, in the order of [`Rule::ALL`] → item → how often it was first alone.
    times: Vec<Vec<u32>>,
}

impl<'a> Counting<'a> {
    fn new(votes: &'a Votes) -> Self {
        Self {
            votes,
            weights: vec![0.0; votes.distinct()],
            pairwise: Pairwise::default(),
            kemeny: Search::default(),
            kemeny_gave_up: false,
            times: vec![vec![0; votes.items()]; Rule::ALL.len()],
        }
    }

    fn count(&mut self) {
        self.pairwise.recount(self.votes, &self.weights);
        let tied = tied_votes(self.weights.iter().sum());
        let borda = borda_means(self.votes, &self.weights);
        for (rule, times) in Rule::ALL.into_iter().zip(&mut self.times) {
            let first = match rule {
                Rule::TopThree => alone_first(&placed(self.votes, &self.weights, TOP_PLACES), tied),
                Rule::First => alone_first(&placed(self.votes, &self.weights, 1), tied),
                Rule::Borda => alone_first(&borda, TIED),
                Rule::Runoff => runoff::last(self.votes, &self.weights, &borda),
                Rule::Condorcet => self.pairwise.winner(),
                Rule::Schulze => schulze::first(&self.pairwise),
                Rule::Kemeny => self.kemeny.first(&self.pairwise).unwrap_or_else(|| {
                    self.kemeny_gave_up = true;
                    None
                }),
            };
            if let Some(first) = first {
                times[first] += 1;
            }
        }
    }
}
