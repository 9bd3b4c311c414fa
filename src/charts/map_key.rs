//! What the tints and hatchings of maps mean: under a map, or once for many small ones.

use super::palette::{NO_VALUE, SURFACE, WHITE, tint_colour};
use super::svg::{Frame, Svg};
use super::{Caption, Layout, text};

/// What tints and hatchings mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapLegend {
    /// A text for each tint from 0 on.
    pub tints: Vec<String>,
    /// What hatching over a tint means, where any area has it.
    pub hatched: Option<String>,
    /// What an area without a figure means, where there is any.
    pub no_value: Option<String>,
}

/// The key of several maps, on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapKeySpec {
    /// Its title and description.
    pub caption: Caption,
    /// The room it is drawn for.
    pub layout: Layout,
    /// What it explains.
    pub legend: MapLegend,
}

/// Sizes of a key, in the units of what it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeySize {
    pub(super) text: f32,
    /// Width and height of a tint.
    pub(super) swatch: (f32, f32),
    /// How wide the whole may be.
    pub(super) width: f32,
}

impl KeySize {
    fn line(&self) -> f32 {
        self.text * 1.6
    }

    /// Width and height of a hatched sample.
    fn sample(&self) -> (f32, f32) {
        (self.swatch.1 * 1.7, self.swatch.1 * 1.15)
    }

    fn notes(&self, legend: &MapLegend) -> Vec<(&'static str, Vec<String>)> {
        let room = self.width - self.sample().0 - self.text * 0.5;
        [("hatch-2", &legend.hatched), ("no-value", &legend.no_value)]
            .into_iter()
            .filter_map(|(hatch, note)| {
                Some((hatch, text::wrap(note.as_ref()?, self.text, false, room)))
            })
            .collect()
    }
}

/// What a key takes from the top.
pub(super) fn height_of_key(legend: &MapLegend, size: &KeySize) -> f32 {
    let swatches = if legend.tints.is_empty() {
        0.0
    } else {
        size.swatch.1 + size.line()
    };
    let notes = size.notes(legend);
    let more = |lines: &[String]| lines.len().saturating_sub(1) as f32 * size.text;
    let notes = notes.iter().map(|(_, lines)| size.line() + more(lines));
    swatches + notes.sum::<f32>()
}

/// Defines the hatchings that maps and keys refer to: one for each tint that has it, and one for no value.
pub(super) fn define_hatchings(svg: &mut Svg, tints: &[u8], legend: &MapLegend, spacing: f32) {
    let mut tints: Vec<u8> = tints.iter().map(|tint| *tint.min(&5)).collect();
    if legend.hatched.is_some() {
        tints.push(2);
    }
    tints.sort_unstable();
    tints.dedup();
    svg.element("defs").open();
    for tint in tints {
        // White lines on dark tints, mid-blue ones on light tints: seen, and text on them stays legible.
        let lines = if tint >= 3 {
            tint_colour(1)
        } else {
            tint_colour(4)
        };
        svg.hatching(&format!("hatch-{tint}"), tint_colour(tint), lines, spacing);
    }
    svg.hatching("no-value", WHITE, NO_VALUE, spacing);
    svg.end("defs");
}

/// Draws a key from a corner on.
pub(super) fn draw_key(svg: &mut Svg, legend: &MapLegend, size: &KeySize, (left, top): (f32, f32)) {
    let mut y = top;
    let (wide, high) = size.swatch;
    for (label, tint) in legend.tints.iter().zip(0_u8..6) {
        let x = left + f32::from(tint) * wide;
        let class = format!("hys-map__swatch hys-map__area--tint-{tint}");
        svg.rect(&class, tint_colour(tint), x, y, wide, high);
        let base_line = y + high + size.text * 1.07;
        svg.label(
            "hys-map__legend",
            size.text,
            "middle",
            x + wide / 2.0,
            base_line,
        )
        .content(label);
    }
    if !legend.tints.is_empty() {
        // The lightest tint is nearly white: a line shows where the scale is.
        svg.element("rect")
            .text_attribute("class", "hys-map__scale")
            .text_attribute("fill", "none")
            .text_attribute("stroke", NO_VALUE)
            .number("stroke-width", size.text * 0.055)
            .number("x", left)
            .number("y", y)
            .number("width", wide * legend.tints.len().min(6) as f32)
            .number("height", high)
            .empty();
        y += high + size.line();
    }
    let (wide, high) = size.sample();
    for (hatch, lines) in size.notes(legend) {
        let from = y + size.text * 0.15;
        svg.rect("hys-map__swatch", SURFACE, left, from, wide, high);
        let fill = svg.url_of(hatch);
        svg.rect("hys-map__swatch", &fill, left, from, wide, high);
        for (line, index) in lines.iter().zip(0_u8..) {
            let x = left + wide + size.text * 0.5;
            let base_line = y + size.text * (1.04 + f32::from(index));
            svg.label("hys-map__legend", size.text, "start", x, base_line)
                .content(line);
        }
        y += size.line() + lines.len().saturating_sub(1) as f32 * size.text;
    }
}

/// Draws the key of several maps on its own.
#[must_use]
pub fn map_key(spec: &MapKeySpec) -> String {
    let width = spec.layout.width();
    let tints = spec.legend.tints.len().max(1) as f32;
    let size = KeySize {
        text: 13.0,
        swatch: (((width - 2.0) / tints).min(64.0), 14.0),
        width,
    };
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-map-key {}", spec.layout.class()),
            width,
            height: height_of_key(&spec.legend, &size) + 4.0,
            has_links: false,
        },
    );
    define_hatchings(&mut svg, &[], &spec.legend, 7.0);
    draw_key(&mut svg, &spec.legend, &size, (1.0, 1.0));
    svg.finish()
}
