//! Top-two: the share of those on a scale who gave one of its two most favourable answers.
//!
//! Where the first and the last column of a grid say on which `side` of the scale they stand, that says which end is
//! favourable. Where they don't, a convention of how surveys are written does: a scale of numbers runs up to the
//! favourable end, and the columns of a grid run down from it ("Very safe", "Fairly safe", …). Whoever shows the figure
//! names the two answers, so that a scale written the other way round can't mislead.

use super::{
    crosstab::count,
    dataset::Dataset,
    filter::Selection,
    share::{Base, Share},
    variable::{Variable, VariableKey},
};
use crate::survey::definition::ScaleSide;

/// The fewest answers a scale must have for two of them to say anything.
const FEWEST_POINTS: usize = 4;

/// The places of the two most favourable answers of a scale or a row of a grid, in the order of its categories; none
/// for anything else, for scales of fewer than four answers, and for grids whose ends stand on the same side.
#[must_use]
pub fn top_two(variable: &Variable) -> Option<[usize; 2]> {
    let on_scale: Vec<usize> = (0..variable.len())
        .filter(|place| variable.categories[*place].value.is_some())
        .collect();
    if on_scale.len() < FEWEST_POINTS {
        return None;
    }
    let (first, last) = (on_scale[0], on_scale[on_scale.len() - 1]);
    let side = |place: usize| variable.categories[place].side.map(favour);
    let falls = match side(first).zip(side(last)) {
        Some((first, last)) if first == last => return None,
        Some((first, last)) => first > last,
        None => matches!(variable.key, VariableKey::Part(..)),
    };
    Some(if falls {
        [first, on_scale[1]]
    } else {
        [on_scale[on_scale.len() - 2], last]
    })
}

/// How favourable a side is.
fn favour(side: ScaleSide) -> i8 {
    match side {
        ScaleSide::Favourable => 1,
        ScaleSide::Neutral => 0,
        ScaleSide::Unfavourable => -1,
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::*;
    use crate::{
        analysis::{
            dataset::DatasetBuilder,
            samples::{code, question, row, schema, survey},
        },
        survey::{
            answers::{Answer, Answers},
            ids::QuestionKey,
        },
    };

    /// A grid of one row, its columns each with a side; so many people chose each.
    fn grid(columns: &[(&str, Option<&str>)], chosen: &[u32]) -> (Dataset, Variable) {
        let columns_of = |(code, side): &(&str, Option<&str>)| {
            let mut column = json!({ "code": code, "label": { "en": code } });
            if let Some(side) = side {
                column["side"] = json!(side);
            }
            column
        };
        let shown: Vec<Value> = columns.iter().map(columns_of).collect();
        let rows = json!([{ "code": "day", "label": { "en": "day" } }]);
        let kind = json!({ "kind": "grid", "columns": shown, "rows": rows });
        let definition = survey(&[], json!({}), json!([question("safe", kind)]));
        let mut builder = DatasetBuilder::new(schema(&definition));
        let mut number = 0;
        for ((column, _), people) in columns.iter().zip(chosen) {
            for _ in 0..*people {
                let answer = Answer::Grid([(code("day"), code(column))].into());
                let values = BTreeMap::from([(QuestionKey::new("safe").unwrap(), answer)]);
                let answers = Answers {
                    values,
                    ..Answers::default()
                };
                builder.push(&row(number, &answers));
                number += 1;
            }
        }
        let dataset = builder.build();
        let variable = Variable::find(&dataset, &VariableKey::read("safe.day").unwrap()).unwrap();
        (dataset, variable)
    }

    #[test]
    fn the_side_of_its_columns_says_which_end_of_a_grid_is_favourable() {
        let (bad, good) = (Some("unfavourable"), Some("favourable"));
        let rising = [("a", bad), ("b", bad), ("c", good), ("d", good)];
        let falling = [("a", good), ("b", good), ("c", bad), ("d", bad)];
        let unsaid = [("a", None), ("b", None), ("c", None), ("d", None)];
        for (columns, places, people) in [
            (rising, [2, 3], 30 + 40),
            (falling, [0, 1], 10 + 20),
            (unsaid, [0, 1], 10 + 20),
        ] {
            let (dataset, variable) = grid(&columns, &[10, 20, 30, 40]);
            assert_eq!(top_two(&variable), Some(places), "{columns:?}");
            let share = top_two_share(&dataset, &Selection::all(&dataset), &variable).unwrap();
            assert_eq!(
                (share.count, share.base),
                (people, Base(100)),
                "{columns:?}"
            );
        }
        let both = [("a", good), ("b", bad), ("c", bad), ("d", good)];
        assert_eq!(top_two(&grid(&both, &[1, 1, 1, 1]).1), None);
    }
}
