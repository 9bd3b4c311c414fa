//! Quality flags on results pages: how many responses have which, by which rules, and what changes without them.

use serde::Serialize;

use super::{
    outcome::{PageOutcome, QuestionOutcome},
    query::{ResultPage, ResultQuery},
    rows::Cell,
    snapshot::Snapshot,
};
use crate::{
    analysis::{
        filter::{Filter, Selection},
        frequency::{Figures, Frequency, frequency},
        quality::{
            FlagCounts, FlagFilter, LEAST_CHARACTERS, LEAST_TIMED, LONG_GRID, MANY_GRIDS, SEVERAL,
            SHORT_GRID, SLOWEST_SPEEDER, Timing,
        },
        schema::Layout,
        share::{Base, Share},
        themes::{Figure, Measure, ThemeTable, themes},
    },
    survey::ids::{Code, QuestionKey, ThemeKey},
};

/// The columns of the page's rows.
pub(super) const HEADER: &[&str] = &["figure", "flag", "count", "base", "value"];

/// Which responses are flagged, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QualityOutcome {
    /// Of those selected: how many have a flag, and which.
    #[serde(flatten)]
    pub counts: FlagCounts,
    /// How long people took, over all responses.
    pub timing: Timing,
    /// The bounds in force.
    pub rules: Rules,
}

/// The bounds of the flags, and what of them this survey has use for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// How many timed responses there must be before any is called fast.
    pub least_timed: u32,
    /// A response is fast under the median divided by this.
    pub speed_index: u32,
    /// The fewest rows of a grid that is looked at.
    pub short_grid: usize,
    /// How many of these with the same answer in every row are a sign.
    pub many_grids: usize,
    /// The rows of a grid that is a sign by itself.
    pub long_grid: usize,
    /// How many grids the survey has that are looked at.
    pub grids: usize,
    /// The fewest letters and digits of a text that is compared.
    pub least_characters: usize,
    /// How many responses must share it.
    pub several: usize,
    /// How many questions the survey has whose texts are compared.
    pub texts: usize,
    /// The checks of the newest version, by code.
    pub checks: Vec<Code>,
}

/// The figures of the page.
pub(super) fn quality(snapshot: &Snapshot, selection: &Selection) -> QualityOutcome {
    let dataset = &snapshot.dataset;
    let schema = dataset.schema();
    let is_grid =
        |layout: &Layout| matches!(layout, Layout::Grid { rows, .. } if rows.len() >= SHORT_GRID);
    let questions = schema.questions().iter();
    let checks = snapshot.definition.checks.iter();
    QualityOutcome {
        counts: dataset.quality().count(dataset, selection),
        timing: dataset.quality().timing(),
        rules: Rules {
            least_timed: LEAST_TIMED,
            speed_index: SLOWEST_SPEEDER,
            short_grid: SHORT_GRID,
            many_grids: MANY_GRIDS,
            long_grid: LONG_GRID,
            grids: questions.filter(|spec| is_grid(&spec.layout)).count(),
            least_characters: LEAST_CHARACTERS,
            several: SEVERAL,
            texts: schema.long_texts().len(),
            checks: checks.map(|check| check.code.clone()).collect(),
        },
    }
}

/// The rows of the page.
pub(super) fn rows(quality: &QualityOutcome) -> Vec<Vec<Cell>> {
    let share = |flag: &str, share: Share| {
        vec![
            "flagged".into(),
            flag.into(),
            share.count.into(),
            share.base.into(),
            share.value().into(),
        ]
    };
    let mut rows = vec![share("any", quality.counts.flagged)];
    let flags = quality.counts.by_flag.iter();
    rows.extend(flags.map(|(flag, of)| share(flag.word(), *of)));
    for (figure, value) in [
        ("median_seconds_a_question", quality.timing.median),
        ("fast_under_seconds_a_question", quality.timing.fast_under),
    ] {
        rows.push(vec![
            figure.into(),
            Cell::Empty,
            Cell::Empty,
            quality.timing.timed.into(),
            value.into(),
        ]);
    }
    rows
}

/// What a page would say without the flagged responses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WithoutFlagged {
    /// How many of those the page is about are flagged, or would be.
    pub flagged: u32,
    /// Whether the page leaves them out already.
    pub left_out: bool,
    /// The figure of the page that changes most, for each question of it; themes by area have one. Unweighted, of
    /// figures about enough people to rely on, with flagged responses and without.
    pub changes: Vec<Change>,
}

