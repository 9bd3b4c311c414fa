//! A row → a response: its cells walk through the survey page by page, as a browser would, and what a browser could
//! not have sent is a fault.

use std::{collections::HashMap, sync::Arc};

use jiff::tz::TimeZone;
use uuid::Uuid;

use super::{
    cells::{Fields, RowCells, fields},
    fault::{Fault, Reason},
    header::{IncomingColumns, VersionColumns},
    moment,
    sheet::Line,
};
use crate::{
    export::layout::Slot,
    survey::{
        answers::{Answer, Answers, DecodeContext, FieldError, Form, TextKey, decode_page},
        areas::Areas,
        columns::{Part, columns},
        definition::{Definition, Page, Question},
        ids::{Lang, QuestionKey},
        journey::{Journey, Next, SavedPages},
        reference::Reference,
    },
};

/// The most bytes of an id.
const LONGEST_ID: usize = 200;

/// Where a file may differ from what a browser can send.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules {
    /// Answers to what a person was not asked are left out; else they are a fault.
    pub drop_not_asked: bool,
    /// Budgets that don't add up are kept, and counted as invalid; else they are a fault.
    pub keep_uneven_budgets: bool,
}

/// A response as a row tells it. Times are unix microseconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The row's own identity, if the file has one.
    pub id: Option<String>,
    /// What the person was given after sending.
    pub reference: Option<String>,
    /// The number of the version it answers.
    pub version: u32,
    /// What that version asks.
    pub definition: Arc<Definition>,
    /// The language it was answered in.
    pub language: Lang,
    /// When it was begun; unknown, if the file doesn't say.
    pub started_at: Option<i64>,
    /// When it was sent: the moment of the import, if the file doesn't say.
    pub submitted_at: i64,
    /// Whether a program made it up.
    pub simulated: bool,
    /// Its answers.
    pub answers: Answers,
    /// The pages of its way, all saved when it was sent.
    pub saved: SavedPages,
}

/// Reads rows under one header.
pub struct RowReader<'a> {
    columns: &'a IncomingColumns,
    areas: &'a (dyn Areas + Sync),
    zone: TimeZone,
    now: i64,
    rules: Rules,
}

