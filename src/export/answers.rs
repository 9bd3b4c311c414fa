//! One submitted response → one row of cells, under the columns of a [`Layout`].
//!
//! What is missing is told apart: an empty cell (asked, not answered) and the words below. No code of an answer begins
//! with `_`, and a text that does is guarded, so none of them can be mistaken for an answer.

use std::{borrow::Cow, collections::HashSet};

use jiff::{Timestamp, fmt::temporal::DateTimePrinter};
use uuid::Uuid;

use super::{
    csv::Cell,
    layout::{Layout, Plan, Planned, Slot, Values},
};
use crate::{
    analysis::{
        dataset::{Channel, Flags},
        quality::Flag,
    },
    geography::{Group, Grouping, Place},
    survey::{
        answers::{Answer, Answers, TextKey},
        definition::{Definition, Kind, OUTSIDE, Question},
        ids::{Code, Lang, QuestionKey},
        journey::{Journey, SavedPages},
        text::Text,
    },
};

/// The question, row, item or text field was not shown to this person, or not in their version.
pub const NOT_ASKED: &str = "_not_asked";
/// "Prefer not to say".
pub const DECLINED: &str = "_declined";
/// "Don't know" on a scale.
pub const DONT_KNOW: &str = "_dont_know";
/// The ranking was answered, and this item was given no place.
pub const UNRANKED: &str = "_unranked";
/// What is stored doesn't fit the question.
pub const INVALID: &str = "_invalid";

/// A submitted response. Times are unix microseconds.
#[derive(Debug, Clone, Copy)]
pub struct ExportRow<'a> {
    /// Its identity.
    pub id: Uuid,
    /// What the resident quotes.
    pub reference: Option<&'a str>,
    /// The number of the version answered.
    pub version: u32,
    /// How it came in.
    pub channel: Channel,
    /// The language it was answered in.
    pub language: &'a str,
    /// When it was started.
    pub started_at: i64,
    /// When it was submitted.
    pub submitted_at: i64,
    /// Whether a program made it up.
    pub simulated: bool,
    /// Its marks.
    pub flags: Flags,
    /// The answers, without those the layout leaves out.
    pub answers: &'a Answers,
}

/// Why a response can't be put in a row. It never quotes an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// The file was laid out without the version answered.
    #[error("response {id} answers version {version}, which this file was not laid out for")]
    UnknownVersion {
        /// The response.
        id: Uuid,
        /// The version's number.
        version: u32,
    },
}

impl Layout {
    /// The cells of a response, in the order of [`Layout::header`].
    ///
    /// # Errors
    /// [`RowError`].
    pub fn row<'a>(
        &'a self,
        place: &'a Place,
        row: &ExportRow<'a>,
    ) -> Result<Vec<Cell<'a>>, RowError> {
        let plan = self
            .plans
            .get(&row.version)
            .ok_or(RowError::UnknownVersion {
                id: row.id,
                version: row.version,
            })?;
        let asked = asked(&plan.definition, row.answers);
        let mut cells = about_response(row);
        if self.has_area {
            cells.extend(self.about_area(place, plan, row.answers, &asked));
        }
        let first = cells.len();
        cells.resize(first + self.names.len(), Cell::word(NOT_ASKED));
        for (question, planned) in plan.definition.questions().zip(&plan.questions) {
            let answered = Answered {
                layout: self,
                place,
                definition: &plan.definition,
                question,
                answers: row.answers,
                answer: row.answers.values.get(&question.key),
                unanswered: unanswered(question, planned, &asked),
            };
            for (at, slot) in &planned.slots {
                cells[first + at] = answered.cell(slot);
            }
        }
        Ok(cells)
    }

    fn about_area<'a>(
        &self,
        place: &'a Place,
        plan: &'a Plan,
        answers: &'a Answers,
        asked: &HashSet<&QuestionKey>,
    ) -> [Cell<'a>; 3] {
        let mut pairs = plan.definition.questions().zip(&plan.questions);
        let role = plan.definition.roles.area.as_ref();
        let found = role.and_then(|key| pairs.find(|(question, _)| question.key == *key));
        let Some((question, planned)) = found else {
            return [const { Cell::Word(Cow::Borrowed(NOT_ASKED)) }; 3];
        };
        let all = |cell: Cell<'a>| [cell.clone(), cell.clone(), cell];
        let code = match answers.values.get(&question.key) {
            None => return all(unanswered(question, planned, asked)),
            Some(Answer::Declined) => return all(Cell::word(DECLINED)),
            Some(Answer::One(code)) => code,
            Some(_) => return all(Cell::word(INVALID)),
        };
        let Some(area) = place.area(code) else {
            return all(Cell::word(code.as_str()));
        };
        let group = |grouping, key: &'a str| match (&self.values, place.find_group(grouping, key)) {
            (Values::Labels(_), Some(Group { name, .. })) => Cell::text(name.as_str()),
            _ => Cell::word(key),
        };
        [
            Cell::text(area.name.as_str()),
            group(Grouping::Csp, area.csp.as_str()),
            group(Grouping::PolicingArea, area.policing_area.as_str()),
        ]
    }
}

/// The questions that were put to a person, judged as the journey judges.
fn asked<'a>(definition: &'a Definition, answers: &'a Answers) -> HashSet<&'a QuestionKey> {
    let journey = Journey::new(definition, answers, &SavedPages::default());
    journey
        .pages()
        .flat_map(|page| journey.visible_questions(&page.key))
        .map(|question| &question.key)
        .collect()
}

