//! Busy, full and lost databases: an error that says so, nothing lost, and work goes on afterwards.

use std::time::Duration;

use sea_orm::{ConnectionTrait, Database};

use crate::storage::{
    StorageError, Store,
    fixture::{TestDatabase, first_page, on_both, survey},
    responses::{self, SaveOutcome},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_another_process_keeps_busy_says_so_and_recovers() {
    let mut database = TestDatabase::sqlite();
    database.config.busy_timeout = Duration::from_millis(20);
    let store = database.open().await;
    let version = survey(&store, "plan").await;
    let intruder = Database::connect(&database.config.url).await.unwrap();
    intruder
        .execute_unprepared("BEGIN IMMEDIATE")
        .await
        .unwrap();
    let saves = (0..5).map(|_| responses::save_page(&store, first_page(&version)));
    for outcome in futures_util::future::join_all(saves).await {
        assert!(
            matches!(&outcome, Err(error) if error.is_retryable()),
            "{outcome:?}"
        );
    }
    intruder.execute_unprepared("ROLLBACK").await.unwrap();
    let outcome = responses::save_page(&store, first_page(&version))
        .await
        .unwrap();
    assert!(matches!(outcome, SaveOutcome::Saved(_)));
    assert_eq!(
        responses::progress(&store, version.survey_id)
            .await
            .unwrap()
            .in_progress,
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_database_says_so_keeps_what_was_acknowledged_and_works_again_with_room() {
    let mut database = TestDatabase::sqlite();
    let store = database.open().await;
    let version = survey(&store, "plan").await;
    store.close().await.unwrap();
    database.config.max_page_count = Some(110);
    let store = Store::connect(&database.config).await.unwrap();
    let mut acknowledged = Vec::new();
    let mut refused = 0;
    for _ in 0..40 {
        let saves = (0..4).map(|_| {
            let mut save = first_page(&version);
            save.document = "x".repeat(2_000);
            let id = save.id;
            let store = &store;
            async move { (id, responses::save_page(store, save).await) }
        });
        for (id, outcome) in futures_util::future::join_all(saves).await {
            match outcome {
                Ok(_) => acknowledged.push(id),
                Err(StorageError::Full(_)) => refused += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
    }
    assert!(
        refused > 0 && !acknowledged.is_empty(),
        "{refused} {}",
        acknowledged.len()
    );
    for id in &acknowledged {
        assert!(responses::find(&store, *id).await.unwrap().is_some());
    }
    // The same connections go on: making room is enough.
    for id in acknowledged.drain(..10) {
        responses::delete(&store, id).await.unwrap();
    }
    let outcome = responses::save_page(&store, first_page(&version))
        .await
        .unwrap();
    assert!(matches!(outcome, SaveOutcome::Saved(_)));
    let count = responses::progress(&store, version.survey_id)
        .await
        .unwrap()
        .in_progress;
    assert_eq!(count, u64::try_from(acknowledged.len()).unwrap() + 1);
    assert!(
        store
            .pragmas()
            .await
            .unwrap()
            .iter()
            .all(|connection| connection.synchronous == "2")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_sqlite_rolled_back_by_itself_does_not_loosen_later_ones() {
    let mut database = TestDatabase::sqlite();
    database.config.busy_timeout = Duration::from_millis(20);
    let store = database.open().await;
    let tx = store.begin().await.unwrap();
    // What SQLite does on its own when the disk fails, unseen by the driver.
    tx.inner.execute_unprepared("ROLLBACK").await.unwrap();
    drop(tx);
    let tx = store.begin().await.unwrap();
    let intruder = Database::connect(&database.config.url).await.unwrap();
    intruder
        .execute_unprepared("PRAGMA busy_timeout = 20")
        .await
        .unwrap();
    let begun = intruder.execute_unprepared("BEGIN IMMEDIATE").await;
    assert!(begun.is_err(), "a transaction of ours was not IMMEDIATE");
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_postgres_server_that_is_not_there_is_unavailable() {
    let mut database = TestDatabase::postgres().await;
    let mut url = url::Url::parse(&database.config.url).unwrap();
    url.set_port(Some(1)).unwrap();
    database.config.url = url.to_string();
    database.config.acquire_timeout = Duration::from_millis(500);
    let store = Store::connect(&database.config).await;
    assert!(
        matches!(store, Err(StorageError::Unavailable(_))),
        "{store:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_postgres_connections_are_replaced() {
    let database = TestDatabase::postgres().await;
    let store = database.open().await;
    let version = survey(&store, "plan").await;
    let admin = Database::connect(&database.config.url).await.unwrap();
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let mut acknowledged = Vec::new();
    for _ in 0..3 {
        admin.execute_unprepared(cut).await.unwrap();
        for _ in 0..20 {
            let save = first_page(&version);
            let id = save.id;
            match responses::save_page(&store, save).await {
                Ok(_) => acknowledged.push(id),
                Err(StorageError::Unavailable(_)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
    }
    assert!(acknowledged.len() > 30, "{}", acknowledged.len());
    for id in acknowledged {
        assert!(responses::find(&store, id).await.unwrap().is_some());
    }
}

on_both! {
    async fn a_database_without_tables_is_no_panic(database) {
        let store = Store::connect(&database.config).await.unwrap();
        assert!(matches!(crate::storage::surveys::all(&store).await, Err(StorageError::Unexpected(_))));
        store.ping().await.unwrap();
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_corrupt() {
    let database = TestDatabase::sqlite();
    std::fs::write(
        database.config.sqlite_path().unwrap().unwrap(),
        [b'x'; 5000],
    )
    .unwrap();
    let store = Store::connect(&database.config).await;
    assert!(matches!(store, Err(StorageError::Corrupt(_))), "{store:?}");
}
