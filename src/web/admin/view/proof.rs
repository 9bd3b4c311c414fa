//! How the figures of a page are had again: of what they are, the address that fixes them, and what changed since.

use jiff::{Timestamp, tz::TimeZone};

use super::words::Words;
use crate::{
    results::{ResultQuery, State},
    survey::{
        ids::Slug,
        message::{Arg, Message},
    },
    web::{moments, pages::ProofView, urls::Url},
};

/// What stands at the foot of a results page.
#[must_use]
pub fn proof(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    state: &State,
    may_freeze: bool,
) -> ProofView {
    let as_of = query.filter.as_of.unwrap_or(state.as_of);
    let number = |count: u64| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let versions: Vec<String> = state.versions.iter().map(u32::to_string).collect();
    let of = Message::new("proof-of")
        .with("count", state.selected)
        .with("versions", versions.join(", "))
        .with("amount", i64::try_from(versions.len()).unwrap_or(i64::MAX))
        .with("when", moment(words, as_of))
        .with("software", state.software);
    let since = state.since.map(|since| {
        words.say(
            &Message::new("proof-since")
                .with("changed", number(since.changed))
                .with("withdrawn", number(since.withdrawn))
                .with("erased", number(since.erased))
                .with("imported", number(since.imported)),
        )
    });
    let page = query.fixed_at(as_of).to_url();
    ProofView {
        of: words.say(&of),
        href: Url::AdminSurvey(slug, &page).to_string(),
        since,
        frozen: Url::AdminSurvey(slug, "frozen").to_string(),
        may_freeze,
        page,
    }
}

/// A moment in words, in the time of the place.
#[must_use]
pub fn moment(words: &Words<'_>, at: Timestamp) -> String {
    let zone = TimeZone::get(words.place.time_zone()).unwrap_or(TimeZone::UTC);
    moments::moment(at, &zone, &words.speaker)
}
