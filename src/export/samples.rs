//! Answers for tests: any that a survey could have got, drawn from a seed.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use crate::survey::{
    answers::{Answer, Answers, TextKey},
    definition::{Definition, Kind, OUTSIDE, Question},
    ids::Code,
    journey::{Journey, SavedPages},
};

/// The survey that has a question of every kind.
pub(crate) fn every_kind() -> Arc<Definition> {
    let yaml = include_str!("../../assets/surveys/every-kind.yaml");
    Arc::new(Definition::from_yaml(yaml).unwrap())
}

/// Texts that bring bad writers down.
const TEXTS: [&str; 12] = [
    "More lamps, please.",
    "=HYPERLINK(\"http://example.org\",\"click\")",
    "-1 for the pond; +1 for the gate",
    "@cmd\t|' /C calc'!A0",
    "two\r\nlines, \"quoted\"\n",
    "\tbegins with a tab",
    "👍🏽👩‍👩‍👧‍👦 𝒳",
    "שלום עולם، مرحبا",
    "＝1＋1",
    "_declined",
    "'=already guarded",
    "../../etc/passwd\u{feff}",
];

/// A source of choices (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(bound).unwrap()).unwrap()
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    fn some<'t, T>(&mut self, all: &'t [T]) -> Vec<&'t T> {
        let first = self.below(all.len());
        let count = 1 + self.below(all.len());
        all.iter().cycle().skip(first).take(count).collect()
    }

    fn words(&mut self) -> String {
        match self.below(40) {
            0 => "é\",\n".repeat(25_000),
            _ => (*self.of(&TEXTS)).to_owned(),
        }
    }

    /// Answers that some person could have sent: hidden questions have none.
    pub(crate) fn answers(&mut self, definition: &Definition) -> Answers {
        let mut answers = Answers::default();
        for question in definition.questions().filter(|question| question.asks()) {
            if self.below(6) > 0 {
                self.answer(question, &mut answers);
            }
        }
        let all = answers.clone();
        let journey = Journey::new(definition, &all, &SavedPages::default());
        answers.values.retain(|key, _| journey.is_visible(key));
        answers
            .texts
            .retain(|key, _| journey.is_visible(&key.question));
        answers
    }

    fn answer(&mut self, question: &Question, answers: &mut Answers) {
        if question.prefer_not_to_say && self.below(8) == 0 {
            answers
                .values
                .insert(question.key.clone(), Answer::Declined);
            return;
        }
        let choices = question.choices();
        let answer = match &question.kind {
            Kind::Single { .. } => Answer::One(self.of(choices).code.clone()),
            Kind::Multiple { .. } => {
                let some = self.some(choices);
                Answer::Many(some.into_iter().map(|choice| choice.code.clone()).collect())
            }
            Kind::Grid { rows, .. } => Answer::Grid(
                self.some(rows)
                    .into_iter()
                    .map(|row| (row.code.clone(), self.of(choices).code.clone()))
                    .collect(),
            ),
            Kind::Scale { dont_know, .. } if *dont_know && self.below(6) == 0 => Answer::DontKnow,
            Kind::Scale { min, .. } => {
                Answer::Number(i64::from(*min) + i64::from(self.below(2) > 0))
            }
            Kind::Number { .. } => Answer::Number(1 - i64::try_from(self.below(9)).unwrap()),
            Kind::Ranking { .. } => Answer::Ranked(
                self.some(choices)
                    .into_iter()
                    .map(|item| item.code.clone())
                    .collect(),
            ),
            Kind::Budget { .. } => Answer::Shares(
                choices
                    .iter()
                    .map(|item| (item.code.clone(), u32::try_from(self.below(100)).unwrap()))
                    .collect(),
            ),
            Kind::Date { .. } => Answer::Date(jiff::civil::date(2026, 2, 28)),
            Kind::Postcode { .. } | Kind::Area { .. } => {
                let codes = ["E07000066", "E07000067", OUTSIDE];
                Answer::One(Code::new(codes[self.below(3)]).unwrap())
            }
            Kind::ShortText { .. } | Kind::LongText { .. } | Kind::Email {} => Answer::Text,
            Kind::Information { .. } => return,
        };
        let mut say = |code: Option<Code>, words: String| {
            let question = question.key.clone();
            answers.texts.insert(TextKey { question, code }, words);
        };
        if answer == Answer::Text {
            say(None, self.words());
        }
        for choice in choices.iter().filter(|choice| choice.other.is_some()) {
            let is_chosen = match &answer {
                Answer::One(code) => *code == choice.code,
                Answer::Many(codes) => codes.contains(&choice.code),
                _ => false,
            };
            if is_chosen && self.below(4) > 0 {
                say(Some(choice.code.clone()), self.words());
            }
        }
        answers.values.insert(question.key.clone(), answer);
    }
}