impl<'a> RowReader<'a> {
    /// A reader of rows; `now` is the moment of the import in unix microseconds.
    #[must_use]
    pub fn new(
        columns: &'a IncomingColumns,
        areas: &'a (dyn Areas + Sync),
        now: i64,
        rules: Rules,
    ) -> Self {
        let zone = columns
            .versions
            .first()
            .and_then(|version| TimeZone::get(&version.definition.time_zone).ok());
        Self {
            columns,
            areas,
            zone: zone.unwrap_or(TimeZone::UTC),
            now,
            rules,
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self, line: &Line) -> Result<Incoming, Vec<Fault>> {
        let row = self.texts(line).map_err(|faults| faults.to_vec())?;
        let mut faults = Vec::new();
        let about = self.about(&row, &mut faults);
        let Some(version) = self.version(&row, &mut faults) else {
            return Err(faults);
        };
        let mut walk = Walk {
            reader: self,
            version,
            row: &row,
            answers: Answers::default(),
            saved: SavedPages::default(),
            given: HashMap::new(),
            faults,
        };
        walk.through(about.submitted_at);
        let answers = walk.finish();
        let (saved, mut faults) = (walk.saved, walk.faults);
        let language = self.language(&row, &version.definition, &mut faults);
        match answers {
            Some(answers) if faults.is_empty() => Ok(Incoming {
                id: about.id,
                reference: about.reference,
                version: version.number,
                definition: Arc::clone(&version.definition),
                language,
                started_at: about.started_at,
                submitted_at: about.submitted_at,
                simulated: about.simulated,
                answers,
                saved,
            }),
            _ => Err(faults),
        }
    }

    fn texts<'l>(&'l self, line: &'l Line) -> Result<RowCells<'l>, Box<[Fault]>> {
        let names = &self.columns.names;
        if line.cells.len() != names.len() {
            let reason = Reason::Width {
                found: line.cells.len(),
                expected: names.len(),
            };
            return Err(Box::new([Fault {
                column: String::new(),
                reason,
            }]));
        }
        let mut faults = Vec::new();
        let mut cells = Vec::with_capacity(names.len());
        for (cell, name) in line.cells.iter().zip(names) {
            match std::str::from_utf8(cell) {
                Ok(text) => cells.push(text),
                Err(_) => faults.push(Fault {
                    column: name.clone(),
                    reason: Reason::NotUtf8,
                }),
            }
        }
        if faults.is_empty() {
            Ok(RowCells { names, cells })
        } else {
            Err(faults.into())
        }
    }

    fn about(&self, row: &RowCells<'_>, faults: &mut Vec<Fault>) -> AboutRow {
        let about = &self.columns.about;
        let mut fault = |place: Option<usize>, reason| {
            let column = place.map_or_else(String::new, |place| row.names[place].clone());
            faults.push(Fault { column, reason });
        };
        let id = match row.trimmed(about.id) {
            "" => {
                if about.id.is_some() {
                    fault(about.id, Reason::NoId);
                }
                None
            }
            long if long.len() > LONGEST_ID => {
                fault(about.id, Reason::LongId);
                None
            }
            id => Some(id.to_owned()),
        };
        let reference = match row.trimmed(about.reference) {
            "" => None,
            written => match written.parse::<Reference>() {
                Ok(reference) => Some(reference.to_string()),
                Err(_) => {
                    fault(about.reference, Reason::NotReference);
                    None
                }
            },
        };
        let mut moment_in = |place: Option<usize>| match row.trimmed(place) {
            "" => None,
            written => match moment::read(written, &self.zone) {
                Some(moment) if moment > self.now => {
                    fault(place, Reason::Future);
                    None
                }
                Some(moment) => Some(moment),
                None => {
                    fault(place, Reason::NotMoment);
                    None
                }
            },
        };
        let started_at = moment_in(about.started_at);
        let submitted_at = moment_in(about.submitted_at).unwrap_or(self.now);
        if started_at.is_some_and(|started_at| started_at > submitted_at) {
            fault(about.submitted_at, Reason::SentBeforeBegun);
        }
        let simulated = match row.trimmed(about.simulated) {
            "" | "0" => false,
            "1" => true,
            _ => {
                fault(about.simulated, Reason::NotFlag);
                false
            }
        };
        AboutRow {
            id,
            reference,
            started_at,
            submitted_at,
            simulated,
        }
    }

    /// The version a row answers: the newest, unless it names another.
    fn version(&self, row: &RowCells<'_>, faults: &mut Vec<Fault>) -> Option<&'a VersionColumns> {
        let versions = &self.columns.versions;
        let written = row.trimmed(self.columns.about.version);
        if written.is_empty() {
            return versions.first();
        }
        let found = written
            .parse::<u32>()
            .ok()
            .and_then(|number| versions.iter().find(|version| version.number == number));
        if found.is_none() {
            faults.push(Fault {
                column: "version".to_owned(),
                reason: Reason::UnknownVersion,
            });
        }
        found
    }

    fn language(
        &self,
        row: &RowCells<'_>,
        definition: &Definition,
        faults: &mut Vec<Fault>,
    ) -> Lang {
        let first = definition.first_language();
        let written = row.trimmed(self.columns.about.language);
        if written.is_empty() {
            return first;
        }
        let known = definition
            .languages
            .iter()
            .find(|lang| lang.as_str() == written);
        known.cloned().unwrap_or_else(|| {
            faults.push(Fault {
                column: "language".to_owned(),
                reason: Reason::UnknownLanguage,
            });
            first
        })
    }
}

struct AboutRow {
    id: Option<String>,
    reference: Option<String>,
    started_at: Option<i64>,
    submitted_at: i64,
    simulated: bool,
}

/// One row's way through the survey.
struct Walk<'a> {
    reader: &'a RowReader<'a>,
    version: &'a VersionColumns,
    row: &'a RowCells<'a>,
    answers: Answers,
    saved: SavedPages,
    /// Question → the columns it has an answer in.
    given: HashMap<QuestionKey, Vec<usize>>,
    faults: Vec<Fault>,
}

impl Walk<'_> {
    fn through(&mut self, at: i64) {
        let version = self.version;
        let definition = &*version.definition;
        let pages: Vec<&Page> = definition.pages().map(|(_, page)| page).collect();
        let place_of = |page: &Page| pages.iter().position(|other| std::ptr::eq(*other, page));
        let mut next = Journey::new(definition, &self.answers, &self.saved)
            .pages()
            .next()
            .and_then(place_of);
        while let Some(page) = next.map(|place| pages[place]) {
            self.answer(page);
            self.saved.save(&page.key, at);
            next = match Journey::new(definition, &self.answers, &self.saved).next(&page.key) {
                Next::Page(page) => place_of(page),
                Next::Check => None,
            };
        }
    }

