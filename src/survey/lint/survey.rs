//! Rules about the survey as a whole: languages, times, contact.

use jiff::{
    SignedDuration, Timestamp,
    tz::{AmbiguousOffset, TimeZone},
};

use super::{Findings, Spot};
use crate::survey::{
    definition::Definition,
    schedule::{PURGE_DAYS, Schedule, ScheduleError},
};

/// What people are given to think and answer; courts have found less than two weeks too short for a consultation.
const FAIR_DAYS: i64 = 14;

pub(super) fn lint(definition: &Definition, findings: &mut Findings) {
    languages(definition, findings);
    times(definition, findings);
    contact(definition, findings);
    if definition.sections.is_empty() {
        findings.error(
            &Spot::new("sections"),
            "the survey has no section",
            "add a section with a page",
        );
    }
}

fn languages(definition: &Definition, findings: &mut Findings) {
    let spot = Spot::new("languages");
    if definition.languages.is_empty() {
        findings.error(
            &spot,
            "no language is given",
            "write the languages, such as [en]",
        );
    }
    for (index, language) in definition.languages.iter().enumerate() {
        if definition.languages[..index].contains(language) {
            findings.error(
                &spot,
                format!("`{language}` is given twice"),
                "remove one of them",
            );
        }
    }
}

fn times(definition: &Definition, findings: &mut Findings) {
    if definition.minutes == 0 {
        findings.error(
            &Spot::new("minutes"),
            "nobody answers in 0 minutes",
            "write how many minutes it takes, 1 at least",
        );
    }
    if definition.closes <= definition.opens {
        findings.error(
            &Spot::new("closes"),
            format!(
                "the survey closes ({}) before it opens ({})",
                definition.closes, definition.opens
            ),
            "write a close after the opening",
        );
        return;
    }
    clock_changes(definition, findings);
    match Schedule::new(definition) {
        Ok(schedule) => open_for(&schedule, findings),
        Err(error @ ScheduleError::Zone(_)) => findings.error(
            &Spot::new("time_zone"),
            error.to_string(),
            "write the zone's name as in Europe/London",
        ),
        Err(error @ ScheduleError::Range(_)) => findings.error(
            &Spot::new("closes"),
            error.to_string(),
            "write a time this century",
        ),
    }
    if i64::from(definition.grace_minutes) > PURGE_DAYS * 24 * 60 {
        findings.error(
            &Spot::new("grace_minutes"),
            format!("the grace time is longer than the {PURGE_DAYS} days after which unsent answers are deleted"),
            "write fewer minutes, such as 60",
        );
    }
}

/// Twice a year a time of day does not exist, or comes twice: an author should choose another.
fn clock_changes(definition: &Definition, findings: &mut Findings) {
    let Ok(zone) = TimeZone::get(&definition.time_zone) else {
        return;
    };
    for (field, moment) in [("opens", definition.opens), ("closes", definition.closes)] {
        let problem = match zone.to_ambiguous_timestamp(moment).offset() {
            AmbiguousOffset::Unambiguous { .. } => continue,
            AmbiguousOffset::Gap { .. } => {
                "the clocks go forward over this time, so it does not exist; an hour later is meant"
            }
            AmbiguousOffset::Fold { .. } if field == "opens" => {
                "the clocks go back over this time, so it comes twice; the first is meant"
            }
            AmbiguousOffset::Fold { .. } => {
                "the clocks go back over this time, so it comes twice; the second is meant"
            }
        };
        findings.warning(
            &Spot::new(field),
            problem,
            "choose a time outside the night of the change",
        );
    }
}

fn open_for(schedule: &Schedule, findings: &mut Findings) {
    let duration = |from: Timestamp, to: Timestamp| to.duration_since(from);
    let open = duration(schedule.opens_at(), schedule.closes_at());
    if open < SignedDuration::from_hours(FAIR_DAYS * 24) {
        findings.warning(
            &Spot::new("closes"),
            format!("the survey is open for less than {FAIR_DAYS} days"),
            "give people enough time to consider and answer, or write down why not",
        );
    }
}

fn contact(definition: &Definition, findings: &mut Findings) {
    let contact = &definition.overview.contact;
    let spot = Spot::new("overview.contact");
    if contact.email.is_none() && contact.phone.is_none() && contact.address.is_none() {
        findings.warning(
            &spot,
            "there is nobody to ask",
            "add an email address, a telephone number or a postal address",
        );
    }
    let is_email = |email: &str| {
        email.len() <= 254
            && !email.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
            && email.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && host.contains('.') && !host.contains('@')
            })
    };
    if contact
        .email
        .as_deref()
        .is_some_and(|email| !is_email(email))
    {
        findings.error(
            &spot.at("email"),
            "this is not an email address",
            "write it as name@example.org",
        );
    }
    let is_phone = |phone: &str| {
        phone.chars().any(|c| c.is_ascii_digit())
            && phone
                .chars()
                .all(|c| c.is_ascii_digit() || "+() -".contains(c))
    };
    if contact
        .phone
        .as_deref()
        .is_some_and(|phone| !is_phone(phone))
    {
        findings.error(
            &spot.at("phone"),
            "this is not a telephone number",
            "write digits, spaces and + only",
        );
    }
}
