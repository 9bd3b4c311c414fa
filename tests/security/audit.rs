//! What officers do and see is written down: every route says whether, and those that say so do.

use have_your_say::{
    audit::{Event, Kind},
    storage::users::Role,
    web::{access::Access, routes::table},
};
use reqwest::StatusCode;

use super::access::example;
use crate::support::{
    BOTH, Engine, TestSite,
    office::{EMAIL, Officer, PASSWORD},
    people::Resident,
    rows::Rows,
};

const PLAN: &str = "police-and-crime-plan";

/// What the audit log holds of a route's use.
enum Log {
    /// Each use, as one of these kinds; by the address tried below the pattern's example, if another.
    Records(&'static [Kind], &'static str),
    /// Nothing, and why that is right.
    Nothing(&'static str),
}
use Log::{Nothing, Records};

/// Every officers' route.
const ROUTES: &[(&str, Log)] = &[
    (
        "POST /admin/sign-in",
        Records(&[Kind::SignedIn, Kind::SignInRefused], ""),
    ),
    ("POST /admin/sign-out", Records(&[Kind::SignedOut], "")),
    (
        "POST /admin/welcome/{token}",
        Records(&[Kind::LinkAccepted], ""),
    ),
    ("GET /admin/sign-in", Nothing("a form")),
    (
        "GET /admin/welcome/{token}",
        Nothing("a form; the link is used up when it is sent"),
    ),
    ("GET /admin", Nothing("names and counts of surveys")),
    (
        "GET /admin/audit",
        Nothing("what colleagues did, nothing of residents; taking it out is recorded"),
    ),
    (
        "GET /admin/audit.csv",
        Records(&[Kind::LogDownloaded], "/admin/audit.csv"),
    ),
    (
        "GET /admin/audit.jsonl",
        Records(&[Kind::LogDownloaded], "/admin/audit.jsonl"),
    ),
    ("GET /admin/surveys/{slug}", Nothing("counts")),
    (
        "GET /admin/surveys/{slug}/comments",
        Records(&[Kind::CommentsRead], "/comments"),
    ),
    ("GET /admin/surveys/{slug}/erase", Nothing("a form")),
    (
        "POST /admin/surveys/{slug}/erase",
        Records(&[Kind::ResponseErased], ""),
    ),
    (
        "GET /admin/surveys/{slug}/exports",
        Nothing("a list of files"),
    ),
    (
        "GET /admin/surveys/{slug}/exports/{file}",
        Records(&[Kind::AnswersDownloaded], "/exports/answers-labels.csv"),
    ),
    (
        "GET /admin/surveys/{slug}/frozen",
        Nothing(
            "a list; a frozen page of sensitive figures is recorded: `a_sensitive_result_is_recorded_live_and_frozen`",
        ),
    ),
    (
        "POST /admin/surveys/{slug}/frozen",
        Records(&[Kind::ResultFrozen], ""),
    ),
    (
        "GET /admin/surveys/{slug}/question/{key}",
        Records(&[Kind::SensitiveFiguresSeen], "/question/ethnicity"),
    ),
    (
        "GET /admin/surveys/{slug}/area/{area}",
        Nothing(
            "figures of an area, none of sensitive answers unless the filter is one: as {page}",
        ),
    ),
    (
        "GET /admin/surveys/{slug}/{page}",
        Records(&[Kind::SensitiveFiguresSeen], "/questions"),
    ),
    ("GET /admin/sign-in/code", Nothing("a form")),
    ("GET /admin/forgot", Nothing("a form")),
    ("GET /admin/confirm", Nothing("a form")),
    ("GET /admin/new-survey", Nothing("a form")),
    ("GET /admin/people/invite", Nothing("a form")),
    (
        "POST /admin/sign-in/code",
        Records(&[Kind::SignedIn, Kind::SignInRefused], ""),
    ),
    (
        "POST /admin/forgot",
        Nothing("whether anybody has the address is not looked up"),
    ),
    (
        "GET /admin/reset/{token}",
        Nothing("a form; the link is used up when it is sent"),
    ),
    (
        "POST /admin/reset/{token}",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "POST /admin/confirm",
        Nothing("proves who acts; what they then do is recorded"),
    ),
    ("GET /admin/account", Nothing("their own account")),
    (
        "POST /admin/account/password",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "POST /admin/account/sessions",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "POST /admin/account/sessions/{id}",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "POST /admin/account/second-factor",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "POST /admin/account/second-factor/remove",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "POST /admin/account/recovery-codes",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "POST /admin/people/{id}/role",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "POST /admin/people/{id}/shut-out",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "POST /admin/people/{id}/let-in",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "POST /admin/people/{id}/end-sessions",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "POST /admin/people/{id}/remove-factor",
        Records(&[Kind::AccountChanged], ""),
    ),
    (
        "GET /admin/account/second-factor",
        Nothing("their own account"),
    ),
    (
        "GET /admin/people",
        Nothing("colleagues, nothing of residents"),
    ),
    (
        "GET /admin/people/{id}",
        Nothing("a colleague, nothing of residents"),
    ),
    (
        "POST /admin/people/second-factor",
        Records(&[Kind::FactorRolesSet], ""),
    ),
    ("POST /admin/people/invite", Records(&[Kind::Invited], "")),
    (
        "POST /admin/invitations/{id}/renew",
        Records(&[Kind::InvitationChanged], ""),
    ),
    (
        "POST /admin/invitations/{id}/withdraw",
        Records(&[Kind::InvitationChanged], ""),
    ),
    ("POST /admin/new-survey", Records(&[Kind::DraftSaved], "")),
    (
        "GET /admin/surveys/{slug}/edit",
        Nothing("a draft, nothing of residents"),
    ),
    (
        "GET /admin/surveys/{slug}/edit/front",
        Nothing("a draft, nothing of residents"),
    ),
    (
        "GET /admin/surveys/{slug}/edit/themes",
        Nothing("a draft, nothing of residents"),
    ),
    (
        "GET /admin/surveys/{slug}/edit/section",
        Nothing("a draft, nothing of residents"),
    ),
    (
        "GET /admin/surveys/{slug}/edit/page",
        Nothing("a draft, nothing of residents"),
    ),
    (
        "GET /admin/surveys/{slug}/edit/question",
        Nothing("a draft, nothing of residents"),
    ),
    (
        "GET /admin/surveys/{slug}/edit/preview",
        Nothing("a draft, nothing of residents"),
    ),
    (
        "GET /admin/surveys/{slug}/edit/trial",
        Nothing("a draft, nothing of residents"),
    ),
    (
        "GET /admin/surveys/{slug}/edit/publish",
        Nothing("a draft, nothing of residents"),
    ),
    (
        "GET /admin/surveys/{slug}/edit/versions",
        Nothing("a draft, nothing of residents"),
    ),
    (
        "GET /admin/surveys/{slug}/edit/file",
        Nothing("a draft, nothing of residents"),
    ),
    (
        "POST /admin/surveys/{slug}/edit",
        Records(&[Kind::DraftSaved], ""),
    ),
    (
        "POST /admin/surveys/{slug}/edit/front",
        Records(&[Kind::DraftSaved], ""),
    ),
    (
        "POST /admin/surveys/{slug}/edit/themes",
        Records(&[Kind::DraftSaved], ""),
    ),
    (
        "POST /admin/surveys/{slug}/edit/section",
        Records(&[Kind::DraftSaved], ""),
    ),
    (
        "POST /admin/surveys/{slug}/edit/page",
        Records(&[Kind::DraftSaved], ""),
    ),
    (
        "POST /admin/surveys/{slug}/edit/question",
        Records(&[Kind::DraftSaved], ""),
    ),
    (
        "POST /admin/surveys/{slug}/edit/versions",
        Records(&[Kind::DraftSaved], ""),
    ),
    (
        "POST /admin/surveys/{slug}/edit/file",
        Records(&[Kind::DraftSaved], ""),
    ),
    (
        "POST /admin/surveys/{slug}/edit/trial",
        Nothing("a trial run stores nothing"),
    ),
    (
        "POST /admin/surveys/{slug}/edit/publish",
        Records(&[Kind::SurveyPublished], ""),
    ),
];

#[test]
fn every_officers_route_says_what_the_log_holds_of_it() {
    let routes: Vec<String> = table()
        .iter()
        .filter(|route| {
            matches!(route.access, Access::Officer(_)) || route.pattern.starts_with("/admin")
        })
        .map(|route| format!("{} {}", route.method, route.pattern))
        .collect();
    for route in &routes {
        let said = ROUTES.iter().filter(|(known, _)| known == route).count();
        assert_eq!(
            said, 1,
            "{route}: does the audit log hold it, and if not, why?"
        );
    }
    for (route, log) in ROUTES {
        assert!(
            routes.iter().any(|known| known == route),
            "{route} is no more"
        );
        match log {
            Records(kinds, _) => assert!(!kinds.is_empty(), "{route}"),
            Nothing(reason) => assert!(reason.len() > 5, "{route}"),
        }
    }
}

/// The newest event of the log.
async fn newest(rows: &Rows) -> Event {
    let sql = "SELECT details FROM audit_entry ORDER BY id DESC LIMIT 1";
    let details: String = rows.one(sql, Vec::new()).await.unwrap();
    serde_json::from_str(&details).unwrap()
}

async fn count(rows: &Rows) -> i64 {
    rows.count("SELECT count(*) FROM audit_entry").await
}

#[tokio::test]
async fn each_look_and_download_is_written_down_once() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        Resident::of(&site, PLAN).complete().await;
        let officer = Officer::with_role(&site, Role::Administrator).await;
        let rows = Rows::of(&site.database_url).await;
        for (route, log) in ROUTES {
            let Some(pattern) = route.strip_prefix("GET ") else {
                continue;
            };
            let before = count(&rows).await;
            match log {
                Records(kinds, below) => {
                    let path = match below.starts_with("/admin") {
                        true => (*below).to_owned(),
                        false => format!("/admin/surveys/{PLAN}{below}"),
                    };
                    let seen = officer.get(&path).await;
                    assert_eq!(seen.status, StatusCode::OK, "{path}");
                    assert_eq!(count(&rows).await, before + 1, "{path}");
                    let event = newest(&rows).await;
                    assert!(kinds.contains(&event.kind()), "{path}: {event:?}");
                }
                Nothing(_) => {
                    officer.get(&example(pattern)).await;
                    assert_eq!(count(&rows).await, before, "{pattern}");
                }
            }
        }
        // Who, and on what, stands beside it.
        let sql = "SELECT count(*) FROM audit_entry e JOIN user_account u ON u.id = e.by_account \
             WHERE e.survey = 'police-and-crime-plan' AND u.email = 'administrator@example.org'";
        assert_eq!(rows.count(sql).await, 4);
        // "Who answered" shows ethnic group and disability to those who may see them.
        let before = count(&rows).await;
        officer.get(&format!("/admin/surveys/{PLAN}/who")).await;
        assert_eq!(newest(&rows).await.kind(), Kind::SensitiveFiguresSeen);
        assert_eq!(count(&rows).await, before + 1);
        // Those who may not see it leave no trace of having seen it.
        let comms = Officer::with_role(&site, Role::Comms).await;
        let before = count(&rows).await;
        for below in [
            "/comments",
            "/questions",
            "/question/ethnicity",
            "/who",
            "/exports/answers-codes.csv",
        ] {
            comms.get(&format!("/admin/surveys/{PLAN}{below}")).await;
        }
        assert_eq!(count(&rows).await, before);
        rows.close().await;
        site.stop().await;
    }
}

