//! Answers on a scale, such as agreement: unfavourable ones left of a centre line, favourable ones right of it.
//!
//! What is neither, and "don't know", stands apart at the right with a start of its own. So all that is compared
//! starts from one line, which is read more exactly than lengths that start anywhere (Cleveland and McGill 1984);
//! a neutral part astride the centre would move both sides (decision record 0020).

use super::legend::{Legend, Series};
use super::palette::{Fill, INK, NO_VALUE, SOFT_INK, SURFACE, WHITE};
use super::rows::{Room, Row, RowLabel, Rows, SIZE};
use super::stacked::Segment;
use super::svg::{Frame, Svg};
use super::{Caption, Layout, text};

/// Where an answer of a scale stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Unfavourable: left of the centre line.
    Negative,
    /// Favourable: right of it.
    Positive,
    /// Neither: apart, in grey.
    Neutral,
    /// Not on the scale, such as "don't know": apart, hatched.
    Apart,
}

/// An answer of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikertColumn {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub side: Side,
}

/// One row; its segments stand in the order of the columns.
#[derive(Debug, Clone, PartialEq)]
pub struct LikertRow {
    /// What it is of.
    pub label: String,
    /// Who answered it, in words.
    pub base_text: String,
    /// The parts; none where they are not shown.
    pub segments: Vec<Segment>,
    /// All unfavourable parts together, in words; empty where they are not to be added up.
    pub negative_text: String,
    /// All favourable parts together, in words.
    pub positive_text: String,
    /// Written instead where there are no parts: why there are none.
    pub note: String,
}

/// A chart of answers on a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct LikertSpec {
    /// Its title and description.
    pub caption: Caption,
    /// The room it is drawn for.
    pub layout: Layout,
    /// The answers: from the most unfavourable to the most favourable, then what stands apart.
    pub columns: Vec<LikertColumn>,
    /// What stands over the bases.
    pub base_heading: String,
    /// The rows, from the top.
    pub rows: Vec<LikertRow>,
}

const BAR: f32 = 24.0;
const SMALL: f32 = 13.0;
const HEAD_LINE: f32 = 15.0;
/// Between the scale and what stands apart.
const APART: f32 = 18.0;
/// Between a bar and its number.
const BESIDE: f32 = 5.0;

/// A column with its place among the segments and its look.
struct Part {
    index: usize,
    fill: Fill,
    is_hatched: bool,
}

/// What stands apart: its column, where it begins and its heading.
struct Panel {
    part: Part,
    name: Vec<String>,
    left: f32,
}

struct Plan {
    centre: f32,
    /// How wide the whole, a share of 1, is.
    unit: f32,
    /// From the centre outwards.
    negative: Vec<Part>,
    positive: Vec<Part>,
    panels: Vec<Panel>,
    /// Where bases end.
    right: f32,
}

/// Draws answers on a scale.
#[must_use]
pub fn likert(spec: &LikertSpec) -> String {
    let width = spec.layout.width();
    let (negative, positive) = (side(spec, Side::Negative), side(spec, Side::Positive));
    let on_scale: Vec<Series> = negative
        .iter()
        .rev()
        .chain(&positive)
        .map(|part| Series {
            name: spec.columns[part.index].name.clone(),
            fill: part.fill,
        })
        .collect();
    let legend = Legend::lay_out(&on_scale, width);
    let bases = spec
        .rows
        .iter()
        .map(|row| text::width(&base_of(spec, row), SMALL, false));
    let bases = match spec.layout {
        Layout::Wide => bases.fold(text::width(&spec.base_heading, SMALL, false), f32::max),
        Layout::Narrow => bases.fold(0.0, f32::max),
    };
    let labels: Vec<RowLabel<'_>> = spec
        .rows
        .iter()
        .map(|row| RowLabel::new(&row.label, false))
        .collect();
    let mut room = Room {
        layout: spec.layout,
        top: 0.0,
        marks: BAR,
        beside: 190.0,
        above: width - bases - 12.0,
    };
    let left = Rows::lay_out(&room, &labels).left;
    let end = match spec.layout {
        Layout::Wide => width - bases - 12.0,
        Layout::Narrow => width,
    };
    let plan = plan(spec, (left, end), negative, positive);
    let heads = plan.panels.iter().map(|panel| panel.name.len());
    let head = heads.chain([1]).max().unwrap_or(1) as f32 * HEAD_LINE + 6.0;
    room.top = legend.height + head;
    let rows = Rows::lay_out(&room, &labels);
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-chart hys-chart--likert {}", spec.layout.class()),
            width,
            height: rows.bottom,
            has_links: false,
        },
    );
    svg.element("defs").open();
    svg.hatching("apart", WHITE, NO_VALUE, 5.0);
    svg.end("defs");
    legend.draw(&mut svg);
    draw_headings(&mut svg, spec, &plan, legend.height + head);
    for (row, place) in spec.rows.iter().zip(&rows.rows) {
        place.draw_label(&mut svg);
        draw_row(&mut svg, spec, &plan, row, place, left);
    }
    svg.finish()
}

