//! The order a response sees choices, rows and items in: its own, and always the same.
//!
//! The order must be the same after Back, after an upgrade, and when an analyst works it out again years later, so the
//! generator is written out here instead of taken from a library that may change it: FNV-1a makes a seed of the
//! response's id and the question's key, SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
//! generators", OOPSLA 2014) makes numbers of the seed, and Fisher–Yates (Durstenfeld, CACM 7, 1964) makes the order.

use uuid::Uuid;

use super::{
    definition::{Choice, Kind, Question, Row},
    ids::QuestionKey,
};

/// Something that can be shown in an order of the response's own.
pub trait Shuffled {
    /// Whether it keeps its place at the end: "Don't know", "None of these", "Something else".
    fn stays_last(&self) -> bool;
}

impl Shuffled for Choice {
    fn stays_last(&self) -> bool {
        self.apart || self.exclusive || self.other.is_some()
    }
}

impl Shuffled for Row {
    fn stays_last(&self) -> bool {
        false
    }
}

impl Question {
    /// Whether its choices, items or (for a grid) rows are shuffled.
    #[must_use]
    pub const fn shuffles(&self) -> bool {
        match self.kind {
            Kind::Single { shuffle, .. }
            | Kind::Multiple { shuffle, .. }
            | Kind::Grid { shuffle, .. }
            | Kind::Ranking { shuffle, .. }
            | Kind::Budget { shuffle, .. } => shuffle,
            _ => false,
        }
    }
}

/// The choices, columns or items of a question as the response `seed` sees them.
#[must_use]
pub fn choices<'a>(seed: &Uuid, question: &'a Question) -> Vec<&'a Choice> {
    // A grid's columns are a scale: only its rows are shuffled.
    if question.shuffles() && !matches!(question.kind, Kind::Grid { .. }) {
        order(seed, &question.key, question.choices())
    } else {
        question.choices().iter().collect()
    }
}

/// The rows of a grid as the response `seed` sees them.
#[must_use]
pub fn rows<'a>(seed: &Uuid, question: &'a Question) -> Vec<&'a Row> {
    if question.shuffles() {
        order(seed, &question.key, question.rows())
    } else {
        question.rows().iter().collect()
    }
}

/// `items` in the order of the response `seed`; those that stay last follow in their author's order.
#[must_use]
pub fn order<'a, T: Shuffled>(seed: &Uuid, question: &QuestionKey, items: &'a [T]) -> Vec<&'a T> {
    let (last, mut order): (Vec<&T>, Vec<&T>) = items.iter().partition(|item| item.stays_last());
    let mut numbers = SplitMix64(fnv1a(&[seed.as_bytes(), question.as_str().as_bytes()]));
    for end in (1..order.len()).rev() {
        order.swap(end, numbers.below(end + 1));
    }
    order.extend(last);
    order
}

/// FNV-1a, 64 bits (draft-eastlake-fnv).
pub(crate) fn fnv1a(parts: &[&[u8]]) -> u64 {
    parts
        .iter()
        .flat_map(|part| part.iter())
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}

/// Numbers that look random and never change: the same seed gives the same ones on every machine, in every version.
#[derive(Debug, Clone)]
pub(crate) struct SplitMix64(pub(crate) u64);

impl SplitMix64 {
    /// The next number, each of 64 bits equally likely.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `bound - 1`, each equally likely: numbers beyond the last whole multiple are drawn again.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        let limit = u64::MAX - u64::MAX % bound;
        loop {
            let number = self.next();
            if number < limit {
                // Less than `bound`, which was a usize.
                #[allow(clippy::cast_possible_truncation)]
                return (number % bound) as usize;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::survey::sample::choice;

    fn key(name: &str) -> QuestionKey {
        QuestionKey::new(name).unwrap()
    }

    fn codes(order: &[&Choice]) -> String {
        order.iter().map(|choice| choice.code.as_str()).collect()
    }

    fn letters() -> Vec<Choice> {
        ["a", "b", "c", "d", "e", "f"].map(choice).to_vec()
    }

    #[test]
    fn the_generators_give_their_published_numbers() {
        let mut numbers = SplitMix64(1_234_567);
        assert_eq!(numbers.next(), 6_457_827_717_110_365_317);
        assert_eq!(numbers.next(), 3_203_168_211_198_807_973);
        assert_eq!(fnv1a(&[b"a"]), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(&[b"foo", b"bar"]), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn an_order_never_changes() {
        let seed = Uuid::from_u128(0x0198_c5a0_0000_7000_8000_0000_0000_0001);
        let items = letters();
        let first = codes(&order(&seed, &key("themes"), &items));
        assert_eq!(first, codes(&order(&seed, &key("themes"), &items)));
        assert_eq!(first, PINNED);
        assert_ne!(first, codes(&order(&seed, &key("budget"), &items)));
    }

    /// Worked out apart from this code, with the same three published algorithms.
    const PINNED: &str = "acfbed";

    #[test]
    fn what_is_set_apart_exclusive_or_other_stays_last_in_its_authors_order() {
        let mut items = letters();
        items[0].exclusive = true;
        items[2].other = Some(items[2].label.clone());
        items[3].apart = true;
        for n in 0..50 {
            let order = order(&Uuid::from_u128(n), &key("q"), &items);
            assert_eq!(codes(&order)[3..], *"acd");
            assert_eq!(order.len(), 6);
        }
    }

    #[test]
    fn every_place_is_equally_likely() {
        let items = letters();
        let mut first = [0_u32; 6];
        for n in 0..6_000_u128 {
            let order = order(&Uuid::from_u128(n * 0x9e37_79b9), &key("q"), &items);
            let at = items
                .iter()
                .position(|item| item.code == order[0].code)
                .unwrap();
            first[at] += 1;
        }
        // 1000 expected, standard deviation 29: five of them either side.
        assert!(
            first.iter().all(|count| (855..1145).contains(count)),
            "{first:?}"
        );
    }

    #[test]
    fn short_lists_have_an_order_too() {
        let none: Vec<Choice> = Vec::new();
        assert!(order(&Uuid::nil(), &key("q"), &none).is_empty());
        assert_eq!(codes(&order(&Uuid::nil(), &key("q"), &letters()[..1])), "a");
    }
}