#[tokio::test]
async fn a_download_says_of_whom_and_with_what() {
    let site = TestSite::on(Engine::Sqlite).await;
    for _ in 0..2 {
        Resident::of(&site, PLAN).complete().await;
    }
    let officer = Officer::with_role(&site, Role::Officer).await;
    let rows = Rows::of(&site.database_url).await;
    let below = format!("/admin/surveys/{PLAN}/exports");
    officer
        .get(&format!("{below}/answers-codes-sensitive.csv?channel=web"))
        .await;
    let Event::AnswersDownloaded {
        sensitive,
        filter,
        responses,
        ..
    } = newest(&rows).await
    else {
        panic!()
    };
    assert_eq!(
        (sensitive, filter.as_str(), responses),
        (true, "channel=web", 2)
    );
    // What somebody searches for may be a name.
    officer
        .get(&format!("/admin/surveys/{PLAN}/comments?q=lights"))
        .await;
    let Event::CommentsRead {
        searched, shown, ..
    } = newest(&rows).await
    else {
        panic!()
    };
    assert!(searched && shown > 0);
    let searched = rows.count("SELECT count(*) FROM audit_entry WHERE details LIKE '%lights%'");
    assert_eq!(searched.await, 0);
    rows.close().await;
    site.stop().await;
}

