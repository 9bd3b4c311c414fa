//! What the address of the audit log asks for, and what there is to ask for.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use url::form_urlencoded;
use uuid::Uuid;

use super::names::LogNames;
use crate::{
    audit::{Actor, Kind},
    storage::audit::{About, LogPlace, LogQuery},
    survey::message::Message,
    web::{errors::PageError, pages::OptionView, words::Speaker},
};

/// The most characters that are searched for.
const LONGEST_SEARCH: usize = 100;
/// The most things that a search may find; each costs a look into the log.
const MOST_FOUND: usize = 40;

/// Actors without an account, by their names in addresses, and the messages that name them.
const NAMELESS: [(Actor, &str); 3] = [
    (Actor::Command, "audit-by-command"),
    (Actor::System, "audit-by-system"),
    (Actor::Nobody, "audit-by-nobody"),
];

/// What the address asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub(super) person: Option<Actor>,
    pub(super) kind: Option<Kind>,
    pub(super) survey: Option<String>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) search: Option<String>,
    after: Option<LogPlace>,
}

impl Asked {
    /// Reads a query string; blank fields ask for nothing.
    ///
    /// # Errors
    /// [`PageError::Unprocessable`], which names what can't be asked for.
    pub(super) fn read(
        query: &str,
        names: &LogNames,
        speaker: &Speaker<'_>,
    ) -> Result<Self, PageError> {
        let refuse = |id: &'static str, given: &str| {
            let given: String = given.chars().filter(|c| !c.is_control()).take(60).collect();
            PageError::Unprocessable(speaker.say(&Message::new(id).with("given", given)))
        };
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let day = || value.parse().map_err(|_| refuse("audit-error-day", value));
            match &*name {
                "person" => {
                    let known = person(value, names);
                    asked.person = Some(known.ok_or_else(|| refuse("audit-error-person", value))?);
                }
                "kind" => {
                    let kind = value.parse();
                    asked.kind = Some(kind.map_err(|_| refuse("audit-error-kind", value))?);
                }
                "survey" => {
                    names
                        .title(value)
                        .ok_or_else(|| refuse("audit-error-survey", value))?;
                    asked.survey = Some(value.to_owned());
                }
                "from" => asked.from = Some(day()?),
                "to" => asked.to = Some(day()?),
                "q" => asked.search = Some(value.chars().take(LONGEST_SEARCH).collect()),
                "after" => {
                    let place = place(value);
                    asked.after = Some(place.ok_or_else(|| refuse("audit-error-place", value))?);
                }
                other => return Err(refuse("audit-error-parameter", other)),
            }
        }
        if asked.from.zip(asked.to).is_some_and(|(from, to)| from > to) {
            return Err(refuse("audit-error-order", ""));
        }
        Ok(asked)
    }

    /// Whether it is not the log from its newest row on.
    pub(super) fn is_later_page(&self) -> bool {
        self.after.is_some()
    }

    /// The filter alone, without what is searched for, as a query string.
    pub(super) fn filter(&self) -> String {
        let mut written = form_urlencoded::Serializer::new(String::new());
        if let Some(person) = self.person {
            written.append_pair("person", &person_value(person));
        }
        if let Some(kind) = self.kind {
            written.append_pair("kind", kind.name());
        }
        if let Some(survey) = &self.survey {
            written.append_pair("survey", survey);
        }
        for (name, day) in [("from", self.from), ("to", self.to)] {
            if let Some(day) = day {
                written.append_pair(name, &day.to_string());
            }
        }
        written.finish()
    }

    /// All that narrows the log, as a query string; with a place, the page after it.
    pub(super) fn query(&self, after: Option<LogPlace>) -> String {
        let mut written = form_urlencoded::Serializer::new(self.filter());
        if let Some(search) = &self.search {
            written.append_pair("q", search);
        }
        if let Some(place) = after {
            written.append_pair("after", &format!("{}.{}", place.at, place.id));
        }
        written.finish()
    }

    /// The rows that are meant; days are those of the place.
    pub(super) fn rows(
        &self,
        zone: &TimeZone,
        names: &LogNames,
        speaker: &Speaker<'_>,
    ) -> LogQuery {
        let begin = |day: Option<Date>| {
            let midnight = day?.at(0, 0, 0, 0);
            let start = zone.to_ambiguous_timestamp(midnight).compatible().ok();
            start.map(Timestamp::as_microsecond)
        };
        let next = |day: Date| day.checked_add(1.day()).ok();
        LogQuery {
            person: self.person,
            kind: self.kind.map(Kind::name),
            survey: self.survey.clone(),
            from: begin(self.from),
            until: begin(self.to.and_then(next)),
            about: self
                .search
                .as_ref()
                .map(|search| found(search, names, speaker)),
            after: self.after,
        }
    }

    /// Who can be asked for.
    pub(super) fn people(&self, names: &LogNames, speaker: &Speaker<'_>) -> Vec<OptionView> {
        let mut options = vec![any("audit-anybody", self.person.is_none(), speaker)];
        options.extend(names.accounts().map(|(id, name)| OptionView {
            value: id.to_string(),
            text: name.to_owned(),
            selected: self.person == Some(Actor::Account(id)),
        }));
        options.extend(NAMELESS.map(|(actor, message)| OptionView {
            value: actor.name().to_owned(),
            text: speaker.id(message),
            selected: self.person == Some(actor),
        }));
        options
    }

    /// What can be asked for.
    pub(super) fn kinds(&self, speaker: &Speaker<'_>) -> Vec<OptionView> {
        let kinds = Kind::ALL.iter().map(|kind| OptionView {
            value: kind.name().to_owned(),
            text: speaker.id(kind.label()),
            selected: self.kind == Some(*kind),
        });
        let all = any("audit-anything", self.kind.is_none(), speaker);
        std::iter::once(all).chain(kinds).collect()
    }

    /// The surveys that can be asked for.
    pub(super) fn surveys(&self, names: &LogNames, speaker: &Speaker<'_>) -> Vec<OptionView> {
        let surveys = names.surveys().map(|(slug, title)| OptionView {
            value: slug.to_owned(),
            text: title.to_owned(),
            selected: self.survey.as_deref() == Some(slug),
        });
        let all = any("audit-any-survey", self.survey.is_none(), speaker);
        std::iter::once(all).chain(surveys).collect()
    }
}

