//! Points by two measures, in four quadrants, such as how important something is and how well it is done.

use super::axis::Span;
use super::beside::{Mark, Place, place};
use super::labels::Rect;
use super::palette::{CONTEXT, EMPHASIS, INK, LINE, NO_VALUE, SOFT_INK, WHITE};
use super::svg::{Frame, Svg};
use super::{Caption, Layout, text};
use crate::geography::Point;

/// One axis, and where the quadrants part.
#[derive(Debug, Clone, PartialEq)]
pub struct ScatterAxis {
    /// What it measures.
    pub name: String,
    /// From where to where.
    pub span: Span,
    /// Where the quadrants part, in its unit.
    pub split: f64,
}

/// The quadrants' names; empty where one has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quadrants {
    /// Low along, high up.
    pub top_left: String,
    /// High along, high up.
    pub top_right: String,
    /// Low along, low down.
    pub bottom_left: String,
    /// High along, low down.
    pub bottom_right: String,
}

/// One point.
#[derive(Debug, Clone, PartialEq)]
pub struct ScatterPoint {
    /// Its name.
    pub label: String,
    /// How far along.
    pub x: f64,
    /// How high up.
    pub y: f64,
    /// Whether the chart's title speaks of it.
    pub is_emphasised: bool,
}

/// A chart of points in quadrants.
#[derive(Debug, Clone, PartialEq)]
pub struct ScatterSpec {
    /// Its title and description.
    pub caption: Caption,
    /// The room it is drawn for.
    pub layout: Layout,
    /// The axis to the right.
    pub x: ScatterAxis,
    /// The axis upwards.
    pub y: ScatterAxis,
    /// The quadrants' names.
    pub quadrants: Quadrants,
    /// The points. Where their names find no room at them, numbers stand there and a list below.
    pub points: Vec<ScatterPoint>,
}

const SIZE: f32 = 13.0;
const LINE_HEIGHT: f32 = 15.0;
const RADIUS: f32 = 5.0;
/// Inside the plot's edge.
const INSET: f32 = 6.0;

/// Where the plot is.
struct Plot {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Plot {
    fn at(&self, spec: &ScatterSpec, x: f64, y: f64) -> Point {
        Point {
            x: self.left + (self.right - self.left) * spec.x.span.along(x),
            y: self.bottom - (self.bottom - self.top) * spec.y.span.along(y),
        }
    }

    fn canvas(&self) -> Rect {
        (
            self.left + 2.0,
            self.top + 2.0,
            self.right - 2.0,
            self.bottom - 2.0,
        )
    }
}

/// What is written at the points.
struct Written {
    /// The lines of each label.
    labels: Vec<Vec<String>>,
    places: Vec<Place>,
    are_numbers: bool,
}

/// Draws points in quadrants.
#[must_use]
pub fn scatter(spec: &ScatterSpec) -> String {
    let width = spec.layout.width();
    let ticks = spec.y.span.ticks.iter();
    let ticks = ticks.map(|tick| text::width(&tick.label, SIZE, false));
    let left = ticks.fold(16.0, f32::max) + 8.0;
    let y_name = text::wrap(&spec.y.name, SIZE, true, width);
    let top = y_name.len().max(1) as f32 * LINE_HEIGHT + 10.0;
    let high = match spec.layout {
        Layout::Wide => 400.0,
        Layout::Narrow => 320.0,
    };
    let plot = Plot {
        left,
        top,
        right: width - 2.0,
        bottom: top + high,
    };
    let x_name = text::wrap(&spec.x.name, SIZE, true, width - left);
    let foot = plot.bottom + 24.0 + x_name.len().max(1) as f32 * LINE_HEIGHT + 8.0;
    let quadrants = quadrants(spec, &plot);
    let written = write_labels(spec, &plot, &quadrants);
    let list = written.are_numbers.then(|| list(spec, foot, width));
    let height = list.as_ref().map_or(foot, |list| list.1);
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-chart hys-chart--scatter {}", spec.layout.class()),
            width,
            height,
            has_links: false,
        },
    );
    draw_axes(&mut svg, spec, &plot);
    for (lines, x, y, step) in [
        (&y_name, 0.0, 12.0, "start"),
        (&x_name, plot.right, plot.bottom + 36.0, "end"),
    ] {
        for (line, index) in lines.iter().zip(0_u8..) {
            let y = y + f32::from(index) * LINE_HEIGHT;
            svg.label("hys-chart__axis-name", SIZE, step, x, y)
                .bold(true)
                .text_attribute("fill", SOFT_INK)
                .content(line);
        }
    }
    for quadrant in &quadrants {
        quadrant.draw(&mut svg);
    }
    draw_points(&mut svg, spec, &plot, &written);
    for (number, lines, x, y) in list.iter().flat_map(|list| &list.0) {
        svg.label("hys-chart__number", SIZE, "end", x + 18.0, *y)
            .bold(true)
            .content(number);
        for (line, index) in lines.iter().zip(0_u8..) {
            let y = y + f32::from(index) * LINE_HEIGHT;
            svg.label("hys-chart__label", SIZE, "start", x + 26.0, y)
                .content(line);
        }
    }
    svg.finish()
}

