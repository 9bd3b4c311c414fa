//! Columns over time, day by day, stacked by series.

use super::axis::Axis;
use super::legend::{Legend, Series};
use super::palette::{INK, LINE, SOFT_INK, SURFACE, WHITE};
use super::svg::{Frame, Svg};
use super::{Caption, Layout, text};

/// One column, such as a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Written under it, where the room allows.
    pub label: String,
    /// A second line under it, such as the weekday; always written, so give it to a few columns only.
    pub note: Option<String>,
    /// The values, in the order of the series, from the bottom.
    pub parts: Vec<f64>,
    /// Whether the ground behind it is shaded, as for weekends.
    pub is_shaded: bool,
    /// Whether its label is bold, as for today.
    pub is_emphasised: bool,
}

/// A level to hold the columns against.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// The level.
    pub at: f64,
    /// What it is.
    pub label: String,
}

/// A chart of columns.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnsSpec {
    /// Its title and description.
    pub caption: Caption,
    /// The room it is drawn for.
    pub layout: Layout,
    /// The axis of the values.
    pub axis: Axis,
    /// The series; with one only, no legend is drawn.
    pub series: Vec<Series>,
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// A level to hold them against.
    pub reference: Option<Reference>,
}

const SIZE: f32 = 13.0;
const PLOT: f32 = 200.0;
const TOP: f32 = 10.0;

/// Draws columns.
#[must_use]
pub fn columns(spec: &ColumnsSpec) -> String {
    let width = spec.layout.width();
    let several = if spec.series.len() > 1 {
        &spec.series[..]
    } else {
        &[]
    };
    let legend = Legend::lay_out(several, width);
    let widest = spec
        .axis
        .ticks
        .iter()
        .map(|tick| text::width(&tick.label, SIZE, false));
    let left = widest.fold(16.0, f32::max) + 8.0;
    let top = legend.height + TOP + if spec.reference.is_some() { 18.0 } else { 0.0 };
    let bottom = top + PLOT;
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-chart hys-chart--columns {}", spec.layout.class()),
            width,
            height: bottom + 40.0,
            has_links: false,
        },
    );
    legend.draw(&mut svg);
    let pitch = (width - left) / spec.columns.len().max(1) as f32;
    for (column, index) in spec.columns.iter().zip(0_u16..) {
        if column.is_shaded {
            let x = left + pitch * f32::from(index);
            svg.rect("hys-chart__shade", SURFACE, x, top, pitch, PLOT);
        }
    }
    let height_of = |value: f64| PLOT * spec.axis.along(value);
    for tick in &spec.axis.ticks {
        let y = bottom - height_of(tick.at);
        let (stroke, thick) = if tick.at == 0.0 {
            (INK, 1.0)
        } else {
            (LINE, 0.6)
        };
        svg.line("hys-chart__grid", stroke, thick, (left, y), (width, y));
        svg.label("hys-chart__tick", SIZE, "end", left - 6.0, y + 4.5)
            .text_attribute("fill", SOFT_INK)
            .content(&tick.label);
    }
    let every = label_every(&spec.columns, pitch);
    for (column, index) in spec.columns.iter().zip(0_usize..) {
        let x = left + pitch * index as f32;
        draw_column(&mut svg, spec, column, x, pitch, bottom);
        draw_labels(
            &mut svg,
            column,
            x + pitch / 2.0,
            (left, width),
            bottom,
            index % every == 0,
        );
    }
    if let Some(reference) = &spec.reference {
        let y = bottom - height_of(reference.at);
        // White under the dashes, so that they are seen on dark columns too.
        svg.line(
            "hys-chart__reference-edge",
            WHITE,
            3.5,
            (left, y),
            (width, y),
        );
        svg.dashes(
            "hys-chart__reference",
            INK,
            1.5,
            "4 3",
            (left, y),
            (width, y),
        );
        // Named above the plot, where no column can cover it; the dashes say what the name is of.
        let y = legend.height + 14.0;
        let dash = y - 4.5;
        svg.dashes(
            "hys-chart__reference",
            INK,
            1.5,
            "4 3",
            (left, dash),
            (left + 24.0, dash),
        );
        svg.label("hys-chart__reference-label", SIZE, "start", left + 30.0, y)
            .content(&reference.label);
    }
    svg.finish()
}

/// Every how many columns a label fits.
fn label_every(columns: &[Column], pitch: f32) -> usize {
    let widest = columns
        .iter()
        .map(|column| text::width(&column.label, SIZE, column.is_emphasised));
    let needed = widest.fold(0.0, f32::max) + 4.0;
    [1, 2, 7, 14, 28, 56, 112]
        .into_iter()
        .find(|&every| needed <= pitch * every as f32)
        .unwrap_or(224)
}

fn draw_column(
    svg: &mut Svg,
    spec: &ColumnsSpec,
    column: &Column,
    x: f32,
    pitch: f32,
    bottom: f32,
) {
    let gap = (pitch * 0.18).min(4.0);
    let mut below = 0.0;
    for (part, series) in column.parts.iter().zip(&spec.series) {
        let from = PLOT * spec.axis.along(below);
        below += part.max(0.0);
        let to = PLOT * spec.axis.along(below);
        let class = format!("hys-chart__column hys-chart--{}", series.fill.class());
        svg.rect(
            &class,
            series.fill.colour(),
            x + gap / 2.0,
            bottom - to,
            pitch - gap,
            to - from,
        );
    }
}

fn draw_labels(
    svg: &mut Svg,
    column: &Column,
    x: f32,
    ends: (f32, f32),
    bottom: f32,
    is_due: bool,
) {
    // What is wider than its column stays inside the picture.
    let inside = |text: &str| {
        let half = text::width(text, SIZE, column.is_emphasised) / 2.0;
        x.min(ends.1 - half).max(ends.0 + half)
    };
    if is_due {
        let x = inside(&column.label);
        svg.label("hys-chart__tick", SIZE, "middle", x, bottom + 17.0)
            .bold(column.is_emphasised)
            .text_attribute("fill", if column.is_emphasised { INK } else { SOFT_INK })
            .content(&column.label);
    }
    if let Some(note) = &column.note {
        let x = inside(note);
        svg.label("hys-chart__tick-note", SIZE, "middle", x, bottom + 34.0)
            .bold(column.is_emphasised)
            .text_attribute("fill", if column.is_emphasised { INK } else { SOFT_INK })
            .content(note);
    }
}
