//! Outcomes as tables of typed cells, one figure a row, for CSV and the command line.

use super::{
    area_rows::{AREA, area_rows},
    compare_rows::{COMPARE, compare_rows},
    equality::{EQUALITY, equality_rows},
    outcome::{Outcome, Overview, PageOutcome, QuestionOutcome},
    priorities_rows::{PRIORITIES, priority_rows},
    quality,
    query::filter_parameters,
    running,
    weighted_rows::{weighted, weighted_theme_cells},
    who, who_protected,
};
use crate::analysis::{
    frequency::{ChoiceShare, Figures, Frequency},
    moments::{Mean, Summary},
    share::{Base, Interval, Share},
    themes::{Direction, Figure, ThemeRow, ThemeTable},
};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A key, a code, a name.
    Text(String),
    /// A count of people.
    Count(u64),
    /// A figure.
    Number(f64),
    /// Nothing, because it can't be computed or does not apply.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u32> for Cell {
    fn from(count: u32) -> Self {
        Self::Count(u64::from(count))
    }
}

impl From<Base> for Cell {
    fn from(base: Base) -> Self {
        base.0.into()
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        if number.is_finite() {
            Self::Number(number)
        } else {
            Self::Empty
        }
    }
}

/// A table of figures, and what it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it is of: survey, state, counts, filter. Belongs beside the table, in the file's name or its codebook.
    pub about: Vec<(&'static str, String)>,
    /// The names of its columns; stable.
    pub header: &'static [&'static str],
    /// Its rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
}

const OVERVIEW: &[&str] = &["figure", "key", "count", "base", "value"];
const QUESTIONS: &[&str] = &[
    "question",
    "row",
    "code",
    "figure",
    "value",
    "count",
    "base",
    "low",
    "high",
    "weighted_value",
    "weighted_base",
    "effective_base",
    "weighted_low",
    "weighted_high",
];
const THEMES: &[&str] = &[
    "measure",
    "areas",
    "area",
    "area_name",
    "theme",
    "value",
    "count",
    "base",
    "low",
    "high",
    "rank",
    "rank_change",
    "rest_value",
    "rest_base",
    "statistic",
    "p",
    "p_holm",
    "mark",
    "weighted_value",
    "weighted_base",
    "effective_base",
    "weighted_low",
    "weighted_high",
    "weighted_rank",
    "weighted_rank_change",
    "weighted_rest_value",
    "weighted_statistic",
    "weighted_p",
    "weighted_p_holm",
    "weighted_mark",
];

impl Outcome {
    /// The figures on the page as rows of typed cells.
    #[must_use]
    pub fn to_csv_rows(&self) -> Table {
        let (header, rows) = match &self.page {
            PageOutcome::Overview(overview) => (OVERVIEW, overview_rows(overview)),
            PageOutcome::Running(found) => (running::HEADER, running::rows(found)),
            PageOutcome::Questions { questions } => (QUESTIONS, question_rows(questions)),
            PageOutcome::Question(question) => {
                (QUESTIONS, question_rows(std::slice::from_ref(&**question)))
            }
            PageOutcome::Themes(themes) => (
                THEMES,
                themes.table.as_ref().map(theme_rows).unwrap_or_default(),
            ),
            PageOutcome::Area(area) => (AREA, area_rows(area)),
            PageOutcome::Priorities(priorities) => (PRIORITIES, priority_rows(priorities)),
            PageOutcome::Compare(compared) => (COMPARE, compare_rows(compared)),
            PageOutcome::Equality(equality) => (EQUALITY, equality_rows(equality)),
            PageOutcome::Who(who) => (who::HEADER, who::rows(who)),
            PageOutcome::WhoProtected(who) => (who_protected::HEADER, who_protected::rows(who)),
            PageOutcome::Quality(flags) => (quality::HEADER, quality::rows(flags)),
        };
        Table {
            about: self.about(),
            header,
            rows,
        }
    }

