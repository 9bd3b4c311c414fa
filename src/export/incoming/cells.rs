//! One question's cells → the fields a browser would send for the same answer.

use std::{borrow::Cow, collections::BTreeMap};

use jiff::civil::Date;

use super::{
    fault::{Fault, Reason},
    row::Rules,
};
use crate::{
    export::{
        answers::{DECLINED, DONT_KNOW, INVALID, NOT_ASKED, UNRANKED},
        csv::unguarded,
        layout::Slot,
    },
    survey::{
        definition::{Choice, Kind, Question},
        form::{self, declines_apart},
        ids::Code,
    },
};

/// What the cells of one question come to.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// The pairs of a form.
    pub(super) pairs: Vec<(String, String)>,
    /// What is wrong with cells; then no pairs are to be looked at.
    pub(super) faults: Vec<Fault>,
    /// A budget that doesn't add up, where those are kept.
    pub(super) uneven: Option<BTreeMap<Code, u32>>,
    /// The columns in which something is answered.
    pub(super) given: Vec<usize>,
}

/// The cells of a row, as text.
#[derive(Debug)]
pub(super) struct RowCells<'a> {
    pub(super) names: &'a [String],
    pub(super) cells: Vec<&'a str>,
}

impl RowCells<'_> {
    /// A cell without blanks at its ends; empty, if there is no such column.
    pub(super) fn trimmed(&self, place: Option<usize>) -> &str {
        place
            .and_then(|place| self.cells.get(place))
            .map_or("", |cell| cell.trim())
    }

    /// Whether the cell says something about an answer.
    pub(super) fn is_given(&self, place: usize) -> bool {
        !matches!(read(self.cells[place]), Given::Nothing)
    }
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given<'a> {
    /// Not answered, or not asked.
    Nothing,
    Declined,
    DontKnow,
    Unranked,
    /// Whoever wrote the file could not read the answer.
    Unread,
    /// An answer, as it is written.
    Value(&'a str),
}

fn read(cell: &str) -> Given<'_> {
    match cell.trim() {
        "" | NOT_ASKED => Given::Nothing,
        DECLINED => Given::Declined,
        DONT_KNOW => Given::DontKnow,
        UNRANKED => Given::Unranked,
        INVALID => Given::Unread,
        _ => Given::Value(cell),
    }
}

/// The fields of a question.
pub(super) fn fields(
    question: &Question,
    columns: &[(usize, Slot)],
    row: &RowCells<'_>,
    rules: Rules,
) -> Fields {
    let mut reading = Reading {
        question,
        row,
        fields: Fields::default(),
        declined: Vec::new(),
        values: Vec::new(),
    };
    for (place, slot) in columns {
        match read(row.cells[*place]) {
            Given::Nothing => {}
            Given::Unread => reading.fault(*place, Reason::Unread),
            Given::Declined => reading.declined.push(*place),
            Given::DontKnow => reading.dont_know(*place, slot),
            Given::Unranked if matches!(slot, Slot::Rank(_)) => {}
            Given::Unranked => reading.fault(*place, Reason::NotOffered),
            Given::Value(cell) => reading.values.push((*place, slot, cell)),
        }
    }
    reading.take_declined();
    reading.take_values(columns, rules);
    reading.fields
}

struct Reading<'a> {
    question: &'a Question,
    row: &'a RowCells<'a>,
    fields: Fields,
    declined: Vec<usize>,
    values: Vec<(usize, &'a Slot, &'a str)>,
}

