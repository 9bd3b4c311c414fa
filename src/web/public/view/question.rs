//! Questions as a page shows them, filled with what was typed or saved.

use uuid::Uuid;

use super::{Reader, choices, gaps::item_with_gaps};
use crate::{
    survey::{
        definition::{Choice, Kind, Page, Question},
        form::{Form, declines_apart},
        ids::QuestionKey,
        problem::{FieldError, Problem, unit_name},
        shuffle,
    },
    web::pages::{
        CellView, ColumnView, ErrorLink, KindView, PlaceView, QuestionView, RowView, ShareView,
        Tick,
    },
};

/// What a page of questions is shown with.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// How texts become words.
    pub reader: Reader<'a>,
    /// The page.
    pub page: &'a Page,
    /// The questions of the page that are shown, revealed ones aside.
    pub visible: &'a [&'a Question],
    /// What stands in the fields.
    pub form: &'a Form,
    /// What is wrong.
    pub errors: &'a [FieldError],
    /// What lists are shuffled by.
    pub seed: &'a Uuid,
    /// A question whose area was just found by its postcode.
    pub found: Option<&'a QuestionKey>,
    /// Whether gaps stand where each response sees items in an order of its own.
    pub with_gaps: bool,
}

/// An item of a ranking or a budget.
pub(super) struct Item {
    /// What is sent for it.
    pub(super) code: String,
    /// Its words as plain text.
    pub(super) plain: String,
    /// Its words as HTML.
    pub(super) line: String,
    /// A line of help, as HTML.
    pub(super) hint: Option<String>,
}

impl Shown<'_> {
    /// The items of a ranking or a budget in the order of the response.
    fn items(&self, question: &Question) -> Vec<Item> {
        let choices = shuffle::choices(self.seed, question);
        let item = |(place, choice): (usize, &Choice)| {
            if self.with_gaps && question.shuffles() {
                return item_with_gaps(self.page, question, place, choice.hint.is_some());
            }
            Item {
                code: choice.code.to_string(),
                plain: self.reader.plain(&choice.label),
                line: self.reader.line(&choice.label),
                hint: choice.hint.as_ref().map(|hint| self.reader.line(hint)),
            }
        };
        choices.into_iter().enumerate().map(item).collect()
    }

    /// What stands in a field.
    pub(super) fn typed(&self, name: &str) -> String {
        self.form.first(name).unwrap_or_default().to_owned()
    }

    /// Whether a field holds a value.
    pub(super) fn holds(&self, name: &str, value: &str) -> bool {
        self.form.values(name).any(|given| given == value)
    }

    /// What is wrong with a field, in words.
    pub(super) fn error_at(&self, field: &str) -> Option<String> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| self.words(error))
    }

    fn words(&self, error: &FieldError) -> String {
        let phrase = error.phrase(self.reader.definition, self.reader.speaker.lang);
        self.reader.filled(&self.reader.speaker.phrase(&phrase))
    }
}

/// What is wrong with the page, top to bottom.
#[must_use]
pub fn error_links(shown: &Shown<'_>) -> Vec<ErrorLink> {
    shown
        .errors
        .iter()
        .map(|error| ErrorLink {
            field: error.field.clone(),
            text: shown.words(error),
        })
        .collect()
}

/// The page's questions.
#[must_use]
pub fn question_views(shown: &Shown<'_>) -> Vec<QuestionView> {
    let questions: Vec<_> = shown
        .page
        .questions
        .iter()
        .filter(|question| {
            shown
                .visible
                .iter()
                .any(|visible| visible.key == question.key)
        })
        .collect();
    let is_alone = questions.len() == 1;
    questions
        .into_iter()
        .map(|question| {
            let mut view = question_view(shown, question, false);
            view.legend_is_heading =
                is_alone && question.asks() && question.label == shown.page.title;
            view
        })
        .collect()
}

/// One question with those that open under its choices.
pub(super) fn question_view(shown: &Shown<'_>, question: &Question, nested: bool) -> QuestionView {
    let reader = &shown.reader;
    let key = question.key.as_str();
    let declined = (question.prefer_not_to_say && declines_apart(question)).then(|| {
        let name = format!("{key}-declined");
        Tick {
            checked: shown.holds(&name, "1"),
            name,
        }
    });
    QuestionView {
        key: key.to_owned(),
        label: reader.line(&question.label),
        hint: question.hint.as_ref().map(|hint| reader.line(hint)),
        optional: !question.required && (nested || question.is_text()),
        error: own_error(shown, question),
        legend_is_heading: false,
        nested,
        why: question.sensitive.as_ref().map(|why| reader.line(why)),
        declined,
        kind: kind_view(shown, question),
    }
}

/// The error that stands at the question itself; those of rows, places and "other" stand at their fields.
fn own_error(shown: &Shown<'_>, question: &Question) -> Option<String> {
    let key = question.key.as_str();
    let mut own = shown
        .errors
        .iter()
        .filter(|error| error.question == question.key);
    match &question.kind {
        Kind::Grid { .. } => own.find(|error| error.problem.code().is_none() || error.field == key),
        Kind::Ranking { .. } => own.find(|error| error.problem.is_missing()),
        Kind::Postcode { .. } => own.find(|error| error.field == key),
        Kind::Single { .. } | Kind::Multiple { .. } => {
            own.find(|error| !error.field.ends_with("-text"))
        }
        _ => own.next(),
    }
    .map(|error| shown.words(error))
}

