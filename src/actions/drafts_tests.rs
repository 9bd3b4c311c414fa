#![allow(clippy::unwrap_used)]

use super::*;
use crate::{
    storage::fixture::on_both,
    survey::{
        edit::Edit,
        sample::{small, text},
    },
    world::SystemEntropy,
};

fn author(name: &str) -> Author<'_> {
    Author {
        actor: Actor::Command,
        name,
    }
}

fn section(words: &str) -> Edit {
    Edit::AddSection(text(words))
}

on_both! {
    async fn every_revision_of_a_draft_is_kept_and_can_come_back(database) {
        let store = database.open().await;
        create_draft(&store, &small(), &author("Ada")).await.unwrap();
        assert!(matches!(create_draft(&store, &small(), &author("Ben")).await, Err(DraftError::Taken)));
        assert_eq!(edit_draft(&store, "small", 1, section("Two"), &author("Ben")).await.unwrap(), 2);
        assert_eq!(edit_draft(&store, "small", 2, section("Three"), &author("Ada")).await.unwrap(), 3);
        assert_eq!(restore_revision(&store, "small", 3, 1, &author("Cai")).await.unwrap(), 4);
        let draft = open_draft(&store, "small").await.unwrap();
        assert_eq!((draft.definition, draft.revision, draft.saved_by.as_str()), (small(), 4, "Cai"));
        assert_eq!(open_revision(&store, "small", 3).await.unwrap().definition.sections.len(), 3);
        let lines = drafts::revisions(&store, "small", 10).await.unwrap();
        let by: Vec<_> = lines.iter().map(|line| (line.revision, line.saved_by.as_str())).collect();
        assert_eq!(by, [(4, "Cai"), (3, "Ada"), (2, "Ben"), (1, "Ada")]);
        assert_eq!(drafts::all(&store).await.unwrap()[0], lines[0]);
        assert!(matches!(restore_revision(&store, "small", 4, 9, &author("Cai")).await, Err(DraftError::Missing)));
        assert!(matches!(open_draft(&store, "other").await, Err(DraftError::Missing)));
    }
}

on_both! {
    async fn who_saves_second_is_told_and_nothing_is_lost(database) {
        let store = database.open().await;
        create_draft(&store, &small(), &author("Ada")).await.unwrap();
        edit_draft(&store, "small", 1, section("Hers"), &author("Ada")).await.unwrap();
        let second = edit_draft(&store, "small", 1, section("His"), &author("Ben")).await;
        assert!(matches!(second, Err(DraftError::Conflict)), "{second:?}");
        let draft = open_draft(&store, "small").await.unwrap();
        assert_eq!((draft.revision, draft.definition.sections.len()), (2, 2));
    }
}

on_both! {
    async fn of_many_who_save_at_once_one_wins_each_revision(database) {
        let store = database.open().await;
        create_draft(&store, &small(), &author("Ada")).await.unwrap();
        let names = ["a", "b", "c", "d", "e", "f"];
        let tries = names.map(|name| {
            let store = store.clone();
            tokio::spawn(async move { edit_draft(&store, "small", 1, section(name), &author(name)).await })
        });
        let mut won = 0;
        for attempt in tries {
            match attempt.await.unwrap() {
                Ok(revision) => {
                    assert_eq!(revision, 2);
                    won += 1;
                }
                Err(error) => assert!(matches!(error, DraftError::Conflict), "{error:?}"),
            }
        }
        assert_eq!(won, 1);
        let draft = open_draft(&store, "small").await.unwrap();
        assert_eq!((draft.revision, draft.definition.sections.len()), (2, 2));
        assert_eq!(drafts::revisions(&store, "small", 10).await.unwrap().len(), 2);
    }
}

on_both! {
    async fn what_changes_nothing_is_no_revision(database) {
        let store = database.open().await;
        create_draft(&store, &small(), &author("Ada")).await.unwrap();
        let same = Edit::Themes(small().themes);
        assert_eq!(edit_draft(&store, "small", 1, same, &author("Ada")).await.unwrap(), 1);
    }
}

on_both! {
    async fn a_draft_is_published_by_the_rule_and_stays(database) {
        let store = database.open().await;
        create_draft(&store, &small(), &author("Ada")).await.unwrap();
        let release = |seen, in_force, passes: &'static (dyn Fn(&Definition) -> bool + Sync)| Release {
            slug: "small",
            seen,
            is_publishable: passes,
            in_force,
        };
        let held = publish_draft(&store, &SystemEntropy, Actor::Command, release(1, None, &|_| false)).await;
        assert!(matches!(held, Err(DraftError::Held(Held::Errors))), "{held:?}");
        let first = publish_draft(&store, &SystemEntropy, Actor::Command, release(1, None, &|_| true)).await.unwrap();
        assert_eq!(first.version.number, 1);
        edit_draft(&store, "small", 1, Edit::RemoveQuestion("score".parse().unwrap()), &author("Ada")).await.unwrap();
        let current = small();
        let open = Some((&current, State::Open));
        let held = publish_draft(&store, &SystemEntropy, Actor::Command, release(2, open, &|_| true)).await;
        assert!(matches!(held, Err(DraftError::Held(Held::Open))), "{held:?}");
        let stale = publish_draft(&store, &SystemEntropy, Actor::Command, release(1, open, &|_| true)).await;
        assert!(matches!(stale, Err(DraftError::Conflict)), "{stale:?}");
        let closed = Some((&current, State::Closed));
        let second = publish_draft(&store, &SystemEntropy, Actor::Command, release(2, closed, &|_| true)).await.unwrap();
        assert_eq!(second.version.number, 2);
        assert_eq!(open_draft(&store, "small").await.unwrap().revision, 2);
    }
}