impl WithoutFlagged {
    /// Leaves out changes of questions whose figures may not be shown.
    pub fn keep_questions(&mut self, is_shown: impl Fn(&QuestionKey) -> bool) {
        self.changes.retain(|change| match &change.of {
            ChangedFigure::Answer { question, .. } => is_shown(question),
            ChangedFigure::Theme { .. } => true,
        });
    }

    /// The largest of the changes.
    #[must_use]
    pub fn largest(&self) -> Option<&Change> {
        self.changes
            .iter()
            .max_by(|one, other| one.size().total_cmp(&other.size()))
    }
}

/// A figure with flagged responses and without.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Which figure.
    pub of: ChangedFigure,
    /// With flagged responses. A share on 0..1, or a mean rank.
    pub with: f64,
    /// Without them.
    pub without: f64,
}

impl Change {
    /// How far apart they are.
    #[must_use]
    pub fn size(&self) -> f64 {
        (self.with - self.without).abs()
    }
}

/// Which figure changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "figure", rename_all = "snake_case")]
pub enum ChangedFigure {
    /// A share of a question's answers.
    Answer {
        /// The question.
        question: QuestionKey,
        /// The grid's row.
        row: Option<Code>,
        /// The choice, item or column; a point's number.
        answer: String,
    },
    /// A theme in a part of the place.
    Theme {
        /// The theme.
        theme: ThemeKey,
        /// The key of the part; none for the whole place.
        area: Option<String>,
        /// What is measured.
        measure: Measure,
    },
}

/// Compares a page with itself without flagged responses, or one without them with itself and them: nothing where the
/// address asks for the flagged alone, or nobody is flagged. Shares and ranks are compared without weights.
///
/// Only the flagged responses are counted, and taken away from the figures with them.
pub(super) fn without_flagged(
    query: &ResultQuery,
    snapshot: &Snapshot,
    page: &PageOutcome,
) -> Option<WithoutFlagged> {
    let left_out = match query.filter.quality {
        FlagFilter::All => false,
        FlagFilter::Unflagged => true,
        FlagFilter::Flagged => return None,
    };
    let dataset = &snapshot.dataset;
    let select = |quality: FlagFilter| {
        let filter = Filter {
            quality,
            ..query.filter.clone()
        };
        filter.select(dataset)
    };
    let flagged = select(FlagFilter::Flagged);
    if flagged.count() == 0 {
        return None;
    }
    // A page without flagged responses does not know the figures with them.
    let all = left_out.then(|| select(FlagFilter::All));
    let question = |outcome: &QuestionOutcome| {
        let shown = &outcome.frequency;
        let column = dataset.schema().position(&shown.question)?;
        let counted = all.as_ref().map(|all| frequency(dataset, all, column));
        let flagged = frequency(dataset, &flagged, column);
        largest(answers(counted.as_ref().unwrap_or(shown), &flagged))
    };
    let changes = match (page, &query.page) {
        (PageOutcome::Questions { questions }, _) => {
            questions.iter().filter_map(question).collect()
        }
        (PageOutcome::Question(one), _) => question(one).into_iter().collect(),
        (PageOutcome::Themes(outcome), ResultPage::Themes(view) | ResultPage::Maps(view)) => {
            let counted = |selection| themes(dataset, selection, view.measure, view.areas.0).ok();
            let with = all.as_ref().and_then(counted);
            let with = with.as_ref().or(outcome.table.as_ref());
            let of_flagged = counted(&flagged);
            let tables = with.zip(of_flagged.as_ref());
            let change = tables.and_then(|(all, flagged)| largest(cells(all, flagged)));
            change.into_iter().collect()
        }
        _ => Vec::new(),
    };
    Some(WithoutFlagged {
        flagged: u32::try_from(flagged.count()).unwrap_or(u32::MAX),
        left_out,
        changes,
    })
}

fn largest(changes: impl IntoIterator<Item = Change>) -> Option<Change> {
    let sizes = changes.into_iter().map(|change| (change.size(), change));
    let largest = sizes.max_by(|(one, _), (other, _)| one.total_cmp(other));
    largest.map(|(_, change)| change)
}

