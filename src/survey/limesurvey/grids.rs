//! Arrays: the same columns for several rows.

use super::{
    attributes::Attributes,
    convert::Maker,
    kinds::{Coded, choice, scale},
    source::Asked,
    standing::Standing,
    variables::Answer,
};
use crate::survey::{
    definition::{Choice, Kind, Question, Row},
    ids::Code,
    text::Text,
};

impl Maker<'_> {
    pub(super) fn standing_columns<const N: usize>(
        &mut self,
        columns: [(&str, Standing); N],
    ) -> Coded {
        let mut coded = Coded {
            choices: Vec::new(),
            codes: Vec::new(),
        };
        for (name, standing) in columns {
            if let Ok(code) = Code::new(name) {
                coded
                    .choices
                    .push(choice(code.clone(), self.standing(standing)));
                coded.codes.push((name.to_owned(), code));
            }
        }
        coded
    }

    pub(super) fn numbered_grid<'b>(
        &mut self,
        asked: &'b Asked,
        most: u8,
        attributes: &mut Attributes<'b>,
    ) -> Vec<Question> {
        let languages = &self.source.languages;
        let column = |number: u8| {
            let said = number.to_string();
            let label = languages.iter().map(|lang| (lang.clone(), said.clone()));
            let code = Code::new(&said).ok()?;
            Some((
                choice(code.clone(), Text(label.collect())),
                (said.clone(), code),
            ))
        };
        let (choices, codes) = (1..=most).filter_map(column).unzip();
        self.grid(asked, Coded { choices, codes }, attributes)
    }

    pub(super) fn standing_grid<'b>(
        &mut self,
        asked: &'b Asked,
        columns: [(&str, Standing); 3],
        attributes: &mut Attributes<'b>,
    ) -> Vec<Question> {
        let coded = self.standing_columns(columns);
        self.grid(asked, coded, attributes)
    }

    pub(super) fn grid<'b>(
        &mut self,
        asked: &'b Asked,
        columns: Coded,
        attributes: &mut Attributes<'b>,
    ) -> Vec<Question> {
        let rows = self.coded(asked, &scale(&asked.parts, 0), None);
        if rows.choices.is_empty() {
            return self.too_few(asked, "rows");
        }
        if columns.choices.len() < 2 {
            return self.too_few(asked, "columns");
        }
        let row = |choice: Choice| Row {
            code: choice.code,
            label: choice.label,
            theme: None,
        };
        let kind = Kind::Grid {
            rows: rows.choices.into_iter().map(row).collect(),
            columns: columns.choices,
            shuffle: attributes.is_shuffled(),
        };
        let mut question = self.question(asked, kind);
        self.settle(asked, &mut question, &asked.code);
        for (theirs, ours) in rows.codes {
            let answer = Answer::Codes {
                row: Some(ours),
                codes: columns.codes.clone(),
            };
            self.known(asked, Some(&theirs), &question.key, answer);
        }
        vec![question]
    }
}