    fn about(&self) -> Vec<(&'static str, String)> {
        let state = &self.state;
        let versions: Vec<String> = state.versions.iter().map(u32::to_string).collect();
        let mut about = vec![
            ("survey", state.survey.to_string()),
            ("as_of", state.as_of.to_string()),
            ("responses", state.responses.to_string()),
            ("selected", state.selected.to_string()),
            ("versions", versions.join(" ")),
            ("flagged", state.flagged.to_string()),
            ("simulated", state.simulated.to_string()),
            ("software", state.software.to_owned()),
        ];
        about.extend(filter_parameters(&state.filter));
        about.push(("weights", state.weights.shown.word().to_owned()));
        if state.weights.refused.is_some() {
            about.push(("weights_refused", "true".to_owned()));
        }
        let figures = [
            ("design_effect", state.weights.design_effect),
            ("effective_base", state.weights.effective_base),
        ];
        about.extend(
            figures
                .into_iter()
                .filter_map(|(name, figure)| Some((name, figure?.to_string()))),
        );
        about
    }
}

fn overview_rows(overview: &Overview) -> Vec<Vec<Cell>> {
    let share = |figure: &str, key: &str, share: Share| {
        vec![
            figure.into(),
            key.into(),
            share.count.into(),
            share.base.into(),
            share.value().into(),
        ]
    };
    let completion = &overview.completion;
    let mut rows = vec![share("completed", "", completion.completed)];
    let median = overview.median_seconds.into();
    rows.push(vec![
        "median_seconds".into(),
        "".into(),
        Cell::Empty,
        Cell::Empty,
        median,
    ]);
    for page in &completion.pages {
        rows.push(share("page_saved", page.page.as_str(), page.saved));
        rows.push(share(
            "page_stopped_after",
            page.page.as_str(),
            page.stopped,
        ));
    }
    for day in &overview.days {
        let date = day.day.to_string();
        rows.push(vec![
            "day".into(),
            date.as_str().into(),
            day.responses.into(),
            Cell::Empty,
            Cell::Empty,
        ]);
    }
    rows
}

/// The rows of one question, as they are written.
struct Rows<'a> {
    question: &'a Frequency,
    rows: &'a mut Vec<Vec<Cell>>,
}

impl Rows<'_> {
    fn add(&mut self, at: (&str, &str), figure: &str, cells: [Cell; 5], weighted: [Cell; 5]) {
        let (row, code) = at;
        let mut cells_of_row: Vec<Cell> = vec![
            self.question.question.as_str().into(),
            row.into(),
            code.into(),
            figure.into(),
        ];
        cells_of_row.extend(cells);
        cells_of_row.extend(weighted);
        self.rows.push(cells_of_row);
    }

    fn share(&mut self, at: (&str, &str), figure: &str, share: Share) {
        let (low, high) = ends(share.wilson());
        self.add(
            at,
            figure,
            [
                share.value().into(),
                share.count.into(),
                share.base.into(),
                low,
                high,
            ],
            weighted(
                share
                    .weighted
                    .map(|share| (share.value(), share.base, share.wilson())),
            ),
        );
    }

    fn number(
        &mut self,
        at: (&str, &str),
        figure: &str,
        (value, with_weights): (Option<f64>, Option<f64>),
        mean: &Mean,
    ) {
        self.add(
            at,
            figure,
            [
                value.into(),
                Cell::Empty,
                mean.base.into(),
                Cell::Empty,
                Cell::Empty,
            ],
            weighted(
                mean.weighted
                    .filter(|_| with_weights.is_some())
                    .map(|mean| (with_weights, mean.base, None)),
            ),
        );
    }

    fn count(&mut self, at: (&str, &str), figure: &str, count: u32) {
        self.add(
            at,
            figure,
            [
                Cell::Empty,
                count.into(),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
            ],
            weighted(None),
        );
    }

    fn mean(&mut self, at: (&str, &str), figure: &str, mean: &Mean) {
        let (low, high) = ends(mean.interval);
        self.add(
            at,
            figure,
            [mean.mean.into(), Cell::Empty, mean.base.into(), low, high],
            weighted(
                mean.weighted
                    .map(|mean| (mean.mean, mean.base, mean.interval)),
            ),
        );
    }

    fn summary(&mut self, at: (&str, &str), summary: &Summary) {
        self.mean(at, "mean", &summary.mean);
        self.number(at, "sd", (summary.mean.sd, None), &summary.mean);
        let quartiles = summary.weighted_quartiles.unwrap_or_default();
        for (figure, value, with_weights) in [
            ("q1", summary.q1, quartiles.q1),
            ("median", summary.median, quartiles.median),
            ("q3", summary.q3, quartiles.q3),
        ] {
            self.number(at, figure, (value, with_weights), &summary.mean);
        }
    }

    fn choices(&mut self, row: &str, choices: &[ChoiceShare]) {
        choices
            .iter()
            .for_each(|choice| self.share((row, choice.code.as_str()), "share", choice.share));
    }

    fn figures(&mut self) {
        let question = self.question;
        match &question.figures {
            Figures::Single { options } | Figures::Multiple { options, .. } => {
                self.choices("", options)
            }
            Figures::Grid { rows } => {
                for row in rows {
                    self.choices(row.code.as_str(), &row.columns);
                    self.summary((row.code.as_str(), ""), &row.summary);
                }
            }
            Figures::Scale { points, summary } | Figures::Number { points, summary } => {
                for point in points {
                    self.share(("", &point.value.to_string()), "share", point.share);
                }
                self.summary(("", ""), summary);
            }
            Figures::Ranking { items, .. } => {
                for item in items {
                    let at = ("", item.code.as_str());
                    self.share(at, "first", item.first);
                    self.share(at, "top3", item.top_three);
                    self.share(at, "ranked", item.ranked);
                    self.mean(at, "mean_rank", &item.mean_rank);
                    self.mean(at, "borda", &item.borda);
                }
            }
            Figures::Budget { items, .. } => {
                for item in items {
                    let at = ("", item.code.as_str());
                    self.summary(at, &item.amount);
                    self.share(at, "nothing", item.nothing);
                }
            }
            Figures::Date { .. } | Figures::Text => {}
        }
    }
}

