//! An administrator reads the audit log: in sentences, narrowed, searched, page by page, and takes it out.

use have_your_say::{
    actions::audit::record_sight,
    audit::{Actor, Event},
    storage::{DatabaseConfig, Store, users::Role},
    survey::ids::Slug,
    world::{Clock, SystemClock},
};
use reqwest::StatusCode;

use crate::support::{BOTH, Engine, TestSite, office::Officer, people::Resident, rows::Rows};

const PLAN: &str = "police-and-crime-plan";

async fn refused(officer: &Officer<'_>, query: &str, words: &str) {
    let seen = officer.get(&format!("/admin/audit?{query}")).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    assert!(seen.says(words), "{query}: {}", seen.text());
}

#[tokio::test]
async fn the_log_is_read_in_plain_sentences_newest_first() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        Resident::of(&site, PLAN).complete().await;
        let admin = Officer::with_role(&site, Role::Administrator).await;
        let below = format!("/admin/surveys/{PLAN}");
        admin
            .get(&format!("{below}/exports/answers-codes.csv"))
            .await;
        admin.get(&format!("{below}/comments?q=park")).await;
        let log = admin.get("/admin/audit").await;
        assert_eq!(log.status, StatusCode::OK, "{}", log.text());
        let text = log.text();
        let told = [
            "Robin read 2 comments of Police and Crime Plan survey, found by a search",
            "Robin downloaded all answers of Police and Crime Plan survey: 1 response as codes, with comments, without sensitive answers",
            "Robin signed in",
            "Robin accepted an invitation as administrator",
            "Somebody at the command line invited somebody as administrator",
            "The program published Police and Crime Plan survey as version 1",
        ];
        let mut from = 0;
        for sentence in told {
            let at = text[from..]
                .find(sentence)
                .unwrap_or_else(|| panic!("{sentence}: {text}"));
            from += at;
        }
        assert!(
            text.contains("Nothing is sealed yet") || text.contains("The last seal"),
            "{text}"
        );
        // Nobody else sees it, or the way to it.
        for role in [Role::Officer, Role::Comms] {
            let other = Officer::with_role(&site, role).await;
            assert!(!other.get("/admin").await.html.contains("/admin/audit"));
            assert_eq!(
                other.get("/admin/audit").await.status,
                StatusCode::FORBIDDEN
            );
        }
        assert!(
            admin
                .get("/admin")
                .await
                .html
                .contains("href=\"/admin/audit\"")
        );
        site.stop().await;
    }
}

#[tokio::test]
async fn the_log_is_narrowed_and_searched_and_says_which_filter_is_wrong() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        Resident::of(&site, PLAN).complete().await;
        let admin = Officer::with_role(&site, Role::Administrator).await;
        admin.get(&format!("/admin/surveys/{PLAN}/comments")).await;
        let rows = Rows::of(&site.database_url).await;
        let id: uuid::Uuid = rows
            .one("SELECT id FROM user_account", Vec::new())
            .await
            .unwrap();
        rows.close().await;
        let london = jiff::tz::TimeZone::get("Europe/London").unwrap();
        let day = london.to_datetime(SystemClock.now()).date();
        let robin = format!("person={id}");
        let of_plan = format!("survey={PLAN}");
        let today = format!("from={day}&to={day}");
        for (query, says, not) in [
            (robin.as_str(), "Robin signed in", "The program published"),
            ("person=system", "The program published", "Robin signed in"),
            ("kind=comments_read", "Robin read 2 comments", "signed in"),
            (of_plan.as_str(), "The program published", "signed in"),
            (today.as_str(), "Robin signed in", "Nothing in the log fits"),
            (
                "to=2020-01-01",
                "Nothing in the log fits",
                "Robin signed in",
            ),
            ("q=robin", "Robin accepted", "The program published"),
            ("q=plan+survey", "The program published", "Robin signed in"),
            ("q=signed+in", "Robin signed in", "The program published"),
            ("q=%25", "Nothing in the log fits", "Robin signed in"),
            (
                "q=robin&kind=signed_in&person=&survey=",
                "Robin signed in",
                "accepted",
            ),
        ] {
            let seen = admin.get(&format!("/admin/audit?{query}")).await;
            assert_eq!(seen.status, StatusCode::OK, "{query}");
            let table = seen
                .text()
                .split("Search and filter")
                .nth(1)
                .unwrap_or_default()
                .to_owned();
            let table = table
                .split("Newest first")
                .nth(1)
                .unwrap_or_default()
                .to_owned();
            assert!(table.contains(says), "{query}: {table}");
            assert!(!table.contains(not), "{query}: {table}");
        }
        refused(&admin, "person=zed", "There is nobody like zed").await;
        refused(
            &admin,
            &format!("person={}", uuid::Uuid::nil()),
            "There is nobody like",
        )
        .await;
        refused(&admin, "kind=danced", "no kind of event called danced").await;
        refused(&admin, "survey=danced", "no survey called danced").await;
        refused(&admin, "from=24/11/2026", "24/11/2026 is not a day").await;
        refused(
            &admin,
            "from=2026-11-24&to=2026-11-23",
            "The first day is after the last",
        )
        .await;
        refused(&admin, "after=x", "x is not a place in the log").await;
        refused(&admin, "sort=at;DROP", "can’t be filtered by sort").await;
        site.stop().await;
    }
}

