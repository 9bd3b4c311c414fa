//! Lines over time, with bands for intervals and each name at its line's end.

use super::axis::Span;
use super::palette::{Fill, INK, LINE, NO_VALUE, SOFT_INK, WHITE};
use super::spread::{Wanted, spread};
use super::svg::{Frame, Number, Svg};
use super::{Caption, Layout, text};

/// A time at which there may be figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// Where it is, in any unit of time: unequal steps are drawn unequal.
    pub at: f64,
    /// Written under it, where the room allows.
    pub label: String,
}

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinePoint {
    /// The value.
    pub value: f64,
    /// The ends of its interval.
    pub interval: Option<(f64, f64)>,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSeries {
    /// Its name, written at its end.
    pub name: String,
    /// Its last figure in words.
    pub end_text: String,
    /// A figure for each moment; none makes a gap, which no line bridges.
    pub points: Vec<Option<LinePoint>>,
}

/// A chart of lines over time.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSpec {
    /// Its title and description.
    pub caption: Caption,
    /// The room it is drawn for.
    pub layout: Layout,
    /// The axis of the values.
    pub span: Span,
    /// The times, in order.
    pub moments: Vec<Moment>,
    /// The lines; four at most are drawn.
    pub series: Vec<LineSeries>,
}

const SIZE: f32 = 13.0;
const LINE_HEIGHT: f32 = 15.0;
const TOP: f32 = 10.0;
/// More than these at once are a tangle.
const MOST: usize = 4;
/// Between a line's end and its name.
const STUB: f32 = 20.0;
/// With more moments than these, marks would touch.
const MOST_MARKS: usize = 32;

/// A figure with its place.
#[derive(Clone, Copy)]
struct Spot {
    x: f32,
    y: f32,
    band: Option<(f32, f32)>,
}

struct Plot {
    left: f32,
    right: f32,
    bottom: f32,
}

impl Plot {
    fn height_of(&self, spec: &LineSpec, value: f64) -> f32 {
        self.bottom - (self.bottom - TOP) * spec.span.along(value)
    }

    fn along(&self, spec: &LineSpec, at: f64) -> f32 {
        let first = spec.moments.first().map_or(0.0, |moment| moment.at);
        let last = spec.moments.last().map_or(1.0, |moment| moment.at);
        let part = (at - first) / (last - first);
        let part = if part.is_finite() {
            part.clamp(0.0, 1.0) as f32
        } else {
            0.5
        };
        self.left + 8.0 + (self.right - self.left - 16.0) * part
    }