/// A quadrant's name in its corner.
struct Corner {
    lines: Vec<String>,
    anchor: &'static str,
    x: f32,
    top: f32,
    space: Rect,
}

impl Corner {
    fn draw(&self, svg: &mut Svg) {
        for (line, index) in self.lines.iter().zip(0_u8..) {
            let y = self.top + 11.0 + f32::from(index) * LINE_HEIGHT;
            svg.label("hys-chart__quadrant", SIZE, self.anchor, self.x, y)
                .bold(true)
                .text_attribute("fill", SOFT_INK)
                .content(line);
        }
    }
}

fn quadrants(spec: &ScatterSpec, plot: &Plot) -> Vec<Corner> {
    let split = plot.at(spec, spec.x.split, spec.y.split);
    let names = &spec.quadrants;
    let corner = |name: &str, is_left: bool, is_top: bool| {
        let room = if is_left {
            split.x - plot.left
        } else {
            plot.right - split.x
        } - 2.0 * INSET;
        let lines = text::wrap(name, SIZE, true, room);
        let wide = lines
            .iter()
            .map(|line| text::width(line, SIZE, true))
            .fold(0.0, f32::max);
        let high = lines.len() as f32 * LINE_HEIGHT;
        let (anchor, x) = if is_left {
            ("start", plot.left + INSET)
        } else {
            ("end", plot.right - INSET)
        };
        let top = if is_top {
            plot.top + INSET
        } else {
            plot.bottom - INSET - high
        };
        let from = if is_left { x } else { x - wide };
        Corner {
            space: (from, top, from + wide, top + high),
            lines,
            anchor,
            x,
            top,
        }
    };
    vec![
        corner(&names.top_left, true, true),
        corner(&names.top_right, false, true),
        corner(&names.bottom_left, true, false),
        corner(&names.bottom_right, false, false),
    ]
}

/// Names where all find room, else numbers.
fn write_labels(spec: &ScatterSpec, plot: &Plot, quadrants: &[Corner]) -> Written {
    let most = match spec.layout {
        Layout::Wide => 150.0,
        Layout::Narrow => 100.0,
    };
    let named: Vec<Vec<String>> = spec
        .points
        .iter()
        .map(|point| text::wrap(&point.label, SIZE, point.is_emphasised, most))
        .collect();
    let taken: Vec<Rect> = quadrants.iter().map(|corner| corner.space).collect();
    let (places, is_clear) = place_all(spec, plot, &named, &taken);
    if is_clear {
        return Written {
            labels: named,
            places,
            are_numbers: false,
        };
    }
    let numbers: Vec<Vec<String>> = (1..=spec.points.len())
        .map(|number| vec![number.to_string()])
        .collect();
    let (places, _) = place_all(spec, plot, &numbers, &taken);
    Written {
        labels: numbers,
        places,
        are_numbers: true,
    }
}

fn place_all(
    spec: &ScatterSpec,
    plot: &Plot,
    labels: &[Vec<String>],
    taken: &[Rect],
) -> (Vec<Place>, bool) {
    let mark = |(point, lines): (&ScatterPoint, &Vec<String>)| {
        let wide = lines
            .iter()
            .map(|line| text::width(line, SIZE, point.is_emphasised));
        Mark {
            at: plot.at(spec, point.x, point.y),
            radius: RADIUS,
            label: (
                wide.fold(0.0, f32::max),
                lines.len().max(1) as f32 * LINE_HEIGHT,
            ),
        }
    };
    let marks: Vec<Mark> = spec.points.iter().zip(labels).map(mark).collect();
    place(&marks, taken, plot.canvas())
}

