//! Axes: they start at 0, and their texts come from the caller, who knows the reader's language.

use super::palette::{INK, LINE, SOFT_INK};
use super::svg::Svg;

/// A labelled place on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where, in the axis' unit.
    pub at: f64,
    /// What is written there.
    pub label: String,
}

/// An axis from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Its end, in the unit of the values (a share is 0 to 1).
    pub max: f64,
    /// What is labelled on it.
    pub ticks: Vec<Tick>,
}

impl Axis {
    /// An axis long enough for `largest`, with round steps labelled by `label`.
    pub fn to_hold(largest: f64, label: impl Fn(f64) -> String) -> Self {
        let ticks: Vec<Tick> = steps(largest)
            .into_iter()
            .map(|at| Tick {
                at,
                label: label(at),
            })
            .collect();
        let max = ticks.last().map_or(1.0, |tick| tick.at);
        Self { max, ticks }
    }

    /// How far along the axis a value lies, 0 to 1; what is not a number lies at 0.
    pub(super) fn along(&self, value: f64) -> f32 {
        let part = value / self.max;
        if part.is_finite() {
            part.clamp(0.0, 1.0) as f32
        } else {
            0.0
        }
    }

    /// Draws grid lines and labels under a plot of horizontal bars.
    pub(super) fn draw_below(&self, svg: &mut Svg, left: f32, width: f32, top: f32, bottom: f32) {
        self.draw_grid(svg, left, width, top, bottom);
        for tick in &self.ticks {
            let x = left + width * self.along(tick.at);
            svg.label("hys-chart__tick", 13.0, "middle", x, bottom + 17.0)
                .text_attribute("fill", SOFT_INK)
                .content(&tick.label);
        }
    }

    /// Draws grid lines between two heights.
    pub(super) fn draw_grid(&self, svg: &mut Svg, left: f32, width: f32, top: f32, bottom: f32) {
        for tick in &self.ticks {
            let x = left + width * self.along(tick.at);
            let (stroke, thick) = if tick.at == 0.0 {
                (INK, 1.0)
            } else {
                (LINE, 0.6)
            };
            svg.line("hys-chart__grid", stroke, thick, (x, top), (x, bottom));
        }
    }
}

/// An axis between two round numbers, for charts whose marks are points or lines: it need not begin at 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Where it begins, in the unit of the values.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// What is labelled on it.
    pub ticks: Vec<Tick>,
}

impl Span {
    /// An axis that holds both, with round steps labelled by `label`.
    pub fn to_hold(low: f64, high: f64, label: impl Fn(f64) -> String) -> Self {
        let low = if low.is_finite() { low } else { 0.0 };
        let high = if high.is_finite() && high > low {
            high
        } else {
            low + 1.0
        };
        let steps = steps(high - low);
        let step = steps.get(1).copied().unwrap_or(1.0);
        // As in `steps`: a hair is forgiven, and whole multiples keep numbers round.
        let first = (low / step + 1e-9).floor();
        let count = (high / step - 1e-9).ceil() - first;
        let at = |index: f64| {
            if step < 1.0 {
                index / (1.0 / step).round()
            } else {
                index * step
            }
        };
        let mut ticks = Vec::new();
        let mut index = 0.0;
        while index <= count {
            ticks.push(Tick {
                at: at(first + index),
                label: label(at(first + index)),
            });
            index += 1.0;
        }
        Self {
            from: at(first),
            to: at(first + count),
            ticks,
        }
    }

    /// How far along the axis a value lies, 0 to 1; what is not a number lies at 0.
    pub(super) fn along(&self, value: f64) -> f32 {
        let part = (value - self.from) / (self.to - self.from);
        if part.is_finite() {
            part.clamp(0.0, 1.0) as f32
        } else {
            0.0
        }
    }
}

/// Round steps from 0 to the first at or above `largest`, six numbers at most: steps of 1, 2 or 5 times a power of ten.
#[must_use]
pub fn steps(largest: f64) -> Vec<f64> {
    let largest = if largest.is_finite() && largest > 0.0 {
        largest
    } else {
        1.0
    };
    let power = (largest / 5.0).log10().floor();
    // A hair is forgiven, so that 0.6 / 0.2 is 3 steps and not 4.
    let count = |step: f64| (largest / step - 1e-9).ceil();
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * 10_f64.powf(power))
        .find(|&step| count(step) <= 5.0)
        .unwrap_or(largest);
    let mut at = Vec::new();
    let mut index = 0.0;
    while index <= count(step) {
        // Dividing by a whole number keeps 0.3 from becoming 0.30000000000000004.
        let value = if step < 1.0 {
            index / (1.0 / step).round()
        } else {
            index * step
        };
        at.push(value);
        index += 1.0;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_reach_the_largest() {
        assert_eq!(steps(0.45), [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]);
        assert_eq!(steps(0.6), [0.0, 0.2, 0.4, 0.6]);
        assert_eq!(steps(1.0), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(steps(327.0), [0.0, 100.0, 200.0, 300.0, 400.0]);
        assert_eq!(steps(3.0), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(steps(0.0).last(), Some(&1.0));
        assert_eq!(steps(f64::NAN).last(), Some(&1.0));
    }

    #[test]
    fn a_span_begins_and_ends_at_round_numbers_around_its_values() {
        let places = |low: f64, high: f64| -> Vec<f64> {
            let span = Span::to_hold(low, high, |at| at.to_string());
            assert_eq!((span.along(span.from), span.along(span.to)), (0.0, 1.0));
            span.ticks.iter().map(|tick| tick.at).collect()
        };
        assert_eq!(places(2.3, 4.1), [2.0, 2.5, 3.0, 3.5, 4.0, 4.5]);
        assert_eq!(places(0.31, 0.48), [0.3, 0.35, 0.4, 0.45, 0.5]);
        assert_eq!(places(-0.1, 0.6), [-0.2, 0.0, 0.2, 0.4, 0.6]);
        assert_eq!(places(3.0, 3.0), [3.0, 3.2, 3.4, 3.6, 3.8, 4.0]);
        assert_eq!(places(f64::NAN, f64::NAN).len(), 6);
    }
}
