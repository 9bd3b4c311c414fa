//! Robots are marked for whoever weighs the results; they are never stopped, deleted or told.

use jiff::ToSpan;
use reqwest::StatusCode;

use crate::support::{
    BOTH, Engine, TestSite, an_open_day,
    office::Officer,
    people::{Resident, Seen},
    rows::{Rows, cookie_set, response_id},
};

const PLAN: &str = "police-and-crime-plan";
const TRAP: i64 = 1;
const TOO_FAST: i64 = 2;

/// Somebody who answers everything and sends it `seconds` after Start; `trapped` says on which pages they fill in the field
/// that nobody sees. What the database holds of their marks, and the page they see last.
async fn flags_of(
    site: &TestSite,
    rows: &Rows,
    seconds: i64,
    trapped: impl Fn(&str) -> bool,
) -> (i64, Seen) {
    site.clock.set(an_open_day());
    let robot = Resident::of(site, PLAN);
    let started = robot.post(&format!("/surveys/{PLAN}/start"), &[]).await;
    let id = response_id(&cookie_set(&started.headers, "hys_response").unwrap());
    let mut page = robot.follow(started).await;
    site.clock.set(an_open_day() + seconds.seconds());
    for _ in 0..40 {
        let mut given = page.form().plain_answers();
        if page.path.ends_with("/check") {
            given = page.form().hidden.clone();
        }
        if trapped(&page.path) {
            given.push(("website".to_owned(), "https://example.org".to_owned()));
        }
        page = robot.answer(&page, &given).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        if page.path.ends_with("/done") {
            let sql = "SELECT CAST(flags AS BIGINT) FROM response WHERE id = $1";
            return (rows.one(sql, vec![id.into()]).await.unwrap(), page);
        }
    }
    panic!("no end of pages at {}", page.path)
}

#[tokio::test]
async fn robots_are_marked_and_never_stopped_or_told() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let rows = Rows::of(&site.database_url).await;
        let (person, seen_by_person) = flags_of(&site, &rows, 240, |_| false).await;
        assert_eq!(person, 0);
        for (seconds, trapped, flags) in [
            (240, "/check", TRAP),
            (240, "/your-words", TRAP),
            (5, "nowhere", TOO_FAST),
            (5, "/check", TRAP | TOO_FAST),
        ] {
            let (marked, seen) =
                flags_of(&site, &rows, seconds, |path| path.ends_with(trapped)).await;
            assert_eq!(marked, flags, "{seconds} seconds, trap at {trapped}");
            // All but the reference is what a person sees.
            let bare = |seen: &Seen| {
                seen.text()
                    .split_whitespace()
                    .filter(|word| !word.contains('-'))
                    .count()
            };
            assert_eq!(bare(&seen), bare(&seen_by_person));
        }
        let counted = "SELECT count(*) FROM response WHERE state = 1";
        assert_eq!(rows.count(counted).await, 5, "all of them count");
        rows.close().await;
        site.stop().await;
    }
}

#[tokio::test]
async fn marks_stand_in_the_file_of_answers() {
    let site = TestSite::on(Engine::Sqlite).await;
    let rows = Rows::of(&site.database_url).await;
    flags_of(&site, &rows, 5, |path| path.ends_with("/check")).await;
    rows.close().await;
    let officer = Officer::administrator(&site).await;
    let file = officer
        .get(&format!("/admin/surveys/{PLAN}/exports/answers-codes.csv"))
        .await;
    let mut csv = csv::Reader::from_reader(file.html.trim_start_matches('\u{feff}').as_bytes());
    let at = csv
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "flags");
    let row = csv.records().next().unwrap().unwrap();
    assert_eq!(&row[at.unwrap()], "trap too_fast");
    site.stop().await;
}
