//! When made-up people answer: day by day, with a rush at the opening, at each push and before the close, more in the
//! evening than at night; and how many minutes they take.

use jiff::{SignedDuration, Timestamp, ToSpan};

use super::dice::Dice;
use crate::survey::{definition::Definition, schedule::Schedule};

/// When, in the life of a survey, the office reminds people.
const PUSHES: [f64; 2] = [0.36, 0.66];
/// How many people answer in each hour of the day, against the others.
const HOURS: [f64; 24] = [
    1.2, 0.6, 0.3, 0.2, 0.2, 0.5, 1.5, 3.2, 4.6, 5.2, 5.6, 5.8, 6.4, 6.0, 5.0, 4.8, 5.2, 5.8, 6.8,
    8.0, 8.6, 7.4, 5.0, 2.6,
];
const MICROS_PER_SECOND: i64 = 1_000_000;

/// The hours in which people may start, and how many do.
pub(super) struct Arrivals {
    /// The start of each hour and all weight before it.
    hours: Vec<(i64, f64)>,
    end: i64,
    total: f64,
}

impl Arrivals {
    /// Plans the time a survey has been open until `now`, or the whole of it, if it has not opened yet.
    ///
    /// Unless the survey opened today, time ends with yesterday: the same seed gives the same all day long.
    pub(super) fn plan(
        definition: &Definition,
        schedule: &Schedule,
        now: Timestamp,
        seed: u64,
    ) -> Self {
        let (opens, closes) = (schedule.opens_at(), schedule.closes_at());
        let zone = schedule.time_zone();
        let midnight = zone
            .to_ambiguous_timestamp(zone.to_datetime(now).date().at(0, 0, 0, 0))
            .compatible()
            .unwrap_or(now);
        let end = match now {
            now if now <= opens => closes,
            _ if midnight > opens => midnight.min(closes),
            now => now.min(closes),
        };
        let first = definition.opens.date();
        let life = (definition.closes.date() - first).get_days().max(1);
        let mut hours = Vec::new();
        let mut total = 0.0;
        let mut day = first;
        for number in 0..=life {
            let mut dice = Dice::new(seed, "days", u64::try_from(number).unwrap_or_default());
            let noise = dice.between(0.75, 1.25);
            let weekend = if day.weekday().to_monday_zero_offset() > 4 {
                0.8
            } else {
                1.0
            };
            let weight = of_day(f64::from(number), f64::from(life)) * noise * weekend;
            for (hour, share) in (0_i8..).zip(HOURS) {
                let start = zone
                    .to_ambiguous_timestamp(day.at(hour, 0, 0, 0))
                    .compatible();
                let Ok(start) = start else { continue };
                let next = start
                    .saturating_add(SignedDuration::from_hours(1))
                    .unwrap_or(start);
                if next <= opens || start >= end {
                    continue;
                }
                let start = start.max(opens).as_microsecond();
                // Clock changes make an hour appear twice or not at all: then it weighs nothing.
                if hours.last().is_none_or(|(last, _)| *last < start) {
                    hours.push((start, total));
                    total += weight * share;
                }
            }
            match day.checked_add(1.day()) {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        if hours.is_empty() {
            hours.push((opens.as_microsecond(), 0.0));
            total = 1.0;
        }
        Self {
            hours,
            end: end.as_microsecond(),
            total,
        }
    }

    /// When the person in that part of the crowd starts (0 is the first, 1 the last), if it takes them `micros` until
    /// they are done: nobody is done after the end.
    pub(super) fn start(&self, part: f64, micros: i64) -> i64 {
        let weight = part.clamp(0.0, 1.0) * self.total;
        let at = self
            .hours
            .partition_point(|(_, before)| *before <= weight)
            .max(1)
            - 1;
        let (start, before) = self.hours[at];
        let (next, after) = self
            .hours
            .get(at + 1)
            .copied()
            .unwrap_or((self.end, self.total));
        let inside = if after > before {
            (weight - before) / (after - before)
        } else {
            0.0
        };
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // Parts of an hour.
        let moment = start + ((next - start) as f64 * inside) as i64;
        moment.min(self.end - micros).max(self.hours[0].0)
    }

    /// The most microseconds anybody may take.
    pub(super) fn longest(&self) -> i64 {
        (self.end - self.hours[0].0).max(1) / 2
    }
}

/// How many start on the n-th day of a survey's life, against other days.
fn of_day(number: f64, life: f64) -> f64 {
    let rush = |from: f64, height: f64| {
        let days = number - from.floor();
        if !(0.0..60.0).contains(&days) {
            return 0.0;
        }
        // It fades by a third a day.
        let mut height = height;
        let mut left = days;
        while left >= 1.0 {
            height *= 0.67;
            left -= 1.0;
        }
        height
    };
    let pushes: f64 = PUSHES.iter().map(|part| rush(part * life, 4.5)).sum();
    let close = if life - number < 2.0 { 1.6 } else { 0.0 };
    1.0 + rush(0.0, 6.0) + pushes + close
}

/// How many microseconds each page takes whose share of the work is given, and the check at the end (the last).
pub(super) fn paces(
    definition: &Definition,
    work: &[f64],
    all: f64,
    longest: i64,
    dice: &mut Dice,
) -> Vec<i64> {
    let minutes = f64::from(definition.minutes.max(1)) * 0.9 * dice.log_normal(0.45);
    let seconds = minutes * 60.0 / all.max(1.0);
    let mut micros: Vec<i64> = work
        .iter()
        .map(|share| share * seconds * dice.log_normal(0.35))
        .map(|seconds| in_micros(seconds.max(2.0)))
        .collect();
    // A few come back after a break.
    if work.len() > 2 && dice.happens(0.03) {
        let at = 1 + dice.place(work.len() - 1);
        micros[at] += in_micros(3600.0 * dice.between(0.3, 40.0));
    }
    let total: i64 = micros.iter().sum();
    if total > longest {
        for pace in &mut micros {
            *pace = i64::try_from(i128::from(*pace) * i128::from(longest) / i128::from(total))
                .unwrap_or(1)
                .max(1);
        }
    }
    micros
}

/// Whole milliseconds, as SQLite's clock has them.
#[allow(clippy::cast_possible_truncation)] // A float beyond the range becomes its end.
fn in_micros(seconds: f64) -> i64 {
    ((seconds * 1000.0) as i64).saturating_mul(MICROS_PER_SECOND / 1000)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn plan(now: &str) -> (Schedule, Arrivals) {
        let yaml = include_str!("../../../assets/surveys/police-and-crime-plan.yaml");
        let definition = Definition::from_yaml(yaml).unwrap();
        let schedule = Schedule::new(&definition).unwrap();
        let arrivals = Arrivals::plan(&definition, &schedule, now.parse().unwrap(), 1);
        (schedule, arrivals)
    }

    #[test]
    fn people_start_while_it_is_open_and_never_after_now() {
        for (now, end) in [
            ("2026-11-24T11:00:00Z", "2026-11-24T00:00:00Z"),
            ("2026-11-02T12:00:00Z", "2026-11-02T12:00:00Z"),
            ("2027-03-01T00:00:00Z", "2026-12-14T00:00:00Z"),
            ("2026-10-01T00:00:00Z", "2026-12-14T00:00:00Z"),
        ] {
            let (schedule, arrivals) = plan(now);
            let end: Timestamp = end.parse().unwrap();
            let mut last = 0;
            for n in 0..=1000 {
                let start = arrivals.start(f64::from(n) / 1000.0, 60_000_000);
                assert!(start >= schedule.opens_at().as_microsecond(), "{now}");
                assert!(start + 60_000_000 <= end.as_microsecond(), "{now}");
                assert!(start >= last, "{now}");
                last = start;
            }
        }
    }

    #[test]
    fn the_first_days_and_pushes_bring_more() {
        assert!(of_day(0.0, 41.0) > 3.0 * of_day(10.0, 41.0));
        assert!(of_day(14.0, 41.0) > 3.0 * of_day(12.0, 41.0));
        assert!(of_day(41.0, 41.0) > of_day(38.0, 41.0));
    }

    #[test]
    fn minutes_are_about_what_the_definition_says() {
        let yaml = include_str!("../../../assets/surveys/police-and-crime-plan.yaml");
        let definition = Definition::from_yaml(yaml).unwrap();
        let mut minutes: Vec<i64> = (0..1001)
            .map(|n| {
                let mut dice = Dice::new(1, "paces", n);
                let paces = paces(&definition, &[1.0; 10], 10.0, i64::MAX, &mut dice);
                paces.iter().sum::<i64>() / 60_000_000
            })
            .collect();
        minutes.sort_unstable();
        assert!((3..=6).contains(&minutes[500]), "{}", minutes[500]);
        assert!(minutes[900] > minutes[500]);
    }
}
