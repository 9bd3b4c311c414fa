//! A question's form, read into a question.

use super::{
    drafting::Drafting,
    forming::Reading,
    front::{change_rows, row_count},
    question_fields::list_name,
    routing,
    themes::new_lines,
};
use crate::{
    survey::{
        definition::{Choice, Display, Kind, Question, Row, ScaleSide, Unit},
        edit::{choices_mut, code_from, converted, new_choice, new_row},
        ids::Code,
        text::Text,
    },
    web::errors::PageError,
};

/// The question that a form says, in the place of `saved`: what opens under its choices stays.
pub(super) fn read(
    drafting: &Drafting<'_>,
    reading: &mut Reading<'_>,
    saved: &Question,
) -> Result<Question, PageError> {
    let mut question = Question {
        key: saved.key.clone(),
        label: reading.needed_text("label"),
        short: reading.text("short"),
        hint: reading.text("hint"),
        required: reading.ticked("required"),
        required_message: reading.text("required_message"),
        show_when: routing::read(drafting, reading, saved.show_when.as_ref()),
        theme: reading.name("theme", "edit-key-wrong"),
        sensitive: reading.text("sensitive"),
        prefer_not_to_say: reading.ticked("prefer_not_to_say"),
        kind: kind(reading, &saved.kind),
    };
    if let Some(list) = list_name(&saved.kind) {
        let read = choices(reading, saved, list);
        if let Some(choices) = choices_mut(&mut question.kind) {
            *choices = read;
            change_rows(choices, list, reading.form.first("do").unwrap_or_default());
            for line in new_lines(reading.form, &format!("{list}.new")) {
                let code = new_code(&line, choices.iter().map(|choice| &choice.code))?;
                let label = Text([(drafting.fallback.clone(), line)].into());
                choices.push(new_choice(code, label));
            }
        }
    }
    if let Kind::Grid { rows, .. } = &mut question.kind {
        change_rows(rows, "rows", reading.form.first("do").unwrap_or_default());
        for line in new_lines(reading.form, "rows.new") {
            let code = new_code(&line, rows.iter().map(|row| &row.code))?;
            let label = Text([(drafting.fallback.clone(), line)].into());
            rows.push(new_row(code, label));
        }
    }
    let wanted = reading.raw("kind").to_owned();
    if let Some(kind) = converted(&question.kind, &wanted, &drafting.fallback) {
        question.kind = kind;
    } else {
        reading.wrong("kind", "edit-kind-wrong");
    }
    if !question.asks() {
        question.required = false;
        question.prefer_not_to_say = false;
        question.sensitive = None;
        question.required_message = None;
    }
    Ok(question)
}

fn new_code<'c>(line: &str, taken: impl Iterator<Item = &'c Code>) -> Result<Code, PageError> {
    let taken: Vec<&Code> = taken.collect();
    code_from(line, &taken).map_err(|error| PageError::Unprocessable(error.to_string()))
}