#[tokio::test]
async fn the_log_is_paged_by_key_and_taken_out_whole() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let admin = Officer::with_role(&site, Role::Administrator).await;
        let store = Store::connect(&DatabaseConfig::new(&site.database_url))
            .await
            .unwrap();
        for seed in 0..120 {
            let event = Event::ResponsesSimulated {
                survey: Slug::new(PLAN).unwrap(),
                responses: 1,
                seed,
            };
            record_sight(&store, Actor::Command, &event).await.unwrap();
        }
        store.close().await.unwrap();
        let (mut path, mut seeds, mut pages) = (
            "/admin/audit?kind=responses_simulated".to_owned(),
            Vec::new(),
            0,
        );
        loop {
            let page = admin.get(&path).await;
            pages += 1;
            let text = page.text();
            seeds.extend(
                text.split("(seed ")
                    .skip(1)
                    .map(|rest| rest.split(')').next().unwrap().parse::<u64>().unwrap()),
            );
            let Some(next) = page
                .html
                .split("rel=\"next\"")
                .next()
                .filter(|_| page.html.contains("rel=\"next\""))
                .and_then(|before| before.rsplit("href=\"").next())
                .and_then(|href| href.split('"').next())
            else {
                break;
            };
            path = next.replace("&amp;", "&");
        }
        assert_eq!(pages, 3);
        assert_eq!(
            seeds,
            (0..120).rev().collect::<Vec<u64>>(),
            "each once, newest first"
        );
        let csv = admin.get("/admin/audit.csv?kind=responses_simulated").await;
        assert_eq!(csv.html.lines().count(), 121);
        assert!(
            csv.headers["content-disposition"]
                .to_str()
                .unwrap()
                .contains("internal-audit-log-")
        );
        let lines = admin.get("/admin/audit.jsonl").await;
        let first: serde_json::Value =
            serde_json::from_str(lines.html.lines().next().unwrap()).unwrap();
        assert_eq!(
            first["event"], "log_downloaded",
            "its own row is the newest"
        );
        let count = lines.html.lines().count();
        assert!(
            lines
                .html
                .lines()
                .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
        );
        let rows = Rows::of(&site.database_url).await;
        assert_eq!(
            rows.count("SELECT count(*) FROM audit_entry").await,
            i64::try_from(count).unwrap()
        );
        rows.close().await;
        site.stop().await;
    }
}

/// A name that a spreadsheet would take for a formula, and for a script.
#[tokio::test]
async fn names_in_the_log_stay_words() {
    let site = TestSite::on(Engine::Sqlite).await;
    let admin = Officer::with_role(&site, Role::Administrator).await;
    let rows = Rows::of(&site.database_url).await;
    rows.run("UPDATE user_account SET name = '=HYPERLINK(\"x\")<script>'")
        .await;
    rows.close().await;
    let page = admin.get("/admin/audit").await;
    assert!(
        !page.html.contains("<script>") && page.says("=HYPERLINK"),
        "{}",
        page.text()
    );
    let csv = admin.get("/admin/audit.csv").await;
    assert!(
        csv.html
            .contains("\"'=HYPERLINK(\"\"x\"\")<script> signed in\""),
        "{}",
        csv.html
    );
    site.stop().await;
}
