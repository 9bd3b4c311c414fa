//! What stands on the profile of an area.

use jiff::civil::Date;
use serde::Serialize;

use super::{area_view::AreaView, snapshot::Snapshot};
use crate::{
    analysis::{
        area_people::{AreaPeople, area_people},
        areas::word,
        filter::Selection,
        schema::Purse,
        share::Base,
        themes::{
            Direction, Figure, Measure, Standing, ThemeTable, Unmeasured, WeightedColumn,
            weighted_themes,
        },
        weights::Weights,
    },
    geography::{Place, Recorded},
    survey::ids::{Code, ThemeKey},
};

/// The profile of an area, or of areas that are shown together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaOutcome {
    /// The word for what areas are put together into.
    pub grouping: &'static str,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its districts.
    pub districts: Vec<Code>,
    /// Residents aged 16 and over by the Census.
    pub population_16_plus: u32,
    /// What is measured.
    pub measure: Measure,
    /// Why it can't be measured in this survey, where it can't.
    pub unmeasured: Option<Unmeasured>,
    /// What is shared, where money is measured.
    pub purse: Option<Purse>,
    /// Who answered the question that themes are measured by.
    pub base: Base,
    /// Whether that is a small base, which is neither tested nor ranked.
    pub small: bool,
    /// The same with weights, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted: Option<WeightedColumn>,
    /// The themes, most wanted here first.
    pub themes: Vec<AreaTheme>,
    /// How many comparisons the marks are corrected for: every theme in every area.
    pub tests: usize,
    /// The same of the figures with weights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted_tests: Option<usize>,
    /// Who answered there.
    pub people: AreaPeople,
    /// Crimes recorded by the police.
    pub crime: Option<AreaRecorded>,
    /// Anti-social behaviour recorded by the police.
    pub anti_social_behaviour: Option<AreaRecorded>,
}

/// One theme in an area and in the whole place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaTheme {
    /// The theme.
    pub theme: ThemeKey,
    /// Its figure here.
    pub here: Figure,
    /// In the whole place.
    pub county: Figure,
    /// Its rank here; none for a small base.
    pub rank: Option<u32>,
    /// Its rank in the whole place.
    pub county_rank: Option<u32>,
    /// How many places higher it stands here.
    pub rank_change: Option<i32>,
    /// All other areas together.
    pub rest: Option<Figure>,
    /// The probability by chance of the difference from the rest, after Holm's correction over the whole table.
    pub p_holm: Option<f64>,
    /// Which way it differs from the rest, where that survives the correction.
    pub mark: Option<Direction>,
    /// The same of the figures with weights, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted: Option<AreaStanding>,
}

/// Where a theme stands in an area and in the whole place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct AreaStanding {
    /// Its rank here; none for a small base.
    pub rank: Option<u32>,
    /// Its rank in the whole place.
    pub county_rank: Option<u32>,
    /// How many places higher it stands here.
    pub rank_change: Option<i32>,
    /// All other areas together.
    #[serde(skip)]
    pub rest: Option<Figure>,
    /// The probability by chance of the difference from the rest, after Holm's correction over the whole table.
    pub p_holm: Option<f64>,
    /// Which way it differs from the rest, where that survives the correction.
    pub mark: Option<Direction>,
}

impl AreaStanding {
    fn of(here: Standing, county: Standing) -> Self {
        Self {
            rank: here.rank,
            county_rank: county.rank,
            rank_change: here.rank_change,
            rest: here.difference.map(|difference| difference.rest),
            p_holm: here.difference.and_then(|difference| difference.p_holm),
            mark: here.difference.and_then(|difference| difference.mark),
        }
    }
}

impl AreaTheme {
    /// Where it stands, with weights or without.
    #[must_use]
    pub fn standing(&self, with_weights: bool) -> AreaStanding {
        if with_weights {
            return self.weighted.unwrap_or_default();
        }
        AreaStanding {
            rank: self.rank,
            county_rank: self.county_rank,
            rank_change: self.rank_change,
            rest: self.rest,
            p_holm: self.p_holm,
            mark: self.mark,
        }
    }
}

impl AreaOutcome {
    /// Whether the base is small, with weights or without.
    #[must_use]
    pub fn is_small(&self, with_weights: bool) -> bool {
        match &self.weighted {
            Some(weighted) if with_weights => weighted.small,
            _ => self.small,
        }
    }
}

/// What the police recorded in an area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaRecorded {
    /// The first month.
    pub from: Date,
    /// The last month, by its first day.
    pub to: Date,
    /// The kinds counted; a kind may be part of an earlier one.
    pub kinds: Vec<RecordedFigure>,
}

