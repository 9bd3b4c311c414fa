//! Charts as pages draw them, with invented figures.

mod pairs;

use super::*;
use crate::geography::{Grouping, Place};
pub(super) use pairs::*;

/// A chart, and what must be written on it.
pub(super) struct Sample {
    /// The name of its file.
    pub(super) name: String,
    pub(super) svg: String,
    /// What is written on it, whether on one line or on several.
    pub(super) words: Vec<String>,
}

pub(super) const THEMES: [&str; 12] = [
    "Anti-social behaviour",
    "Police you can see locally",
    "Burglary and theft",
    "Knife crime and violence",
    "Drugs and gangs",
    "Violence against women and girls",
    "Safer roads",
    "Domestic abuse",
    "Fraud and online crime",
    "Rural crime",
    "Support for victims",
    "Shop theft and business crime",
];

pub(super) fn caption(id: &str) -> Caption {
    Caption {
        id: id.to_owned(),
        title: "Anti-social behaviour & <noise> come \"first\"".to_owned(),
        description: "Share with it in their top three.".to_owned(),
    }
}

pub(super) fn a_map(place: &Place, grouping: Grouping, layout: Layout, links: bool) -> String {
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
    map(&MapSpec {
        caption: caption(&format!("map-{grouping:?}-{layout:?}")),
        layout,
        size: place.map_size(),
        shapes,
        legend: MapLegend {
            no_value: None,
            ..a_legend()
        },
    })
}

pub(super) fn a_small_map(place: &Place, layout: Layout) -> String {
    let shapes = place
        .areas()
        .iter()
        .zip(place.outlines(Grouping::District))
        .zip(0_u8..);
    small_map(&SmallMapSpec {
        caption: caption(&format!("small-map-{layout:?}")),
        layout,
        name: "Violence against women and girls".to_owned(),
        value_text: "23% in Essex".to_owned(),
        name_lines: 2,
        size: place.map_size(),
        shapes: shapes
            .map(|((area, outline), index)| SmallShape {
                code: area.code.to_string(),
                outline,
                tint: (index != 7).then_some(index % 6),
                is_hatched: index == 4 || index == 8,
                is_selected: index == 10,
            })
            .collect(),
    })
}

/// A chart as a file; its ids are those of the chart, which stands elsewhere too.
fn a_sheet(chart: &str) -> String {
    let chart = sheet(
        chart,
        &Sheet {
            title: "Two in three feel safe & well in most places, and one in three after dark in town".to_owned(),
            subtitle: "How the answers to each row share out, %".to_owned(),
            notes: vec![
                "Base: 3,287 people answered".to_owned(),
                String::new(),
                "Age: 16 to 24; District: Tendring".to_owned(),
                "Police and Crime Plan survey 2026. Figures as of 4:40pm on Tuesday 24 November 2026.".to_owned(),
            ],
        },
    );
    chart
        .replace("likert-", "sheet-")
        .replace("map-District-", "map-sheet-")
}

fn a_legend() -> MapLegend {
    let tints = ["0–9", "10–19", "20–29", "30–39", "40–49", "50+"];
    MapLegend {
        tints: tints.map(str::to_owned).into(),
        hatched: Some("effective base under 50".to_owned()),
        no_value: Some(
            "too few answers to show: fewer than ten people there answered this question"
                .to_owned(),
        ),
    }
}

pub(super) fn a_map_key(layout: Layout) -> String {
    map_key(&MapKeySpec {
        caption: caption(&format!("map-key-{layout:?}")),
        layout,
        legend: a_legend(),
    })
}

pub(super) fn some_bars(layout: Layout) -> String {
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

pub(super) fn a_stack(layout: Layout) -> String {
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

pub(super) fn some_columns(layout: Layout) -> String {
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

pub(super) fn a_dropoff(layout: Layout) -> String {
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

pub(super) fn every_chart() -> Vec<Sample> {
    let place = Place::essex();
    let mut charts = Vec::new();
    for layout in [Layout::Wide, Layout::Narrow] {
        let mut add = |name: &str, svg: String, words: &[&str]| {
            charts.push(Sample {
                name: format!("{name}-{layout:?}").to_lowercase(),
                svg,
                words: words.iter().map(|&word| word.to_owned()).collect(),
            });
        };
        add(
            "map-district",
            a_map(&place, Grouping::District, layout, true),
            &[],
        );
        add("map-csp", a_map(&place, Grouping::Csp, layout, false), &[]);
        add(
            "map-policing",
            a_map(&place, Grouping::PolicingArea, layout, false),
            &[],
        );
        add(
            "bars",
            some_bars(layout),
            &["Anti-social behaviour", "Too few answers to show", "45%"],
        );
        add(
            "stacked",
            a_stack(layout),
            &["Very safe", "In the nearest town centre after dark", "33%"],
        );
        add(
            "columns",
            some_columns(layout),
            &["Telephone 96", "84 a day needed for 5,000"],
        );
        add(
            "dropoff",
            a_dropoff(layout),
            &["What matters most", "421 11%"],
        );
        add("likert", a_likert(layout), &LIKERT_WORDS);
        add(
            "likert-neutral",
            a_likert_with_neutral(layout),
            &["Neither", "Don’t know"],
        );
        add("slope", a_slope(layout), &THEMES);
        add(
            "slope-ties",
            a_slope_of_ties(layout),
            &["Rural crime", "Safer roads"],
        );
        add("scatter", a_scatter(layout), &THEMES);
        add("scatter-crowded", a_crowded_scatter(layout), &THEMES);
        add(
            "line",
            a_line(layout),
            &["Too little seen of police", "2019", "2026", "45%"],
        );
        add("line-alone", a_line_of_one(layout), &["Feel safe"]);
        add(
            "dots",
            some_dots(layout),
            &["Disabled people", "16 to 24", "of those who answered"],
        );
        add(
            "small-map",
            a_small_map(&place, layout),
            &["Violence against women and girls", "23% in Essex"],
        );
        add(
            "sheet",
            a_sheet(&a_likert(layout)),
            &["Two in three feel safe", "Base: 3,287"],
        );
        add(
            "map-sheet",
            a_sheet(&a_map(&place, Grouping::District, layout, false)),
            &[],
        );
        add(
            "map-key",
            a_map_key(layout),
            &["0–9", "50+", "effective base under 50"],
        );
    }
    charts
}
