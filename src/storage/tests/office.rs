//! Versions, accounts, links, sessions, limits, facts.

use uuid::Uuid;

use crate::storage::{
    StorageError, Store,
    fixture::on_both,
    limits,
    links::{self, Link, Purpose},
    meta, sessions,
    surveys::{self, Publish, Published},
    users::{self, NewUser, Role},
};

async fn publish(
    store: &Store,
    definition: &str,
    number: Option<u32>,
) -> Result<Published, StorageError> {
    let tx = store.begin().await?;
    let publish = Publish {
        new_survey_id: Uuid::now_v7(),
        new_version_id: Uuid::now_v7(),
        slug: "plan".to_owned(),
        definition: definition.to_owned(),
        number,
    };
    let published = surveys::publish(&tx, publish).await?;
    tx.commit().await?;
    Ok(published)
}

async fn account(store: &Store, email: &str) -> Result<users::User, StorageError> {
    let tx = store.begin().await?;
    let new = NewUser {
        id: Uuid::now_v7(),
        email: email.to_owned(),
        name: "Ada".to_owned(),
        role: Role::Officer,
        password_hash: "hash".to_owned(),
    };
    let user = users::add(&tx, new).await?;
    tx.commit().await?;
    Ok(user)
}

on_both! {
    async fn a_published_version_never_changes(database) {
        let store = database.open().await;
        let first = publish(&store, "one", None).await.unwrap();
        assert_eq!((first.version.number, first.unchanged), (1, false));
        assert!(publish(&store, "one", None).await.unwrap().unchanged);
        let second = publish(&store, "two", None).await.unwrap();
        assert_eq!(second.version.number, 2);
        for (definition, number) in [("three", 1), ("three", 2), ("three", 4)] {
            let refused = publish(&store, definition, Some(number)).await;
            assert!(matches!(refused, Err(StorageError::Refused(_))), "{refused:?}");
        }
        let survey = surveys::find(&store, "plan").await.unwrap().unwrap();
        assert_eq!(survey.current_version, Some(second.version.id));
        let versions = surveys::versions(&store, survey.id).await.unwrap();
        let texts: Vec<_> = versions.iter().map(|version| version.definition.as_str()).collect();
        assert_eq!(texts, ["one", "two"]);
        assert_eq!(versions[0].sha256.len(), 64);
        assert_eq!(surveys::all(&store).await.unwrap().len(), 1);
    }
}

on_both! {
    async fn a_version_changed_behind_our_back_is_noticed(database) {
        let store = database.open().await;
        let version = publish(&store, "one", None).await.unwrap().version;
        let tx = store.begin().await.unwrap();
        tx.run("UPDATE survey_version SET definition = 'other'", []).await.unwrap();
        tx.commit().await.unwrap();
        let read = surveys::version(&store, version.id).await;
        assert!(matches!(read, Err(StorageError::Corrupt(_))), "{read:?}");
    }
}

on_both! {
    async fn an_address_has_one_account_however_it_is_written(database) {
        let store = database.open().await;
        let user = account(&store, " Ada@Example.org").await.unwrap();
        assert_eq!(user.email, "ada@example.org");
        assert!(matches!(account(&store, "ADA@example.ORG").await, Err(StorageError::Duplicate(_))));
        assert_eq!(users::find_by_email(&store, "aDA@example.org ").await.unwrap().unwrap().id, user.id);
        assert_eq!(users::all(&store).await.unwrap().len(), 1);
        let printed = format!("{user:?}");
        assert!(!printed.contains("example") && !printed.contains("hash"), "{printed}");
    }
}

on_both! {
    async fn a_link_works_once_and_not_after_its_time(database) {
        let store = database.open().await;
        let link = Link { purpose: Purpose::Invitation, email: Some("B@example.org".to_owned()), role: Role::Comms, invitation: None };
        let tx = store.begin().await.unwrap();
        links::add(&tx, &[1; 32], &link, 60_000_000).await.unwrap();
        links::add(&tx, &[2; 32], &link, -1).await.unwrap();
        tx.commit().await.unwrap();
        let found = links::find(&store, &[1; 32]).await.unwrap().unwrap();
        assert_eq!((found.email.as_deref(), found.role), (Some("b@example.org"), Role::Comms));
        for (token, works) in [([1; 32], true), ([1; 32], false), ([2; 32], false), ([3; 32], false)] {
            let tx = store.begin().await.unwrap();
            assert_eq!(links::take(&tx, &token).await.unwrap().is_some(), works);
            tx.commit().await.unwrap();
        }
        assert!(links::find(&store, &[1; 32]).await.unwrap().is_none());
        let tx = store.begin().await.unwrap();
        assert_eq!(links::purge(&tx).await.unwrap(), 2);
    }
}

on_both! {
    async fn a_session_ends_by_signing_out_by_idling_and_with_its_account(database) {
        let store = database.open().await;
        let user = account(&store, "a@example.org").await.unwrap();
        let tx = store.begin().await.unwrap();
        for (token, lifetime) in [([1; 32], 60_000_000), ([2; 32], -1), ([3; 32], 60_000_000)] {
            let session = sessions::NewSession { id: Uuid::now_v7(), token, user_id: user.id, csrf: [9; 32], lifetime };
            sessions::start(&tx, &session).await.unwrap();
        }
        tx.commit().await.unwrap();
        let session = sessions::open(&store, &[1; 32], 1_000_000_000).await.unwrap().unwrap();
        assert_eq!((session.user.id, session.csrf), (user.id, [9; 32]));
        assert!(sessions::open(&store, &[2; 32], 1_000_000_000).await.unwrap().is_none(), "expired");
        assert!(sessions::open(&store, &[1; 32], -1_000_000).await.unwrap().is_none(), "idle");
        let tx = store.begin().await.unwrap();
        sessions::end(&tx, &[1; 32]).await.unwrap();
        assert_eq!(sessions::purge(&tx).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert!(sessions::open(&store, &[1; 32], 1_000_000_000).await.unwrap().is_none(), "signed out");
        let tx = store.begin().await.unwrap();
        users::set_disabled(&tx, user.id, true).await.unwrap();
        tx.commit().await.unwrap();
        assert!(sessions::open(&store, &[3; 32], 1_000_000_000).await.unwrap().is_none(), "shut out");
    }
}

on_both! {
    async fn tries_are_counted_in_a_window(database) {
        let store = database.open().await;
        for expected in 1..=3 {
            let attempts = limits::count(&store, &[5; 32], 60_000_000).await.unwrap();
            assert_eq!(attempts.count, expected);
            assert!(attempts.ends_in > 0 && attempts.ends_in <= 60_000_000);
        }
        assert_eq!(limits::count(&store, &[6; 32], 60_000_000).await.unwrap().count, 1);
        assert_eq!(limits::count(&store, &[5; 32], -1).await.unwrap().count, 1, "a window that is over");
        let tx = store.begin().await.unwrap();
        limits::clear(&tx, &[5; 32]).await.unwrap();
        assert_eq!(limits::purge(&tx, -1).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(limits::count(&store, &[5; 32], 60_000_000).await.unwrap().count, 1);
    }
}

on_both! {
    async fn a_simulated_database_says_so(database) {
        let store = database.open().await;
        assert!(!meta::is_simulated(&store).await.unwrap());
        let tx = store.begin().await.unwrap();
        meta::mark_simulated(&tx).await.unwrap();
        meta::mark_simulated(&tx).await.unwrap();
        tx.commit().await.unwrap();
        assert!(meta::is_simulated(&store).await.unwrap());
    }
}
