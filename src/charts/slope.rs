//! Slopes: what changes place between two lists, such as the county's and an area's, or two waves.

use super::palette::{EMPHASIS, INK, NO_VALUE, SOFT_INK, WHITE, shortfall_colour};
use super::spread::{Wanted, spread};
use super::svg::{Frame, Svg};
use super::{Caption, Layout, text};

/// What is said of a change of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// Higher up in the second list.
    Rise,
    /// Lower down.
    Fall,
    /// Nothing: the same place, or a change that is not to be made anything of.
    Unmarked,
}

/// One thing in both lists.
#[derive(Debug, Clone, PartialEq)]
pub struct SlopeLine {
    /// Its name.
    pub name: String,
    /// Its place in the first list, 1 at the top; a tie may have a half. None where it has none.
    pub from: Option<f64>,
    /// Its place in the second list.
    pub to: Option<f64>,
    /// The first place in words.
    pub from_text: String,
    /// The second place in words.
    pub to_text: String,
    /// What is said of the change.
    pub trend: Trend,
    /// By how much, in words, such as `2`; written only where the change is marked.
    pub change_text: String,
}

/// A chart of slopes.
#[derive(Debug, Clone, PartialEq)]
pub struct SlopeSpec {
    /// Its title and description.
    pub caption: Caption,
    /// The room it is drawn for.
    pub layout: Layout,
    /// The name of the first list.
    pub from_heading: String,
    /// The name of the second list.
    pub to_heading: String,
    /// What is in them.
    pub lines: Vec<SlopeLine>,
}

const SIZE: f32 = 14.0;
const LINE: f32 = 16.0;
/// Between two places.
const PITCH: f32 = 27.0;
/// Between a label and the end of its line.
const STUB: f32 = 16.0;
const RADIUS: f32 = 4.0;

/// A label at one end.
struct End {
    /// Which line it belongs to.
    index: usize,
    place: f64,
    lines: Vec<String>,
}

/// Where the parts stand.
struct Plan {
    /// The width of names.
    names: f32,
    /// The width of places.
    places: f32,
    /// The width of what is said of changes.
    changes: f32,
    width: f32,
}

impl Plan {
    /// The ends of the lines.
    fn ends(&self) -> (f32, f32) {
        let left = self.names + self.places + STUB;
        let right = self.width - self.changes - self.names - self.places - STUB;
        (left, right)
    }
}

/// Draws slopes.
#[must_use]
pub fn slope(spec: &SlopeSpec) -> String {
    let plan = plan(spec);
    let left = ends(spec, &plan, |line| line.from);
    let right = ends(spec, &plan, |line| line.to);
    let heading = |words: &str| text::wrap(words, 13.0, true, plan.names + plan.places);
    let headings = (heading(&spec.from_heading), heading(&spec.to_heading));
    let top = headings.0.len().max(headings.1.len()).max(1) as f32 * LINE + 8.0;
    let last = spec
        .lines
        .iter()
        .flat_map(|line| [line.from, line.to])
        .flatten()
        .filter(|place| place.is_finite())
        .fold(1.0, f64::max);
    let needed = |ends: &[End]| -> f32 { ends.iter().map(height).sum() };
    let plot = (last as f32 * PITCH).max(needed(&left)).max(needed(&right));
    let y_of = |place: f64| {
        let part = ((place - 1.0) / (last - 1.0).max(1.0)).clamp(0.0, 1.0) as f32;
        top + PITCH / 2.0 + part * (plot - PITCH)
    };
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-chart hys-chart--slope {}", spec.layout.class()),
            width: plan.width,
            height: top + plot + 4.0,
            has_links: false,
        },
    );
    let (from_x, to_x) = plan.ends();
    for (words, anchor, x) in [
        (&headings.0, "end", from_x - STUB),
        (&headings.1, "start", to_x + STUB),
    ] {
        for (line, index) in words.iter().zip(0_u8..) {
            svg.label(
                "hys-chart__heading",
                13.0,
                anchor,
                x,
                13.0 + f32::from(index) * LINE,
            )
            .bold(true)
            .text_attribute("fill", SOFT_INK)
            .content(line);
        }
    }
    for x in [from_x, to_x] {
        svg.line("hys-chart__grid", NO_VALUE, 0.6, (x, top), (x, top + plot));
    }
    draw_lines(&mut svg, spec, (from_x, to_x), &y_of);
    for (ends, is_first) in [(&left, true), (&right, false)] {
        let wanted: Vec<Wanted> = ends
            .iter()
            .map(|end| Wanted {
                at: y_of(end.place),
                size: height(end),
            })
            .collect();
        for (end, y) in ends.iter().zip(spread(&wanted, top, top + plot)) {
            draw_end(&mut svg, spec, &plan, end, is_first, (y, y_of(end.place)));
        }
    }
    svg.finish()
}

