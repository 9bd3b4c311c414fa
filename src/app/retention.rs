//! `have-your-say retention`: what is kept of each survey, and until when.

use jiff::{Timestamp, tz::TimeZone};

use super::{AppError, commands};
use crate::{actions::retention::report, config::Config, geography::Place};

/// Prints a line for each survey with the day, and what would go on it. Nothing is deleted.
///
/// # Errors
/// [`AppError`].
pub(super) async fn print(config: &Config) -> Result<(), AppError> {
    let place = Place::embedded(&config.place.pack)?;
    let zone = TimeZone::get(place.time_zone()).unwrap_or(TimeZone::UTC);
    let store = commands::open(config).await?;
    let now = store.now().await?;
    for kept in report(&store, config.office.retention_years).await? {
        let until = Timestamp::from_microsecond(kept.until).unwrap_or_default();
        let day = zone.to_datetime(until).date();
        let due = if kept.until <= now {
            "due since"
        } else {
            "due on"
        };
        println!(
            "{}: {due} {day}: {} responses, {} texts, {} documents of sensitive answers",
            kept.slug, kept.parts.responses, kept.parts.texts, kept.parts.sensitive
        );
    }
    Ok(store.close().await?)
}
