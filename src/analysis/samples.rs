//! A survey with every kind of question, and made-up answers to it, for tests.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    dataset::{Channel, Flags, Row},
    schema::Schema,
};
use crate::{
    geography::Place,
    survey::{
        answers::{Answer, Answers},
        definition::Definition,
        ids::{Code, QuestionKey},
    },
};

/// A definition around some questions, all on one page.
pub(crate) fn survey(themes: &[&str], roles: Value, questions: Value) -> Definition {
    let words = |words: &str| json!({ "en": words });
    let themes: Vec<Value> = themes
        .iter()
        .map(|key| json!({ "key": key, "label": words(key) }))
        .collect();
    let definition = json!({
        "format": 1, "slug": "sample", "languages": ["en"], "title": words("A sample"),
        "short_title": words("Sample"), "summary": words("A sample."), "minutes": 4,
        "opens": "2026-10-01T09:00:00", "closes": "2026-12-31T17:00:00",
        "overview": { "what_we_ask": words("All."), "who_can_answer": words("All."),
            "privacy": words("None."), "contact": {} },
        "themes": themes, "roles": roles,
        "sections": [{ "key": "all", "title": words("All"), "pages": [
            { "key": "one", "title": words("One"), "questions": questions },
        ] }],
    });
    serde_json::from_value(definition).unwrap()
}

pub(crate) fn question(key: &str, kind: Value) -> Value {
    let mut question = json!({ "key": key, "label": { "en": key } });
    question
        .as_object_mut()
        .unwrap()
        .extend(kind.as_object().unwrap().clone());
    question
}

pub(crate) fn choices(codes: &[&str]) -> Value {
    codes
        .iter()
        .map(|code| json!({ "code": code, "label": { "en": code } }))
        .collect()
}

/// Choices that each stand for the theme of their own name.
pub(crate) fn themed(codes: &[&str]) -> Value {
    codes
        .iter()
        .map(|code| json!({ "code": code, "label": { "en": code }, "theme": code }))
        .collect()
}

pub(crate) const THEMES: [&str; 4] = ["asb", "burglary", "drugs", "rural"];

/// Every kind of question, with every role filled.
pub(crate) fn every_kind() -> Definition {
    let scale = json!({ "kind": "scale", "min": 0, "max": 10, "dont_know": true,
        "min_label": { "en": "low" }, "max_label": { "en": "high" } });
    survey(
        &THEMES,
        json!({ "area": "area", "age": "age", "sex": "sex", "priorities": "rank", "budget": "money",
            "victim": { "question": "victim", "codes": ["yes"] } }),
        json!([
            question(
                "area",
                json!({ "kind": "area", "outside": { "en": "outside" } })
            ),
            question(
                "age",
                json!({ "kind": "single", "choices": choices(&["16_24", "25_34", "35_plus"]) })
            ),
            question(
                "sex",
                json!({ "kind": "single", "choices": choices(&["female", "male"]) })
            ),
            question(
                "victim",
                json!({ "kind": "single", "choices": choices(&["yes", "no"]) })
            ),
            question(
                "many",
                json!({ "kind": "multiple", "choices": choices(&["a", "b", "c"]) })
            ),
            question(
                "grid",
                json!({ "kind": "grid", "columns": choices(&["bad", "fair", "good"]),
                "rows": choices(&["day", "dark"]) })
            ),
            question("trust", scale),
            question("years", json!({ "kind": "number" })),
            question(
                "rank",
                json!({ "kind": "ranking", "items": themed(&THEMES), "places": 3 })
            ),
            question(
                "money",
                json!({ "kind": "budget", "items": themed(&THEMES) })
            ),
            question("since", json!({ "kind": "date" })),
            question("comment", json!({ "kind": "long_text" })),
        ]),
    )
}

pub(crate) fn schema(definition: &Definition) -> Arc<Schema> {
    Arc::new(Schema::new(&[definition], Place::essex()).unwrap())
}

pub(crate) fn code(code: &str) -> Code {
    Code::new(code).unwrap()
}

/// A small generator of numbers that look random, so that a test can be repeated.
pub(crate) struct Dice(pub u64);

impl Dice {
    /// The next number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// Believable answers to [`every_kind`], each question left out now and then.
pub(crate) fn answers(dice: &mut Dice) -> Answers {
    let mut values = BTreeMap::new();
    let one = |dice: &mut Dice, codes: &[&str]| Answer::One(code(codes[dice.roll(codes.len())]));
    let place = Place::essex();
    let mut add = |dice: &mut Dice, key: &str, answer: Answer| {
        let answer = match dice.roll(12) {
            0 => return,
            1 => Answer::Declined,
            _ => answer,
        };
        values.insert(QuestionKey::new(key).unwrap(), answer);
    };
    let area = match dice.roll(16) {
        0 => "outside".to_owned(),
        other => place.areas()[other % place.areas().len()]
            .code
            .as_str()
            .to_owned(),
    };
    add(dice, "area", Answer::One(code(&area)));
    let age = one(dice, &["16_24", "25_34", "35_plus"]);
    add(dice, "age", age);
    let sex = one(dice, &["female", "male"]);
    add(dice, "sex", sex);
    let victim = one(dice, &["yes", "no", "no"]);
    add(dice, "victim", victim);
    let many = ["a", "b", "c"]
        .into_iter()
        .filter(|_| dice.roll(2) == 0)
        .map(code)
        .collect();
    add(dice, "many", Answer::Many(many));
    let column = |dice: &mut Dice| code(["bad", "fair", "good"][dice.roll(3)]);
    let grid = [(code("day"), column(dice)), (code("dark"), column(dice))].into();
    add(dice, "grid", Answer::Grid(grid));
    let trust = if dice.roll(9) == 0 {
        Answer::DontKnow
    } else {
        Answer::Number(dice.roll(11) as i64)
    };
    add(dice, "trust", trust);
    let years = dice.roll(60) as i64;
    add(dice, "years", Answer::Number(years));
    let mut order = THEMES.map(code).to_vec();
    order.rotate_left(dice.roll(4));
    order.truncate(1 + dice.roll(3));
    add(dice, "rank", Answer::Ranked(order));
    let first = dice.roll(101) as u32;
    let shares = [first, 100 - first, 0, 0];
    add(
        dice,
        "money",
        Answer::Shares(THEMES.map(code).into_iter().zip(shares).collect()),
    );
    add(dice, "since", Answer::Date(Date::constant(2026, 1, 1)));
    add(dice, "comment", Answer::Text);
    Answers {
        values,
        ..Answers::default()
    }
}

/// A row with the n-th id.
pub(crate) fn row(number: u32, answers: &Answers) -> Row<'_> {
    let submitted_at = 1_760_000_000_000_000 + i64::from(number) * 60_000_000;
    Row {
        id: Uuid::from_u128(u128::from(number) * 0x9e37_79b9_7f4a_7c15),
        answers,
        asked: None,
        channel: Channel::ALL[number as usize % 5],
        version: 1,
        started_at: submitted_at - 240_000_000,
        submitted_at,
        simulated: false,
        flags: Flags::NONE,
        texts: &[],
    }
}
