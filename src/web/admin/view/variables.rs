//! Variables of a comparison in words, and what can be chosen.

use crate::{
    analysis::{
        chunk::Channel,
        variable::{NO, VariableKey, YES},
    },
    geography::Grouping,
    results::{
        ResultPage, ResultQuery, answer_word,
        variables::{codes, comparable, filterable, is_sensitive, is_tick, may_be_several},
    },
    survey::{
        definition::{Kind, Question},
        ids::Code,
        message::Message,
    },
    web::{access::Capability, admin::session::SignedInOfficer, templates::Link},
};

use super::{filters::FilteredPage, words::Words};

/// A variable's name.
#[must_use]
pub fn variable_name(words: &Words<'_>, key: &VariableKey) -> String {
    let standing = match key {
        VariableKey::Areas(Grouping::District) => "grouping-district",
        VariableKey::Areas(Grouping::Csp) => "grouping-csp",
        VariableKey::Areas(Grouping::PolicingArea) => "grouping-policing-area",
        VariableKey::Age => "filter-age",
        VariableKey::Sex => "filter-sex",
        VariableKey::Victim => "filter-victim",
        VariableKey::Channel => "filter-channel",
        VariableKey::Version => "variable-version",
        VariableKey::Question(_) | VariableKey::Part(..) => "",
    };
    if !standing.is_empty() {
        return words.id(standing);
    }
    let Some(question) = question(words, key) else {
        return key.to_string();
    };
    let name = words.plain(question.short_or_label());
    let ranked = matches!(question.kind, Kind::Ranking { .. });
    let named = |id: &'static str, part: String| {
        words.say(
            &Message::new(id)
                .with("name", name.clone())
                .with("part", part),
        )
    };
    match key {
        VariableKey::Part(_, code) if matches!(question.kind, Kind::Grid { .. }) => {
            named("variable-row", words.row(question, code))
        }
        VariableKey::Part(_, code) if ranked => {
            named("variable-top3", words.option(question, code))
        }
        VariableKey::Part(_, code) => named("variable-option", words.option(question, code)),
        _ if ranked => words.say(&Message::new("variable-ranking").with("name", name)),
        _ => name,
    }
}

/// A category's name.
#[must_use]
pub fn category_name(words: &Words<'_>, key: &VariableKey, code: &str) -> String {
    let roles = &words.definition.roles;
    let of = |question: Option<&Question>| match (question, Code::new(code)) {
        (Some(question), Ok(code)) => words.option(question, &code),
        _ => code.to_owned(),
    };
    let role = |key: Option<&crate::survey::ids::QuestionKey>| {
        of(key.and_then(|key| words.definition.question(key)))
    };
    match key {
        VariableKey::Areas(grouping) => words.group(*grouping, code),
        VariableKey::Age => role(roles.age.as_ref()),
        VariableKey::Sex => role(roles.sex.as_ref()),
        VariableKey::Channel => Channel::from_word(code)
            .map_or_else(|| code.to_owned(), |channel| words.channel(channel)),
        VariableKey::Version => code.to_owned(),
        VariableKey::Victim => yes_no(words, code),
        key if is_tick(words.definition, key) => yes_no(words, code),
        key => match question(words, key) {
            Some(question) if matches!(question.kind, Kind::Scale { .. }) => {
                point(words, question, code)
            }
            question => of(question),
        },
    }
}

/// A point of a scale; the ends with what they mean.
fn point(words: &Words<'_>, question: &Question, code: &str) -> String {
    let Kind::Scale {
        min,
        max,
        min_label,
        max_label,
        ..
    } = &question.kind
    else {
        return code.to_owned();
    };
    let end = match code.parse::<i32>() {
        Ok(point) if point == *min => min_label,
        Ok(point) if point == *max => max_label,
        _ => return code.to_owned(),
    };
    let message = Message::new("scale-end").with("value", code);
    words.say(&message.with("words", words.plain(end)))
}

