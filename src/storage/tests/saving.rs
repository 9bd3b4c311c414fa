//! Pages saved and responses submitted.

use uuid::Uuid;

use crate::storage::{
    StorageError,
    fixture::{SECRET, first_page, later_page, on_both, survey},
    outbox::NewMail,
    responses::{
        self, Flags, ResponseState, SaveOutcome, Saved, StoredText, Submit, SubmitOutcome,
        TextChange,
    },
};

fn saved(outcome: SaveOutcome) -> Saved {
    match outcome {
        SaveOutcome::Saved(saved) => saved,
        other => panic!("not saved: {other:?}"),
    }
}

fn words(question: &str, text: Option<&str>) -> TextChange {
    TextChange {
        question: question.to_owned(),
        code: String::new(),
        text: text.map(str::to_owned),
        sensitive: false,
    }
}

fn submit(id: Uuid, revision: i32, reference: &str) -> Submit {
    Submit {
        id,
        secret: SECRET,
        revision,
        reference: reference.to_owned(),
        document: "final".to_owned(),
        sensitive: None,
        texts: Vec::new(),
        flags: Flags::NONE,
        receipt: None,
    }
}

on_both! {
    async fn a_response_begins_with_its_first_page_and_grows(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let before = store.now().await.unwrap();
        let mut save = first_page(&version);
        save.texts = vec![words("change", Some("More officers"))];
        save.sensitive = Some("s".to_owned());
        let id = save.id;
        let first = saved(responses::save_page(&store, save).await.unwrap());
        assert_eq!(first.revision, 1);
        assert!(first.updated_at >= before && first.updated_at < before + 60_000_000);

        let stored = responses::find_session(&store, id, &SECRET).await.unwrap().unwrap();
        assert_eq!((stored.revision, stored.state), (1, ResponseState::InProgress));
        assert_eq!(stored.started_at, stored.updated_at);
        assert_eq!(stored.sensitive.as_deref(), Some("s"));
        let mut save = later_page(&stored, "two");
        save.texts = vec![words("change", None), words("working", Some("Seen on foot"))];
        assert_eq!(saved(responses::save_page(&store, save).await.unwrap()).revision, 2);

        let stored = responses::find(&store, id).await.unwrap().unwrap();
        assert_eq!(stored.document, "two");
        let expected = StoredText {
            question: "working".to_owned(),
            code: String::new(),
            text: "Seen on foot".to_owned(),
            sensitive: false,
        };
        assert_eq!(stored.texts, [expected]);
    }
}

on_both! {
    async fn a_wrong_secret_finds_and_saves_nothing(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let save = first_page(&version);
        let id = save.id;
        saved(responses::save_page(&store, save).await.unwrap());
        assert!(responses::find_session(&store, id, &[0; 32]).await.unwrap().is_none());
        let stored = responses::find(&store, id).await.unwrap().unwrap();
        let mut save = later_page(&stored, "stolen");
        save.secret = [0; 32];
        assert!(matches!(responses::save_page(&store, save).await.unwrap(), SaveOutcome::Gone));
        let mut again = first_page(&version);
        (again.id, again.secret) = (id, [0; 32]);
        assert!(matches!(responses::save_page(&store, again).await.unwrap(), SaveOutcome::Gone));
        assert_eq!(responses::find(&store, id).await.unwrap().unwrap().document, stored.document);
    }
}

on_both! {
    async fn a_save_over_a_newer_revision_gets_it_back_and_changes_nothing(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let save = first_page(&version);
        let (id, again) = (save.id, save.clone());
        saved(responses::save_page(&store, save).await.unwrap());
        let SaveOutcome::Conflict(current) = responses::save_page(&store, again).await.unwrap() else {
            panic!("the same first page was saved twice");
        };
        assert_eq!(current.revision, 1);
        saved(responses::save_page(&store, later_page(&current, "one tab")).await.unwrap());
        let outcome = responses::save_page(&store, later_page(&current, "other tab")).await.unwrap();
        let SaveOutcome::Conflict(current) = outcome else { panic!("{outcome:?}") };
        assert_eq!((current.revision, current.document.as_str()), (2, "one tab"));
        saved(responses::save_page(&store, later_page(&current, "both tabs")).await.unwrap());
        assert_eq!(responses::find(&store, id).await.unwrap().unwrap().revision, 3);
    }
}