fn kind_view(shown: &Shown<'_>, question: &Question) -> KindView {
    let reader = &shown.reader;
    let key = question.key.as_str();
    match &question.kind {
        Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::Scale { .. }
        | Kind::Area { .. }
        | Kind::Postcode { .. } => choices::kind_view(shown, question),
        Kind::Grid { columns, .. } => grid(shown, question, columns),
        Kind::Ranking { places, .. } => {
            let items = shown.items(question);
            let places = (1..=usize::from(*places))
                .map(|number| {
                    let name = format!("{key}-{number}");
                    let mut options = vec![choices::no_option(shown, "ranking-choose")];
                    options.extend(
                        items.iter().map(|item| {
                            choices::option(shown, &name, &item.code, item.plain.clone())
                        }),
                    );
                    let is_missing =
                        |error: &&FieldError| error.field == name && !error.problem.is_missing();
                    let error = shown
                        .errors
                        .iter()
                        .find(is_missing)
                        .map(|error| shown.words(error));
                    PlaceView {
                        error,
                        options,
                        name,
                        number,
                    }
                })
                .collect();
            KindView::Ranking {
                places,
                items: items.len(),
            }
        }
        Kind::Budget { total, unit, .. } => budget(shown, question, *total, unit_name(*unit)),
        Kind::Number { suffix, .. } => KindView::Number {
            value: shown.typed(key),
            suffix: suffix.as_ref().map(|suffix| reader.plain(suffix)),
        },
        Kind::ShortText { max_length } => KindView::ShortText {
            value: shown.typed(key),
            max_length: *max_length,
        },
        Kind::LongText { max_length, rows } => KindView::LongText {
            value: shown.typed(key),
            max_length: *max_length,
            rows: *rows,
        },
        Kind::Date { .. } => date(shown, key),
        Kind::Email {} => KindView::Email {
            value: shown.typed(key),
        },
        Kind::Information { body } => KindView::Information {
            body: reader.paragraphs(body),
        },
    }
}

fn grid(shown: &Shown<'_>, question: &Question, columns: &[Choice]) -> KindView {
    let reader = &shown.reader;
    // An option set apart comes last, whatever its place in the definition.
    let (apart, scale): (Vec<_>, Vec<_>) = columns.iter().partition(|column| column.apart);
    let columns: Vec<_> = scale.into_iter().chain(apart).collect();
    let rows = shuffle::rows(shown.seed, question).into_iter().map(|row| {
        let name = format!("{}-{}", question.key, row.code);
        let cells = columns.iter().enumerate().map(|(at, column)| CellView {
            id: if at == 0 {
                name.clone()
            } else {
                format!("{name}-{}", column.code)
            },
            value: column.code.to_string(),
            label: reader.line(&column.label),
            checked: shown.holds(&name, column.code.as_str()),
            apart: column.apart,
        });
        RowView {
            cells: cells.collect(),
            label: reader.line(&row.label),
            // What is wrong with the whole grid stands above it, once.
            error: shown
                .errors
                .iter()
                .find(|error| error.field == name && error.problem.code().is_some())
                .map(|error| shown.words(error)),
            name,
        }
    });
    KindView::Grid {
        rows: rows.collect(),
        columns: columns
            .iter()
            .map(|column| ColumnView {
                label: reader.line(&column.label),
                apart: column.apart,
            })
            .collect(),
    }
}

fn budget(shown: &Shown<'_>, question: &Question, total: u32, unit: &'static str) -> KindView {
    let wrong = |name: &str| {
        shown
            .errors
            .iter()
            .any(|error| error.question == question.key && error.field == name)
    };
    let items: Vec<_> = shown
        .items(question)
        .into_iter()
        .map(|item| {
            let name = format!("{}-{}", question.key, item.code);
            ShareView {
                value: shown.typed(&name),
                label: item.line,
                hint: item.hint,
                wrong: wrong(&name),
                name,
            }
        })
        .collect();
    let used: i64 = items
        .iter()
        .filter_map(|item| item.value.trim().parse::<i64>().ok())
        .fold(0, i64::saturating_add);
    KindView::Budget {
        total,
        used,
        left: i64::from(total).saturating_sub(used),
        unit,
        items,
    }
}

fn date(shown: &Shown<'_>, key: &str) -> KindView {
    let part = |part: &str| shown.typed(&format!("{key}-{part}"));
    let parts = ["day", "month", "year"];
    let own = shown
        .errors
        .iter()
        .find(|error| error.question.as_str() == key);
    let wrong = match own {
        None => Vec::new(),
        Some(error) => {
            let is_wrong = |part: &&'static str| match &error.problem {
                Problem::DateIncomplete(missing) => match *part {
                    "day" => missing.day,
                    "month" => missing.month,
                    _ => missing.year,
                },
                Problem::DateYear => *part == "year",
                _ => true,
            };
            parts.into_iter().filter(is_wrong).collect()
        }
    };
    KindView::Date {
        day: part("day"),
        month: part("month"),
        year: part("year"),
        wrong,
    }
}
