//! Killed at random moments under load, and started again: every acknowledged save is there, and the database is sound.
//!
//! A killed process loses nothing that the system already has, so this alone does not prove that saves reach the disk;
//! `durability` shows that they do before they are acknowledged.

use std::time::Duration;

use reqwest::{StatusCode, header};
use uuid::Uuid;

use super::{
    PLAN,
    load::{Script, Trouble, Writers},
    publish_long_open, sqlite_in,
};
use crate::support::{
    OwnPostgres,
    people::browser,
    program::Launch,
    rows::Rows,
};

const WRITERS: usize = 6;

fn rounds() -> u32 {
    let given = std::env::var("HYS_CRASH_ROUNDS").ok();
    given.and_then(|rounds| rounds.parse().ok()).unwrap_or(20)
}

/// Some time between `least` and `most`.
fn random_pause(least: u64, most: u64) -> Duration {
    let chance = u64::from(Uuid::new_v4().as_bytes()[0]);
    Duration::from_millis(least + chance * (most - least) / 255)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_crash_loses_an_acknowledged_save() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_in(folder.path());
    let launch = Launch::on(&url).setting("HYS_LOG", "error");
    publish_long_open(&launch, folder.path());
    let mut program = launch.serve();
    let script = Script::record(&program.base).await;
    let (mut saves, mut submits, mut all) = (0, 0, Vec::new());
    for round in 0..rounds() {
        let writers = Writers::start(&program.base, &script, WRITERS, Trouble::Ends);
        tokio::time::sleep(random_pause(50, 600)).await;
        program.kill();
        let ledger = writers.stop().await;
        program = launch.serve();
        let rows = Rows::of(&url).await;
        let sound: Option<String> = rows.one("PRAGMA integrity_check", Vec::new()).await;
        assert_eq!(sound.as_deref(), Some("ok"), "round {round}");
        ledger.compare(&rows).await;
        rows.close().await;
        // The person finds it again too, with nothing but their cookie.
        let entries = ledger.entries();
        if let Some(entry) = entries.iter().rev().find(|entry| !entry.pages.is_empty()) {
            let page = entry.pages.last().unwrap();
            let path = format!("{}/surveys/{PLAN}/respond/{page}", program.base);
            let cookie = format!("hys_response={}", entry.cookie);
            let seen = browser()
                .get(path)
                .header(header::COOKIE, cookie)
                .send()
                .await
                .unwrap();
            let is_kept = if entry.submitted {
                seen.status() == StatusCode::SEE_OTHER
            } else {
                // It may have been sent without an acknowledgement.
                seen.status() == StatusCode::OK || seen.status() == StatusCode::SEE_OTHER
            };
            assert!(is_kept, "round {round}: {}", seen.status());
        }
        saves += ledger.saves();
        submits += ledger.submits();
        all.push(ledger);
    }
    let rows = Rows::of(&url).await;
    for ledger in &all {
        ledger.compare(&rows).await;
    }
    rows.close().await;
    program.stop();
    println!(
        "{} rounds of SIGKILL: {saves} acknowledged saves and {submits} submits, none lost",
        rounds()
    );
    assert!(saves > 20, "the load was too small to say anything: {saves} saves");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_cut_connection_loses_an_acknowledged_save_on_postgres() {
    let folder = tempfile::tempdir().unwrap();
    let database = OwnPostgres::create().await;
    let launch = Launch::on(&database.url).setting("HYS_LOG", "error");
    publish_long_open(&launch, folder.path());
    let program = launch.serve();
    let script = Script::record(&program.base).await;
    let writers = Writers::start(&program.base, &script, WRITERS, Trouble::IsTriedAgain);
    for _ in 0..rounds().min(40) / 2 {
        tokio::time::sleep(random_pause(50, 250)).await;
        database.cut().await;
    }
    let ledger = writers.stop().await;
    let rows = Rows::of(&database.url).await;
    ledger.compare(&rows).await;
    rows.close().await;
    program.stop();
    println!(
        "connections cut: {} acknowledged saves and {} submits, none lost",
        ledger.saves(),
        ledger.submits()
    );
    assert!(ledger.saves() > 20, "{}", ledger.saves());
    database.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_crash_loses_an_acknowledged_save_on_postgres() {
    let folder = tempfile::tempdir().unwrap();
    let database = OwnPostgres::create().await;
    let launch = Launch::on(&database.url).setting("HYS_LOG", "error");
    publish_long_open(&launch, folder.path());
    let mut program = launch.serve();
    let script = Script::record(&program.base).await;
    for _ in 0..3 {
        let writers = Writers::start(&program.base, &script, WRITERS, Trouble::Ends);
        tokio::time::sleep(random_pause(100, 500)).await;
        program.kill();
        let ledger = writers.stop().await;
        program = launch.serve();
        let rows = Rows::of(&database.url).await;
        ledger.compare(&rows).await;
        rows.close().await;
    }
    program.stop();
    database.drop().await;
}
