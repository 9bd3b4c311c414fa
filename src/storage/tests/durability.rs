//! What makes a save durable, and how many there are in a second.

use std::time::Instant;

use crate::storage::{
    DatabaseConfig, Engine, OwnerLock, StorageError, Store,
    fixture::{SECRET, TestDatabase, first_page, later_page, on_both, survey},
    responses::{self, SaveOutcome},
};

on_both! {
    async fn every_connection_is_durable(database) {
        let store = database.open().await;
        let settings = store.pragmas().await.unwrap();
        let (count, journal, synchronous) = match database.engine {
            Engine::Sqlite => (1 + database.config.max_readers, "wal", "2"),
            Engine::Postgres => (database.config.max_connections, "on", "on"),
        };
        assert_eq!(settings.len(), usize::try_from(count).unwrap());
        for connection in settings {
            assert_eq!(connection.journal_mode, journal);
            assert_eq!(connection.synchronous, synchronous);
        }
    }
}

on_both! {
    async fn migrating_twice_and_at_once_is_harmless(database) {
        let store = Store::connect(&database.config).await.unwrap();
        assert!(!store.is_migrated().await.unwrap());
        if database.engine == Engine::Postgres {
            let (one, other) = tokio::join!(store.migrate(), store.migrate());
            one.unwrap();
            other.unwrap();
        }
        store.migrate().await.unwrap();
        store.migrate().await.unwrap();
        assert!(store.is_migrated().await.unwrap());
    }
}

on_both! {
    async fn closing_commits_what_was_accepted_and_refuses_the_rest(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let saves: Vec<_> = (0..50)
            .map(|_| {
                let (store, save) = (store.clone(), first_page(&version));
                tokio::spawn(async move { (save.id, responses::save_page(&store, save).await) })
            })
            .collect();
        tokio::task::yield_now().await;
        store.close().await.unwrap();
        assert!(responses::save_page(&store, first_page(&version)).await.is_err());
        let again = database.open().await;
        for save in saves {
            let (id, outcome) = save.await.unwrap();
            if matches!(outcome, Ok(SaveOutcome::Saved(_))) {
                assert!(responses::find(&again, id).await.unwrap().is_some());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_database_that_would_not_wait_for_its_disk_is_made_to() {
    let database = TestDatabase::postgres().await;
    let store = database.open().await;
    let tx = store.begin().await.unwrap();
    let sql = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$";
    tx.run(sql, []).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await.unwrap();
    let again = Store::connect(&database.config).await.unwrap();
    for connection in again.pragmas().await.unwrap() {
        assert_eq!(connection.synchronous, "on");
    }
}

#[tokio::test]
async fn a_database_in_memory_is_refused_and_leaves_no_file() {
    let left = || -> Vec<_> {
        let names = std::fs::read_dir(".")
            .unwrap()
            .map(|entry| entry.unwrap().file_name());
        names
            .filter(|name| name.to_string_lossy().contains("memory"))
            .collect()
    };
    let before = left();
    for url in [
        "sqlite::memory:",
        "sqlite://:memory:",
        "sqlite:?mode=memory",
        "sqlite://x?mode=memory",
        "sqlite:",
    ] {
        let config = DatabaseConfig::new(url);
        let is_refused =
            |error: Option<StorageError>| matches!(error, Some(StorageError::Setting(_)));
        assert!(is_refused(OwnerLock::take(&config).err()), "{url}: a lock");
        assert!(
            is_refused(Store::connect_as_owner(&config).await.err()),
            "{url}: to serve"
        );
        assert!(is_refused(Store::connect(&config).await.err()), "{url}");
    }
    assert_eq!(left(), before);
}

#[tokio::test]
async fn one_process_owns_a_sqlite_database() {
    let database = TestDatabase::sqlite();
    let store = database.open_as_owner().await;
    let second = Store::connect_as_owner(&database.config).await;
    assert!(matches!(second, Err(StorageError::Owned(_))));
    assert!(OwnerLock::take(&database.config).is_err());
    drop(store);
    // The writer task drops its connection on its own time; the lock goes with the store.
    assert!(OwnerLock::take(&database.config).unwrap().is_some());
}

/// Prints figures; the goals are measured by the benchmark on the release build.
async fn measure(store: &Store, clients: usize, each: usize) -> f64 {
    let version = survey(store, "plan").await;
    let began = Instant::now();
    let tasks: Vec<_> = (0..clients)
        .map(|_| {
            let (store, version) = (store.clone(), version.clone());
            tokio::spawn(async move {
                let save = first_page(&version);
                let id = save.id;
                responses::save_page(&store, save).await.unwrap();
                for number in 1..each {
                    let stored = responses::find_session(&store, id, &SECRET)
                        .await
                        .unwrap()
                        .unwrap();
                    let save = later_page(&stored, &number.to_string());
                    let outcome = responses::save_page(&store, save).await.unwrap();
                    assert!(matches!(outcome, SaveOutcome::Saved(_)));
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    (clients * each) as f64 / began.elapsed().as_secs_f64()
}

on_both! {
    async fn saves_in_a_second(database) {
        for clients in [1, 16, 64] {
            let store = database.open_as_owner().await;
            let rate = measure(&store, clients, 50).await;
            println!("{:?}: {clients} clients: {rate:.0} read-and-save/s (unoptimised)", database.engine);
            assert!(rate > 20.0, "{rate}");
            store.close().await.unwrap();
        }
    }
}
