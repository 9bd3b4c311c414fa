//! The follow-up, counts, rows for exports, comments, deletion.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::storage::{
    Store,
    comments::{self, CommentQuery},
    fixture::{SECRET, first_page, on_both, survey},
    responses::{self, Flags, Place, Sensitive, Submit, TextChange},
    surveys::SurveyVersion,
};

/// A submitted response with a text.
async fn submitted(store: &Store, version: &SurveyVersion, text: &str) -> Uuid {
    let mut save = first_page(version);
    save.sensitive = Some("sensitive".to_owned());
    save.texts = [("change", text, false), ("health", "a secret", true)]
        .map(|(question, text, sensitive)| TextChange {
            question: question.to_owned(),
            code: String::new(),
            text: Some(text.to_owned()),
            sensitive,
        })
        .to_vec();
    let id = save.id;
    responses::save_page(store, save).await.unwrap();
    let submit = Submit {
        id,
        secret: SECRET,
        revision: 1,
        reference: id.simple().to_string(),
        document: "final".to_owned(),
        sensitive: Some("sensitive".to_owned()),
        texts: Vec::new(),
        flags: Flags::NONE,
        receipt: None,
    };
    responses::submit(store, submit).await.unwrap();
    id
}

on_both! {
    async fn the_follow_up_gives_every_submitted_response_once(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let other = survey(&store, "other").await;
        let mut expected = BTreeSet::new();
        for _ in 0..7 {
            expected.insert(submitted(&store, &version, "x").await);
        }
        submitted(&store, &other, "x").await;
        responses::save_page(&store, first_page(&version)).await.unwrap();
        let (mut after, mut found) = (Place::default(), Vec::new());
        loop {
            let rows = responses::submitted_since(&store, version.survey_id, after, 3, Sensitive::Left)
                .await
                .unwrap();
            let Some(last) = rows.last() else { break };
            after = Place { updated_at: last.updated_at, id: last.id };
            assert!(rows.iter().all(|row| row.sensitive.is_none()));
            found.extend(rows.iter().map(|row| row.id));
        }
        assert_eq!(found.len(), 7);
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
        let again = after.before(60_000_000);
        let rows = responses::submitted_since(&store, version.survey_id, again, 100, Sensitive::Read)
            .await
            .unwrap();
        assert_eq!(rows.len(), 7, "an overlap is read again");
        assert!(rows.iter().all(|row| row.sensitive.is_some()));
    }
}

on_both! {
    async fn a_withdrawn_response_stays_in_the_list_of_changes_and_counts_no_more(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let survey_id = version.survey_id;
        let ids = [submitted(&store, &version, "x").await, submitted(&store, &version, "y").await];
        assert!(responses::withdraw(&store, ids[0]).await.unwrap());
        assert!(!responses::withdraw(&store, ids[0]).await.unwrap());
        assert_eq!(responses::count_submitted(&store, survey_id).await.unwrap(), 1);
        let (mut after, mut changed) = (Place::default(), Vec::new());
        while let [one] = responses::changed_since(&store, survey_id, after, 1).await.unwrap()[..] {
            after = Place { updated_at: one.updated_at, id: one.id };
            changed.push((one.id, one.revision, one.counts));
        }
        changed.sort_unstable();
        assert_eq!(changed, [(ids[0], 3, false), (ids[1], 2, true)]);
        let rows = responses::read_answers(&store, &ids, Sensitive::Read).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[1]]);
        assert!(rows[0].texts.is_empty() && rows[0].sensitive.is_some());
    }
}

on_both! {
    async fn counts_tell_started_from_submitted_and_pages_apart(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        submitted(&store, &version, "x").await;
        let mut save = first_page(&version);
        save.pages = r#"{"one":1,"two":2}"#.to_owned();
        responses::save_page(&store, save).await.unwrap();
        responses::save_page(&store, first_page(&version)).await.unwrap();
        let progress = responses::progress(&store, version.survey_id).await.unwrap();
        assert_eq!((progress.in_progress, progress.submitted), (2, 1));
        assert_eq!(progress.saved_pages["one"], 2);
        assert_eq!(progress.saved_pages["two"], 1);
        assert_eq!(progress.saved_last["one"], 1);
        assert_eq!(progress.saved_last["two"], 1);
    }
}

on_both! {
    async fn rows_come_in_the_order_asked_for_and_without_what_is_sensitive(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let mut ids = vec![submitted(&store, &version, "x").await, submitted(&store, &version, "y").await];
        ids.reverse();
        let rows = responses::read(&store, &ids, Sensitive::Left).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), ids);
        assert!(rows.iter().all(|row| row.sensitive.is_none() && row.texts.len() == 1));
        let rows = responses::read(&store, &ids, Sensitive::Read).await.unwrap();
        assert!(rows.iter().all(|row| row.sensitive.is_some() && row.texts.len() == 2));
    }
}

