//! The rows of an `.lss` file, read under bounds.
//!
//! The reader takes events one by one and keeps cells of rows only: it builds no tree, reads no attribute, resolves no
//! entity but XML's five and characters by number, opens nothing else, and refuses a document type where it stands.

use std::collections::BTreeMap;

use quick_xml::{
    Error as XmlError, Reader,
    escape::resolve_xml_entity,
    events::{BytesRef, Event},
};

use super::{LssError, MOST_BYTES};

/// How deep elements may be nested; LimeSurvey's are six deep at most.
const MOST_DEPTH: usize = 12;
/// The most rows of all tables together.
const MOST_ROWS: usize = 60_000;
/// The most cells of a row.
const MOST_CELLS: usize = 200;
/// The most tables.
const MOST_TABLES: usize = 100;

/// A row: column → cell.
pub(super) type Row = BTreeMap<String, String>;

/// What the file holds.
#[derive(Debug, Default)]
pub(super) struct Tables {
    tables: BTreeMap<String, Vec<Row>>,
    /// Parts that hold something other than rows, with how many elements.
    pub(super) other: BTreeMap<String, usize>,
}

impl Tables {
    /// The rows of a table; none if it has none.
    pub(super) fn rows(&self, table: &str) -> &[Row] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// Tables that have rows, by name.
    pub(super) fn filled(&self) -> impl Iterator<Item = (&str, &[Row])> {
        self.tables
            .iter()
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(name, rows)| (name.as_str(), rows.as_slice()))
    }
}

/// A cell of a row, trimmed; empty if it has none.
pub(super) fn cell<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).map_or("", |value| value.trim())
}

/// Reads the rows.
///
/// # Errors
/// [`LssError`], with the line.
pub(super) fn read(bytes: &[u8]) -> Result<Tables, LssError> {
    if bytes.len() > MOST_BYTES {
        return Err(LssError::TooLarge { bytes: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| LssError::NotText {
        line: line_at(bytes, error.valid_up_to()),
        byte: error.valid_up_to(),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut walk = Walk::default();
    loop {
        let event = reader.read_event();
        let at = usize::try_from(reader.error_position().max(reader.buffer_position()));
        let line = || line_at(text.as_bytes(), at.unwrap_or(usize::MAX));
        match event {
            Ok(Event::Eof) => break,
            Ok(event) => walk.take(&event, &line)?,
            // The reader has these where the input ends inside markup.
            Err(XmlError::Syntax(_)) => {
                return Err(walk.cut_short(line_at(text.as_bytes(), text.len())));
            }
            Err(error) => {
                return Err(LssError::Malformed {
                    line: line(),
                    problem: short(&error.to_string()),
                });
            }
        }
    }
    walk.end(line_at(text.as_bytes(), text.len()))
}

/// The line of a byte, from 1.
fn line_at(bytes: &[u8], at: usize) -> usize {
    let before = &bytes[..at.min(bytes.len())];
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

fn short(text: &str) -> String {
    text.chars().take(120).collect()
}

#[derive(Default)]
struct Walk {
    open: Vec<String>,
    row: Row,
    words: String,
    kind: String,
    rows: usize,
    seen_root: bool,
    tables: Tables,
}

impl Walk {
    fn take(&mut self, event: &Event<'_>, line: &dyn Fn() -> usize) -> Result<(), LssError> {
        match event {
            Event::Start(tag) => return self.start(tag.name().into_inner(), line),
            Event::End(_) => self.close()?,
            Event::Text(text) => self.words(&text.xml10_content()),
            Event::CData(text) => self.words(&text.xml10_content()),
            Event::GeneralRef(entity) => return self.entity(entity, line),
            Event::DocType(_) => return Err(LssError::DocumentType { line: line() }),
            // A self-closing element comes as a start and an end.
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn start(&mut self, name: &str, line: &dyn Fn() -> usize) -> Result<(), LssError> {
        if self.open.is_empty() && std::mem::replace(&mut self.seen_root, true) {
            return Err(LssError::Malformed {
                line: line(),
                problem: format!("`{}` stands after the end of the document", short(name)),
            });
        }
        if self.open.len() == MOST_DEPTH {
            return Err(LssError::TooDeep {
                line: line(),
                most: MOST_DEPTH,
            });
        }
        let place = || {
            self.open
                .get(1)
                .map_or("the file", String::as_str)
                .to_owned()
        };
        match self.open.len() {
            2 if name != "rows" && name != "fields" => {
                *self.tables.other.entry(self.open[1].clone()).or_default() += 1;
            }
            3 if self.is_in_rows() => {
                self.rows += 1;
                self.row.clear();
                at_most(self.rows, MOST_ROWS, "rows", place)?;
            }
            4 => self.words.clear(),
            1 => {
                self.words.clear();
                let tables = self.tables.tables.len() + self.tables.other.len();
                at_most(tables, MOST_TABLES, "tables", place)?;
            }
            _ => {}
        }
        self.open.push(short(name));
        Ok(())
    }

    fn is_in_rows(&self) -> bool {
        self.open.get(2).is_some_and(|name| name == "rows")
    }

    fn close(&mut self) -> Result<(), LssError> {
        let depth = self.open.len();
        let Some(name) = self.open.pop() else {
            return Ok(());
        };
        match depth {
            2 if name == "LimeSurveyDocType" => self.kind = std::mem::take(&mut self.words),
            4 if self.is_in_rows() && !self.row.is_empty() => {
                let table = self.open[1].clone();
                let row = std::mem::take(&mut self.row);
                self.tables.tables.entry(table).or_default().push(row);
            }
            5 if self.is_in_rows() => {
                self.row.insert(name, std::mem::take(&mut self.words));
                let place = || format!("{}, row {}", self.open[1], self.rows);
                at_most(self.row.len(), MOST_CELLS, "cells", place)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn is_in_cell(&self) -> bool {
        self.open.len() == 5 || self.open.len() == 2
    }

    fn words(&mut self, words: &str) {
        if self.is_in_cell() {
            self.words.push_str(words);
        }
    }

    fn entity(&mut self, entity: &BytesRef<'_>, line: &dyn Fn() -> usize) -> Result<(), LssError> {
        let unknown = || LssError::Entity {
            line: line(),
            name: short(entity),
        };
        if entity.is_char_ref() {
            let c = entity
                .resolve_char_ref()
                .ok()
                .flatten()
                .ok_or_else(unknown)?;
            self.words(c.encode_utf8(&mut [0; 4]));
        } else {
            self.words(resolve_xml_entity(entity).ok_or_else(unknown)?);
        }
        Ok(())
    }

    fn cut_short(&self, line: usize) -> LssError {
        let open = self.open.last().map_or("the document", String::as_str);
        LssError::CutShort {
            line,
            open: open.to_owned(),
        }
    }

    fn end(self, line: usize) -> Result<Tables, LssError> {
        if !self.open.is_empty() {
            return Err(self.cut_short(line));
        }
        let kind = self.kind.trim();
        if kind != "Survey" {
            return Err(LssError::NotSurvey { found: short(kind) });
        }
        Ok(self.tables)
    }
}

/// Whether a count keeps its bound.
///
/// # Errors
/// `TooMany`.
pub(super) fn at_most(
    count: usize,
    most: usize,
    what: &'static str,
    place: impl FnOnce() -> String,
) -> Result<(), LssError> {
    if count > most {
        return Err(LssError::TooMany {
            place: place(),
            what,
            count,
            most,
        });
    }
    Ok(())
}
