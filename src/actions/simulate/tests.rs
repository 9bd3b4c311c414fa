//! Made-up responses as a whole: the same again, valid, believable, on both engines.
#![allow(clippy::unwrap_used)]

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use uuid::Uuid;

use super::{
    Plan, SimulateError, Summary, moments::Arrivals, people::Population, simulate, walk::Walk,
};
use crate::{
    analysis::filter::Selection,
    geography::Place,
    live::{Catalogue, Live, catalogue::Version},
    storage::{
        Store,
        fixture::{TestDatabase, first_page, on_both, survey_of},
        meta,
        responses::{self, NewResponse, ResponseState, Sensitive, StoredResponse},
        surveys,
    },
    survey::{
        answers::{Answer, Answers, TextKey, unpack},
        definition::{Definition, OUTSIDE},
        ids::QuestionKey,
        journey::{Journey, SavedPages},
        reference::Reference,
        schedule::Schedule,
    },
};

const DEFAULT: &str = include_str!("../../../assets/surveys/police-and-crime-plan.yaml");
const EVERY_KIND: &str = include_str!("../../../assets/surveys/every-kind.yaml");
const NOW: &str = "2026-11-24T11:00:00Z";

fn version(yaml: &str) -> Version {
    Version {
        id: Uuid::from_u128(7),
        number: 1,
        definition: Arc::new(Definition::from_yaml(yaml).unwrap()),
    }
}

fn walk_all(version: &Version, people: u32, seed: u64) -> Vec<NewResponse> {
    let place = Place::essex();
    let definition = &version.definition;
    let schedule = Schedule::new(definition).unwrap();
    let walk = Walk {
        version,
        place: &place,
        population: Population::of(&place),
        arrivals: Arrivals::plan(definition, &schedule, NOW.parse().unwrap(), seed),
        seed,
        people,
    };
    (0..people).map(|n| walk.take(n).unwrap()).collect()
}

fn answers_of(new: &NewResponse) -> Answers {
    let texts = new.texts.iter().map(|text| {
        let code = (!text.code.is_empty()).then(|| text.code.parse().unwrap());
        let question = text.question.parse().unwrap();
        (TextKey { question, code }, text.text.clone())
    });
    unpack(&new.document, new.sensitive.as_deref(), texts).unwrap()
}

fn is_submittable(definition: &Definition, new: &NewResponse) -> bool {
    let saved: SavedPages = serde_json::from_str(&new.pages).unwrap();
    let answers = answers_of(new);
    Journey::new(definition, &answers, &saved).submittable() == Ok(answers.clone())
}

#[test]
fn the_same_seed_makes_the_same_answers_and_another_seed_others() {
    let version = version(DEFAULT);
    let first = walk_all(&version, 60, 1);
    assert_eq!(first, walk_all(&version, 60, 1));
    let other = walk_all(&version, 60, 2);
    assert!(
        first
            .iter()
            .zip(&other)
            .all(|(a, b)| a.id != b.id && a.document != b.document)
    );
}

#[test]
fn what_is_submitted_reads_back_and_is_submittable_in_every_survey() {
    for (yaml, people) in [(DEFAULT, 400), (EVERY_KIND, 600)] {
        let version = version(yaml);
        let definition = &version.definition;
        let mut answered: HashSet<QuestionKey> = HashSet::new();
        for new in walk_all(&version, people, 5) {
            assert!(new.started_at < new.updated_at);
            assert_eq!(new.id.get_version_num(), 7);
            let (seconds, nanos) = new.id.get_timestamp().unwrap().to_unix();
            let millis = i64::try_from(seconds).unwrap() * 1000 + i64::from(nanos) / 1_000_000;
            assert_eq!(millis, new.started_at / 1000);
            let saved: SavedPages = serde_json::from_str(&new.pages).unwrap();
            assert!(!saved.0.is_empty());
            assert!(saved.last().unwrap() <= new.updated_at);
            if new.submitted_at.is_some() {
                assert!(is_submittable(definition, &new));
            }
            answered.extend(answers_of(&new).values.into_keys());
        }
        // Nothing in a definition is beyond made-up people, rare answers left aside.
        for question in definition.questions().filter(|question| question.asks()) {
            let is_rare = [
                "gender_identity_words",
                "other_background",
                "black_background",
                "asian_background",
                "mixed_background",
            ]
            .contains(&question.key.as_str());
            assert!(
                is_rare || answered.contains(&question.key),
                "{}",
                question.key
            );
        }
    }
}