/// The kind with its own fields, its lists apart.
fn kind(reading: &mut Reading<'_>, saved: &Kind) -> Kind {
    let mut kind = saved.clone();
    match &mut kind {
        Kind::Single {
            display, shuffle, ..
        } => {
            *display = if reading.raw("display") == "select" {
                Display::Select
            } else {
                Display::Radios
            };
            *shuffle = reading.ticked("shuffle");
        }
        Kind::Multiple {
            min, max, shuffle, ..
        } => {
            *min = reading.number("min");
            *max = reading.number("max");
            *shuffle = reading.ticked("shuffle");
        }
        Kind::Grid { rows, shuffle, .. } => {
            *shuffle = reading.ticked("shuffle");
            *rows = grid_rows(reading);
        }
        Kind::Scale {
            min,
            max,
            min_label,
            max_label,
            dont_know,
        } => {
            *min = reading.needed_number("min");
            *max = reading.needed_number("max");
            *min_label = reading.needed_text("min_label");
            *max_label = reading.needed_text("max_label");
            *dont_know = reading.ticked("dont_know");
        }
        Kind::Ranking {
            places,
            min,
            shuffle,
            ..
        } => {
            *places = reading.needed_number("places");
            *min = reading.number("min");
            *shuffle = reading.ticked("shuffle");
        }
        Kind::Budget {
            total,
            unit,
            shuffle,
            ..
        } => {
            *total = reading.needed_number("total");
            *unit = match reading.raw("unit") {
                "percent" => Unit::Percent,
                "points" => Unit::Points,
                _ => Unit::Pounds,
            };
            *shuffle = reading.ticked("shuffle");
        }
        Kind::Number { min, max, suffix } => {
            *min = reading.number("min");
            *max = reading.number("max");
            *suffix = reading.text("suffix");
        }
        Kind::ShortText { max_length } => *max_length = reading.needed_number("max_length"),
        Kind::LongText { max_length, rows } => {
            *max_length = reading.needed_number("max_length");
            *rows = reading.needed_number("rows");
        }
        Kind::Date { min, max } => {
            *min = reading.name("min", "edit-day-wrong");
            *max = reading.name("max", "edit-day-wrong");
        }
        Kind::Email {} => {}
        Kind::Postcode { outside } | Kind::Area { outside } => *outside = reading.text("outside"),
        Kind::Information { body } => *body = reading.needed_text("body"),
    }
    kind
}

fn grid_rows(reading: &mut Reading<'_>) -> Vec<Row> {
    let count = row_count(reading.form, "rows", "code");
    let mut rows: Vec<Row> = Vec::new();
    for at in 0..count {
        let field = format!("rows.{at}.code");
        let Some(code) = code(reading, &field, rows.iter().map(|row| &row.code)) else {
            continue;
        };
        rows.push(Row {
            code,
            label: reading.needed_text(&format!("rows.{at}.label")),
            theme: reading.name(&format!("rows.{at}.theme"), "edit-key-wrong"),
        });
    }
    rows
}

/// A code that is one, and not another's of the same list.
fn code<'c>(
    reading: &mut Reading<'_>,
    field: &str,
    taken: impl Iterator<Item = &'c Code>,
) -> Option<Code> {
    let given = Code::new(reading.raw(field)).ok();
    let is_taken = given
        .as_ref()
        .is_some_and(|code| taken.into_iter().any(|other| other == code));
    if given.is_none() || is_taken {
        reading.wrong(
            field,
            if is_taken {
                "edit-code-taken"
            } else {
                "edit-code-wrong"
            },
        );
        return None;
    }
    given
}

fn choices(reading: &mut Reading<'_>, saved: &Question, list: &str) -> Vec<Choice> {
    let count = row_count(reading.form, list, "code");
    let mut choices: Vec<Choice> = Vec::new();
    for at in 0..count {
        let name = |field: &str| format!("{list}.{at}.{field}");
        let Some(code) = code(
            reading,
            &name("code"),
            choices.iter().map(|choice| &choice.code),
        ) else {
            continue;
        };
        // What opens under a choice goes with its code; where the code itself is changed, with its place.
        let before = saved.choice(&code).or_else(|| {
            let old = saved.choices().get(at)?;
            let is_kept =
                (0..count).any(|at| reading.raw(&format!("{list}.{at}.code")) == old.code.as_str());
            (!is_kept).then_some(old)
        });
        choices.push(Choice {
            label: reading.needed_text(&name("label")),
            hint: reading.text(&name("hint")),
            theme: reading.name(&name("theme"), "edit-key-wrong"),
            exclusive: reading.ticked(&name("exclusive")),
            apart: reading.ticked(&name("apart")),
            side: match reading.raw(&name("side")) {
                "favourable" => Some(ScaleSide::Favourable),
                "neutral" => Some(ScaleSide::Neutral),
                "unfavourable" => Some(ScaleSide::Unfavourable),
                _ => None,
            },
            other: reading.text(&name("other")),
            reveals: before
                .map(|choice| choice.reveals.clone())
                .unwrap_or_default(),
            code,
        });
    }
    choices
}