on_both! {
    async fn a_submit_counts_once_and_gives_the_same_reference_again(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let mut save = first_page(&version);
        save.texts = vec![words("hidden", Some("dropped at submit"))];
        let id = save.id;
        saved(responses::save_page(&store, save).await.unwrap());
        let mut first = submit(id, 1, "ABCD-EFGH");
        first.texts = vec![words("hidden", None)];
        first.receipt = Some(NewMail {
            id: Uuid::now_v7(),
            template: "receipt".to_owned(),
            params: serde_json::json!({}),
            recipient: "a@example.org".to_owned(),
            language: "en".to_owned(),
        });
        let again = Submit { reference: "OTHR-REFR".to_owned(), ..first.clone() };
        for (attempt, repeated) in [(first, false), (again, true)] {
            let outcome = responses::submit(&store, attempt).await.unwrap();
            let SubmitOutcome::Submitted(submitted) = outcome else { panic!("{outcome:?}") };
            assert_eq!((submitted.reference.as_str(), submitted.repeated), ("ABCD-EFGH", repeated));
        }
        let stored = responses::find(&store, id).await.unwrap().unwrap();
        assert_eq!(stored.state, ResponseState::Submitted);
        assert_eq!((stored.document.as_str(), stored.texts.len()), ("final", 0));
        assert_eq!(stored.submitted_at, Some(stored.updated_at));
        let mails = crate::storage::outbox::lease(&store, 10, 1_000_000).await.unwrap();
        assert_eq!(mails.len(), 1, "one receipt, however often it is sent");
        let outcome = responses::save_page(&store, later_page(&stored, "too late")).await.unwrap();
        assert!(matches!(outcome, SaveOutcome::Conflict(current) if current.state == ResponseState::Submitted));
    }
}

on_both! {
    async fn a_submit_of_answers_that_changed_meanwhile_is_a_conflict(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let save = first_page(&version);
        let id = save.id;
        saved(responses::save_page(&store, save).await.unwrap());
        let stored = responses::find(&store, id).await.unwrap().unwrap();
        saved(responses::save_page(&store, later_page(&stored, "two")).await.unwrap());
        let outcome = responses::submit(&store, submit(id, 1, "ABCD-EFGH")).await.unwrap();
        assert!(matches!(outcome, SubmitOutcome::Conflict(current) if current.revision == 2));
        let outcome = responses::submit(&store, submit(Uuid::now_v7(), 1, "ABCD-EFGH")).await.unwrap();
        assert!(matches!(outcome, SubmitOutcome::Gone));
    }
}

on_both! {
    async fn a_reference_that_is_taken_is_refused_and_saves_beside_it_are_kept(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let mut ids = Vec::new();
        for _ in 0..2 {
            let save = first_page(&version);
            ids.push(save.id);
            saved(responses::save_page(&store, save).await.unwrap());
        }
        responses::submit(&store, submit(ids[0], 1, "SAME-SAME")).await.unwrap();
        let beside = (0..20).map(|_| responses::save_page(&store, first_page(&version)));
        let (taken, beside) = tokio::join!(
            responses::submit(&store, submit(ids[1], 1, "SAME-SAME")),
            futures_util::future::join_all(beside),
        );
        assert!(matches!(taken, Err(StorageError::Duplicate(_))), "{taken:?}");
        assert!(beside.into_iter().all(|outcome| matches!(outcome, Ok(SaveOutcome::Saved(_)))));
        let stored = responses::find(&store, ids[1]).await.unwrap().unwrap();
        assert_eq!(stored.state, ResponseState::InProgress);
        assert_eq!(responses::progress(&store, version.survey_id).await.unwrap().in_progress, 21);
    }
}

on_both! {
    async fn among_many_saves_one_that_is_refused_leaves_the_texts_as_they_are(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let mut saves = Vec::new();
        for number in 0..12 {
            let mut first = first_page(&version);
            first.texts = vec![words("change", Some("Before")), words("other", Some("Before"))];
            let id = first.id;
            saved(responses::save_page(&store, first).await.unwrap());
            let stored = responses::find(&store, id).await.unwrap().unwrap();
            let mut later = later_page(&stored, "later");
            later.texts = vec![words("other", None), words("change", Some("After")), words("new", Some("After"))];
            // Every third comes too late, every fourth changes no text.
            later.expected_revision = Some(1 - i32::from(number % 3 == 0));
            if number % 4 == 0 {
                later.texts.clear();
            }
            saves.push(later);
        }
        let asked = saves.clone();
        let outcomes = saves.into_iter().map(|save| responses::save_page(&store, save));
        let outcomes = futures_util::future::join_all(outcomes).await;
        for (save, outcome) in asked.iter().zip(outcomes) {
            let is_late = save.expected_revision == Some(0);
            assert_eq!(matches!(outcome, Ok(SaveOutcome::Conflict(_))), is_late);
            let stored = responses::find(&store, save.id).await.unwrap().unwrap();
            let texts: Vec<_> = stored.texts.iter().map(|text| (text.question.as_str(), text.text.as_str())).collect();
            let expected = if is_late || save.texts.is_empty() {
                [("change", "Before"), ("other", "Before")]
            } else {
                [("change", "After"), ("new", "After")]
            };
            assert_eq!(texts, expected);
            assert_eq!(stored.revision, if is_late { 1 } else { 2 });
        }
    }
}

