//! What results name by key and number, as people read it: the one place that rounds and words figures.

use crate::{
    analysis::{
        chunk::Channel,
        schema::Purse,
        share::{Interval, Share},
        themes::{Figure, Measure},
    },
    geography::{AgeBand, Grouping, Place, Sex},
    survey::{
        definition::{Definition, Kind, OUTSIDE, Question, Unit},
        ids::{Code, Lang, ThemeKey},
        markdown,
        message::{Arg, Message, day},
        piping,
        text::Text,
    },
    web::{templates::group, words::Speaker},
};

/// Where there is no figure.
pub const NONE: &str = "–";

/// Says what a survey's results name.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The newest version of the survey.
    pub definition: &'a Definition,
    /// The place.
    pub place: &'a Place,
    /// The interface's sentences.
    pub speaker: Speaker<'a>,
    /// The survey's first language, which others fall back to.
    pub fallback: &'a Lang,
}

impl Words<'_> {
    /// A text of the definition, without earlier answers: results are of many people.
    #[must_use]
    pub fn plain(&self, text: &Text) -> String {
        let words = text.get(self.speaker.lang, self.fallback);
        markdown::to_plain(&piping::fill(words, &|_| None))
    }

    /// A sentence of the interface.
    #[must_use]
    pub fn id(&self, id: &str) -> String {
        self.speaker.id(id)
    }

    /// A sentence of the interface with arguments.
    #[must_use]
    pub fn say(&self, message: &Message) -> String {
        self.speaker.say(message)
    }

    /// A sentence about a number, which the language may need the plural for.
    #[must_use]
    pub fn counted(&self, id: &'static str, count: impl Into<u64>) -> String {
        let count = i64::try_from(count.into()).unwrap_or(i64::MAX);
        self.say(&Message::new(id).with("count", count))
    }

    /// A choice, row, item or area by its code.
    #[must_use]
    pub fn option(&self, question: &Question, code: &Code) -> String {
        let choice = question
            .choices()
            .iter()
            .find(|choice| choice.code == *code);
        if let Some(choice) = choice {
            return self.plain(&choice.label);
        }
        let outside = match &question.kind {
            Kind::Postcode { outside } | Kind::Area { outside } => outside.as_ref(),
            _ => None,
        };
        match (code.as_str(), outside) {
            (OUTSIDE, Some(words)) => self.plain(words),
            _ => self.area(code),
        }
    }

    /// A row of a grid by its code.
    #[must_use]
    pub fn row(&self, question: &Question, code: &Code) -> String {
        let Kind::Grid { rows, .. } = &question.kind else {
            return code.to_string();
        };
        let row = rows.iter().find(|row| row.code == *code);
        row.map_or_else(|| code.to_string(), |row| self.plain(&row.label))
    }

    /// An area by its code.
    #[must_use]
    pub fn area(&self, code: &Code) -> String {
        self.place
            .area(code)
            .map_or_else(|| code.to_string(), |area| area.name.clone())
    }

    /// A group of areas by its key.
    #[must_use]
    pub fn group(&self, grouping: Grouping, key: &str) -> String {
        if grouping == Grouping::District {
            return Code::new(key).map_or_else(|_| key.to_owned(), |code| self.area(&code));
        }
        self.place
            .find_group(grouping, key)
            .map_or_else(|| key.to_owned(), |group| group.name.clone())
    }

    /// A theme by its key.
    #[must_use]
    pub fn theme(&self, key: &ThemeKey) -> String {
        let theme = self
            .definition
            .themes
            .iter()
            .find(|theme| theme.key == *key);
        theme.map_or_else(|| key.to_string(), |theme| self.plain(&theme.label))
    }

    /// An age band.
    #[must_use]
    pub fn band(&self, band: AgeBand) -> String {
        let id = match band {
            AgeBand::From16To24 => "age-16-24",
            AgeBand::From25To34 => "age-25-34",
            AgeBand::From35To44 => "age-35-44",
            AgeBand::From45To54 => "age-45-54",
            AgeBand::From55To64 => "age-55-64",
            AgeBand::From65To74 => "age-65-74",
            AgeBand::From75 => "age-75-plus",
        };
        self.id(id)
    }

    /// A sex, as the Census counts it.
    #[must_use]
    pub fn sex(&self, sex: Sex) -> String {
        self.id(match sex {
            Sex::Female => "sex-female",
            Sex::Male => "sex-male",
        })
    }

    /// A channel.
    #[must_use]
    pub fn channel(&self, channel: Channel) -> String {
        self.id(match channel {
            Channel::Web => "channel-web",
            Channel::Paper => "channel-paper",
            Channel::Telephone => "channel-telephone",
            Channel::Event => "channel-event",
            Channel::Import => "channel-import",
        })
    }

    /// A day with its year.
    #[must_use]
    pub fn day(&self, date: jiff::civil::Date) -> String {
        self.say(&day(date))
    }

    /// A day with its month in short.
    #[must_use]
    pub fn short_day(&self, date: jiff::civil::Date) -> String {
        let message = Message::new("short-day").with("day", i64::from(date.day()));
        self.say(&message.with("month", i64::from(date.month())))
    }

    /// An amount of what a budget shares out.
    #[must_use]
    pub fn money(&self, purse: Purse, amount: f64) -> String {
        let id = match purse.unit {
            Unit::Pounds => "money-pounds",
            Unit::Percent => "money-percent",
            Unit::Points => "money-points",
        };
        self.say(&Message::new(id).with("amount", money_figure(amount).as_str()))
    }

    /// From … to ….
    #[must_use]
    pub fn range(&self, from: impl Into<Arg>, to: impl Into<Arg>) -> String {
        self.say(
            &Message::new("result-range")
                .with("from", from)
                .with("to", to),
        )
    }

    /// An interval of a share.
    #[must_use]
    pub fn share_interval(&self, interval: Option<Interval>) -> String {
        interval.map_or_else(
            || NONE.to_owned(),
            |interval| self.range(percent(interval.low), percent(interval.high)),
        )
    }

    /// An interval of a mean.
    #[must_use]
    pub fn mean_interval(
        &self,
        interval: Option<Interval>,
        print: impl Fn(f64) -> String,
    ) -> String {
        interval.map_or_else(
            || NONE.to_owned(),
            |interval| self.range(print(interval.low), print(interval.high)),
        )
    }
}

