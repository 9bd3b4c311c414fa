//! Lists and boxes to tick.

use super::{
    attributes::Attributes,
    convert::Maker,
    kinds::{LONG_LENGTH, SHORT_LENGTH, choice, scale},
    report::{Loss, shortened},
    source::Asked,
    standing::Standing,
    variables::Answer,
};
use crate::survey::{
    definition::{Display, Kind, Question},
    ids::Code,
    text::Text,
};

/// LimeSurvey's code of "other".
const OTHER: &str = "-oth-";

impl Maker<'_> {
    pub(super) fn other<'b>(
        &mut self,
        asked: &'b Asked,
        attributes: &mut Attributes<'b>,
    ) -> Option<Text> {
        let words = attributes.words("other_replace_text", &self.source.languages);
        asked
            .has_other
            .then(|| words.map_or_else(|| self.standing(Standing::Other), Text))
    }

    pub(super) fn list<'b>(
        &mut self,
        asked: &'b Asked,
        attributes: &mut Attributes<'b>,
    ) -> Vec<Question> {
        let other = self.other(asked, attributes).map(|label| (OTHER, label));
        let has_other = other.is_some();
        let coded = self.coded(asked, &scale(&asked.options, 0), other);
        if coded.choices.len() < 2 {
            return self.too_few(asked, "answers");
        }
        let mut display = Display::Radios;
        if asked.letter == "!" && has_other {
            self.report.add(&asked.place(), Loss::DropDown);
        } else if asked.letter == "!" {
            display = Display::Select;
        }
        let kind = Kind::Single {
            choices: coded.choices,
            display,
            shuffle: attributes.is_shuffled(),
        };
        let answer = Answer::Codes {
            row: None,
            codes: coded.codes,
        };
        let mut questions = self.alone(asked, kind, answer);
        if asked.letter == "O" {
            let comment = self.standing(Standing::Comment);
            let kind = Kind::LongText {
                max_length: LONG_LENGTH,
                rows: 5,
            };
            let mut question = self.question(asked, kind);
            question.label = self.joined(&asked.label, " – ", &comment.0);
            question.hint = None;
            question.required = false;
            self.settle(
                asked,
                &mut question,
                &format!("{}_comment", questions[0].key),
            );
            self.known(asked, Some("comment"), &question.key, Answer::Words);
            questions.push(question);
        }
        questions
    }

    pub(super) fn boxes<'b>(
        &mut self,
        asked: &'b Asked,
        attributes: &mut Attributes<'b>,
    ) -> Vec<Question> {
        let other = self.other(asked, attributes).map(|label| ("other", label));
        let mut coded = self.coded(asked, &scale(&asked.parts, 0), other);
        let is_one = coded.choices.len() == 1;
        if coded.choices.is_empty() {
            return self.too_few(asked, "answers");
        }
        let exclusive = attributes.value("exclude_all_others");
        for (theirs, ours) in &coded.codes {
            let is_exclusive = exclusive
                .split([';', ','])
                .any(|code| code.trim() == theirs);
            for choice in coded
                .choices
                .iter_mut()
                .filter(|choice| choice.code == *ours)
            {
                choice.exclusive = is_exclusive && !is_one;
            }
        }
        let free = coded
            .choices
            .iter()
            .filter(|choice| !choice.exclusive)
            .count();
        if free == 0 {
            for choice in &mut coded.choices {
                choice.exclusive = false;
            }
            let value = shortened(exclusive);
            self.report.add(
                &asked.place(),
                Loss::Limit {
                    name: "exclude_all_others",
                    value,
                },
            );
        }
        let free = if free == 0 { coded.choices.len() } else { free };
        let min = self.limit(asked, attributes, "min_answers", free);
        let max = self.limit(asked, attributes, "max_answers", free);
        let max = max.filter(|max| min.is_none_or(|min| min <= *max));
        let shuffle = attributes.is_shuffled();
        let kind = if is_one {
            self.report.add(&asked.place(), Loss::OneBox);
            let code = if coded.codes[0].1.as_str().eq_ignore_ascii_case("no") {
                "not"
            } else {
                "no"
            };
            let label = self.standing(Standing::No);
            coded
                .choices
                .extend(Code::new(code).map(|code| choice(code, label)));
            Kind::Single {
                choices: coded.choices,
                display: Display::Radios,
                shuffle: false,
            }
        } else {
            Kind::Multiple {
                choices: coded.choices,
                min,
                max,
                shuffle,
            }
        };
        let mut question = self.question(asked, kind);
        self.settle(asked, &mut question, &asked.code);
        for (theirs, ours) in &coded.codes {
            self.known(
                asked,
                Some(theirs),
                &question.key,
                Answer::Ticked(ours.clone()),
            );
        }
        if asked.letter == "P" {
            self.comments(asked, &mut question);
        }
        vec![question]
    }

    /// A field for words under each choice.
    pub(super) fn comments(&mut self, asked: &Asked, question: &mut Question) {
        let key = question.key.clone();
        let (Kind::Multiple { choices, .. } | Kind::Single { choices, .. }) = &mut question.kind
        else {
            return;
        };
        for choice in choices.iter_mut().filter(|choice| choice.other.is_none()) {
            let comment = self.standing(Standing::Comment);
            let kind = Kind::ShortText {
                max_length: SHORT_LENGTH,
            };
            let mut field = self.question(asked, kind);
            field.label = self.joined(&choice.label.0, " – ", &comment.0);
            field.hint = None;
            field.required = false;
            self.names
                .settle(&mut field, &format!("{key}_{}_comment", choice.code));
            self.places.insert(field.key.clone(), asked.place());
            self.known(
                asked,
                Some(&format!("{}comment", choice.code)),
                &field.key,
                Answer::Words,
            );
            choice.reveals.push(field);
        }
    }

    pub(super) fn two(&mut self, asked: &Asked, answers: [(&str, Standing); 2]) -> Vec<Question> {
        let coded = self.standing_columns(answers);
        let kind = Kind::Single {
            choices: coded.choices,
            display: Display::Radios,
            shuffle: false,
        };
        let answer = Answer::Codes {
            row: None,
            codes: coded.codes,
        };
        self.alone(asked, kind, answer)
    }
}
