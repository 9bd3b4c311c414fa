//! What pages of accounts say in the same words: why a password is refused, when something was, what is wrong with a form.

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    actions::{PASSWORD_LENGTH, Weakness},
    survey::message::Message,
    web::{moments, pages::ErrorLink, site::Site, words::Speaker},
};

/// Why a password is refused, and how to mend it.
pub(super) fn refused(weakness: Weakness) -> Message {
    let limit =
        |id, limit: usize| Message::new(id).with("count", i64::try_from(limit).unwrap_or(i64::MAX));
    match weakness {
        Weakness::Short => limit("accept-password-short", *PASSWORD_LENGTH.start()),
        Weakness::Long => limit("accept-password-long", *PASSWORD_LENGTH.end()),
        Weakness::Own => Message::new("password-own"),
        Weakness::Common => Message::new("password-common"),
        Weakness::Pattern => Message::new("password-pattern"),
        Weakness::Plain => Message::new("password-plain"),
    }
}

/// A moment of the store (unix microseconds) in words, in the time of the place.
pub(super) fn when(site: &Site, speaker: &Speaker<'_>, at: i64) -> String {
    let zone = TimeZone::get(site.place.time_zone()).unwrap_or(TimeZone::UTC);
    let at = Timestamp::from_microsecond(at).unwrap_or_default();
    moments::moment(at, &zone, speaker)
}

/// The error summary of a form: each field's id with what is wrong with it.
pub(super) fn summary(fields: &[(&str, &Option<String>)]) -> Vec<ErrorLink> {
    fields
        .iter()
        .filter_map(|(field, text)| {
            Some(ErrorLink {
                field: (*field).to_owned(),
                text: (*text).clone()?,
            })
        })
        .collect()
}
