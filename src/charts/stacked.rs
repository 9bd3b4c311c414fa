//! Stacked bars: how answers with an order, such as agreement, share out the whole, row by row.

use super::legend::{Legend, Series};
use super::palette::{SURFACE, WHITE};
use super::rows::{Room, RowLabel, Rows, SIZE};
use super::svg::{Frame, Svg};
use super::{Caption, Layout, text};

/// One part of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// The share of the row, 0 to 1.
    pub share: f64,
    /// The share in words; left out where it does not fit.
    pub text: String,
}

/// One row; its segments stand in the order of the series.
#[derive(Debug, Clone, PartialEq)]
pub struct StackedRow {
    /// What it is of.
    pub label: String,
    /// The parts; none where they are not shown.
    pub segments: Vec<Segment>,
    /// Written instead where there are no parts: why there are none.
    pub note: String,
}

/// A chart of stacked bars.
#[derive(Debug, Clone, PartialEq)]
pub struct StackedSpec {
    /// Its title and description.
    pub caption: Caption,
    /// The room it is drawn for.
    pub layout: Layout,
    /// The series, from the left.
    pub series: Vec<Series>,
    /// The rows, from the top.
    pub rows: Vec<StackedRow>,
}

const BAR: f32 = 26.0;

/// Draws stacked bars.
#[must_use]
pub fn stacked(spec: &StackedSpec) -> String {
    let width = spec.layout.width();
    let legend = Legend::lay_out(&spec.series, width);
    let labels: Vec<RowLabel<'_>> = spec
        .rows
        .iter()
        .map(|row| RowLabel::new(&row.label, false))
        .collect();
    let room = Room {
        layout: spec.layout,
        top: legend.height,
        marks: BAR,
        beside: 220.0,
        above: width,
    };
    let rows = Rows::lay_out(&room, &labels);
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-chart hys-chart--stacked {}", spec.layout.class()),
            width,
            height: rows.bottom,
            has_links: false,
        },
    );
    legend.draw(&mut svg);
    for (row, place) in spec.rows.iter().zip(&rows.rows) {
        place.draw_label(&mut svg);
        draw_segments(
            &mut svg,
            spec,
            row,
            rows.left,
            width - rows.left,
            place.marks_top,
        );
    }
    svg.finish()
}

fn draw_segments(
    svg: &mut Svg,
    spec: &StackedSpec,
    row: &StackedRow,
    left: f32,
    width: f32,
    top: f32,
) {
    if row.segments.is_empty() {
        svg.rect("hys-chart__track", SURFACE, left, top, width, BAR);
        svg.label("hys-chart__reason", SIZE, "start", left + 8.0, top + 18.0)
            .content(&row.note);
        return;
    }
    let mut from = 0.0_f64;
    for (segment, series) in row.segments.iter().zip(&spec.series) {
        let share = if segment.share.is_finite() {
            segment.share.clamp(0.0, 1.0 - from)
        } else {
            0.0
        };
        let x = left + width * from as f32;
        let wide = width * share as f32;
        from += share;
        let class = format!("hys-chart__segment hys-chart--{}", series.fill.class());
        svg.rect(&class, series.fill.colour(), x, top, wide, BAR);
        if wide > 1.0 && from < 1.0 - 1e-6 {
            svg.line(
                "hys-chart__gap",
                WHITE,
                1.0,
                (x + wide, top),
                (x + wide, top + BAR),
            );
        }
        if text::width(&segment.text, 13.0, false) + 6.0 <= wide {
            svg.label(
                "hys-chart__segment-text",
                13.0,
                "middle",
                x + wide / 2.0,
                top + 17.5,
            )
            .text_attribute("fill", series.fill.ink())
            .content(&segment.text);
        }
    }
}
