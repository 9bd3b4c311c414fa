//! Ballots counted from a dataset, by table and by search.
#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::*;
use crate::{
    analysis::{
        areas::AREA_OUTSIDE,
        dataset::{Dataset, DatasetBuilder},
        filter::Selection,
        samples::{Dice, answers, code, every_kind, question, row, schema, survey, themed},
        schema::ANSWERED,
        strata::OUTSIDE,
    },
    survey::{
        answers::{Answer, Answers},
        ids::QuestionKey,
    },
};

fn column(dataset: &Dataset) -> usize {
    let key = QuestionKey::new("rank").unwrap();
    dataset.schema().position(&key).unwrap()
}

/// The same, row by row from the columns.
fn one_by_one(dataset: &Dataset, items: usize) -> Votes {
    let mut ballots = Vec::new();
    for chunk in dataset.chunks() {
        let crate::analysis::columns::Column::Ranking {
            words,
            ballots: kept,
        } = &chunk.columns[column(dataset)]
        else {
            panic!("not a ranking")
        };
        for row in 0..chunk.len() {
            let bytes: Vec<u8> = kept[row * words..(row + 1) * words]
                .iter()
                .flat_map(|word| word.to_le_bytes())
                .take_while(|byte| *byte >= ANSWERED)
                .map(|byte| byte - ANSWERED)
                .collect();
            assert_eq!(
                chunk.area[row] == AREA_OUTSIDE,
                chunk.stratum[row] == OUTSIDE
            );
            ballots.push((bytes, chunk.stratum[row], 1));
        }
    }
    Votes::from_ballots(items, ballots)
}

#[test]
fn short_ballots_are_counted_as_they_were_given() {
    let definition = every_kind();
    let mut builder = DatasetBuilder::new(schema(&definition));
    let mut dice = Dice(11);
    for number in 0..5000 {
        let given = answers(&mut dice);
        builder.push(&row(number, &given));
    }
    let dataset = builder.build();
    let all = Selection::all(&dataset);
    let votes = Votes::count(&dataset, &all, column(&dataset)).unwrap();
    assert!(votes.base() > 3000);
    assert_eq!(votes, one_by_one(&dataset, 4));
    assert_eq!(
        Votes::count(&dataset, &all, 0),
        None,
        "the area is no ranking"
    );
    let none = Votes::count(&dataset, &Selection::none(&dataset), column(&dataset)).unwrap();
    assert_eq!((none.base(), none.distinct()), (0, 0));
}

#[test]
fn long_ballots_are_counted_as_they_were_given() {
    let names: Vec<String> = (0..10).map(|item| format!("item_{item}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let definition = survey(
        &names,
        json!({ "priorities": "rank" }),
        json!([question(
            "rank",
            json!({ "kind": "ranking", "items": themed(&names), "places": 10 })
        )]),
    );
    let mut builder = DatasetBuilder::new(schema(&definition));
    let mut dice = Dice(12);
    for number in 0..500 {
        let mut order: Vec<_> = names.iter().map(|name| code(name)).collect();
        order.rotate_left(dice.roll(10));
        order.truncate(dice.roll(11));
        let key = QuestionKey::new("rank").unwrap();
        let given = Answers {
            values: [(key, Answer::Ranked(order))].into(),
            ..Answers::default()
        };
        builder.push(&row(number, &given));
    }
    let dataset = builder.build();
    let votes = Votes::count(&dataset, &Selection::all(&dataset), column(&dataset)).unwrap();
    assert_eq!(votes, one_by_one(&dataset, 10));
    assert_eq!(votes.lengths().len(), 10);
}
