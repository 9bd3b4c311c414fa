//! Rules about one question: what its kind allows, and numbers that fit together.

use super::{Findings, Located, Spot, list_name};
use crate::survey::definition::{Choice, Display, Kind, Question, Unit};

/// The most points of a scale: more radios than this can't be told apart on a phone.
const MOST_POINTS: i64 = 21;
const MOST_SHORT: u32 = 1_000;
const MOST_LONG: u32 = 20_000;
const MOST_LINES: u8 = 30;
const MOST_TOTAL: u32 = 1_000_000;

pub(super) fn lint(entry: &Located<'_>, findings: &mut Findings) {
    let (question, spot) = (entry.question, &entry.spot);
    kind(question, spot, findings);
    choices(entry, findings);
    marks(entry, findings);
}

fn marks(entry: &Located<'_>, findings: &mut Findings) {
    let (question, spot) = (entry.question, &entry.spot);
    if !question.asks() {
        let marks = [
            (question.required, "required"),
            (question.prefer_not_to_say, "prefer_not_to_say"),
            (question.sensitive.is_some(), "sensitive"),
        ];
        for (_, field) in marks.into_iter().filter(|(there, _)| *there) {
            findings.error(
                &spot.at(field),
                "information asks nothing",
                format!("remove `{field}`"),
            );
        }
        return;
    }
    // Under a choice of a question that can be declined, an empty field says as much.
    let can_decline = question.prefer_not_to_say
        || (!question.required
            && entry
                .revealed_by
                .is_some_and(|(parent, _)| parent.prefer_not_to_say));
    if question.sensitive.is_some() && !can_decline {
        findings.error(
            spot,
            "a sensitive question must let people decline",
            "add `prefer_not_to_say: true`",
        );
    }
    if question.required_message.is_some() && !question.required {
        findings.warning(
            &spot.at("required_message"),
            "the message is never shown, as no answer is needed",
            "add `required: true` or remove the message",
        );
    }
}

/// Results part a scale in two only where every column on it says where it stands.
fn sides(columns: &[Choice], spot: &Spot, findings: &mut Findings) {
    let on_scale = columns.iter().filter(|column| !column.apart);
    let has_side = |column: &&Choice| column.side.is_some();
    if columns.iter().any(|column| column.side.is_some()) && !on_scale.clone().all(|c| has_side(&c))
    {
        findings.warning(
            &spot.at("columns"),
            "some columns have a `side` and others do not, so that results leave it aside",
            "give each column that is not apart a `side`, or none",
        );
    }
}

fn kind(question: &Question, spot: &Spot, findings: &mut Findings) {
    match &question.kind {
        Kind::Single { choices, .. } => at_least(2, choices.len(), spot, "choices", findings),
        Kind::Multiple {
            choices, min, max, ..
        } => {
            at_least(2, choices.len(), spot, "choices", findings);
            let free = choices.iter().filter(|choice| !choice.exclusive).count();
            if free == 0 && !choices.is_empty() {
                findings.error(
                    &spot.at("choices"),
                    "every choice rules out all others",
                    "take `exclusive` from some, or make it a single choice",
                );
            }
            count(
                *min,
                free,
                spot,
                "min",
                "choices that can be ticked together",
                findings,
            );
            count(
                *max,
                free,
                spot,
                "max",
                "choices that can be ticked together",
                findings,
            );
            in_order(*min, *max, spot, findings);
        }
        Kind::Grid { rows, columns, .. } => {
            at_least(1, rows.len(), spot, "rows", findings);
            at_least(2, columns.len(), spot, "columns", findings);
            sides(columns, spot, findings);
        }
        Kind::Scale { min, max, .. } => {
            in_order(Some(min), Some(max), spot, findings);
            let points = i64::from(*max) - i64::from(*min) + 1;
            if points == 1 {
                findings.error(
                    &spot.at("max"),
                    "the scale has one point",
                    "write a larger max",
                );
            }
            if points > MOST_POINTS {
                findings.error(
                    &spot.at("max"),
                    format!("the scale has {points} points"),
                    format!("use {MOST_POINTS} at most, or ask for a number"),
                );
            }
        }
        Kind::Ranking {
            items, places, min, ..
        } => {
            at_least(2, items.len(), spot, "items", findings);
            count(
                Some(*places),
                items.len(),
                spot,
                "places",
                "items",
                findings,
            );
            count(*min, usize::from(*places), spot, "min", "places", findings);
        }
        Kind::Budget {
            items, total, unit, ..
        } => {
            at_least(2, items.len(), spot, "items", findings);
            let spot = spot.at("total");
            if *total == 0 {
                findings.error(&spot, "there is nothing to share", "write a total above 0");
            } else if *unit == Unit::Percent && *total != 100 {
                findings.error(
                    &spot,
                    format!("per cents add up to 100, not {total}"),
                    "write 100 or another unit",
                );
            } else if *total > MOST_TOTAL {
                findings.error(
                    &spot,
                    format!("a total of {total} is hard to share by hand"),
                    format!("write {MOST_TOTAL} at most"),
                );
            }
        }
        Kind::Number { min, max, .. } => in_order(*min, *max, spot, findings),
        Kind::ShortText { max_length } => length(*max_length, MOST_SHORT, spot, findings),
        Kind::LongText { max_length, rows } => {
            length(*max_length, MOST_LONG, spot, findings);
            if !(1..=MOST_LINES).contains(rows) {
                findings.error(
                    &spot.at("rows"),
                    format!("a box of {rows} lines can't be used"),
                    format!("write a number from 1 to {MOST_LINES}"),
                );
            }
        }
        Kind::Date { min, max } => in_order(*min, *max, spot, findings),
        Kind::Email {} | Kind::Postcode { .. } | Kind::Area { .. } | Kind::Information { .. } => {}
    }
}

