//! Completion: how many who began sent their answers, where the others left, and how long it took.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{
    columns::date_of,
    dataset::{Channel, Dataset},
    filter::Selection,
    share::{Base, Share},
};
use crate::survey::{definition::Definition, ids::PageKey};

/// How far all responses of a survey have come, counted by whoever keeps them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgressCounts {
    /// Responses whose first page was saved, sent ones among them.
    pub started: u64,
    /// Responses that were sent.
    pub submitted: u64,
    /// Page → responses that saved it, sent ones among them.
    pub saved: BTreeMap<PageKey, u64>,
    /// Page → responses that were not sent and saved this page last.
    pub stopped_after: BTreeMap<PageKey, u64>,
}

/// How many came to the end of a page, and how many went no further.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageProgress {
    /// The page.
    pub page: PageKey,
    /// Of all who began, those who saved it.
    pub saved: Share,
    /// Of those who saved it, those who went no further and sent nothing.
    pub stopped: Share,
}

/// How far people come.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Completion {
    /// Of all who saved a first page, those who sent their answers.
    pub completed: Share,
    /// Each page in the survey's order.
    pub pages: Vec<PageProgress>,
}

/// Completion and drop-off of a survey.
#[must_use]
pub fn completion(definition: &Definition, counts: &ProgressCounts) -> Completion {
    let started = base(counts.started);
    let pages = definition.pages().map(|(_, page)| {
        let saved = counts.saved.get(&page.key).copied().unwrap_or(0);
        let stopped = counts.stopped_after.get(&page.key).copied().unwrap_or(0);
        PageProgress {
            page: page.key.clone(),
            saved: Share::new(base(saved).0, started),
            stopped: Share::new(base(stopped).0, base(saved)),
        }
    });
    Completion {
        completed: Share::new(base(counts.submitted).0, started),
        pages: pages.collect(),
    }
}

fn base(count: u64) -> Base {
    Base(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The median time from start to submission, in seconds; none without responses. An import that doesn't say when a
/// response was begun is stored as begun when it was sent: that is no time taken, and left out.
#[must_use]
pub fn median_seconds(dataset: &Dataset, selection: &Selection) -> Option<f64> {
    let mut taken = Vec::with_capacity(selection.count());
    selection.each_chunk(dataset, |chunk, part| {
        part.each(chunk.len(), |row| {
            let is_unknown = chunk.channel[row] == Channel::Import as u8
                && chunk.started_at[row] == chunk.submitted_at[row];
            if !is_unknown {
                taken.push(chunk.seconds[row]);
            }
        });
    });
    let middle = taken.len().checked_sub(1)? / 2;
    let even = taken.len() % 2 == 0;
    let (_, lower, above) = taken.select_nth_unstable(middle);
    let lower = f64::from(*lower);
    // The median of an even number lies halfway to the next above.
    let upper = above
        .iter()
        .min()
        .filter(|_| even)
        .map_or(lower, |upper| f64::from(*upper));
    Some(f64::midpoint(lower, upper))
}

/// The responses of one local day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayCount {
    /// The day.
    pub day: Date,
    /// How many were submitted.
    pub responses: u32,
    /// Channel → how many came in by it; channels without any are left out.
    pub channels: BTreeMap<Channel, u32>,
}

/// Responses by local day of submission, from the first day with any to the last, days without any included.
#[must_use]
pub fn per_day(dataset: &Dataset, selection: &Selection) -> Vec<DayCount> {
    let mut counts: BTreeMap<i32, [u32; Channel::ALL.len()]> = BTreeMap::new();
    selection.each_chunk(dataset, |chunk, part| {
        // Neighbours mostly share a day: it is looked up only when it changes.
        let (mut day, mut by_channel) = (None, [0; Channel::ALL.len()]);
        let mut put = |day: Option<i32>, by_channel: &mut [u32; Channel::ALL.len()]| {
            if let Some(day) = day {
                let known = counts.entry(day).or_default();
                known
                    .iter_mut()
                    .zip(by_channel.iter())
                    .for_each(|(to, from)| *to += from);
            }
            by_channel.fill(0);
        };
        part.each(chunk.len(), |row| {
            if day != Some(chunk.day[row]) {
                put(day, &mut by_channel);
                day = Some(chunk.day[row]);
            }
            by_channel[usize::from(chunk.channel[row])] += 1;
        });
        put(day, &mut by_channel);
    });
    let days = counts
        .keys()
        .next()
        .copied()
        .zip(counts.keys().last().copied());
    let Some((first, last)) = days else {
        return Vec::new();
    };
    // A clock that was wrong once must not make a list without end.
    let every_day = last - first <= MOST_EMPTY_DAYS;
    let listed: Vec<i32> = if every_day {
        (first..=last).collect()
    } else {
        counts.keys().copied().collect()
    };
    let day_count = |day: i32| {
        let counts = counts.get(&day).copied().unwrap_or_default();
        let channels = Channel::ALL
            .into_iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0);
        DayCount {
            day: date_of(day),
            responses: counts.iter().sum(),
            channels: channels.collect(),
        }
    };
    listed.into_iter().map(day_count).collect()
}

/// Over a longer time, days without responses are left out.
const MOST_EMPTY_DAYS: i32 = 400;
