//! Addresses: read back as written, and refused with the part at fault.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::{collection::btree_set, option, prelude::*, sample::select};

use super::{
    AreaView, Areas, CompareView, Detail, PageOutcome, QueryError, ResultPage, ResultQuery, Show,
    Snapshot, ThemesView, WeightsShown, answer,
    tests::{moment, parse, snapshot},
};
use crate::{
    analysis::{
        areas::group_key,
        dataset::Channel,
        filter::Filter,
        quality::FlagFilter,
        samples::{THEMES, code, every_kind},
        themes::Measure,
        variable::VariableKey,
    },
    geography::{Grouping, Place},
    survey::ids::{Code, QuestionKey, ThemeKey},
};

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
                    answers: [
                        ("many", "a"),
                        ("grid.dark", "good"),
                        ("trust", "7"),
                        (".sex", "male"),
                    ]
                    .into_iter()
                    .filter(|_| victim.is_some())
                    .map(|(key, code)| (VariableKey::read(key).unwrap(), [code.to_owned()].into()))
                    .collect(),
                    as_of: days
                        .filter(|(_, more)| more % 2 == 0)
                        .map(|(from, _)| moment(i64::from(from) * 86_400_000_001)),
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
            select(Detail::ALL.to_vec()),
            option::of(theme),
            key(),
            key(),
        )
            .prop_map(move |(measure, detail, theme, sort, cell)| ThemesView {
                measure,
                areas: Areas(grouping),
                detail,
                theme,
                sort,
                cell,
            })
    })
}

fn area_views() -> impl Strategy<Value = AreaView> {
    let groupings = select(Grouping::ALL.to_vec());
    groupings.prop_flat_map(|grouping| {
        (select(keys(grouping)), select(Measure::ALL.to_vec())).prop_map(move |(key, measure)| {
            AreaView {
                areas: Areas(grouping),
                key,
                measure,
            }
        })
    })
}

fn comparisons() -> impl Strategy<Value = CompareView> {
    let row = option::of(select(vec![
        "many", "rank", "many.a", "grid.day", "trust", "version",
    ]));
    let by = proptest::sample::subsequence(
        vec!["policing", "age", ".age", "many.b", "grid.dark", "victim"],
        0..=3,
    );
    let key = |name: &str| VariableKey::read(name).unwrap();
    (row, by, select(Show::ALL.to_vec())).prop_map(move |(row, by, show)| CompareView {
        row: row.map(key),
        by: by.into_iter().map(key).collect(),
        show,
    })
}

