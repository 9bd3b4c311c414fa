//! Moments as files write them.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// A moment in unix microseconds: with `Z` or an offset it is exact; without, it is meant in the survey's time zone; a
/// day alone means its beginning there.
pub(super) fn read(written: &str, zone: &TimeZone) -> Option<i64> {
    let written = written.trim();
    if let Ok(moment) = written.parse::<Timestamp>() {
        return Some(moment.as_microsecond());
    }
    let local: DateTime = written.parse().ok()?;
    let moment = zone.to_timestamp(local).ok()?;
    Some(moment.as_microsecond())
}
