//! Numbers, days, lengths, scales and ranks, with their limits.

use jiff::civil::Date;

use super::{
    attributes::Attributes,
    convert::Maker,
    kinds::scale,
    report::{Loss, shortened},
    source::{Asked, Words},
    standing::Standing,
    variables::Answer,
};
use crate::survey::{
    definition::{Kind, Question, Unit},
    text::Text,
};

const MOST_TOTAL: u32 = 1_000_000;

impl Maker<'_> {
    /// A count within 1 and `most`; one outside is narrowed or left out, and reported.
    pub(super) fn limit<'b>(
        &mut self,
        asked: &Asked,
        attributes: &mut Attributes<'b>,
        name: &'static str,
        most: usize,
    ) -> Option<u8> {
        let value = attributes.value(name);
        if value.is_empty() || value == "0" {
            return None;
        }
        let most = u8::try_from(most).unwrap_or(u8::MAX);
        let number = value.parse::<u8>().ok();
        if number.is_none_or(|number| number > most) {
            let value = shortened(value);
            self.report.add(&asked.place(), Loss::Limit { name, value });
        }
        number.map(|number| number.min(most))
    }

    pub(super) fn length<'b>(
        &mut self,
        asked: &Asked,
        attributes: &mut Attributes<'b>,
        usual: u32,
        most: u32,
    ) -> u32 {
        let value = attributes.value("maximum_chars");
        if value.is_empty() || value == "0" {
            return usual;
        }
        let number = value.parse::<u32>().unwrap_or(usual);
        if number > most || value.parse::<u32>().is_err() {
            let value = shortened(value);
            self.report.add(
                &asked.place(),
                Loss::Limit {
                    name: "maximum_chars",
                    value,
                },
            );
        }
        number.min(most)
    }

    pub(super) fn number<'b>(&mut self, asked: &Asked, attributes: &mut Attributes<'b>) -> Kind {
        let mut bound = |name: &'static str| {
            let value = attributes.value(name);
            let number = value.parse::<i64>().ok();
            if number.is_none() && !value.is_empty() {
                let value = shortened(value);
                self.report.add(&asked.place(), Loss::Limit { name, value });
            }
            number
        };
        let (min, max) = (bound("min_num_value_n"), bound("max_num_value_n"));
        let max = max.filter(|max| min.is_none_or(|min| min <= *max));
        if !attributes.is_set("num_value_int_only") {
            self.report.add(&asked.place(), Loss::Decimals);
        }
        Kind::Number {
            min,
            max,
            suffix: attributes.words("suffix", &self.source.languages).map(Text),
        }
    }

    /// Numbers that must add up are a budget, others are numbers.
    pub(super) fn numbers<'b>(
        &mut self,
        asked: &'b Asked,
        attributes: &mut Attributes<'b>,
    ) -> Vec<Question> {
        let total = attributes.value("equals_num_value");
        let Some(total) = total
            .parse::<u32>()
            .ok()
            .filter(|total| (1..=MOST_TOTAL).contains(total) && asked.parts.len() > 1)
        else {
            if !total.is_empty() {
                let value = shortened(total);
                self.report.add(
                    &asked.place(),
                    Loss::Limit {
                        name: "equals_num_value",
                        value,
                    },
                );
            }
            return self.fields(asked, attributes);
        };
        let base = &self.source.languages;
        let unit = [
            attributes.words("suffix", base),
            attributes.words("prefix", base),
        ];
        let said = |sign: &str| {
            unit.iter()
                .flatten()
                .flat_map(Words::values)
                .any(|words| words.trim() == sign)
        };
        let unit = match total {
            100 if said("%") => Unit::Percent,
            _ if said("£") => Unit::Pounds,
            _ => Unit::Points,
        };
        let coded = self.coded(asked, &scale(&asked.parts, 0), None);
        let kind = Kind::Budget {
            items: coded.choices,
            total,
            unit,
            shuffle: attributes.is_shuffled(),
        };
        attributes.is_set("num_value_int_only");
        let mut question = self.question(asked, kind);
        self.settle(asked, &mut question, &asked.code);
        for (theirs, ours) in coded.codes {
            self.known(
                asked,
                Some(&theirs),
                &question.key,
                Answer::Number { item: Some(ours) },
            );
        }
        vec![question]
    }

    pub(super) fn date<'b>(&mut self, asked: &Asked, attributes: &mut Attributes<'b>) -> Kind {
        let mut bound = |name: &'static str| {
            let value = attributes.value(name);
            let day = value.get(..10).and_then(|day| day.parse::<Date>().ok());
            if day.is_none() && !value.is_empty() {
                let value = shortened(value);
                self.report.add(&asked.place(), Loss::Limit { name, value });
            }
            day
        };
        let (min, max) = (bound("date_min"), bound("date_max"));
        let max = max.filter(|max| min.is_none_or(|min| min <= *max));
        Kind::Date { min, max }
    }

    pub(super) fn five(&mut self, asked: &Asked) -> Vec<Question> {
        let kind = Kind::Scale {
            min: 1,
            max: 5,
            min_label: self.standing(Standing::Lowest),
            max_label: self.standing(Standing::Highest),
            dont_know: false,
        };
        let mend = "write what the ends of the scale mean";
        self.report.add(
            &asked.place(),
            Loss::MadeUp {
                field: "min_label, max_label",
                mend,
            },
        );
        self.alone(asked, kind, Answer::Number { item: None })
    }

    pub(super) fn ranking<'b>(
        &mut self,
        asked: &'b Asked,
        attributes: &mut Attributes<'b>,
    ) -> Vec<Question> {
        // The items are answers, and were subquestions in a few versions.
        let items = if asked.options.is_empty() {
            &asked.parts
        } else {
            &asked.options
        };
        let coded = self.coded(asked, &scale(items, 0), None);
        if coded.choices.len() < 2 {
            return self.too_few(asked, "items");
        }
        let all = coded.choices.len();
        let places = self.limit(asked, attributes, "max_answers", all);
        let places = places.unwrap_or(u8::try_from(all).unwrap_or(u8::MAX));
        let kind = Kind::Ranking {
            items: coded.choices,
            places,
            min: self.limit(asked, attributes, "min_answers", usize::from(places)),
            shuffle: attributes.is_shuffled(),
        };
        let mut question = self.question(asked, kind);
        self.settle(asked, &mut question, &asked.code);
        vec![question]
    }
}