    /// The line in runs without gaps.
    fn runs(&self, spec: &LineSpec, series: &LineSeries) -> Vec<Vec<Spot>> {
        let mut runs: Vec<Vec<Spot>> = vec![Vec::new()];
        for (moment, point) in spec.moments.iter().zip(&series.points) {
            match point.filter(|point| point.value.is_finite()) {
                Some(point) => {
                    let spot = Spot {
                        x: self.along(spec, moment.at),
                        y: self.height_of(spec, point.value),
                        band: point.interval.map(|(low, high)| {
                            (self.height_of(spec, low), self.height_of(spec, high))
                        }),
                    };
                    if let Some(run) = runs.last_mut() {
                        run.push(spot);
                    }
                }
                None => runs.push(Vec::new()),
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }
}

/// Draws lines over time.
#[must_use]
pub fn line(spec: &LineSpec) -> String {
    let width = spec.layout.width();
    let series: Vec<&LineSeries> = spec.series.iter().take(MOST).collect();
    let (most, high) = match spec.layout {
        Layout::Wide => (150.0, 230.0),
        Layout::Narrow => (96.0, 220.0),
    };
    let names: Vec<Vec<String>> = series
        .iter()
        .map(|series| text::wrap(&series.name, SIZE, false, most))
        .collect();
    let widest = names
        .iter()
        .flatten()
        .map(|line| text::width(line, SIZE, false));
    let ends = series
        .iter()
        .map(|series| text::width(&series.end_text, SIZE, true));
    let names_wide = widest.chain(ends).fold(0.0, f32::max);
    let ticks = spec.span.ticks.iter();
    let ticks = ticks.map(|tick| text::width(&tick.label, SIZE, false));
    let plot = Plot {
        left: ticks.fold(16.0, f32::max) + 8.0,
        right: width - names_wide - STUB,
        bottom: TOP + high,
    };
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-chart hys-chart--line {}", spec.layout.class()),
            width,
            height: plot.bottom + 26.0,
            has_links: false,
        },
    );
    draw_axes(&mut svg, spec, &plot);
    let runs: Vec<Vec<Vec<Spot>>> = series
        .iter()
        .map(|series| plot.runs(spec, series))
        .collect();
    // All bands lie under all lines.
    for (runs, fill) in runs.iter().zip((0..).map(Fill::Series)) {
        for run in runs {
            draw_band(&mut svg, fill, run);
        }
    }
    for (runs, fill) in runs.iter().zip((0..).map(Fill::Series)) {
        for run in runs {
            draw_run(&mut svg, fill, run, spec.moments.len() <= MOST_MARKS);
        }
    }
    let wanted: Vec<(usize, Spot)> = runs
        .iter()
        .enumerate()
        .filter_map(|(index, runs)| Some((index, *runs.last()?.last()?)))
        .collect();
    let sizes: Vec<Wanted> = wanted
        .iter()
        .map(|(index, spot)| Wanted {
            at: spot.y,
            size: (names[*index].len() + 1) as f32 * LINE_HEIGHT + 6.0,
        })
        .collect();
    let places = spread(&sizes, 0.0, plot.bottom + 26.0);
    for (((index, spot), size), y) in wanted.iter().zip(&sizes).zip(places) {
        let x = width - names_wide;
        // Grey and dotted, so that it can't be taken for the line itself where that ends early.
        let (from, to) = ((spot.x + 6.0, spot.y), (x - 5.0, y));
        svg.dashes("hys-chart__leader", NO_VALUE, 1.0, "1 3", from, to);
        let first = y - size.size / 2.0 + 3.0 + 11.0;
        svg.label("hys-chart__value", SIZE, "start", x, first)
            .bold(true)
            .content(&series[*index].end_text);
        for (line, row) in names[*index].iter().zip(1_u8..) {
            svg.label(
                "hys-chart__label",
                SIZE,
                "start",
                x,
                first + f32::from(row) * LINE_HEIGHT,
            )
            .content(line);
        }
    }
    svg.finish()
}

fn draw_axes(svg: &mut Svg, spec: &LineSpec, plot: &Plot) {
    for tick in &spec.span.ticks {
        let y = plot.height_of(spec, tick.at);
        let (stroke, thick) = if tick.at == 0.0 {
            (INK, 1.0)
        } else {
            (LINE, 0.6)
        };
        svg.line(
            "hys-chart__grid",
            stroke,
            thick,
            (plot.left, y),
            (plot.right, y),
        );
        svg.label("hys-chart__tick", SIZE, "end", plot.left - 6.0, y + 4.5)
            .text_attribute("fill", SOFT_INK)
            .content(&tick.label);
    }
    // The last time and the first are always named, and between them what finds room, from the left.
    let half = |moment: &Moment| text::width(&moment.label, SIZE, false) / 2.0;
    let middle = |moment: &Moment| {
        let half = half(moment);
        plot.along(spec, moment.at)
            .clamp(half, (spec.layout.width() - half).max(half))
    };
    let last = spec.moments.last();
    let end = last.map_or(f32::INFINITY, |last| middle(last) - half(last) - 8.0);
    let mut free = f32::NEG_INFINITY;
    for (index, moment) in spec.moments.iter().enumerate() {
        let (x, half) = (middle(moment), half(moment));
        let is_last = index + 1 == spec.moments.len();
        if !is_last && (x - half < free || x + half > end) {
            continue;
        }
        free = x + half + 8.0;
        svg.label("hys-chart__tick", SIZE, "middle", x, plot.bottom + 18.0)
            .text_attribute("fill", SOFT_INK)
            .content(&moment.label);
    }
}

