//! Themes by area: the heat table, the map of a theme, the ranking of an area.

use crate::{
    analysis::themes::{
        Direction, Measure, ThemeCell, ThemeColumn, ThemeRow, ThemeTable, Unmeasured,
    },
    charts::{Axis, Bar, Caption, Layout},
    geography::Grouping,
    results::{Detail, ResultPage, ResultQuery, ThemesOutcome, ThemesView},
    survey::{ids::Slug, message::Message},
    web::{
        pages::{
            CellDetail, ChartView, CommentView, HeatCell, HeatColumn, HeatGroup, HeatRow,
            HeatTable, RankLine, ThemesResults,
        },
        templates::Link,
        urls::Url,
    },
};

use super::{
    NUMBERS,
    chart_kinds::{ChartKind, longest},
    files,
    reading::Reading,
    tints::Tints,
    words::{NONE, Print, Words, or_none},
};

/// Themes by area as one page shows it.
pub struct ThemesPicture<'a> {
    /// How its parts are said.
    pub words: &'a Words<'a>,
    /// The survey.
    pub slug: &'a Slug,
    /// What the address asks for.
    pub query: &'a ResultQuery,
    /// The view of the address.
    pub view: &'a ThemesView,
    /// The outcome.
    pub outcome: &'a ThemesOutcome,
    /// Its table.
    pub table: &'a ThemeTable,
    /// Which of its figures are shown.
    pub reading: Reading,
}

/// The message id of a measure.
#[must_use]
pub fn measure_key(measure: Measure) -> &'static str {
    match measure {
        Measure::TopThree => "measure-top3",
        Measure::First => "measure-first",
        Measure::MeanRank => "measure-mean-rank",
        Measure::Borda => "measure-borda",
        Measure::Money => "measure-money",
    }
}

/// Why there is no table.
#[must_use]
pub fn unmeasured_key(why: Unmeasured) -> &'static str {
    match why {
        Unmeasured::NoThemes => "themes-none",
        Unmeasured::NoRanking => "themes-no-ranking",
        Unmeasured::NoBudget => "themes-no-budget",
    }
}

/// The same page with another view.
pub(super) fn with(slug: &Slug, query: &ResultQuery, view: ThemesView) -> String {
    let query = ResultQuery {
        page: ResultPage::Themes(view),
        ..query.clone()
    };
    Url::AdminSurvey(slug, &query.to_url()).to_string()
}