/// On a phone a base stands in its label's line and says itself what it is; beside bars a heading says it.
fn base_of(spec: &LikertSpec, row: &LikertRow) -> String {
    match spec.layout {
        Layout::Wide => row.base_text.clone(),
        Layout::Narrow => format!("{} {}", spec.base_heading, row.base_text),
    }
}

/// The columns of a side, from the centre outwards, milder ones paler.
fn side(spec: &LikertSpec, side: Side) -> Vec<Part> {
    let mut indices: Vec<usize> = (0..spec.columns.len())
        .filter(|&index| spec.columns[index].side == side)
        .collect();
    if side == Side::Negative {
        indices.reverse();
    }
    let count = indices.len();
    let part = |(distance, index): (usize, usize)| {
        let level = match count {
            0 | 1 => 2,
            2 => 1 + distance,
            _ => distance * 2 / (count - 1),
        };
        let level = u8::try_from(level).unwrap_or(2);
        let (fill, is_hatched) = match side {
            Side::Negative => (Fill::Negative(level), false),
            Side::Positive => (Fill::Positive(level), false),
            Side::Neutral => (Fill::Neutral, false),
            Side::Apart => (Fill::Neutral, true),
        };
        Part {
            index,
            fill,
            is_hatched,
        }
    };
    indices.into_iter().enumerate().map(part).collect()
}

fn share_of(row: &LikertRow, index: usize) -> f32 {
    let share = row.segments.get(index).map_or(0.0, |part| part.share);
    if share.is_finite() {
        share.clamp(0.0, 1.0) as f32
    } else {
        0.0
    }
}

fn sum_of(row: &LikertRow, parts: &[Part]) -> f32 {
    let sum: f32 = parts.iter().map(|part| share_of(row, part.index)).sum();
    sum.min(1.0)
}

fn plan(
    spec: &LikertSpec,
    (left, end): (f32, f32),
    negative: Vec<Part>,
    positive: Vec<Part>,
) -> Plan {
    let most =
        |measure: &dyn Fn(&LikertRow) -> f32| spec.rows.iter().map(measure).fold(0.0, f32::max);
    // How far a side reaches: its bar, and its number beside it.
    let reach = |parts: &[Part], text: &dyn Fn(&LikertRow) -> &String, unit: f32| {
        most(&|row| sum_of(row, parts) * unit + BESIDE + text::width(text(row), SMALL, true))
    };
    let before = |unit: f32| reach(&negative, &|row| &row.negative_text, unit);
    let after = |unit: f32| reach(&positive, &|row| &row.positive_text, unit);
    let apart: Vec<Part> = side(spec, Side::Neutral)
        .into_iter()
        .chain(side(spec, Side::Apart))
        .collect();
    let panel_width = |part: &Part, unit: f32| {
        let bars = most(&|row| {
            let number = row.segments.get(part.index).map_or("", |part| &part.text);
            share_of(row, part.index) * unit + BESIDE + text::width(number, SMALL, false)
        });
        let words = spec.columns[part.index].name.split_whitespace();
        words
            .map(|word| text::width(word, SMALL, false))
            .fold(bars.max(60.0), f32::max)
    };
    let taken = |unit: f32| {
        let panels: f32 = apart
            .iter()
            .map(|part| APART + panel_width(part, unit))
            .sum();
        before(unit) + after(unit) + panels
    };
    // The larger the unit, the more is taken: halving finds the largest that fits.
    let (mut low, mut high) = (10.0, (end - left).max(11.0));
    for _ in 0..24 {
        let middle = (low + high) / 2.0;
        if taken(middle) <= end - left {
            low = middle;
        } else {
            high = middle;
        }
    }
    let unit = low;
    let centre = left + before(unit);
    let mut x = centre + after(unit);
    let panels = apart.into_iter().map(|part| {
        let wide = panel_width(&part, unit);
        let panel = Panel {
            name: text::wrap(&spec.columns[part.index].name, SMALL, false, wide),
            part,
            left: x + APART,
        };
        x += APART + wide;
        panel
    });
    Plan {
        centre,
        unit,
        panels: panels.collect(),
        negative,
        positive,
        right: spec.layout.width(),
    }
}

