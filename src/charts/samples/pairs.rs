//! Samples of charts that compare: scales, slopes, points, lines and dots.

use super::*;

pub(in crate::charts) const LIKERT_WORDS: [&str; 8] = [
    "Very unsafe",
    "A bit unsafe",
    "Fairly safe",
    "Very safe",
    "Does not apply",
    "In the nearest town centre after dark",
    "No answers",
    "3,287",
];

fn likert_row(label: &str, base: &str, shares: &[f64], split: usize, scale: usize) -> LikertRow {
    let percent = |share: f64| format!("{:.0}%", share * 100.0);
    let total = |part: &[f64]| {
        if part.is_empty() {
            String::new()
        } else {
            percent(part.iter().sum())
        }
    };
    let split = split.min(shares.len());
    let scale = scale.min(shares.len());
    LikertRow {
        label: label.to_owned(),
        base_text: base.to_owned(),
        segments: shares
            .iter()
            .map(|&share| Segment {
                share,
                text: percent(share),
            })
            .collect(),
        negative_text: total(&shares[..split]),
        positive_text: total(&shares[split..scale]),
        note: "No answers".to_owned(),
    }
}

fn columns_of(names: &[(&str, Side)]) -> Vec<LikertColumn> {
    let column = |&(name, side): &(&str, Side)| LikertColumn {
        name: name.to_owned(),
        side,
    };
    names.iter().map(column).collect()
}

pub(in crate::charts) fn a_likert(layout: Layout) -> String {
    use Side::{Apart, Negative, Positive};
    let row = |label: &str, base: &str, shares: &[f64]| likert_row(label, base, shares, 2, 4);
    likert(&LikertSpec {
        caption: caption(&format!("likert-{layout:?}")),
        layout,
        columns: columns_of(&[
            ("Very unsafe", Negative),
            ("A bit unsafe", Negative),
            ("Fairly safe", Positive),
            ("Very safe", Positive),
            ("Does not apply", Apart),
        ]),
        base_heading: "Answered".to_owned(),
        rows: vec![
            row(
                "At home after dark",
                "3,287",
                &[0.05, 0.09, 0.31, 0.52, 0.03],
            ),
            row(
                "On your street in the day",
                "3,271",
                &[0.02, 0.05, 0.42, 0.51, 0.0],
            ),
            row(
                "In the nearest town centre after dark",
                "3,102",
                &[0.24, 0.33, 0.25, 0.11, 0.07],
            ),
            row(
                "On a bus or train after dark",
                "41",
                &[0.30, 0.20, 0.15, 0.05, 0.30],
            ),
            row("On a boat", "0", &[]),
        ],
    })
}