#[tokio::test]
async fn a_sensitive_result_is_recorded_live_and_frozen() {
    let site = TestSite::on(Engine::Sqlite).await;
    Resident::of(&site, PLAN).complete().await;
    let officer = Officer::with_role(&site, Role::Officer).await;
    let rows = Rows::of(&site.database_url).await;
    let page = officer
        .get(&format!("/admin/surveys/{PLAN}/question/ethnicity.csv"))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    let seen = newest(&rows).await;
    assert!(
        matches!(seen, Event::SensitiveFiguresSeen { ref page, .. } if page == "question/ethnicity"),
        "{seen:?}"
    );
    let csrf = officer.csrf().await;
    let form = [("csrf", csrf.as_str()), ("page", "question/ethnicity")];
    let frozen = officer
        .post(&format!("/admin/surveys/{PLAN}/frozen"), &form)
        .await;
    let event = newest(&rows).await;
    assert!(
        matches!(
            event,
            Event::ResultFrozen {
                sensitive: true,
                ..
            }
        ),
        "{event:?}"
    );
    let place = frozen.location.unwrap();
    for address in [place.clone(), format!("{place}&as=csv")] {
        let before = count(&rows).await;
        assert_eq!(officer.get(&address).await.status, StatusCode::OK);
        assert_eq!(count(&rows).await, before + 1, "{address}");
        assert_eq!(newest(&rows).await.kind(), Kind::SensitiveFiguresSeen);
    }
    rows.close().await;
    site.stop().await;
}

