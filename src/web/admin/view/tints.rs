//! From a figure of themes by area to its tint.

use crate::{
    analysis::themes::{Measure, ThemeTable},
    charts::heat::Heat,
    survey::message::Message,
};

use super::{
    reading::Reading,
    words::{Print, Words},
};

/// Which tint a figure has, and what the tints stand for. The darkest is always what is wanted most.
pub(super) struct Tints {
    heat: Heat,
    print: Print,
    /// The number that figures are taken from where a low one means more.
    from: Option<f64>,
    /// The number that the lightest tint begins at.
    above: f64,
}

impl Tints {
    /// The tints of a table, for all figures that are shown: those with weights and those without share one scale.
    pub(super) fn of(table: &ThemeTable, reading: Reading) -> Self {
        let print = Print::new(table.measure, table.purse);
        let kinds = [
            (false, !reading.with_weights),
            (true, reading.shows_weights()),
        ];
        let shown = kinds.into_iter().filter(|(_, is_shown)| *is_shown);
        let figures = shown.flat_map(|(with_weights, _)| {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.filter_map(move |cell| cell.value(with_weights))
        });
        let figures: Vec<f64> = figures.map(|value| print.in_unit(value)).collect();
        let largest = figures.iter().copied().fold(0.0, f64::max);
        let smallest = figures.iter().copied().fold(f64::INFINITY, f64::min);
        let from = table.measure.low_is_more().then(|| largest.ceil());
        let above = if table.measure == Measure::Borda && smallest.is_finite() {
            smallest.floor()
        } else {
            0.0
        };
        let heat = match table.measure {
            Measure::TopThree => Heat::TENS,
            Measure::MeanRank => Heat::reaching(largest.ceil() - smallest),
            Measure::Borda => Heat::reaching(largest - above),
            Measure::First | Measure::Money => Heat::reaching(largest.round().max(6.0)),
        };
        Self {
            heat,
            print,
            from,
            above,
        }
    }

    /// 0 to 5.
    pub(super) fn tint(&self, value: f64) -> u8 {
        let figure = self.print.in_unit(value);
        match self.from {
            Some(from) => self.heat.tint(from - figure),
            None if self.print.has_decimals() => self.heat.tint(figure - self.above),
            // Binned as it is printed.
            None => self.heat.tint(figure.round()),
        }
    }

    /// The ranges of the tints, lightest first.
    pub(super) fn steps(&self, words: &Words<'_>) -> Vec<String> {
        let starts = self.heat.starts();
        let number = |number: f64| {
            if number.fract() == 0.0 {
                format!("{number:.0}")
            } else {
                format!("{number:.1}")
            }
        };
        let range = |from: f64, to: f64| {
            words.say(
                &Message::new("heat-step-range")
                    .with("from", number(from))
                    .with("to", number(to)),
            )
        };
        (0..starts.len())
            .map(|tint| match (self.from, starts.get(tint + 1)) {
                (None, Some(next)) if self.print.has_decimals() => {
                    range(starts[tint] + self.above, next + self.above)
                }
                (None, Some(next)) => range(starts[tint], next - 1.0),
                (None, None) => words.say(
                    &Message::new("heat-step-over").with("from", number(starts[tint] + self.above)),
                ),
                (Some(from), Some(next)) => range((from - next).max(0.0), from - starts[tint]),
                (Some(from), None) => words.say(
                    &Message::new("heat-step-under")
                        .with("to", number((from - starts[tint]).max(0.0))),
                ),
            })
            .collect()
    }
}