fn plan(spec: &SlopeSpec) -> Plan {
    let width = spec.layout.width();
    let most =
        |measure: &dyn Fn(&SlopeLine) -> f32| spec.lines.iter().map(measure).fold(0.0, f32::max);
    let places = most(&|line| {
        text::width(&line.from_text, SIZE, true).max(text::width(&line.to_text, SIZE, true))
    }) + 6.0;
    let changes = most(&|line| match line.trend {
        Trend::Unmarked => 0.0,
        Trend::Rise | Trend::Fall => text::width(&line.change_text, SIZE, true) + 18.0,
    });
    // The lines keep a fifth of the width; the names share the rest, and take no more than they need.
    let rest = width * 0.8 - 2.0 * (places + STUB) - changes;
    let names = most(&|line| text::width(&line.name, SIZE, line.trend != Trend::Unmarked));
    Plan {
        names: names.min(rest / 2.0).max(40.0),
        places,
        changes,
        width,
    }
}

fn ends(spec: &SlopeSpec, plan: &Plan, place: impl Fn(&SlopeLine) -> Option<f64>) -> Vec<End> {
    let end = |(index, line): (usize, &SlopeLine)| {
        Some(End {
            index,
            place: place(line).filter(|place| place.is_finite())?,
            lines: text::wrap(&line.name, SIZE, line.trend != Trend::Unmarked, plan.names),
        })
    };
    spec.lines.iter().enumerate().filter_map(end).collect()
}

fn height(end: &End) -> f32 {
    end.lines.len().max(1) as f32 * LINE + 4.0
}

fn look(trend: Trend) -> (&'static str, &'static str, f32) {
    match trend {
        Trend::Rise => ("hys-chart__slope hys-chart__slope--rise", EMPHASIS, 3.0),
        Trend::Fall => (
            "hys-chart__slope hys-chart__slope--fall",
            shortfall_colour(),
            3.0,
        ),
        Trend::Unmarked => ("hys-chart__slope", NO_VALUE, 1.5),
    }
}

/// The lines, marked ones above the others. A fall is dashed too, so that colour is not all that tells it from a rise.
fn draw_lines(
    svg: &mut Svg,
    spec: &SlopeSpec,
    (from_x, to_x): (f32, f32),
    y_of: &dyn Fn(f64) -> f32,
) {
    let mut lines: Vec<&SlopeLine> = spec.lines.iter().collect();
    lines.sort_by_key(|line| line.trend != Trend::Unmarked);
    for line in lines {
        let (class, colour, thick) = look(line.trend);
        let finite = |place: Option<f64>| place.filter(|place| place.is_finite()).map(y_of);
        let (from, to) = (finite(line.from), finite(line.to));
        if let (Some(from), Some(to)) = (from, to) {
            let ends = ((from_x, from), (to_x, to));
            if line.trend == Trend::Fall {
                svg.dashes(class, colour, thick, "7 3", ends.0, ends.1);
            } else {
                svg.line(class, colour, thick, ends.0, ends.1);
            }
        }
        for (x, y) in [(from_x, from), (to_x, to)] {
            if let Some(y) = y {
                svg.circle("hys-chart__dot", colour, WHITE, (x, y), RADIUS);
            }
        }
    }
}

fn draw_end(
    svg: &mut Svg,
    spec: &SlopeSpec,
    plan: &Plan,
    end: &End,
    is_first: bool,
    (y, point): (f32, f32),
) {
    let line = &spec.lines[end.index];
    let (from_x, to_x) = plan.ends();
    let is_marked = line.trend != Trend::Unmarked;
    let ink = if is_marked { INK } else { SOFT_INK };
    // Places stand beside the line's end, names outside them.
    let (place, anchor, place_x, name_x, stub, dot) = if is_first {
        let x = from_x - STUB;
        (
            &line.from_text,
            "end",
            x,
            x - plan.places,
            x + 3.0,
            from_x - RADIUS,
        )
    } else {
        let x = to_x + STUB;
        (
            &line.to_text,
            "start",
            x,
            x + plan.places,
            x - 3.0,
            to_x + RADIUS,
        )
    };
    if (y - point).abs() > 1.5 {
        svg.line("hys-chart__leader", NO_VALUE, 1.0, (stub, y), (dot, point));
    }
    svg.label("hys-chart__place", SIZE, anchor, place_x, y + 4.8)
        .bold(true)
        .text_attribute("fill", ink)
        .content(place);
    let first = y - end.lines.len().saturating_sub(1) as f32 * LINE / 2.0 + 4.8;
    for (words, index) in end.lines.iter().zip(0_u8..) {
        svg.label(
            "hys-chart__label",
            SIZE,
            anchor,
            name_x,
            first + f32::from(index) * LINE,
        )
        .bold(is_marked)
        .text_attribute("fill", ink)
        .content(words);
    }
    if is_marked && !is_first {
        let (_, colour, _) = look(line.trend);
        let x = plan.width - plan.changes + 10.0;
        svg.triangle(
            "hys-chart__change",
            colour,
            (x, y),
            line.trend == Trend::Rise,
        );
        svg.label("hys-chart__change-text", SIZE, "end", plan.width, y + 4.8)
            .bold(true)
            .content(&line.change_text);
    }
}
