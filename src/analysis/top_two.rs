//! Top-two: the share of those on a scale who gave one of its two most favourable answers.
//!
//! Which end is favourable is a convention of how surveys are written, not something a definition says: a scale of
//! numbers runs up to the favourable end, and the columns of a grid run down from it ("Very safe", "Fairly safe", …).
//! Whoever shows the figure names the two answers, so that a scale written the other way round can't mislead.

use super::{
    crosstab::count,
    dataset::Dataset,
    filter::Selection,
    share::{Base, Share},
    variable::{Variable, VariableKey},
};

/// The fewest answers a scale must have for two of them to say anything.
const FEWEST_POINTS: usize = 4;

/// The places of the two most favourable answers of a scale or a row of a grid, in the order of its categories; none
/// for anything else, and for scales of fewer than four answers.
#[must_use]
pub fn top_two(variable: &Variable) -> Option<[usize; 2]> {
    let on_scale: Vec<usize> = (0..variable.len())
        .filter(|place| variable.categories[*place].value.is_some())
        .collect();
    if on_scale.len() < FEWEST_POINTS {
        return None;
    }
    match variable.key {
        VariableKey::Part(..) => Some([on_scale[0], on_scale[1]]),
        _ => Some([on_scale[on_scale.len() - 2], on_scale[on_scale.len() - 1]]),
    }
}

/// The share of the two most favourable answers among those on the scale: who said "don't know" or chose an answer set
/// apart is no part of the base. None, where [`top_two`] has none.
#[must_use]
pub fn top_two_share(
    dataset: &Dataset,
    selection: &Selection,
    variable: &Variable,
) -> Option<Share> {
    let top = top_two(variable)?;
    let everybody = Variable::find(dataset, &VariableKey::Channel)?;
    let counts = count(dataset, selection, variable, &everybody, false);
    let of = |place: usize| -> u32 {
        (0..everybody.len())
            .map(|column| counts.cell(place, column))
            .sum()
    };
    let on_scale = (0..variable.len()).filter(|place| variable.categories[*place].value.is_some());
    Some(Share::new(
        top.map(of).iter().sum(),
        Base(on_scale.map(of).sum()),
    ))
}
