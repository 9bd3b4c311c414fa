//! The shape of a place, without labels: a picture beside a heading.

use super::svg::{Frame, Svg};
use crate::geography::Outline;

const LAND: &str = "#A9C4DC";
/// The ground of the band it stands on, so that districts are told apart as in a cut-out.
const GROUND: &str = "#E6EEF5";

/// Draws the shape of a place from its outlines. It says nothing the page does not, so assistive technology passes over it.
#[must_use]
pub fn silhouette(outlines: &[Outline], size: (f32, f32)) -> String {
    const MARGIN: f32 = 2.0;
    /// It is shown small, on the first page of all: half the detail is half the bytes.
    const STEP: i16 = 2;
    let mut svg = Svg::decoration(&Frame {
        class: "hys-silhouette",
        width: size.0 / f32::from(STEP) + 2.0 * MARGIN,
        height: size.1 / f32::from(STEP) + 2.0 * MARGIN,
        has_links: false,
    });
    svg.element("g")
        .text_attribute("transform", &format!("translate({MARGIN} {MARGIN})"))
        .text_attribute("class", "hys-silhouette__land")
        .text_attribute("fill", LAND)
        .text_attribute("fill-rule", "evenodd")
        .text_attribute("stroke", GROUND)
        .number("stroke-width", 2.0)
        .text_attribute("stroke-linejoin", "round")
        .open();
    for outline in outlines {
        svg.element("path")
            .text_attribute("d", &outline.coarse_path(STEP))
            .empty();
    }
    svg.end("g");
    svg.finish()
}
