//! From Start to "thank you", and everything that gets in the way.

use reqwest::StatusCode;

use crate::support::{BOTH, SiteBuilder, TestSite, default_survey, every_kind, people::Resident};

const PLAN: &str = "police-and-crime-plan";

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[tokio::test]
async fn a_resident_completes_the_default_survey() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let sam = Resident::of(&site, PLAN);
        let done = sam.complete().await;
        assert_eq!(done.status, StatusCode::OK);
        assert!(done.path.ends_with("/done"), "{}", done.path);
        let again = sam.get(&done.path).await;
        assert_eq!(again.text(), done.text(), "a refresh shows the same");
        let copy = sam.get(&done.path.replace("done", "copy")).await;
        assert_eq!(copy.status, StatusCode::OK);
        assert!(
            copy.says("More lights by the park, please."),
            "{}",
            copy.text()
        );
        site.stop().await;
    }
}

#[tokio::test]
async fn a_resident_completes_a_survey_of_every_kind() {
    for engine in BOTH {
        let site = SiteBuilder::on(engine).survey(every_kind()).start().await;
        let done = Resident::of(&site, "every-kind").complete().await;
        assert!(
            done.path.ends_with("/done"),
            "{}: {}",
            done.path,
            done.text()
        );
        site.stop().await;
    }
}

#[tokio::test]
async fn sending_twice_counts_once() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let sam = Resident::of(&site, PLAN);
        let first = sam.start().await;
        let check = sam.answer_all(first).await;
        let pairs = check.form().hidden.clone();
        let (one, two) = tokio::join!(sam.post(&check.path, &pairs), sam.post(&check.path, &pairs));
        assert_eq!(
            (one.status, two.status),
            (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER)
        );
        assert_eq!(one.location, two.location);
        let done = sam.follow(one).await;
        assert_eq!(done.text(), sam.follow(two).await.text());
        site.stop().await;
    }
}

#[tokio::test]
async fn an_error_keeps_what_was_typed_and_comes_back_as_422() {
    let site = SiteBuilder::on(BOTH[0]).survey(every_kind()).start().await;
    let sam = Resident::of(&site, "every-kind");
    let mut page = sam.start().await;
    let mut tried = std::collections::BTreeSet::new();
    let mut refusals = 0;
    for _ in 0..60 {
        let form = page.form();
        if !page.path.ends_with("/check") && !tried.insert(page.path.clone()) {
            page = sam.answer(&page, &form.plain_answers()).await;
            continue;
        }
        let empty = form.hidden.clone();
        let refused = sam.post(&page.path, &empty).await;
        if refused.status == StatusCode::UNPROCESSABLE_ENTITY {
            refusals += 1;
            assert!(
                refused.html.contains("govuk-error-summary"),
                "{}",
                page.path
            );
            assert!(refused.html.contains("<title>Error"), "{}", page.path);
        } else {
            assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.text());
        }
        if page.path.ends_with("/check") {
            assert!(refusals > 2, "some questions need an answer");
            site.stop().await;
            return;
        }
        page = sam.answer(&page, &form.plain_answers()).await;
    }
    panic!("no end of pages");
}

#[tokio::test]
async fn jumping_ahead_leads_to_the_first_page_that_needs_an_answer() {
    let site = TestSite::on(BOTH[0]).await;
    let sam = Resident::of(&site, PLAN);
    let first = sam.start().await;
    for ahead in ["check", "about-you", "done"] {
        let seen = sam
            .follow(sam.get(&format!("/surveys/{PLAN}/respond/{ahead}")).await)
            .await;
        if seen.status == StatusCode::OK {
            assert_eq!(seen.path, first.path, "{ahead}");
        } else {
            assert_eq!(seen.status, StatusCode::NOT_FOUND);
        }
    }
    site.stop().await;
}

#[tokio::test]
async fn a_form_from_elsewhere_or_without_its_token_changes_nothing() {
    let site = TestSite::on(BOTH[0]).await;
    let sam = Resident::of(&site, PLAN);
    let first = sam.start().await;
    let mut pairs = first.form().plain_answers();
    let elsewhere = sam
        .client
        .post(site.url(&first.path))
        .header("origin", "https://evil.example")
        .form(&pairs)
        .send()
        .await
        .unwrap();
    assert_eq!(elsewhere.status(), StatusCode::FORBIDDEN);
    pairs.retain(|(name, _)| name != "csrf");
    assert_eq!(
        sam.post(&first.path, &pairs).await.status,
        StatusCode::FORBIDDEN
    );
    pairs.push(pair("csrf", "AAAA"));
    assert_eq!(
        sam.post(&first.path, &pairs).await.status,
        StatusCode::FORBIDDEN
    );
    site.stop().await;
}

#[tokio::test]
async fn two_tabs_touch_only_their_own_pages() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let sam = Resident::of(&site, PLAN);
        let first = sam.start().await;
        let second = sam.answer(&first, &first.form().plain_answers()).await;
        // The other tab still shows the first page and saves it again, while this one saves the second.
        let (stale, fresh) = (first.form().plain_answers(), second.form().plain_answers());
        let (again, on) = tokio::join!(
            sam.post(&first.path, &stale),
            sam.post(&second.path, &fresh)
        );
        assert_eq!(
            (again.status, on.status),
            (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER)
        );
        let third = sam.follow(on).await;
        assert_ne!(third.path, second.path);
        let check = sam.answer_all(third).await;
        assert!(sam.send(&check).await.path.ends_with("/done"));
        site.stop().await;
    }
}

