//! What was tested in a comparison, with what result, and what to be careful about; without weights and with.

use crate::{
    analysis::{
        crosstab::{Association, CrossRow, Crosstab, Effect, RaoScott, WeightedTable},
        significance::LEVEL,
        variable::VariableKey,
    },
    geography::Grouping,
    survey::message::Message,
};

use super::{
    compare::ComparePicture,
    reading::worth,
    words::{decimal, p_value},
};

/// From how many comparisons the page says what so many mean.
const MANY: usize = 50;

impl ComparePicture<'_> {
    /// What was tested, with what result.
    pub(super) fn sentences(&self, table: &Crosstab) -> Vec<String> {
        let mut sentences = Vec::new();
        if self.leading(table).is_none() {
            sentences.extend(self.raw_sentences(table));
        }
        if let Some(weighted) = self.shown(table) {
            sentences.extend(self.weighted_sentences(table, weighted));
        }
        sentences
    }

    fn raw_sentences(&self, table: &Crosstab) -> Vec<String> {
        let words = self.words;
        let mut sentences = Vec::new();
        if table.several {
            let tested = || table.rows.iter().filter_map(|row| row.association?.p_holm);
            sentences.push(self.of_several("compare-several", &tested().collect::<Vec<_>>()));
        } else {
            sentences.push(match &table.association {
                Some(found) => self.association(found),
                None => words.id("compare-untested"),
            });
        }
        if table.tests > 0 {
            sentences.push(words.counted("compare-letters", whole(table.tests)));
        }
        if table.means.is_some() {
            sentences.push(words.id("compare-means"));
        }
        sentences
    }

    fn weighted_sentences(&self, table: &Crosstab, weighted: &WeightedTable) -> Vec<String> {
        let words = self.words;
        let mut sentences = Vec::new();
        match &weighted.rao_scott {
            Some(found) => sentences.push(self.rao_scott(table, found)),
            None => {
                let chances = weighted.of_rows_p_holm.iter().flatten().copied();
                let chances: Vec<f64> = chances.collect();
                sentences.push(self.of_several("compare-rao-scott-several", &chances));
                let cannot =
                    |found: &&RaoScott| !found.is_computable() && found.x2_weighted.is_some();
                let thin = weighted.of_rows.iter().filter(cannot).count();
                if thin > 0 {
                    sentences.push(words.counted("compare-rao-scott-several-thin", whole(thin)));
                }
            }
        }
        if weighted.tests() > 0 {
            sentences.push(words.counted("compare-letters-weighted", whole(weighted.tests())));
        }
        if weighted.means.is_some() {
            sentences.push(words.id("compare-means-weighted"));
        }
        let is_outside = |place: usize| {
            weighted.columns[place].responses.0 == 0 && table.columns[place].base.0 > 0
        };
        if self.reading.with_weights && (0..table.columns.len()).any(is_outside) {
            sentences.push(words.id("compare-outside"));
        }
        sentences
    }

    fn of_several(&self, id: &'static str, chances: &[f64]) -> String {
        let differ = chances.iter().filter(|p| **p < LEVEL).count();
        let message = Message::new(id).with("differ", whole(differ));
        self.words
            .say(&message.with("tested", whole(chances.len())))
    }

    fn association(&self, found: &Association) -> String {
        let message = Message::new("compare-chi-square")
            .with("statistic", decimal(found.statistic))
            .with("df", found.df)
            .with("p", p_value(found.p))
            .with("v", two(found.cramers_v))
            .with("effect", self.effect(found.p, found.effect));
        self.words.say(&message)
    }

    /// The weighted test of the whole table, or why there is none and what to do about it.
    fn rao_scott(&self, table: &Crosstab, found: &RaoScott) -> String {
        let whole = || {
            let message = Message::new("compare-rao-scott")
                .with("f", two(found.f?))
                .with("ndf", decimal(found.ndf?))
                .with("ddf", worth(found.ddf))
                .with("p", p_value(found.p?))
                .with("v", two(found.cramers_v?))
                .with("effect", self.effect(found.p?, found.effect?));
            Some(self.words.say(&message))
        };
        whole().unwrap_or_else(|| {
            let is_by_district = table.column == VariableKey::Areas(Grouping::District);
            self.words.id(match (found.x2_weighted, is_by_district) {
                (None, _) => "compare-rao-scott-untested",
                (Some(_), true) => "compare-rao-scott-districts",
                (Some(_), false) => "compare-rao-scott-thin",
            })
        })
    }

    fn effect(&self, p: f64, effect: Effect) -> String {
        self.words.id(match effect {
            _ if p >= LEVEL => "effect-none",
            Effect::Negligible => "effect-negligible",
            Effect::Weak => "effect-weak",
            Effect::Moderate => "effect-moderate",
            Effect::Strong => "effect-strong",
        })
    }

    /// What to be careful about.
    pub(super) fn warnings(&self, table: &Crosstab) -> Vec<String> {
        let words = self.words;
        let leading = self.leading(table);
        let mut warnings = if leading.is_none() {
            self.raw_warnings(table)
        } else {
            Vec::new()
        };
        if let Some(weighted) = self.shown(table) {
            if weighted.all.small && leading.is_some() {
                warnings.push(words.id("officers-thin-base"));
            } else if weighted.small_columns() > 0 {
                let small = whole(weighted.small_columns());
                warnings.push(words.counted("compare-small-weighted", small));
            }
        }
        if table.columns.iter().any(|column| column.letter.is_none()) {
            warnings.push(words.id("compare-no-letters"));
        }
        let tests = leading.map_or(table.tests, WeightedTable::tests);
        if tests >= MANY {
            warnings.push(words.counted("compare-many", whole(tests)));
        }
        warnings
    }

    fn raw_warnings(&self, table: &Crosstab) -> Vec<String> {
        let words = self.words;
        let mut warnings = Vec::new();
        if let Some(found) = table.association.filter(|found| !found.is_trustworthy()) {
            let message = Message::new("compare-expected").with("below", found.expected_below_5);
            warnings.push(words.say(&message.with("cells", found.cells)));
        }
        if table.several {
            let thin = |row: &&CrossRow| {
                let test = row.association.and_then(|test| test.association);
                test.is_some_and(|test| !test.is_trustworthy())
            };
            let thin = table.rows.iter().filter(thin).count();
            if thin > 0 {
                warnings.push(words.counted("compare-expected-rows", whole(thin)));
            }
        }
        if table.base.is_small() {
            warnings.push(words.id("officers-thin-base"));
        } else if table.small_columns() > 0 {
            warnings.push(words.counted("compare-small-columns", whole(table.small_columns())));
        }
        warnings
    }
}

fn two(number: f64) -> String {
    format!("{number:.2}")
}

fn whole(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