/// A count of people, in groups of three digits.
#[must_use]
pub fn count(number: impl Into<u64>) -> String {
    group(i64::try_from(number.into()).unwrap_or(i64::MAX))
}

/// A share of 0..1 as a whole per cent.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{}%", whole_percent(share))
}

/// The same without the sign.
#[must_use]
pub fn whole_percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// A share as a whole per cent, or that there is none.
#[must_use]
pub fn share(share: Share) -> String {
    share.value().map_or_else(|| NONE.to_owned(), percent)
}

/// A mean, with one decimal.
#[must_use]
pub fn decimal(number: f64) -> String {
    format!("{number:.1}")
}

/// A probability: three decimals, or that it is below what they can show.
#[must_use]
pub fn p_value(p: f64) -> String {
    if p < 0.001 {
        "< 0.001".to_owned()
    } else {
        format!("= {p:.3}")
    }
}

/// A figure that may be missing.
#[must_use]
pub fn or_none(number: Option<f64>, print: impl Fn(f64) -> String) -> String {
    number.map_or_else(|| NONE.to_owned(), print)
}

fn money_figure(amount: f64) -> String {
    if amount.fract() == 0.0 || amount >= 100.0 {
        count(amount.max(0.0).round() as u64)
    } else {
        format!("{amount:.1}")
    }
}

/// How a measure's figures are printed in one survey.
#[derive(Clone, Copy)]
pub struct Print {
    measure: Measure,
    purse: Option<Purse>,
}

impl Print {
    /// How the figures of a measure are printed; money needs to know what is shared.
    #[must_use]
    pub fn new(measure: Measure, purse: Option<Purse>) -> Self {
        Self { measure, purse }
    }

    /// Whether figures are printed with a decimal, so that ranges meet.
    #[must_use]
    pub fn has_decimals(self) -> bool {
        matches!(self.measure, Measure::MeanRank | Measure::Borda)
    }

    /// A figure in the unit that is shown: whole per cent, rank, pounds.
    #[must_use]
    pub fn in_unit(self, value: f64) -> f64 {
        match self.measure {
            Measure::TopThree | Measure::First => value * 100.0,
            Measure::MeanRank | Measure::Borda => value,
            Measure::Money => value * self.purse.map_or(100.0, |purse| f64::from(purse.total)),
        }
    }

    /// A figure for a cell, whose column or caption names the unit.
    #[must_use]
    pub fn cell(self, value: f64) -> String {
        match self.measure {
            Measure::TopThree | Measure::First => whole_percent(value),
            Measure::MeanRank | Measure::Borda => decimal(value),
            Measure::Money => format!("{:.0}", self.in_unit(value)),
        }
    }

    /// A figure with its unit.
    #[must_use]
    pub fn full(self, value: f64, words: &Words<'_>) -> String {
        match (self.measure, self.purse) {
            (Measure::TopThree | Measure::First, _) => percent(value),
            (Measure::Money, Some(purse)) => words.money(purse, self.in_unit(value)),
            (Measure::MeanRank | Measure::Borda | Measure::Money, _) => {
                decimal(self.in_unit(value))
            }
        }
    }

    /// The interval of a figure.
    #[must_use]
    pub fn interval(
        self,
        figure: &Figure,
        with_weights: bool,
        words: &Words<'_>,
    ) -> Option<String> {
        let interval = if with_weights {
            figure.weighted_interval()
        } else {
            figure.interval()
        }?;
        Some(words.range(
            self.full(interval.low, words),
            self.full(interval.high, words),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::share::Base;

    #[test]
    fn numbers_are_printed_one_way() {
        assert_eq!(count(3412_u32), "3,412");
        assert_eq!(percent(0.4567), "46%");
        assert_eq!(share(Share::new(0, Base(0))), NONE);
        assert_eq!(decimal(5.649), "5.6");
        assert_eq!([p_value(0.0123), p_value(1e-9)], ["= 0.012", "< 0.001"]);
        assert_eq!(money_figure(12.0), "12");
        assert_eq!(money_figure(12.34), "12.3");
    }
}
