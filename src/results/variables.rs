//! Which variables a survey has: what can be compared, filtered by, and what is special-category.

use crate::{
    analysis::{
        areas::group_key,
        chunk::Channel,
        schema::NARROW_OPTIONS,
        variable::{NO, VariableKey, YES},
    },
    geography::Place,
    survey::{
        definition::{Definition, Kind, OUTSIDE, Question},
        ids::{Code, QuestionKey},
    },
};

/// The most options a question may have to be compared pair by pair or filtered by.
const MOST_ITEMS: usize = 64;

/// Everything that can be down or across: what every response has, the survey's questions and rows of grids in order, and
/// at the end each option of a multiple choice and each item of a ranking.
#[must_use]
pub fn comparable(definition: &Definition) -> Vec<VariableKey> {
    let roles = &definition.roles;
    let standing = VariableKey::STANDING.into_iter().filter(|key| match key {
        VariableKey::Areas(_) => roles.area.is_some(),
        VariableKey::Age => roles.age.is_some(),
        VariableKey::Sex => roles.sex.is_some(),
        VariableKey::Victim => roles.victim.is_some(),
        _ => true,
    });
    let (mut found, mut ticks): (Vec<VariableKey>, Vec<VariableKey>) =
        (standing.collect(), Vec::new());
    for question in definition.questions() {
        let part = |code: &Code| VariableKey::Part(question.key.clone(), code.clone());
        match sorted(question) {
            Some(Sorted::Whole) => found.push(VariableKey::Question(question.key.clone())),
            Some(Sorted::Rows) => found.extend(question.rows().iter().map(|row| part(&row.code))),
            Some(Sorted::Ticks) => {
                found.push(VariableKey::Question(question.key.clone()));
                ticks.extend(question.choices().iter().map(|choice| part(&choice.code)));
            }
            None => {}
        }
    }
    found.extend(ticks);
    found
}

/// How a question sorts people into categories.
enum Sorted {
    /// Its answers are categories.
    Whole,
    /// Each row has categories.
    Rows,
    /// Each option is ticked or not.
    Ticks,
}

fn sorted(question: &Question) -> Option<Sorted> {
    let narrow = |count: usize| count <= NARROW_OPTIONS;
    match &question.kind {
        Kind::Single { choices, .. } => narrow(choices.len()).then_some(Sorted::Whole),
        Kind::Scale { min, max, .. } => {
            let points = i64::from(*max) - i64::from(*min) + 1;
            (1..=NARROW_OPTIONS as i64)
                .contains(&points)
                .then_some(Sorted::Whole)
        }
        Kind::Postcode { .. } | Kind::Area { .. } => Some(Sorted::Whole),
        Kind::Grid { columns, .. } => narrow(columns.len()).then_some(Sorted::Rows),
        Kind::Multiple { choices, .. } => narrow(choices.len()).then_some(Sorted::Ticks),
        Kind::Ranking { items, .. } => (items.len() <= MOST_ITEMS).then_some(Sorted::Ticks),
        _ => None,
    }
}

fn is_several(question: &Question) -> bool {
    matches!(sorted(question), Some(Sorted::Ticks))
}

/// Whether people may be in several of a variable's categories: it can be down, and never across.
#[must_use]
pub fn may_be_several(definition: &Definition, key: &VariableKey) -> bool {
    match key {
        VariableKey::Question(question) => definition.question(question).is_some_and(is_several),
        _ => false,
    }
}

/// Whether a variable is one option of several, ticked or not.
#[must_use]
pub fn is_tick(definition: &Definition, key: &VariableKey) -> bool {
    match key {
        VariableKey::Part(question, _) => definition.question(question).is_some_and(is_several),
        _ => false,
    }
}

/// Whether the question behind a variable is special-category.
#[must_use]
pub fn is_sensitive(definition: &Definition, key: &VariableKey) -> bool {
    let roles = &definition.roles;
    let role = match key {
        VariableKey::Age => roles.age.as_ref(),
        VariableKey::Sex => roles.sex.as_ref(),
        VariableKey::Victim => roles.victim.as_ref().map(|victim| &victim.question),
        key => key.question(),
    };
    role.is_some_and(|question| is_sensitive_question(definition, question))
}

