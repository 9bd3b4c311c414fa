//! Anything by anything: tables of column shares with what differs marked, tests in sentences.

use crate::{
    analysis::{
        crosstab::{Association, CrossCell, CrossRow, Crosstab, Effect, MeanRow},
        share::Base,
        significance::LEVEL,
    },
    results::{CompareOutcome, CompareView, ResultPage, ResultQuery, Show},
    survey::{ids::Slug, message::Message},
    web::{
        admin::session::SignedInOfficer,
        pages::{
            ChooserView, CrossCellView, CrossColumnView, CrossRowView, CrossTable, HiddenField,
        },
        templates::{Link, NavItem},
        urls::Url,
    },
};

use super::{
    NUMBERS, files,
    filters::choose,
    variables::{banner_choices, category_name, row_choices, variable_name},
    words::{Words, count, decimal, or_none, p_value, share},
};

/// From how many standard errors a difference has the darker tint.
const DARKER_FROM: f64 = 4.0;
/// From how many comparisons the page says what so many mean.
const MANY: usize = 50;

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
}

impl ComparePicture<'_> {
    /// The form that chooses what is down and across.
    #[must_use]
    pub fn chooser(&self, officer: &SignedInOfficer) -> ChooserView {
        let (words, outcome) = (self.words, self.outcome);
        let name = |key: Option<&crate::analysis::variable::VariableKey>| {
            key.map(ToString::to_string).unwrap_or_default()
        };
        let mut rows = row_choices(words, officer);
        // What the address names is in its list, also where it is offered only there.
        if let Some(row) = &outcome.row
            && rows.iter().all(|(known, _)| *known != row.to_string())
        {
            rows.push((row.to_string(), variable_name(words, row)));
        }
        let banners = banner_choices(words, officer);
        let banner = |place: usize| {
            let mut list = vec![(String::new(), words.id("compare-none"))];
            list.extend(banners.iter().cloned());
            if let Some(by) = outcome.by.get(place)
                && list.iter().all(|(known, _)| *known != by.to_string())
            {
                list.push((by.to_string(), variable_name(words, by)));
            }
            list
        };
        let mut lists = vec![choose(
            "row",
            "compare-row",
            &name(outcome.row.as_ref()),
            rows,
        )];
        for (place, key) in ["compare-by", "compare-by-second", "compare-by-third"]
            .into_iter()
            .enumerate()
        {
            lists.push(choose(
                "by",
                key,
                &name(outcome.by.get(place)),
                banner(place),
            ));
        }
        let hidden = self.query.parameters().into_iter();
        ChooserView {
            action: Url::AdminSurvey(self.slug, "compare").to_string(),
            lists,
            hidden: hidden
                .filter(|(name, _)| !matches!(*name, "row" | "by"))
                .map(|(name, value)| HiddenField { name, value })
                .collect(),
        }
    }

    /// What the cells can show.
    #[must_use]
    pub fn shows(&self) -> Vec<NavItem> {
        let item = |show: Show| {
            let key = match show {
                Show::Percent => "compare-percent",
                Show::Counts => "compare-counts",
                Show::Both => "compare-both",
            };
            let other = ResultQuery {
                page: ResultPage::Compare(CompareView {
                    show,
                    ..self.view.clone()
                }),
                filter: self.query.filter.clone(),
                weights: self.query.weights,
            };
            let href = Url::AdminSurvey(self.slug, &other.to_url()).to_string();
            NavItem::current(key, href, show == self.view.show)
        };
        Show::ALL.map(item).to_vec()
    }

    /// A table for each banner.
    #[must_use]
    pub fn tables(&self) -> Vec<CrossTable> {
        let tables = self.outcome.tables.iter().enumerate();
        tables
            .map(|(place, table)| self.table(place, table))
            .collect()
    }

    fn table(&self, place: usize, table: &Crosstab) -> CrossTable {
        let words = self.words;
        let column = |column: &crate::analysis::crosstab::CrossColumn| CrossColumnView {
            name: category_name(words, &table.column, &column.code),
            letter: column.letter.map(String::from).unwrap_or_default(),
            base: count(column.base.0),
            thin: column.small,
        };
        let mut rows: Vec<CrossRowView> =
            table.rows.iter().map(|row| self.row(table, row)).collect();
        rows.extend(table.means.as_ref().map(|means| self.means(table, means)));
        let is_empty = table.base.0 == 0;
        let marked = rows
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| !cell.differs.is_empty());
        CrossTable {
            id: format!("compare-{}", place + 1),
            title: self.title(table),
            lead: words.id(match (self.view.show, table.several) {
                (Show::Counts, _) => "compare-lead-counts",
                (_, true) => "compare-lead-several",
                (_, false) => "compare-lead",
            }),
            corner: variable_name(words, &table.row),
            has_letters: table.columns.iter().any(|column| column.letter.is_some()),
            columns: table.columns.iter().map(column).collect(),
            all_base: count(table.base.0),
            has_thin: table.small_columns() > 0,
            rows,
            empty: is_empty.then(|| words.id("officers-no-answers")),
            sentences: if is_empty {
                Vec::new()
            } else {
                self.sentences(table)
            },
            warnings: if is_empty {
                Vec::new()
            } else {
                self.warnings(table)
            },
            marked,
            tests: against_rest(table),
            base: words.counted("compare-base", table.base.0),
            files: if place == 0 { self.files() } else { Vec::new() },
        }
    }

    fn files(&self) -> Vec<Link> {
        files(self.slug, "compare", &self.query.query(), NUMBERS, |id| {
            self.words.id(id)
        })
    }

    fn row(&self, table: &Crosstab, row: &CrossRow) -> CrossRowView {
        let name = category_name(self.words, &table.row, &row.code);
        let cells = row.cells.iter().zip(&table.columns);
        let cells = cells.map(|(cell, column)| self.cell(cell, column.small));
        let test = row
            .association
            .and_then(|test| Some((test.association?, test.p_holm?)));
        let note = test.map(|(association, p)| {
            let id = if p < LEVEL {
                "compare-row-differs"
            } else {
                "compare-row-same"
            };
            self.words.say(
                &Message::new(id)
                    .with("p", p_value(p))
                    .with("v", two(association.cramers_v)),
            )
        });
        let (value, detail) = self.figure(row.total);
        CrossRowView {
            name,
            note,
            is_mean: false,
            all: CrossCellView::plain(value, detail),
            cells: cells.collect(),
        }
    }

    fn figure(&self, of: crate::analysis::share::Share) -> (String, String) {
        match self.view.show {
            Show::Percent => (share(of), String::new()),
            Show::Counts => (count(of.count), String::new()),
            Show::Both => (share(of), count(of.count)),
        }
    }

    fn cell(&self, cell: &CrossCell, thin: bool) -> CrossCellView {
        let (value, detail) = self.figure(cell.share);
        let test = cell.against_rest.test;
        let found = test
            .statistic
            .filter(|_| test.p_holm.is_some_and(|p| p < LEVEL));
        CrossCellView {
            value,
            detail,
            letters: spaced(&cell.higher_than),
            differs: found.map_or("", differs),
            strong: found.is_some_and(|statistic| statistic.abs() >= DARKER_FROM),
            thin,
        }
    }

    fn means(&self, table: &Crosstab, means: &MeanRow) -> CrossRowView {
        let cells = means
            .columns
            .iter()
            .zip(&table.columns)
            .map(|(mean, column)| {
                let test = mean.against_rest;
                let found = test
                    .statistic
                    .filter(|_| test.p_holm.is_some_and(|p| p < LEVEL));
                CrossCellView {
                    value: or_none(mean.mean.mean, decimal),
                    detail: self.words.mean_interval(mean.mean.interval, decimal),
                    letters: spaced(&mean.higher_than),
                    differs: found.map_or("", differs),
                    strong: found.is_some_and(|statistic| statistic.abs() >= DARKER_FROM),
                    thin: column.small,
                }
            });
        CrossRowView {
            name: self.words.id("result-mean"),
            note: None,
            is_mean: true,
            all: CrossCellView::plain(
                or_none(means.all.mean, decimal),
                self.words.mean_interval(means.all.interval, decimal),
            ),
            cells: cells.collect(),
        }
    }

    /// What the table's title may claim: that the two hang together, where the test finds it and may be trusted.
    fn title(&self, table: &Crosstab) -> String {
        let row = variable_name(self.words, &table.row);
        let column = variable_name(self.words, &table.column);
        let found = table
            .association
            .filter(|found| found.p < LEVEL && found.is_trustworthy() && !table.base.is_small());
        let id = match found.map(|found| found.effect) {
            Some(Effect::Negligible) => "compare-title-negligible",
            Some(Effect::Weak) => "compare-title-weak",
            Some(Effect::Moderate) => "compare-title-moderate",
            Some(Effect::Strong) => "compare-title-strong",
            None => "compare-title",
        };
        self.words
            .say(&Message::new(id).with("row", row).with("column", column))
    }

    fn sentences(&self, table: &Crosstab) -> Vec<String> {
        let words = self.words;
        let mut sentences = Vec::new();
        if table.several {
            let tested = || table.rows.iter().filter_map(|row| row.association?.p_holm);
            let differ = tested().filter(|p| *p < LEVEL).count();
            sentences.push(
                words.say(
                    &Message::new("compare-several")
                        .with("differ", whole(differ))
                        .with("tested", whole(tested().count())),
                ),
            );
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

    fn association(&self, found: &Association) -> String {
        let message = Message::new("compare-chi-square")
            .with("statistic", decimal(found.statistic))
            .with("df", found.df)
            .with("p", p_value(found.p))
            .with("v", two(found.cramers_v));
        let effect = Message::new(match found.effect {
            _ if found.p >= LEVEL => "effect-none",
            Effect::Negligible => "effect-negligible",
            Effect::Weak => "effect-weak",
            Effect::Moderate => "effect-moderate",
            Effect::Strong => "effect-strong",
        });
        self.words
            .say(&message.with("effect", self.words.say(&effect)))
    }

    fn warnings(&self, table: &Crosstab) -> Vec<String> {
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
        if table.columns.iter().any(|column| column.letter.is_none()) {
            warnings.push(words.id("compare-no-letters"));
        }
        if table.tests >= MANY {
            warnings.push(words.counted("compare-many", whole(table.tests)));
        }
        warnings
    }
}

/// How many columns were held against the rest, over all rows.
fn against_rest(table: &Crosstab) -> usize {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    cells
        .filter(|cell| cell.against_rest.test.p.is_some())
        .count()
}

fn differs(statistic: f64) -> &'static str {
    if statistic > 0.0 { "higher" } else { "lower" }
}

fn spaced(letters: &str) -> String {
    letters
        .chars()
        .map(String::from)
        .collect::<Vec<_>>()
        .join(" ")
}

fn two(number: f64) -> String {
    format!("{number:.2}")
}

fn whole(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Whether a base is of nobody, which the pages word for themselves.
#[must_use]
pub fn people(base: Option<Base>, few: String) -> String {
    base.map_or(few, |base| count(base.0))
}