fn at_least(least: usize, count: usize, spot: &Spot, list: &str, findings: &mut Findings) {
    if count < least {
        findings.error(
            &spot.at(list),
            format!("it has {count} {list}"),
            format!("add {list} until there are {least} at least"),
        );
    }
}

fn count(
    number: Option<u8>,
    most: usize,
    spot: &Spot,
    field: &str,
    of: &str,
    findings: &mut Findings,
) {
    let Some(number) = number else { return };
    if number == 0 {
        findings.error(
            &spot.at(field),
            "0 means nothing here",
            "write 1 or more, or leave it out",
        );
    } else if usize::from(number) > most {
        findings.error(
            &spot.at(field),
            format!("{number} is more than the {most} {of}"),
            format!("write {most} at most"),
        );
    }
}

fn in_order<T: PartialOrd + std::fmt::Display>(
    min: Option<T>,
    max: Option<T>,
    spot: &Spot,
    findings: &mut Findings,
) {
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        findings.error(
            &spot.at("min"),
            format!("min ({min}) is above max ({max})"),
            "exchange them or mend one",
        );
    }
}

fn length(length: u32, most: u32, spot: &Spot, findings: &mut Findings) {
    if !(1..=most).contains(&length) {
        findings.error(
            &spot.at("max_length"),
            format!("{length} characters can't be asked for"),
            format!("write a number from 1 to {most}"),
        );
    }
}

fn choices(entry: &Located<'_>, findings: &mut Findings) {
    let question = entry.question;
    let list = list_name(&question.kind);
    for (index, choice) in question.choices().iter().enumerate() {
        let spot = entry.spot.entry(list, index, &choice.code);
        choice_of(&question.kind, choice, &spot, findings);
        if entry.depth > 0 && !choice.reveals.is_empty() {
            findings.error(
                &spot.at("reveals"),
                "a revealed question can't reveal another",
                "move the inner question to a later page with `show_when`",
            );
        }
    }
}

fn choice_of(kind: &Kind, choice: &Choice, spot: &Spot, findings: &mut Findings) {
    if choice.exclusive && !matches!(kind, Kind::Multiple { .. }) {
        findings.error(
            &spot.at("exclusive"),
            "only a multiple choice has choices that rule out others",
            "remove `exclusive`; to keep it last, use `apart`",
        );
    }
    let opens = [
        (!choice.reveals.is_empty(), "reveals"),
        (choice.other.is_some(), "other"),
    ];
    for (_, field) in opens.into_iter().filter(|(there, _)| *there) {
        match kind {
            Kind::Multiple { .. }
            | Kind::Single {
                display: Display::Radios,
                ..
            } => {}
            Kind::Single { .. } => findings.error(
                &spot.at(field),
                "nothing can open under an entry of a drop-down list",
                "use `display: radios`",
            ),
            _ => findings.error(
                &spot.at(field),
                format!(
                    "nothing opens under the {} of a {}",
                    list_name(kind),
                    kind.name()
                ),
                format!("remove `{field}`, or ask a single or multiple choice"),
            ),
        }
    }
}
