//! Schulze's method: an item is better than another if its strongest path there is stronger than the way back.

use super::{Order, Pairwise};

/// Schulze's order by winning votes. Source: Schulze (2011), Social Choice and Welfare 36: 267–303.
#[derive(Debug, Clone, PartialEq)]
pub struct Schulze {
    /// (one, other) → the strength of the strongest path from one to the other, row by row.
    pub strongest_paths: Vec<f64>,
    /// Item → how many items it is better than.
    pub wins: Vec<usize>,
    /// The items by how many they are better than, ties together.
    pub order: Order,
}

impl Schulze {
    /// From the votes between each two items. A path is as strong as its weakest win; the widest paths are found as Floyd
    /// and Warshall do.
    #[must_use]
    pub fn of(pairwise: &Pairwise) -> Self {
        let strongest_paths = strongest_paths(pairwise);
        let wins = wins(pairwise, &strongest_paths);
        let mut order: Order = Vec::new();
        for count in (0..wins.len()).rev() {
            let group: Vec<usize> = (0..wins.len())
                .filter(|item| wins[*item] == count)
                .collect();
            if !group.is_empty() {
                order.push(group);
            }
        }
        Self {
            strongest_paths,
            wins,
            order,
        }
    }
}

fn strongest_paths(pairwise: &Pairwise) -> Vec<f64> {
    let items = pairwise.items();
    let mut paths = vec![0.0; items * items];
    for one in 0..items {
        for other in (0..items).filter(|other| *other != one) {
            if pairwise.beats(one, other) {
                paths[one * items + other] = pairwise.above(one, other);
            }
        }
    }
    for over in 0..items {
        for from in (0..items).filter(|from| *from != over) {
            let first = paths[from * items + over];
            for to in (0..items).filter(|to| *to != over && *to != from) {
                let through = first.min(paths[over * items + to]);
                let path = &mut paths[from * items + to];
                *path = path.max(through);
            }
        }
    }
    paths
}

fn wins(pairwise: &Pairwise, paths: &[f64]) -> Vec<usize> {
    let items = pairwise.items();
    let better = |one: usize, other: usize| {
        paths[one * items + other] - paths[other * items + one] > pairwise.tied()
    };
    (0..items)
        .map(|one| (0..items).filter(|other| better(one, *other)).count())
        .collect()
}

/// The item that comes first alone.
pub(super) fn first(pairwise: &Pairwise) -> Option<usize> {
    if let Some(winner) = pairwise.winner() {
        return Some(winner);
    }
    let wins = wins(pairwise, &strongest_paths(pairwise));
    let most = wins.iter().max()?;
    let mut firsts = (0..wins.len()).filter(|item| wins[*item] == *most);
    let first = firsts.next()?;
    firsts.next().is_none().then_some(first)
}
