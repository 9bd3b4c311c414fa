//! Weights on every page of figures: the switch, links that keep it, files, and what is refused.

use have_your_say::storage::users::Role;
use reqwest::{StatusCode, header};

use crate::support::{BOTH, Engine, TestSite, office::Officer, people::Resident};

const SURVEY: &str = "/admin/surveys/police-and-crime-plan";
const PAGES: [&str; 6] = [
    "/compare?row=confidence&by=policing&by=age&by=feel_safe.town_dark",
    "/maps?areas=policing",
    "/area/E07000076?measure=borda",
    "/area/lpa-north?measure=money",
    "/equality?sex=female",
    "/priorities?age=16_24",
];

fn weighted(page: &str, how: &str) -> String {
    format!("{SURVEY}{page}&weights={how}")
}

#[actix_web::test]
async fn every_page_that_measures_has_the_switch_and_keeps_the_rest_of_its_address() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let officer = Officer::administrator(&site).await;
        Resident::of(&site, "police-and-crime-plan")
            .complete()
            .await;
        for page in PAGES {
            for how in ["raw", "weighted", "both"] {
                let seen = officer.get(&weighted(page, how)).await;
                assert_eq!(seen.status, StatusCode::OK, "{page} {how}: {}", seen.text());
                assert!(!seen.says("NaN"), "{page} {how}");
                assert!(
                    seen.says("Weights correct for age, sex and district"),
                    "{page}"
                );
                let (path, query) = page.split_once('?').expect("a query");
                let address = format!("{SURVEY}{path}?");
                for other in ["weighted", "both"] {
                    let link = seen.html.match_indices(&address);
                    let mut links = link.map(|(at, _)| {
                        seen.html[at..]
                            .split('"')
                            .next()
                            .unwrap_or_default()
                            .replace("&amp;", "&")
                    });
                    let holds = |link: &String| {
                        query.split('&').all(|part| link.contains(part))
                            && link.contains(&format!("weights={other}"))
                    };
                    assert!(links.any(|link| holds(&link)), "{page}: no way to {other}");
                }
            }
        }
        site.stop().await;
    }
}

#[actix_web::test]
async fn links_from_page_to_page_keep_the_weights() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    for (page, to) in [
        ("/themes?weights=both", "/maps?weights=both"),
        ("/maps?weights=both", "/themes?weights=both"),
        (
            "/themes?weights=weighted",
            "/area/E07000076?weights=weighted",
        ),
        (
            "/area/E07000076?weights=both",
            "/area/E07000074?weights=both",
        ),
        (
            "/question/confidence?weights=both",
            "/compare?weights=both&amp;row=confidence",
        ),
    ] {
        let seen = officer.get(&format!("{SURVEY}{page}")).await;
        assert!(
            seen.html.contains(&format!("\"{SURVEY}{to}")),
            "{page}: {}",
            seen.html
        );
    }
    let compare = officer.get(&format!("{SURVEY}/compare?weights=both")).await;
    let kept = "name=\"weights\" value=\"both\"";
    assert!(compare.html.contains(kept), "the form keeps the weights");
    site.stop().await;
}

#[actix_web::test]
async fn where_nobody_can_be_weighted_each_page_says_so_and_shows_raw_figures() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    for page in PAGES {
        let seen = officer.get(&weighted(page, "weighted")).await;
        assert_eq!(seen.status, StatusCode::OK, "{page}: {}", seen.text());
        assert!(
            seen.says("nobody has given district, age and sex"),
            "{page}: {}",
            seen.text()
        );
        assert!(!seen.says("Worth with weights"), "{page}");
    }
    site.stop().await;
}

#[actix_web::test]
async fn what_weights_cannot_be_is_refused_by_name() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    for page in PAGES {
        let wrong = officer.get(&weighted(page, "heavy")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
        assert!(
            wrong.says("raw, weighted, both"),
            "{page}: {}",
            wrong.text()
        );
    }
    for page in ["/who", "/quality"] {
        let wrong = officer.get(&format!("{SURVEY}{page}?weights=both")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
        assert!(wrong.says("weights"), "{page}: {}", wrong.text());
    }
    let nowhere = officer
        .get(&format!("{SURVEY}/area/nowhere?weights=both"))
        .await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let comms = Officer::with_role(&site, Role::Comms).await;
    for path in [
        "/equality?weights=both",
        "/compare.csv?row=ethnicity&weights=both",
    ] {
        let refused = comms.get(&format!("{SURVEY}{path}")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
    site.stop().await;
}

#[actix_web::test]
async fn files_at_the_same_address_have_columns_for_both() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    for page in PAGES {
        let address = weighted(page, "both");
        let csv = officer.get(&address.replacen('?', ".csv?", 1)).await;
        assert_eq!(csv.status, StatusCode::OK, "{page}: {}", csv.html);
        let header = csv.html.lines().next().unwrap_or_default();
        if page.starts_with("/priorities") {
            assert!(header.contains("weights"), "{page}: {header}");
        } else {
            for column in ["value", "weighted_value", "effective_base", "weighted_low"] {
                assert!(
                    header.split(',').any(|name| name == column),
                    "{page}: {header}"
                );
            }
        }
        let json = officer.get(&address.replacen('?', ".json?", 1)).await;
        let kind = json.headers.get(header::CONTENT_TYPE).expect("a type");
        assert_eq!(kind, "application/json", "{page}");
        assert!(
            json.html.contains("\"shown\": \"both\""),
            "{page}: {}",
            json.html
        );
    }
    site.stop().await;
}
