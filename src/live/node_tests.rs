//! Several nodes and many writers on one database: every node holds what the store holds, within a second.
#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use uuid::Uuid;

use super::tests::{Node, contents};
use crate::{
    analysis::{dataset::Dataset, quality::Flag, samples::Dice},
    results::Snapshot,
    storage::{
        fixture::{SECRET, on_both},
        responses::{self, Flags, Submit, SubmitOutcome, TextChange},
    },
};

/// What the third who says something says, word for word.
const CAMPAIGN: &str = "We the undersigned ask for a constable of our own in every village, on foot, in daylight and \
     after dark, whom people know by name.";

/// Sends answers with words and flags.
async fn send(node: &Node, seed: u64, words: Option<&str>, flags: Flags) -> Uuid {
    let id = node.save(seed, r#"{"one":1,"two":2}"#).await;
    let packed = node.answers(seed);
    let text = words.map(|words| TextChange {
        question: "comment".to_owned(),
        code: String::new(),
        text: Some(words.to_owned()),
        sensitive: false,
    });
    let submit = Submit {
        id,
        secret: SECRET,
        revision: 1,
        reference: id.simple().to_string(),
        document: packed.document,
        sensitive: packed.sensitive,
        texts: text.into_iter().collect(),
        flags,
        receipt: None,
    };
    let submitted = responses::submit(&node.store, submit).await.unwrap();
    assert!(matches!(submitted, SubmitOutcome::Submitted(_)));
    id
}

/// One writer's changes at one node after another: sends, and takes back, erases or corrects what it sent.
async fn write(nodes: Arc<Vec<Node>>, writer: u64) {
    let mut dice = Dice(writer);
    let mut mine = Vec::new();
    for step in 0..25 {
        let node = &nodes[dice.roll(nodes.len())];
        let seed = writer * 1000 + step;
        let some = dice.roll(mine.len().max(1));
        match dice.roll(10) {
            what @ 0..=3 if !mine.is_empty() => node.undo(what, &mut mine, some, seed).await,
            _ => {
                let own = format!("{CAMPAIGN} {seed}");
                let words = [None, Some(CAMPAIGN), Some(own.as_str())][dice.roll(3)];
                let flags = Flags::from_bits(dice.roll(8) as u8);
                mine.push(send(node, seed, words, flags).await);
            }
        }
    }
}

/// Each response's flags.
fn flags(dataset: &Dataset) -> BTreeMap<Uuid, u8> {
    contents(dataset)
        .into_keys()
        .map(|id| (id, dataset.flags_of(&id)))
        .collect()
}

on_both! {
    async fn every_node_ends_with_what_a_rebuild_reads_whoever_wrote_where(database) {
        let mut nodes = Vec::new();
        for _ in 0..3 {
            let node = Node::start(database).await;
            assert!(node.fresh().await.dataset.is_empty());
            nodes.push(node);
        }
        let nodes = Arc::new(nodes);
        let mut writers = tokio::task::JoinSet::new();
        for writer in 1..=6 {
            writers.spawn(write(Arc::clone(&nodes), writer));
        }
        let mut last = vec![0; nodes.len()];
        while !writers.is_empty() {
            for (node, last) in nodes.iter().zip(&mut last) {
                let state = node.fresh().await;
                // One state: what it counts, what it holds and what it judges are the same responses.
                assert_eq!(contents(&state.dataset).len() as u64, state.progress.submitted);
                assert_eq!(flags(&state.dataset).len(), state.dataset.len());
                assert!(state.as_of_micros >= *last);
                *last = state.as_of_micros;
            }
            while let Some(done) = writers.try_join_next() {
                done.unwrap();
            }
        }
        let rebuilt = nodes[0].rebuilt().await;
        assert!(rebuilt.dataset.len() > 40);
        let found: BTreeSet<Flag> = flags(&rebuilt.dataset).into_values().flat_map(Flag::of).collect();
        assert!(found.contains(&Flag::RepeatedText) && found.contains(&Flag::Burst), "{found:?}");
        for node in nodes.iter() {
            let followed = node.fresh().await;
            assert_eq!(contents(&followed.dataset), contents(&rebuilt.dataset));
            assert_eq!(flags(&followed.dataset), flags(&rebuilt.dataset));
            assert_eq!(followed.progress.submitted, rebuilt.progress.submitted);
            assert_eq!(followed.unreadable, 0);
        }
    }
}

/// How long it takes until whoever opens a page on a node sees something.
async fn until(node: &Node, seen: impl Fn(&Snapshot) -> bool) -> Duration {
    let begun = Instant::now();
    loop {
        let state = node.live.snapshot(&node.survey()).await.unwrap();
        if seen(&state) {
            return begun.elapsed();
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "never seen");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

on_both! {
    async fn a_change_on_one_node_is_on_every_other_nodes_pages_within_a_second(database) {
        let (here, there) = (Node::start(database).await, Node::start(database).await);
        let mut fastest = [Duration::MAX; 4];
        // A busy machine may be late once; a rule that is broken is broken each time.
        for round in 0..3 {
            if fastest.iter().all(|took| *took <= Duration::from_secs(1)) {
                break;
            }
            there.live.snapshot(&there.survey()).await.unwrap();
            let id = send(&here, round, None, Flags::NONE).await;
            let submitted = until(&there, |state| state.dataset.contains(&id)).await;
            let before = contents(&there.fresh().await.dataset)[&id].clone();
            here.correct(id, 500 + round).await;
            let changed = until(&there, |state| contents(&state.dataset).get(&id).is_some_and(|now| *now != before)).await;
            responses::withdraw(&here.store, id).await.unwrap();
            let withdrawn = until(&there, |state| !state.dataset.contains(&id)).await;
            let other = send(&here, 100 + round, None, Flags::NONE).await;
            until(&there, |state| state.dataset.contains(&other)).await;
            responses::delete(&here.store, other).await.unwrap();
            let erased = until(&there, |state| !state.dataset.contains(&other)).await;
            for (fastest, took) in fastest.iter_mut().zip([submitted, changed, withdrawn, erased]) {
                *fastest = took.min(*fastest);
            }
        }
        println!("submit, change, withdrawal, erasure: {fastest:?}");
        assert!(fastest.iter().all(|took| *took <= Duration::from_secs(1)), "{fastest:?}");
    }
}