fn yes_no(words: &Words<'_>, code: &str) -> String {
    match code {
        YES => words.id("filter-yes"),
        NO => words.id("filter-no"),
        other => other.to_owned(),
    }
}

fn question<'a>(words: &Words<'a>, key: &VariableKey) -> Option<&'a Question> {
    words.definition.question(key.question()?)
}

/// A choice: its value and its words.
type Choice = (String, String);

/// What can be down, by name: questions and rows of grids, then what every response has.
#[must_use]
pub fn row_choices(words: &Words<'_>, officer: &SignedInOfficer) -> Vec<Choice> {
    choices(words, officer, |key| !is_tick(words.definition, key))
}

/// What can be across, by name: whatever puts everybody in one category.
#[must_use]
pub fn banner_choices(words: &Words<'_>, officer: &SignedInOfficer) -> Vec<Choice> {
    choices(words, officer, |key| !may_be_several(words.definition, key))
}

fn choices(
    words: &Words<'_>,
    officer: &SignedInOfficer,
    fits: impl Fn(&VariableKey) -> bool,
) -> Vec<Choice> {
    let definition = words.definition;
    let roles = &definition.roles;
    let all = comparable(definition);
    let (standing, asked): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|key| key.question().is_none());
    // The questions behind area, age and sex stand in the list by those names.
    let is_role = |key: &VariableKey| {
        let key = key.question();
        [&roles.area, &roles.age, &roles.sex]
            .into_iter()
            .flatten()
            .any(|role| Some(role) == key)
    };
    let sensitive = officer.may(Capability::SeeSensitive);
    let all = standing
        .into_iter()
        .chain(asked.into_iter().filter(|key| !is_role(key)));
    all.filter(|key| fits(key) && (sensitive || !is_sensitive(definition, key)))
        .map(|key| (key.to_string(), variable_name(words, &key)))
        .collect()
}

/// Links to the same page for those alone who gave one answer; none, where answers can't be filtered by, or where they
/// are in force already.
#[must_use]
pub fn only_these(words: &Words<'_>, page: &FilteredPage<'_>, key: &VariableKey) -> Vec<Link> {
    let definition = words.definition;
    let given = page.query.filter.answers.get(key);
    if !filterable(definition).contains(key) {
        return Vec::new();
    }
    let codes = codes(definition, words.place, key).unwrap_or_default();
    let codes = codes
        .into_iter()
        .filter(|code| given.is_none_or(|given| !given.contains(code)));
    codes
        .map(|code| {
            let mut query = page.query.clone();
            query
                .filter
                .answers
                .entry(key.clone())
                .or_default()
                .insert(code.clone());
            Link {
                text: category_name(words, key, &code),
                href: page.address(&query),
            }
        })
        .collect()
}

/// An answer that is filtered by, in words; as it is written, where the survey no longer has it.
#[must_use]
pub fn answer_name(words: &Words<'_>, query: &ResultQuery, word: &str) -> String {
    let mut answers = query
        .filter
        .answers
        .iter()
        .flat_map(|(key, codes)| codes.iter().map(move |code| (key, code)));
    let found = answers.find(|(key, code)| answer_word(key, code) == word);
    found.map_or_else(
        || word.to_owned(),
        |(key, code)| {
            let message = Message::new("filter-tag").with("name", variable_name(words, key));
            words.say(&message.with("value", category_name(words, key, code)))
        },
    )
}

/// The comparison that a question begins with; none, where it can't be compared.
#[must_use]
pub fn comparison_of(
    words: &Words<'_>,
    question: &Question,
    query: &ResultQuery,
) -> Option<ResultQuery> {
    let mut all = comparable(words.definition).into_iter();
    let row = all.find(|key| key.question() == Some(&question.key))?;
    Some(ResultQuery {
        page: ResultPage::Compare(crate::results::CompareView {
            row: Some(row),
            ..Default::default()
        }),
        filter: query.filter.clone(),
        weights: query.weights,
    })
}