fn draw_band(svg: &mut Svg, fill: Fill, run: &[Spot]) {
    // A band breaks where an interval is missing, as a line does where a figure is.
    for part in run.split(|spot| spot.band.is_none()) {
        let along: Vec<(f32, f32, f32)> = part
            .iter()
            .filter_map(|spot| spot.band.map(|(low, high)| (spot.x, low, high)))
            .collect();
        if let [(x, low, high)] = along[..] {
            let class = "hys-chart__whisker";
            svg.line(class, fill.colour(), 1.5, (x, low), (x, high));
            for y in [low, high] {
                svg.line(class, fill.colour(), 1.5, (x - 4.0, y), (x + 4.0, y));
            }
            continue;
        }
        let over = along.iter().map(|&(x, _, high)| (x, high));
        let under = along.iter().rev().map(|&(x, low, _)| (x, low));
        let Some(d) = path(over.chain(under)) else {
            continue;
        };
        svg.element("path")
            .text_attribute(
                "class",
                &format!("hys-chart__band hys-chart--{}", fill.class()),
            )
            .text_attribute("fill", fill.colour())
            .text_attribute("fill-opacity", "0.15")
            .text_attribute("d", &format!("{d}Z"))
            .empty();
    }
}

fn path(points: impl Iterator<Item = (f32, f32)>) -> Option<String> {
    let mut d = String::new();
    for (x, y) in points {
        d.push(if d.is_empty() { 'M' } else { 'L' });
        d.push_str(&format!("{} {}", Number(x), Number(y)));
    }
    (!d.is_empty()).then_some(d)
}

fn draw_run(svg: &mut Svg, fill: Fill, run: &[Spot], with_marks: bool) {
    if let Some(d) = path(run.iter().map(|spot| (spot.x, spot.y)))
        && run.len() > 1
    {
        svg.element("path")
            .text_attribute(
                "class",
                &format!("hys-chart__line hys-chart--{}", fill.class()),
            )
            .text_attribute("fill", "none")
            .text_attribute("stroke", fill.colour())
            .number("stroke-width", 2.5)
            .text_attribute("stroke-linejoin", "round")
            .text_attribute("d", &d)
            .empty();
    }
    for (spot, index) in run.iter().zip(1..) {
        if with_marks || index == run.len() {
            draw_mark(svg, fill, spot);
        }
    }
}

/// A mark whose shape, not only its colour, tells the series.
fn draw_mark(svg: &mut Svg, fill: Fill, spot: &Spot) {
    let (x, y) = (spot.x, spot.y);
    let class = format!("hys-chart__mark hys-chart--{}", fill.class());
    let corners: &[(f32, f32)] = match fill {
        Fill::Series(1) => &[(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)],
        Fill::Series(2) => &[(0.0, -5.0), (5.0, 4.0), (-5.0, 4.0)],
        Fill::Series(3) => &[(0.0, -5.5), (5.5, 0.0), (0.0, 5.5), (-5.5, 0.0)],
        _ => {
            svg.circle(&class, fill.colour(), WHITE, (x, y), 4.5);
            return;
        }
    };
    let corners = corners.iter().map(|&(right, down)| (x + right, y + down));
    if let Some(d) = path(corners) {
        svg.element("path")
            .text_attribute("class", &class)
            .text_attribute("fill", fill.colour())
            .text_attribute("stroke", WHITE)
            .number("stroke-width", 1.0)
            .text_attribute("d", &format!("{d}Z"))
            .empty();
    }
}
