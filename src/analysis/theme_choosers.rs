//! Who wants a theme: the people that put it among their first places.

use std::collections::HashSet;

use uuid::Uuid;

use super::{
    columns::Column, dataset::Dataset, measure::Measure, ranking::TOP_PLACES, schema::ANSWERED,
    theme_source::Source,
};
use crate::survey::ids::ThemeKey;

/// The responses that put an item of `theme` among their first [`TOP_PLACES`], in the ranking that themes are measured by
/// ([`Measure::TopThree`]); nobody, where the survey has none or the theme is not in it.
#[must_use]
pub fn choosers(dataset: &Dataset, theme: &ThemeKey) -> HashSet<Uuid> {
    let mut found = HashSet::new();
    let Ok(source) = Source::find(dataset.schema(), Measure::TopThree) else {
        return found;
    };
    let Some(slot) = source.themes.iter().position(|known| known == theme) else {
        return found;
    };
    let is_of = |cell: u8| {
        let item = cell.checked_sub(ANSWERED).map(usize::from);
        item.and_then(|item| source.slots.get(item))
            .is_some_and(|own| usize::from(*own) == slot)
    };
    for chunk in dataset.chunks() {
        let Column::Ranking { words, ballots } = &chunk.columns[source.column] else {
            continue;
        };
        for (row, id) in chunk.ids.iter().enumerate() {
            // A ballot's first places are the lowest bytes of its first word.
            let first = ballots[row * words].to_le_bytes();
            if first.into_iter().take(TOP_PLACES).any(is_of) {
                found.insert(*id);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::{
        analysis::{
            areas::AREA_OUTSIDE,
            dataset::DatasetBuilder,
            filter::Selection,
            samples::{Dice, answers, every_kind, row, schema},
            themes::{Figure, themes},
        },
        geography::Grouping,
    };

    #[test]
    fn as_many_chose_a_theme_as_the_measure_of_the_top_three_counts() {
        let schema = schema(&every_kind());
        let mut builder = DatasetBuilder::new(Arc::clone(&schema));
        let given: Vec<_> = (0..400).map(|seed| answers(&mut Dice(seed))).collect();
        for (number, answers) in (0..).zip(&given) {
            builder.push(&row(number, answers));
        }
        let dataset = builder.build();
        let table = themes(
            &dataset,
            &Selection::all(&dataset),
            Measure::TopThree,
            Grouping::District,
        )
        .unwrap();
        // The table's first column leaves out those who live outside the place.
        let chunks = || dataset.chunks().iter();
        let lives_here = |id: &&Uuid| {
            chunks().any(|chunk| {
                let at = chunk.ids.iter().position(|own| own == *id);
                at.is_some_and(|at| chunk.area[at] != AREA_OUTSIDE)
            })
        };
        let mut chosen = 0;
        for row in &table.rows {
            let Figure::Share(share) = row.cells[0].figure else {
                panic!("{} has no share", row.theme);
            };
            let own = choosers(&dataset, &row.theme);
            let here = own.iter().filter(lives_here).count();
            assert_eq!(here, share.count as usize, "{}", row.theme);
            chosen += own.len();
        }
        assert!(chosen > 100, "{chosen}");
        let unknown: ThemeKey = "no_such_theme".parse().unwrap();
        assert!(choosers(&dataset, &unknown).is_empty());
    }
}
