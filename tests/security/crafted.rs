//! Requests that no form of ours could have sent: refused or ignored, never stored, never a way around a rule.

use reqwest::{StatusCode, header};
use serde_json::json;
use uuid::Uuid;

use crate::support::{
    BOTH, Engine, SiteBuilder, TestSite, every_kind,
    people::{Resident, Seen},
    rows::{KeptResponse, Rows, cookie_set, response_id},
};

const KIND: &str = "every-kind";
const PLAN: &str = "police-and-crime-plan";

async fn every_kind_site() -> TestSite {
    SiteBuilder::on(Engine::Sqlite)
        .survey(every_kind())
        .start()
        .await
}

fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
    given
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// Somebody answering, with what is kept of them.
struct Attempt<'a> {
    resident: Resident,
    token: String,
    id: Uuid,
    rows: &'a Rows,
}

impl<'a> Attempt<'a> {
    async fn begin(site: &TestSite, rows: &'a Rows) -> Self {
        let resident = Resident::of(site, KIND);
        let started = resident.post(&format!("/surveys/{KIND}/start"), &[]).await;
        let cookie = cookie_set(&started.headers, "hys_response").unwrap();
        let first = resident.follow(started).await;
        Self {
            token: first.form().hidden("csrf").unwrap().to_owned(),
            id: response_id(&cookie),
            resident,
            rows,
        }
    }

    async fn post(&self, page: &str, given: &[(&str, &str)]) -> Seen {
        let mut given = pairs(given);
        given.push(("csrf".to_owned(), self.token.clone()));
        let path = format!("/surveys/{KIND}/respond/{page}");
        self.resident.post(&path, &given).await
    }

    async fn save(&self, page: &str, given: &[(&str, &str)]) -> String {
        let saved = self.post(page, given).await;
        assert_eq!(
            saved.status,
            StatusCode::SEE_OTHER,
            "{page} {given:?}: {}",
            saved.text()
        );
        saved.location.unwrap()
    }

    async fn refuse(&self, page: &str, given: &[(&str, &str)]) {
        let before = self.kept().await.map(|kept| kept.document);
        let refused = self.post(page, given).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{page} {given:?}"
        );
        assert!(
            refused.html.contains("govuk-error-summary"),
            "{page} {given:?}"
        );
        let after = self.kept().await.map(|kept| kept.document);
        assert_eq!(before, after, "nothing is saved of {given:?}");
    }

    async fn kept(&self) -> Option<KeptResponse> {
        self.rows.response(self.id).await
    }
}

#[tokio::test]
async fn unknown_fields_are_ignored_and_never_kept() {
    let site = every_kind_site().await;
    let rows = Rows::of(&site.database_url).await;
    let sam = Attempt::begin(&site, &rows).await;
    let strange = [
        ("visits", "daily"),
        ("way_there", "foot"),
        ("is_admin", "1"),
        ("state", "1"),
        ("reference", "AAAA-AAAA"),
        ("visits[]", "never"),
        ("visits.code", "never"),
        ("__proto__", "x"),
        ("", "x"),
        ("home", "outside"),
        ("age", "16_24"),
    ];
    sam.save("welcome", &strange).await;
    let kept = sam.kept().await.unwrap();
    assert_eq!(kept.answer("visits"), &json!("daily"), "{kept:?}");
    let answered: Vec<&String> = kept.document["a"].as_object().unwrap().keys().collect();
    assert_eq!(answered, ["visits", "way_there"]);
    assert!(!kept.is_submitted && kept.reference.is_none());
    rows.close().await;
    site.stop().await;
}

#[tokio::test]
async fn codes_that_are_not_offered_are_refused() {
    let site = every_kind_site().await;
    let rows = Rows::of(&site.database_url).await;
    let sam = Attempt::begin(&site, &rows).await;
    for code in [
        "sometimes",
        "DAILY",
        "dai ly",
        "_declined",
        "_dont_know",
        "0",
        "daily\u{200b}",
    ] {
        sam.refuse("welcome", &[("visits", code)]).await;
    }
    // Two answers to a question that takes one.
    sam.refuse("welcome", &[("visits", "sometimes"), ("visits", "nowhere")])
        .await;
    sam.save("welcome", &[("visits", "daily")]).await;
    for wrong in [
        vec![("activities", "swim")],
        vec![("activities", "walk"), ("activities", "swim")],
        vec![("activities", "walk"), ("activities", "none")],
        vec![
            ("activities", "walk"),
            ("activities", "play"),
            ("activities", "birds"),
            ("activities", "sit"),
        ],
        vec![("activities", "_declined")],
        vec![],
    ] {
        sam.refuse("what-you-do", &wrong).await;
    }
    rows.close().await;
    site.stop().await;
}

