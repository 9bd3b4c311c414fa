//! LimeSurvey's types of question as kinds of ours.

use jiff::civil::Date;

use super::{
    convert::Maker,
    names,
    report::{Loss, shortened},
    source::{Asked, Group, Part, Words},
    standing::Standing,
    variables::{Answer, Variable},
};
use crate::survey::{
    definition::{Choice, Display, Kind, Question, Row, Unit},
    ids::{Code, QuestionKey},
    text::Text,
};

/// LimeSurvey's code of "other".
const OTHER: &str = "-oth-";
const SHORT_LENGTH: u32 = 200;
const MOST_SHORT: u32 = 1_000;
const LONG_LENGTH: u32 = 2_000;
const MOST_LONG: u32 = 20_000;
const MOST_TOTAL: u32 = 1_000_000;
/// Attributes whose value says only what is usual.
const USUAL: [(&str, &str); 12] = [
    ("question_template", "core"),
    ("question_template", "none"),
    ("question_template", "default"),
    ("statistics_showgraph", "1"),
    ("answer_order", "normal"),
    ("subquestion_order", "normal"),
    ("printable_help", "1"),
    ("other_position", "default"),
    ("time_limit_action", "1"),
    ("thousands_separator", "0"),
    ("slider_layout", "0"),
    ("display_type", "0"),
];

/// Choices with LimeSurvey's codes.
pub(super) struct Coded {
    pub(super) choices: Vec<Choice>,
    pub(super) codes: Vec<(String, Code)>,
}

/// The attributes of a question; those that were asked for are carried over, the rest is reported.
pub(super) struct Attributes<'a> {
    asked: &'a Asked,
    used: Vec<&'a str>,
}

impl<'a> Attributes<'a> {
    fn of(asked: &'a Asked) -> Self {
        Self {
            asked,
            used: Vec::new(),
        }
    }

    /// A value; empty if it isn't set.
    pub(super) fn value(&mut self, name: &'a str) -> &'a str {
        self.used.push(name);
        let attribute = self.asked.attributes.get(name);
        attribute.map_or("", |attribute| attribute.value.trim())
    }

    /// Its words; none if it isn't set.
    fn words(&mut self, name: &'a str, languages: &[crate::survey::ids::Lang]) -> Option<Words> {
        self.used.push(name);
        let attribute = self.asked.attributes.get(name)?;
        let mut words = attribute.words.clone();
        if words.is_empty() && !attribute.value.trim().is_empty() {
            let said = languages
                .iter()
                .map(|lang| (lang.clone(), attribute.value.clone()));
            words.extend(said);
        }
        (!words.is_empty()).then_some(words)
    }

    fn is_set(&mut self, name: &'a str) -> bool {
        matches!(self.value(name), "1" | "Y")
    }

    fn is_shuffled(&mut self) -> bool {
        let orders = [self.value("answer_order"), self.value("subquestion_order")];
        self.is_set("random_order") || orders.contains(&"random")
    }
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

    fn by_letter<'b>(
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

    fn alone(&mut self, asked: &Asked, kind: Kind, answer: Answer) -> Vec<Question> {
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

    fn other<'b>(&mut self, asked: &'b Asked, attributes: &mut Attributes<'b>) -> Option<Text> {
        let words = attributes.words("other_replace_text", &self.source.languages);
        asked
            .has_other
            .then(|| words.map_or_else(|| self.standing(Standing::Other), Text))
    }

    pub(super) fn too_few(&mut self, asked: &Asked, what: &'static str) -> Vec<Question> {
        self.report.add(&asked.place(), Loss::TooFew { what });
        Vec::new()
    }

    fn list<'b>(&mut self, asked: &'b Asked, attributes: &mut Attributes<'b>) -> Vec<Question> {
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

    fn boxes<'b>(&mut self, asked: &'b Asked, attributes: &mut Attributes<'b>) -> Vec<Question> {
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
    fn comments(&mut self, asked: &Asked, question: &mut Question) {
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

    fn numbered_grid<'b>(
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

    fn standing_columns<const N: usize>(&mut self, columns: [(&str, Standing); N]) -> Coded {
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

    fn standing_grid<'b>(
        &mut self,
        asked: &'b Asked,
        columns: [(&str, Standing); 3],
        attributes: &mut Attributes<'b>,
    ) -> Vec<Question> {
        let coded = self.standing_columns(columns);
        self.grid(asked, coded, attributes)
    }

    fn grid<'b>(
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

    fn two(&mut self, asked: &Asked, answers: [(&str, Standing); 2]) -> Vec<Question> {
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

    fn five(&mut self, asked: &Asked) -> Vec<Question> {
        let kind = Kind::Scale {
            min: 1,
            max: 5,
            min_label: self.standing(Standing::Lowest),
            max_label: self.standing(Standing::Highest),
            dont_know: false,
        };
        let mend = "write what the ends of the scale mean";
        self.report.add(
            &asked.place(),
            Loss::MadeUp {
                field: "min_label, max_label",
                mend,
            },
        );
        self.alone(asked, kind, Answer::Number { item: None })
    }

    fn ranking<'b>(&mut self, asked: &'b Asked, attributes: &mut Attributes<'b>) -> Vec<Question> {
        // The items are answers, and were subquestions in a few versions.
        let items = if asked.options.is_empty() {
            &asked.parts
        } else {
            &asked.options
        };
        let coded = self.coded(asked, &scale(items, 0), None);
        if coded.choices.len() < 2 {
            return self.too_few(asked, "items");
        }
        let all = coded.choices.len();
        let places = self.limit(asked, attributes, "max_answers", all);
        let places = places.unwrap_or(u8::try_from(all).unwrap_or(u8::MAX));
        let kind = Kind::Ranking {
            items: coded.choices,
            places,
            min: self.limit(asked, attributes, "min_answers", usize::from(places)),
            shuffle: attributes.is_shuffled(),
        };
        let mut question = self.question(asked, kind);
        self.settle(asked, &mut question, &asked.code);
        vec![question]
    }

    /// A count within 1 and `most`; one outside is narrowed or left out, and reported.
    fn limit<'b>(
        &mut self,
        asked: &Asked,
        attributes: &mut Attributes<'b>,
        name: &'static str,
        most: usize,
    ) -> Option<u8> {
        let value = attributes.value(name);
        if value.is_empty() || value == "0" {
            return None;
        }
        let most = u8::try_from(most).unwrap_or(u8::MAX);
        let number = value.parse::<u8>().ok();
        if number.is_none_or(|number| number > most) {
            let value = shortened(value);
            self.report.add(&asked.place(), Loss::Limit { name, value });
        }
        number.map(|number| number.min(most))
    }

    fn length<'b>(
        &mut self,
        asked: &Asked,
        attributes: &mut Attributes<'b>,
        usual: u32,
        most: u32,
    ) -> u32 {
        let value = attributes.value("maximum_chars");
        if value.is_empty() || value == "0" {
            return usual;
        }
        let number = value.parse::<u32>().unwrap_or(usual);
        if number > most || value.parse::<u32>().is_err() {
            let value = shortened(value);
            self.report.add(
                &asked.place(),
                Loss::Limit {
                    name: "maximum_chars",
                    value,
                },
            );
        }
        number.min(most)
    }

