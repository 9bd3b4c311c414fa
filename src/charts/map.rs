//! The choropleth: areas tinted by a figure, each with its name and number.

use super::labels::{self, Label, Line, Wish};
use super::map_key::{KeySize, MapLegend, define_hatchings, draw_key, height_of_key};
use super::palette::{Fill, INK, WHITE, tint_colour};
use super::svg::{Frame, Svg};
use super::{Caption, Layout};
use crate::geography::Outline;

/// One area of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapShape<'a> {
    /// The area's code, or its group's key; written as `data-area`.
    pub code: String,
    /// A name short enough for a map.
    pub name: String,
    /// Its outline.
    pub outline: &'a Outline,
    /// The figure in words, or why there is none.
    pub value_text: String,
    /// The tint of its figure, 0 to 5; none where there is none.
    pub tint: Option<u8>,
    /// Whether its base is thin.
    pub is_hatched: bool,
    /// Whether the page speaks of it.
    pub is_selected: bool,
    /// Where it leads.
    pub href: Option<String>,
}

/// A map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapSpec<'a> {
    /// Its title and description.
    pub caption: Caption,
    /// The room it is drawn for: wide with names and numbers, narrow with numbers only.
    pub layout: Layout,
    /// Width and height of the map the outlines are drawn on (`Place::map_size`).
    pub size: (f32, f32),
    /// The areas.
    pub shapes: Vec<MapShape<'a>>,
    /// What the tints mean.
    pub legend: MapLegend,
}

/// Room around the land for labels with leaders: left, top, right, bottom, in map units.
const MARGINS: (f32, f32, f32, f32) = (70.0, 16.0, 16.0, 64.0);

/// Sizes of type, in map units: a map is about 1,000 units wide and shown 360 to 560 pixels wide.
struct Type {
    name: f32,
    value: f32,
    legend: f32,
}

impl Type {
    fn of(layout: Layout) -> Self {
        match layout {
            Layout::Wide => Self {
                name: 29.0,
                value: 33.0,
                legend: 28.0,
            },
            Layout::Narrow => Self {
                name: 38.0,
                value: 42.0,
                legend: 36.0,
            },
        }
    }
}

/// Draws a map.
#[must_use]
pub fn map(spec: &MapSpec<'_>) -> String {
    let kind = Type::of(spec.layout);
    let (left, top, right, bottom) = MARGINS;
    let (width, land) = (spec.size.0 + left + right, spec.size.1 + top + bottom);
    let key = KeySize {
        text: kind.legend,
        swatch: (126.0, 26.0),
        width: spec.size.0,
    };
    let height = land + height_of_key(&spec.legend, &key) + 8.0;
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-map {}", spec.layout.class()),
            width,
            height,
            has_links: spec.shapes.iter().any(|shape| shape.href.is_some()),
        },
    );
    let hatched = spec.shapes.iter().filter(|shape| shape.is_hatched);
    let hatched: Vec<u8> = hatched.filter_map(|shape| shape.tint).collect();
    define_hatchings(&mut svg, &hatched, &spec.legend, 16.0);
    svg.element("g")
        .text_attribute("transform", &format!("translate({left} {top})"))
        .open();
    draw_areas(&mut svg, spec);
    draw_selected(&mut svg, spec);
    let wishes: Vec<Wish<'_>> = spec
        .shapes
        .iter()
        .map(|shape| wish(shape, spec.layout, &kind))
        .collect();
    let canvas = (
        -left + 8.0,
        -top + 2.0,
        spec.size.0 + right - 2.0,
        spec.size.1 + bottom - 4.0,
    );
    let placed = labels::place(&wishes, canvas);
    draw_leaders(&mut svg, &placed);
    for (shape, label) in spec.shapes.iter().zip(&placed) {
        draw_label(&mut svg, shape, label);
    }
    svg.end("g");
    draw_key(&mut svg, &spec.legend, &key, (left, land));
    svg.finish()
}

/// The classes and the fill of an area.
pub(super) fn fill_of(svg: &Svg, tint: Option<u8>, is_hatched: bool) -> (String, String) {
    match (tint.map(|tint| tint.min(5)), is_hatched) {
        (None, _) => (
            "hys-map__area hys-map__area--no-value".to_owned(),
            svg.url_of("no-value"),
        ),
        (Some(tint), true) => (
            format!("hys-map__area hys-map__area--tint-{tint} hys-map__area--hatched"),
            svg.url_of(&format!("hatch-{tint}")),
        ),
        (Some(tint), false) => (
            format!("hys-map__area hys-map__area--tint-{tint}"),
            tint_colour(tint).to_owned(),
        ),
    }
}

