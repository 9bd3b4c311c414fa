//! Reading kinds of several fields: grid, ranking, budget.

use std::collections::{BTreeMap, BTreeSet};

use super::{DecodeContext, Reading, choices::chosen, declines, figures};
use crate::survey::{
    answers::Answer,
    definition::{Choice, Kind, Question, Unit},
    form::Form,
    ids::Code,
    problem::Problem,
    shuffle,
};

/// The rows of a grid or the items of a budget in the order the resident sees them.
pub(super) fn parts_as_shown<'a>(
    context: &DecodeContext<'_>,
    question: &'a Question,
) -> Vec<&'a Code> {
    match question.kind {
        Kind::Grid { .. } => shuffle::rows(&context.seed, question)
            .into_iter()
            .map(|row| &row.code)
            .collect(),
        _ => shuffle::choices(&context.seed, question)
            .into_iter()
            .map(|item| &item.code)
            .collect(),
    }
}

pub(super) fn grid(context: &DecodeContext<'_>, question: &Question, form: &Form) -> Reading {
    let mut rows = BTreeMap::new();
    let mut missing = Vec::new();
    let mut problems = Vec::new();
    for row in parts_as_shown(context, question) {
        let field = format!("{}-{row}", question.key);
        let Some(value) = chosen(form, &field) else {
            missing.push((field, Problem::RowMissing { row: row.clone() }));
            continue;
        };
        match question.choices().iter().find(|c| c.code.as_str() == value) {
            Some(column) => {
                rows.insert(row.clone(), column.code.clone());
            }
            None => problems.push((field, Problem::UnknownChoice)),
        }
    }
    if rows.is_empty() {
        return Reading {
            problems,
            ..Reading::default()
        };
    }
    if question.required && !declines(question, form) {
        problems.append(&mut missing);
    }
    Reading {
        problems,
        ..Reading::given(Answer::Grid(rows))
    }
}

pub(super) fn ranking(
    question: &Question,
    items: &[Choice],
    places: u8,
    min: Option<u8>,
    form: &Form,
) -> Reading {
    let key = question.key.as_str();
    let mut ranked: Vec<Code> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut empty: Vec<u8> = Vec::new();
    let mut problems = Vec::new();
    for place in 1..=places {
        let field = format!("{key}-{place}");
        let Some(value) = chosen(form, &field) else {
            empty.push(place);
            continue;
        };
        // An empty place is a gap only when a later one is given.
        let gaps = empty
            .drain(..)
            .map(|place| (format!("{key}-{place}"), Problem::RankGap { place }));
        problems.extend(gaps);
        let Some(item) = items.iter().find(|item| item.code.as_str() == value) else {
            problems.push((field, Problem::UnknownChoice));
            continue;
        };
        if seen.insert(&item.code) {
            ranked.push(item.code.clone());
        } else {
            let item = item.code.clone();
            problems.push((field, Problem::RankRepeated { item }));
        }
    }
    // Places can't outnumber items: what is left empty then is no fault.
    let least = min.map(|min| min.min(u8::try_from(items.len()).unwrap_or(u8::MAX)));
    if let Some(min) = least
        && problems.is_empty()
        && !ranked.is_empty()
        && ranked.len() < usize::from(min)
    {
        let field = format!("{key}-{}", ranked.len() + 1);
        problems.push((field, Problem::RankTooFew { min }));
    }
    Reading {
        answer: (!ranked.is_empty()).then_some(Answer::Ranked(ranked)),
        problems,
        ..Reading::default()
    }
}

pub(super) fn budget(
    context: &DecodeContext<'_>,
    question: &Question,
    total: u32,
    unit: Unit,
    form: &Form,
) -> Reading {
    let mut shares = BTreeMap::new();
    let mut problems = Vec::new();
    let mut any = false;
    let mut first = None;
    for item in parts_as_shown(context, question) {
        let field = format!("{}-{item}", question.key);
        let typed = form.first(&field).unwrap_or_default().trim();
        any |= !typed.is_empty();
        let share = match typed {
            "" => Ok(0),
            typed => share(item, typed, total, unit),
        };
        match share {
            Ok(share) => {
                shares.insert(item.clone(), share);
            }
            Err(problem) => problems.push((field.clone(), problem)),
        }
        first.get_or_insert(field);
    }
    if !any {
        return Reading::default();
    }
    let given: u64 = shares.values().map(|share| u64::from(*share)).sum();
    if problems.is_empty() && given != u64::from(total) {
        let problem = Problem::SharesSum { total, given, unit };
        problems.push((first.unwrap_or_default(), problem));
    }
    Reading {
        problems,
        ..Reading::given(Answer::Shares(shares))
    }
}

fn share(item: &Code, typed: &str, total: u32, unit: Unit) -> Result<u32, Problem> {
    let item = item.clone();
    match figures::whole(typed) {
        Ok(share) if share < 0 => Err(Problem::ShareNotWhole { item }),
        Ok(share) => match u32::try_from(share) {
            Ok(share) if share <= total => Ok(share),
            _ => Err(Problem::ShareTooBig { item, total, unit }),
        },
        Err(figures::NotWhole::TooLarge { negative: false }) => {
            Err(Problem::ShareTooBig { item, total, unit })
        }
        Err(_) => Err(Problem::ShareNotWhole { item }),
    }
}
