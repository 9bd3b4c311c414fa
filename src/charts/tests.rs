//! What every chart must be, and the charts of one page written to files to look at.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::geography::{Grouping, Place};

fn caption(id: &str) -> Caption {
    Caption {
        id: id.to_owned(),
        title: "Anti-social behaviour & <noise> come \"first\"".to_owned(),
        description: "Share with it in their top three.".to_owned(),
    }
}

fn a_map(place: &Place, grouping: Grouping, layout: Layout, links: bool) -> String {
    let values = [49, 42, 39, 48, 44, 49, 39, 47, 33, 44, 52, 57, 43, 29];
    let shapes = place
        .group(grouping)
        .iter()
        .zip(place.outlines(grouping))
        .zip(values)
        .map(|((group, outline), value)| MapShape {
            code: group.key.to_string(),
            name: group.short_name.clone(),
            outline,
            value_text: value.to_string(),
            tint: Some(heat::Heat::TENS.tint(f64::from(value))),
            is_hatched: ["harlow", "thurrock"].contains(&group.key.as_str()),
            is_selected: group.key.as_str() == "tendring",
            href: links.then(|| format!("/areas/{}?theme=asb&by=top3", group.key)),
        })
        .collect();
    let tints = ["0–9", "10–19", "20–29", "30–39", "40–49", "50+"]
        .map(str::to_owned)
        .into();
    map(&MapSpec {
        caption: caption(&format!("map-{grouping:?}-{layout:?}")),
        layout,
        size: place.map_size(),
        shapes,
        legend: MapLegend {
            tints,
            hatched: Some("effective base under 50".to_owned()),
            no_value: None,
        },
    })
}

fn some_bars(layout: Layout) -> String {
    let rows = [
        ("Anti-social behaviour", 0.45),
        ("Police you can see locally", 0.42),
        ("Burglary and theft", 0.33),
        (
            "Violence against women and girls, at home and in the street",
            0.23,
        ),
        ("Shop theft and business crime", 0.10),
    ];
    let mut bars_of: Vec<Bar> = rows
        .into_iter()
        .map(|(label, value)| Bar {
            label: label.to_owned(),
            value_text: format!("{}%", value * 100.0),
            value: Some(value),
            interval: Some((value - 0.02, value + 0.02)),
            marker: (layout == Layout::Narrow).then_some(value - 0.05),
            is_emphasised: value > 0.44,
            is_hatched: value < 0.2,
        })
        .collect();
    bars_of.push(Bar {
        label: "Rural crime".to_owned(),
        value_text: "Too few answers to show".to_owned(),
        value: None,
        interval: None,
        marker: None,
        is_emphasised: false,
        is_hatched: false,
    });
    bars(&BarsSpec {
        caption: caption(&format!("bars-{layout:?}")),
        layout,
        axis: Axis::to_hold(0.47, |at| format!("{:.0}%", at * 100.0)),
        bars: bars_of,
    })
}

fn a_stack(layout: Layout) -> String {
    let series = ["Very safe", "Fairly safe", "A bit unsafe", "Very unsafe"]
        .into_iter()
        .zip([5, 4, 2, 1])
        .map(|(name, tint)| Series {
            name: name.to_owned(),
            fill: Fill::Tint(tint),
        })
        .chain([Series {
            name: "Does not apply".to_owned(),
            fill: Fill::Neutral,
        }])
        .collect();
    let row = |label: &str, shares: &[f64]| StackedRow {
        label: label.to_owned(),
        segments: shares
            .iter()
            .map(|&share| Segment {
                share,
                text: format!("{:.0}%", share * 100.0),
            })
            .collect(),
        note: "Too few answers to show".to_owned(),
    };
    stacked(&StackedSpec {
        caption: caption(&format!("stacked-{layout:?}")),
        layout,
        series,
        rows: vec![
            row("At home after dark", &[0.52, 0.31, 0.09, 0.05, 0.03]),
            row("On your street in the day", &[0.4, 0.41, 0.12, 0.05, 0.02]),
            row(
                "In the nearest town centre after dark",
                &[0.11, 0.25, 0.33, 0.24, 0.07],
            ),
            row("On a bus or train", &[]),
        ],
    })
}