    pub(super) fn number<'b>(&mut self, asked: &Asked, attributes: &mut Attributes<'b>) -> Kind {
        let mut bound = |name: &'static str| {
            let value = attributes.value(name);
            let number = value.parse::<i64>().ok();
            if number.is_none() && !value.is_empty() {
                let value = shortened(value);
                self.report.add(&asked.place(), Loss::Limit { name, value });
            }
            number
        };
        let (min, max) = (bound("min_num_value_n"), bound("max_num_value_n"));
        let max = max.filter(|max| min.is_none_or(|min| min <= *max));
        if !attributes.is_set("num_value_int_only") {
            self.report.add(&asked.place(), Loss::Decimals);
        }
        Kind::Number {
            min,
            max,
            suffix: attributes.words("suffix", &self.source.languages).map(Text),
        }
    }

    fn date<'b>(&mut self, asked: &Asked, attributes: &mut Attributes<'b>) -> Kind {
        let mut bound = |name: &'static str| {
            let value = attributes.value(name);
            let day = value.get(..10).and_then(|day| day.parse::<Date>().ok());
            if day.is_none() && !value.is_empty() {
                let value = shortened(value);
                self.report.add(&asked.place(), Loss::Limit { name, value });
            }
            day
        };
        let (min, max) = (bound("date_min"), bound("date_max"));
        let max = max.filter(|max| min.is_none_or(|min| min <= *max));
        Kind::Date { min, max }
    }

    fn words(&mut self, group: &Group, asked: &Asked) -> Vec<Question> {
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

    /// Numbers that must add up are a budget, others are numbers.
    fn numbers<'b>(&mut self, asked: &'b Asked, attributes: &mut Attributes<'b>) -> Vec<Question> {
        let total = attributes.value("equals_num_value");
        let Some(total) = total
            .parse::<u32>()
            .ok()
            .filter(|total| (1..=MOST_TOTAL).contains(total) && asked.parts.len() > 1)
        else {
            if !total.is_empty() {
                let value = shortened(total);
                self.report.add(
                    &asked.place(),
                    Loss::Limit {
                        name: "equals_num_value",
                        value,
                    },
                );
            }
            return self.fields(asked, attributes);
        };
        let base = &self.source.languages;
        let unit = [
            attributes.words("suffix", base),
            attributes.words("prefix", base),
        ];
        let said = |sign: &str| {
            unit.iter()
                .flatten()
                .flat_map(Words::values)
                .any(|words| words.trim() == sign)
        };
        let unit = match total {
            100 if said("%") => Unit::Percent,
            _ if said("£") => Unit::Pounds,
            _ => Unit::Points,
        };
        let coded = self.coded(asked, &scale(&asked.parts, 0), None);
        let kind = Kind::Budget {
            items: coded.choices,
            total,
            unit,
            shuffle: attributes.is_shuffled(),
        };
        attributes.is_set("num_value_int_only");
        let mut question = self.question(asked, kind);
        self.settle(asked, &mut question, &asked.code);
        for (theirs, ours) in coded.codes {
            self.known(
                asked,
                Some(&theirs),
                &question.key,
                Answer::Number { item: Some(ours) },
            );
        }
        vec![question]
    }

    /// What of a question that was carried over was not.
    fn left_over(&mut self, asked: &Asked, attributes: &Attributes<'_>) {
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
        for (name, attribute) in &asked.attributes {
            let words = attribute.words.values().next();
            let value = words.map_or(attribute.value.trim(), |words| words.trim());
            let is_usual =
                matches!(value, "" | "0" | "N") || USUAL.contains(&(name.as_str(), value));
            if !is_usual && !attributes.used.contains(&name.as_str()) {
                let (name, value) = (shortened(name), shortened(value));
                self.report.add(&place, Loss::Attribute { name, value });
            }
        }
    }
}

/// Parts on one side of a question.
pub(super) fn scale(parts: &[Part], scale: u8) -> Vec<&Part> {
    parts.iter().filter(|part| part.scale == scale).collect()
}

fn choice(code: Code, label: Text) -> Choice {
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
