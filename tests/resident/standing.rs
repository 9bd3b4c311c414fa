//! Standing pages: what settings and surveys put into them, and when.

use crate::support::{Engine, SiteBuilder, people::Resident};

const PLAN: &str = "police-and-crime-plan";
const NOTICE: &str = "Police and Crime Plan survey";

#[tokio::test]
async fn the_privacy_page_has_the_notice_of_a_survey_while_its_answers_are_kept() {
    let site = SiteBuilder::on(Engine::Sqlite)
        .setting("HYS_RETENTION_YEARS", "2")
        .start()
        .await;
    let sam = Resident::of(&site, PLAN);
    for (now, is_there) in [
        ("2026-11-01T12:00:00Z", false),
        ("2026-11-24T12:00:00Z", true),
        ("2026-12-14T12:00:00Z", true),
        ("2028-12-13T12:00:00Z", true),
        ("2028-12-14T12:00:00Z", false),
    ] {
        site.set_time(now);
        let page = sam.get("/privacy").await;
        let page = scraper::Html::parse_document(&page.html);
        let headings = scraper::Selector::parse("main h2").unwrap();
        let found = page
            .select(&headings)
            .any(|heading| heading.text().collect::<String>().contains(NOTICE));
        assert_eq!(found, is_there, "{now}");
    }
    site.stop().await;
}

#[tokio::test]
async fn the_contact_page_names_every_way_that_settings_give() {
    let site = SiteBuilder::on(Engine::Sqlite)
        .setting("HYS_CONTACT_EMAIL", "say@example.org")
        .setting("HYS_CONTACT_PHONE", "01245 000 000")
        .setting("HYS_CONTACT_ADDRESS", "Example House, Chelmsford")
        .start()
        .await;
    let page = Resident::of(&site, PLAN).get("/contact").await;
    for part in [
        "mailto:say@example.org",
        "href=\"tel:01245000000\"",
        "01245 000 000",
        "Example House, Chelmsford",
    ] {
        assert!(page.html.contains(part), "{part}: {}", page.html);
    }
    site.stop().await;
}