#[tokio::test]
async fn a_survey_that_closes_meanwhile_gives_time_to_send_what_was_saved() {
    // Storage keeps its own time, so this survey closes ten minutes from the real now.
    let now = jiff::Timestamp::now();
    let mut definition = default_survey();
    let civil = |at: jiff::Timestamp| {
        jiff::tz::TimeZone::get("Europe/London")
            .unwrap()
            .to_datetime(at)
    };
    definition.opens = civil(now - jiff::SignedDuration::from_hours(48));
    definition.closes = civil(now + jiff::SignedDuration::from_mins(10));
    let site = SiteBuilder::on(BOTH[0])
        .survey(definition)
        .at(&now.to_string())
        .start()
        .await;
    let (late, later) = (Resident::of(&site, PLAN), Resident::of(&site, PLAN));
    let first = late.start().await;
    let check = late.answer_all(first).await;
    let first = later.start().await;
    let check_later = later.answer_all(first).await;
    site.set_time(&(now + jiff::SignedDuration::from_mins(40)).to_string());
    assert!(
        late.send(&check).await.path.ends_with("/done"),
        "within the grace time"
    );
    assert_eq!(
        late.get(&format!("/surveys/{PLAN}")).await.status,
        StatusCode::OK
    );
    let closed = Resident::of(&site, PLAN);
    let refused = closed.post(&format!("/surveys/{PLAN}/start"), &[]).await;
    assert_eq!(
        refused.location.as_deref(),
        Some("/surveys/police-and-crime-plan")
    );
    site.set_time(&(now + jiff::SignedDuration::from_mins(90)).to_string());
    let over = later.send(&check_later).await;
    assert_eq!(
        over.path,
        format!("/surveys/{PLAN}"),
        "the grace time is over"
    );
    site.stop().await;
}

#[tokio::test]
async fn after_a_day_without_a_page_saved_the_device_forgets() {
    let site = TestSite::on(BOTH[0]).await;
    let sam = Resident::of(&site, PLAN);
    let first = sam.start().await;
    let second = sam.answer(&first, &first.form().plain_answers()).await;
    site.set_time("2026-11-26T12:00:00Z");
    let seen = sam.get(&second.path).await;
    assert_eq!(
        seen.location.as_deref(),
        Some("/surveys/police-and-crime-plan")
    );
    site.stop().await;
}

#[tokio::test]
async fn exit_and_remove_end_the_session_for_good() {
    let site = TestSite::on(BOTH[0]).await;
    let sam = Resident::of(&site, PLAN);
    let first = sam.start().await;
    let second = sam.answer(&first, &first.form().plain_answers()).await;
    let stolen = sam.client.clone();
    let exit = sam.get(&format!("/surveys/{PLAN}/respond/exit")).await;
    assert!(exit.location.unwrap().starts_with("https://www.bbc.co.uk/"));
    let after = stolen.get(site.url(&second.path)).send().await.unwrap();
    assert_eq!(after.status(), StatusCode::SEE_OTHER);

    let kim = Resident::of(&site, PLAN);
    let first = kim.start().await;
    kim.answer(&first, &first.form().plain_answers()).await;
    let saved = kim.get(&format!("/surveys/{PLAN}/respond/saved")).await;
    let pairs = vec![pair("csrf", saved.form().hidden("csrf").unwrap())];
    let removed = kim
        .post(&format!("/surveys/{PLAN}/respond/remove"), &pairs)
        .await;
    assert_eq!(removed.status, StatusCode::OK);
    let after = kim.get(&second.path).await;
    assert_eq!(after.status, StatusCode::SEE_OTHER);
    site.stop().await;
}

#[tokio::test]
async fn a_postcode_becomes_a_district_and_is_gone() {
    let site = TestSite::on(BOTH[0]).await;
    let sam = Resident::of(&site, PLAN);
    let first = sam.start().await;
    let form = first.form();
    let token = form.hidden("csrf").unwrap();
    let find = vec![
        pair("csrf", token),
        pair("area-postcode", " cm26lx"),
        pair("action", "find-area"),
    ];
    let found = sam.post(&first.path, &find).await;
    assert_eq!(found.status, StatusCode::OK);
    assert!(found.says("Chelmsford"), "{}", found.text());
    assert!(
        !found.html.to_lowercase().contains("cm26lx"),
        "the postcode is not shown again"
    );
    // Continue with a postcode shows the district once, then goes on.
    let mut pairs = first.form().plain_answers();
    pairs.retain(|(name, _)| name != "area");
    pairs.push(pair("area-postcode", "SS2 6ER"));
    let shown = sam.post(&first.path, &pairs).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.says("Southend-on-Sea"), "{}", shown.text());
    for (typed, words) in [
        ("ZZ99", "postcode"),
        ("SW1A 1AA", "Essex"),
        ("", "postcode"),
    ] {
        let find = vec![
            pair("csrf", token),
            pair("area-postcode", typed),
            pair("action", "find-area"),
        ];
        let refused = sam.post(&first.path, &find).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(refused.says(words), "{typed}: {}", refused.text());
    }
    site.stop().await;
}
