//! Unsent responses go 30 days after the close; sent ones, and those of open surveys, stay.

use std::time::{Duration, Instant};

use have_your_say::survey::definition::Definition;

use crate::support::{BOTH, Engine, SiteBuilder, every_kind, people::Resident, rows::Rows};

/// A survey that was open in 2020.
fn closed_long_ago() -> Definition {
    let mut definition = every_kind();
    definition.opens = "2020-01-01T00:00:00".parse().unwrap();
    definition.closes = "2020-12-31T00:00:00".parse().unwrap();
    definition
}

/// Waits until every job has run.
async fn round_is_over(rows: &Rows) {
    let until = Instant::now() + Duration::from_secs(15);
    while rows.count("SELECT count(*) FROM job WHERE last_run IS NOT NULL").await < 2 {
        assert!(Instant::now() < until, "the job does not run");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn purge_on(engine: Engine, definition: Definition, unsent_left: i64) {
    // The site's clock stands in the survey's time; the job goes by the database's own, years later.
    let site = SiteBuilder::on(engine)
        .survey(definition)
        .at("2020-06-01T12:00:00Z")
        .start()
        .await;
    let rows = Rows::of(&site.database_url).await;
    // The first round is over before anybody answers, so that it meets nobody half-way.
    round_is_over(&rows).await;
    let unsent = Resident::of(&site, "every-kind");
    let first = unsent.start().await;
    unsent.answer(&first, &first.form().plain_answers()).await;
    let sent = Resident::of(&site, "every-kind");
    let first = sent.start().await;
    let check = sent.answer_all(first).await;
    let pairs = check.form().hidden.clone();
    sent.post(&check.path, &pairs).await;
    let submitted = "SELECT count(*) FROM response WHERE state = 1";
    let in_progress = "SELECT count(*) FROM response WHERE state = 0";
    assert_eq!(rows.count(submitted).await, 1);
    // It is done once an hour; the test does not wait for that.
    rows.run("DELETE FROM job").await;
    round_is_over(&rows).await;
    assert_eq!(rows.count(in_progress).await, unsent_left);
    assert_eq!(rows.count(submitted).await, 1);
    let texts = "SELECT count(*) FROM response_text WHERE response_id NOT IN (SELECT id FROM response)";
    assert_eq!(rows.count(texts).await, 0, "words go with their response");
    rows.close().await;
    site.stop().await;
}

#[tokio::test]
async fn unsent_responses_go_thirty_days_after_the_close() {
    for engine in BOTH {
        purge_on(engine, closed_long_ago(), 0).await;
    }
}

#[tokio::test]
async fn unsent_responses_of_a_survey_closed_yesterday_stay() {
    let mut definition = closed_long_ago();
    let yesterday = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24);
    definition.closes = jiff::tz::TimeZone::UTC.to_datetime(yesterday);
    purge_on(Engine::Sqlite, definition, 1).await;
}
