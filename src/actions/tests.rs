#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use uuid::Uuid;

use super::{
    Accept, AcceptError, Entered, Entropy, FinalState, PageState, PageTarget, Passwords, Place,
    Receipt, SaveError, SignIn, SignInError, SubmitError, Weakness, accept_link,
    first_administrator_link, invite, publish_version, save_page, sign_in, sign_out,
    submit_response,
};
use crate::{
    audit::Actor,
    storage::{
        StorageError, Store,
        fixture::{SECRET, on_both, survey},
        outbox,
        responses::{self, Beside, Channel, Flags, StoredResponse, StoredText},
        sessions,
        users::Role,
    },
    survey::ids::Slug,
};

/// Entropy that repeats itself.
#[derive(Default)]
struct Counting(AtomicU64);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let number = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        for (byte, digit) in bytes.iter_mut().rev().zip(number.into_iter().rev().cycle()) {
            *byte = digit;
        }
    }

    fn id(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)) + 1)
    }
}

async fn target(store: &Store) -> PageTarget {
    let version = survey(store, "plan").await;
    PageTarget {
        id: Uuid::now_v7(),
        secret: SECRET,
        survey_id: version.survey_id,
        version_id: version.id,
        channel: Channel::Web,
        simulated: false,
        started_at: None,
    }
}

/// Merges `page` = `value` into a document that is a map.
fn merge(current: Option<&StoredResponse>, page: &str, value: &str) -> PageState {
    let mut pages: BTreeMap<String, String> = current.map_or_else(BTreeMap::new, |stored| {
        serde_json::from_str(&stored.document).unwrap()
    });
    pages.insert(page.to_owned(), value.to_owned());
    PageState {
        document: serde_json::to_string(&pages).unwrap(),
        sensitive: None,
        texts: current.map_or_else(Vec::new, |stored| stored.texts.clone()),
        pages: "{}".to_owned(),
        language: "en".to_owned(),
        flags: Flags::NONE,
        beside: Beside::default(),
    }
}

async fn save(
    store: &Store,
    target: &PageTarget,
    page: &str,
    value: &str,
) -> Result<i32, SaveError<()>> {
    let saved = save_page(store, target, |current| {
        Ok::<_, ()>(merge(current, page, value))
    })
    .await?;
    Ok(saved.revision)
}

on_both! {
    async fn of_many_tabs_each_keeps_its_page(database) {
        let store = database.open_as_owner().await;
        let target = target(&store).await;
        let tabs: Vec<(String, String)> = (0..12).map(|n| (format!("page{n}"), format!("{n}"))).collect();
        let saves = tabs.iter().map(|(page, value)| save(&store, &target, page, value));
        for saved in futures_util::future::join_all(saves).await {
            saved.unwrap();
        }
        let stored = responses::find(&store, target.id).await.unwrap().unwrap();
        let pages: BTreeMap<String, String> = serde_json::from_str(&stored.document).unwrap();
        assert_eq!(pages.into_iter().collect::<Vec<_>>().len(), 12);
        assert_eq!(stored.revision, 12);
    }
}

on_both! {
    async fn texts_that_are_left_out_are_deleted(database) {
        let store = database.open().await;
        let target = target(&store).await;
        let text = |question: &str, text: &str| StoredText {
            question: question.to_owned(),
            code: String::new(),
            text: text.to_owned(),
            sensitive: false,
        };
        for wanted in [vec![text("a", "1"), text("b", "2")], vec![text("b", "3"), text("c", "4")], vec![]] {
            save_page(&store, &target, |current| {
                Ok::<_, ()>(PageState { texts: wanted.clone(), ..merge(current, "p", "v") })
            })
            .await
            .unwrap();
            assert_eq!(responses::find(&store, target.id).await.unwrap().unwrap().texts, wanted);
        }
    }
}

on_both! {
    async fn a_page_that_can_not_be_merged_changes_nothing(database) {
        let store = database.open().await;
        let target = target(&store).await;
        let refused = save_page(&store, &target, |_| Err("no")).await;
        assert!(matches!(refused, Err(SaveError::Merge("no"))));
        assert!(responses::find(&store, target.id).await.unwrap().is_none());
    }
}