/// Whether a question is special-category.
#[must_use]
pub fn is_sensitive_question(definition: &Definition, key: &QuestionKey) -> bool {
    let question = definition.question(key);
    question.is_some_and(|question| question.sensitive.is_some())
}

/// The codes of a variable's categories, as the newest version of the survey has them; none for what is no variable of
/// the survey, and for versions, which no definition knows.
#[must_use]
pub fn codes(definition: &Definition, place: &Place, key: &VariableKey) -> Option<Vec<String>> {
    let yes_no = || vec![YES.to_owned(), NO.to_owned()];
    let choices = |question: &Question| {
        question
            .choices()
            .iter()
            .map(|choice| choice.code.to_string())
            .collect()
    };
    match key {
        VariableKey::Areas(grouping) => {
            let groups = 0..place.group(*grouping).len();
            Some(
                groups
                    .map(|group| group_key(place, *grouping, group).to_owned())
                    .collect(),
            )
        }
        VariableKey::Age => definition
            .question(definition.roles.age.as_ref()?)
            .map(choices),
        VariableKey::Sex => definition
            .question(definition.roles.sex.as_ref()?)
            .map(choices),
        VariableKey::Victim => definition.roles.victim.as_ref().map(|_| yes_no()),
        VariableKey::Channel => Some(
            Channel::ALL
                .map(|channel| channel.word().to_owned())
                .to_vec(),
        ),
        VariableKey::Version => None,
        VariableKey::Question(question) => {
            let question = definition.question(question)?;
            match &question.kind {
                Kind::Scale { min, max, .. } => {
                    Some((*min..=*max).map(|point| point.to_string()).collect())
                }
                Kind::Postcode { outside } | Kind::Area { outside } => {
                    let areas = place.areas().iter().map(|area| area.code.to_string());
                    Some(
                        areas
                            .chain(outside.as_ref().map(|_| OUTSIDE.to_owned()))
                            .collect(),
                    )
                }
                _ => sorted(question)
                    .filter(|sorted| !matches!(sorted, Sorted::Rows))
                    .map(|_| choices(question)),
            }
        }
        VariableKey::Part(question, code) => {
            let question = definition.question(question)?;
            match sorted(question)? {
                Sorted::Rows => question
                    .rows()
                    .iter()
                    .any(|row| row.code == *code)
                    .then(|| choices(question)),
                Sorted::Ticks => question.choice(code).map(|_| yes_no()),
                Sorted::Whole => None,
            }
        }
    }
}

/// What responses can be filtered by: questions of codes and rows of grids.
#[must_use]
pub fn filterable(definition: &Definition) -> Vec<VariableKey> {
    let all = comparable(definition).into_iter();
    all.filter(|key| key.question().is_some() && !is_tick(definition, key))
        .collect()
}

/// The protected characteristics a survey asks: the age and sex of its roles, and every special-category single choice
/// that is asked for itself. One that opens under a choice divides a group that is small already; compare shows it.
#[must_use]
pub fn characteristics(definition: &Definition) -> Vec<VariableKey> {
    let roles = &definition.roles;
    let age = roles.age.as_ref().map(|_| VariableKey::Age);
    let sex = roles.sex.as_ref().map(|_| VariableKey::Sex);
    let questions = definition.pages().flat_map(|(_, page)| &page.questions);
    let protected = questions.filter(|question| {
        let is_role = [&roles.age, &roles.sex]
            .into_iter()
            .flatten()
            .any(|key| *key == question.key);
        question.sensitive.is_some() && !is_role && matches!(question.kind, Kind::Single { .. })
    });
    let protected = protected.map(|question| VariableKey::Question(question.key.clone()));
    age.into_iter().chain(sex).chain(protected).collect()
}

/// The scales and rows of grids that a survey asks and that are not special-category: what equality is analysed by.
#[must_use]
pub fn scales(definition: &Definition) -> Vec<VariableKey> {
    let all = comparable(definition).into_iter();
    all.filter(|key| {
        let question = key.question().and_then(|key| definition.question(key));
        question.is_some_and(|question| {
            question.sensitive.is_none()
                && matches!(question.kind, Kind::Scale { .. } | Kind::Grid { .. })
        })
    })
    .collect()
}