fn draw_axes(svg: &mut Svg, spec: &ScatterSpec, plot: &Plot) {
    for tick in &spec.x.span.ticks {
        let at = plot.at(spec, tick.at, spec.y.span.from);
        svg.line(
            "hys-chart__grid",
            LINE,
            0.6,
            (at.x, plot.top),
            (at.x, plot.bottom),
        );
        // Numbers stay inside the picture at its ends.
        let half = text::width(&tick.label, SIZE, false) / 2.0;
        let x = at.x.clamp(half, (plot.right + 2.0 - half).max(half));
        svg.label("hys-chart__tick", SIZE, "middle", x, plot.bottom + 17.0)
            .text_attribute("fill", SOFT_INK)
            .content(&tick.label);
    }
    for tick in &spec.y.span.ticks {
        let at = plot.at(spec, spec.x.span.from, tick.at);
        svg.line(
            "hys-chart__grid",
            LINE,
            0.6,
            (plot.left, at.y),
            (plot.right, at.y),
        );
        svg.label("hys-chart__tick", SIZE, "end", plot.left - 6.0, at.y + 4.5)
            .text_attribute("fill", SOFT_INK)
            .content(&tick.label);
    }
    let corner = (plot.left, plot.bottom);
    svg.line(
        "hys-chart__axis",
        INK,
        1.0,
        corner,
        (plot.right, plot.bottom),
    );
    svg.line("hys-chart__axis", INK, 1.0, corner, (plot.left, plot.top));
    let split = plot.at(spec, spec.x.split, spec.y.split);
    for (from, to) in [
        ((split.x, plot.top), (split.x, plot.bottom)),
        ((plot.left, split.y), (plot.right, split.y)),
    ] {
        svg.dashes("hys-chart__split", NO_VALUE, 1.5, "5 4", from, to);
    }
}

fn draw_points(svg: &mut Svg, spec: &ScatterSpec, plot: &Plot, written: &Written) {
    for place in &written.places {
        if let Some((from, to)) = place.leader {
            svg.line(
                "hys-chart__leader",
                NO_VALUE,
                1.0,
                (from.x, from.y),
                (to.x, to.y),
            );
        }
    }
    for point in &spec.points {
        let at = plot.at(spec, point.x, point.y);
        let (class, fill) = if point.is_emphasised {
            ("hys-chart__point hys-chart__point--emphasis", EMPHASIS)
        } else {
            ("hys-chart__point", CONTEXT)
        };
        svg.circle(class, fill, WHITE, (at.x, at.y), RADIUS);
    }
    let labels = spec.points.iter().zip(&written.labels).zip(&written.places);
    for ((point, lines), place) in labels {
        let (left, top, right, _) = place.space;
        let at = plot.at(spec, point.x, point.y);
        // Lines of a label gather at the side of its point.
        let (anchor, x) = if left >= at.x {
            ("start", left)
        } else if right <= at.x {
            ("end", right)
        } else {
            ("middle", (left + right) / 2.0)
        };
        for (line, index) in lines.iter().zip(0_u8..) {
            let y = top + 11.5 + f32::from(index) * LINE_HEIGHT;
            svg.label("hys-chart__label", SIZE, anchor, x, y)
                .bold(point.is_emphasised)
                .text_attribute("stroke", WHITE)
                .number("stroke-width", 3.0)
                .text_attribute("stroke-linejoin", "round")
                .text_attribute("paint-order", "stroke")
                .content(line);
        }
    }
}

/// An entry of the list under the plot: number, lines of the name, left edge and base line.
type Entry = (String, Vec<String>, f32, f32);

/// The list of what the numbers stand for, and where it ends.
fn list(spec: &ScatterSpec, top: f32, width: f32) -> (Vec<Entry>, f32) {
    let columns = match spec.layout {
        Layout::Wide => 2,
        Layout::Narrow => 1,
    };
    let room = width / columns as f32;
    let per_column = spec.points.len().div_ceil(columns).max(1);
    let mut entries = Vec::with_capacity(spec.points.len());
    let mut end = top;
    for (points, column) in spec.points.chunks(per_column).zip(0_u8..) {
        let mut y = top + 14.0;
        for point in points {
            let number = (entries.len() + 1).to_string();
            let lines = text::wrap(&point.label, SIZE, false, room - 40.0);
            let high = lines.len().max(1) as f32 * LINE_HEIGHT + 5.0;
            entries.push((number, lines, f32::from(column) * room, y));
            y += high;
        }
        end = end.max(y - 8.0);
    }
    (entries, end)
}
