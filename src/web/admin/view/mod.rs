//! From results to what officers' pages show. Nothing here counts: every number comes from an outcome of `results`.

pub mod area;
mod area_slope;
pub mod census;
pub mod chart_file;
pub mod chart_kinds;
pub mod comments;
pub mod compare;
pub mod equality;
pub mod figures;
pub mod filters;
pub mod frozen;
mod grid;
pub mod head;
pub mod home;
mod importance;
pub mod maps;
pub mod priorities;
pub mod proof;
pub mod quality;
pub mod questions;
pub mod reading;
pub mod running;
mod theme_area;
pub mod theme_choices;
mod theme_map;
mod theme_title;
pub mod themes;
mod tints;
pub mod variables;
pub mod who;
pub mod words;

use crate::{
    charts::{Caption, Layout},
    survey::ids::Slug,
    web::{templates::Link, urls::Url},
};

/// A chart drawn for wide screens and for phones.
#[must_use]
pub fn both(
    id: &str,
    title: &str,
    description: &str,
    draw: impl Fn(Caption, Layout) -> String,
) -> (String, String) {
    let caption = |layout: &str| Caption {
        id: format!("{id}-{layout}"),
        title: title.to_owned(),
        description: description.to_owned(),
    };
    (
        draw(caption("wide"), Layout::Wide),
        draw(caption("narrow"), Layout::Narrow),
    )
}

/// Links to a results page as files: its address with a suffix, and the same query.
#[must_use]
pub fn files(
    slug: &Slug,
    path: &str,
    query: &str,
    suffixes: &[(&'static str, &str)],
    name: impl Fn(&str) -> String,
) -> Vec<Link> {
    let separator = if query.is_empty() { "" } else { "?" };
    let link = |(suffix, id): &(&'static str, &str)| Link {
        text: name(id),
        href: Url::AdminSurvey(slug, &format!("{path}.{suffix}{separator}{query}")).to_string(),
    };
    suffixes.iter().map(link).collect()
}

/// The numbers of a page and its chart.
pub const WITH_CHART: &[(&str, &str)] = &[
    ("csv", "file-csv"),
    ("json", "file-json"),
    ("svg", "file-svg"),
    ("png", "file-png"),
];
/// The numbers of a page.
pub const NUMBERS: &[(&str, &str)] = &[("csv", "file-csv"), ("json", "file-json")];
