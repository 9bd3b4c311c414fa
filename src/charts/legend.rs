//! The legend of charts with several series: swatches and names, in as many lines as they need.

use super::palette::Fill;
use super::svg::Svg;
use super::text;

/// A series of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name, perhaps with its total.
    pub name: String,
    /// What its parts are filled with.
    pub fill: Fill,
}

const SIZE: f32 = 14.0;
const SWATCH: f32 = 12.0;
const LINE_HEIGHT: f32 = 22.0;

/// A legend laid out for a width.
pub(super) struct Legend<'a> {
    places: Vec<(&'a Series, f32, f32)>,
    /// What it takes from the top.
    pub(super) height: f32,
}

impl<'a> Legend<'a> {
    pub(super) fn lay_out(series: &'a [Series], width: f32) -> Self {
        let (mut x, mut y) = (0.0, 0.0);
        let mut places = Vec::with_capacity(series.len());
        for series in series {
            let needed = SWATCH + 6.0 + text::width(&series.name, SIZE, false);
            if x > 0.0 && x + needed > width {
                (x, y) = (0.0, y + LINE_HEIGHT);
            }
            places.push((series, x, y));
            x += needed + 16.0;
        }
        let height = if places.is_empty() {
            0.0
        } else {
            y + LINE_HEIGHT + 6.0
        };
        Self { places, height }
    }

    pub(super) fn draw(&self, svg: &mut Svg) {
        for &(series, x, y) in &self.places {
            let class = format!("hys-chart__swatch hys-chart--{}", series.fill.class());
            svg.rect(&class, series.fill.colour(), x, y + 3.0, SWATCH, SWATCH);
            svg.label(
                "hys-chart__legend",
                SIZE,
                "start",
                x + SWATCH + 6.0,
                y + 14.0,
            )
            .content(&series.name);
        }
    }
}
