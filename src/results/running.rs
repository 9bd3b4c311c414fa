//! Running totals: how many responses had come in by the end of each day, channel by channel.

use jiff::civil::Date;
use serde::Serialize;

use super::{rows::Cell, snapshot::Snapshot};
use crate::analysis::{
    chunk::Channel,
    completion::{DayCount, per_day},
    filter::Selection,
};

/// Running totals, day by day.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RunningOutcome {
    /// The channels that any response came in by.
    pub channels: Vec<Channel>,
    /// The days, from the first with responses to the last.
    pub days: Vec<RunningDay>,
}

/// What had come in by the end of a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunningDay {
    /// The day.
    pub day: Date,
    /// By all channels.
    pub responses: u32,
    /// By each channel, in the order of [`RunningOutcome::channels`].
    pub by_channel: Vec<u32>,
}

impl RunningOutcome {
    pub(super) fn of(snapshot: &Snapshot, selection: &Selection) -> Self {
        Self::of_days(&per_day(&snapshot.dataset, selection))
    }

    /// Adds up the responses of days.
    #[must_use]
    pub fn of_days(days: &[DayCount]) -> Self {
        let channels: Vec<Channel> = Channel::ALL
            .into_iter()
            .filter(|channel| days.iter().any(|day| day.channels.contains_key(channel)))
            .collect();
        let mut so_far = vec![0_u32; channels.len()];
        let days = days.iter().map(|day| {
            for (total, channel) in so_far.iter_mut().zip(&channels) {
                *total += day.channels.get(channel).copied().unwrap_or(0);
            }
            RunningDay {
                day: day.day,
                responses: so_far.iter().sum(),
                by_channel: so_far.clone(),
            }
        });
        let days = days.collect();
        Self { channels, days }
    }
}

pub(super) const HEADER: &[&str] = &["day", "channel", "responses_so_far"];

/// One day and channel a row; `all` is every channel together.
pub(super) fn rows(outcome: &RunningOutcome) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for day in &outcome.days {
        let date = day.day.to_string();
        let mut add = |channel: &str, count: u32| {
            rows.push(vec![date.as_str().into(), channel.into(), count.into()]);
        };
        add("all", day.responses);
        for (channel, count) in outcome.channels.iter().zip(&day.by_channel) {
            add(channel.word(), *count);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_grow_day_by_day_and_channel_by_channel() {
        let day = |day: i8, channels: &[(Channel, u32)]| DayCount {
            day: jiff::civil::date(2026, 11, day),
            responses: channels.iter().map(|(_, count)| count).sum(),
            channels: channels.iter().copied().collect(),
        };
        let found = RunningOutcome::of_days(&[
            day(2, &[(Channel::Web, 5)]),
            day(3, &[]),
            day(4, &[(Channel::Web, 2), (Channel::Paper, 4)]),
        ]);
        assert_eq!(found.channels, [Channel::Web, Channel::Paper]);
        let totals: Vec<(u32, &[u32])> = found
            .days
            .iter()
            .map(|day| (day.responses, &day.by_channel[..]))
            .collect();
        assert_eq!(totals, [(5, &[5, 0][..]), (5, &[5, 0]), (11, &[7, 4])]);
        let written: Vec<Vec<Cell>> = rows(&found);
        assert_eq!(written.len(), 9);
        assert_eq!(
            written[8],
            ["2026-11-04".into(), "paper".into(), Cell::Count(4)]
        );
    }
}
