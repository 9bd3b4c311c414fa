#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use jiff::civil::{Date, date};

use super::{
    Cell, Headline, PageOutcome, QueryError, ResultQuery, Snapshot, WeightingOnce, WeightsShown,
    answer,
};
use crate::{
    analysis::{
        completion::ProgressCounts,
        dataset::{Channel, Dataset},
        filter::Filter,
        samples::{Dice, THEMES, answers, every_kind, row, schema},
        themes::Measure,
    },
    geography::Place,
    survey::{answers::Answers, ids::PageKey},
};

pub(super) fn parse(path: &str, query: &str) -> Result<ResultQuery, QueryError> {
    ResultQuery::parse(path, query, &every_kind(), &Place::essex())
}

pub(super) fn moment(micros: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(micros).unwrap()
}

pub(super) fn snapshot(responses: u32) -> Snapshot {
    let definition = every_kind();
    let mut dice = Dice(7);
    let all: Vec<Answers> = (0..responses).map(|_| answers(&mut dice)).collect();
    let rows = (0..)
        .zip(&all)
        .map(|(number, answers)| row(number, answers));
    let dataset = Dataset::empty(schema(&definition)).apply(rows, []);
    let first = PageKey::new("one").unwrap();
    let started = u64::from(responses) * 2;
    Snapshot {
        definition: Arc::new(definition),
        place: Place::essex(),
        dataset,
        as_of_micros: 1_760_000_000_000_000 + i64::from(responses.max(1) - 1) * 60_000_000,
        progress: ProgressCounts {
            started,
            submitted: u64::from(responses),
            saved: [(first.clone(), started)].into(),
            stopped_after: [(first, u64::from(responses))].into(),
        },
        unreadable: 0,
        weighting: WeightingOnce::default(),
    }
}

#[test]
fn every_page_answers_whatever_there_is() {
    for responses in [0, 1, 400] {
        let snapshot = snapshot(responses);
        let pages = [
            "overview",
            "questions",
            "question/rank",
            "question/comment",
            "themes",
            "quality",
            "maps",
            "area/E07000067",
            "area/csp-basildon",
            "area/lpa-north",
            "priorities",
            "compare",
            "equality",
            "who",
            "who-protected",
            "running",
        ];
        let themes = Measure::ALL.map(|measure| format!("measure={}", measure.word()));
        let compared = [
            "",
            "row=many&by=age&by=policing&by=grid.day",
            "row=trust&by=many.a",
        ];
        let compared = compared.map(str::to_owned);
        for page in pages {
            let queries = match page {
                "compare" => &compared[..],
                _ if ["themes", "maps"].contains(&page) || page.starts_with("area/") => &themes[..],
                _ => &[String::new()][..],
            };
            for (query, weights) in queries
                .iter()
                .flat_map(|query| WeightsShown::ALL.map(|weights| (query, weights)))
            {
                let asked = parse(page, query).unwrap();
                let weights = if asked.page.measures() {
                    weights
                } else {
                    WeightsShown::Raw
                };
                let outcome = answer(&ResultQuery { weights, ..asked }, &snapshot);
                assert_eq!(outcome.state.weights.shown, weights);
                assert_eq!(outcome.state.responses, responses);
                assert!(outcome.to_json().is_object(), "{page}");
                let table = outcome.to_csv_rows();
                assert!(
                    table.rows.iter().all(|row| row.len() == table.header.len()),
                    "{page}"
                );
                let finite =
                    |cell: &Cell| !matches!(cell, Cell::Number(number) if !number.is_finite());
                assert!(table.rows.iter().flatten().all(finite), "{page}");
            }
        }
    }
}