fn draw_headings(svg: &mut Svg, spec: &LikertSpec, plan: &Plan, bottom: f32) {
    for panel in &plan.panels {
        let mut y = bottom - 6.0 - panel.name.len().saturating_sub(1) as f32 * HEAD_LINE;
        for line in &panel.name {
            svg.label("hys-chart__heading", SMALL, "start", panel.left, y)
                .text_attribute("fill", SOFT_INK)
                .content(line);
            y += HEAD_LINE;
        }
    }
    if spec.layout == Layout::Wide {
        svg.label("hys-chart__heading", SMALL, "end", plan.right, bottom - 6.0)
            .text_attribute("fill", SOFT_INK)
            .content(&spec.base_heading);
    }
}

fn draw_row(
    svg: &mut Svg,
    spec: &LikertSpec,
    plan: &Plan,
    row: &LikertRow,
    place: &Row,
    left: f32,
) {
    let (top, base_line) = (place.marks_top, place.marks_top + BAR / 2.0 + 4.5);
    let base_y = match spec.layout {
        Layout::Wide => base_line,
        Layout::Narrow => place.base_line,
    };
    svg.label("hys-chart__base", SMALL, "end", plan.right, base_y)
        .text_attribute("fill", SOFT_INK)
        .content(&base_of(spec, row));
    if row.segments.is_empty() {
        let needed = text::width(&row.note, SIZE, false) + 16.0;
        svg.rect("hys-chart__track", SURFACE, left, top, needed, BAR);
        svg.label("hys-chart__reason", SIZE, "start", left + 8.0, base_line)
            .content(&row.note);
        return;
    }
    let (mut from, mut to) = (plan.centre, plan.centre);
    for part in &plan.negative {
        let wide = share_of(row, part.index) * plan.unit;
        from -= wide;
        draw_part(svg, row, part, (from, wide), top);
        if wide > 1.0 {
            draw_gap(svg, from, top);
        }
    }
    for part in &plan.positive {
        let wide = share_of(row, part.index) * plan.unit;
        draw_part(svg, row, part, (to, wide), top);
        to += wide;
        if wide > 1.0 {
            draw_gap(svg, to, top);
        }
    }
    for (anchor, x, total) in [
        ("end", from - BESIDE, &row.negative_text),
        ("start", to + BESIDE, &row.positive_text),
    ] {
        svg.label("hys-chart__value", SMALL, anchor, x, base_line)
            .bold(true)
            .content(total);
    }
    for panel in &plan.panels {
        draw_apart(svg, plan, row, panel, top);
    }
    // On a phone the line would run through labels, so it stays at the bar.
    let (above, below) = match spec.layout {
        Layout::Wide => (place.top, place.bottom),
        Layout::Narrow => (top - 2.0, top + BAR + 2.0),
    };
    let x = plan.centre;
    svg.line("hys-chart__centre", INK, 1.0, (x, above), (x, below));
}

fn draw_gap(svg: &mut Svg, x: f32, top: f32) {
    svg.line("hys-chart__gap", WHITE, 1.0, (x, top), (x, top + BAR));
}

fn draw_part(svg: &mut Svg, row: &LikertRow, part: &Part, (x, wide): (f32, f32), top: f32) {
    let class = format!("hys-chart__segment hys-chart--{}", part.fill.class());
    svg.rect(&class, part.fill.colour(), x, top, wide, BAR);
    let number = row.segments.get(part.index).map_or("", |part| &part.text);
    if text::width(number, SMALL, false) + 4.0 <= wide {
        let (x, y) = (x + wide / 2.0, top + BAR / 2.0 + 4.5);
        svg.label("hys-chart__segment-text", SMALL, "middle", x, y)
            .text_attribute("fill", part.fill.ink())
            .content(number);
    }
}

fn draw_apart(svg: &mut Svg, plan: &Plan, row: &LikertRow, panel: &Panel, top: f32) {
    let wide = share_of(row, panel.part.index) * plan.unit;
    let (class, fill) = if panel.part.is_hatched {
        (
            "hys-chart__segment hys-chart__segment--apart",
            svg.url_of("apart"),
        )
    } else {
        (
            "hys-chart__segment hys-chart--neutral",
            panel.part.fill.colour().to_owned(),
        )
    };
    // An edge, since neither hatching nor the palest grey shows well where a bar ends.
    svg.element("rect")
        .text_attribute("class", class)
        .text_attribute("fill", &fill)
        .text_attribute("stroke", NO_VALUE)
        .number("stroke-width", 1.0)
        .number("x", panel.left)
        .number("y", top + 0.5)
        .number("width", wide.max(0.0))
        .number("height", BAR - 1.0)
        .empty();
    let number = row.segments.get(panel.part.index);
    let x = panel.left + wide + BESIDE;
    svg.label(
        "hys-chart__apart-text",
        SMALL,
        "start",
        x,
        top + BAR / 2.0 + 4.5,
    )
    .content(number.map_or("", |part| &part.text));
}
