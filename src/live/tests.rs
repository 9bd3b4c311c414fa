#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Instant,
};

use serde_json::json;
use uuid::Uuid;

use super::{Catalogue, IDLE, Live, PublishedSurvey};
use crate::{
    analysis::{
        chunk::{Chunk, VICTIM_YES},
        columns::Column,
        dataset::Dataset,
        samples::{Dice, answers, every_kind},
        schema::{ANSWERED, NOT_ASKED},
    },
    geography::Place,
    results::Snapshot,
    storage::{
        Store,
        fixture::{SECRET, TestDatabase, lose, on_both, rewrite, survey_of},
        responses::{self, Channel, Flags, SaveOutcome, SavePage, Submit, SubmitOutcome},
        surveys,
    },
    survey::{
        definition::Definition,
        ids::{PageKey, QuestionKey},
        journey::{Journey, SavedPages},
        pack::{Packed, ShownOrders, pack},
    },
};

/// Every kind of question; age is sensitive, and only victims are asked for a comment. The second version asks more.
fn definition(version: u32) -> Definition {
    let mut definition = serde_json::to_value(every_kind()).unwrap();
    let page = &mut definition["sections"][0]["pages"][0];
    let questions = page["questions"].as_array_mut().unwrap();
    questions[1]["sensitive"] = json!({ "en": "So that we hear all ages." });
    questions[11]["show_when"] = json!({ "is": { "question": "victim", "any_of": ["yes"] } });
    if version > 1 {
        questions.push(json!({ "key": "extra", "label": { "en": "More?" }, "kind": "number" }));
    }
    definition["sections"][0]["pages"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "key": "two", "title": { "en": "Two" }, "questions": [] }));
    serde_json::from_value(definition).unwrap()
}

async fn publish(store: &Store, definition: &Definition) {
    let stored = definition.to_json().unwrap();
    survey_of(store, definition.slug.as_str(), stored).await;
}

/// One node: its own store, catalogue and datasets.
pub(super) struct Node {
    pub(super) store: Store,
    catalogue: Arc<Catalogue>,
    pub(super) live: Live,
}

impl Node {
    pub(super) async fn start(database: &TestDatabase) -> Self {
        let store = database.open().await;
        if surveys::all(&store).await.unwrap().is_empty() {
            publish(&store, &definition(1)).await;
        }
        let catalogue = Arc::new(Catalogue::load(store.clone()).await.unwrap());
        let live = Live::new(store.clone(), Arc::clone(&catalogue), Place::essex());
        Self {
            store,
            catalogue,
            live,
        }
    }

    pub(super) fn survey(&self) -> Arc<PublishedSurvey> {
        self.catalogue.by_slug("sample").unwrap()
    }

    pub(super) async fn fresh(&self) -> Arc<Snapshot> {
        self.live.fresh(&self.survey()).await.unwrap()
    }

    /// What a node that starts now would read.
    pub(super) async fn rebuilt(&self) -> Arc<Snapshot> {
        let catalogue = Arc::new(Catalogue::load(self.store.clone()).await.unwrap());
        let survey = catalogue.by_slug("sample").unwrap();
        let live = Live::new(self.store.clone(), catalogue, Place::essex());
        live.fresh(&survey).await.unwrap()
    }

    pub(super) fn answers(&self, seed: u64) -> Packed {
        let definition = &self.survey().current.definition;
        let mut saved = SavedPages::default();
        saved.save(&page("one"), 1);
        saved.save(&page("two"), 2);
        let given = answers(&mut Dice(seed));
        let kept = Journey::new(definition, &given, &saved)
            .submittable()
            .unwrap();
        pack(definition, &kept, &ShownOrders::new())
    }

    pub(super) async fn save(&self, seed: u64, pages: &str) -> Uuid {
        let survey = self.survey();
        let packed = self.answers(seed);
        let id = Uuid::now_v7();
        let save = SavePage {
            id,
            secret: SECRET,
            survey_id: survey.id,
            version_id: survey.current.id,
            expected_revision: None,
            document: packed.document,
            sensitive: packed.sensitive,
            texts: Vec::new(),
            pages: pages.to_owned(),
            language: "en".to_owned(),
            channel: Channel::Web,
            simulated: false,
            started_at: None,
            flags: Flags::NONE,
            beside: responses::Beside::default(),
        };
        let saved = responses::save_page(&self.store, save).await.unwrap();
        assert!(matches!(saved, SaveOutcome::Saved(_)));
        id
    }

