//! Comparisons and the equality analysis: what officers choose, what they see, and what needs a capability.

use have_your_say::storage::users::Role;
use reqwest::{StatusCode, header};

use crate::support::{BOTH, Engine, TestSite, office::Officer, people::Resident};

const SURVEY: &str = "/admin/surveys/police-and-crime-plan";

async fn counted(officer: &Officer<'_>, path: &str, words: &str) -> crate::support::people::Seen {
    let mut seen = officer.get(path).await;
    for _ in 0..40 {
        if seen.says(words) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        seen = officer.get(path).await;
    }
    assert!(seen.says(words), "{path}: {}", seen.text());
    seen
}

#[actix_web::test]
async fn an_officer_compares_a_question_by_three_banners_and_takes_the_numbers_away() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let officer = Officer::administrator(&site).await;
        let empty = officer.get(&format!("{SURVEY}/compare")).await;
        assert_eq!(empty.status, StatusCode::OK, "{}", empty.text());
        assert!(empty.says("Nobody in this selection answered."));
        Resident::of(&site, "police-and-crime-plan")
            .complete()
            .await;

        let path = format!(
            "{SURVEY}/compare?row=confidence&by=policing&by=age&by=feel_safe.town_dark&show=both"
        );
        let seen = counted(&officer, &path, "Base: 1 person with both known").await;
        assert_eq!(seen.status, StatusCode::OK);
        assert_eq!(seen.html.matches("<table class=\"app-cross\"").count(), 3);
        assert!(seen.says("No test of the whole table"), "{}", seen.text());
        let equality = officer.get(&format!("{SURVEY}/equality")).await;
        assert_eq!(equality.status, StatusCode::OK, "{}", equality.text());
        assert!(
            equality.says("Hidden") && equality.says("Under 10"),
            "{}",
            equality.text()
        );

        for (suffix, kind) in [("csv", "text/csv"), ("json", "application/json")] {
            let file = officer
                .get(&path.replace("/compare?", &format!("/compare.{suffix}?")))
                .await;
            assert_eq!(file.status, StatusCode::OK, "{}", file.html);
            let found = file
                .headers
                .get(header::CONTENT_TYPE)
                .expect("a type")
                .to_str()
                .expect("text");
            assert!(found.starts_with(kind));
            assert!(file.html.contains("feel_safe.town_dark"), "{}", file.html);
        }
        site.stop().await;
    }
}

#[actix_web::test]
async fn questions_lead_to_comparisons_and_answers_to_those_who_gave_them() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    Resident::of(&site, "police-and-crime-plan")
        .complete()
        .await;
    let question = counted(
        &officer,
        &format!("{SURVEY}/question/connection"),
        "1 person who answered",
    )
    .await;
    assert!(
        question
            .html
            .contains(&format!("{SURVEY}/compare?row=connection")),
        "{}",
        question.html
    );
    let only = format!("{SURVEY}/questions?answer=connection%3A");
    let from = question
        .html
        .find(&only)
        .expect("a link to those who gave an answer");
    let href = question.html[from..].split('"').next().expect("its end");
    let narrowed = officer.get(href).await;
    assert_eq!(narrowed.status, StatusCode::OK, "{}", narrowed.text());
    assert!(narrowed.says("left"), "{}", narrowed.text());
    assert!(
        narrowed.html.contains("class=\"app-chip\""),
        "the filter can be taken away"
    );
    let kept = officer
        .get(&href.replace("/questions?", "/compare?row=confidence&"))
        .await;
    assert!(
        kept.html.contains("name=\"answer\""),
        "the form keeps the filter"
    );
    site.stop().await;
}

#[actix_web::test]
async fn sensitive_answers_need_the_capability_wherever_an_address_names_them() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    let comms = Officer::with_role(&site, Role::Comms).await;
    for path in [
        "/compare?row=ethnicity",
        "/compare?row=confidence&by=gender_identity",
        "/compare.json?row=what_happened&by=age",
        "/compare.csv?row=confidence&by=what_happened.fraud",
        "/equality",
        "/equality.csv",
        "/who-protected",
        "/who-protected.csv",
        "/who-protected.json",
        "/themes?answer=health_condition:yes",
        "/questions.csv?answer=health_condition:yes",
        "/question/ethnicity",
        "/overview?answer=health_condition:yes",
    ] {
        let path = format!("{SURVEY}{path}");
        let refused = comms.get(&path).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(officer.get(&path).await.status, StatusCode::OK, "{path}");
    }
    let beside = "Ethnic group and disability, beside the Census";
    assert!(officer.get(&format!("{SURVEY}/who")).await.says(beside));
    let seen = comms.get(&format!("{SURVEY}/who")).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(!seen.says(beside) && !seen.html.contains("who-protected"));
    let (hers, theirs) = (format!("{SURVEY}/compare"), "value=\"ethnicity\"");
    assert!(officer.get(&hers).await.html.contains(theirs));
    let seen = comms.get(&hers).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(
        !seen.html.contains(theirs) && !seen.html.contains("/equality"),
        "{}",
        seen.html
    );
    site.stop().await;
}

#[actix_web::test]
async fn a_comparison_of_what_there_is_not_says_what_there_is() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    for (query, words) in [
        ("compare?row=shoe", "confidence"),
        (
            "compare?row=confidence&by=connection",
            "feel_safe.town_dark",
        ),
        ("compare?row=confidence&by=confidence", "policing"),
        ("compare?row=confidence&show=all", "percent"),
        ("themes?answer=connection:moon", "connection:"),
        ("questions?answer=shoe:9", "confidence:"),
        ("equality?row=age", "answer"),
    ] {
        let seen = officer.get(&format!("{SURVEY}/{query}")).await;
        assert_eq!(
            seen.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{query}: {}",
            seen.text()
        );
        assert!(seen.says(words), "{query}: {}", seen.text());
    }
    site.stop().await;
}