on_both! {
    async fn a_submit_clicked_twice_counts_once_with_one_receipt(database) {
        let store = database.open_as_owner().await;
        let target = target(&store).await;
        save(&store, &target, "one", "1").await.unwrap();
        let entropy = Counting::default();
        let submit = || submit_response(
            &store,
            &entropy,
            target.id,
            SECRET,
            |random| format!("REF{}", random[7]),
            |stored| Ok::<_, ()>(FinalState {
                document: stored.document.clone(),
                sensitive: None,
                texts: Vec::new(),
                flags: Flags::NONE,
                receipt: Some(Receipt {
                    recipient: "a@example.org".to_owned(),
                    language: "en".to_owned(),
                    params: serde_json::json!({ "survey": "plan" }),
                }),
            }),
        );
        let (one, two) = tokio::join!(submit(), submit());
        let (one, two, three) = (one.unwrap(), two.unwrap(), submit().await.unwrap());
        assert_eq!((&one.reference, &one.reference), (&two.reference, &three.reference));
        assert!(three.repeated && one.repeated != two.repeated);
        let mails = outbox::lease(&store, 10, 1).await.unwrap();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].mail.params["reference"], one.reference.as_str());
        assert_eq!(mails[0].mail.params["survey"], "plan");
        let late = save(&store, &target, "two", "2").await;
        assert!(matches!(late, Err(SaveError::Submitted(reference)) if reference == one.reference));
    }
}

on_both! {
    async fn a_reference_that_is_taken_is_drawn_again(database) {
        let store = database.open().await;
        let first = target(&store).await;
        let second = PageTarget { id: Uuid::now_v7(), ..first.clone() };
        let drawn = Mutex::new(0);
        let mut references = Vec::new();
        for target in [&first, &second] {
            save(&store, target, "one", "1").await.unwrap();
            let reference = |_| {
                let mut drawn = drawn.lock().unwrap();
                *drawn += 1;
                if *drawn < 4 { "SAME".to_owned() } else { "OTHER".to_owned() }
            };
            let ready = |stored: &StoredResponse| Ok::<_, ()>(FinalState {
                document: stored.document.clone(), sensitive: None, texts: Vec::new(), flags: Flags::NONE, receipt: None,
            });
            let submitted = submit_response(&store, &Counting::default(), target.id, SECRET, reference, ready).await;
            references.push(submitted.unwrap().reference);
        }
        assert_eq!(references, ["SAME", "OTHER"]);
    }
}

/// Saves a page of somebody else's in the middle of what is being done.
fn others_save(store: &Store, target: &PageTarget, value: u32) {
    let theirs = value.to_string();
    let saving = save(store, target, "theirs", &theirs);
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(saving)).unwrap();
}

on_both! {
    async fn what_others_change_each_time_is_a_conflict_and_keeps_theirs(database) {
        let store = database.open_as_owner().await;
        let target = target(&store).await;
        save(&store, &target, "theirs", "0").await.unwrap();
        let mut turns = 0;
        let beaten = save_page(&store, &target, |current| {
            turns += 1;
            others_save(&store, &target, turns);
            Ok::<_, ()>(merge(current, "ours", "lost"))
        });
        assert!(matches!(beaten.await, Err(SaveError::Conflict)));
        let entropy = Counting::default();
        let submitted = submit_response(&store, &entropy, target.id, SECRET, |_| "REF".to_owned(), |stored| {
            turns += 1;
            others_save(&store, &target, turns);
            Ok::<_, ()>(FinalState {
                document: stored.document.clone(), sensitive: None, texts: Vec::new(), flags: Flags::NONE, receipt: None,
            })
        });
        assert!(matches!(submitted.await, Err(SubmitError::Conflict)));
        let stored = responses::find(&store, target.id).await.unwrap().unwrap();
        assert_eq!(stored.document, format!("{{\"theirs\":\"{turns}\"}}"));
        assert_eq!((stored.state, stored.reference), (responses::ResponseState::InProgress, None));
    }
}

on_both! {
    async fn what_was_never_saved_or_is_not_ready_is_not_submitted(database) {
        let store = database.open().await;
        let target = target(&store).await;
        let entropy = Counting::default();
        let submit = || submit_response(&store, &entropy, target.id, SECRET, |_| String::new(), |_| Err("page 2"));
        assert!(matches!(submit().await, Err(SubmitError::Gone)));
        save(&store, &target, "one", "1").await.unwrap();
        assert!(matches!(submit().await, Err(SubmitError::Unready("page 2"))));
    }
}

const PASSWORD: &str = "correct horse battery";

fn accept() -> Accept {
    Accept {
        email: Some("Boss@example.org".to_owned()),
        name: " Ada ".to_owned(),
        password: PASSWORD.to_owned(),
    }
}

fn attempt(email: &str, password: &str) -> SignIn {
    SignIn {
        email: email.to_owned(),
        password: password.to_owned(),
        place: Place {
            client: "192.0.2.1".to_owned(),
            limit_key: b"key".to_vec(),
            ..Place::default()
        },
    }
}

