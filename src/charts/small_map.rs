//! Small maps to stand side by side, one for each theme: the same place again and again, so that patterns compare.
//!
//! Each is a picture of its own with its name and its figure in words, so that a list of them flows into as many
//! columns as the page has room for. [`super::map_key`] explains the tints once for all.

use super::map::fill_of;
use super::map_key::{MapLegend, define_hatchings};
use super::palette::{INK, NO_VALUE};
use super::svg::{Frame, Svg};
use super::{Caption, Layout, text};
use crate::geography::Outline;

/// One area of a small map.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallShape<'a> {
    /// The area's code, or its group's key; written as `data-area`.
    pub code: String,
    /// Its outline.
    pub outline: &'a Outline,
    /// The tint of its figure, 0 to 5; none where there is none.
    pub tint: Option<u8>,
    /// Whether its base is thin.
    pub is_hatched: bool,
    /// Whether it is the area the page speaks of.
    pub is_selected: bool,
}

/// A small map.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallMapSpec<'a> {
    /// Its title and description: the description says its figures in words.
    pub caption: Caption,
    /// The room it is drawn for: 200 units wide, or 170 so that two fit a phone.
    pub layout: Layout,
    /// What it is of.
    pub name: String,
    /// Its figure in words, such as the county's.
    pub value_text: String,
    /// How many lines its name has at least: maps in one row then begin at the same height.
    pub name_lines: u8,
    /// Width and height of the map the outlines are drawn on (`Place::map_size`).
    pub size: (f32, f32),
    /// The areas.
    pub shapes: Vec<SmallShape<'a>>,
}

const SIZE: f32 = 14.0;
const LINE: f32 = 17.0;

fn width(layout: Layout) -> f32 {
    match layout {
        Layout::Wide => 200.0,
        Layout::Narrow => 170.0,
    }
}

/// Draws a small map.
#[must_use]
pub fn small_map(spec: &SmallMapSpec<'_>) -> String {
    const MARGIN: f32 = 3.0;
    let width = width(spec.layout);
    let name = text::wrap(&spec.name, SIZE, true, width);
    let value = text::wrap(&spec.value_text, 13.0, false, width);
    let head = name.len().max(usize::from(spec.name_lines)) as f32 * LINE
        + value.len() as f32 * LINE
        + 6.0;
    // Coarse outlines are enough at this size, and a page has a dozen of them.
    let step = (spec.size.0 / 250.0).ceil().clamp(1.0, 100.0);
    let scale = (width - 2.0 * MARGIN) / (spec.size.0 / step).max(1.0);
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-map hys-map--small {}", spec.layout.class()),
            width,
            height: head + spec.size.1 / step * scale + 2.0 * MARGIN,
            has_links: false,
        },
    );
    let hatched = spec.shapes.iter().filter(|shape| shape.is_hatched);
    let hatched: Vec<u8> = hatched.filter_map(|shape| shape.tint).collect();
    define_hatchings(&mut svg, &hatched, &MapLegend::default(), 5.0);
    let mut y = 13.0;
    for line in &name {
        svg.label("hys-map__name", SIZE, "start", 0.0, y)
            .bold(true)
            .content(line);
        y += LINE;
    }
    for line in &value {
        svg.label("hys-map__figure", 13.0, "start", 0.0, y)
            .content(line);
        y += LINE;
    }
    let transform = format!("translate({MARGIN} {}) scale({scale:.3})", head + MARGIN);
    svg.element("g")
        .text_attribute("transform", &transform)
        .open();
    let selected = spec.shapes.iter().filter(|shape| shape.is_selected);
    for shape in spec
        .shapes
        .iter()
        .filter(|shape| !shape.is_selected)
        .chain(selected)
    {
        let (class, fill) = fill_of(&svg, shape.tint, shape.is_hatched);
        let (stroke, thick) = if shape.is_selected {
            (INK, 1.8)
        } else {
            // White borders would leave the palest tint without an edge.
            (NO_VALUE, 0.6)
        };
        svg.element("path")
            .text_attribute("class", &class)
            .text_attribute("data-area", &shape.code)
            .text_attribute("fill", &fill)
            .text_attribute("fill-rule", "evenodd")
            .text_attribute("stroke", stroke)
            .number("stroke-width", thick)
            .text_attribute("stroke-linejoin", "round")
            .text_attribute("d", &shape.outline.coarse_path(step as i16))
            .empty();
    }
    svg.end("g");
    svg.finish()
}
