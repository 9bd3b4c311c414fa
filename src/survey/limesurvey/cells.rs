//! Questions with several fields, each of which becomes a question of its own.

use super::{
    attributes::Attributes,
    convert::Maker,
    kinds::scale,
    report::Loss,
    source::{Asked, Words},
    variables::Answer,
};
use crate::survey::{
    definition::{Kind, Question},
    text::Text,
};

/// The most fields of one question that are carried over.
const MOST_CELLS: usize = 40;
const LENGTH: u32 = 200;

/// A field: LimeSurvey's name for it, and its words.
struct Cell {
    name: String,
    label: Words,
}

impl Maker<'_> {
    /// One question for each field; boxes to tick in rows become a multiple choice for each row.
    pub(super) fn fields<'b>(
        &mut self,
        asked: &'b Asked,
        attributes: &mut Attributes<'b>,
    ) -> Vec<Question> {
        let is_table = matches!(asked.letter.as_str(), ":" | ";");
        if asked.letter == ":" && attributes.value("multiflexible_checkbox") == "1" {
            return self.ticked_rows(asked);
        }
        let cells = self.cells(asked, is_table);
        if cells.is_empty() {
            return self.too_few(asked, "fields");
        }
        if cells.len() > MOST_CELLS {
            self.report
                .add(&asked.place(), Loss::ManyFields { cells: cells.len() });
            return Vec::new();
        }
        let (kind, answer) = match asked.letter.as_str() {
            "K" => (
                self.number(asked, attributes),
                Answer::Number { item: None },
            ),
            ":" => (between(attributes), Answer::Number { item: None }),
            _ => (Kind::ShortText { max_length: LENGTH }, Answer::Words),
        };
        let mut questions = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            let mut question = self.question(asked, kind.clone());
            question.label = self.joined(&asked.label, " – ", &cell.label);
            if at > 0 {
                question.hint = None;
            }
            self.part(asked, &cell.name, &mut question);
            self.known(asked, Some(&cell.name), &question.key, answer.clone());
            questions.push(question);
        }
        questions
    }

    /// Settles the key of a part's question; that it has one is told of the question as a whole.
    fn part(&mut self, asked: &Asked, name: &str, question: &mut Question) {
        self.names
            .settle(question, &format!("{}_{name}", asked.code));
        self.places.insert(question.key.clone(), asked.place());
    }

    fn cells(&self, asked: &Asked, is_table: bool) -> Vec<Cell> {
        let rows = scale(&asked.parts, 0);
        if !is_table {
            let cell = |part: &super::source::Part| Cell {
                name: part.code.clone(),
                label: part.label.clone(),
            };
            return rows.into_iter().map(cell).collect();
        }
        let columns = scale(&asked.parts, 1);
        let mut cells = Vec::new();
        for row in rows {
            for column in &columns {
                cells.push(Cell {
                    name: format!("{}_{}", row.code, column.code),
                    label: self.joined(&row.label, " – ", &column.label).0,
                });
            }
        }
        cells
    }

    fn ticked_rows(&mut self, asked: &Asked) -> Vec<Question> {
        let rows = scale(&asked.parts, 0);
        let columns = scale(&asked.parts, 1);
        if columns.len() < 2 {
            return self.too_few(asked, "columns");
        }
        if rows.len() > MOST_CELLS {
            self.report
                .add(&asked.place(), Loss::ManyFields { cells: rows.len() });
            return Vec::new();
        }
        let coded = self.coded(asked, &columns, None);
        let mut questions = Vec::new();
        for (at, row) in rows.into_iter().enumerate() {
            let kind = Kind::Multiple {
                choices: coded.choices.clone(),
                min: None,
                max: None,
                shuffle: false,
            };
            let mut question = self.question(asked, kind);
            question.label = self.joined(&asked.label, " – ", &row.label);
            if at > 0 {
                question.hint = None;
            }
            self.part(asked, &row.code, &mut question);
            for (theirs, ours) in &coded.codes {
                let name = format!("{}_{theirs}", row.code);
                self.known(
                    asked,
                    Some(&name),
                    &question.key,
                    Answer::Ticked(ours.clone()),
                );
            }
            questions.push(question);
        }
        questions
    }
}

/// The numbers that a table's fields take.
fn between(attributes: &mut Attributes<'_>) -> Kind {
    let min = attributes.value("multiflexible_min").parse().ok();
    let max = attributes.value("multiflexible_max").parse().ok();
    let is_order = |(min, max): (i64, i64)| min <= max;
    let both: Option<(i64, i64)> = min.zip(max);
    let max = if both.is_none_or(is_order) { max } else { None };
    Kind::Number {
        min,
        max,
        suffix: None::<Text>,
    }
}
