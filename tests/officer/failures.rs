//! What goes wrong on officers' pages stands in the officers' frame.

use have_your_say::storage::users::Role;
use reqwest::{Method, StatusCode};

use crate::support::{
    BOTH, Engine, TestSite,
    office::Officer,
    people::{Resident, Seen},
};

const PLAN: &str = "/admin/surveys/police-and-crime-plan";

fn count(seen: &Seen, css: &str) -> usize {
    let page = scraper::Html::parse_document(&seen.html);
    let wanted = scraper::Selector::parse(css).unwrap();
    page.select(&wanted).count()
}

fn stands_in_the_officers_frame(what: &str, seen: &Seen, status: StatusCode) {
    assert_eq!(seen.status, status, "{what}: {}", seen.text());
    assert_eq!(count(seen, "body.app-officers"), 1, "{what}: {}", seen.html);
    assert_eq!(
        count(seen, ".app-account"),
        1,
        "{what}: the way to sign out"
    );
    assert_eq!(count(seen, "main h1"), 1, "{what}");
}

fn leads_to(seen: &Seen, href: &str) -> bool {
    count(seen, &format!("main a[href=\"{href}\"]")) == 1
}

#[tokio::test]
async fn errors_on_officers_pages_stand_in_their_frame() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let alex = Officer::administrator(&site).await;
        for (path, status) in [
            ("/admin/surveys/none", StatusCode::NOT_FOUND),
            ("/admin/no/such/page/at/all", StatusCode::NOT_FOUND),
            (
                &format!("{PLAN}/themes?measure=luck"),
                StatusCode::UNPROCESSABLE_ENTITY,
            ),
            (
                &format!("{PLAN}/comments?question=none"),
                StatusCode::UNPROCESSABLE_ENTITY,
            ),
        ] {
            let seen = alex.get(path).await;
            stands_in_the_officers_frame(path, &seen, status);
            assert!(leads_to(&seen, "/admin"), "{path}: {}", seen.html);
        }
        let put = alex.ask(Method::PUT, "/admin").await;
        stands_in_the_officers_frame("PUT", &put, StatusCode::METHOD_NOT_ALLOWED);
        let stale = alex.post("/admin/sign-out", &[("csrf", "old")]).await;
        stands_in_the_officers_frame("a stale form", &stale, StatusCode::FORBIDDEN);
        assert_eq!(alex.get("/admin").await.status, StatusCode::OK);
        site.stop().await;
    }
}

#[tokio::test]
async fn a_page_that_a_role_may_not_see_says_so_in_the_officers_frame() {
    let site = TestSite::on(Engine::Sqlite).await;
    let comms = Officer::with_role(&site, Role::Comms).await;
    let refused = comms.get(&format!("{PLAN}/comments")).await;
    stands_in_the_officers_frame("comms", &refused, StatusCode::FORBIDDEN);
    assert!(leads_to(&refused, "/admin"));
    // A clerk has no page yet: the way out leads where they may go.
    let clerk = Officer::with_role(&site, Role::Clerk).await;
    let refused = clerk.get("/admin").await;
    stands_in_the_officers_frame("clerk", &refused, StatusCode::FORBIDDEN);
    assert!(leads_to(&refused, "/"));
    site.stop().await;
}

#[tokio::test]
async fn strangers_and_residents_see_errors_in_the_residents_frame() {
    let site = TestSite::on(Engine::Sqlite).await;
    let stranger = Officer::stranger(&site);
    let resident = Resident::of(&site, "police-and-crime-plan");
    for seen in [
        stranger.get("/admin/no/such/page/at/all").await,
        stranger.post("/admin/sign-out", &[]).await,
        resident.get("/administration").await,
    ] {
        assert!(seen.status.is_client_error(), "{}", seen.path);
        assert_eq!(
            count(&seen, "body.app-officers, .app-account"),
            0,
            "{}",
            seen.path
        );
        assert!(leads_to(&seen, "/"), "{}", seen.html);
    }
    site.stop().await;
}
