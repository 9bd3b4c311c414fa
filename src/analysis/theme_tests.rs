#![allow(clippy::unwrap_used)]

use super::{
    dataset::{Dataset, Row},
    filter::{Filter, Selection},
    lead::Lead,
    samples::{THEMES, code, every_kind, row, schema},
    share::Share,
    themes::{Direction, Figure, Measure, ThemeTable, Unmeasured, themes},
};
use crate::{
    geography::{Grouping, Place},
    survey::{
        answers::{Answer, Answers},
        ids::{QuestionKey, ThemeKey},
    },
};

/// What one person says: their area (or `outside`, or nothing) and their ranking.
fn says(area: Option<&str>, ranked: &[&str]) -> Answers {
    let mut answers = Answers::default();
    let mut add = |key: &str, answer| {
        answers
            .values
            .insert(QuestionKey::new(key).unwrap(), answer)
    };
    if let Some(area) = area {
        add("area", Answer::One(code(area)));
    }
    add(
        "rank",
        Answer::Ranked(ranked.iter().copied().map(code).collect()),
    );
    let first = THEMES.iter().position(|theme| *theme == ranked[0]).unwrap();
    let shares = THEMES
        .iter()
        .enumerate()
        .map(|(place, theme)| (code(theme), if place == first { 70 } else { 10 }));
    add("money", Answer::Shares(shares.collect()));
    answers
}

fn people(groups: &[(u32, Option<&str>, &[&str])]) -> Dataset {
    let said: Vec<Answers> = groups
        .iter()
        .flat_map(|(many, area, ranked)| (0..*many).map(|_| says(*area, ranked)))
        .collect();
    let rows = (0..)
        .zip(&said)
        .map(|(number, answers)| row(number, answers));
    Dataset::empty(schema(&every_kind())).apply(rows, [])
}

fn table(dataset: &Dataset, measure: Measure, grouping: Grouping) -> ThemeTable {
    themes(dataset, &Selection::all(dataset), measure, grouping).unwrap()
}

fn theme(key: &str) -> ThemeKey {
    ThemeKey::new(key).unwrap()
}

/// Basildon wants asb first, Uttlesford rural; three gave no area and two live outside.
fn two_districts() -> Dataset {
    people(&[
        (120, Some("E07000066"), &["asb", "drugs"]),
        (80, Some("E07000077"), &["rural", "drugs", "asb"]),
        (10, Some("E07000077"), &["burglary"]),
        (4, Some("E07000073"), &["drugs"]),
        (3, None, &["asb"]),
        (2, Some("outside"), &["burglary"]),
    ])
}

#[test]
fn the_whole_place_keeps_those_without_an_area_and_leaves_out_those_outside() {
    let table = table(&two_districts(), Measure::First, Grouping::District);
    assert_eq!(table.columns[0].base.0, 217);
    assert_eq!((table.area_unknown.0, table.outside.0), (3, 2));
    let Figure::Share(first) = table.rows[0].cells[0].figure else {
        panic!("not a share")
    };
    assert_eq!(first, Share::new(123, table.columns[0].base));
}

#[test]
fn an_area_is_marked_where_it_differs_from_the_rest() {
    for measure in Measure::ALL {
        let table = table(&two_districts(), measure, Grouping::District);
        let column = |key: &str| {
            table
                .columns
                .iter()
                .position(|column| column.key.as_deref() == Some(key))
                .unwrap()
        };
        let cell = |theme: &str, column: usize| {
            table
                .rows
                .iter()
                .find(|row| row.theme.as_str() == theme)
                .unwrap()
                .cells[column]
        };
        let mark = |theme: &str, key: &str| cell(theme, column(key)).difference.unwrap().mark;
        assert_eq!(
            mark("rural", "E07000077"),
            Some(Direction::More),
            "{measure:?}"
        );
        assert_eq!(
            mark("rural", "E07000066"),
            Some(Direction::Less),
            "{measure:?}"
        );
        // A small base is neither tested nor ranked.
        let harlow = column("E07000073");
        assert!(table.columns[harlow].small && table.columns[harlow].first.is_empty());
        assert_eq!(cell("drugs", harlow).rank, None);
        assert_eq!(cell("drugs", harlow).difference.unwrap().test, None);
        assert_eq!(
            cell("rural", column("E07000077")).rank,
            Some(1),
            "{measure:?}"
        );
    }
}