#[tokio::test]
async fn answers_under_choices_that_are_not_chosen_are_ignored() {
    let site = every_kind_site().await;
    let rows = Rows::of(&site.database_url).await;
    let sam = Attempt::begin(&site, &rows).await;
    sam.save(
        "welcome",
        &[("visits", "daily"), ("why_never", "hidden words")],
    )
    .await;
    let hidden = [
        ("activities", "walk"),
        ("sports_days", "99"),
        ("team", "yes"),
        ("activities-other-text", "hidden words"),
    ];
    sam.save("what-you-do", &hidden).await;
    let kept = sam.kept().await.unwrap();
    let document = kept.document["a"].as_object().unwrap();
    for question in ["why_never", "sports_days", "team"] {
        assert!(!document.contains_key(question), "{question}: {document:?}");
        assert_eq!(rows.words(sam.id, question).await, None);
    }
    let texts = "SELECT count(*) FROM response_text WHERE text LIKE '%hidden%'";
    assert_eq!(rows.count(texts).await, 0);
    // And a required question under a chosen one can't be left out.
    sam.refuse("welcome", &[("visits", "never")]).await;
    sam.refuse("what-you-do", &[("activities", "sport")]).await;
    rows.close().await;
    site.stop().await;
}

#[tokio::test]
async fn pages_that_may_not_be_visited_are_not_saved() {
    let site = every_kind_site().await;
    let rows = Rows::of(&site.database_url).await;
    let sam = Attempt::begin(&site, &rows).await;
    for page in ["safe", "money", "news", "where-you-live"] {
        let location = sam.save(page, &[("news", "no"), ("crime", "never")]).await;
        assert!(location.ends_with("/welcome"), "{page}: {location}");
    }
    assert!(
        sam.kept().await.is_none(),
        "nothing begins a response but its first page"
    );
    sam.save("welcome", &[("visits", "never"), ("why_never", "far away")])
        .await;
    // Hidden by the answer just given.
    let location = sam.save("what-you-do", &[("activities", "walk")]).await;
    assert!(!location.ends_with("/what-you-do"), "{location}");
    let kept = sam.kept().await.unwrap();
    assert!(kept.pages.get("what-you-do").is_none(), "{kept:?}");
    assert!(kept.document["a"].get("activities").is_none(), "{kept:?}");
    // A page of another survey, and none at all.
    for page in ["your-words", "nothing"] {
        assert_eq!(sam.post(page, &[]).await.status, StatusCode::NOT_FOUND);
    }
    rows.close().await;
    site.stop().await;
}

#[tokio::test]
async fn nothing_is_sent_before_all_required_questions_are_answered() {
    for engine in BOTH {
        let site = SiteBuilder::on(engine).survey(every_kind()).start().await;
        let rows = Rows::of(&site.database_url).await;
        let sam = Attempt::begin(&site, &rows).await;
        let early = sam.post("check", &[]).await;
        assert_eq!(early.status, StatusCode::SEE_OTHER);
        sam.save("welcome", &[("visits", "daily")]).await;
        let early = sam.post("check", &[("activities", "walk")]).await;
        let location = early.location.unwrap();
        assert!(location.contains("/what-you-do"), "{location}");
        assert!(!sam.kept().await.unwrap().is_submitted);
        // "Save and come back later" with an empty page is no way past it either.
        sam.save("what-you-do", &[("action", "save")]).await;
        let location = sam.post("check", &[]).await.location.unwrap();
        assert!(location.contains("/what-you-do"), "{location}");
        let location = sam.save("last-visit", &[("people", "1")]).await;
        assert!(location.contains("/what-you-do"), "{location}");
        assert!(!sam.kept().await.unwrap().is_submitted);
        rows.close().await;
        site.stop().await;
    }
}

#[tokio::test]
async fn a_response_opens_only_to_its_own_secret() {
    for engine in BOTH {
        let site = SiteBuilder::on(engine).survey(every_kind()).start().await;
        let rows = Rows::of(&site.database_url).await;
        let sam = Attempt::begin(&site, &rows).await;
        sam.save(
            "welcome",
            &[("visits", "never"), ("why_never", "Sam's own words")],
        )
        .await;
        // Somebody else begins, and puts Sam's id in front of a secret of their own.
        let started = Resident::of(&site, KIND)
            .post(&format!("/surveys/{KIND}/start"), &[])
            .await;
        let own = cookie_set(&started.headers, "hys_response").unwrap();
        let forged = with_id_of(sam.id, &own);
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let cookie = format!("hys_response={forged}");
        for page in ["welcome", "check", "copy", "done", "saved"] {
            let url = site.url(&format!("/surveys/{KIND}/respond/{page}"));
            let seen = client
                .get(url)
                .header(header::COOKIE, &cookie)
                .send()
                .await
                .unwrap();
            let seen = Seen::of(seen).await;
            assert!(
                !seen.html.contains("Sam&#x27;s own") && !seen.html.contains("own words"),
                "{page}"
            );
            if page == "welcome" && seen.status == StatusCode::OK {
                let mut given = pairs(&[("visits", "daily")]);
                given.extend(seen.form().hidden.clone());
                let url = site.url(&format!("/surveys/{KIND}/respond/welcome"));
                let request = client.post(url).header(header::COOKIE, &cookie);
                let answer = request
                    .header(header::ORIGIN, &site.base)
                    .form(&given)
                    .send()
                    .await
                    .unwrap();
                let location = answer.headers().get(header::LOCATION).unwrap();
                assert!(
                    !location.to_str().unwrap().contains("respond"),
                    "{location:?}"
                );
            }
        }
        assert_eq!(
            rows.words(sam.id, "why_never").await.as_deref(),
            Some("Sam's own words")
        );
        assert_eq!(sam.kept().await.unwrap().answer("visits"), &json!("never"));
        assert_eq!(rows.count("SELECT count(*) FROM response").await, 1);
        rows.close().await;
        site.stop().await;
    }
}

