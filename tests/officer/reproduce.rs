//! Figures that can be had again: fixed at a moment, with what became of them since; and frozen for good.

use std::time::Duration;

use have_your_say::storage::{DatabaseConfig, Store, responses, users::Role};
use reqwest::StatusCode;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::{
    BOTH, Engine, TestSite,
    office::Officer,
    people::{Resident, Seen},
};

const PLAN: &str = "police-and-crime-plan";
const SURVEY: &str = "/admin/surveys/police-and-crime-plan";

async fn json(officer: &Officer<'_>, page: &str) -> Value {
    let seen = officer.get(&format!("{SURVEY}/{page}")).await;
    assert_eq!(seen.status, StatusCode::OK, "{page}: {}", seen.text());
    serde_json::from_str(&seen.html).unwrap()
}

/// The page's numbers, once it counts so many responses.
async fn once(officer: &Officer<'_>, page: &str, responses: u64) -> Value {
    for _ in 0..60 {
        let read = json(officer, page).await;
        if read["state"]["responses"] == responses {
            return read;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{page} never counted {responses}");
}

/// Does something in the site's database behind its back.
async fn store(site: &TestSite) -> Store {
    Store::connect(&DatabaseConfig::new(&site.database_url))
        .await
        .unwrap()
}

async fn ids(officer: &Officer<'_>) -> Vec<Uuid> {
    let rows = officer
        .get(&format!("{SURVEY}/exports/answers-codes.csv"))
        .await;
    rows.html
        .lines()
        .skip(1)
        .filter_map(|row| row.split(',').next()?.parse().ok())
        .collect()
}

/// Presses the page's button "Freeze this result".
async fn freeze(officer: &Officer<'_>, page: &str) -> String {
    let seen = officer.get(&format!("{SURVEY}/{page}")).await;
    let form = seen.form();
    let fields: Vec<(&str, &str)> = form
        .hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let frozen = officer.post(&form.action, &fields).await;
    assert_eq!(frozen.status, StatusCode::SEE_OTHER, "{}", frozen.text());
    frozen.location.unwrap()
}

#[actix_web::test]
async fn an_earlier_state_is_had_again_and_says_what_became_of_it() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let officer = Officer::administrator(&site).await;
        Resident::of(&site, PLAN).complete().await;
        let first = once(&officer, "questions.json", 1).await;
        assert_eq!(first["state"]["versions"], serde_json::json!([1]));
        assert_eq!(first["state"]["since"], Value::Null);
        let as_of = first["state"]["as_of"].as_str().unwrap().to_owned();
        let gone = ids(&officer).await[0];
        // Later by the database's own clock, whatever a state says of itself.
        tokio::time::sleep(Duration::from_millis(20)).await;
        Resident::of(&site, PLAN).complete().await;
        once(&officer, "questions.json", 2).await;
        let fixed = format!("questions.json?as_of={as_of}");
        let again = json(&officer, &fixed).await;
        assert_eq!(again["state"]["selected"], 1);
        assert_eq!(again["questions"], first["questions"]);
        let none = serde_json::json!({"changed": 0, "withdrawn": 0, "erased": 0, "imported": 0});
        assert_eq!(again["state"]["since"], none);

        let page = officer
            .get(&format!("{SURVEY}/themes?as_of={as_of}&measure=first"))
            .await;
        assert!(
            page.says("As of:"),
            "a tag that can be taken away: {}",
            page.text()
        );
        assert!(page.says("version 1 of the survey"), "{}", page.text());
        assert!(
            page.says("Since then 0 of the responses"),
            "{}",
            page.text()
        );
        assert!(page.html.contains("measure=first&amp;as_of=") || page.html.contains("as_of="));
        let csv = officer
            .get(&format!("{SURVEY}/questions.csv?as_of={as_of}"))
            .await;
        assert!(csv.html.contains("as_of="), "the filter stands in each row");

        let behind = store(&site).await;
        assert!(responses::withdraw(&behind, gone).await.unwrap());
        once(&officer, "questions.json", 1).await;
        let after = json(&officer, &fixed).await;
        assert_eq!(after["state"]["selected"], 0);
        assert_eq!(after["state"]["since"]["withdrawn"], 1);
        assert!(responses::delete(&behind, gone).await.unwrap());
        let after = json(&officer, &fixed).await;
        assert_eq!(after["state"]["since"]["erased"], 1);
        behind.close().await.unwrap();

        for wrong in ["2999-01-01T00:00:00Z", "2026-11-24", "yesterday"] {
            let seen = officer
                .get(&format!("{SURVEY}/questions?as_of={wrong}"))
                .await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(
                seen.says("as_of") && seen.says("T17:00:00Z"),
                "{}",
                seen.text()
            );
        }
        site.stop().await;
    }
}

