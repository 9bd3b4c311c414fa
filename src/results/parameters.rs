//! The values that parameters of a results address may have, in one survey and place.

use std::{collections::BTreeSet, str::FromStr};

use jiff::{Timestamp, civil::Date};

use super::{
    error::{QueryError, echo},
    query::answer_word,
    variables::{codes, filterable},
};
use crate::{
    analysis::{
        areas::{from_word, group_key, word},
        dataset::Channel,
        filter::Filter,
        variable::VariableKey,
    },
    geography::{Grouping, Place},
    survey::{
        definition::{Definition, Question},
        ids::{Code, QuestionKey},
    },
};

/// Parameters that every page takes, in the order they are written.
pub(super) const FILTERS: [&str; 11] = [
    "area", "csp", "lpa", "age", "sex", "victim", "from", "to", "channel", "answer", "as_of",
];

/// What a moment looks like in an address.
pub(super) const MOMENT: &str = "2026-10-31T17:00:00Z";

/// What a victim filter may say.
const VICTIM: [&str; 2] = ["yes", "no"];

/// Reads single parameters of one survey and place.
pub(super) struct Reader<'a> {
    pub(super) definition: &'a Definition,
    pub(super) place: &'a Place,
}

impl Reader<'_> {
    /// Reads one filter into `filter`; says whether `name` is one.
    pub(super) fn filter(
        &self,
        filter: &mut Filter,
        name: &str,
        given: &str,
    ) -> Result<bool, QueryError> {
        match name {
            "area" => {
                let areas = || self.place.areas().iter().map(|area| area.code.as_str());
                filter
                    .areas
                    .insert(one_of("area", given, areas, |word| Code::new(word).ok())?);
            }
            "csp" => add(&mut filter.csps, self.group("csp", Grouping::Csp, given)?),
            "lpa" => add(
                &mut filter.policing_areas,
                self.group("lpa", Grouping::PolicingArea, given)?,
            ),
            "age" => {
                filter.ages.insert(self.choice(
                    "age",
                    self.definition.roles.age.as_ref(),
                    given,
                )?);
            }
            "sex" => {
                filter.sexes.insert(self.choice(
                    "sex",
                    self.definition.roles.sex.as_ref(),
                    given,
                )?);
            }
            "victim" => {
                if self.definition.roles.victim.is_none() {
                    return Err(QueryError::NotAsked {
                        parameter: "victim",
                    });
                }
                let read = |word: &str| VICTIM.contains(&word).then_some(word == "yes");
                once(
                    "victim",
                    &mut filter.victim,
                    one_of("victim", given, || VICTIM.into_iter(), read)?,
                )?;
            }
            "from" => once("from", &mut filter.from, date("from", given)?)?,
            "to" => once("to", &mut filter.to, date("to", given)?)?,
            "channel" => {
                let words = || Channel::ALL.into_iter().map(Channel::word);
                filter
                    .channels
                    .insert(one_of("channel", given, words, Channel::from_word)?);
            }
            "answer" => {
                let (key, code) = self.answer(given)?;
                filter.answers.entry(key).or_default().insert(code);
            }
            "as_of" => once("as_of", &mut filter.as_of, moment("as_of", given)?)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// An answer to filter by: `{key}:{code}`. A wrong code is told its question's codes, a wrong key every key.
    fn answer(&self, given: &str) -> Result<(VariableKey, String), QueryError> {
        let keys = filterable(self.definition);
        let (key, code) = given.split_once(':').unwrap_or((given, ""));
        let Some(key) = VariableKey::read(key).filter(|key| keys.contains(key)) else {
            let names: Vec<String> = keys.iter().map(|key| answer_word(key, "…")).collect();
            return Err(QueryError::value(
                "answer",
                given,
                names.iter().map(String::as_str),
            ));
        };
        let codes = codes(self.definition, self.place, &key).unwrap_or_default();
        if codes.iter().any(|known| known == code) {
            return Ok((key, code.to_owned()));
        }
        let words: Vec<String> = codes.iter().map(|code| answer_word(&key, code)).collect();
        Err(QueryError::value(
            "answer",
            given,
            words.iter().map(String::as_str),
        ))
    }

    /// The key of a group of areas.
    pub(super) fn group(
        &self,
        parameter: &'static str,
        grouping: Grouping,
        given: &str,
    ) -> Result<String, QueryError> {
        let groups = 0..self.place.group(grouping).len();
        let keys = || {
            groups
                .clone()
                .map(|group| group_key(self.place, grouping, group))
        };
        one_of(parameter, given, keys, |word| Some(word.to_owned()))
    }

    /// What areas are to be put together into.
    pub(super) fn grouping(&self, given: &str) -> Result<Grouping, QueryError> {
        one_of(
            "areas",
            given,
            || Grouping::ALL.into_iter().map(word),
            from_word,
        )
    }

    fn choice(
        &self,
        parameter: &'static str,
        question: Option<&QuestionKey>,
        given: &str,
    ) -> Result<Code, QueryError> {
        let question = question.and_then(|key| self.definition.question(key));
        let choices = question
            .map(Question::choices)
            .filter(|choices| !choices.is_empty());
        let choices = choices.ok_or(QueryError::NotAsked { parameter })?;
        let codes = || choices.iter().map(|choice| choice.code.as_str());
        one_of(parameter, given, codes, |word| Code::new(word).ok())
    }
}

/// Reads a word that is one of some.
pub(super) fn one_of<'a, T, W: Iterator<Item = &'a str>>(
    parameter: &'static str,
    given: &str,
    words: impl Fn() -> W,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, QueryError> {
    let known = words().any(|word| word == given);
    known
        .then(|| read(given))
        .flatten()
        .ok_or_else(|| QueryError::value(parameter, given, words()))
}

/// Keeps a value that may be given once.
pub(super) fn once<T>(
    parameter: &'static str,
    kept: &mut Option<T>,
    value: T,
) -> Result<(), QueryError> {
    if kept.replace(value).is_some() {
        return Err(QueryError::Repeated { parameter });
    }
    Ok(())
}

fn add(keys: &mut BTreeSet<String>, key: String) {
    keys.insert(key);
}

/// A moment with `Z` or an offset: without one, nobody could say when it was. A `+` that was not escaped comes as a blank.
fn moment(parameter: &'static str, given: &str) -> Result<Timestamp, QueryError> {
    let wrong = || QueryError::value(parameter, &echo(given), [MOMENT]);
    let moment: Timestamp = given.replace(' ', "+").parse().map_err(|_| wrong())?;
    // To the microsecond, as the store keeps them.
    Timestamp::from_microsecond(moment.as_microsecond()).map_err(|_| wrong())
}

/// A day as `2026-10-31`, in that form alone, so that an address has one spelling.
fn date(parameter: &'static str, given: &str) -> Result<Date, QueryError> {
    Date::from_str(given)
        .ok()
        .filter(|date| date.to_string() == given)
        .ok_or_else(|| QueryError::value(parameter, &echo(given), ["2026-10-31"]))
}
