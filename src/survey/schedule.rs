//! When a survey is coming, open, in its grace time or closed, and when what was never sent is deleted.

use std::num::NonZeroU16;

use jiff::{SignedDuration, Timestamp, ToSpan, civil::DateTime, tz::TimeZone};

use super::definition::Definition;

/// How many days after the close unsent responses are deleted.
pub const PURGE_DAYS: i64 = 30;

/// Where a survey stands in its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It has not opened yet.
    Coming,
    /// It can be answered.
    Open,
    /// It has closed; what was saved by then may still be sent.
    Grace,
    /// It is over.
    Closed,
}

/// The moments of a survey, worked out from its civil times and its time zone.
#[derive(Debug, Clone)]
pub struct Schedule {
    zone: TimeZone,
    closes: DateTime,
    opens_at: Timestamp,
    closes_at: Timestamp,
    grace_ends_at: Timestamp,
    purge_at: Timestamp,
}

/// Why a survey's times can't be worked out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// The time zone's name is not known.
    #[error("{0:?} is not a time zone; use a name such as Europe/London")]
    Zone(String),
    /// A time lies beyond what can be counted.
    #[error("the time {0} is out of range")]
    Range(DateTime),
}

impl Schedule {
    /// Works out the moments of a survey.
    ///
    /// A civil time that a clock change skips means as much later; one that it repeats means the first when the survey
    /// opens and the second when it closes, so that nobody who reads the time on a clock comes too late.
    ///
    /// # Errors
    /// The time zone is not known, or a time is out of range; a linted definition has neither.
    pub fn new(definition: &Definition) -> Result<Self, ScheduleError> {
        let zone = TimeZone::get(&definition.time_zone)
            .map_err(|_| ScheduleError::Zone(definition.time_zone.clone()))?;
        let (opens, closes) = (definition.opens, definition.closes);
        let opens_at = zone
            .to_ambiguous_timestamp(opens)
            .compatible()
            .map_err(|_| ScheduleError::Range(opens))?;
        let later = |time: DateTime| {
            zone.to_ambiguous_timestamp(time)
                .later()
                .map_err(|_| ScheduleError::Range(time))
        };
        let closes_at = later(closes)?;
        let grace = SignedDuration::from_mins(i64::from(definition.grace_minutes));
        let grace_ends_at = closes_at
            .checked_add(grace)
            .map_err(|_| ScheduleError::Range(closes))?;
        let purge = closes
            .checked_add(PURGE_DAYS.days())
            .map_err(|_| ScheduleError::Range(closes))?;
        // Nothing is deleted while it may still be sent.
        let purge_at = later(purge)?.max(grace_ends_at);
        Ok(Self {
            zone,
            closes,
            opens_at,
            closes_at,
            grace_ends_at,
            purge_at,
        })
    }