fn draw_areas(svg: &mut Svg, spec: &MapSpec<'_>) {
    for shape in &spec.shapes {
        if let Some(href) = &shape.href {
            let label = format!("{}: {}", shape.name, shape.value_text);
            let link = svg
                .element("a")
                .text_attribute("class", "hys-map__link")
                .text_attribute("href", href)
                .text_attribute("aria-label", &label);
            let link = if shape.is_selected {
                link.text_attribute("aria-current", "true")
            } else {
                link
            };
            link.open();
        }
        let (class, fill) = fill_of(svg, shape.tint, shape.is_hatched);
        svg.element("path")
            .text_attribute("class", &class)
            .text_attribute("data-area", &shape.code)
            .text_attribute("fill", &fill)
            .text_attribute("fill-rule", "evenodd")
            .text_attribute("stroke", WHITE)
            .number("stroke-width", 3.0)
            .text_attribute("stroke-linejoin", "round")
            .text_attribute("d", shape.outline.path())
            .empty();
        if shape.href.is_some() {
            svg.end("a");
        }
    }
}

/// The selected area's border, above its neighbours' fills.
fn draw_selected(svg: &mut Svg, spec: &MapSpec<'_>) {
    for shape in spec.shapes.iter().filter(|shape| shape.is_selected) {
        svg.element("path")
            .text_attribute("class", "hys-map__selected")
            .text_attribute("fill", "none")
            .text_attribute("stroke", INK)
            .number("stroke-width", 5.0)
            .text_attribute("stroke-linejoin", "round")
            .text_attribute("pointer-events", "none")
            .text_attribute("d", shape.outline.path())
            .empty();
    }
}

fn wish<'a>(shape: &MapShape<'a>, layout: Layout, kind: &Type) -> Wish<'a> {
    let name = |text: &str| Line {
        text: text.to_owned(),
        size: kind.name,
        is_bold: shape.is_selected,
    };
    let value = Line {
        text: shape.value_text.clone(),
        size: kind.value,
        is_bold: true,
    };
    match layout {
        Layout::Narrow => Wish {
            outline: shape.outline,
            inside: vec![vec![value.clone()]],
            outside: vec![value],
        },
        Layout::Wide => {
            let mut inside = vec![vec![name(&shape.name), value.clone()]];
            let words: Vec<Line> = shape
                .name
                .split(' ')
                .map(name)
                .chain([value.clone()])
                .collect();
            if words.len() == 3 {
                inside.push(words);
            }
            Wish {
                outline: shape.outline,
                inside,
                outside: vec![name(&shape.name), value],
            }
        }
    }
}

fn draw_leaders(svg: &mut Svg, placed: &[Label]) {
    for (from, to) in placed.iter().filter_map(|label| label.leader) {
        let ends = ((from.x, from.y), (to.x, to.y));
        svg.line("hys-map__leader-edge", WHITE, 6.0, ends.0, ends.1);
        svg.line("hys-map__leader", INK, 2.5, ends.0, ends.1);
        svg.element("circle")
            .text_attribute("class", "hys-map__dot")
            .text_attribute("fill", INK)
            .text_attribute("stroke", WHITE)
            .number("stroke-width", 2.5)
            .number("cx", from.x)
            .number("cy", from.y)
            .number("r", 6.0)
            .empty();
    }
}

fn draw_label(svg: &mut Svg, shape: &MapShape<'_>, label: &Label) {
    if label.leader.is_some() {
        draw_outside_label(svg, label);
        return;
    }
    let tint = shape.tint.map(Fill::Tint);
    let (ink, ground) = tint.map_or((INK, WHITE), |fill| (fill.ink(), fill.colour()));
    let total: f32 = label.lines.iter().map(labels::line_height).sum();
    let mut y = label.centre.y - total / 2.0;
    for line in &label.lines {
        let height = labels::line_height(line);
        let class = if line.is_bold {
            "hys-map__value"
        } else {
            "hys-map__name"
        };
        // A rim in the ground's colour keeps letters clear of hatching and borders.
        svg.label(class, line.size, "middle", label.centre.x, y + height * 0.8)
            .bold(line.is_bold)
            .text_attribute("fill", ink)
            .text_attribute("stroke", ground)
            .number(
                "stroke-width",
                if shape.is_hatched || shape.tint.is_none() {
                    9.0
                } else {
                    3.0
                },
            )
            .text_attribute("stroke-linejoin", "round")
            .text_attribute("paint-order", "stroke")
            .text_attribute("aria-hidden", "true")
            .text_attribute("pointer-events", "none")
            .content(&line.text);
        y += height;
    }
}

fn draw_outside_label(svg: &mut Svg, label: &Label) {
    let size = label.lines.iter().map(|line| line.size).fold(0.0, f32::max);
    svg.label(
        "hys-map__outside",
        size,
        "middle",
        label.centre.x,
        label.centre.y + size * 0.35,
    )
    .text_attribute("aria-hidden", "true")
    .open();
    for (line, index) in label.lines.iter().zip(0..) {
        if index > 0 {
            svg.element("tspan").content(" ");
        }
        svg.element("tspan")
            .number("font-size", line.size)
            .bold(line.is_bold)
            .content(&line.text);
    }
    svg.end("text");
}
