#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::{Date, date};
use proptest::{collection::btree_set, option, prelude::*, sample::select};

use super::{
    Cell, Headline, PageOutcome, QueryError, ResultPage, ResultQuery, Snapshot, ThemesView,
    WeightingOnce, WeightsShown, answer, query::Areas,
};
use crate::{
    analysis::{
        areas::group_key,
        completion::ProgressCounts,
        dataset::{Channel, Dataset},
        filter::Filter,
        quality::FlagFilter,
        samples::{Dice, THEMES, answers, code, every_kind, row, schema},
        themes::Measure,
    },
    geography::{Grouping, Place},
    survey::{
        answers::Answers,
        ids::{Code, PageKey, QuestionKey, ThemeKey},
    },
};

fn parse(path: &str, query: &str) -> Result<ResultQuery, QueryError> {
    ResultQuery::parse(path, query, &every_kind(), &Place::essex())
}

fn keys(grouping: Grouping) -> Vec<String> {
    let place = Place::essex();
    (0..place.group(grouping).len())
        .map(|group| group_key(&place, grouping, group).to_owned())
        .collect()
}

fn codes(from: &[&'static str]) -> impl Strategy<Value = BTreeSet<Code>> + use<> {
    btree_set(select(from.to_vec()).prop_map(code), 0..3)
}

fn filters() -> impl Strategy<Value = Filter> {
    let areas = btree_set(
        select(keys(Grouping::District)).prop_map(|key| code(&key)),
        0..4,
    );
    let days = option::of((0_i32..400, 0_i32..60));
    let day = |offset: i32| date(2026, 1, 1).saturating_add(jiff::Span::new().days(offset));
    (
        areas,
        btree_set(select(keys(Grouping::Csp)), 0..3),
        btree_set(select(keys(Grouping::PolicingArea)), 0..3),
        codes(&["16_24", "25_34", "35_plus"]),
        codes(&["female", "male"]),
        option::of(any::<bool>()),
        days,
        btree_set(select(Channel::ALL.to_vec()), 0..3),
        select(FlagFilter::ALL.to_vec()),
    )
        .prop_map(
            move |(areas, csps, policing_areas, ages, sexes, victim, days, channels, quality)| {
                Filter {
                    areas,
                    csps,
                    policing_areas,
                    ages,
                    sexes,
                    victim,
                    from: days.map(|(from, _)| day(from)),
                    to: days.map(|(from, more)| day(from + more)),
                    channels,
                    quality,
                }
            },
        )
}

fn views() -> impl Strategy<Value = ThemesView> {
    let groupings = select(Grouping::ALL.to_vec());
    groupings.prop_flat_map(|grouping| {
        let theme = select(THEMES.to_vec()).prop_map(|theme| ThemeKey::new(theme).unwrap());
        let key = || option::of(select(keys(grouping)));
        (
            select(Measure::ALL.to_vec()),
            option::of(theme),
            key(),
            key(),
        )
            .prop_map(move |(measure, theme, sort, cell)| ThemesView {
                measure,
                areas: Areas(grouping),
                theme,
                sort,
                cell,
            })
    })
}

fn pages() -> impl Strategy<Value = ResultPage> {
    prop_oneof![
        Just(ResultPage::Overview),
        Just(ResultPage::Questions),
        Just(ResultPage::Quality),
        select(vec!["area", "rank", "comment"])
            .prop_map(|key| ResultPage::Question(QuestionKey::new(key).unwrap())),
        views().prop_map(ResultPage::Themes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn an_address_reads_back_as_the_query_it_was_written_from(
        page in pages(),
        filter in filters(),
        weights in select(WeightsShown::ALL.to_vec()),
    ) {
        let weights = if page.measures() { weights } else { WeightsShown::Raw };
        let query = ResultQuery { page, filter, weights };
        let url = query.to_url();
        let (path, parameters) = url.split_once('?').unwrap_or((&url, ""));
        let again = parse(path, parameters).unwrap();
        prop_assert_eq!(again.to_url(), url);
        prop_assert_eq!(again, query);
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(path in ".{0,60}", query in ".{0,200}") {
        if let Err(error) = parse(&path, &query) {
            prop_assert!(error.to_string().len() < 4000);
            prop_assert!(error.message().id.starts_with("results-error-"));
        }
    }
}

#[test]
fn a_wrong_address_names_the_part_at_fault_and_what_is_allowed() {
    let fault = |path: &str, query: &str| parse(path, query).unwrap_err();
    assert!(fault("crosstabs", "").is_unknown_page());
    assert!(fault("question/nonsense", "").is_unknown_page());
    assert_eq!(
        fault("themes", "measure=loudness"),
        QueryError::UnknownValue {
            parameter: "measure",
            given: "loudness".to_owned(),
            allowed: ["top3", "first", "mean_rank", "money"]
                .map(str::to_owned)
                .to_vec(),
        }
    );
    let QueryError::UnknownValue {
        parameter: "area",
        allowed,
        ..
    } = fault("overview", "area=E99")
    else {
        panic!("not the area")
    };
    assert_eq!(allowed.len(), Place::essex().areas().len());
    assert!(matches!(
        fault("overview", "measure=top3"),
        QueryError::UnknownParameter { .. }
    ));
    assert!(matches!(
        fault("overview", "from=2026-13-01"),
        QueryError::UnknownValue {
            parameter: "from",
            ..
        }
    ));
    assert_eq!(
        fault("overview", "from=2026-12-01&to=2026-11-01"),
        QueryError::DatesReversed
    );
    assert_eq!(
        fault("overview", "victim=yes&victim=no"),
        QueryError::Repeated {
            parameter: "victim"
        }
    );
    assert!(matches!(
        fault("themes", "areas=csp&sort=E07000067"),
        QueryError::UnknownValue {
            parameter: "sort",
            ..
        }
    ));
    let QueryError::UnknownValue { given, .. } =
        fault("overview", &format!("age={}", "x".repeat(5000)))
    else {
        panic!("not a value")
    };
    assert_eq!(given.len(), 60);
}

#[test]
fn a_survey_that_does_not_ask_refuses_to_filter_by_it() {
    let mut definition = every_kind();
    definition.roles.age = None;
    definition.roles.victim = None;
    let fault = |query: &str| {
        ResultQuery::parse("overview", query, &definition, &Place::essex()).unwrap_err()
    };
    assert_eq!(
        fault("age=16_24"),
        QueryError::NotAsked { parameter: "age" }
    );
    assert_eq!(
        fault("victim=yes"),
        QueryError::NotAsked {
            parameter: "victim"
        }
    );
}

#[test]
fn what_a_form_leaves_empty_counts_as_not_given() {
    assert_eq!(
        parse("overview", "from=&to=&age=").unwrap(),
        ResultQuery::of(ResultPage::Overview)
    );
}

#[test]
fn a_tag_removes_one_value_of_one_filter() {
    let query = parse("overview", "age=16_24&age=25_34&victim=yes").unwrap();
    assert_eq!(
        query.without("age", "16_24").to_url(),
        "overview?age=25_34&victim=yes"
    );
    assert_eq!(
        query.without("victim", "yes").to_url(),
        "overview?age=16_24&age=25_34"
    );
}

fn snapshot(responses: u32) -> Snapshot {
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
        ];
        let themes = Measure::ALL.map(|measure| format!("measure={}", measure.word()));
        for page in pages {
            let queries = if page == "themes" {
                &themes[..]
            } else {
                &[String::new()][..]
            };
            for query in queries {
                let outcome = answer(&parse(page, query).unwrap(), &snapshot);
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