#[test]
fn people_drop_out_take_minutes_and_come_by_day() {
    let version = version(DEFAULT);
    let people = walk_all(&version, 1_500, 3);
    let sent: Vec<_> = people
        .iter()
        .filter(|new| new.submitted_at.is_some())
        .collect();
    let completion = sent.len() as f64 / people.len() as f64;
    assert!((0.70..0.93).contains(&completion), "{completion}");
    let mut minutes: Vec<i64> = sent
        .iter()
        .map(|new| (new.submitted_at.unwrap() - new.started_at) / 60_000_000)
        .collect();
    minutes.sort_unstable();
    assert!((3..8).contains(&minutes[minutes.len() / 2]));
    let opens = people[0].started_at;
    let first_three_days = people
        .iter()
        .filter(|new| new.started_at < opens + 3 * 86_400_000_000)
        .count();
    assert!(first_three_days > people.len() / 5, "{first_three_days}");
    let end = "2026-11-24T00:00:00Z"
        .parse::<jiff::Timestamp>()
        .unwrap()
        .as_microsecond();
    assert!(people.iter().all(|new| new.updated_at <= end));
    let where_left: HashSet<usize> = people
        .iter()
        .filter(|new| new.submitted_at.is_none())
        .map(|new| {
            serde_json::from_str::<SavedPages>(&new.pages)
                .unwrap()
                .0
                .len()
        })
        .collect();
    assert!(where_left.len() > 5, "{where_left:?}");
}

#[test]
fn views_follow_places_and_comments_vary() {
    let version = version(DEFAULT);
    let place = Place::essex();
    let key = |name: &str| QuestionKey::new(name).unwrap();
    let mut firsts: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    let mut comments: Vec<String> = Vec::new();
    let mut victims = [0_u32; 2];
    for new in walk_all(&version, 3_000, 11) {
        comments.extend(
            new.texts
                .iter()
                .filter(|text| text.question == "change")
                .map(|t| t.text.clone()),
        );
        let answers = answers_of(&new);
        match answers.values.get(&key("crime_experience")) {
            Some(Answer::One(code)) if ["crime", "both"].contains(&code.as_str()) => {
                victims[1] += 1
            }
            _ => victims[0] += 1,
        }
        let area = match answers.values.get(&key("area")) {
            Some(Answer::One(code)) if code.as_str() != OUTSIDE => {
                place.area(code).unwrap().name.clone()
            }
            _ => continue,
        };
        if let Some(Answer::Ranked(items)) = answers.values.get(&key("priorities")) {
            *firsts
                .entry(area)
                .or_default()
                .entry(items[0].to_string())
                .or_default() += 1;
        }
    }
    // Of a few dozen ballots an area the very first can be chance: shares say what was meant.
    let share = |area: &str, theme: &str| {
        let counts = &firsts[area];
        let all: u32 = counts.values().sum();
        f64::from(counts.get(theme).copied().unwrap_or(0)) / f64::from(all)
    };
    for rural in ["Uttlesford", "Maldon"] {
        assert!(
            share(rural, "rural") > 3.0 * share("Basildon", "rural"),
            "{rural}"
        );
    }
    for coast in ["Tendring", "Southend-on-Sea"] {
        let asb = "anti_social_behaviour";
        assert!(
            share(coast, asb) > 1.3 * share("Uttlesford", asb),
            "{coast}"
        );
    }
    assert!(
        victims[1] * 20 > victims[0] && victims[1] * 3 < victims[0],
        "{victims:?}"
    );
    assert!(comments.len() > 700, "{}", comments.len());
    let different: HashSet<_> = comments.iter().collect();
    assert!(
        different.len() * 10 > comments.len() * 6,
        "{} of {}",
        different.len(),
        comments.len()
    );
}

async fn publish(store: &Store, yaml: &str) -> (Version, Uuid) {
    let definition = Definition::from_yaml(yaml).unwrap();
    let stored = definition.to_json().unwrap();
    let published = survey_of(store, definition.slug.as_str(), stored).await;
    let version = Version {
        id: published.id,
        number: published.number,
        definition: Arc::new(definition),
    };
    (version, published.survey_id)
}

fn plan(responses: u32, seed: u64) -> Plan {
    Plan {
        responses,
        seed,
        now: NOW.parse().unwrap(),
        beside_real: false,
    }
}

async fn run(
    store: &Store,
    version: &Version,
    survey: Uuid,
    plan: Plan,
) -> Result<Summary, SimulateError> {
    simulate(store, version, survey, &Place::essex(), &plan, &|_| ()).await
}

