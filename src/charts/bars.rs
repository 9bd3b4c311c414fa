//! Horizontal bars with their intervals.

use super::axis::Axis;
use super::palette::{CONTEXT, EMPHASIS, INK, NO_VALUE, SURFACE, WHITE};
use super::rows::{Room, Row, RowLabel, Rows, SIZE};
use super::svg::{Frame, Svg};
use super::{Caption, Layout, text};

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// The value in words, such as `45%`; for a bar without a value, why there is none.
    pub value_text: String,
    /// The value, in the unit of the axis; none where it is not shown.
    pub value: Option<f64>,
    /// The ends of its interval.
    pub interval: Option<(f64, f64)>,
    /// A mark to hold it against, such as the county's value.
    pub marker: Option<f64>,
    /// Whether the chart's title speaks of it.
    pub is_emphasised: bool,
    /// Whether its base is thin.
    pub is_hatched: bool,
}

/// A chart of bars.
#[derive(Debug, Clone, PartialEq)]
pub struct BarsSpec {
    /// Its title and description.
    pub caption: Caption,
    /// The room it is drawn for.
    pub layout: Layout,
    /// The axis of the values. Phones show no axis: each bar has a track that ends where the axis does.
    pub axis: Axis,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
}

const BAR: f32 = 16.0;

/// Draws bars.
#[must_use]
pub fn bars(spec: &BarsSpec) -> String {
    let right = spec.layout.width();
    let values = spec
        .bars
        .iter()
        // A reason that stands for a value is written on the bar itself.
        .filter(|bar| bar.value.is_some())
        .map(|bar| text::width(&bar.value_text, 16.0, true))
        .fold(36.0, f32::max);
    let labels: Vec<RowLabel<'_>> = spec
        .bars
        .iter()
        .map(|bar| RowLabel::new(&bar.label, bar.is_emphasised))
        .collect();
    let room = Room {
        layout: spec.layout,
        top: 0.0,
        marks: BAR,
        beside: 230.0,
        above: right - values - 12.0,
    };
    let rows = Rows::lay_out(&room, &labels);
    let (width, foot) = match spec.layout {
        Layout::Wide => (right - values - 14.0 - rows.left, 24.0),
        Layout::Narrow => (right, 0.0),
    };
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-chart hys-chart--bars {}", spec.layout.class()),
            width: right,
            height: rows.bottom + foot,
            has_links: false,
        },
    );
    svg.element("defs").open();
    svg.hatching("thin", CONTEXT, WHITE, 6.0);
    svg.hatching("none", WHITE, NO_VALUE, 6.0);
    svg.end("defs");
    if spec.layout == Layout::Wide {
        spec.axis
            .draw_below(&mut svg, rows.left, width, 0.0, rows.bottom);
    }
    for (bar, row) in spec.bars.iter().zip(&rows.rows) {
        row.draw_label(&mut svg);
        draw_bar(&mut svg, spec, bar, row, (rows.left, width));
    }
    svg.finish()
}

fn draw_bar(svg: &mut Svg, spec: &BarsSpec, bar: &Bar, row: &Row, (left, width): (f32, f32)) {
    let bar_top = row.marks_top;
    if spec.layout == Layout::Narrow {
        svg.rect("hys-chart__track", SURFACE, left, bar_top, width, BAR);
    }
    let Some(value) = bar.value else {
        let hatch = svg.url_of("none");
        svg.rect("hys-chart__no-value", &hatch, left, bar_top, 28.0, BAR);
        svg.label(
            "hys-chart__reason",
            SIZE,
            "start",
            left + 36.0,
            bar_top + 13.0,
        )
        .content(&bar.value_text);
        return;
    };
    let at = |value: f64| left + width * spec.axis.along(value);
    let (class, fill) = match (bar.is_hatched, bar.is_emphasised) {
        (true, _) => ("hys-chart__bar hys-chart__bar--thin", svg.url_of("thin")),
        (false, true) => (
            "hys-chart__bar hys-chart__bar--emphasis",
            EMPHASIS.to_owned(),
        ),
        (false, false) => ("hys-chart__bar", CONTEXT.to_owned()),
    };
    svg.rect(class, &fill, left, bar_top, at(value) - left, BAR);
    if let Some((low, high)) = bar.interval {
        // On hatching white would be lost.
        let inside = if bar.is_hatched { INK } else { WHITE };
        draw_whisker(
            svg,
            inside,
            [at(low), at(value), at(high)],
            bar_top + BAR / 2.0,
        );
    }
    if let Some(marker) = bar.marker {
        svg.rect(
            "hys-chart__marker-edge",
            WHITE,
            at(marker) - 3.0,
            bar_top - 1.0,
            6.0,
            BAR + 2.0,
        );
        svg.rect(
            "hys-chart__marker",
            INK,
            at(marker) - 1.5,
            bar_top - 1.0,
            3.0,
            BAR + 2.0,
        );
    }
    let value_y = match spec.layout {
        Layout::Wide => bar_top + 14.0,
        Layout::Narrow => row.base_line,
    };
    svg.label(
        "hys-chart__value",
        16.0,
        "end",
        spec.layout.width(),
        value_y,
    )
    .bold(true)
    .content(&bar.value_text);
}

/// The interval: its part on the bar in a colour that shows there, the rest dark.
fn draw_whisker(svg: &mut Svg, inside: &str, [low, value, high]: [f32; 3], y: f32) {
    let class = "hys-chart__whisker hys-chart__whisker--inside";
    let (low, high) = (low.min(value), high.max(value));
    svg.line(class, inside, 1.5, (low, y), (value, y));
    svg.line(class, inside, 1.5, (low, y - 4.0), (low, y + 4.0));
    let class = "hys-chart__whisker";
    svg.line(class, INK, 1.5, (value, y), (high, y));
    svg.line(class, INK, 1.5, (high, y - 4.0), (high, y + 4.0));
}
