#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use proptest::prelude::*;

use super::{
    completion::{median_seconds, per_day},
    dataset::{CHUNK_ROWS, Dataset, DatasetBuilder},
    filter::{Filter, Selection},
    frequency::{Figures, frequency},
    samples::{Dice, answers, code, every_kind, question, row, schema, survey},
    themes::{Measure, themes},
};
use crate::{
    geography::Grouping,
    survey::{
        answers::{Answer, Answers},
        ids::QuestionKey,
    },
};

/// Everything that can be asked of a dataset, as text.
fn every_figure(dataset: &Dataset) -> String {
    let mut all = String::new();
    let filters = [
        Filter::default(),
        Filter {
            victim: Some(true),
            ..Filter::default()
        },
        Filter {
            ages: [code("16_24"), code("25_34")].into(),
            ..Filter::default()
        },
    ];
    for filter in filters {
        let selection = filter.select(dataset);
        for column in 0..dataset.schema().questions().len() {
            all += &serde_json::to_string(&frequency(dataset, &selection, column)).unwrap();
        }
        for measure in Measure::ALL {
            let table = themes(dataset, &selection, measure, Grouping::Csp).unwrap();
            all += &serde_json::to_string(&table).unwrap();
        }
        all += &serde_json::to_string(&per_day(dataset, &selection)).unwrap();
        all += &format!("{:?}", median_seconds(dataset, &selection));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn changes_in_any_order_end_where_a_rebuild_does(
        first in 0_u32..60,
        changes in prop::collection::vec((0_u32..80, any::<u64>(), any::<bool>()), 0..60),
        batch in 1_usize..20,
    ) {
        let schema = schema(&every_kind());
        let mut truth: BTreeMap<u32, Answers> =
            (0..first).map(|number| (number, answers(&mut Dice(u64::from(number))))).collect();
        let mut dataset =
            Dataset::empty(schema.clone()).apply(truth.iter().map(|(n, answers)| row(*n, answers)), []);
        for batch in changes.chunks(batch) {
            let kept: BTreeMap<u32, Answers> = batch
                .iter()
                .filter(|(.., keep)| *keep)
                .map(|(number, seed, _)| (*number, answers(&mut Dice(*seed))))
                .collect();
            let gone: BTreeSet<u32> =
                batch.iter().filter(|(number, _, keep)| !keep && !kept.contains_key(number))
                    .map(|(number, ..)| *number).collect();
            let none = Answers::default();
            let change = |dataset: &Dataset| {
                dataset.apply(
                    kept.iter().map(|(number, answers)| row(*number, answers)),
                    gone.iter().map(|number| row(*number, &none).id),
                )
            };
            let before = every_figure(&dataset);
            let once = change(&dataset);
            prop_assert_eq!(before, every_figure(&dataset), "a reader's state moved");
            dataset = change(&once);
            prop_assert_eq!(every_figure(&once), every_figure(&dataset), "repeating a change changed something");
            truth.extend(kept);
            gone.iter().for_each(|number| { truth.remove(number); });
        }
        let mut rebuilt = DatasetBuilder::new(schema);
        truth.iter().for_each(|(number, answers)| rebuilt.push(&row(*number, answers)));
        let rebuilt = rebuilt.build();
        prop_assert_eq!(dataset.len(), rebuilt.len());
        prop_assert_eq!(every_figure(&dataset), every_figure(&rebuilt));
    }

    #[test]
    fn a_filter_and_its_complement_add_up(seed in any::<u64>(), responses in 1_u32..300) {
        let mut dice = Dice(seed);
        let all: Vec<Answers> = (0..responses).map(|_| answers(&mut dice)).collect();
        let rows = (0..).zip(&all).map(|(number, answers)| row(number, answers));
        let dataset = Dataset::empty(schema(&every_kind())).apply(rows, []);
        let days: BTreeSet<_> = per_day(&dataset, &Selection::all(&dataset)).into_iter().map(|day| day.day).collect();
        let middle = *days.iter().nth(days.len() / 2).unwrap();
        let until = Filter { to: Some(middle), ..Filter::default() }.select(&dataset);
        let after = Filter { from: middle.tomorrow().ok(), ..Filter::default() }.select(&dataset);
        prop_assert_eq!(until.count() + after.count(), dataset.len());
        prop_assert_eq!(until.ids(&dataset).len(), until.count());
        let trust = dataset.schema().position(&QuestionKey::new("trust").unwrap()).unwrap();
        let base = |selection: &Selection| frequency(&dataset, selection, trust).base.0;
        prop_assert_eq!(base(&until) + base(&after), base(&Selection::all(&dataset)));
    }
}

#[test]
fn a_change_copies_only_the_chunks_it_touches() {
    let schema = schema(&every_kind());
    let given = answers(&mut Dice(1));
    let number = 3 * CHUNK_ROWS as u32 + 10;
    let dataset = Dataset::empty(schema).apply((0..number).map(|number| row(number, &given)), []);
    assert_eq!(dataset.chunks().len(), 4);
    let changed = dataset.apply([row(5000, &Answers::default())], []);
    let shared: Vec<bool> = dataset
        .chunks()
        .iter()
        .zip(changed.chunks())
        .map(|(one, other)| Arc::ptr_eq(one, other))
        .collect();
    assert_eq!(shared, [true, false, true, true]);
    let fewer = changed.apply([], (0..11).map(|number| row(number, &given).id));
    assert_eq!(fewer.len(), dataset.len() - 11);
    assert_eq!(fewer.chunks().len(), 3);
    assert!(fewer.contains(&row(number - 1, &given).id));
    assert!(!fewer.contains(&row(3, &given).id));
}

#[test]
fn not_asked_missing_declined_and_dont_know_are_told_apart() {
    let definition = every_kind();
    let key = QuestionKey::new("trust").unwrap();
    let with = |answer: Answer| Answers {
        values: [(key.clone(), answer)].into(),
        ..Answers::default()
    };
    let given = [
        with(Answer::Declined),
        with(Answer::DontKnow),
        with(Answer::Number(7)),
        Answers::default(),
    ];
    let asked_nothing = BTreeSet::new();
    let mut rows: Vec<_> = (0..)
        .zip(&given)
        .map(|(number, answers)| row(number, answers))
        .collect();
    let mut hidden = row(9, &given[3]);
    hidden.asked = Some(&asked_nothing);
    rows.push(hidden);
    let dataset = Dataset::empty(schema(&definition)).apply(rows, []);
    let trust = dataset.schema().position(&key).unwrap();
    let found = frequency(&dataset, &Selection::all(&dataset), trust);
    assert_eq!(found.base.0, 1);
    let absent = found.absent;
    assert_eq!(
        (
            absent.missing,
            absent.not_asked,
            absent.declined,
            absent.dont_know
        ),
        (1, 1, 1, 1)
    );
}

#[test]
fn more_than_64_ticks_and_more_than_252_choices_are_counted() {
    let codes: Vec<String> = (0..300).map(|number| format!("c{number}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let list = super::samples::choices(&codes);
    let definition = survey(
        &[],
        serde_json::json!({}),
        serde_json::json!([
            question(
                "one",
                serde_json::json!({ "kind": "single", "choices": list })
            ),
            question(
                "many",
                serde_json::json!({ "kind": "multiple", "choices": list })
            ),
        ]),
    );
    let many = codes.iter().step_by(3).map(|name| code(name)).collect();
    let values = [
        (QuestionKey::new("one").unwrap(), Answer::One(code("c299"))),
        (QuestionKey::new("many").unwrap(), Answer::Many(many)),
    ];
    let answers = Answers {
        values: values.into(),
        ..Answers::default()
    };
    let dataset = Dataset::empty(schema(&definition)).apply([row(1, &answers)], []);
    let all = Selection::all(&dataset);
    let Figures::Single { options } = frequency(&dataset, &all, 0).figures else {
        panic!("not single")
    };
    assert_eq!(options[299].share.count, 1);
    let Figures::Multiple { options, ticks } = frequency(&dataset, &all, 1).figures else {
        panic!("not multiple")
    };
    assert_eq!(
        (ticks, options[297].share.count, options[298].share.count),
        (100, 1, 0)
    );
}

#[test]
fn nothing_is_ever_not_a_number() {
    let schema = schema(&every_kind());
    let empty = Dataset::empty(schema.clone());
    let one = empty.apply([row(1, &answers(&mut Dice(3)))], []);
    let missing = Answers::default();
    let all_missing = empty.apply((0..70).map(|number| row(number, &missing)), []);
    for dataset in [empty, one, all_missing] {
        // serde_json writes null for what is not a number; the types must have said so first.
        let text = every_figure(&dataset);
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}

#[test]
fn areas_partnerships_and_policing_areas_widen_each_other() {
    let place = crate::geography::Place::essex();
    let key = QuestionKey::new("area").unwrap();
    let given: Vec<Answers> = place
        .areas()
        .iter()
        .map(|area| Answers {
            values: [(key.clone(), Answer::One(area.code.clone()))].into(),
            ..Answers::default()
        })
        .collect();
    let rows = (0..)
        .zip(&given)
        .map(|(number, answers)| row(number, answers));
    let dataset = Dataset::empty(schema(&every_kind())).apply(rows, []);
    let policing = &place.group(Grouping::PolicingArea)[0];
    let outside = (0..14_u8)
        .find(|index| !policing.members.contains(index))
        .unwrap();
    let filter = Filter {
        areas: [place.areas()[usize::from(outside)].code.clone()].into(),
        policing_areas: [policing.key.as_str().to_owned()].into(),
        ..Filter::default()
    };
    assert_eq!(filter.select(&dataset).count(), policing.members.len() + 1);
}

#[test]
fn responses_taken_out_across_chunks_leave_what_a_rebuild_has() {
    let schema = schema(&every_kind());
    let said: Vec<Answers> = (0..97).map(|seed| answers(&mut Dice(seed))).collect();
    let of = |number: u32| row(number, &said[number as usize % said.len()]);
    let rows = 2 * CHUNK_ROWS as u32 + 20;
    let gone: BTreeSet<u32> = (0..rows).filter(|number| number % 131 == 5).collect();
    let whole = Dataset::empty(schema.clone()).apply((0..rows).map(of), []);
    let fewer = whole.apply([], gone.iter().map(|number| of(*number).id));
    let mut rebuilt = DatasetBuilder::new(schema);
    for number in (0..rows).filter(|number| !gone.contains(number)) {
        rebuilt.push(&of(number));
    }
    assert_eq!(every_figure(&fewer), every_figure(&rebuilt.build()));
    let kept = (0..rows).filter(|number| !gone.contains(number));
    assert!(kept.clone().all(|number| fewer.contains(&of(number).id)));
    assert_eq!(fewer.len(), kept.count());
}
