//! Made-up answers of every kind to a survey, the same in every run.

use std::{collections::BTreeMap, sync::Arc};

use have_your_say::{
    analysis::{
        dataset::{Channel, Dataset, DatasetBuilder, Row},
        schema::{Layout, Options, Schema},
    },
    survey::{
        answers::{Answer, Answers},
        ids::Code,
    },
};
use uuid::Uuid;

/// How many different people there are; more responses repeat them, in another order of ids.
const PEOPLE: usize = 20_000;

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % sides
    }

    /// Lower numbers are likelier, as first choices are in life.
    fn low(&mut self, sides: usize) -> usize {
        self.roll(sides).min(self.roll(sides))
    }

    fn code(&mut self, options: &Options) -> Code {
        options.list()[self.low(options.len())].code.clone()
    }

    fn answer(&mut self, layout: &Layout) -> Answer {
        match layout {
            Layout::One(options) => Answer::One(self.code(options)),
            Layout::Many(options) => {
                Answer::Many((0..=self.roll(3)).map(|_| self.code(options)).collect())
            }
            Layout::Grid { rows, columns } => {
                let cells = rows
                    .list()
                    .iter()
                    .map(|row| (row.code.clone(), self.code(columns)));
                Answer::Grid(cells.collect())
            }
            Layout::Scale { min, max } => {
                let points = usize::try_from(max - min + 1).unwrap_or(1);
                Answer::Number(i64::from(*min) + self.roll(points) as i64)
            }
            Layout::Number => Answer::Number(self.roll(90) as i64),
            Layout::Ranking { items, places } => {
                let mut left: Vec<Code> =
                    items.list().iter().map(|item| item.code.clone()).collect();
                let ranked = 1 + self.roll(*places);
                let order = (0..ranked.min(left.len())).map(|_| left.remove(self.low(left.len())));
                Answer::Ranked(order.collect())
            }
            Layout::Budget { items, total, .. } => {
                let mut shares: BTreeMap<Code, u32> = items
                    .list()
                    .iter()
                    .map(|item| (item.code.clone(), 0))
                    .collect();
                for _ in 0..*total / 10 {
                    *shares.entry(self.code(items)).or_default() += 10;
                }
                let given: u32 = shares.values().sum();
                *shares.entry(self.code(items)).or_default() += u32::from(*total) - given;
                Answer::Shares(shares)
            }
            Layout::Date => Answer::Declined,
            Layout::Text => Answer::Text,
        }
    }
}

/// People's answers: nine in ten to each question.
pub fn people(schema: &Schema) -> Vec<Answers> {
    let mut dice = Dice(2026);
    let one = |dice: &mut Dice| {
        let mut values = BTreeMap::new();
        for spec in schema.questions() {
            if dice.roll(10) > 0 {
                values.insert(spec.key.clone(), dice.answer(&spec.layout));
            }
        }
        Answers {
            values,
            ..Answers::default()
        }
    };
    (0..PEOPLE).map(|_| one(&mut dice)).collect()
}

/// The n-th response.
pub fn row(number: usize, answers: &Answers) -> Row<'_> {
    let submitted_at = 1_760_000_000_000_000 + number as i64 * 1_000_000;
    Row {
        id: Uuid::from_u128((number as u128 + 1) * 0x9e37_79b9_7f4a_7c15),
        answers,
        asked: None,
        channel: Channel::Web,
        version: 1,
        started_at: submitted_at - 240_000_000,
        submitted_at,
        simulated: true,
        flags: Default::default(),
        texts: &[],
    }
}

/// So many responses in columns.
pub fn dataset(schema: &Arc<Schema>, people: &[Answers], rows: usize) -> Dataset {
    let mut builder = DatasetBuilder::new(Arc::clone(schema));
    for (number, answers) in (0..rows).zip(people.iter().cycle()) {
        builder.push(&row(number, answers));
    }
    builder.build()
}
