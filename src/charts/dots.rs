//! Dots: who answered against who lives here, group by group.

use super::axis::Axis;
use super::palette::{
    EMPHASIS, INK, LINE, NO_VALUE, SOFT_INK, WHITE, shortfall_colour, tint_colour,
};
use super::rows::{Room, Row, RowLabel, Rows, SIZE};
use super::svg::{Frame, Number, Svg};
use super::{Caption, Layout, text};

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct DotRow {
    /// The group.
    pub label: String,
    /// Its share of those who answered; none where it is not shown.
    pub sample: Option<f64>,
    /// The ends of that share's interval.
    pub interval: Option<(f64, f64)>,
    /// Its share of those who live here; none where the Census does not say.
    pub reference: Option<f64>,
    /// Both in words, or what matters about them, such as `−7 points`; or why a share is not shown.
    pub value_text: String,
    /// Whether it falls short: its share then stands out.
    pub is_emphasised: bool,
    /// Whether it begins another kind of group: a line stands above it.
    pub begins_kind: bool,
}

/// A chart of two shares for each group.
#[derive(Debug, Clone, PartialEq)]
pub struct DotsSpec {
    /// Its title and description.
    pub caption: Caption,
    /// The room it is drawn for.
    pub layout: Layout,
    /// The axis of both shares.
    pub axis: Axis,
    /// What the filled mark is.
    pub sample_name: String,
    /// What the hollow mark is, with its source and year.
    pub reference_name: String,
    /// What stands over the values in words; may be empty.
    pub value_heading: String,
    /// The groups, from the top.
    pub rows: Vec<DotRow>,
}

const MARKS: f32 = 16.0;
const KIND_SPACE: f32 = 12.0;
const LEGEND_LINE: f32 = 22.0;
/// A mark in the legend, and the gap after it.
const LEGEND_MARK: f32 = 21.0;
const RADIUS: f32 = 5.0;

/// Draws two shares for each group.
#[must_use]
pub fn dots(spec: &DotsSpec) -> String {
    let width = spec.layout.width();
    let values = spec
        .rows
        .iter()
        .map(|row| text::width(&row.value_text, SIZE, row.is_emphasised));
    let values = values.fold(text::width(&spec.value_heading, 13.0, false), f32::max);
    let labels: Vec<RowLabel<'_>> = spec
        .rows
        .iter()
        .map(|row| RowLabel {
            text: &row.label,
            is_bold: row.is_emphasised,
            space_before: if row.begins_kind { KIND_SPACE } else { 0.0 },
        })
        .collect();
    let entries = legend(spec, width);
    let heading = match spec.layout {
        Layout::Wide if !spec.value_heading.is_empty() => 20.0,
        _ => 0.0,
    };
    let top = entries.last().map_or(0.0, |entry| entry.2) + LEGEND_LINE + 4.0;
    let room = Room {
        layout: spec.layout,
        top: top + heading,
        marks: MARKS,
        beside: 190.0,
        above: width - values - 12.0,
    };
    let rows = Rows::lay_out(&room, &labels);
    let (left, right) = match spec.layout {
        Layout::Wide => (rows.left, width - values - 20.0),
        // Room for half a mark and half a number at both ends.
        Layout::Narrow => (10.0, width - 18.0),
    };
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-chart hys-chart--dots {}", spec.layout.class()),
            width,
            height: rows.bottom + 24.0,
            has_links: false,
        },
    );
    for (is_sample, x, y) in entries {
        let name = if is_sample {
            draw_sample(&mut svg, EMPHASIS, x + 8.0, y + 9.0);
            &spec.sample_name
        } else {
            draw_reference(&mut svg, x + 8.0, y + 9.0);
            &spec.reference_name
        };
        svg.label(
            "hys-chart__legend",
            SIZE,
            "start",
            x + LEGEND_MARK,
            y + 14.0,
        )
        .content(name);
    }
    if heading > 0.0 {
        svg.label("hys-chart__heading", 13.0, "end", width, top + 12.0)
            .text_attribute("fill", SOFT_INK)
            .content(&spec.value_heading);
    }
    match spec.layout {
        Layout::Wide => spec
            .axis
            .draw_below(&mut svg, left, right - left, room.top, rows.bottom),
        // On a phone the grid would run through labels, so it stays at the marks.
        Layout::Narrow => {
            for place in &rows.rows {
                let (above, below) = (place.marks_top, place.marks_top + MARKS);
                spec.axis
                    .draw_grid(&mut svg, left, right - left, above, below);
            }
            spec.axis
                .draw_below(&mut svg, left, right - left, rows.bottom - 6.0, rows.bottom);
        }
    }
    for (row, place) in spec.rows.iter().zip(&rows.rows) {
        if row.begins_kind {
            let y = place.top - KIND_SPACE / 2.0;
            svg.line("hys-chart__rule", LINE, 1.0, (0.0, y), (width, y));
        }
        place.draw_label(&mut svg);
        draw_marks(&mut svg, spec, row, place, (left, right));
        let y = match spec.layout {
            Layout::Wide => place.marks_top + MARKS / 2.0 + 5.0,
            Layout::Narrow => place.base_line,
        };
        svg.label("hys-chart__value", SIZE, "end", width, y)
            .bold(row.is_emphasised)
            .content(&row.value_text);
    }
    svg.finish()
}

