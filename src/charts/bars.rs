//! Horizontal bars with their intervals.

use super::axis::Axis;
use super::palette::{CONTEXT, EMPHASIS, INK, NO_VALUE, SURFACE, WHITE};
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

const SIZE: f32 = 14.0;
const LINE: f32 = 18.0;
const BAR: f32 = 16.0;
const GAP: f32 = 10.0;

/// Where the parts of every row stand.
struct Plan {
    layout: Layout,
    labels: f32,
    left: f32,
    width: f32,
    right: f32,
}

/// Draws bars.
#[must_use]
pub fn bars(spec: &BarsSpec) -> String {
    let plan = plan(spec);
    let rows: Vec<(&Bar, Vec<String>, f32)> = spec
        .bars
        .iter()
        .map(|bar| {
            let lines = text::wrap(&bar.label, SIZE, bar.is_emphasised, plan.labels);
            let text_height = lines.len().max(1) as f32 * LINE;
            let height = match spec.layout {
                Layout::Wide => text_height.max(BAR) + GAP,
                Layout::Narrow => text_height + BAR + GAP + 4.0,
            };
            (bar, lines, height)
        })
        .collect();
    let plot: f32 = rows.iter().map(|row| row.2).sum();
    let foot = if spec.layout == Layout::Wide {
        24.0
    } else {
        0.0
    };
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-chart hys-chart--bars {}", spec.layout.class()),
            width: plan.right,
            height: plot + foot,
            has_links: false,
        },
    );
    svg.element("defs").open();
    svg.hatching("thin", CONTEXT, WHITE, 6.0);
    svg.hatching("none", WHITE, NO_VALUE, 6.0);
    svg.end("defs");
    if spec.layout == Layout::Wide {
        spec.axis
            .draw_below(&mut svg, plan.left, plan.width, 0.0, plot);
    }
    let mut y = 0.0;
    for (bar, lines, height) in &rows {
        draw_row(&mut svg, spec, &plan, bar, lines, y, *height);
        y += height;
    }
    svg.finish()
}

fn plan(spec: &BarsSpec) -> Plan {
    let right = spec.layout.width();
    let values = spec
        .bars
        .iter()
        // A reason that stands for a value is written on the bar itself.
        .filter(|bar| bar.value.is_some())
        .map(|bar| text::width(&bar.value_text, 16.0, true))
        .fold(36.0, f32::max);
    match spec.layout {
        Layout::Wide => {
            let labels = spec
                .bars
                .iter()
                .map(|bar| text::width(&bar.label, SIZE, bar.is_emphasised))
                .fold(60.0, f32::max)
                .min(230.0);
            let left = labels + 10.0;
            Plan {
                layout: spec.layout,
                labels,
                left,
                width: right - values - 14.0 - left,
                right,
            }
        }
        Layout::Narrow => Plan {
            layout: spec.layout,
            labels: right - values - 12.0,
            left: 0.0,
            width: right,
            right,
        },
    }
}

fn draw_row(
    svg: &mut Svg,
    spec: &BarsSpec,
    plan: &Plan,
    bar: &Bar,
    lines: &[String],
    top: f32,
    height: f32,
) {
    let text_height = lines.len().max(1) as f32 * LINE;
    let (anchor, label_x, first, bar_top) = match plan.layout {
        Layout::Wide => {
            let middle = top + height / 2.0;
            (
                "end",
                plan.labels,
                middle - text_height / 2.0 + 13.5,
                middle - BAR / 2.0,
            )
        }
        Layout::Narrow => ("start", 0.0, top + 13.5, top + text_height),
    };
    for (line, index) in lines.iter().zip(0_u8..) {
        svg.label(
            "hys-chart__label",
            SIZE,
            anchor,
            label_x,
            first + f32::from(index) * LINE,
        )
        .bold(bar.is_emphasised)
        .content(line);
    }
    if plan.layout == Layout::Narrow {
        svg.rect(
            "hys-chart__track",
            SURFACE,
            plan.left,
            bar_top,
            plan.width,
            BAR,
        );
    }
    let Some(value) = bar.value else {
        let hatch = svg.url_of("none");
        svg.rect("hys-chart__no-value", &hatch, plan.left, bar_top, 28.0, BAR);
        svg.label(
            "hys-chart__reason",
            SIZE,
            "start",
            plan.left + 36.0,
            bar_top + 13.0,
        )
        .content(&bar.value_text);
        return;
    };
    let at = |value: f64| plan.left + plan.width * spec.axis.along(value);
    let (class, fill) = match (bar.is_hatched, bar.is_emphasised) {
        (true, _) => ("hys-chart__bar hys-chart__bar--thin", svg.url_of("thin")),
        (false, true) => (
            "hys-chart__bar hys-chart__bar--emphasis",
            EMPHASIS.to_owned(),
        ),
        (false, false) => ("hys-chart__bar", CONTEXT.to_owned()),
    };
    svg.rect(class, &fill, plan.left, bar_top, at(value) - plan.left, BAR);
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
    let value_y = match plan.layout {
        Layout::Wide => bar_top + 14.0,
        Layout::Narrow => top + 13.5,
    };
    svg.label("hys-chart__value", 16.0, "end", plan.right, value_y)
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