fn some_columns(layout: Layout) -> String {
    let names = ["Web 2,871", "Events 231", "Paper 214", "Telephone 96"];
    let series = names
        .into_iter()
        .zip(0..)
        .map(|(name, index)| Series {
            name: name.to_owned(),
            fill: Fill::Series(index),
        })
        .collect();
    let columns_of = (2..=24)
        .map(|day: u32| Column {
            label: day.to_string(),
            note: (day % 7 == 3)
                .then(|| "Mon".to_owned())
                .or((day == 24).then(|| "today".to_owned())),
            parts: vec![
                f64::from(300 / (day % 8 + 1) + 40),
                if day.is_multiple_of(7) { 80.0 } else { 0.0 },
                f64::from(day % 3 * 12),
                f64::from(day % 2 * 5),
            ],
            is_shaded: [0, 1].contains(&(day % 7)),
            is_emphasised: day == 24,
        })
        .collect();
    columns(&ColumnsSpec {
        caption: caption(&format!("columns-{layout:?}")),
        layout,
        axis: Axis::to_hold(345.0, |at| at.to_string()),
        series,
        columns: columns_of,
        reference: Some(Reference {
            at: 84.0,
            label: "84 a day needed for 5,000".to_owned(),
        }),
    })
}

fn a_dropoff(layout: Layout) -> String {
    let steps = [
        ("About Essex", 4193, 221, "221 5%"),
        ("Feeling safe", 3972, 160, "160 4%"),
        ("What matters most", 3812, 421, "421 11%"),
        ("Sharing out £100", 3391, 129, "129 4%"),
        ("Check answers", 3138, 36, "36 1%"),
        ("Sent", 3102, 0, ""),
        ("A page nobody reached", 3, 1, "1"),
    ];
    dropoff(&DropoffSpec {
        caption: caption(&format!("dropoff-{layout:?}")),
        layout,
        reached_heading: "reached the page".to_owned(),
        left_heading: "left here".to_owned(),
        steps: steps
            .into_iter()
            .map(|(label, reached, left, left_text)| Step {
                label: label.to_owned(),
                reached,
                left,
                reached_text: reached.to_string(),
                left_text: left_text.to_owned(),
                is_worst: left == 421,
                is_end: label == "Sent",
            })
            .collect(),
    })
}

fn every_chart() -> Vec<String> {
    let place = Place::essex();
    let mut charts = Vec::new();
    for layout in [Layout::Wide, Layout::Narrow] {
        charts.push(a_map(&place, Grouping::District, layout, true));
        charts.push(a_map(&place, Grouping::Csp, layout, false));
        charts.push(a_map(&place, Grouping::PolicingArea, layout, false));
        charts.push(some_bars(layout));
        charts.push(a_stack(layout));
        charts.push(some_columns(layout));
        charts.push(a_dropoff(layout));
    }
    charts
}

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
    for chart in every_chart() {
        assert_well_formed(&chart);
        for forbidden in [
            " style=", "<style", "<script", "<noise>", " on", "NaN", "inf\"",
        ] {
            let found = chart.find(forbidden).map(|at| &chart[at..at + 40]);
            // Words of texts may begin with "on": only attributes matter.
            let found = found.filter(|text| forbidden != " on" || text.contains("=\""));
            assert_eq!(found, None, "{forbidden}");
        }
    }
}

#[test]
fn every_chart_is_named_and_described_and_its_ids_are_its_own() {
    let mut seen = std::collections::BTreeSet::new();
    for chart in every_chart() {
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

#[test]
fn charts_are_written_to_files_to_look_at() {
    // Stays there, to be opened in a browser.
    let folder = std::env::temp_dir().join("hys-charts");
    std::fs::create_dir_all(&folder).unwrap();
    let place = Place::essex();
    let mut page = "<!doctype html><meta charset=utf-8><style>body{font-family:system-ui;margin:16px} \
                    div{display:inline-block;vertical-align:top;margin:8px;border:1px solid #ccc;padding:8px} \
                    .m svg{width:420px;height:auto} .hys-silhouette{width:300px;height:auto;background:#E6EEF5}</style>"
        .to_owned();
    for chart in every_chart() {
        let class = if chart.contains("hys-map ") { "m" } else { "c" };
        page.push_str(&format!("<div class={class}>{chart}</div>"));
    }
    page.push_str(&silhouette(
        place.outlines(Grouping::District),
        place.map_size(),
    ));
    std::fs::write(folder.join("charts.html"), page).unwrap();
    for (chart, index) in every_chart().iter().zip(0..) {
        std::fs::write(folder.join(format!("chart-{index}.svg")), chart).unwrap();
    }
}