/// A share without some of those it is of; nothing where too few are left to rely on, with or without.
fn less(all: Share, flagged: Share) -> Option<(f64, f64)> {
    let left = Base(all.base.0.saturating_sub(flagged.base.0));
    let without = Share::new(all.count.saturating_sub(flagged.count), left);
    (!left.is_small()).then_some(())?;
    Some((all.value()?, without.value()?))
}

/// A mean without some of those it is of.
fn less_mean(all: (Option<f64>, Base), flagged: (Option<f64>, Base)) -> Option<(f64, f64)> {
    let (with, base) = (all.0?, f64::from(all.1.0));
    let left = Base(all.1.0.saturating_sub(flagged.1.0));
    (!left.is_small()).then_some(())?;
    let sum = with * base - flagged.0.unwrap_or(0.0) * f64::from(flagged.1.0);
    Some((with, sum / left.divisor()?))
}

/// The figures of a question that are shares, each with flagged responses and without.
fn answers(all: &Frequency, flagged: &Frequency) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |row: Option<&Code>, answer: String, values: Option<(f64, f64)>| {
        changes.extend(values.map(|(with, without)| Change {
            of: ChangedFigure::Answer {
                question: all.question.clone(),
                row: row.cloned(),
                answer,
            },
            with,
            without,
        }));
    };
    match (&all.figures, &flagged.figures) {
        (Figures::Single { options }, Figures::Single { options: fewer })
        | (Figures::Multiple { options, .. }, Figures::Multiple { options: fewer, .. }) => {
            for (option, flagged) in options.iter().zip(fewer) {
                add(
                    None,
                    option.code.to_string(),
                    less(option.share, flagged.share),
                );
            }
        }
        (Figures::Grid { rows }, Figures::Grid { rows: fewer }) => {
            for (row, flagged) in rows.iter().zip(fewer) {
                for (column, flagged) in row.columns.iter().zip(&flagged.columns) {
                    let values = less(column.share, flagged.share);
                    add(Some(&row.code), column.code.to_string(), values);
                }
            }
        }
        (Figures::Scale { points, .. }, Figures::Scale { points: fewer, .. })
        | (Figures::Number { points, .. }, Figures::Number { points: fewer, .. }) => {
            let find = |value: i64| fewer.iter().find(|point| point.value == value);
            for point in points {
                let none = Share::new(0, flagged.base);
                let flagged = find(point.value).map_or(none, |point| point.share);
                add(None, point.value.to_string(), less(point.share, flagged));
            }
        }
        (Figures::Ranking { items, .. }, Figures::Ranking { items: fewer, .. }) => {
            for (item, flagged) in items.iter().zip(fewer) {
                let values = less(item.top_three, flagged.top_three);
                add(None, item.code.to_string(), values);
            }
        }
        (Figures::Budget { items, purse }, Figures::Budget { items: fewer, .. }) => {
            let total = f64::from(purse.total);
            for (item, flagged) in items.iter().zip(fewer) {
                let (all, flagged) = (&item.amount.mean, &flagged.amount.mean);
                let values = less_mean((all.mean, all.base), (flagged.mean, flagged.base));
                let shares = values.map(|(with, without)| (with / total, without / total));
                add(None, item.code.to_string(), shares);
            }
        }
        _ => {}
    }
    changes
}

/// The cells of themes by area, each with flagged responses and without.
fn cells(all: &ThemeTable, flagged: &ThemeTable) -> Vec<Change> {
    let mut changes = Vec::new();
    for (row, less_row) in all.rows.iter().zip(&flagged.rows) {
        for ((cell, fewer), column) in row.cells.iter().zip(&less_row.cells).zip(&all.columns) {
            let values = match (&cell.figure, &fewer.figure) {
                (Figure::Share(all), Figure::Share(flagged)) => less(*all, *flagged),
                (all, flagged) => {
                    less_mean((all.value(), all.base()), (flagged.value(), flagged.base()))
                }
            };
            changes.extend(values.map(|(with, without)| Change {
                of: ChangedFigure::Theme {
                    theme: row.theme.clone(),
                    area: column.key.clone(),
                    measure: all.measure,
                },
                with,
                without,
            }));
        }
    }
    changes
}
