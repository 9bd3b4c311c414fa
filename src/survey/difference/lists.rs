//! Lists of keys compared: what came, what went, and what stands in another order.

use std::collections::HashSet;

/// How one list becomes another.
pub(super) struct Steps<K> {
    pub(super) added: Vec<K>,
    pub(super) removed: Vec<K>,
    /// The fewest that have to move so that the rest keep their order.
    pub(super) moved: Vec<K>,
}

/// Compares two lists without repetitions. Where a key stands twice, its first place counts.
pub(super) fn compare<K: Clone + Eq + std::hash::Hash>(before: &[K], after: &[K]) -> Steps<K> {
    let (old, new): (HashSet<&K>, HashSet<&K>) = (before.iter().collect(), after.iter().collect());
    let added = after
        .iter()
        .filter(|key| !old.contains(key))
        .cloned()
        .collect();
    let removed = before
        .iter()
        .filter(|key| !new.contains(key))
        .cloned()
        .collect();
    let mut seen = HashSet::new();
    let places: Vec<(&K, usize)> = after
        .iter()
        .filter(|key| seen.insert(*key))
        .filter_map(|key| Some((key, before.iter().position(|other| other == key)?)))
        .collect();
    let stays = longest_rising(&places.iter().map(|(_, place)| *place).collect::<Vec<_>>());
    let moved = places
        .iter()
        .enumerate()
        .filter(|(at, _)| !stays.contains(at))
        .map(|(_, (key, _))| (*key).clone())
        .collect();
    Steps {
        added,
        removed,
        moved,
    }
}

/// The places of a longest rising subsequence (patience sorting).
fn longest_rising(numbers: &[usize]) -> HashSet<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    for (at, number) in numbers.iter().enumerate() {
        let pile = ends.partition_point(|end| numbers[*end] < *number);
        before[at] = pile.checked_sub(1).map(|below| ends[below]);
        if pile == ends.len() {
            ends.push(at);
        } else {
            ends[pile] = at;
        }
    }
    let mut stays = HashSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        stays.insert(at);
        next = before[at];
    }
    stays
}