    async fn submit(&self, seed: u64) -> Uuid {
        let id = self.save(seed, r#"{"one":1,"two":2}"#).await;
        let packed = self.answers(seed);
        let submit = Submit {
            id,
            secret: SECRET,
            revision: 1,
            reference: id.simple().to_string(),
            document: packed.document,
            sensitive: packed.sensitive,
            texts: Vec::new(),
            flags: Flags::TRAP,
            receipt: None,
        };
        let submitted = responses::submit(&self.store, submit).await.unwrap();
        assert!(matches!(submitted, SubmitOutcome::Submitted(_)));
        id
    }

    /// Takes back (0), erases (1) or corrects (others) the response at a place of those sent.
    pub(super) async fn undo(&self, what: usize, sent: &mut Vec<Uuid>, at: usize, seed: u64) {
        let gone = match what {
            0 => responses::withdraw(&self.store, sent.swap_remove(at)).await,
            1 => responses::delete(&self.store, sent.swap_remove(at)).await,
            _ => return self.correct(sent[at], seed).await,
        };
        assert!(gone.unwrap());
    }

    pub(super) async fn correct(&self, id: Uuid, seed: u64) {
        let packed = self.answers(seed);
        rewrite(
            &self.store,
            id,
            &packed.document,
            packed.sensitive.as_deref(),
        )
        .await;
    }
}

fn page(key: &str) -> PageKey {
    PageKey::new(key).unwrap()
}

/// A row's cells, by name.
fn cells(dataset: &Dataset, chunk: &Chunk, row: usize) -> BTreeMap<String, String> {
    let mut cells: BTreeMap<_, _> = dataset
        .schema()
        .questions()
        .iter()
        .zip(&chunk.columns)
        .map(|(spec, column)| (spec.key.to_string(), cell(column, row)))
        .collect();
    let fixed = (
        (chunk.area[row], chunk.age[row], chunk.sex[row]),
        (chunk.victim[row], chunk.channel[row], chunk.simulated[row]),
        (
            chunk.version[row],
            chunk.started_at[row],
            chunk.submitted_at[row],
        ),
        (chunk.day[row], chunk.seconds[row], chunk.stratum[row]),
        (chunk.asked[row], chunk.flags[row]),
        chunk
            .texts
            .iter()
            .map(|texts| texts[row])
            .collect::<Vec<_>>(),
    );
    cells.insert("(fixed)".to_owned(), format!("{fixed:?}"));
    cells
}

fn cell(column: &Column, row: usize) -> String {
    let words = |all: &[u64], words: usize| format!("{:?}", &all[row * words..(row + 1) * words]);
    match column {
        Column::Narrow(cells) | Column::Text(cells) => cells[row].to_string(),
        Column::Wide(cells) => cells[row].to_string(),
        Column::Many {
            status,
            words: width,
            bits,
        } => format!("{} {}", status[row], words(bits, *width)),
        Column::Grid(rows) => format!(
            "{:?}",
            rows.iter()
                .map(|row_cells| row_cells[row])
                .collect::<Vec<_>>()
        ),
        Column::Number { status, values } => format!("{} {}", status[row], values[row]),
        Column::Ranking {
            words: width,
            ballots,
        } => words(ballots, *width),
        Column::Budget { status, amounts } => {
            let amounts: Vec<_> = amounts.iter().map(|amounts| amounts[row]).collect();
            format!("{} {amounts:?}", status[row])
        }
        Column::Date { status, days } => format!("{} {}", status[row], days[row]),
    }
}

/// Everything in a dataset, whatever the order its rows came in.
pub(super) fn contents(dataset: &Dataset) -> BTreeMap<Uuid, BTreeMap<String, String>> {
    let rows = dataset.chunks().iter().flat_map(|chunk| {
        (0..chunk.len()).map(move |row| (chunk.ids[row], cells(dataset, chunk, row)))
    });
    let contents: BTreeMap<_, _> = rows.collect();
    assert_eq!(
        contents.len(),
        dataset.len(),
        "every response is in it once"
    );
    contents
}

fn ids(snapshot: &Arc<Snapshot>) -> BTreeSet<Uuid> {
    contents(&snapshot.dataset).into_keys().collect()
}

/// One writer's changes: sends, and takes back, deletes or corrects what it sent.
async fn change_at_random(node: Arc<Node>, seed: u64) {
    let mut dice = Dice(seed);
    let mut mine = Vec::new();
    for step in 0..30 {
        let at = dice.roll(mine.len().max(1));
        let seed = seed * 1000 + step;
        match dice.roll(10) {
            what @ 0..=3 if !mine.is_empty() => node.undo(what, &mut mine, at, seed).await,
            4 => {
                node.save(seed, r#"{"one":1}"#).await;
            }
            _ => mine.push(node.submit(seed).await),
        }
        if seed == 2015 {
            publish(&node.store, &definition(2)).await;
            node.catalogue.refresh().await.unwrap();
        }
    }
}

on_both! {
    async fn what_is_followed_is_what_a_rebuild_reads(database) {
        let node = Arc::new(Node::start(database).await);
        let neighbour = Arc::new(Node::start(database).await);
        assert!(node.fresh().await.dataset.is_empty());
        let mut writers = tokio::task::JoinSet::new();
        for writer in 1..=4 {
            let at = if writer % 2 == 0 { &node } else { &neighbour };
            writers.spawn(change_at_random(Arc::clone(at), writer));
        }
        let mut last = 0;
        let mut states = 0;
        while !writers.is_empty() {
            for node in [&node, &neighbour] {
                let snapshot = node.fresh().await;
                assert_eq!(contents(&snapshot.dataset).len(), snapshot.dataset.len());
                states += 1;
                if Arc::ptr_eq(node, &neighbour) {
                    assert!(snapshot.as_of_micros >= last);
                    last = snapshot.as_of_micros;
                }
            }
            while let Some(done) = writers.try_join_next() {
                done.unwrap();
            }
        }
        node.catalogue.refresh().await.unwrap();
        let rebuilt = node.rebuilt().await;
        println!("{states} states, {} responses at the end", rebuilt.dataset.len());
        assert!(rebuilt.dataset.len() > 20);
        let versions: BTreeSet<u32> =
            rebuilt.dataset.chunks().iter().flat_map(|chunk| chunk.version.iter().copied()).collect();
        assert_eq!(versions, [1, 2].into());
        for node in [&node, &neighbour] {
            let followed = node.fresh().await;
            assert_eq!(contents(&followed.dataset), contents(&rebuilt.dataset));
            assert_eq!(followed.progress.submitted, rebuilt.progress.submitted);
            assert_eq!(followed.unreadable, 0);
        }
    }
}

on_both! {
    async fn a_submit_a_withdrawal_and_an_erasure_are_seen_by_the_next_follow_up(database) {
        let node = Node::start(database).await;
        let other = Node::start(database).await;
        assert!(other.fresh().await.dataset.is_empty());
        let first = node.submit(1).await;
        let before = other.fresh().await;
        assert_eq!(ids(&before), [first].into());
        let second = node.submit(2).await;
        assert_eq!(ids(&other.fresh().await), [first, second].into());
        responses::withdraw(&node.store, first).await.unwrap();
        assert_eq!(ids(&other.fresh().await), [second].into());
        responses::delete(&node.store, second).await.unwrap();
        assert!(other.fresh().await.dataset.is_empty());
        assert_eq!(ids(&before), [first].into(), "a reader keeps the state it holds");
        let counts = other.rebuilt().await.progress.clone();
        assert_eq!((counts.started, counts.submitted), (0, 0));
        assert!(counts.saved.is_empty());
    }
}

on_both! {
    async fn a_snapshot_is_shared_while_it_is_fresh_and_dropped_when_idle(database) {
        let node = Node::start(database).await;
        node.submit(1).await;
        let survey = node.survey();
        let readers = (0..8).map(|_| {
            let (live, survey) = (node.live.clone(), Arc::clone(&survey));
            tokio::spawn(async move { live.snapshot(&survey).await.unwrap() })
        });
        let mut shared = Vec::new();
        for reader in readers.collect::<Vec<_>>() {
            shared.push(reader.await.unwrap());
        }
        let first = shared.pop().unwrap();
        assert!(shared.iter().all(|other| Arc::ptr_eq(other, &first)), "one load serves all");
        assert_eq!(first.dataset.len(), 1);
        assert_eq!(node.live.drop_idle(Instant::now()), 0);
        assert_eq!(node.live.drop_idle(Instant::now() + IDLE), 1);
        assert_eq!(node.live.drop_idle(Instant::now() + IDLE), 0);
        assert!(!Arc::ptr_eq(&node.live.snapshot(&survey).await.unwrap(), &first));
    }
}

on_both! {
    async fn tending_shows_what_was_sent_to_whoever_asks_later(database) {
        let node = Node::start(database).await;
        let survey = node.survey();
        let before = node.live.snapshot(&survey).await.unwrap();
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let tending = tokio::spawn({
            let live = node.live.clone();
            async move { live.tend(stopped).await }
        });
        let id = node.submit(1).await;
        publish(&node.store, &definition(2)).await;
        let seen = loop {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            let snapshot = node.live.snapshot(&survey).await.unwrap();
            if !snapshot.dataset.is_empty() && node.survey().current.number == 2 {
                break snapshot;
            }
        };
        assert_eq!(ids(&seen), [id].into());
        assert!(seen.as_of_micros > before.as_of_micros);
        stop.send(true).unwrap();
        tending.await.unwrap();
    }
}

on_both! {
    async fn what_cannot_be_read_is_counted_apart_until_it_is_mended(database) {
        let node = Node::start(database).await;
        let (good, bad) = (node.submit(1).await, node.submit(2).await);
        assert_eq!(node.fresh().await.dataset.len(), 2);
        rewrite(&node.store, bad, r#"{"f":9}"#, None).await;
        for snapshot in [node.fresh().await, node.rebuilt().await] {
            assert_eq!(ids(&snapshot), [good].into());
            assert_eq!((snapshot.unreadable, snapshot.progress.submitted), (1, 2));
        }
        node.correct(bad, 3).await;
        let mended = node.fresh().await;
        assert_eq!(ids(&mended), [good, bad].into());
        assert_eq!(mended.unreadable, 0);
        assert_eq!(mended.progress.saved, node.rebuilt().await.progress.saved);
    }
}

on_both! {
    async fn a_count_that_differs_leads_to_a_rebuild(database) {
        let node = Node::start(database).await;
        let (kept, lost) = (node.submit(1).await, node.submit(2).await);
        assert_eq!(node.fresh().await.dataset.len(), 2);
        lose(&node.store, lost).await;
        assert_eq!(node.fresh().await.dataset.len(), 2, "nothing tells of it");
        node.live.reconcile_next(&node.survey()).await;
        assert_eq!(ids(&node.fresh().await), [kept].into());
    }
}

on_both! {
    async fn routing_and_sensitive_answers_reach_the_columns(database) {
        let node = Node::start(database).await;
        for seed in 0..40 {
            node.submit(seed).await;
        }
        let snapshot = node.fresh().await;
        let schema = snapshot.dataset.schema();
        let [chunk] = snapshot.dataset.chunks() else { panic!("one chunk") };
        let comment = schema.position(&QuestionKey::new("comment").unwrap()).unwrap();
        let Column::Text(comments) = &chunk.columns[comment] else { panic!("a text column") };
        for (victim, comment) in chunk.victim.iter().zip(comments) {
            let asked = *comment != NOT_ASKED;
            assert_eq!(asked, *victim == VICTIM_YES);
        }
        let ages = chunk.age.iter().filter(|age| **age >= ANSWERED).count();
        assert!(ages > 20, "age is sensitive here, and counts");
    }
}

on_both! {
    async fn progress_counts_those_under_way_and_those_who_sent(database) {
        let node = Node::start(database).await;
        node.submit(1).await;
        node.submit(2).await;
        node.save(3, r#"{"one":5}"#).await;
        node.save(4, r#"{"one":9,"two":7}"#).await;
        node.save(5, r#"{"one":5,"two":7}"#).await;
        let counts = &node.fresh().await.progress;
        assert_eq!((counts.started, counts.submitted), (5, 2));
        assert_eq!(counts.saved, [(page("one"), 5), (page("two"), 4)].into());
        assert_eq!(counts.stopped_after, [(page("one"), 2), (page("two"), 1)].into());
    }
}

on_both! {
    async fn a_damaged_list_of_pages_holds_no_results_back(database) {
        let node = Node::start(database).await;
        let id = node.submit(1).await;
        node.save(2, "not a list").await;
        let snapshot = node.fresh().await;
        assert_eq!(ids(&snapshot), [id].into());
        assert_eq!(snapshot.progress.submitted, 1);
    }
}

on_both! {
    async fn a_load_goes_on_when_the_one_who_asked_goes_away(database) {
        let node = Node::start(database).await;
        node.submit(1).await;
        let survey = node.survey();
        let hurried = node.live.snapshot(&survey);
        tokio::time::timeout(std::time::Duration::ZERO, hurried).await.unwrap_err();
        assert_eq!(node.live.snapshot(&survey).await.unwrap().dataset.len(), 1);
    }
}

on_both! {
    #[ignore = "a measurement, not a claim"]
    async fn loading_twenty_thousand_responses_takes(database) {
        use futures_util::StreamExt;
        let node = Node::start(database).await;
        futures_util::stream::iter(0..20_000)
            .for_each_concurrent(64, async |seed| {
                node.submit(seed).await;
            })
            .await;
        let begun = Instant::now();
        let snapshot = node.fresh().await;
        let loaded = begun.elapsed();
        node.submit(20_000).await;
        let begun = Instant::now();
        assert_eq!(node.fresh().await.dataset.len(), 20_001);
        println!("{} responses loaded in {loaded:?}, followed up in {:?}", snapshot.dataset.len(), begun.elapsed());
    }
}