#[test]
fn the_rest_and_the_area_make_up_all_who_gave_an_area() {
    for grouping in Grouping::ALL {
        let table = table(&two_districts(), Measure::TopThree, grouping);
        for row in &table.rows {
            for cell in &row.cells[1..] {
                let rest = cell.difference.unwrap().rest.base();
                assert_eq!(cell.figure.base().0 + rest.0, 214);
            }
        }
    }
}

#[test]
fn a_lead_is_claimed_only_where_it_survives() {
    let clear = people(&[
        (300, None, &["asb", "drugs"]),
        (60, None, &["drugs", "asb"]),
        (60, None, &["rural"]),
    ]);
    let lead = table(&clear, Measure::First, Grouping::Csp).lead;
    assert!(
        matches!(lead, Lead::Holds { theme: first, p_holm: Some(p) } if first == theme("asb") && p < 1e-6)
    );
    let close = people(&[
        (150, None, &["asb"]),
        (145, None, &["drugs"]),
        (20, None, &["rural"]),
    ]);
    for measure in Measure::ALL {
        let lead = table(&close, measure, Grouping::Csp).lead;
        assert_eq!(
            lead,
            Lead::Unclear {
                themes: vec![theme("asb"), theme("drugs")]
            },
            "{measure:?}"
        );
    }
    let few = people(&[(40, None, &["asb"])]);
    assert_eq!(
        table(&few, Measure::First, Grouping::Csp).lead,
        Lead::TooFew
    );
}

#[test]
fn everybody_of_one_mind_holds_the_lead_without_a_number_that_is_none() {
    let all = people(&[(60, Some("E07000066"), &["asb", "drugs", "rural"])]);
    for measure in Measure::ALL {
        let table = table(&all, measure, Grouping::District);
        assert!(serde_json::to_string(&table).unwrap().contains("\"asb\""));
        match measure {
            // Three themes are in everybody's top three: none leads.
            Measure::TopThree => assert!(matches!(table.lead, Lead::Unclear { .. })),
            _ => assert!(matches!(table.lead, Lead::Holds { .. }), "{measure:?}"),
        }
    }
}

#[test]
fn twice_the_people_leave_the_shares_and_shrink_the_variance() {
    let said = two_groups();
    let of = |said: &[Answers]| {
        let rows: Vec<Row<'_>> = (0..)
            .zip(said)
            .map(|(number, said)| row(number, said))
            .collect();
        let dataset = Dataset::empty(schema(&every_kind())).apply(rows, []);
        table(&dataset, Measure::MeanRank, Grouping::District)
    };
    let (one, two) = (of(&said), of(&[said.clone(), said.clone()].concat()));
    for (one, two) in one.rows.iter().zip(&two.rows) {
        let (Figure::Mean(one), Figure::Mean(two)) = (one.cells[0].figure, two.cells[0].figure)
        else {
            panic!("not means")
        };
        let n = f64::from(one.base.0);
        assert!((one.mean.unwrap() - two.mean.unwrap()).abs() < 1e-12);
        if one.se == Some(0.0) {
            assert_eq!(two.se, Some(0.0));
            continue;
        }
        let ratio = (two.se.unwrap() / one.se.unwrap()).powi(2);
        assert!((ratio - (n - 1.0) / (2.0 * n - 1.0)).abs() < 1e-12);
    }
}

fn two_groups() -> Vec<Answers> {
    let mut all: Vec<Answers> = (0..70)
        .map(|_| says(Some("E07000066"), &["asb", "drugs"]))
        .collect();
    all.extend((0..50).map(|_| says(Some("E07000077"), &["rural", "drugs", "asb"])));
    all
}

