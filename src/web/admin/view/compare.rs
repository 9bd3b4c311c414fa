//! Anything by anything: tables of column shares with what differs marked, without weights, with them, or both.

use crate::{
    analysis::{
        crosstab::{Crosstab, Effect, WeightedTable},
        share::Base,
        significance::LEVEL,
    },
    results::{CompareOutcome, CompareView, ResultQuery, Show},
    survey::{ids::Slug, message::Message},
    web::{
        pages::{CrossColumnView, CrossRowView, CrossTable},
        templates::Link,
    },
};

use super::{
    NUMBERS, files,
    reading::{Reading, weighted_base, worth},
    variables::{category_name, variable_name},
    words::{Words, count},
};

/// A comparison that is shown.
pub struct ComparePicture<'a> {
    /// How its parts are said.
    pub words: &'a Words<'a>,
    /// The survey.
    pub slug: &'a Slug,
    /// The address.
    pub query: &'a ResultQuery,
    /// What it says of the comparison.
    pub view: &'a CompareView,
    /// The figures.
    pub outcome: &'a CompareOutcome,
    /// Which of them are shown.
    pub reading: Reading,
}

impl ComparePicture<'_> {
    /// A table for each banner.
    #[must_use]
    pub fn tables(&self) -> Vec<CrossTable> {
        let tables = self.outcome.tables.iter().enumerate();
        tables
            .map(|(place, table)| self.table(place, table))
            .collect()
    }

    /// The weighted figures of a table, where they are shown in place of those without weights.
    pub(super) fn leading<'t>(&self, table: &'t Crosstab) -> Option<&'t WeightedTable> {
        let weighted = table.weighted.as_ref();
        weighted.filter(|_| self.reading.with_weights)
    }

    /// The same, where they are shown at all.
    pub(super) fn shown<'t>(&self, table: &'t Crosstab) -> Option<&'t WeightedTable> {
        let weighted = table.weighted.as_ref();
        weighted.filter(|_| self.reading.shows_weights())
    }

    fn table(&self, place: usize, table: &Crosstab) -> CrossTable {
        let words = self.words;
        let rows = self.rows(table);
        let columns = self.columns(table);
        let is_empty = table.base.0 == 0;
        let said = |said: Vec<String>| if is_empty { Vec::new() } else { said };
        let leading = self.leading(table);
        CrossTable {
            id: format!("compare-{}", place + 1),
            title: self.title(table),
            lead: self.lead(table),
            corner: variable_name(words, &table.row),
            has_letters: table.columns.iter().any(|column| column.letter.is_some()),
            all_base: count(leading.map_or(table.base, |of| of.all.responses).0),
            all_worth: self
                .shown(table)
                .map(|of| worth(of.all.effective_base))
                .unwrap_or_default(),
            has_thin: columns
                .iter()
                .any(|column| column.thin || column.thin_worth),
            columns,
            marked: is_marked(&rows),
            rows,
            empty: is_empty.then(|| words.id("officers-no-answers")),
            sentences: said(self.sentences(table)),
            warnings: said(self.warnings(table)),
            tests: against_rest(table, leading),
            base: self.base(table),
            files: if place == 0 { self.files() } else { Vec::new() },
        }
    }

    fn columns(&self, table: &Crosstab) -> Vec<CrossColumnView> {
        let (leading, shown) = (self.leading(table), self.shown(table));
        let column = |(place, column): (usize, &crate::analysis::crosstab::CrossColumn)| {
            let base = leading.map_or(column.base, |of| of.columns[place].responses);
            let weighted = shown.map(|of| of.columns[place]);
            CrossColumnView {
                name: category_name(self.words, &table.column, &column.code),
                letter: column.letter.map(String::from).unwrap_or_default(),
                base: count(base.0),
                thin: base.is_small(),
                worth: weighted
                    .map(|of| worth(of.effective_base))
                    .unwrap_or_default(),
                thin_worth: weighted.is_some_and(|of| of.small),
            }
        };
        table.columns.iter().enumerate().map(column).collect()
    }

    fn lead(&self, table: &Crosstab) -> String {
        let is_counted = self.view.show == Show::Counts;
        let id = match (self.reading.with_weights, is_counted, table.several) {
            (true, true, _) => "compare-lead-weighted-counts",
            (true, false, true) => "compare-lead-weighted-several",
            (true, false, false) => "compare-lead-weighted",
            (false, true, _) => "compare-lead-counts",
            (false, false, true) => "compare-lead-several",
            (false, false, false) => "compare-lead",
        };
        let lead = self.words.id(id);
        if self.reading.beside {
            let sentence = if lead.ends_with('.') { "" } else { "." };
            let beside = self.words.id("compare-lead-beside");
            format!("{lead}{sentence} {beside}")
        } else {
            lead
        }
    }

    /// Who the figures are of; with weights, and what they are worth.
    fn base(&self, table: &Crosstab) -> String {
        let raw = self.words.counted("compare-base", table.base.0);
        let weighted = self
            .shown(table)
            .map(|of| weighted_base(self.words, of.all.responses.0, of.all.effective_base));
        match weighted {
            Some(weighted) if self.reading.with_weights => weighted,
            Some(weighted) => format!("{raw} {weighted}"),
            None => raw,
        }
    }

    fn files(&self) -> Vec<Link> {
        files(self.slug, "compare", &self.query.query(), NUMBERS, |id| {
            self.words.id(id)
        })
    }

    /// What the table's title may claim: that the two hang together, where the test finds it and may be trusted.
    fn title(&self, table: &Crosstab) -> String {
        let row = variable_name(self.words, &table.row);
        let column = variable_name(self.words, &table.column);
        let found = match self.leading(table) {
            Some(weighted) => {
                let found = weighted.rao_scott.filter(|_| !weighted.all.small);
                let found = found.filter(|found| found.p.is_some_and(|p| p < LEVEL));
                found.and_then(|found| found.effect)
            }
            None => {
                let found = table.association.filter(|found| found.p < LEVEL);
                let found = found.filter(|found| found.is_trustworthy() && !table.base.is_small());
                found.map(|found| found.effect)
            }
        };
        let id = match found {
            Some(Effect::Negligible) => "compare-title-negligible",
            Some(Effect::Weak) => "compare-title-weak",
            Some(Effect::Moderate) => "compare-title-moderate",
            Some(Effect::Strong) => "compare-title-strong",
            None => "compare-title",
        };
        self.words
            .say(&Message::new(id).with("row", row).with("column", column))
    }
}

fn is_marked(rows: &[CrossRowView]) -> bool {
    let mut cells = rows.iter().flat_map(|row| &row.cells);
    cells.any(|cell| !cell.differs.is_empty())
}

/// How many columns were held against the rest, over all rows.
fn against_rest(table: &Crosstab, leading: Option<&WeightedTable>) -> usize {
    match leading {
        Some(weighted) => {
            let cells = weighted.cells.iter().flatten();
            cells
                .filter(|cell| cell.against_rest.test.p.is_some())
                .count()
        }
        None => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells
                .filter(|cell| cell.against_rest.test.p.is_some())
                .count()
        }
    }
}

/// Whether a base is of nobody, which the pages word for themselves.
#[must_use]
pub fn people(base: Option<Base>, few: String) -> String {
    base.map_or(few, |base| count(base.0))
}