fn pages() -> impl Strategy<Value = ResultPage> {
    prop_oneof![
        Just(ResultPage::Overview),
        Just(ResultPage::Questions),
        Just(ResultPage::Who),
        Just(ResultPage::WhoProtected),
        Just(ResultPage::Running),
        Just(ResultPage::Quality),
        select(vec!["area", "rank", "comment"])
            .prop_map(|key| ResultPage::Question(QuestionKey::new(key).unwrap())),
        views().prop_map(ResultPage::Themes),
        views().prop_map(ResultPage::Maps),
        area_views().prop_map(ResultPage::Area),
        Just(ResultPage::Priorities),
        comparisons().prop_map(ResultPage::Compare),
        Just(ResultPage::Equality),
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
    assert!(fault("area/nowhere", "").is_unknown_page());
    assert!(matches!(
        fault("area/lpa-north", "theme=asb"),
        QueryError::UnknownParameter { .. }
    ));
    assert_eq!(
        fault("themes", "measure=loudness"),
        QueryError::UnknownValue {
            parameter: "measure",
            given: "loudness".to_owned(),
            allowed: ["top3", "first", "mean_rank", "borda", "money"]
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
    assert_eq!(
        fault("questions", "weights=heavy"),
        QueryError::UnknownValue {
            parameter: "weights",
            given: "heavy".to_owned(),
            allowed: ["raw", "weighted", "both"].map(str::to_owned).to_vec(),
        }
    );
    assert!(matches!(
        fault("overview", "weights=raw"),
        QueryError::UnknownParameter { .. }
    ));
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
fn a_comparison_that_names_what_there_is_not_is_refused() {
    for (query, parameter, allowed) in [
        ("row=comment", "row", "many"),
        ("row=money&by=age", "row", "grid.day"),
        ("row=sex&by=many", "by", "many.a"),
        ("row=sex&by=.sex&by=.sex", "by", "age"),
        ("row=trust&by=trust", "by", "age"),
        ("row=trust&show=everything", "show", "percent"),
        ("answer=many", "answer", "many:a"),
        ("answer=years:3", "answer", "many"),
        ("answer=many:z", "answer", "many:a"),
        ("answer=grid:good", "answer", "grid.day"),
        ("answer=trust:11", "answer", "trust:10"),
    ] {
        let fault = parse("compare", query).unwrap_err();
        let QueryError::UnknownValue {
            parameter: at,
            allowed: known,
            ..
        } = &fault
        else {
            panic!("{query}: {fault}")
        };
        assert_eq!(*at, parameter, "{query}");
        assert!(
            known.iter().any(|known| known.contains(allowed)),
            "{query}: {known:?}"
        );
    }
    assert!(matches!(
        parse("compare", "row=trust&by=age&by=sex&by=victim&by=channel"),
        Err(QueryError::Repeated { parameter: "by" })
    ));
}

#[test]
fn answers_of_one_question_widen_and_of_several_narrow() {
    let snapshot = snapshot(400);
    let count = |query: &str| {
        answer(&parse("overview", query).unwrap(), &snapshot)
            .state
            .selected
    };
    let (one, other) = (count("answer=trust:3"), count("answer=trust:4"));
    assert!(one > 0 && other > 0);
    assert_eq!(count("answer=trust:3&answer=trust:4"), one + other);
    assert!(count("answer=trust:3&answer=many:a") < one);
    assert_eq!(count("answer=.sex:male"), count("sex=male"));
    assert_eq!(
        count("answer=many:a&answer=many:b"),
        count("answer=many:a") + count("answer=many:b") - both(&snapshot, "a", "b")
    );
    let query = parse("overview", "answer=trust:3&answer=trust:4").unwrap();
    let json = answer(&query, &snapshot).to_json();
    assert_eq!(json["state"]["filter"]["answers"]["trust"][1], "4");
    assert_eq!(
        query.without("answer", "trust:3").to_url(),
        "overview?answer=trust%3A4"
    );
}

/// How many ticked both.
fn both(snapshot: &Snapshot, one: &str, other: &str) -> u32 {
    let query = parse("compare", &format!("row=many.{one}&by=many.{other}")).unwrap();
    let PageOutcome::Compare(compared) = answer(&query, snapshot).page else {
        panic!("not a comparison")
    };
    compared.tables[0].rows[0].cells[0].share.count
}

#[test]
fn sensitive_questions_are_known_wherever_an_address_names_them() {
    let mut definition = every_kind();
    let questions = &mut definition.sections[0].pages[0].questions;
    for question in questions
        .iter_mut()
        .filter(|question| ["many", "grid"].contains(&question.key.as_str()))
    {
        question.sensitive = Some(crate::survey::text::Text::default());
    }
    let reads = |path: &str, query: &str| {
        ResultQuery::parse(path, query, &definition, &Place::essex())
            .unwrap()
            .reads_sensitive(&definition)
    };
    for query in [
        "row=many",
        "row=many.a",
        "row=sex&by=grid.day",
        "answer=many:a",
        "answer=grid.dark:bad",
    ] {
        assert!(reads("compare", query), "{query}");
    }
    assert!(
        reads("themes", "answer=many:a") && reads("question/grid", "") && reads("equality", "")
    );
    assert!(!reads("compare", "row=sex&by=age") && !reads("questions", ""));
    let query = ResultQuery::parse("compare", "", &definition, &Place::essex()).unwrap();
    let PageOutcome::Compare(compared) = answer(&query, &snapshot(50)).page else {
        panic!("not a comparison")
    };
    assert!(!["many", "grid"].iter().any(|key| {
        compared
            .row
            .iter()
            .any(|row| row.to_string().starts_with(key))
    }));
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
