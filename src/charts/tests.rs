//! What every chart must be.
#![allow(clippy::unwrap_used)]

use super::samples::*;
use super::*;
use crate::geography::{Grouping, Place};

/// Reads markup strictly, as XML is read: every element closed in order, every attribute quoted once, nothing loose.
fn assert_well_formed(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        assert!(
            !rest[..start].contains('>'),
            "loose > in {:?}",
            &rest[..start]
        );
        let end = start + rest[start..].find('>').unwrap();
        let tag = &rest[start + 1..end];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else {
            let name = tag.split([' ', '/']).next().unwrap();
            let attributes = tag[name.len()..].trim_end_matches('/');
            let mut names: Vec<&str> = attributes
                .split('"')
                .step_by(2)
                .map(str::trim)
                .filter(|n| !n.is_empty())
                .collect();
            assert!(names.iter().all(|n| n.ends_with('=')), "{tag}");
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "an attribute comes twice: {tag}");
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty() && rest.is_empty());
    for (index, _) in svg.match_indices('&') {
        let entity = svg[index..].split_inclusive(';').next().unwrap();
        assert!(
            ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].contains(&entity),
            "{entity}"
        );
    }
}

fn attributes(page: &scraper::Html, selector: &str, name: &str) -> Vec<String> {
    page.select(&scraper::Selector::parse(selector).unwrap())
        .filter_map(|element| element.attr(name))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_chart_is_well_formed_and_has_no_style_of_its_own() {
    for Sample { svg: chart, .. } in every_chart() {
        assert_well_formed(&chart);
        for forbidden in ["<style", "<script", "<noise>", "NaN", "inf\""] {
            assert!(!chart.contains(forbidden), "{forbidden}");
        }
        let page = scraper::Html::parse_fragment(&chart);
        let everything = scraper::Selector::parse("*").unwrap();
        for (name, _) in page
            .select(&everything)
            .flat_map(|element| element.value().attrs())
        {
            assert!(name != "style" && !name.starts_with("on"), "{name}");
        }
    }
}

#[test]
fn every_chart_is_named_and_described_and_its_ids_are_its_own() {
    let mut seen = std::collections::BTreeSet::new();
    for Sample { svg: chart, .. } in every_chart() {
        let page = scraper::Html::parse_fragment(&chart);
        let ids = attributes(&page, "[id]", "id");
        for id in &ids {
            assert!(seen.insert(id.clone()), "{id} comes twice");
        }
        let named = attributes(&page, "svg", "aria-labelledby");
        assert!(named[0].split(' ').all(|id| ids.contains(&id.to_owned())));
        let title = scraper::Selector::parse("svg > title").unwrap();
        let title: String = page.select(&title).next().unwrap().text().collect();
        assert_eq!(title, "Anti-social behaviour & <noise> come \"first\"");
        for fill in attributes(&page, "[fill^='url(#']", "fill") {
            let id = fill
                .trim_start_matches("url(#")
                .trim_end_matches(')')
                .to_owned();
            assert!(ids.contains(&id), "{id} is not defined");
        }
    }
}

#[test]
fn a_map_with_links_is_a_group_and_one_without_an_image() {
    let place = Place::essex();
    let linked =
        scraper::Html::parse_fragment(&a_map(&place, Grouping::District, Layout::Wide, true));
    assert_eq!(attributes(&linked, "svg", "role"), ["group"]);
    let links = attributes(&linked, "a", "aria-label");
    assert_eq!(links.len(), 14);
    assert!(links.contains(&"Tendring: 57".to_owned()));
    assert_eq!(
        attributes(&linked, "a[aria-current]", "aria-label"),
        ["Tendring: 57"]
    );
    assert_eq!(
        attributes(&linked, "a", "href")[0],
        "/areas/basildon?theme=asb&by=top3"
    );
    let image = scraper::Html::parse_fragment(&a_map(&place, Grouping::Csp, Layout::Wide, false));
    assert_eq!(attributes(&image, "svg", "role"), ["img"]);
    assert!(attributes(&image, "a", "href").is_empty());
}

#[test]
fn a_map_prints_every_name_and_number_and_hatches_thin_bases() {
    let place = Place::essex();
    let page =
        scraper::Html::parse_fragment(&a_map(&place, Grouping::District, Layout::Wide, false));
    let text: String = page.root_element().text().collect();
    for area in place.areas() {
        assert!(text.contains(&area.short_name), "{}", area.short_name);
    }
    assert_eq!(attributes(&page, ".hys-map__area", "d").len(), 14);
    let hatched = attributes(&page, ".hys-map__area--hatched", "data-area");
    assert_eq!(hatched, ["harlow", "thurrock"]);
    assert_eq!(
        attributes(&page, ".hys-map__area--tint-5", "data-area").len(),
        2
    );
    let narrow =
        scraper::Html::parse_fragment(&a_map(&place, Grouping::District, Layout::Narrow, false));
    let text: String = narrow.root_element().text().collect();
    assert!(text.contains("57") && !text.contains("Tendring"));
}

#[test]
fn bars_start_at_0_and_are_as_long_as_their_values() {
    let page = scraper::Html::parse_fragment(&some_bars(Layout::Wide));
    let numbers = |name: &str| -> Vec<f32> {
        attributes(&page, ".hys-chart__bar", name)
            .iter()
            .map(|n| n.parse().unwrap())
            .collect()
    };
    let (starts, widths) = (numbers("x"), numbers("width"));
    assert!(starts.iter().all(|start| *start == starts[0]));
    for (width, value) in widths.iter().zip([0.45, 0.42, 0.33, 0.23, 0.10]) {
        assert!((width / widths[0] - value / 0.45).abs() < 0.002, "{width}");
    }
    assert_eq!(
        attributes(&page, ".hys-chart__no-value", "fill"),
        ["url(#bars-Wide-none)"]
    );
}

#[test]
fn values_that_are_not_numbers_make_no_broken_chart() {
    let nothing = bars(&BarsSpec {
        caption: caption("odd \" id"),
        layout: Layout::Wide,
        axis: Axis {
            max: 0.0,
            ticks: Vec::new(),
        },
        bars: vec![Bar {
            label: String::new(),
            value_text: String::new(),
            value: Some(f64::NAN),
            interval: Some((f64::NEG_INFINITY, f64::INFINITY)),
            marker: Some(-1.0),
            is_emphasised: false,
            is_hatched: false,
        }],
    });
    assert_well_formed(&nothing);
    assert!(nothing.contains("id=\"oddid-title\""));
}

#[test]
fn the_silhouette_is_decoration() {
    let place = Place::essex();
    let svg = silhouette(place.outlines(Grouping::District), place.map_size());
    assert_well_formed(&svg);
    assert!(svg.contains("aria-hidden=\"true\"") && !svg.contains("role="));
}