fn question_rows(questions: &[QuestionOutcome]) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for question in questions {
        let frequency = &question.frequency;
        let mut of_question = Rows {
            question: frequency,
            rows: &mut rows,
        };
        of_question.count(("", ""), "answered", frequency.base.0);
        let absent = frequency.absent;
        for (figure, count) in [
            ("missing", absent.missing),
            ("not_asked", absent.not_asked),
            ("declined", absent.declined),
            ("dont_know", absent.dont_know),
            ("invalid", absent.invalid),
        ] {
            of_question.count(("", ""), figure, count);
        }
        of_question.figures();
    }
    rows
}

fn theme_rows(table: &ThemeTable) -> Vec<Vec<Cell>> {
    let line = |row: &ThemeRow, column: usize| {
        let head = &table.columns[column];
        let cell = &row.cells[column];
        let count = match cell.figure {
            Figure::Share(share) => share.count.into(),
            Figure::Mean(_) => Cell::Empty,
        };
        let (low, high) = ends(cell.figure.interval());
        let difference = cell.difference.as_ref();
        let test = difference.and_then(|difference| difference.test);
        let mark = difference.and_then(|difference| difference.mark);
        let mut cells = vec![
            table.measure.word().into(),
            table.grouping.into(),
            head.key.as_deref().unwrap_or("all").into(),
            head.name.as_deref().into(),
            row.theme.as_str().into(),
            cell.figure.value().into(),
            count,
            cell.figure.base().into(),
            low,
            high,
            cell.rank.into(),
            cell.rank_change.map(f64::from).into(),
            difference
                .and_then(|difference| difference.rest.value())
                .into(),
            difference.map(|difference| difference.rest.base()).into(),
            test.map(|test| test.statistic).into(),
            test.map(|test| test.p).into(),
            difference.and_then(|difference| difference.p_holm).into(),
            mark.map(direction).into(),
        ];
        cells.extend(weighted_theme_cells(cell));
        cells
    };
    let columns = 0..table.columns.len();
    columns
        .flat_map(|column| table.rows.iter().map(move |row| line(row, column)))
        .collect()
}

pub(super) fn direction(mark: Direction) -> &'static str {
    match mark {
        Direction::More => "more",
        Direction::Less => "less",
    }
}

pub(super) fn ends(interval: Option<Interval>) -> (Cell, Cell) {
    (
        interval.map(|interval| interval.low).into(),
        interval.map(|interval| interval.high).into(),
    )
}
