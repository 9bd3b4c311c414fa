//! Equality analysis: a table for each protected characteristic, its groups across and the headline measures down.

use crate::{
    analysis::{
        equality::{Characteristic, Equality, Group, GroupFigure, HeadlineMeasure},
        share::Base,
        themes::{Direction, Figure},
        variable::VariableKey,
        weights::WeightedBase,
    },
    results::ResultQuery,
    survey::{ids::Slug, message::Message},
    web::pages::{CrossCellView, CrossColumnView, CrossRowView, CrossTable},
};

use super::{
    NUMBERS,
    compare::people,
    files,
    reading::{Reading, worth},
    variables::{category_name, variable_name},
    words::{NONE, Words, decimal, or_none, percent},
};

/// An analysis that is shown.
pub struct EqualityPicture<'a> {
    /// How its parts are said.
    pub words: &'a Words<'a>,
    /// The figures.
    pub outcome: &'a Equality,
    /// Which of them are shown.
    pub reading: Reading,
}

impl EqualityPicture<'_> {
    /// A table for each characteristic.
    #[must_use]
    pub fn tables(&self, slug: &Slug, query: &ResultQuery) -> Vec<CrossTable> {
        let tables = self.outcome.characteristics.iter().enumerate();
        let mut tables: Vec<CrossTable> = tables
            .map(|(place, characteristic)| self.table(characteristic, place))
            .collect();
        if let Some(first) = tables.first_mut() {
            let name = |id: &str| self.words.id(id);
            first.files = files(slug, "equality", &query.query(), NUMBERS, name);
        }
        tables
    }

    fn column(&self, characteristic: &Characteristic, group: &Group) -> CrossColumnView {
        let few = self.words.id("equality-few");
        let weighted = group.weighted.filter(|_| self.reading.shows_weights());
        CrossColumnView {
            name: category_name(self.words, &characteristic.variable, &group.code),
            letter: String::new(),
            base: people(group.people, few.clone()),
            thin: group.people.is_none_or(Base::is_small),
            worth: match weighted {
                Some(weighted) => worth(weighted.effective_base),
                None if self.reading.shows_weights() => few,
                None => String::new(),
            },
            thin_worth: weighted.is_none_or(|weighted| weighted.is_small()),
        }
    }

    fn table(&self, characteristic: &Characteristic, place: usize) -> CrossTable {
        let words = self.words;
        let rows = self.rows(characteristic);
        let shown = characteristic
            .groups
            .iter()
            .filter_map(|group| group.people);
        let all: u32 = shown.map(|people| people.0).sum();
        let nobody = |group: &Group| group.people == Some(Base(0));
        let is_empty = characteristic.groups.iter().all(nobody);
        let mut cells = rows.iter().flat_map(|row| &row.cells);
        let has_thin = cells.any(|cell| cell.thin);
        let leading = rows.iter().filter(|row| !row.is_weighted);
        let differ = leading
            .flat_map(|row| &row.cells)
            .filter(|cell| !cell.differs.is_empty())
            .count();
        let marked = rows.iter().flat_map(|row| &row.cells);
        let marked = marked.filter(|cell| !cell.differs.is_empty()).count() > 0;
        let name = variable_name(words, &characteristic.variable);
        let title = if differ > 0 {
            "equality-differs"
        } else {
            "equality-title"
        };
        let title = Message::new(title).with("name", name);
        let differ = i64::try_from(differ).unwrap_or(i64::MAX);
        let weighted_tests = characteristic.weighted_tests.unwrap_or_default();
        CrossTable {
            id: format!("equality-{}", place + 1),
            title: words.say(&title.with("count", differ)),
            lead: self.lead(),
            corner: words.id("equality-measure"),
            has_letters: false,
            columns: characteristic
                .groups
                .iter()
                .map(|group| self.column(characteristic, group))
                .collect(),
            all_base: super::words::count(all),
            all_worth: if self.reading.shows_weights() {
                worth(effective_of_all(characteristic))
            } else {
                String::new()
            },
            rows,
            empty: is_empty.then(|| words.id("officers-no-answers")),
            sentences: if self.reading.shows_weights() && !is_empty {
                let tests = u64::try_from(weighted_tests).unwrap_or(u64::MAX);
                vec![words.counted("equality-weighted-tests", tests)]
            } else {
                Vec::new()
            },
            warnings: if is_empty {
                Vec::new()
            } else {
                self.warnings(characteristic)
            },
            marked,
            has_thin,
            tests: if self.reading.with_weights {
                weighted_tests
            } else {
                characteristic.tests
            },
            base: words.counted("equality-base", all),
            files: Vec::new(),
        }
    }

    fn lead(&self) -> String {
        let words = self.words;
        if self.reading.with_weights {
            return words.id("equality-lead-weighted");
        }
        let lead = words.id("equality-lead");
        if self.reading.beside {
            format!("{lead}. {}", words.id("compare-lead-beside"))
        } else {
            lead
        }
    }

    fn warnings(&self, characteristic: &Characteristic) -> Vec<String> {
        let groups = &characteristic.groups;
        let suppressed = groups.iter().filter(|group| group.people.is_none()).count();
        let suppressed = u32::try_from(suppressed).unwrap_or(u32::MAX);
        let mut warnings = Vec::new();
        if suppressed > 0 {
            warnings.push(self.words.counted("equality-suppressed", suppressed));
        }
        let figures = groups.iter().flat_map(|group| &group.figures);
        let is_hidden = |figure: &GroupFigure| {
            !figure.suppressed && figure.weighted.is_some_and(|of| of.suppressed)
        };
        if self.reading.shows_weights() && figures.into_iter().any(is_hidden) {
            warnings.push(self.words.id("equality-weighted-suppressed"));
        }
        warnings
    }

    /// The rows as they are shown; with weights beside, each weighted one under the one without.
    fn rows(&self, characteristic: &Characteristic) -> Vec<CrossRowView> {
        let mut rows = Vec::new();
        for place in 0..self.outcome.measures.len() {
            rows.push(self.row(characteristic, place, self.reading.with_weights));
            if self.reading.beside {
                rows.push(CrossRowView {
                    is_weighted: true,
                    ..self.row(characteristic, place, true)
                });
            }
        }
        rows
    }

    fn row(
        &self,
        characteristic: &Characteristic,
        place: usize,
        with_weights: bool,
    ) -> CrossRowView {
        let words = self.words;
        let measure = &self.outcome.measures[place];
        let cells = characteristic.groups.iter();
        let cells = cells.map(|group| self.cell(&group.figures[place], with_weights));
        CrossRowView {
            name: measure_name(words, measure),
            is_weighted: false,
            note: None,
            is_mean: matches!(measure, HeadlineMeasure::Mean { .. }),
            all: match &characteristic.everybody[place] {
                Some(figure) => {
                    let (value, interval) = printed(words, figure, with_weights);
                    CrossCellView::plain(value, interval)
                }
                None => CrossCellView::plain(NONE.to_owned(), String::new()),
            },
            cells: cells.collect(),
        }
    }

    fn cell(&self, of: &GroupFigure, with_weights: bool) -> CrossCellView {
        let weighted = of.weighted.filter(|_| with_weights);
        let (suppressed, small, mark) = match weighted {
            Some(weighted) => (weighted.suppressed, weighted.small, weighted.mark),
            None => (of.suppressed, of.small, of.mark),
        };
        let Some(figure) = of.figure.as_ref().filter(|_| !suppressed) else {
            let value = if suppressed {
                self.words.id("equality-hidden")
            } else {
                NONE.to_owned()
            };
            return CrossCellView {
                thin: suppressed,
                ..CrossCellView::plain(value, String::new())
            };
        };
        let (value, interval) = printed(self.words, figure, with_weights);
        CrossCellView {
            differs: match mark {
                Some(Direction::More) => "higher",
                Some(Direction::Less) => "lower",
                None => "",
            },
            thin: small,
            ..CrossCellView::plain(value, interval)
        }
    }
}