#[test]
fn an_earlier_state_is_had_again_and_a_later_one_is_refused() {
    let snapshot = snapshot(400);
    let newest = moment(snapshot.as_of_micros);
    let sent = 1_760_000_000_000_000;
    let earlier = moment(sent + 99 * 60_000_000);
    let query = parse("questions", "").unwrap().fixed_at(earlier);
    assert_eq!(
        query.to_url(),
        format!("questions?as_of={}", url_of(earlier))
    );
    assert_eq!(parse("questions", &query.query()).unwrap(), query);
    let outcome = answer(&query, &snapshot);
    assert_eq!(
        outcome.state.selected, 100,
        "the last of them at that very moment"
    );
    assert_eq!(outcome.state.versions, [1]);
    let about = outcome.to_csv_rows().about;
    assert!(about.contains(&("as_of", earlier.to_string())), "{about:?}");
    assert!(about.contains(&("versions", "1".to_owned())));
    assert_eq!(query.without("as_of", "").filter, Filter::default());
    // Fixed once, it stays.
    assert_eq!(query.fixed_at(newest), query);
    assert!(query.clone().until(newest).is_ok());
    let refused = query.fixed_at(newest).until(moment(sent)).unwrap_err();
    assert!(refused.to_string().contains("as_of"), "{refused}");
    // An offset says the same moment; its + comes through unescaped, too.
    let local = parse("questions", "as_of=2026-11-24T13:00:00+01:00").unwrap();
    assert_eq!(
        local,
        parse("questions", "as_of=2026-11-24T12:00:00Z").unwrap()
    );
    for wrong in [
        "2026-11-24",
        "2026-11-24T12:00:00",
        "now",
        "1e400",
        "2026-13-01T00:00:00Z",
    ] {
        let refused = parse("questions", &format!("as_of={wrong}")).unwrap_err();
        assert!(!refused.is_unknown_page(), "{wrong}");
        assert!(
            refused.to_string().contains("2026-10-31T17:00:00Z"),
            "{refused}"
        );
    }
    let twice = "as_of=2026-11-24T12:00:00Z&as_of=2026-11-24T12:00:00Z";
    assert!(parse("questions", twice).is_err());
}

fn url_of(moment: jiff::Timestamp) -> String {
    moment.to_string().replace(':', "%3A")
}

#[test]
fn a_response_without_a_beginning_takes_no_time() {
    let snapshot = snapshot(3);
    let given = answers(&mut Dice(5));
    let mut fourth = row(4, &given);
    fourth.channel = Channel::Import;
    fourth.started_at = fourth.submitted_at;
    let with = Snapshot {
        dataset: snapshot.dataset.apply([fourth], []),
        ..snapshot.clone()
    };
    let median = |snapshot: &Snapshot| match answer(&parse("overview", "").unwrap(), snapshot).page
    {
        PageOutcome::Overview(overview) => overview.median_seconds,
        _ => panic!("not the overview"),
    };
    assert_eq!(median(&with), median(&snapshot));
}

#[test]
fn the_home_counts_completion_days_and_time() {
    let snapshot = snapshot(400);
    let outcome = answer(&parse("overview", "").unwrap(), &snapshot);
    let PageOutcome::Overview(overview) = &outcome.page else {
        panic!("not the overview")
    };
    assert_eq!(overview.completion.completed.value(), Some(0.5));
    assert_eq!(overview.completion.pages[0].stopped.value(), Some(0.5));
    assert_eq!(overview.median_seconds, Some(240.0));
    assert_eq!(
        overview.days.iter().map(|day| day.responses).sum::<u32>(),
        400
    );
    assert_eq!(overview.days.last().map(|day| day.day), overview.today);
    assert_eq!(
        overview.days.last().map(|day| day.responses),
        Some(overview.responses_today)
    );
}

#[test]
fn too_few_answers_claim_nothing() {
    let headline =
        |responses: u32, page: &str| match answer(&parse(page, "").unwrap(), &snapshot(responses))
            .page
        {
            PageOutcome::Themes(themes) => themes.headline,
            PageOutcome::Question(question) => question.headline,
            _ => panic!("no headline"),
        };
    assert_eq!(headline(0, "themes"), Headline::Nobody);
    assert_eq!(headline(0, "question/sex"), Headline::Nobody);
    assert!(matches!(headline(20, "themes"), Headline::TooFew { .. }));
    assert!(matches!(
        headline(20, "question/sex"),
        Headline::TooFew { .. }
    ));
    assert_eq!(headline(400, "question/sex"), Headline::Measure);
}

#[test]
fn a_simulated_response_marks_the_page_it_counts_on() {
    let snapshot = snapshot(3);
    let simulated = answers(&mut Dice(5));
    let mut fourth = row(4, &simulated);
    fourth.simulated = true;
    let with = Snapshot {
        dataset: snapshot.dataset.apply([fourth], []),
        ..snapshot.clone()
    };
    let query = parse("overview", "").unwrap();
    assert!(!answer(&query, &snapshot).state.simulated);
    assert!(answer(&query, &with).state.simulated);
    let before = ResultQuery {
        filter: Filter {
            to: Some(Date::constant(2020, 1, 1)),
            ..Filter::default()
        },
        ..query
    };
    assert!(!answer(&before, &with).state.simulated);
}