/// The cell of a question without an answer.
fn unanswered<'a>(
    question: &Question,
    planned: &Planned,
    asked: &HashSet<&QuestionKey>,
) -> Cell<'a> {
    if asked.contains(&question.key) || planned.is_asked_unsure {
        Cell::Empty
    } else {
        Cell::word(NOT_ASKED)
    }
}

fn about_response<'a>(row: &ExportRow<'a>) -> Vec<Cell<'a>> {
    vec![
        Cell::word(row.id.to_string()),
        row.reference.map_or(Cell::Empty, Cell::word),
        Cell::Whole(i64::from(row.version)),
        Cell::word(row.channel.word()),
        Cell::word(row.language),
        moment(row.started_at),
        moment(row.submitted_at),
        Cell::Whole((row.submitted_at - row.started_at).div_euclid(1_000_000)),
        flag(row.simulated),
        marks(row.flags),
    ]
}

/// To the second, in UTC.
fn moment<'a>(micros: i64) -> Cell<'a> {
    const PRINTER: DateTimePrinter = DateTimePrinter::new().precision(Some(0));
    Timestamp::from_microsecond(micros).map_or(Cell::Empty, |moment| {
        Cell::word(PRINTER.timestamp_to_string(&moment))
    })
}

fn flag<'a>(is_so: bool) -> Cell<'a> {
    Cell::Whole(i64::from(is_so))
}

/// The words of its marks with a space between; empty where there is none.
fn marks<'a>(flags: Flags) -> Cell<'a> {
    let words: Vec<&str> = Flag::of(flags.bits()).map(Flag::word).collect();
    match words.as_slice() {
        [] => Cell::Empty,
        words => Cell::word(words.join(" ")),
    }
}

/// A question of one response, with what was answered.
struct Answered<'a> {
    layout: &'a Layout,
    place: &'a Place,
    definition: &'a Definition,
    question: &'a Question,
    answers: &'a Answers,
    answer: Option<&'a Answer>,
    unanswered: Cell<'a>,
}

impl<'a> Answered<'a> {
    fn cell(&self, slot: &Slot) -> Cell<'a> {
        let Some(answer) = self.answer else {
            return match (slot, &self.unanswered) {
                (Slot::OtherText(_), Cell::Empty) => Cell::word(NOT_ASKED),
                (_, unanswered) => unanswered.clone(),
            };
        };
        match (slot, answer) {
            (_, Answer::Declined) => Cell::word(DECLINED),
            (_, Answer::DontKnow) => Cell::word(DONT_KNOW),
            (Slot::Whole, Answer::One(code)) => self.code(code),
            (Slot::Whole, Answer::Number(number)) => Cell::Whole(*number),
            (Slot::Whole, Answer::Date(date)) => Cell::word(date.to_string()),
            (Slot::Whole, Answer::Text) => self.words(None),
            (Slot::Ticked(code), Answer::Many(ticked)) => flag(ticked.contains(code)),
            (Slot::Row(row), Answer::Grid(rows)) => rows
                .get(row)
                .map_or(Cell::Empty, |column| self.code(column)),
            (Slot::Rank(item), Answer::Ranked(items)) => (1_i64..)
                .zip(items)
                .find(|(_, ranked)| *ranked == item)
                .map_or(Cell::word(UNRANKED), |(rank, _)| Cell::Whole(rank)),
            (Slot::Share(item), Answer::Shares(shares)) => shares
                .get(item)
                .map_or(Cell::Empty, |share| Cell::Whole(i64::from(*share))),
            (Slot::OtherText(code), Answer::One(chosen)) => self.other(code, chosen == code),
            (Slot::OtherText(code), Answer::Many(ticked)) => {
                self.other(code, ticked.contains(code))
            }
            _ => Cell::word(INVALID),
        }
    }

    fn other(&self, code: &Code, is_chosen: bool) -> Cell<'a> {
        if is_chosen {
            self.words(Some(code))
        } else {
            Cell::word(NOT_ASKED)
        }
    }

    fn words(&self, code: Option<&Code>) -> Cell<'a> {
        let key = TextKey {
            question: self.question.key.clone(),
            code: code.cloned(),
        };
        let text = self.answers.texts.get(&key);
        text.map_or(Cell::Empty, |text| Cell::text(text.as_str()))
    }

    fn code(&self, code: &'a Code) -> Cell<'a> {
        let Values::Labels(lang) = &self.layout.values else {
            return Cell::word(code.as_str());
        };
        code_label(self.place, self.definition, self.question, code, lang)
            .map_or_else(|| Cell::word(code.as_str()), Cell::text)
    }
}

/// The words for a code of a question, if it has any.
pub(super) fn code_label<'a>(
    place: &'a Place,
    definition: &'a Definition,
    question: &'a Question,
    code: &Code,
    lang: &Lang,
) -> Option<&'a str> {
    let first = definition.first_language();
    let words = |text: &'a Text| Some(text.get(lang, &first)).filter(|words| !words.is_empty());
    match &question.kind {
        Kind::Area { outside } | Kind::Postcode { outside } => {
            if code.as_str() == OUTSIDE {
                outside.as_ref().and_then(words)
            } else {
                place.area(code).map(|area| area.name.as_str())
            }
        }
        _ => question
            .choice(code)
            .and_then(|choice| words(&choice.label)),
    }
}
