//! The outbox and the leases.

use uuid::Uuid;

use crate::storage::{
    Store,
    fixture::on_both,
    jobs,
    outbox::{self, NewMail},
};

async fn mail(store: &Store) -> Uuid {
    let mail = NewMail {
        id: Uuid::now_v7(),
        template: "receipt".to_owned(),
        params: serde_json::json!({ "reference": "ABCD-EFGH" }),
        recipient: "a@example.org".to_owned(),
        language: "en".to_owned(),
    };
    let tx = store.begin().await.unwrap();
    outbox::add(&tx, &mail).await.unwrap();
    tx.commit().await.unwrap();
    mail.id
}

const MINUTE: i64 = 60_000_000;

on_both! {
    async fn a_mail_is_leased_to_one_worker_and_blanked_when_sent(database) {
        let store = database.open().await;
        let id = mail(&store).await;
        let leased = outbox::lease(&store, 10, MINUTE).await.unwrap();
        assert_eq!((leased.len(), leased[0].mail.id, leased[0].attempts), (1, id, 1));
        assert_eq!(leased[0].mail.params["reference"], "ABCD-EFGH");
        assert!(outbox::lease(&store, 10, MINUTE).await.unwrap().is_empty(), "it is leased");
        outbox::sent(&store, id).await.unwrap();
        assert!(outbox::lease(&store, 10, MINUTE).await.unwrap().is_empty(), "it is sent");
        let tx = store.begin().await.unwrap();
        let row = tx.row("SELECT recipient, params FROM outbox", []).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<String>(0).unwrap(), "");
        assert_eq!(row.try_get_by_index::<String>(1).unwrap(), "{}");
        assert_eq!(outbox::purge(&tx, MINUTE).await.unwrap(), 0);
        assert_eq!(outbox::purge(&tx, -1).await.unwrap(), 1);
    }
}

on_both! {
    async fn a_mail_that_failed_waits_its_time(database) {
        let store = database.open().await;
        let id = mail(&store).await;
        outbox::lease(&store, 10, MINUTE).await.unwrap();
        outbox::retry(&store, id, MINUTE).await.unwrap();
        assert!(outbox::lease(&store, 10, MINUTE).await.unwrap().is_empty());
        outbox::retry(&store, id, -1).await.unwrap();
        let again = outbox::lease(&store, 10, -1).await.unwrap();
        assert_eq!(again[0].attempts, 2);
        let after_a_crash = outbox::lease(&store, 10, MINUTE).await.unwrap();
        assert_eq!(after_a_crash[0].attempts, 3, "a lease that ended is free again");
        outbox::give_up(&store, id).await.unwrap();
        assert!(outbox::lease(&store, 10, MINUTE).await.unwrap().is_empty());
    }
}

on_both! {
    async fn workers_at_once_never_get_the_same_mail(database) {
        let store = database.open().await;
        for _ in 0..20 {
            mail(&store).await;
        }
        let leases = (0..8).map(|_| outbox::lease(&store, 5, MINUTE));
        let mut ids: Vec<Uuid> = Vec::new();
        for leased in futures_util::future::join_all(leases).await {
            ids.extend(leased.unwrap().iter().map(|leased| leased.mail.id));
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((all, ids.len()), (20, 20));
    }
}

on_both! {
    async fn one_node_wins_a_job(database) {
        let store = database.open().await;
        let names: Vec<String> = (0..8).map(|node| format!("node {node}")).collect();
        let tries = names.iter().map(|node| jobs::lease(&store, "purge", node, MINUTE, MINUTE));
        let won: Vec<bool> = futures_util::future::join_all(tries).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(won.iter().filter(|won| **won).count(), 1);
        let winner = &names[won.iter().position(|won| *won).unwrap()];
        jobs::finish(&store, "purge", "somebody else").await.unwrap();
        assert!(!jobs::lease(&store, "purge", "late", MINUTE, 0).await.unwrap());
        jobs::finish(&store, "purge", winner).await.unwrap();
        assert!(!jobs::lease(&store, "purge", "late", MINUTE, MINUTE).await.unwrap(), "it ran just now");
        assert!(jobs::lease(&store, "purge", "late", -1, 0).await.unwrap());
        assert!(jobs::lease(&store, "purge", "after a crash", MINUTE, 0).await.unwrap());
    }
}