#[test]
fn an_area_is_found_by_code_and_by_name() {
    let braintree = parse("area/E07000067", "").unwrap();
    assert_eq!(parse("area/braintree", "").unwrap(), braintree);
    assert_eq!(braintree.to_url(), "area/E07000067");
    assert_ne!(parse("area/csp-braintree", "").unwrap(), braintree);
}

#[test]
fn the_profile_of_an_area_is_its_column_of_themes_by_area() {
    let snapshot = snapshot(3000);
    let of = |page: &str, query: &str| answer(&parse(page, query).unwrap(), &snapshot).page;
    for (grouping, area) in [("district", "E07000067"), ("csp", "csp-basildon")] {
        for measure in Measure::ALL {
            let query = format!("measure={}", measure.word());
            let PageOutcome::Area(profile) = of(&format!("area/{area}"), &query) else {
                panic!("not an area")
            };
            let PageOutcome::Themes(themes) = of("themes", &format!("areas={grouping}&{query}"))
            else {
                panic!("not themes")
            };
            let table = themes.table.unwrap();
            let keys = || table.columns.iter();
            let at = keys()
                .position(|column| column.key.as_deref() == Some(profile.key.as_str()))
                .unwrap();
            assert_eq!(profile.base, table.columns[at].base);
            assert_eq!(profile.themes.len(), table.rows.len());
            for theme in &profile.themes {
                let row = table
                    .rows
                    .iter()
                    .find(|row| row.theme == theme.theme)
                    .unwrap();
                assert_eq!(
                    (theme.here, theme.rank),
                    (row.cells[at].figure, row.cells[at].rank)
                );
                assert_eq!(theme.county, row.cells[0].figure);
            }
            let ranks: Vec<_> = profile.themes.iter().map(|theme| theme.rank).collect();
            assert!(ranks.is_sorted(), "most wanted first: {ranks:?}");
            assert!(profile.people.responses >= profile.base);
        }
    }
}

#[test]
fn areas_show_what_the_police_recorded_in_all_their_districts() {
    let outcome = |area: &str| match answer(&parse(area, "").unwrap(), &snapshot(1)).page {
        PageOutcome::Area(area) => area,
        _ => panic!("not an area"),
    };
    let total = |area: &str| outcome(area).crime.unwrap().kinds[0].count;
    assert_eq!(total("area/E07000066"), 16_434);
    let both = total("area/castle-point") + total("area/rochford");
    assert_eq!(total("area/csp-castle-point-and-rochford"), both);
    let anti_social = outcome("area/maldon").anti_social_behaviour.unwrap();
    assert_eq!(anti_social.kinds[0].count, 540);
    assert_eq!(anti_social.to, date(2018, 7, 1));
}

#[test]
fn priorities_stand_without_weights_with_them_or_both() {
    let snapshot = snapshot(3000);
    let of = |query: &str| match answer(&parse("priorities", query).unwrap(), &snapshot).page {
        PageOutcome::Priorities(priorities) => (
            priorities.ranking.is_some(),
            priorities.weighted_ranking.map(|ranking| ranking.base),
        ),
        _ => panic!("no priorities"),
    };
    let are_there = snapshot.weights().is_ok();
    assert_eq!(of(""), (true, None));
    let (raw, weighted) = of("weights=both");
    assert_eq!((raw, weighted.is_some()), (true, are_there));
    let (raw, weighted) = of("weights=weighted");
    assert_eq!((raw, weighted.is_some()), (!are_there, are_there));
}

#[test]
fn priorities_are_ranked_by_every_rule_where_enough_people_answered() {
    let ranking =
        |responses: u32| match answer(&parse("priorities", "").unwrap(), &snapshot(responses)).page
        {
            PageOutcome::Priorities(priorities) => priorities.ranking.unwrap(),
            _ => panic!("no priorities"),
        };
    let few = ranking(20);
    assert!(few.small && few.rules.is_empty() && few.robustness.is_none());
    let many = ranking(400);
    assert!(!many.small);
    assert_eq!(many.items.len(), THEMES.len());
    assert_eq!(many.rules.len(), 7);
    let robustness = many.robustness.unwrap();
    assert_eq!(robustness.resamples, 1000);
    assert_eq!(robustness.first_by.len() + robustness.not_first_by.len(), 7);
    for rule in &many.rules {
        let shares = robustness
            .stays
            .iter()
            .filter(|stays| stays.rule == rule.rule);
        let sum: f64 = shares.map(|stays| stays.share).sum();
        assert!(sum <= 1.0 + 1e-9, "only one is first alone: {sum}");
    }
}