async fn all_submitted(store: &Store, survey: Uuid) -> Vec<StoredResponse> {
    let after = responses::Place::default();
    let rows = responses::submitted_since(store, survey, after, 10_000, Sensitive::Left)
        .await
        .unwrap();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    responses::read(store, &ids, Sensitive::Read).await.unwrap()
}

on_both! {
    async fn a_run_is_stored_whole_and_marked(database) {
        let store = database.open().await;
        let (version, survey) = publish(&store, DEFAULT).await;
        let told = RefCell::new(Vec::new());
        let place = Place::essex();
        let summary = simulate(&store, &version, survey, &place, &plan(2_100, 1), &|done| told.borrow_mut().push(done))
            .await
            .unwrap();
        assert_eq!(told.into_inner(), [2_000, 2_100]);
        assert_eq!(summary.submitted + summary.in_progress, 2_100);
        assert!(meta::is_simulated(&store).await.unwrap());
        let progress = responses::progress(&store, survey).await.unwrap();
        assert_eq!((progress.submitted, progress.in_progress), (summary.submitted, summary.in_progress));
        let rows = all_submitted(&store, survey).await;
        assert_eq!(rows.len() as u64, summary.submitted);
        assert!(rows.iter().map(|row| row.texts.len() as u64).sum::<u64>() <= summary.texts);
        let mut references = HashSet::new();
        let new = walk_all(&version, 2_100, 1);
        for row in &rows {
            assert!(row.simulated && row.state == ResponseState::Submitted);
            assert_eq!(Some(row.updated_at), row.submitted_at);
            let reference: Reference = row.reference.as_deref().unwrap().parse().unwrap();
            assert!(references.insert(reference));
            // What came to the database is what was made up.
            let made = new.iter().find(|new| new.id == row.id).unwrap();
            assert_eq!((&made.document, &made.sensitive, &made.pages), (&row.document, &row.sensitive, &row.pages));
            assert_eq!((made.started_at, made.texts.len()), (row.started_at, row.texts.len()));
        }

        // The same again is refused and changes nothing; another seed joins.
        let again = run(&store, &version, survey, plan(2_100, 1)).await;
        assert!(matches!(again, Err(SimulateError::Repeated { seed: 1 })), "{again:?}");
        run(&store, &version, survey, plan(50, 2)).await.unwrap();
        let progress = responses::progress(&store, survey).await.unwrap();
        assert_eq!(progress.submitted + progress.in_progress, 2_150);
    }
}

#[tokio::test]
async fn a_few_of_a_thousand_show_each_quality_flag() {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    let (version, survey) = publish(&store, DEFAULT).await;
    run(&store, &version, survey, plan(6_000, 1)).await.unwrap();
    let catalogue = Arc::new(Catalogue::load(store.clone()).await.unwrap());
    let live = Live::new(store, Arc::clone(&catalogue), Place::essex());
    let state = live.fresh(&catalogue.all()[0]).await.unwrap();
    let dataset = &state.dataset;
    let found = dataset.quality().count(dataset, &Selection::all(dataset));
    println!("{found:?} {:?}", dataset.quality().timing());
    for (flag, share) in &found.by_flag {
        let share = share.value().unwrap();
        assert!((0.000_2..0.05).contains(&share), "{flag:?}: {share}");
    }
    assert!(found.flagged.value().unwrap() < 0.1);
}

on_both! {
    async fn peoples_own_responses_are_not_mixed_with_made_up_ones(database) {
        let store = database.open().await;
        let (version, survey) = publish(&store, EVERY_KIND).await;
        let row = surveys::version(&store, version.id).await.unwrap().unwrap();
        responses::save_page(&store, first_page(&row)).await.unwrap();
        let refused = run(&store, &version, survey, plan(10, 1)).await;
        assert!(matches!(refused, Err(SimulateError::RealResponses)));
        assert!(!meta::is_simulated(&store).await.unwrap());
        let told = Plan { beside_real: true, ..plan(10, 1) };
        run(&store, &version, survey, told).await.unwrap();
        assert!(meta::is_simulated(&store).await.unwrap());
    }
}

#[tokio::test]
async fn a_sqlite_database_that_is_served_is_left_alone() {
    let database = TestDatabase::sqlite();
    let owner = database.open_as_owner().await;
    let (version, survey) = publish(&owner, EVERY_KIND).await;
    let beside = Store::connect(&database.config).await.unwrap();
    let refused = run(&beside, &version, survey, plan(10, 1)).await;
    assert!(
        matches!(&refused, Err(SimulateError::Storage(error)) if error.to_string().contains("stop it first")),
        "{refused:?}"
    );
    // The one who serves it may.
    run(&owner, &version, survey, plan(10, 1)).await.unwrap();
}