fn is_refused(seen: &Seen) -> bool {
    seen.status == StatusCode::FORBIDDEN
}

#[actix_web::test]
async fn a_frozen_result_stays_as_it_was_whatever_becomes_of_the_responses() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let officer = Officer::administrator(&site).await;
        let empty = officer.get(&format!("{SURVEY}/frozen")).await;
        assert!(
            empty.says("No result of this survey is frozen"),
            "{}",
            empty.text()
        );
        Resident::of(&site, PLAN).complete().await;
        let live = once(&officer, "questions.json", 1).await;
        let page = freeze(&officer, "questions").await;
        let document = officer.get(&format!("{page}&as=json")).await.html;
        let read: Value = serde_json::from_str(&document).unwrap();
        let keys = |value: &Value| -> Vec<String> {
            let questions = value["questions"].as_array().unwrap().iter();
            questions
                .filter(|question| question["sensitive"] == false)
                .map(ToString::to_string)
                .collect()
        };
        assert_eq!(keys(&read), keys(&live));
        assert!(
            !document.contains("ethnicity"),
            "each sensitive question is frozen by itself"
        );

        let gone = ids(&officer).await[0];
        let behind = store(&site).await;
        assert!(responses::delete(&behind, gone).await.unwrap());
        behind.close().await.unwrap();
        once(&officer, "questions.json", 0).await;
        assert_eq!(officer.get(&format!("{page}&as=json")).await.html, document);
        let shown = officer.get(&page).await;
        let sum: String = Sha256::digest(document.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert!(shown.says(&sum), "{}", shown.text());
        assert!(shown.says("Alex"), "who froze it");
        let csv = officer.get(&format!("{page}&as=csv")).await;
        assert!(csv.html.starts_with("\u{feff}question,"), "{}", csv.html);
        assert!(officer.get(&format!("{SURVEY}/frozen")).await.says(&sum));

        // What may not be seen live may not be seen frozen.
        let comms = Officer::with_role(&site, Role::Comms).await;
        for page in [
            "question/ethnicity",
            "equality",
            "compare?row=ethnicity&by=age",
            "themes?answer=ethnicity:white",
        ] {
            let live = comms.get(&format!("{SURVEY}/{page}")).await;
            assert!(is_refused(&live), "{page}: {}", live.status);
            let sensitive = freeze(&officer, page).await;
            assert_eq!(
                officer.get(&sensitive).await.status,
                StatusCode::OK,
                "{page}"
            );
            assert!(is_refused(&comms.get(&sensitive).await), "{page}");
            let as_json = format!("{sensitive}&as=json");
            assert!(is_refused(&comms.get(&as_json).await), "{page}");
        }
        assert_eq!(comms.get(&page).await.status, StatusCode::OK);
        let list = comms.get(&format!("{SURVEY}/frozen")).await;
        assert!(list.says(&sum) && !list.html.contains("ethnicity"));
        let questions = comms.get(&format!("{SURVEY}/questions")).await;
        assert!(
            !questions.says("Freeze this result"),
            "comms see, and don't freeze"
        );

        for (wrong, status) in [
            ("frozen?id=1", StatusCode::NOT_FOUND),
            (
                "frozen?id=00000000-0000-0000-0000-000000000001",
                StatusCode::NOT_FOUND,
            ),
            ("frozen?as=xml", StatusCode::UNPROCESSABLE_ENTITY),
            ("frozen?age=16_24", StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            let seen = officer.get(&format!("{SURVEY}/{wrong}")).await;
            assert_eq!(seen.status, status, "{wrong}: {}", seen.text());
        }
        let forged = officer
            .post(&format!("{SURVEY}/frozen"), &[("page", "questions")])
            .await;
        assert!(is_refused(&forged), "without the form's token");
        site.stop().await;
    }
}

#[actix_web::test]
async fn a_survey_shows_no_other_surveys_frozen_results() {
    let site = crate::support::SiteBuilder::on(Engine::Sqlite)
        .survey(crate::support::every_kind())
        .start()
        .await;
    let officer = Officer::administrator(&site).await;
    let page = freeze(&officer, "questions").await;
    let (_, id) = page.split_once("?id=").unwrap();
    let elsewhere = officer
        .get(&format!("/admin/surveys/every-kind/frozen?id={id}"))
        .await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    site.stop().await;
}