impl Reading<'_> {
    fn fault(&mut self, place: usize, reason: Reason) {
        self.fields.faults.push(Fault {
            column: self.row.names[place].clone(),
            reason,
        });
    }

    fn pair(&mut self, place: usize, field: impl Into<String>, value: impl Into<String>) {
        self.fields.given.push(place);
        self.fields.pairs.push((field.into(), value.into()));
    }

    fn key(&self) -> String {
        self.question.key.to_string()
    }

    fn dont_know(&mut self, place: usize, slot: &Slot) {
        match slot {
            Slot::Whole if matches!(self.question.kind, Kind::Scale { .. }) => {
                self.pair(place, self.key(), form::DONT_KNOW);
            }
            _ => self.fault(place, Reason::NotOffered),
        }
    }

    fn take_declined(&mut self) {
        let Some(first) = self.declined.first().copied() else {
            return;
        };
        if !self.question.prefer_not_to_say {
            return self.fault(first, Reason::NotOffered);
        }
        // A multiple choice of which some cells say 0 is not declined as a whole.
        let mixed = self.values.first().map(|(place, ..)| *place);
        if let Some(place) = mixed {
            return self.fault(place, Reason::Mixed);
        }
        if declines_apart(self.question) {
            self.pair(first, format!("{}-declined", self.question.key), "1");
        } else {
            self.pair(first, self.key(), form::DECLINED);
        }
    }

    fn take_values(&mut self, columns: &[(usize, Slot)], rules: Rules) {
        if let Kind::Budget { total, .. } = &self.question.kind {
            self.budget(columns, *total, rules);
        }
        let key = self.question.key.clone();
        let mut places = Vec::new();
        for (place, slot, cell) in std::mem::take(&mut self.values) {
            match slot {
                Slot::Whole => self.whole(place, cell),
                Slot::Ticked(code) => match cell.trim() {
                    "1" => self.pair(place, self.key(), code.as_str()),
                    "0" => {}
                    _ => self.fault(place, Reason::NotTicked),
                },
                Slot::Row(line) => {
                    let code = code_of(cell, self.question.choices()).into_owned();
                    self.pair(place, format!("{key}-{line}"), code);
                }
                Slot::Rank(item) => self.rank(place, item, cell, &mut places),
                Slot::Share(item) => self.pair(place, format!("{key}-{item}"), cell.trim()),
                Slot::OtherText(code) => {
                    self.pair(place, format!("{key}-{code}-text"), unguarded(cell));
                }
            }
        }
    }

    fn whole(&mut self, place: usize, cell: &str) {
        let key = self.key();
        match &self.question.kind {
            Kind::Single { choices, .. } => {
                let code = code_of(cell, choices).into_owned();
                self.pair(place, key, code);
            }
            Kind::ShortText { .. } | Kind::LongText { .. } | Kind::Email {} => {
                self.pair(place, key, unguarded(cell));
            }
            Kind::Date { .. } => match cell.trim().parse::<Date>() {
                Ok(day) if day.to_string() == cell.trim() => {
                    self.pair(place, format!("{key}-day"), day.day().to_string());
                    self.pair(place, format!("{key}-month"), day.month().to_string());
                    self.pair(place, format!("{key}-year"), format!("{:04}", day.year()));
                }
                _ => self.fault(place, Reason::NotDay),
            },
            _ => self.pair(place, key, cell.trim()),
        }
    }

    fn rank(&mut self, place: usize, item: &Code, cell: &str, places: &mut Vec<u8>) {
        let Kind::Ranking { places: most, .. } = self.question.kind else {
            return;
        };
        match cell.trim().parse::<u8>() {
            Ok(rank) if places.contains(&rank) => self.fault(place, Reason::PlaceTwice),
            Ok(rank) if (1..=most).contains(&rank) => {
                places.push(rank);
                let field = format!("{}-{rank}", self.question.key);
                self.pair(place, field, item.as_str());
            }
            _ => self.fault(place, Reason::NotPlace { places: most }),
        }
    }

    /// A blank share is no share of 0: in a file it means that nothing is known. Where budgets that don't add up are
    /// kept, one takes the way past the form, because no form lets it through.
    fn budget(&mut self, columns: &[(usize, Slot)], total: u32, rules: Rules) {
        if self.values.is_empty() {
            return;
        }
        if rules.keep_uneven_budgets
            && let Some(shares) = shares(&self.values)
            && shares.values().all(|share| *share <= total)
            && shares.values().map(|share| u64::from(*share)).sum::<u64>() != u64::from(total)
        {
            self.fields.given = self.values.iter().map(|(place, ..)| *place).collect();
            self.fields.uneven = Some(shares);
            self.values.clear();
            return;
        }
        let missing = columns
            .iter()
            .map(|(place, _)| *place)
            .filter(|place| self.values.iter().all(|(given, ..)| given != place));
        for place in missing.collect::<Vec<_>>() {
            self.fault(place, Reason::ShareMissing);
        }
    }
}

fn shares(values: &[(usize, &Slot, &str)]) -> Option<BTreeMap<Code, u32>> {
    values
        .iter()
        .map(|(_, slot, cell)| match slot {
            Slot::Share(item) => Some((item.clone(), cell.trim().parse().ok()?)),
            _ => None,
        })
        .collect()
}

/// The code that a cell means: as it is written, or else the one code it becomes when hyphens, blanks and slashes are
/// `_` and a `+` at its end is `_plus` (`16-24` is `16_24`, `75+` is `75_plus`).
fn code_of<'a>(cell: &'a str, choices: &[Choice]) -> Cow<'a, str> {
    let cell = cell.trim();
    let is_offered = |code: &str| choices.iter().any(|choice| choice.code.as_str() == code);
    if is_offered(cell) {
        return Cow::Borrowed(cell);
    }
    let (stem, ending) = match cell.strip_suffix('+') {
        Some(stem) => (stem, "_plus"),
        None => (cell, ""),
    };
    let plain: String = stem
        .chars()
        .map(|c| {
            if matches!(c, '-' | '–' | ' ' | '/') {
                '_'
            } else {
                c
            }
        })
        .chain(ending.chars())
        .collect();
    if is_offered(&plain) {
        Cow::Owned(plain)
    } else {
        Cow::Borrowed(cell)
    }
}
