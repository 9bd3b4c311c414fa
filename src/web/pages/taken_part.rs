//! How many people took part, on pages that everybody sees.

use serde::Serialize;

use crate::analysis::disclosure::{PublishedCount, Shown};

/// A line that says how many took part. It is made of a [`PublishedCount`] and of nothing else, so that no other number can
/// stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TakenPart {
    /// The message id of the line.
    key: &'static str,
    /// The number in it; nought where the line has none.
    count: u64,
}

/// The ids of the lines of one page: about so many, fewer than ten; the same where made-up responses are among them.
struct Lines([&'static str; 4]);

const HUB: Lines = Lines([
    "hub-taken-part",
    "hub-taken-part-few",
    "hub-taken-part-made-up",
    "hub-taken-part-made-up-few",
]);

const OVERVIEW: Lines = Lines([
    "overview-taken-part",
    "overview-taken-part-few",
    "overview-taken-part-made-up",
    "overview-taken-part-made-up-few",
]);

impl TakenPart {
    /// The line on the hub; none while nobody took part. `made_up`: whether a program's responses are counted with people's.
    #[must_use]
    pub fn on_hub(count: PublishedCount, made_up: bool) -> Option<Self> {
        HUB.line(count, made_up)
    }

    /// The line on a survey's overview.
    #[must_use]
    pub fn on_overview(count: PublishedCount, made_up: bool) -> Option<Self> {
        OVERVIEW.line(count, made_up)
    }
}

impl Lines {
    fn line(&self, count: PublishedCount, made_up: bool) -> Option<TakenPart> {
        let [about, few, made_up_about, made_up_few] = self.0;
        let (key, count) = match (count.shown(), made_up) {
            (Shown::Nobody, _) => return None,
            (Shown::FewerThanTen, false) => (few, 0),
            (Shown::FewerThanTen, true) => (made_up_few, 0),
            (Shown::About(count), false) => (about, count),
            (Shown::About(count), true) => (made_up_about, count),
        };
        Some(TakenPart { key, count })
    }
}