pub(in crate::charts) fn a_likert_with_neutral(layout: Layout) -> String {
    use Side::{Apart, Negative, Neutral, Positive};
    let row = |label: &str, base: &str, shares: &[f64]| {
        let mut row = likert_row(label, base, shares, 3, 6);
        row.note = String::new();
        row
    };
    likert(&LikertSpec {
        caption: caption(&format!("likert-neutral-{layout:?}")),
        layout,
        columns: columns_of(&[
            ("Strongly disagree", Negative),
            ("Disagree", Negative),
            ("Tend to disagree", Negative),
            ("Tend to agree", Positive),
            ("Agree", Positive),
            ("Strongly agree", Positive),
            ("Neither", Neutral),
            ("Don’t know", Apart),
        ]),
        base_heading: "Answered".to_owned(),
        rows: vec![
            row(
                "Police deal with what matters here",
                "2,905",
                &[0.11, 0.09, 0.14, 0.17, 0.12, 0.04, 0.21, 0.12],
            ),
            row(
                "Police would treat me with respect",
                "2,871",
                &[0.03, 0.04, 0.07, 0.22, 0.24, 0.15, 0.19, 0.06],
            ),
            row(
                "Everybody agrees with this",
                "12",
                &[0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            ),
        ],
    })
}

fn slope_of(id: &str, layout: Layout, places: &[(&str, f64, f64, Trend)]) -> String {
    let rank = |place: f64| {
        if place.fract() == 0.0 {
            place.to_string()
        } else {
            format!("{}=", place.floor())
        }
    };
    let line = |&(name, from, to, trend): &(&str, f64, f64, Trend)| SlopeLine {
        name: name.to_owned(),
        from: Some(from),
        to: Some(to).filter(|to| *to > 0.0),
        from_text: rank(from),
        to_text: rank(to),
        trend,
        change_text: format!("{}", (from - to).abs()),
    };
    slope(&SlopeSpec {
        caption: caption(&format!("{id}-{layout:?}")),
        layout,
        from_heading: "Essex".to_owned(),
        to_heading: "Uttlesford".to_owned(),
        lines: places.iter().map(line).collect(),
    })
}

pub(in crate::charts) fn a_slope(layout: Layout) -> String {
    let to = [3, 2, 1, 10, 9, 6, 5, 8, 7, 4, 11, 12];
    let places: Vec<(&str, f64, f64, Trend)> = THEMES
        .iter()
        .zip(1..)
        .zip(to)
        .map(|((name, from), to)| {
            let trend = match *name {
                "Rural crime" => Trend::Rise,
                "Knife crime and violence" => Trend::Fall,
                _ => Trend::Unmarked,
            };
            (*name, f64::from(from), f64::from(to), trend)
        })
        .collect();
    slope_of("slope", layout, &places)
}

/// Things at one place, whose names can't all stand there, and one that is only in the first list.
pub(in crate::charts) fn a_slope_of_ties(layout: Layout) -> String {
    slope_of(
        "slope-ties",
        layout,
        &[
            ("Safer roads", 1.5, 4.5, Trend::Fall),
            ("Rural crime", 1.5, 4.5, Trend::Fall),
            (
                "Violence against women and girls, at home and in the street",
                3.0,
                4.5,
                Trend::Unmarked,
            ),
            ("Drugs and gangs", 4.0, 4.5, Trend::Unmarked),
            ("Domestic abuse", 5.0, 1.0, Trend::Rise),
            ("Fraud and online crime", 6.0, 0.0, Trend::Unmarked),
        ],
    )
}

fn scatter_of(id: &str, layout: Layout, points: &[(f64, f64)]) -> String {
    let axis = |name: &str, low: f64, high: f64, split: f64, digits: usize| ScatterAxis {
        name: name.to_owned(),
        span: Span::to_hold(low, high, |at| format!("{at:.digits$}")),
        split,
    };
    scatter(&ScatterSpec {
        caption: caption(&format!("{id}-{layout:?}")),
        layout,
        x: axis(
            "How well it is done, mean rating of 1 to 5",
            2.1,
            3.9,
            3.0,
            1,
        ),
        y: axis(
            "Importance, rank correlation with trust",
            0.05,
            0.58,
            0.3,
            1,
        ),
        quadrants: Quadrants {
            top_left: "Improve first".to_owned(),
            top_right: "Keep it up".to_owned(),
            bottom_left: "Watch".to_owned(),
            bottom_right: "Less effort possible".to_owned(),
        },
        points: THEMES
            .iter()
            .zip(points)
            .map(|(label, &(x, y))| ScatterPoint {
                label: (*label).to_owned(),
                x,
                y,
                is_emphasised: x < 3.0 && y > 0.3,
            })
            .collect(),
    })
}

pub(in crate::charts) fn a_scatter(layout: Layout) -> String {
    let points = [
        (2.3, 0.52),
        (2.5, 0.49),
        (2.7, 0.33),
        (3.2, 0.41),
        (3.0, 0.36),
        (3.3, 0.44),
        (3.6, 0.12),
        (3.4, 0.38),
        (2.4, 0.18),
        (2.9, 0.09),
        (3.8, 0.31),
        (2.6, 0.14),
    ];
    scatter_of("scatter", layout, &points)
}

pub(in crate::charts) fn a_crowded_scatter(layout: Layout) -> String {
    let points: Vec<(f64, f64)> = (0..12)
        .map(|n| {
            let n = f64::from(n);
            (
                3.0 + (n * 2.4).sin() * 0.06 * n.sqrt(),
                0.31 + (n * 2.4).cos() * 0.012 * n.sqrt(),
            )
        })
        .collect();
    scatter_of("scatter-crowded", layout, &points)
}

fn series_of(name: &str, end: &str, values: &[f64]) -> LineSeries {
    let point = |&value: &f64| {
        (value > 0.0).then_some(LinePoint {
            value,
            interval: Some((value - 0.02, value + 0.025)),
        })
    };
    LineSeries {
        name: name.to_owned(),
        end_text: end.to_owned(),
        points: values.iter().map(point).collect(),
    }
}

pub(in crate::charts) fn a_line(layout: Layout) -> String {
    let moments = [2019.0, 2020.0, 2021.0, 2022.0, 2024.0, 2026.0];
    line(&LineSpec {
        caption: caption(&format!("line-{layout:?}")),
        layout,
        span: Span::to_hold(0.0, 0.5, |at| format!("{:.0}%", at * 100.0)),
        moments: moments
            .into_iter()
            .map(|at| Moment {
                at,
                label: format!("{at:.0}"),
            })
            .collect(),
        series: vec![
            series_of(
                "Anti-social behaviour",
                "45%",
                &[0.36, 0.38, 0.35, 0.41, 0.43, 0.45],
            ),
            series_of(
                "Too little seen of police",
                "43%",
                &[0.30, 0.0, 0.28, 0.34, 0.41, 0.43],
            ),
            series_of(
                "Burglary and theft",
                "33%",
                &[0.41, 0.37, 0.0, 0.36, 0.0, 0.33],
            ),
            series_of("Rural crime", "12%", &[0.10, 0.11, 0.12, 0.12, 0.0, 0.0]),
        ],
    })
}

/// Many days of one line, with a gap, and a lonely day.
pub(in crate::charts) fn a_line_of_one(layout: Layout) -> String {
    let values: Vec<f64> = (0..60)
        .map(|day| match day {
            20..=24 | 30..=31 => 0.0,
            day => 0.62 + (f64::from(day) / 5.0).sin() * 0.04,
        })
        .collect();
    let mut series = series_of("Feel safe", "61%", &values);
    series.points[24] = series.points[0];
    line(&LineSpec {
        caption: caption(&format!("line-alone-{layout:?}")),
        layout,
        span: Span::to_hold(0.5, 0.72, |at| format!("{:.0}%", at * 100.0)),
        moments: (0..60)
            .map(|day| Moment {
                at: f64::from(day),
                label: format!(
                    "{} {}",
                    day % 30 + 1,
                    if day < 30 { "November" } else { "December" }
                ),
            })
            .collect(),
        series: vec![series],
    })
}

pub(in crate::charts) fn some_dots(layout: Layout) -> String {
    let rows = [
        ("16 to 24", Some(0.05), Some(0.118), "−7 points", false),
        ("25 to 34", Some(0.09), Some(0.157), "−7 points", false),
        ("35 to 44", Some(0.14), Some(0.158), "−2 points", false),
        ("45 to 54", Some(0.169), Some(0.169), "the same", false),
        ("55 to 64", Some(0.23), Some(0.159), "+7 points", false),
        ("75 and over", Some(0.113), Some(0.114), "the same", false),
        ("Women", Some(0.55), Some(0.516), "+3 points", true),
        (
            "Disabled people",
            None,
            Some(0.173),
            "too few to show",
            true,
        ),
        (
            "Gypsy or Irish Traveller, Roma, and other White backgrounds",
            Some(0.031),
            None,
            "not in the Census",
            true,
        ),
    ];
    let row = |(label, sample, reference, text, begins_kind): (
        &str,
        Option<f64>,
        Option<f64>,
        &str,
        bool,
    )| DotRow {
        label: label.to_owned(),
        sample,
        interval: sample.map(|share| (share - 0.012, share + 0.014)),
        reference,
        value_text: text.to_owned(),
        is_emphasised: text == "−7 points",
        begins_kind,
    };
    dots(&DotsSpec {
        caption: caption(&format!("dots-{layout:?}")),
        layout,
        axis: Axis::to_hold(0.6, |at| format!("{:.0}%", at * 100.0)),
        sample_name: "of those who answered".to_owned(),
        reference_name: "of residents aged 16 and over, Census 2021".to_owned(),
        value_heading: "Difference".to_owned(),
        rows: rows.into_iter().map(row).collect(),
    })
}
