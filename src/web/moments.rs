//! Moments in words, in the time of the survey's place.

use jiff::{Timestamp, tz::TimeZone};

use super::words::Speaker;
use crate::survey::{
    message::{Message, day},
    schedule::Schedule,
};

/// "11:59pm on Sunday 13 December 2026", as message `moment` with `hour` (1–12), `minute` (two digits), `half` (`am`/`pm`),
/// `weekday` (1 Monday … 7 Sunday) and `date`.
#[must_use]
pub fn moment(at: Timestamp, zone: &TimeZone, speaker: &Speaker<'_>) -> String {
    let local = zone.to_datetime(at);
    let hour = i64::from(local.hour());
    speaker.say(
        &Message::new("moment")
            .with("hour", if hour % 12 == 0 { 12 } else { hour % 12 })
            .with("minute", format!("{:02}", local.minute()).as_str())
            .with("half", if hour < 12 { "am" } else { "pm" })
            .with("weekday", i64::from(local.weekday().to_monday_one_offset()))
            .with("date", day(local.date())),
    )
}

/// When a survey closes, in words.
#[must_use]
pub fn closing(schedule: &Schedule, speaker: &Speaker<'_>) -> String {
    moment(schedule.closes_at(), schedule.time_zone(), speaker)
}

/// When a survey opens, in words.
#[must_use]
pub fn opening(schedule: &Schedule, speaker: &Speaker<'_>) -> String {
    moment(schedule.opens_at(), schedule.time_zone(), speaker)
}
