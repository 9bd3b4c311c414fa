//! Reading a postcode, which is turned into an area at once and never kept.

use super::{Reading, choices};
use crate::survey::{
    answers::Answer,
    areas::{Areas, PostcodeLookup},
    definition::{Kind, OUTSIDE, Question},
    form::Form,
    ids::Code,
    problem::{Ask, Problem},
};

/// Finds the area of a typed postcode, for the button `find-{key}`.
///
/// # Errors
/// The problem with what was typed, nothing typed included.
pub fn find_area(question: &Question, typed: &str, areas: &dyn Areas) -> Result<Code, Problem> {
    if typed.trim().is_empty() {
        return Err(Problem::Required(Ask::GivePostcode));
    }
    match areas.find_postcode(typed) {
        PostcodeLookup::Area(code) => Ok(code),
        PostcodeLookup::OutsidePlace => Err(Problem::PostcodeOutside {
            offered: matches!(question.kind, Kind::Postcode { outside: Some(_) }),
        }),
        PostcodeLookup::Unknown => Err(Problem::PostcodeUnknown),
        PostcodeLookup::Malformed => Err(Problem::PostcodeMalformed),
    }
}

/// Reads the area chosen, the postcode typed, or both.
///
/// What was typed last counts: a postcode in the place wins over an area chosen before, and is to be confirmed.
/// "Prefer not to say" wins over any postcode, and "outside" over one that is not in the place.
pub(super) fn read(question: &Question, outside: bool, areas: &dyn Areas, form: &Form) -> Reading {
    let key = question.key.as_str();
    let field = format!("{key}-postcode");
    let typed = form.first(&field).unwrap_or_default();
    let chosen = choices::chosen(form, key);
    let answer = chosen.and_then(|value| choices::area_chosen(question, outside, areas, value));
    let chose_none = matches!(&answer, Some(Answer::Declined))
        || matches!(&answer, Some(Answer::One(code)) if code.as_str() == OUTSIDE);

    if typed.trim().is_empty() || answer == Some(Answer::Declined) {
        return match (chosen, answer) {
            (None, _) => Reading::default(),
            (Some(_), Some(answer)) => Reading::given(answer),
            (Some(_), None) => Reading::wrong(key, Problem::UnknownChoice),
        };
    }
    match (find_area(question, typed, areas), answer) {
        (Ok(code), answer) => {
            let found = Answer::One(code);
            let unconfirmed = answer.as_ref() != Some(&found);
            Reading {
                unconfirmed,
                ..Reading::given(found)
            }
        }
        (Err(_), Some(answer)) if chose_none => Reading::given(answer),
        (Err(problem), _) => Reading::wrong(field, problem),
    }
}
