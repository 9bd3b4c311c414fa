//! What was made for something that is no longer there is refused, and says so.

use std::time::Duration;

use have_your_say::{
    app,
    audit::Actor,
    geography::Place,
    storage::{DatabaseConfig, Store},
    survey::{definition::Definition, ids::Lang},
    world::SystemEntropy,
};
use reqwest::StatusCode;

use crate::support::{BOTH, TestSite, default_survey, people::Resident, rows::Rows};

const PLAN: &str = "police-and-crime-plan";

/// The survey with another title and another first question.
fn reworded() -> Definition {
    let json = default_survey().to_json().unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
    value["title"]["en"] = "What should the police do first?".into();
    Definition::from_json(&value.to_string()).unwrap()
}

/// Publishes another version beside the site that serves, and waits until its pages are of it.
async fn publish_beside(site: &TestSite, reader: &Resident, definition: &Definition) {
    let store = Store::connect(&DatabaseConfig::new(&site.database_url))
        .await
        .unwrap();
    let place = Place::embedded("essex").unwrap();
    app::publish(&store, &SystemEntropy, Actor::Command, &place, definition)
        .await
        .unwrap();
    store.close().await.unwrap();
    let english = Lang::new("en").unwrap();
    let title = definition.title.get(&english, &english);
    for _ in 0..100 {
        if reader.get(&format!("/surveys/{PLAN}")).await.says(title) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the new version is not shown");
}

#[tokio::test]
async fn a_page_of_an_older_version_is_a_conflict_until_it_is_loaded_again() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let rows = Rows::of(&site.database_url).await;
        let sam = Resident::of(&site, PLAN);
        let kim = Resident::of(&site, PLAN);
        let old = sam.start().await;
        let kims = kim.start().await;
        let kims = kim.answer(&kims, &kims.form().plain_answers()).await;
        publish_beside(&site, &sam, &reworded()).await;

        let refused = sam.post(&old.path, &old.form().plain_answers()).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text());
        assert!(refused.says("This page has changed"), "{}", refused.text());
        assert_eq!(
            rows.count("SELECT count(*) FROM response").await,
            1,
            "Kim's alone"
        );

        let again = sam.get(&old.path).await;
        let saved = sam.post(&again.path, &again.form().plain_answers()).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        // Whoever has saved a page stays with the version they began.
        let check = kim.answer_all(kims).await;
        assert!(kim.send(&check).await.path.ends_with("/done"));
        rows.close().await;
        site.stop().await;
    }
}