/// A cookie with another response's id before its own secret.
fn with_id_of(id: Uuid, cookie: &str) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut bytes = URL_SAFE_NO_PAD.decode(cookie).unwrap();
    bytes[..16].copy_from_slice(id.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

#[tokio::test]
async fn a_cookie_of_one_survey_opens_no_other() {
    let site = every_kind_site().await;
    let sam = Resident::of(&site, PLAN);
    let started = sam.post(&format!("/surveys/{PLAN}/start"), &[]).await;
    let cookie = cookie_set(&started.headers, "hys_response").unwrap();
    let first = sam.follow(started).await;
    sam.answer(&first, &first.form().plain_answers()).await;
    let other = site.url(&format!("/surveys/{KIND}/respond/check"));
    let seen = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
        .get(other)
        .header(header::COOKIE, format!("hys_response={cookie}"))
        .send()
        .await
        .unwrap();
    assert_eq!(seen.status(), StatusCode::SEE_OTHER);
    site.stop().await;
}

#[tokio::test]
async fn nothing_changes_once_it_is_sent() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let rows = Rows::of(&site.database_url).await;
        let sam = Resident::of(&site, PLAN);
        let started = sam.post(&format!("/surveys/{PLAN}/start"), &[]).await;
        let id = response_id(&cookie_set(&started.headers, "hys_response").unwrap());
        let first = sam.follow(started).await;
        let check = sam.answer_all(first).await;
        let form = check.form();
        let done = sam.send(&check).await;
        assert!(done.path.ends_with("/done"));
        let before = rows.response(id).await.unwrap();
        let words = rows.words(id, "change").await;
        let again = |page: &str| format!("/surveys/{PLAN}/respond/{page}");
        let token = form.hidden("csrf").unwrap();
        for (page, given) in [
            ("check", vec![]),
            ("your-words", vec![("change", "something else")]),
            ("your-words?change=1", vec![("change", "something else")]),
            ("where-you-live", vec![("area", "outside")]),
            ("your-words", vec![("change", "x"), ("action", "save")]),
        ] {
            let mut given = pairs(&given);
            given.push(("csrf".to_owned(), token.to_owned()));
            let seen = sam.post(&again(page), &given).await;
            assert_eq!(seen.status, StatusCode::SEE_OTHER, "{page}");
            assert!(seen.location.unwrap().ends_with("/done"), "{page}");
        }
        let after = rows.response(id).await.unwrap();
        assert_eq!(after.document, before.document);
        assert_eq!(after.reference, before.reference);
        assert_eq!(rows.words(id, "change").await, words);
        assert_eq!(rows.count("SELECT count(*) FROM response").await, 1);
        rows.close().await;
        site.stop().await;
    }
}

#[tokio::test]
async fn a_flood_of_one_field_or_very_long_words_is_no_trouble() {
    let site = every_kind_site().await;
    let rows = Rows::of(&site.database_url).await;
    let sam = Attempt::begin(&site, &rows).await;
    sam.save("welcome", &[("visits", "daily")]).await;
    let flood: Vec<(&str, &str)> = (0..1500).map(|_| ("activities", "walk")).collect();
    let seen = sam.post("what-you-do", &flood).await;
    assert!(
        seen.status == StatusCode::UNPROCESSABLE_ENTITY || seen.status == StatusCode::SEE_OTHER,
        "{}",
        seen.status
    );
    let long = "👩‍👩‍👧‍👦".repeat(5_000);
    sam.refuse("welcome", &[("visits", "never"), ("why_never", &long)])
        .await;
    for number in [
        "1e309",
        "-1",
        "NaN",
        "999999999999999999999999",
        "١",
        "0x10",
        "1,5",
    ] {
        let given = [
            ("activities", "sport"),
            ("sports_days", number),
            ("team", "yes"),
        ];
        sam.refuse("what-you-do", &given).await;
    }
    rows.close().await;
    site.stop().await;
}
