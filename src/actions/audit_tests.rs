#![allow(clippy::unwrap_used)]

use uuid::Uuid;

use super::audit::{VerifyError, record, record_sight, seal_new_rows, verify};
use crate::{
    audit::{
        Actor, Event,
        chain::{self, Break},
    },
    storage::{
        StorageError, Store, audit,
        fixture::{TestDatabase, on_both},
    },
};

const BY: Actor = Actor::System;

/// Writes and seals `rows` rows, each sealed by itself.
async fn sealed(store: &Store, rows: u32) {
    for _ in 0..rows {
        record_sight(store, BY, &Event::BackedUp {}).await.unwrap();
        assert_eq!(seal_new_rows(store).await.unwrap(), 1);
    }
}

async fn broken(store: &Store) -> Break {
    match verify(store, None).await {
        Err(VerifyError::Broken(broken)) => broken,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn rows_are_sealed_once_and_the_head_is_told(database) {
        let store = database.open().await;
        let nothing = verify(&store, None).await.unwrap();
        assert_eq!((nothing.head, nothing.unsealed), (None, 0));
        for event in crate::audit::samples() {
            record_sight(&store, Actor::Account(Uuid::from_u128(1)), &event).await.unwrap();
        }
        let count = crate::audit::samples().len() as u64;
        assert_eq!(verify(&store, None).await.unwrap().unsealed, count);
        assert_eq!(seal_new_rows(&store).await.unwrap(), count);
        assert_eq!(seal_new_rows(&store).await.unwrap(), 0, "no empty seals");
        record_sight(&store, BY, &Event::BackedUp {}).await.unwrap();
        let verified = verify(&store, None).await.unwrap();
        let head = verified.head.unwrap();
        assert_eq!((head.number, head.last, verified.unsealed), (1, i64::try_from(count).unwrap(), 1));
        assert_eq!(audit::state(&store).await.unwrap().unsealed, 1);
        sealed(&store, 0).await;
        assert_eq!(seal_new_rows(&store).await.unwrap(), 1);
        assert!(verify(&store, Some(head.hash)).await.is_ok(), "a noted head stays in the chain");
        // What is read back is what was written.
        let rows = audit::sealed_rows(&store, 1, head.last).await.unwrap();
        let read: Vec<Event> = rows.iter().map(|(_, row)| row.as_ref().unwrap().event().unwrap()).collect();
        assert_eq!(read, crate::audit::samples());
    }
}

on_both! {
    async fn the_database_refuses_to_change_or_delete_what_is_written(database) {
        let store = database.open().await;
        sealed(&store, 1).await;
        for sql in [
            "UPDATE audit_entry SET details = '{}'",
            "UPDATE audit_sealed SET entry = 9",
            "UPDATE audit_seal SET number = 9",
            "DELETE FROM audit_entry",
            "DELETE FROM audit_sealed",
            "DELETE FROM audit_seal",
        ] {
            let refused = database.run_raw(sql).await;
            assert!(refused.is_err_and(|error| error.to_string().contains("only added to")), "{sql}");
        }
        if database.engine == crate::storage::Engine::Postgres {
            assert!(database.run_raw("TRUNCATE audit_entry").await.is_err());
        }
        assert_eq!(verify(&store, None).await.unwrap().head.unwrap().last, 1);
    }
}

on_both! {
    async fn a_row_is_written_with_what_it_tells_of_or_not_at_all(database) {
        let store = database.open().await;
        let tx = store.begin().await.unwrap();
        record(&tx, BY, &Event::BackedUp {}).await.unwrap();
        drop(tx);
        assert_eq!(verify(&store, None).await.unwrap().unsealed, 0);
    }
}

/// Does `sql` in the database as somebody would who has its password.
async fn tamper(database: &TestDatabase, sql: &str) {
    database.drop_triggers().await;
    database.run_raw(sql).await.unwrap();
}

on_both! {
    async fn every_way_to_tamper_with_the_database_is_named(database) {
        let ways = [
            ("UPDATE audit_entry SET at = at - 1 WHERE id = 2", Break::ChangedRow { position: 2, entry: 2 }),
            ("UPDATE audit_entry SET by_account = NULL, actor = 'nobody' WHERE id = 3", Break::ChangedRow { position: 3, entry: 3 }),
            ("DELETE FROM audit_entry WHERE id = 2", Break::MissingRow { position: 2, entry: 2 }),
            ("DELETE FROM audit_sealed WHERE position = 2", Break::MissingPlace { position: 2 }),
            ("DELETE FROM audit_seal WHERE number = 1", Break::MissingSeal { number: 1 }),
            ("DELETE FROM audit_seal WHERE number = 2", Break::MissingSeal { number: 2 }),
            ("DELETE FROM audit_seal WHERE number = 3", Break::MissingSeal { number: 3 }),
            ("UPDATE audit_seal SET sealed_at = 1 WHERE number = 2", Break::ChangedSeal { number: 2 }),
            ("UPDATE audit_seal SET previous = hash WHERE number = 2", Break::BrokenLink { number: 2 }),
        ];
        for (sql, expected) in ways {
            let own = TestDatabase::of(database.engine).await;
            let store = own.open().await;
            sealed(&store, 3).await;
            assert!(verify(&store, None).await.is_ok());
            tamper(&own, sql).await;
            assert_eq!(broken(&store).await, expected, "{sql}");
            store.close().await.unwrap();
        }
    }
}

on_both! {
    async fn a_log_that_was_cut_off_is_found_by_a_noted_head(database) {
        let store = database.open().await;
        sealed(&store, 3).await;
        let head = verify(&store, None).await.unwrap().head.unwrap();
        for sql in [
            "DELETE FROM audit_seal WHERE number = 3",
            "DELETE FROM audit_sealed WHERE position = 3",
            "DELETE FROM audit_entry WHERE id = 3",
        ] {
            tamper(database, sql).await;
        }
        assert_eq!(verify(&store, None).await.unwrap().head.unwrap().number, 2, "whole by itself");
        let Err(VerifyError::Broken(found)) = verify(&store, Some(head.hash)).await else { panic!() };
        assert_eq!(found, Break::UnknownHead(chain::hex(&head.hash)));
    }
}

on_both! {
    async fn a_row_smuggled_in_is_counted_as_unsealed(database) {
        let store = database.open().await;
        sealed(&store, 2).await;
        tamper(database, "INSERT INTO audit_entry (id, at, actor, kind, format, details) \
             VALUES (-5, 1, 'system', 'backed_up', 1, '{\"event\":\"backed_up\"}')").await;
        assert_eq!(verify(&store, None).await.unwrap().unsealed, 1);
    }
}

on_both! {
    async fn a_crash_while_sealing_leaves_nothing_half_sealed(database) {
        let store = database.open().await;
        sealed(&store, 1).await;
        record_sight(&store, BY, &Event::BackedUp {}).await.unwrap();
        // All that a node does before its commit, and then it is gone.
        let tx = store.begin().await.unwrap();
        let rows = audit::unsealed(&tx, 10).await.unwrap();
        let before = audit::last_seal(&tx).await.unwrap();
        let places = chain::places(1, &rows);
        let seal = chain::seal(before.as_ref(), &places, 5).unwrap();
        audit::add_seal(&tx, &seal, &places).await.unwrap();
        drop(tx);
        assert_eq!(verify(&store, None).await.unwrap().unsealed, 1);
        assert_eq!(seal_new_rows(&store).await.unwrap(), 1, "the next time does it whole");
        let verified = verify(&store, None).await.unwrap();
        assert_eq!((verified.head.unwrap().last, verified.unsealed), (2, 0));
    }
}

/// On PostgreSQL a transaction that began earlier may commit later: its row has a lower identity and a higher place.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_commits_late_is_sealed_late_and_never_left_out() {
    let database = TestDatabase::postgres().await;
    let store = database.open().await;
    let late = store.begin().await.unwrap();
    record(&late, BY, &Event::BackedUp {}).await.unwrap();
    sealed(&store, 2).await;
    late.commit().await.unwrap();
    assert_eq!(audit::state(&store).await.unwrap().unsealed, 1);
    assert_eq!(seal_new_rows(&store).await.unwrap(), 1);
    let rows = audit::sealed_rows(&store, 1, 3).await.unwrap();
    let order: Vec<i64> = rows.iter().map(|(place, _)| place.entry).collect();
    assert_eq!(order, [2, 3, 1]);
    assert_eq!(verify(&store, None).await.unwrap().unsealed, 0);
}

/// Two nodes that both think the lease theirs: the number of the seal lets one through.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_nodes_that_seal_at_once_one_does() {
    let database = TestDatabase::postgres().await;
    let nodes = [database.open().await, database.open().await];
    for _ in 0..20 {
        record_sight(&nodes[0], BY, &Event::BackedUp {})
            .await
            .unwrap();
        let (one, other) = tokio::join!(seal_new_rows(&nodes[0]), seal_new_rows(&nodes[1]));
        for outcome in [&one, &other] {
            assert!(
                matches!(outcome, Ok(0 | 1) | Err(StorageError::Duplicate(_))),
                "{outcome:?}"
            );
        }
        let sealed: u64 = [one, other].into_iter().filter_map(Result::ok).sum();
        assert_eq!(sealed, 1);
    }
    assert_eq!(
        verify(&nodes[1], None).await.unwrap().head.unwrap().last,
        20
    );
}