/// One kind of what was recorded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordedFigure {
    /// Its name, as the source has it.
    pub name: String,
    /// How many here.
    pub count: u32,
    /// For each thousand residents of all ages by the Census, over the whole period.
    pub per_thousand: Option<f64>,
    /// The same in the whole place.
    pub county_per_thousand: Option<f64>,
}

/// The profile that a view asks for, with weights beside where they are given, and in the order of the weighted figures
/// where these lead; none for an area that is not in the place.
pub(super) fn area(
    view: &AreaView,
    snapshot: &Snapshot,
    selection: &Selection,
    (weights, leads_with_weights): (Option<&Weights>, bool),
) -> Option<AreaOutcome> {
    let place = &snapshot.place;
    let grouping = view.areas.0;
    let at = view.group(place)?;
    let group = &place.group(grouping)[at];
    let dataset = &snapshot.dataset;
    let measured = weighted_themes(dataset, selection, view.measure, grouping, weights);
    let mut outcome = AreaOutcome {
        grouping: word(grouping),
        key: view.key.clone(),
        name: group.name.clone(),
        districts: group
            .members
            .iter()
            .filter_map(|area| place.areas().get(usize::from(*area)))
            .map(|area| area.code.clone())
            .collect(),
        population_16_plus: group.population_16_plus,
        measure: view.measure,
        unmeasured: None,
        purse: None,
        base: Base(0),
        small: true,
        weighted: None,
        themes: Vec::new(),
        tests: 0,
        weighted_tests: None,
        people: area_people(dataset, selection, grouping, at),
        crime: recorded(place, place.crime(), &group.members),
        anti_social_behaviour: recorded(place, place.anti_social_behaviour(), &group.members),
    };
    match measured {
        Err(unmeasured) => outcome.unmeasured = Some(unmeasured),
        Ok(table) => fill(&mut outcome, &table, at + 1, leads_with_weights),
    }
    Some(outcome)
}

fn fill(outcome: &mut AreaOutcome, table: &ThemeTable, column: usize, with_weights: bool) {
    let head = &table.columns[column];
    (outcome.base, outcome.small) = (head.base, head.small);
    (outcome.tests, outcome.purse) = (table.tests, table.purse);
    outcome.weighted.clone_from(&head.weighted);
    outcome.weighted_tests = table.weighted_tests;
    outcome.themes = table
        .rows
        .iter()
        .map(|row| {
            let (here, county) = (&row.cells[column], &row.cells[0]);
            let standing = AreaStanding::of(here.standing(false), county.standing(false));
            AreaTheme {
                theme: row.theme.clone(),
                here: here.figure,
                county: county.figure,
                rank: standing.rank,
                county_rank: standing.county_rank,
                rank_change: standing.rank_change,
                rest: standing.rest,
                p_holm: standing.p_holm,
                mark: standing.mark,
                weighted: here
                    .weighted
                    .map(|here| AreaStanding::of(here, county.standing(true))),
            }
        })
        .collect();
    let wanted = |theme: &AreaTheme| {
        let value = if with_weights {
            theme.here.weighted_value()
        } else {
            theme.here.value()
        };
        match value {
            None => f64::NEG_INFINITY,
            Some(value) if table.measure.low_is_more() => -value,
            Some(value) => value,
        }
    };
    outcome
        .themes
        .sort_by(|one, other| wanted(other).total_cmp(&wanted(one)));
}

fn recorded(place: &Place, recorded: Option<&Recorded>, members: &[u8]) -> Option<AreaRecorded> {
    let recorded = recorded?;
    let people = |areas: &mut dyn Iterator<Item = usize>| -> Option<f64> {
        let people: u32 = areas
            .filter_map(|area| place.areas().get(area))
            .map(|area| area.population)
            .sum();
        Base(people).divisor()
    };
    let here = people(&mut members.iter().map(|area| usize::from(*area)));
    let county = people(&mut (0..place.areas().len()));
    let rate =
        |count: u32, people: Option<f64>| people.map(|people| f64::from(count) * 1000.0 / people);
    Some(AreaRecorded {
        from: recorded.from,
        to: recorded.to,
        kinds: recorded
            .kinds
            .iter()
            .map(|kind| RecordedFigure {
                name: kind.name.clone(),
                count: kind.of(members),
                per_thousand: rate(kind.of(members), here),
                county_per_thousand: rate(kind.total(), county),
            })
            .collect(),
    })
}