#[test]
fn a_filter_that_leaves_one_area_leaves_nothing_to_compare_with() {
    let dataset = two_districts();
    let place = Place::essex();
    let filter = Filter {
        areas: [place.areas()[0].code.clone()].into(),
        ..Filter::default()
    };
    let table = themes(
        &dataset,
        &filter.select(&dataset),
        Measure::TopThree,
        Grouping::District,
    )
    .unwrap();
    assert_eq!(table.tests, 0);
}

#[test]
fn a_survey_without_a_ranking_says_so() {
    let mut definition = every_kind();
    definition.roles.priorities = None;
    definition.roles.budget = None;
    let dataset = Dataset::empty(schema(&definition));
    let ask =
        |measure| themes(&dataset, &Selection::all(&dataset), measure, Grouping::Csp).unwrap_err();
    assert_eq!(ask(Measure::First), Unmeasured::NoRanking);
    assert_eq!(ask(Measure::Money), Unmeasured::NoBudget);
}

/// A ranking and a budget whose first two items both stand for asb.
fn two_items_for_one_theme(extra: &[&str]) -> crate::survey::definition::Definition {
    use serde_json::{Value, json};
    let item = |code: &&str| {
        let theme = if code.starts_with("asb") {
            "asb"
        } else {
            "rural"
        };
        json!({ "code": code, "label": { "en": code }, "theme": theme })
    };
    let items: Value = ["asb_night", "asb_day", "rural"]
        .iter()
        .chain(extra)
        .map(item)
        .collect();
    super::samples::survey(
        &["rural", "asb"],
        json!({ "priorities": "rank", "budget": "money" }),
        json!([
            super::samples::question(
                "rank",
                json!({ "kind": "ranking", "items": items, "places": 3 })
            ),
            super::samples::question("money", json!({ "kind": "budget", "items": items })),
        ]),
    )
}

#[test]
fn a_theme_of_two_items_counts_once_and_gets_the_money_of_both() {
    let mut said = Answers::default();
    let ranked = ["asb_night", "asb_day", "rural"].map(code).to_vec();
    let money = [
        (code("asb_night"), 30),
        (code("asb_day"), 50),
        (code("rural"), 20),
    ];
    said.values
        .insert(QuestionKey::new("rank").unwrap(), Answer::Ranked(ranked));
    said.values.insert(
        QuestionKey::new("money").unwrap(),
        Answer::Shares(money.into()),
    );
    let dataset = Dataset::empty(schema(&two_items_for_one_theme(&[])))
        .apply((0..60).map(|number| row(number, &said)), []);
    let of_asb = |measure| {
        let table = table(&dataset, measure, Grouping::PolicingArea);
        assert_eq!(table.rows[1].theme, theme("asb"));
        table.rows[1].cells[0].figure
    };
    let Figure::Share(top) = of_asb(Measure::TopThree) else {
        panic!("not a share")
    };
    assert_eq!((top.count, top.base.0), (60, 60));
    assert_eq!(of_asb(Measure::MeanRank).value(), Some(1.0));
    assert_eq!(of_asb(Measure::Money).value(), Some(0.8));
}

#[test]
fn versions_are_read_as_one_by_their_keys_and_codes() {
    use super::{
        frequency::{Figures, frequency},
        schema::Schema,
    };
    let (newest, older) = (
        two_items_for_one_theme(&[]),
        two_items_for_one_theme(&["rural_old"]),
    );
    let schema = Schema::new(&[&newest, &older], Place::essex()).unwrap();
    let mut said = Answers::default();
    let old = Answer::Ranked(vec![code("rural_old")]);
    said.values.insert(QuestionKey::new("rank").unwrap(), old);
    let dataset = Dataset::empty(std::sync::Arc::new(schema)).apply([row(1, &said)], []);
    let Figures::Ranking { items, .. } = frequency(&dataset, &Selection::all(&dataset), 0).figures
    else {
        panic!("not a ranking")
    };
    let codes: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
    assert_eq!(codes, ["asb_night", "asb_day", "rural", "rural_old"]);
    assert_eq!(items[3].first.count, 1);
}
