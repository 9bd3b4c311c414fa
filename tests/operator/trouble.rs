//! A full, busy or lost database: a clear page or a wait, nothing lost, and the server goes on by itself.

use std::time::{Duration, Instant};

use reqwest::StatusCode;

use super::{
    PLAN,
    load::{Script, Trouble, Writers},
    publish_long_open, sqlite_in,
};
use crate::support::{
    BOTH, Engine, OwnPostgres, SiteBuilder, TestSite,
    people::{Resident, Seen},
    program::Launch,
    rows::{Rows, cookie_set, response_id},
};

fn is_clear_503(page: &Seen) {
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{}", page.text());
    assert!(page.html.contains("govuk-heading-l"), "{}", page.html);
    assert!(!page.html.to_lowercase().contains("sqlite"), "no inner words");
    assert!(!page.html.to_lowercase().contains("postgres"), "no inner words");
}

#[tokio::test]
async fn a_full_database_is_said_plainly_and_loses_nothing() {
    let site = SiteBuilder::on(Engine::Sqlite)
        .setting("HYS_DATABASE_MAX_PAGES", "130")
        .start()
        .await;
    let rows = Rows::of(&site.database_url).await;
    let mut kept = Vec::new();
    let mut refused = None;
    'fill: for _ in 0..200 {
        let resident = Resident::of(&site, PLAN);
        let mut page = resident.start().await;
        for _ in 0..20 {
            if page.path.ends_with("/check") {
                break;
            }
            let mut pairs = page.form().plain_answers();
            for (name, value) in &mut pairs {
                if name == "change" || name == "working" {
                    *value = "More lights, please. ".repeat(90);
                }
            }
            let saved = resident.post(&page.path, &pairs).await;
            if saved.status == StatusCode::SERVICE_UNAVAILABLE {
                refused = Some((resident, page, saved));
                break 'fill;
            }
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
            let cookie = cookie_set(&saved.headers, "hys_response").unwrap();
            let name = page.path.rsplit('/').next().unwrap().to_owned();
            kept.push((response_id(&cookie), name));
            page = resident.follow(saved).await;
        }
    }
    let (resident, page, saved) = refused.expect("the database gets full");
    is_clear_503(&saved);
    assert_eq!(resident.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(resident.get("/readyz").await.status, StatusCode::OK);
    assert!(kept.len() > 10, "{}", kept.len());
    for (id, name) in &kept {
        let response = rows.response(*id).await.expect("an acknowledged response");
        assert!(response.pages.get(name).is_some(), "{name}: {response:?}");
    }
    // With room again, the same page is saved by sending it again.
    rows.run("PRAGMA max_page_count = 1000000").await;
    rows.run("DELETE FROM response_text WHERE response_id IN (SELECT id FROM response ORDER BY id LIMIT 5)")
        .await;
    let again = resident.post(&page.path, &page.form().plain_answers()).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
    rows.close().await;
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_lock_by_somebody_else_is_waited_for() {
    let site = TestSite::on(Engine::Sqlite).await;
    let resident = Resident::of(&site, PLAN);
    let page = resident.start().await;
    let rows = Rows::of(&site.database_url).await;
    rows.run("BEGIN IMMEDIATE").await;
    let began = Instant::now();
    let pairs = page.form().plain_answers();
    let unlock = async {
        tokio::time::sleep(Duration::from_millis(1500)).await;
        rows.run("ROLLBACK").await;
    };
    let (saved, ()) = tokio::join!(resident.post(&page.path, &pairs), unlock);
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    assert!(began.elapsed() >= Duration::from_millis(1500));
    rows.close().await;
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_lock_is_said_plainly_and_the_page_is_saved_later() {
    let site = TestSite::on(Engine::Sqlite).await;
    let resident = Resident::of(&site, PLAN);
    let page = resident.start().await;
    let pairs = page.form().plain_answers();
    let rows = Rows::of(&site.database_url).await;
    rows.run("BEGIN IMMEDIATE").await;
    let began = Instant::now();
    let refused = resident.post(&page.path, &pairs).await;
    is_clear_503(&refused);
    assert!(began.elapsed() < Duration::from_secs(12), "nobody waits for minutes");
    // Who only reads is not held up.
    assert_eq!(resident.get(&page.path).await.status, StatusCode::OK);
    rows.run("ROLLBACK").await;
    let saved = resident.post(&page.path, &pairs).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    rows.close().await;
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_postgres_database_is_said_plainly_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let database = OwnPostgres::create().await;
    let launch = Launch::on(&database.url).setting("HYS_LOG", "error");
    publish_long_open(&launch, folder.path());
    let program = launch.serve();
    let resident = Resident::at(&program.base, PLAN);
    let first = resident.start().await;
    let saved = resident.post(&first.path, &first.form().plain_answers()).await;
    let id = response_id(&cookie_set(&saved.headers, "hys_response").unwrap());
    let second = resident.follow(saved).await;
    let away = format!("{}_away", database.name);
    let rename = |from: &str, to: &str| format!("ALTER DATABASE {from} RENAME TO {to}");
    // A connection that comes back between the cut and the renaming would stop it.
    let name = &database.name;
    OwnPostgres::on_server(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await;
    database.cut().await;
    OwnPostgres::on_server(&rename(name, &away)).await;
    let pairs = second.form().plain_answers();
    for path in [second.path.as_str(), "/readyz"] {
        is_clear_503(&resident.get(path).await);
    }
    is_clear_503(&resident.post(&second.path, &pairs).await);
    assert_eq!(resident.get("/healthz").await.status, StatusCode::OK);
    OwnPostgres::on_server(&rename(&away, name)).await;
    OwnPostgres::on_server(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await;
    let until = Instant::now() + Duration::from_secs(20);
    let saved = loop {
        let saved = resident.post(&second.path, &pairs).await;
        if saved.status == StatusCode::SEE_OTHER || Instant::now() > until {
            break saved;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let rows = Rows::of(&database.url).await;
    let kept = rows.response(id).await.expect("what was saved before");
    assert_eq!(kept.pages.as_object().unwrap().len(), 2, "{kept:?}");
    rows.close().await;
    program.stop();
    database.drop().await;
}

/// A disk that takes no more: the system refuses to let files grow beyond a limit.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_fails_under_sqlite_is_said_plainly_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_in(folder.path());
    let launch = Launch::on(&url).setting("HYS_LOG", "error");
    publish_long_open(&launch, folder.path());
    // Blocks of 512 bytes (1,024 under some shells): a little more than the database has now.
    let limited = launch.clone().by(&["sh", "-c", "trap '' XFSZ; ulimit -f 1400; exec \"$0\" \"$@\""]);
    let program = limited.serve();
    let script = Script::record(&program.base).await;
    let writers = Writers::start(&program.base, &script, 2, Trouble::IsTriedAgain);
    let watcher = Resident::at(&program.base, PLAN);
    let until = Instant::now() + Duration::from_secs(40);
    let mut refused = None;
    while refused.is_none() && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let page = watcher.start().await;
        let saved = watcher.post(&page.path, &page.form().plain_answers()).await;
        refused = (saved.status != StatusCode::SEE_OTHER).then_some(saved);
    }
    is_clear_503(&refused.expect("the disk takes no more"));
    let ledger = writers.stop().await;
    assert_eq!(watcher.get("/healthz").await.status, StatusCode::OK);
    program.kill();
    let program = launch.serve();
    let rows = Rows::of(&url).await;
    let sound: Option<String> = rows.one("PRAGMA integrity_check", Vec::new()).await;
    assert_eq!(sound.as_deref(), Some("ok"));
    ledger.compare(&rows).await;
    rows.close().await;
    program.stop();
}

#[tokio::test]
async fn trouble_of_one_save_is_no_trouble_of_the_next() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let resident = Resident::of(&site, PLAN);
        let page = resident.start().await;
        let rows = Rows::of(&site.database_url).await;
        rows.run("ALTER TABLE response RENAME TO response_elsewhere").await;
        let failed = resident.post(&page.path, &page.form().plain_answers()).await;
        assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(failed.html.contains("govuk-heading-l"), "{}", failed.html);
        assert!(!failed.html.contains("response_elsewhere"));
        rows.run("ALTER TABLE response_elsewhere RENAME TO response").await;
        let saved = resident.post(&page.path, &page.form().plain_answers()).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        rows.close().await;
        site.stop().await;
    }
}