/// What all groups shown are worth together.
fn effective_of_all(characteristic: &Characteristic) -> Option<f64> {
    let shown = characteristic
        .groups
        .iter()
        .filter_map(|group| group.weighted);
    let all = shown.fold(WeightedBase::default(), |sum, group| sum.with(group.base));
    all.effective()
}

/// A figure and its interval.
fn printed(words: &Words<'_>, figure: &Figure, with_weights: bool) -> (String, String) {
    let (value, interval) = if with_weights {
        (figure.weighted_value(), figure.weighted_interval())
    } else {
        (figure.value(), figure.interval())
    };
    match figure {
        _ if value.is_none() => (NONE.to_owned(), String::new()),
        Figure::Mean(_) => (
            or_none(value, decimal),
            words.mean_interval(interval, decimal),
        ),
        Figure::Share(_) => (or_none(value, percent), words.share_interval(interval)),
    }
}

fn measure_name(words: &Words<'_>, measure: &HeadlineMeasure) -> String {
    match measure {
        HeadlineMeasure::Theme { theme } => {
            words.say(&Message::new("equality-theme").with("theme", words.theme(theme)))
        }
        HeadlineMeasure::Mean { variable } => {
            words.say(&Message::new("equality-mean").with("name", variable_name(words, variable)))
        }
        HeadlineMeasure::Victim => words.id("filter-victim"),
        HeadlineMeasure::TopTwo { variable, answers } => {
            let [first, second] = answers
                .each_ref()
                .map(|code| category_name(words, variable, code));
            let name = match variable {
                VariableKey::Part(question, row) => {
                    words.definition.question(question).map_or_else(
                        || variable_name(words, variable),
                        |question| words.row(question, row),
                    )
                }
                _ => variable_name(words, variable),
            };
            let message = Message::new("equality-top-two").with("name", name);
            words.say(&message.with("first", first).with("second", second))
        }
    }
}