on_both! {
    async fn the_first_administrator_comes_in_once(database) {
        let store = database.open().await;
        let entropy = Counting::default();
        let passwords = Passwords::new(&entropy, 2);
        let early = first_administrator_link(&store, &entropy).await.unwrap().unwrap();
        let link = first_administrator_link(&store, &entropy).await.unwrap().unwrap();
        let over = accept_link(&store, &entropy, &passwords, &early, accept()).await;
        assert!(matches!(over, Err(AcceptError::Over)), "an earlier link");
        let short = Accept { password: "short".to_owned(), ..accept() };
        let short = accept_link(&store, &entropy, &passwords, &link, short).await;
        assert!(matches!(short, Err(AcceptError::Password(Weakness::Short))));
        let user = accept_link(&store, &entropy, &passwords, &link, accept()).await.unwrap();
        assert_eq!((user.email.as_str(), user.name.as_str(), user.role), ("boss@example.org", "Ada", Role::Administrator));
        assert!(user.password_hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", user.password_hash);
        let again = accept_link(&store, &entropy, &passwords, &link, accept()).await;
        assert!(matches!(again, Err(AcceptError::Over)), "a used link");
        assert!(first_administrator_link(&store, &entropy).await.unwrap().is_none());
    }
}

on_both! {
    async fn an_invited_officer_signs_in_and_out(database) {
        let store = database.open().await;
        let entropy = Counting::default();
        let passwords = Passwords::new(&entropy, 2);
        let link = invite(&store, &entropy, Actor::Command, "Clerk@example.org", Role::Clerk).await.unwrap();
        let user = accept_link(&store, &entropy, &passwords, &link, accept()).await.unwrap();
        assert_eq!((user.email.as_str(), user.role), ("clerk@example.org", Role::Clerk), "as invited, not as typed");
        let taken = invite(&store, &entropy, Actor::Command, "clerk@example.org", Role::Clerk).await;
        assert!(matches!(taken, Err(StorageError::Duplicate(_))));
        for (email, password) in [("clerk@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", "")] {
            let refused = sign_in(&store, &entropy, &passwords, attempt(email, password)).await;
            assert!(matches!(refused, Err(SignInError::Wrong)));
        }
        let signed = sign_in(&store, &entropy, &passwords, attempt(" CLERK@example.org", PASSWORD)).await.unwrap();
        let Entered::In(signed) = signed else { panic!("no code is needed") };
        let hash = signed.secret.hash();
        assert_eq!(sessions::open(&store, &hash, 60_000_000).await.unwrap().unwrap().user.id, user.id);
        sign_out(&store, &hash).await.unwrap();
        sign_out(&store, &hash).await.unwrap();
        assert!(sessions::open(&store, &hash, 60_000_000).await.unwrap().is_none());
    }
}

on_both! {
    async fn after_ten_wrong_tries_even_the_right_password_waits(database) {
        let store = database.open().await;
        let entropy = Counting::default();
        let passwords = Passwords::new(&entropy, 2);
        let link = invite(&store, &entropy, Actor::Command, "a@example.org", Role::Officer).await.unwrap();
        accept_link(&store, &entropy, &passwords, &link, accept()).await.unwrap();
        for _ in 0..10 {
            let wrong = sign_in(&store, &entropy, &passwords, attempt("a@example.org", "wrong")).await;
            assert!(matches!(wrong, Err(SignInError::Wrong)));
        }
        let waits = sign_in(&store, &entropy, &passwords, attempt("a@example.org", PASSWORD)).await;
        assert!(matches!(waits, Err(SignInError::TooMany { wait_seconds: 800..=901 })));
        let other = sign_in(&store, &entropy, &passwords, attempt("b@example.org", PASSWORD)).await;
        assert!(matches!(other, Err(SignInError::Wrong)), "another account is not shut out");
    }
}

on_both! {
    async fn a_definition_is_published_once(database) {
        let store = database.open().await;
        let entropy = Counting::default();
        let slug = Slug::new("plan").unwrap();
        let first = publish_version(&store, &entropy, Actor::Command, &slug, "{}".to_owned(), None).await.unwrap();
        let again = publish_version(&store, &entropy, Actor::Command, &slug, "{}".to_owned(), None).await.unwrap();
        assert!(again.unchanged && !first.unchanged);
        assert_eq!(again.version, first.version);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_saved_although_postgres_connections_are_cut() {
    let database = crate::storage::fixture::TestDatabase::postgres().await;
    let store = database.open().await;
    let target = target(&store).await;
    let cutting = database.cut_connections();
    let began = std::time::Instant::now();
    let mut saved = 0;
    while began.elapsed().as_millis() < 2_500 {
        save(&store, &target, &format!("page{saved}"), "1")
            .await
            .unwrap();
        saved += 1;
    }
    cutting.abort();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let stored = responses::find(&store, target.id).await.unwrap().unwrap();
    let pages: BTreeMap<String, String> = serde_json::from_str(&stored.document).unwrap();
    assert_eq!(pages.len(), saved, "every acknowledged page is there");
}