    /// Where the survey stands at `now`: it opens, closes and ends on the very moment of each.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> State {
        if now < self.opens_at {
            State::Coming
        } else if now < self.closes_at {
            State::Open
        } else if now < self.grace_ends_at {
            State::Grace
        } else {
            State::Closed
        }
    }

    /// The time zone its times are meant in.
    #[must_use]
    pub const fn time_zone(&self) -> &TimeZone {
        &self.zone
    }

    /// When it opens.
    #[must_use]
    pub const fn opens_at(&self) -> Timestamp {
        self.opens_at
    }

    /// When it closes.
    #[must_use]
    pub const fn closes_at(&self) -> Timestamp {
        self.closes_at
    }

    /// Until when what was saved before the close may be sent.
    #[must_use]
    pub const fn grace_ends_at(&self) -> Timestamp {
        self.grace_ends_at
    }

    /// When responses that were never sent are deleted: 30 days after the close.
    #[must_use]
    pub const fn purge_at(&self) -> Timestamp {
        self.purge_at
    }

    /// Until when comments and sensitive answers are kept: `months` after the close by the survey's calendar, and never longer
    /// than sent answers are ([`Schedule::kept_until`]).
    #[must_use]
    pub fn personal_until(&self, months: Option<NonZeroU16>, years: u8) -> Timestamp {
        let kept = self.kept_until(years);
        let Some(months) = months else {
            return kept;
        };
        let until = self
            .closes
            .checked_add(i32::from(months.get()).months())
            .ok();
        let until = until.and_then(|until| self.zone.to_ambiguous_timestamp(until).later().ok());
        // Answers that may still be sent are not deleted before.
        until.map_or(kept, |until| until.max(self.grace_ends_at).min(kept))
    }

    /// Until when sent answers are kept: `years` after the close by the survey's calendar, or for good where the calendar
    /// ends before.
    #[must_use]
    pub fn kept_until(&self, years: u8) -> Timestamp {
        self.closes
            .checked_add(i32::from(years).years())
            .ok()
            .and_then(|until| self.zone.to_ambiguous_timestamp(until).later().ok())
            .unwrap_or(Timestamp::MAX)
    }

    /// How many days are left by the calendar of the survey's zone: 0 on its last day, none once it has closed.
    #[must_use]
    pub fn days_left(&self, now: Timestamp) -> Option<i32> {
        if now >= self.closes_at {
            return None;
        }
        let today = self.zone.to_datetime(now).date();
        // Who closes at midnight means the end of the day before.
        let last_moment = self.closes.saturating_sub(1.nanosecond());
        Some((last_moment.date() - today).get_days())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::survey::sample::small;

    fn schedule(opens: &str, closes: &str) -> Schedule {
        let mut definition = small();
        definition.opens = opens.parse().unwrap();
        definition.closes = closes.parse().unwrap();
        Schedule::new(&definition).unwrap()
    }

    fn at(moment: &str) -> Timestamp {
        moment.parse().unwrap()
    }

    #[test]
    fn a_survey_comes_opens_has_its_grace_and_closes() {
        let schedule = schedule("2026-06-01T09:00", "2026-06-30T17:00");
        for (moment, state) in [
            ("2026-06-01T07:59:59Z", State::Coming),
            ("2026-06-01T08:00:00Z", State::Open),
            ("2026-06-30T15:59:59Z", State::Open),
            ("2026-06-30T16:00:00Z", State::Grace),
            ("2026-06-30T16:59:59Z", State::Grace),
            ("2026-06-30T17:00:00Z", State::Closed),
        ] {
            assert_eq!(schedule.state(at(moment)), state, "{moment}");
        }
    }

    #[test]
    fn a_time_that_the_spring_change_skips_means_an_hour_later() {
        let schedule = schedule("2026-03-29T01:30", "2026-03-30T01:30");
        assert_eq!(schedule.opens_at(), at("2026-03-29T01:30:00Z"));
        assert_eq!(schedule.closes_at(), at("2026-03-30T00:30:00Z"));
    }

    #[test]
    fn a_time_that_the_autumn_change_repeats_opens_at_the_first_and_closes_at_the_second() {
        let both = schedule("2026-10-25T01:30", "2026-10-25T01:30");
        assert_eq!(both.opens_at(), at("2026-10-25T00:30:00Z"));
        assert_eq!(both.closes_at(), at("2026-10-25T01:30:00Z"));
    }

    #[test]
    fn days_left_go_by_the_calendar_across_the_change() {
        let schedule = schedule("2026-10-01T09:00", "2026-10-26T23:59");
        assert_eq!(schedule.days_left(at("2026-10-24T22:59:59Z")), Some(2));
        assert_eq!(schedule.days_left(at("2026-10-24T23:00:00Z")), Some(1));
        assert_eq!(schedule.days_left(at("2026-10-26T00:00:00Z")), Some(0));
        assert_eq!(schedule.days_left(at("2026-10-26T23:59:00Z")), None);
    }

    #[test]
    fn a_survey_that_closes_at_midnight_has_its_last_day_before_it() {
        let schedule = schedule("2026-06-01T09:00", "2026-06-30T00:00");
        assert_eq!(schedule.days_left(at("2026-06-29T12:00:00Z")), Some(0));
    }

    #[test]
    fn unsent_responses_are_deleted_thirty_days_after_the_close() {
        let across = schedule("2026-10-01T09:00", "2026-10-10T17:00");
        assert_eq!(across.purge_at(), at("2026-11-09T17:00:00Z"));
        let mut definition = small();
        definition.grace_minutes = 60 * 24 * 40;
        let long = Schedule::new(&definition).unwrap();
        assert_eq!(long.purge_at(), long.grace_ends_at());
    }

    #[test]
    fn personal_parts_are_kept_for_their_months_and_never_longer_than_answers() {
        let across = schedule("2026-10-01T09:00", "2027-01-31T17:00");
        let until = |months, years| across.personal_until(NonZeroU16::new(months), years);
        assert_eq!(
            until(1, 5),
            at("2027-02-28T17:00:00Z"),
            "February has 28 days"
        );
        assert_eq!(until(6, 5), at("2027-07-31T16:00:00Z"), "summer time");
        assert_eq!(
            until(0, 5),
            across.kept_until(5),
            "as the office keeps answers"
        );
        assert_eq!(until(25, 2), across.kept_until(2));
        assert_eq!(until(u16::MAX, 255), across.kept_until(255));
        let mut definition = small();
        definition.grace_minutes = 60 * 24 * 40;
        let long = Schedule::new(&definition).unwrap();
        assert_eq!(
            long.personal_until(NonZeroU16::new(1), 5),
            long.grace_ends_at()
        );
    }

    #[test]
    fn an_unknown_zone_and_the_end_of_time_are_errors() {
        let mut definition = small();
        definition.time_zone = "Europe/Chelmsford".to_owned();
        assert!(matches!(
            Schedule::new(&definition),
            Err(ScheduleError::Zone(_))
        ));
        let mut definition = small();
        definition.closes = DateTime::MAX;
        assert!(matches!(
            Schedule::new(&definition),
            Err(ScheduleError::Range(_))
        ));
    }
}