impl ThemesPicture<'_> {
    /// Everything the page shows of the figures.
    #[must_use]
    pub fn results(&self, comments: Vec<CommentView>, all_comments: Option<Link>) -> ThemesResults {
        let area = self.area();
        ThemesResults {
            table: self.heat_table(),
            bars: self.bars(),
            map: self.map_view(),
            weighted_map: self.weighted_map_view(),
            areas: self.area_lines(),
            profile: self.profile(area),
            cell: self.cell(),
            ranking: self.ranking(),
            area: self.area_name(area),
            has_area: area > 0,
            comments,
            all_comments,
        }
    }

    /// The number of the chosen column; the county's, if none is chosen.
    #[must_use]
    pub fn area(&self) -> usize {
        let chosen = self.outcome.cell.as_deref();
        self.table
            .columns
            .iter()
            .position(|column| column.key.as_deref() == chosen)
            .unwrap_or(0)
    }

    /// The name of a column.
    #[must_use]
    pub fn area_name(&self, column: usize) -> String {
        self.table.columns[column]
            .name
            .clone()
            .unwrap_or_else(|| self.words.id("themes-county"))
    }

    pub(super) fn print(&self) -> Print {
        Print::new(self.table.measure, self.table.purse)
    }

    pub(super) fn measure(&self) -> String {
        self.words.id(measure_key(self.table.measure))
    }

    pub(super) fn view(&self, change: impl FnOnce(&mut ThemesView)) -> String {
        let mut view = self.view.clone();
        change(&mut view);
        with(self.slug, self.query, view)
    }

    /// The rows in the order asked for.
    pub(super) fn rows(&self) -> impl Iterator<Item = &ThemeRow> {
        self.outcome
            .order
            .iter()
            .filter_map(|key| self.table.rows.iter().find(|row| row.theme == *key))
    }

    pub(super) fn chosen_row(&self) -> Option<&ThemeRow> {
        self.rows()
            .find(|row| Some(&row.theme) == self.outcome.theme.as_ref())
    }

    /// The columns as they stand: the county, then areas by their policing area.
    fn columns(&self) -> Vec<usize> {
        let groups = self.words.place.group(self.view.areas.0);
        let parents = self.words.place.group(Grouping::PolicingArea);
        let parent = |column: usize| {
            let own = groups
                .get(column - 1)
                .and_then(|group| group.policing_area.as_ref());
            parents.iter().position(|parent| Some(&parent.key) == own)
        };
        let mut columns: Vec<usize> = (1..self.table.columns.len()).collect();
        columns.sort_by_key(|column| parent(*column).unwrap_or(usize::MAX));
        columns.insert(0, 0);
        columns
    }

    fn parent_name(&self, column: usize) -> Option<&str> {
        let groups = self.words.place.group(self.view.areas.0);
        let own = groups.get(column.checked_sub(1)?)?.policing_area.as_ref()?;
        let parent = self
            .words
            .place
            .group(Grouping::PolicingArea)
            .iter()
            .find(|parent| parent.key == *own);
        parent.map(|parent| parent.name.as_str())
    }

    fn heat_table(&self) -> HeatTable {
        let columns = self.columns();
        let mut groups: Vec<HeatGroup> = Vec::new();
        let mut starts = Vec::new();
        for column in &columns {
            let name = self.parent_name(*column).unwrap_or_default();
            match groups.last_mut() {
                Some(group) if group.name == name => group.span += 1,
                _ => {
                    groups.push(HeatGroup {
                        name: name.to_owned(),
                        span: 1,
                    });
                    starts.push(*column);
                }
            }
        }
        if groups.iter().all(|group| group.name.is_empty()) {
            groups.clear();
        }
        let tints = Tints::of(self.table, self.reading);
        HeatTable {
            title: self.title(),
            measure_key: measure_key(self.table.measure),
            groups,
            columns: columns
                .iter()
                .map(|column| self.heat_column(*column, starts.contains(column)))
                .collect(),
            rows: self
                .rows()
                .map(|row| self.heat_row(row, &columns, &tints))
                .collect(),
            steps: tints.steps(self.words),
            tests: if self.reading.with_weights {
                self.table.weighted_tests.unwrap_or_default()
            } else {
                self.table.tests
            },
            detail_key: match self.view.detail {
                Detail::None => None,
                Detail::Intervals => Some("detail-intervals-about"),
                Detail::Ranks => Some("detail-ranks-about"),
            },
            base: self.base(),
            files: files(self.slug, "themes", &self.query.query(), NUMBERS, |id| {
                self.words.id(id)
            }),
        }
    }

    /// A cell's figure; where both are shown, that with weights in brackets.
    fn cell_text(&self, cell: &ThemeCell, value: f64) -> String {
        let own = self.print().cell(value);
        let weighted = cell.value(true).filter(|_| self.reading.beside);
        weighted.map_or(own.clone(), |weighted| {
            format!("{own} ({})", self.print().cell(weighted))
        })
    }

    /// A cell's figure with its unit; where both are shown, and that with weights.
    pub(super) fn full(&self, cell: &ThemeCell) -> String {
        let print = |value| self.print().full(value, self.words);
        let own = or_none(cell.value(self.reading.with_weights), print);
        if !self.reading.beside {
            return own;
        }
        let message = Message::new("result-and-weighted").with("own", own);
        self.words
            .say(&message.with("weighted", or_none(cell.value(true), print)))
    }

    fn heat_column(&self, column: usize, starts_group: bool) -> HeatColumn {
        let head: &ThemeColumn = &self.table.columns[column];
        let groups = self.words.place.group(self.view.areas.0);
        let short = column
            .checked_sub(1)
            .and_then(|index| groups.get(index))
            .map(|group| group.short_name.clone());
        HeatColumn {
            name: short.unwrap_or_else(|| self.words.id("themes-county")),
            sort: self.view(|view| view.sort.clone_from(&head.key)),
            sorted: self.outcome.sort == head.key,
            chosen: column > 0 && column == self.area(),
            base: head.base.0,
            profile: self.profile(column),
            thin: head.is_small(self.reading.with_weights),
            starts_group,
        }
    }

    fn heat_row(&self, row: &ThemeRow, columns: &[usize], tints: &Tints) -> HeatRow {
        let is_chosen = Some(&row.theme) == self.outcome.theme.as_ref();
        let cell = |column: &usize| {
            let (cell, head) = (&row.cells[*column], &self.table.columns[*column]);
            let with_weights = self.reading.with_weights;
            let value = cell.value(with_weights);
            HeatCell {
                value: value
                    .map(|value| self.cell_text(cell, value))
                    .unwrap_or_default(),
                detail: self.detail(cell, head.is_small(with_weights)),
                tint: value.map_or(0, |value| tints.tint(value) + 1),
                differs: mark(cell, with_weights),
                first: *column > 0 && head.first(with_weights).contains(&row.theme),
                thin: head.is_small(with_weights),
                chosen: is_chosen && *column > 0 && *column == self.area(),
                href: self.view(|view| {
                    view.theme = Some(row.theme.clone());
                    view.cell.clone_from(&head.key);
                }),
            }
        };
        HeatRow {
            theme: self.words.theme(&row.theme),
            href: self.view(|view| view.theme = Some(row.theme.clone())),
            chosen: is_chosen,
            cells: columns.iter().map(cell).collect(),
        }
    }

    /// Who the figures are of, and who is left out.
    #[must_use]
    pub fn base(&self) -> String {
        let table = self.table;
        let others = [
            ("themes-area-unknown", table.area_unknown),
            ("themes-outside", table.outside),
        ];
        let mut sentences = vec![self.words.counted("themes-base", table.columns[0].base.0)];
        let others = others.into_iter().filter(|(_, base)| base.0 > 0);
        sentences.extend(others.map(|(id, base)| self.words.counted(id, base.0)));
        sentences.join(" ")
    }

    fn cell(&self) -> CellDetail {
        let area = self.area();
        let Some(row) = self.chosen_row() else {
            let base = self.table.columns[area].base.0;
            let value = NONE.to_owned();
            return CellDetail {
                value,
                theme: String::new(),
                county: None,
                interval: None,
                base,
                differs: "",
            };
        };
        let with_weights = self.reading.with_weights;
        let cell = &row.cells[area];
        CellDetail {
            value: self.full(cell),
            theme: self.words.theme(&row.theme),
            county: (area > 0).then(|| self.full(&row.cells[0])),
            interval: self
                .print()
                .interval(&cell.figure, with_weights, self.words),
            base: cell.figure.base().0,
            differs: match (area, mark(cell, with_weights)) {
                (0, _) => "",
                _ if self.table.columns[area].is_small(with_weights) => "thin",
                (_, "") => "same",
                (_, mark) => mark,
            },
        }
    }

    /// The themes of the chosen area, most wanted first.
    fn ranked(&self) -> Vec<&ThemeRow> {
        let area = self.area();
        let wanted = |row: &ThemeRow| {
            let value = row.cells[area].value(self.reading.with_weights);
            let value = value.unwrap_or(f64::NEG_INFINITY);
            if self.table.measure.low_is_more() {
                -value
            } else {
                value
            }
        };
        let mut rows: Vec<&ThemeRow> = self.rows().collect();
        rows.sort_by(|one, other| wanted(other).total_cmp(&wanted(one)));
        rows
    }

    fn ranking(&self) -> Vec<RankLine> {
        let area = self.area();
        let line = |row: &&ThemeRow| {
            let cell = &row.cells[area];
            let with_weights = self.reading.with_weights;
            let standing = cell.standing(with_weights);
            RankLine {
                rank: standing.rank,
                theme: self.words.theme(&row.theme),
                value: or_none(cell.value(with_weights), |value| {
                    self.cell_text(cell, value)
                }),
                change: standing.rank_change,
                places: standing.rank_change.unwrap_or_default().unsigned_abs(),
            }
        };
        self.ranked().iter().map(line).collect()
    }

    fn bars(&self) -> ChartView {
        let area = self.area();
        let name = self.area_name(area);
        let title = if area == 0 {
            self.words.id("themes-bars-title-county")
        } else {
            self.words
                .say(&Message::new("themes-bars-title").with("area", name.clone()))
        };
        let print = self.print();
        let bar = |row: &&ThemeRow| {
            let with_weights = self.reading.with_weights;
            let cell = &row.cells[area];
            let figure = &cell.figure;
            let value = cell.value(with_weights).map(|value| print.in_unit(value));
            let interval = if with_weights {
                figure.weighted_interval()
            } else {
                figure.interval()
            };
            Bar {
                label: self.words.theme(&row.theme),
                value_text: or_none(cell.value(with_weights), |value| {
                    print.full(value, self.words)
                }),
                value,
                interval: interval
                    .map(|interval| (print.in_unit(interval.low), print.in_unit(interval.high))),
                marker: row.cells[0]
                    .value(with_weights)
                    .filter(|_| area > 0)
                    .map(|value| print.in_unit(value)),
                is_emphasised: Some(&row.theme) == self.outcome.theme.as_ref(),
                is_hatched: self.table.columns[area].is_small(with_weights),
            }
        };
        let bars: Vec<Bar> = self.ranked().iter().map(bar).collect();
        let chart = ChartKind::Bars {
            axis: Axis::to_hold(longest(&bars).max(1.0), |at| format!("{at:.0}")),
            bars,
        };
        let description = self
            .words
            .say(&Message::new("themes-bars-about").with("area", name));
        let caption = Caption {
            id: "bars-narrow".to_owned(),
            title: title.clone(),
            description,
        };
        let lead = Message::new("themes-bars-lead").with("measure", self.measure());
        ChartView {
            id: "bars".to_owned(),
            title,
            subtitle: if area == 0 {
                self.measure()
            } else {
                self.words.say(&lead)
            },
            wide: None,
            narrow: Some(chart.draw(caption, Layout::Narrow)),
            empty: None,
            base: self
                .words
                .counted("officers-base", self.table.columns[area].base.0),
            table: None,
            files: files(self.slug, "themes", &self.query.query(), NUMBERS, |id| {
                self.words.id(id)
            }),
        }
    }
}

fn mark(cell: &ThemeCell, with_weights: bool) -> &'static str {
    match cell
        .standing(with_weights)
        .difference
        .and_then(|difference| difference.mark)
    {
        Some(Direction::More) => "higher",
        Some(Direction::Less) => "lower",
        None => "",
    }
}
