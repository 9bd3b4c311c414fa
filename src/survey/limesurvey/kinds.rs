//! LimeSurvey's types of question as kinds of ours: which becomes which, and what all of them have.

use super::{
    attributes::Attributes,
    convert::Maker,
    names,
    report::{Loss, shortened},
    source::{Asked, Group, Part},
    standing::Standing,
    variables::{Answer, Variable},
};
use crate::survey::{
    definition::{Choice, Kind, Question},
    ids::{Code, QuestionKey},
    text::Text,
};

/// The characters of a line of text, where LimeSurvey says nothing.
pub(super) const SHORT_LENGTH: u32 = 200;
const MOST_SHORT: u32 = 1_000;
/// The characters of a comment, where LimeSurvey says nothing.
pub(super) const LONG_LENGTH: u32 = 2_000;
const MOST_LONG: u32 = 20_000;

/// Choices with LimeSurvey's codes.
pub(super) struct Coded {
    pub(super) choices: Vec<Choice>,
    pub(super) codes: Vec<(String, Code)>,
}

impl Maker<'_> {
    /// The questions that a question of LimeSurvey's becomes; none if it is left out, which is reported.
    pub(super) fn carry(&mut self, group: &Group, asked: &Asked) -> Vec<Question> {
        let mut attributes = Attributes::of(asked);
        if attributes.is_set("hidden") || asked.relevance == "0" {
            self.report.add(&asked.place(), Loss::Hidden);
            return Vec::new();
        }
        let questions = self.by_letter(group, asked, &mut attributes);
        if questions.is_empty() {
            return questions;
        }
        self.left_over(asked, &attributes);
        questions
    }

    pub(super) fn by_letter<'b>(
        &mut self,
        group: &Group,
        asked: &'b Asked,
        attributes: &mut Attributes<'b>,
    ) -> Vec<Question> {
        match asked.letter.as_str() {
            "L" | "!" | "O" => self.list(asked, attributes),
            "M" | "P" => self.boxes(asked, attributes),
            "F" | "H" => {
                let columns = self.coded(asked, &scale(&asked.options, 0), None);
                self.grid(asked, columns, attributes)
            }
            "A" => self.numbered_grid(asked, 5, attributes),
            "B" => self.numbered_grid(asked, 10, attributes),
            "C" => self.standing_grid(
                asked,
                [
                    ("Y", Standing::Yes),
                    ("U", Standing::Uncertain),
                    ("N", Standing::No),
                ],
                attributes,
            ),
            "E" => self.standing_grid(
                asked,
                [
                    ("I", Standing::Increase),
                    ("S", Standing::Same),
                    ("D", Standing::Decrease),
                ],
                attributes,
            ),
            "Y" => self.two(asked, [("Y", Standing::Yes), ("N", Standing::No)]),
            "G" => self.two(asked, [("F", Standing::Female), ("M", Standing::Male)]),
            "5" => self.five(asked),
            "R" => self.ranking(asked, attributes),
            "N" => {
                let kind = self.number(asked, attributes);
                self.alone(asked, kind, Answer::Number { item: None })
            }
            "S" => {
                let max_length = self.length(asked, attributes, SHORT_LENGTH, MOST_SHORT);
                self.alone(asked, Kind::ShortText { max_length }, Answer::Words)
            }
            "T" | "U" => {
                let max_length = self.length(asked, attributes, LONG_LENGTH, MOST_LONG);
                let rows = if asked.letter == "U" { 10 } else { 5 };
                self.alone(asked, Kind::LongText { max_length, rows }, Answer::Words)
            }
            "D" => {
                let kind = self.date(asked, attributes);
                self.alone(asked, kind, Answer::Words)
            }
            "X" => self.words(group, asked),
            "K" => self.numbers(asked, attributes),
            "Q" | ";" | ":" => self.fields(asked, attributes),
            letter => {
                let letter = shortened(letter);
                self.report
                    .add(&asked.place(), Loss::QuestionType { letter });
                Vec::new()
            }
        }
    }

    /// A question with all that every type has; its key is not settled.
    pub(super) fn question(&mut self, asked: &Asked, kind: Kind) -> Question {
        Question {
            key: QuestionKey::provisional(),
            label: Text(asked.label.clone()),
            short: None,
            hint: (!asked.help.is_empty()).then(|| Text(asked.help.clone())),
            required: asked.mandatory == "Y" && !matches!(kind, Kind::Information { .. }),
            required_message: None,
            show_when: None,
            theme: None,
            sensitive: None,
            prefer_not_to_say: false,
            kind,
        }
    }

    /// Settles the key of a question.
    pub(super) fn settle(&mut self, asked: &Asked, question: &mut Question, wanted: &str) {
        self.names.settle(question, wanted);
        if question.key.as_str() != wanted {
            let loss = Loss::Renamed {
                what: "the question",
                from: shortened(wanted),
                to: question.key.to_string(),
            };
            self.report.add(&asked.place(), loss);
        }
        self.places.insert(question.key.clone(), asked.place());
    }

    /// Makes an answer known to equations.
    pub(super) fn known(
        &mut self,
        asked: &Asked,
        part: Option<&str>,
        key: &QuestionKey,
        answer: Answer,
    ) {
        let number = format!("{}X{}X{}", self.source.sid, asked.gid, asked.qid);
        let variable = Variable {
            question: key.clone(),
            answer,
        };
        self.variables.put([&asked.code, &number], part, variable);
    }

    pub(super) fn alone(&mut self, asked: &Asked, kind: Kind, answer: Answer) -> Vec<Question> {
        let mut question = self.question(asked, kind);
        self.settle(asked, &mut question, &asked.code);
        if question.asks() {
            self.known(asked, None, &question.key, answer);
        }
        vec![question]
    }

    /// Choices of parts; `other` is the label of "other", with LimeSurvey's code for it.
    pub(super) fn coded(
        &mut self,
        asked: &Asked,
        parts: &[&Part],
        other: Option<(&str, Text)>,
    ) -> Coded {
        let mut wanted: Vec<&str> = parts.iter().map(|part| part.code.as_str()).collect();
        if other.is_some() {
            wanted.push("other");
        }
        let codes = names::codes(wanted.iter().copied());
        let mut coded = Coded {
            choices: Vec::new(),
            codes: Vec::new(),
        };
        for (part, code) in parts.iter().zip(&codes) {
            let Some(code) = code else { continue };
            if code.as_str() != part.code {
                let loss = Loss::Renamed {
                    what: "the code",
                    from: shortened(&part.code),
                    to: code.to_string(),
                };
                self.report.add(&asked.place(), loss);
            }
            coded
                .choices
                .push(choice(code.clone(), Text(part.label.clone())));
            coded.codes.push((part.code.clone(), code.clone()));
        }
        if let (Some((theirs, label)), Some(Some(code))) = (other, codes.last()) {
            let mut choice = choice(code.clone(), label.clone());
            choice.other = Some(label);
            coded.choices.push(choice);
            coded.codes.push((theirs.to_owned(), code.clone()));
        }
        coded
    }

    pub(super) fn too_few(&mut self, asked: &Asked, what: &'static str) -> Vec<Question> {
        self.report.add(&asked.place(), Loss::TooFew { what });
        Vec::new()
    }

    pub(super) fn words(&mut self, group: &Group, asked: &Asked) -> Vec<Question> {
        let body = if asked.label.is_empty() {
            &asked.help
        } else {
            &asked.label
        };
        if body.is_empty() {
            return self.too_few(asked, "words");
        }
        let kind = Kind::Information {
            body: Text(body.clone()),
        };
        let mut question = self.question(asked, kind);
        question.label = Text(group.name.clone());
        if asked.label.is_empty() {
            question.hint = None;
        }
        self.settle(asked, &mut question, &asked.code);
        vec![question]
    }

    /// What of a question that was carried over was not.
    pub(super) fn left_over(&mut self, asked: &Asked, attributes: &Attributes<'_>) {
        let place = asked.place();
        if asked.mandatory == "S" {
            self.report.add(&place, Loss::Soft);
        }
        if !asked.pattern.is_empty() {
            let pattern = shortened(&asked.pattern);
            self.report.add(&place, Loss::Pattern { pattern });
        }
        if asked.has_default {
            self.report.add(&place, Loss::DefaultAnswer);
        }
        if asked.has_script {
            let (field, language) = ("question", "all".to_owned());
            let parts = vec!["script".to_owned()];
            self.report.add(
                &place,
                Loss::Script {
                    field,
                    language,
                    parts,
                },
            );
        }
        for part in asked
            .parts
            .iter()
            .filter(|part| !["", "1"].contains(&part.relevance.as_str()))
        {
            let code = shortened(&part.code);
            self.report.add(&place, Loss::PartEquation { code });
        }
        for (name, value) in attributes.left_over() {
            self.report.add(&place, Loss::Attribute { name, value });
        }
    }
}

/// Parts on one side of a question.
pub(super) fn scale(parts: &[Part], scale: u8) -> Vec<&Part> {
    parts.iter().filter(|part| part.scale == scale).collect()
}

/// A choice with nothing but its words.
pub(super) fn choice(code: Code, label: Text) -> Choice {
    Choice {
        code,
        label,
        hint: None,
        theme: None,
        exclusive: false,
        apart: false,
        side: None,
        other: None,
        reveals: Vec::new(),
    }
}
