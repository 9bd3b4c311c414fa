//! Flags that a response carries in itself: they need no other response.

use std::borrow::Cow;

use super::Flag;
use crate::{
    analysis::{
        columns::Column,
        schema::{ANSWERED, Layout, Schema},
    },
    survey::{answers::Answers, evaluate::Given},
};

/// The fewest rows of a grid whose equal answers say anything.
pub const SHORT_GRID: usize = 4;
/// The rows of a grid whose equal answers are a sign by themselves.
pub const LONG_GRID: usize = 8;
/// How many short grids with equal answers are a sign by themselves.
pub const MANY_GRIDS: usize = 2;

/// The bit of a row that has one short grid with equal answers: a sign only together with haste, which
/// [`super::Quality`] knows. It is no flag.
pub(super) const ONE_GRID: u8 = 1 << 7;

/// Whether two answers can't both be true, by the checks of the newest version.
pub(in crate::analysis) fn answers_contradict(schema: &Schema, answers: &Answers) -> bool {
    if schema.checks().is_empty() {
        return false;
    }
    let mut given = Given::default();
    for question in schema.checked_questions() {
        if let Some(answer) = answers.values.get(question) {
            given.insert(question, Cow::Borrowed(answer));
        }
    }
    schema.checks().iter().any(|check| given.holds(check))
}

/// The bits for grids with the same answer in every row answered (non-differentiation in its simplest form: Kim,
/// Dykema, Stevenson, Black & Moberg 2019, Social Science Computer Review 37).
///
/// Equal answers may be honest, above all in a short grid: so [`Flag::StraightLines`] needs [`MANY_GRIDS`] grids of
/// [`SHORT_GRID`] rows or one of [`LONG_GRID`]. One short grid gives [`ONE_GRID`] alone. An answer that stands apart
/// ("does not apply") counts for nothing.
pub(in crate::analysis) fn straight_lines(schema: &Schema, columns: &[Column], row: usize) -> u8 {
    let (mut grids, mut longest) = (0, 0);
    for (spec, column) in schema.questions().iter().zip(columns) {
        let (Layout::Grid { columns: scale, .. }, Column::Grid(lines)) = (&spec.layout, column)
        else {
            continue;
        };
        let mut answers = lines
            .iter()
            .map(|cells| cells[row])
            .filter(|cell| *cell >= ANSWERED);
        let Some(first) = answers.next() else {
            continue;
        };
        let is_apart = scale
            .list()
            .get(usize::from(first - ANSWERED))
            .is_some_and(|option| option.apart);
        let mut rows = 1;
        let is_straight = answers.all(|cell| {
            rows += 1;
            cell == first
        });
        if is_straight && !is_apart && rows >= SHORT_GRID {
            grids += 1;
            longest = longest.max(rows);
        }
    }
    if grids >= MANY_GRIDS || longest >= LONG_GRID {
        Flag::StraightLines.bit()
    } else if grids > 0 {
        ONE_GRID
    } else {
        0
    }
}