    /// Sends a page's form as a browser does.
    fn answer(&mut self, page: &Page) {
        let definition = &*self.version.definition;
        let mut pairs = Vec::new();
        let mut settled: Vec<&QuestionKey> = Vec::new();
        let mut uneven = Vec::new();
        for question in page.all_questions() {
            let read = self.fields(question);
            if !read.faults.is_empty() {
                settled.push(&question.key);
                self.faults.extend(read.faults);
            } else if let Some(shares) = read.uneven {
                settled.push(&question.key);
                uneven.push((question.key.clone(), Answer::Shares(shares)));
            } else {
                pairs.extend(read.pairs);
            }
            self.given.insert(question.key.clone(), read.given);
        }
        let form = Form::new(pairs);
        let context = DecodeContext {
            definition,
            areas: self.reader.areas,
            page,
            before: &self.answers,
            // Nothing is shown to anybody, so that no order matters.
            seed: Uuid::nil(),
        };
        let decoded = decode_page(&context, &form);
        for error in &decoded.errors {
            if !settled.contains(&&error.question) {
                self.faults.push(Fault {
                    column: self.column_of(&form, error),
                    reason: Reason::Answer(error.clone()),
                });
            }
        }
        decoded.merge_into(&mut self.answers);
        self.answers.values.extend(uneven);
    }

    fn fields(&self, question: &Question) -> Fields {
        let columns = self.version.of(question);
        fields(question, columns, self.row, self.reader.rules)
    }

    /// The column that a field of a form stands for.
    fn column_of(&self, form: &Form, error: &FieldError) -> String {
        let question = self.version.definition.question(&error.question);
        let columns = question.map_or(&[][..], |question| self.version.of(question));
        let name = |place: usize| self.row.names[place].clone();
        let part = error
            .field
            .strip_prefix(error.question.as_str())
            .and_then(|rest| rest.strip_prefix('-'));
        let ranked = form.first(&error.field);
        let found = columns.iter().find(|(_, slot)| match slot {
            Slot::Whole => true,
            Slot::Ticked(_) | Slot::OtherText(_) => false,
            Slot::Row(code) | Slot::Share(code) => part == Some(code.as_str()),
            Slot::Rank(code) => ranked == Some(code.as_str()),
        });
        let words_of = part.and_then(|part| part.strip_suffix("-text"));
        let other = columns.iter().find(
            |(_, slot)| matches!(slot, Slot::OtherText(code) if words_of == Some(code.as_str())),
        );
        match (other.or(found), part) {
            (Some((place, _)), _) => name(*place),
            (None, None) if columns.len() == 1 => name(columns[0].0),
            (None, _) if question.is_some_and(is_whole) => error.question.to_string(),
            _ => format!("{}_…", error.question),
        }
    }

    /// The answers as they are to be kept, if nothing is wrong.
    fn finish(&mut self) -> Option<Answers> {
        if !self.faults.is_empty() {
            return None;
        }
        let definition = &*self.version.definition;
        let journey = Journey::new(definition, &self.answers, &self.saved);
        let kept = match journey.submittable() {
            Ok(kept) => kept,
            Err(page) => {
                self.faults.push(Fault {
                    column: String::new(),
                    reason: Reason::Unfinished {
                        page: page.to_string(),
                    },
                });
                return None;
            }
        };
        if !self.reader.rules.drop_not_asked {
            let lost = self.lost(&journey, &kept);
            self.faults = lost;
        }
        Some(kept)
    }

    /// Cells that say something, though the person was not asked.
    fn lost(&self, journey: &Journey<'_>, kept: &Answers) -> Vec<Fault> {
        let mut lost: Vec<usize> = Vec::new();
        for question in self.version.definition.questions() {
            let columns = self.version.of(question);
            if !journey.is_visible(&question.key) {
                // A page that is not on the way was not read yet.
                match self.given.get(&question.key) {
                    Some(given) => lost.extend(given),
                    None => lost.extend(self.fields(question).given),
                }
                continue;
            }
            for (place, slot) in columns {
                let Slot::OtherText(code) = slot else {
                    continue;
                };
                let key = TextKey {
                    question: question.key.clone(),
                    code: Some(code.clone()),
                };
                let is_given = self
                    .given
                    .get(&question.key)
                    .is_some_and(|given| given.contains(place));
                if is_given && !kept.texts.contains_key(&key) {
                    lost.push(*place);
                }
            }
        }
        lost.extend(
            self.version
                .others
                .iter()
                .filter(|place| self.row.is_given(**place)),
        );
        lost.sort_unstable();
        lost.dedup();
        lost.into_iter()
            .map(|place| Fault {
                column: self.row.names[place].clone(),
                reason: Reason::NotAsked,
            })
            .collect()
    }
}

/// Whether a question has one column for its whole answer.
fn is_whole(question: &Question) -> bool {
    columns(question)
        .first()
        .is_some_and(|column| column.part == Part::Whole)
}
