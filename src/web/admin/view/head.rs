//! What stands above every page of one survey.

use jiff::Timestamp;

use crate::{
    survey::{
        ids::Slug,
        message::Message,
        schedule::{Schedule, State},
    },
    web::{
        access::Capability, admin::session::SignedInOfficer, moments, pages::SurveyHead,
        templates::NavItem, urls::Url,
    },
};

use super::words::Words;

/// The pages of a survey: their words, what stands behind its name in their addresses, and what they ask.
const TABS: [(&str, &str, Capability); 10] = [
    ("officers-live", "", Capability::SeeResults),
    ("officers-questions", "questions", Capability::SeeResults),
    ("officers-themes", "themes", Capability::SeeResults),
    ("officers-priorities", "priorities", Capability::SeeResults),
    ("officers-who", "who", Capability::SeeResults),
    ("officers-compare", "compare", Capability::SeeResults),
    ("officers-equality", "equality", Capability::SeeSensitive),
    ("officers-comments", "comments", Capability::ReadComments),
    ("officers-exports", "exports", Capability::Export),
    ("officers-edit", "edit", Capability::EditSurveys),
];

/// The head of a survey's page.
#[must_use]
pub fn survey_head(
    words: &Words<'_>,
    slug: &Slug,
    schedule: &Schedule,
    now: Timestamp,
    as_of: Option<Timestamp>,
    officer: &SignedInOfficer,
    current: &str,
) -> SurveyHead {
    let tabs = TABS
        .iter()
        .filter(|(_, _, capability)| capability.is_of(officer.role))
        .map(|(key, path, _)| {
            NavItem::current(
                key,
                Url::AdminSurvey(slug, path).to_string(),
                *key == current,
            )
        })
        .collect();
    SurveyHead {
        title: words.plain(&words.definition.short_title),
        state: state_name(schedule.state(now)),
        when: when(words, schedule, now),
        as_of: as_of.map(|at| moments::moment(at, schedule.time_zone(), &words.speaker)),
        all: Url::Admin.to_string(),
        tabs,
        proof: None,
    }
}

/// The name of a state on officers' pages.
#[must_use]
pub fn state_name(state: State) -> &'static str {
    match state {
        State::Coming => "coming",
        State::Open => "open",
        State::Grace | State::Closed => "closed",
    }
}

fn when(words: &Words<'_>, schedule: &Schedule, now: Timestamp) -> String {
    let closes = moments::closing(schedule, &words.speaker);
    let message = match schedule.state(now) {
        State::Coming => Message::new("officers-opens-on")
            .with("when", moments::opening(schedule, &words.speaker)),
        State::Open => Message::new("officers-closes-on")
            .with("days", i64::from(schedule.days_left(now).unwrap_or(0)))
            .with("when", closes),
        State::Grace | State::Closed => Message::new("officers-closed-on").with("when", closes),
    };
    words.say(&message)
}
