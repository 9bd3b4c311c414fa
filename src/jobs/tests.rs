#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use tokio::sync::watch;
use uuid::Uuid;

use super::Jobs;
use crate::{
    actions::audit::{record_sight, verify},
    audit::{Actor, Event},
    mail::{Postman, Render, RenderError, Rendered, Sender, Transport},
    storage::{
        Store,
        fixture::{first_page, on_both, survey_of},
        outbox::{self, NewMail},
        responses,
    },
};

struct Silent;

impl Render for Silent {
    fn render(&self, _: &str, _: &str, _: &serde_json::Value) -> Result<Rendered, RenderError> {
        Ok(Rendered {
            subject: "s".to_owned(),
            text: "t".to_owned(),
            html: "h".to_owned(),
        })
    }
}

fn jobs(store: &Store, transport: &Transport) -> Jobs {
    let sender = Sender::new("no-reply@example.org", None).unwrap();
    let postman = Postman::new(sender, transport.clone(), Arc::new(Silent));
    let purge_at = |definition: &str| definition.parse().map_err(|_| "no number".to_owned());
    Jobs::new(
        store.clone(),
        postman,
        Arc::new(purge_at),
        Uuid::new_v4().to_string(),
    )
}

on_both! {
    async fn a_round_sends_mails_and_purges_surveys_that_closed_long_ago(database) {
        let store = database.open().await;
        let transport = Transport::from_url("memory:").unwrap();
        let now = store.now().await.unwrap();
        // A survey's "definition" is when to purge it.
        let old = survey_of(&store, "old", now.to_string()).await;
        let open = survey_of(&store, "open", (now + 600_000_000).to_string()).await;
        survey_of(&store, "broken", "no number".to_owned()).await;
        for version in [&old, &open] {
            responses::save_page(&store, first_page(version)).await.unwrap();
        }
        let mail = NewMail {
            id: Uuid::now_v7(),
            template: "receipt".to_owned(),
            params: serde_json::json!({}),
            recipient: "a@example.org".to_owned(),
            language: "en".to_owned(),
        };
        let tx = store.begin().await.unwrap();
        outbox::add(&tx, &mail).await.unwrap();
        tx.commit().await.unwrap();
        let nodes = [jobs(&store, &transport), jobs(&store, &transport)];
        tokio::join!(nodes[0].round(), nodes[1].round());
        assert_eq!(responses::progress(&store, old.survey_id).await.unwrap().in_progress, 0);
        assert_eq!(responses::progress(&store, open.survey_id).await.unwrap().in_progress, 1);
        let Transport::Memory(sent) = transport else { panic!() };
        assert_eq!(sent.lock().unwrap().len(), 1);
    }
}

on_both! {
    async fn work_stops_when_told(database) {
        let store = database.open().await;
        let transport = Transport::from_url("memory:").unwrap();
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(jobs(&store, &transport).run(stopped));
        stop.send(true).unwrap();
        tokio::time::timeout(std::time::Duration::from_secs(5), task).await.unwrap().unwrap();
    }
}

on_both! {
    async fn of_two_nodes_one_seals_the_audit_log_each_minute(database) {
        let store = database.open().await;
        let transport = Transport::from_url("memory:").unwrap();
        for _ in 0..3 {
            record_sight(&store, Actor::Command, &Event::BackedUp {}).await.unwrap();
        }
        let nodes = [jobs(&store, &transport), jobs(&store, &transport)];
        tokio::join!(nodes[0].round(), nodes[1].round());
        record_sight(&store, Actor::Command, &Event::BackedUp {}).await.unwrap();
        // The minute is not over: what came since waits.
        tokio::join!(nodes[0].round(), nodes[1].round());
        let verified = verify(&store, None).await.unwrap();
        let head = verified.head.unwrap();
        assert_eq!((head.number, head.last, verified.unsealed), (1, 3, 1));
    }
}