on_both! {
    async fn of_many_saves_at_once_one_wins_each_revision(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let save = first_page(&version);
        let id = save.id;
        saved(responses::save_page(&store, save).await.unwrap());
        let stored = responses::find(&store, id).await.unwrap().unwrap();
        let saves = (0..30).map(|n| responses::save_page(&store, later_page(&stored, &n.to_string())));
        let outcomes = futures_util::future::join_all(saves).await;
        let won = outcomes.iter().filter(|outcome| matches!(outcome, Ok(SaveOutcome::Saved(_)))).count();
        let lost = outcomes.iter().filter(|outcome| matches!(outcome, Ok(SaveOutcome::Conflict(_)))).count();
        assert_eq!((won, lost), (1, 29));
        assert_eq!(responses::find(&store, id).await.unwrap().unwrap().revision, 2);
    }
}

on_both! {
    async fn an_ended_session_is_ended(database) {
        let store = database.open_as_owner().await;
        let version = survey(&store, "plan").await;
        let save = first_page(&version);
        let id = save.id;
        saved(responses::save_page(&store, save).await.unwrap());
        assert!(!responses::end_session(&store, id, &[0; 32]).await.unwrap());
        let stored = responses::find_session(&store, id, &SECRET).await.unwrap().unwrap();
        assert!(responses::end_session(&store, id, &SECRET).await.unwrap());
        assert!(responses::find_session(&store, id, &SECRET).await.unwrap().is_none());
        let outcome = responses::save_page(&store, later_page(&stored, "after")).await.unwrap();
        assert!(matches!(outcome, SaveOutcome::Gone));
    }
}

on_both! {
    async fn a_session_that_idled_for_a_day_is_over(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let save = first_page(&version);
        let (id, again) = (save.id, save.clone());
        saved(responses::save_page(&store, save).await.unwrap());
        for (minutes, over) in [(1439, false), (1441, true)] {
            let tx = store.begin().await.unwrap();
            let sql = "UPDATE response SET updated_at = {now} - $1";
            tx.run(sql, [(minutes * 60_000_000_i64).into()]).await.unwrap();
            tx.commit().await.unwrap();
            let found = responses::find_session(&store, id, &SECRET).await.unwrap();
            assert_eq!(found.is_none(), over, "{minutes}");
        }
        let outcome = responses::save_page(&store, again).await.unwrap();
        assert!(matches!(outcome, SaveOutcome::Gone), "{outcome:?}");
    }
}

on_both! {
    async fn a_character_that_a_database_can_not_keep_is_no_crash(database) {
        let store = database.open().await;
        let version = survey(&store, "plan").await;
        let mut save = first_page(&version);
        save.texts = vec![words("change", Some("a\0b"))];
        match responses::save_page(&store, save).await {
            Ok(SaveOutcome::Saved(_)) | Err(StorageError::Refused(_)) => {}
            other => panic!("{other:?}"),
        }
        responses::save_page(&store, first_page(&version)).await.unwrap();
    }
}

on_both! {
    async fn what_the_owner_keeps_in_memory_is_what_is_stored(database) {
        let store = database.open_as_owner().await;
        let version = survey(&store, "plan").await;
        let mut save = first_page(&version);
        save.texts = vec![words("b", Some("1")), words("a", Some("2"))];
        let id = save.id;
        saved(responses::save_page(&store, save).await.unwrap());
        for round in 0..3 {
            let kept = responses::find_session(&store, id, &SECRET).await.unwrap().unwrap();
            assert_eq!(*kept, responses::find(&store, id).await.unwrap().unwrap());
            let mut save = later_page(&kept, &round.to_string());
            save.texts = vec![words("b", (round % 2 == 0).then_some("3")), words("c", Some("4"))];
            saved(responses::save_page(&store, save).await.unwrap());
        }
        responses::submit(&store, submit(id, 4, "ABCD-EFGH")).await.unwrap();
        let kept = responses::find_session(&store, id, &SECRET).await.unwrap().unwrap();
        assert_eq!(*kept, responses::find(&store, id).await.unwrap().unwrap());
    }
}
