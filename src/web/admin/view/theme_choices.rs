//! What the page of themes by area can be switched to, as links and as a form for phones.

use crate::{
    analysis::{areas::group_key, themes::Measure},
    geography::Grouping,
    results::{Detail, ResultQuery, ThemesView},
    survey::ids::Slug,
    web::{
        pages::{ChooserView, HiddenField},
        templates::NavItem,
        urls::Url,
    },
};

use super::{
    filters::choose,
    themes::{measure_key, with},
    words::Words,
};

fn grouping_key(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::District => "grouping-district",
        Grouping::Csp => "grouping-csp",
        Grouping::PolicingArea => "grouping-policing-area",
    }
}

/// The measures to choose from: those the survey asks for.
#[must_use]
pub fn measures(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    view: &ThemesView,
) -> Vec<NavItem> {
    measures_to(words, view, &|view| with(slug, query, view))
}

/// The same, leading where `to` says.
pub(super) fn measures_to(
    words: &Words<'_>,
    view: &ThemesView,
    to: &dyn Fn(ThemesView) -> String,
) -> Vec<NavItem> {
    offered(words)
        .map(|measure| {
            let href = to(ThemesView {
                measure,
                ..view.clone()
            });
            NavItem::current(measure_key(measure), href, measure == view.measure)
        })
        .collect()
}

/// What may stand in a cell beside its figure.
#[must_use]
pub fn details(slug: &Slug, query: &ResultQuery, view: &ThemesView) -> Vec<NavItem> {
    Detail::ALL
        .into_iter()
        .map(|detail| {
            let key = match detail {
                Detail::None => "detail-none",
                Detail::Intervals => "detail-intervals",
                Detail::Ranks => "detail-ranks",
            };
            let other = ThemesView {
                detail,
                ..view.clone()
            };
            NavItem::current(key, with(slug, query, other), detail == view.detail)
        })
        .collect()
}

pub(super) fn offered<'a>(words: &Words<'a>) -> impl Iterator<Item = Measure> + use<'a> {
    let roles = &words.definition.roles;
    let (ranks, shares) = (roles.priorities.is_some(), roles.budget.is_some());
    Measure::ALL.into_iter().filter(move |measure| {
        if *measure == Measure::Money {
            shares
        } else {
            ranks
        }
    })
}

/// The ways of putting areas together. A group of one of them means nothing in another, so none stays chosen.
#[must_use]
pub fn groupings(slug: &Slug, query: &ResultQuery, view: &ThemesView) -> Vec<NavItem> {
    groupings_to(view, &|view| with(slug, query, view))
}

/// The same, leading where `to` says.
pub(super) fn groupings_to(view: &ThemesView, to: &dyn Fn(ThemesView) -> String) -> Vec<NavItem> {
    Grouping::ALL
        .into_iter()
        .map(|grouping| {
            let is_current = grouping == view.areas.0;
            let mut other = view.clone();
            if !is_current {
                (other.sort, other.cell) = (None, None);
            }
            other.areas.0 = grouping;
            NavItem::current(grouping_key(grouping), to(other), is_current)
        })
        .collect()
}

/// The choices of the page as a form, for phones.
#[must_use]
pub fn chooser(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    view: &ThemesView,
) -> ChooserView {
    let grouping = view.areas.0;
    let groups = words.place.group(grouping);
    let key = |index: usize| group_key(words.place, grouping, index).to_owned();
    let mut areas = vec![(String::new(), words.id("themes-county"))];
    areas.extend((0..groups.len()).map(|index| (key(index), groups[index].name.clone())));
    let chosen = view.cell.as_deref().unwrap_or_default();
    let measures =
        offered(words).map(|measure| (measure.word().to_owned(), words.id(measure_key(measure))));
    let lists = vec![
        choose("cell", "chooser-area", chosen, areas),
        choose(
            "measure",
            "chooser-measure",
            view.measure.word(),
            measures.collect(),
        ),
    ];
    let hidden = query
        .parameters()
        .into_iter()
        .filter(|(name, _)| !matches!(*name, "cell" | "measure"))
        .map(|(name, value)| HiddenField { name, value })
        .collect();
    ChooserView {
        action: Url::AdminSurvey(slug, "themes").to_string(),
        lists,
        hidden,
    }
}