/// Where the legend's entries stand: whether it is the sample's, left edge and top.
fn legend(spec: &DotsSpec, width: f32) -> Vec<(bool, f32, f32)> {
    let wide = |name: &str| LEGEND_MARK + text::width(name, SIZE, false);
    let beside = wide(&spec.sample_name) + 20.0;
    if beside + wide(&spec.reference_name) <= width {
        vec![(true, 0.0, 0.0), (false, beside, 0.0)]
    } else {
        vec![(true, 0.0, 0.0), (false, 0.0, LEGEND_LINE)]
    }
}

fn draw_marks(
    svg: &mut Svg,
    spec: &DotsSpec,
    row: &DotRow,
    place: &Row,
    (left, right): (f32, f32),
) {
    let y = place.marks_top + MARKS / 2.0;
    let at = |share: f64| left + (right - left) * spec.axis.along(share);
    let sample = row.sample.filter(|share| share.is_finite()).map(at);
    let reference = row.reference.filter(|share| share.is_finite()).map(at);
    if let (Some(_), Some((low, high))) = (sample, row.interval) {
        let (low, high) = (at(low), at(high));
        svg.rect(
            "hys-chart__interval",
            tint_colour(2),
            low,
            y - 4.0,
            high - low,
            8.0,
        );
        for x in [low, high] {
            svg.line("hys-chart__whisker", INK, 1.2, (x, y - 5.0), (x, y + 5.0));
        }
    }
    let colour = if row.is_emphasised {
        shortfall_colour()
    } else {
        EMPHASIS
    };
    if let (Some(sample), Some(reference)) = (sample, reference) {
        let stroke = if row.is_emphasised { colour } else { NO_VALUE };
        svg.line("hys-chart__joint", stroke, 2.0, (sample, y), (reference, y));
    }
    if let Some(x) = reference {
        draw_reference(svg, x, y);
    }
    if let Some(x) = sample {
        draw_sample(svg, colour, x, y);
    }
}

fn draw_sample(svg: &mut Svg, colour: &str, x: f32, y: f32) {
    svg.circle("hys-chart__sample", colour, WHITE, (x, y), RADIUS);
}

/// A hollow diamond, larger than the dot: where both meet, its corners still show.
fn draw_reference(svg: &mut Svg, x: f32, y: f32) {
    let (left, right) = (Number(x - 7.0), Number(x + 7.0));
    let (top, bottom) = (Number(y - 7.0), Number(y + 7.0));
    let (x, y) = (Number(x), Number(y));
    svg.element("path")
        .text_attribute("class", "hys-chart__reference-mark")
        .text_attribute("fill", WHITE)
        .text_attribute("stroke", INK)
        .number("stroke-width", 1.8)
        .text_attribute(
            "d",
            &format!("M{left} {y}L{x} {top}L{right} {y}L{x} {bottom}Z"),
        )
        .empty();
}
