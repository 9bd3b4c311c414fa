//! When a draft may become the next version: the rule of docs/decisions/0023.

use super::{
    definition::Definition,
    difference::{Effect, difference, gravest},
    schedule::State,
};

/// Why a draft is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The linter found errors.
    Errors,
    /// The survey is open, and not everybody would be asked the same.
    Open,
    /// The dates of an open survey change, and no reason is given to the public.
    NoReason,
    /// Nothing is different from the version in force.
    Same,
}

/// Whether a draft may be published over the version in force.
///
/// # Errors
/// [`Held`], the first that applies.
pub fn may_publish(
    draft: &Definition,
    is_publishable: bool,
    in_force: Option<(&Definition, State)>,
) -> Result<(), Held> {
    if !is_publishable {
        return Err(Held::Errors);
    }
    let Some((current, state)) = in_force else {
        return Ok(());
    };
    let changes = difference(current, draft);
    let Some(effect) = gravest(&changes) else {
        return Err(Held::Same);
    };
    if !matches!(state, State::Open | State::Grace) {
        return Ok(());
    }
    if effect > Effect::Harmless {
        return Err(Held::Open);
    }
    let is_moved = current.closes != draft.closes || current.opens != draft.opens;
    let reason = draft
        .overview
        .dates_changed
        .as_ref()
        .filter(|reason| !reason.is_empty());
    if is_moved
        && reason.is_none_or(|_| current.overview.dates_changed == draft.overview.dates_changed)
    {
        return Err(Held::NoReason);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::survey::sample::{small, text};

    #[test]
    fn a_first_version_needs_no_more_than_to_be_free_of_errors() {
        assert_eq!(may_publish(&small(), true, None), Ok(()));
        assert_eq!(may_publish(&small(), false, None), Err(Held::Errors));
    }

    #[test]
    fn nothing_new_is_not_published() {
        let small = small();
        assert_eq!(
            may_publish(&small, true, Some((&small, State::Coming))),
            Err(Held::Same)
        );
    }

    #[test]
    fn while_it_is_open_a_survey_changes_in_harmless_ways_only() {
        let current = small();
        let mut hinted = small();
        hinted.sections[0].pages[0].intro = Some(text("A few words."));
        let mut reworded = small();
        reworded.sections[0].pages[0].questions[0].label = text("How are you?");
        for (state, hint, words) in [
            (State::Coming, Ok(()), Ok(())),
            (State::Open, Ok(()), Err(Held::Open)),
            (State::Grace, Ok(()), Err(Held::Open)),
            (State::Closed, Ok(()), Ok(())),
        ] {
            assert_eq!(
                may_publish(&hinted, true, Some((&current, state))),
                hint,
                "{state:?}"
            );
            assert_eq!(
                may_publish(&reworded, true, Some((&current, state))),
                words,
                "{state:?}"
            );
        }
    }

    #[test]
    fn other_dates_of_an_open_survey_need_a_reason_for_the_public_each_time() {
        let current = small();
        let mut longer = small();
        longer.closes = "2026-04-01T17:00".parse().unwrap();
        let open = Some((&current, State::Open));
        assert_eq!(may_publish(&longer, true, open), Err(Held::NoReason));
        longer.overview.dates_changed = Some(text("The post was late."));
        assert_eq!(may_publish(&longer, true, open), Ok(()));
        let mut again = longer.clone();
        again.closes = "2026-05-01T17:00".parse().unwrap();
        assert_eq!(
            may_publish(&again, true, Some((&longer, State::Open))),
            Err(Held::NoReason)
        );
    }
}
