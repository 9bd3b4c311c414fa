//! Who answered in a group of areas: how many of each age band and sex, beside the Census.

use serde::Serialize;

use super::{
    areas::groups_of_cells,
    dataset::Dataset,
    filter::Selection,
    schema::ANSWERED,
    share::{Base, Share},
};
use crate::{
    geography::{AgeBand, Grouping, Sex},
    survey::ids::Code,
};

/// One age band or sex.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeopleGroup {
    /// The choice.
    pub code: Code,
    /// How many chose it, of those who said.
    pub share: Share,
    /// Its share of residents aged 16 and over by the Census; none for a choice that the Census table doesn't know.
    pub census: Option<f64>,
}

/// Who answered in a group of areas.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AreaPeople {
    /// All responses from there.
    pub responses: Base,
    /// By age band; empty where the survey doesn't ask.
    pub ages: Vec<PeopleGroup>,
    /// By sex.
    pub sexes: Vec<PeopleGroup>,
}

/// Counts the selected responses of the n-th group of a grouping. A question whose answers are special-category data is left
/// out.
#[must_use]
pub fn area_people(
    dataset: &Dataset,
    selection: &Selection,
    grouping: Grouping,
    group: usize,
) -> AreaPeople {
    let schema = dataset.schema();
    let place = schema.place();
    let groups = groups_of_cells(place, grouping);
    let (mut responses, mut ages, mut sexes) = (0_u32, [0_u32; 256], [0_u32; 256]);
    selection.each_chunk(dataset, |chunk, part| {
        part.each(chunk.len(), |row| {
            if usize::from(groups[usize::from(chunk.area[row])]) == group {
                responses += 1;
                ages[usize::from(chunk.age[row])] += 1;
                sexes[usize::from(chunk.sex[row])] += 1;
            }
        });
    });
    let Some(members) = place.group(grouping).get(group) else {
        return AreaPeople::default();
    };
    let residents = |of: &dyn Fn(Sex, AgeBand) -> bool| -> u32 {
        let cells = AgeBand::ALL
            .into_iter()
            .flat_map(|band| Sex::ALL.map(|sex| (sex, band)));
        let cells = cells.filter(|(sex, band)| of(*sex, *band));
        cells
            .flat_map(|(sex, band)| members.members.iter().map(move |area| (*area, sex, band)))
            .filter_map(|(area, sex, band)| {
                place.population(&place.areas().get(usize::from(area))?.code, sex, band)
            })
            .sum()
    };
    let everybody = Base(residents(&|_, _| true)).divisor();
    let share_of = |people: u32| everybody.map(|everybody| f64::from(people) / everybody);
    let described =
        |column: Option<usize>, counts: &[u32; 256], census: &dyn Fn(&str) -> Option<f64>| {
            let column = column.filter(|column| !schema.questions()[*column].sensitive);
            let options = schema.options_of(column).map(super::schema::Options::list);
            let counts = &counts[usize::from(ANSWERED)..];
            let options = options.unwrap_or_default().iter().zip(counts);
            let options: Vec<_> = options.filter(|(option, _)| !option.apart).collect();
            let base = Base(options.iter().map(|(_, count)| **count).sum());
            let group = |(option, count): &(&super::schema::OptionSpec, &u32)| PeopleGroup {
                code: option.code.clone(),
                share: Share::new(**count, base),
                census: census(option.code.as_str()),
            };
            options.iter().map(group).collect::<Vec<_>>()
        };
    AreaPeople {
        responses: Base(responses),
        ages: described(schema.roles().age, &ages, &|code| {
            let band = AgeBand::from_code(code)?;
            share_of(residents(&|_, own| own == band))
        }),
        sexes: described(schema.roles().sex, &sexes, &|code| {
            let sex = Sex::from_code(code)?;
            share_of(residents(&|own, _| own == sex))
        }),
    }
}