#[tokio::test]
async fn signing_in_and_out_is_written_down_without_what_was_typed() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let officer = Officer::administrator(&site).await;
        let rows = Rows::of(&site.database_url).await;
        officer.sign_in(EMAIL, "not-the-password").await;
        let account: uuid::Uuid = rows
            .one("SELECT id FROM user_account", Vec::new())
            .await
            .unwrap();
        let event = newest(&rows).await;
        assert!(
            matches!(event, Event::SignInRefused { account: Some(id), .. } if id == account),
            "{event:?}"
        );
        officer.sign_in("zebedee@example.org", PASSWORD).await;
        let event = newest(&rows).await;
        assert!(
            matches!(event, Event::SignInRefused { account: None, .. }),
            "{event:?}"
        );
        // However long somebody goes on, the limit is written down once.
        for _ in 0..15 {
            officer.sign_in(EMAIL, "not-the-password").await;
        }
        let refusals = rows
            .count("SELECT count(*) FROM audit_entry WHERE kind = 'sign_in_refused'")
            .await;
        assert!(refusals <= 12, "{refusals}");
        let limited = "SELECT count(*) FROM audit_entry WHERE details LIKE '%too_many_from_place%'";
        assert_eq!(rows.count(limited).await, 1);
        let sql = "SELECT count(*) FROM audit_entry WHERE details LIKE '%zebedee%' OR details LIKE '%alex@%' \
             OR details LIKE '%127.0.0.1%' OR details LIKE '%password-%'";
        assert_eq!(rows.count(sql).await, 0);
        let csrf = officer.csrf().await;
        officer.post("/admin/sign-out", &[("csrf", &csrf)]).await;
        assert_eq!(newest(&rows).await, Event::SignedOut {});
        for kind in [
            "administrator_link_made",
            "link_accepted",
            "signed_in",
            "survey_published",
        ] {
            let sql = format!("SELECT count(*) FROM audit_entry WHERE kind = '{kind}'");
            assert_eq!(rows.count(&sql).await, 1, "{kind}");
        }
        rows.close().await;
        site.stop().await;
    }
}
