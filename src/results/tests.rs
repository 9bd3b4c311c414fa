#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::{Date, date};
use proptest::{collection::btree_set, option, prelude::*, sample::select};

use super::{
    AreaView, Cell, CompareView, Detail, Headline, PageOutcome, QueryError, ResultPage,
    ResultQuery, Show, Snapshot, ThemesView, WeightingOnce, WeightsShown, answer, query::Areas,
};
use crate::{
    analysis::{
        areas::group_key,
        completion::ProgressCounts,
        dataset::{Channel, Dataset},
        filter::Filter,
        samples::{Dice, THEMES, answers, code, every_kind, row, schema},
        themes::Measure,
        variable::VariableKey,
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

fn moment(micros: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(micros).unwrap()
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
    )
        .prop_map(
            move |(areas, csps, policing_areas, ages, sexes, victim, days, channels)| Filter {
                areas,
                csps,
                policing_areas,
                ages,
                sexes,
                victim,
                from: days.map(|(from, _)| day(from)),
                to: days.map(|(from, more)| day(from + more)),
                channels,
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
            "maps",
            "area/E07000067",
            "area/csp-basildon",
            "area/lpa-north",
            "priorities",
            "compare",
            "equality",
            "who",
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