fn any(message: &str, selected: bool, speaker: &Speaker<'_>) -> OptionView {
    OptionView {
        value: String::new(),
        text: speaker.id(message),
        selected,
    }
}

fn person(value: &str, names: &LogNames) -> Option<Actor> {
    let nameless = NAMELESS.iter().find(|(actor, _)| actor.name() == value);
    if let Some((actor, _)) = nameless {
        return Some(*actor);
    }
    let id: Uuid = value.parse().ok()?;
    names.is_known(id).then_some(Actor::Account(id))
}

fn person_value(person: Actor) -> String {
    person
        .account()
        .map_or_else(|| person.name().to_owned(), |id| id.to_string())
}

fn place(value: &str) -> Option<LogPlace> {
    let (at, id) = value.split_once('.')?;
    Some(LogPlace {
        at: at.parse().ok()?,
        id: id.parse().ok()?,
    })
}

/// What is called by the words that are searched for: people, surveys, kinds of events, a response.
fn found(search: &str, names: &LogNames, speaker: &Speaker<'_>) -> Vec<About> {
    let words = search.to_lowercase();
    let has = |name: &str| name.to_lowercase().contains(&words);
    let people = names
        .accounts()
        .filter(|(_, name)| has(name))
        .map(|(id, _)| About::Account(id));
    let surveys = names
        .surveys()
        .filter(|(slug, title)| has(slug) || has(title))
        .map(|(slug, _)| About::Survey(slug.to_owned()));
    let kinds = Kind::ALL
        .iter()
        .filter(|kind| has(&speaker.id(kind.label())))
        .map(|kind| About::Kind(kind.name()));
    let response = search.parse().ok().map(About::Response);
    let all = kinds.chain(surveys).chain(people).chain(response);
    all.take(MOST_FOUND).collect()
}