on_both! {
    async fn comments_are_paged_searched_and_filtered(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let mut ids = Vec::new();
        for number in 0..25 {
            let text = if number == 3 { "100% Sure_thing!".to_owned() } else { format!("Comment {number}") };
            ids.push(submitted(&store, &version, &text).await);
        }
        let query = CommentQuery {
            survey_id: version.survey_id,
            questions: Vec::new(),
            search: None,
            after: None,
            limit: 10,
        };
        let (mut at, mut texts) = (query.clone(), Vec::new());
        loop {
            let page = comments::page(&store, &at, |_, _, _| true).await.unwrap();
            assert!(page.comments.len() <= 10);
            texts.extend(page.comments.into_iter().map(|comment| comment.text));
            let Some(next) = page.next else { break };
            at.after = Some(next);
        }
        assert_eq!(texts.len(), 25, "sensitive texts are never listed");
        assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), 25);

        for (words, hits) in [("0% sure_", 1), ("%", 1), ("_", 1), ("!", 1), ("COMMENT 1", 11), ("secret", 0), ("'", 0)] {
            let found = CommentQuery { search: Some(words.to_owned()), limit: 50, ..query.clone() };
            let page = comments::page(&store, &found, |_, _, _| true).await.unwrap();
            assert_eq!(page.comments.len(), hits, "{words}");
            let total = comments::count(&store, &found, |_, _, _| true).await.unwrap();
            assert_eq!(total, u64::try_from(hits).unwrap(), "{words}");
        }
        let kept = comments::page(&store, &query, |id, _, _| *id == ids[0]).await.unwrap();
        assert_eq!((kept.comments.len(), kept.next), (1, None));
        assert_eq!(comments::count(&store, &query, |id, _, _| *id == ids[0]).await.unwrap(), 1);
        assert_eq!(comments::count(&store, &query, |_, question, _| question == "change").await.unwrap(), 25);
        for (question, hits) in [("change", 10), ("health", 0), ("nothing", 0)] {
            let of = CommentQuery { questions: vec![question.to_owned()], ..query.clone() };
            assert_eq!(comments::page(&store, &of, |_, _, _| true).await.unwrap().comments.len(), hits);
        }
    }
}

on_both! {
    async fn a_deleted_response_leaves_a_tombstone_and_no_words(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let since = store.now().await.unwrap();
        let id = submitted(&store, &version, "x").await;
        let unsent = first_page(&version);
        let unsent_id = unsent.id;
        responses::save_page(&store, unsent).await.unwrap();
        assert!(responses::delete(&store, id).await.unwrap());
        assert!(responses::delete(&store, unsent_id).await.unwrap());
        assert!(!responses::delete(&store, id).await.unwrap());
        let deleted = responses::deleted_since(&store, version.survey_id, since).await.unwrap();
        assert_eq!(deleted.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
        let query = CommentQuery {
            survey_id: version.survey_id,
            questions: Vec::new(),
            search: None,
            after: None,
            limit: 10,
        };
        assert!(comments::page(&store, &query, |_, _, _| true).await.unwrap().comments.is_empty());
    }
}

on_both! {
    async fn only_unsent_responses_of_that_survey_are_purged(database) {
        let store = database.open_as_owner().await;
        let version = survey(&store, "plan").await;
        let other = survey(&store, "other").await;
        let kept = submitted(&store, &version, "x").await;
        responses::save_page(&store, first_page(&other)).await.unwrap();
        let mut unsent = Vec::new();
        for _ in 0..5 {
            let save = first_page(&version);
            unsent.push(save.id);
            responses::save_page(&store, save).await.unwrap();
        }
        let mut batches = Vec::new();
        loop {
            let ids = responses::unsent(&store, version.survey_id, 2).await.unwrap();
            if ids.is_empty() { break }
            let tx = store.begin().await.unwrap();
            // One that was sent meanwhile stays.
            let with_sent = [ids.clone(), vec![kept]].concat();
            batches.push(responses::delete_unsent(&tx, &with_sent).await.unwrap());
            tx.commit().await.unwrap();
            responses::forget(&store, &ids);
        }
        assert_eq!(batches, [2, 2, 1]);
        assert!(responses::find_session(&store, unsent[0], &SECRET).await.unwrap().is_none());
        assert!(responses::find(&store, kept).await.unwrap().is_some());
        assert_eq!(responses::progress(&store, other.survey_id).await.unwrap().in_progress, 1);
    }
}
