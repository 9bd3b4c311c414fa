//! The route table, walked: who gets what, by every method, signed in or not.

use std::collections::{BTreeMap, BTreeSet};

use have_your_say::{
    storage::users::Role,
    web::{
        access::{Access, Capability},
        routes::table,
    },
};
use reqwest::{Client, Method, Response, StatusCode, header};

use crate::support::{
    Engine, TestSite, default_survey,
    office::{Officer, draft},
    people::{Resident, Seen, browser},
};

const PLAN: &str = "police-and-crime-plan";

/// An address that a pattern matches and that leads somewhere.
pub(super) fn example(pattern: &str) -> String {
    let page = if pattern.starts_with("/admin") {
        "questions"
    } else {
        "about-you"
    };
    let file = if pattern.starts_with("/admin") {
        "answers-codes.csv"
    } else {
        "none.css"
    };
    pattern
        .replace("{slug}", PLAN)
        .replace("{page}", page)
        .replace("{file}", file)
        .replace("{key}", "age")
        .replace("{area}", "E07000076")
        .replace("{token}", "AAAA")
        .replace("{id}", "019324a6-8a12-7000-8000-000000000001")
}

async fn send(client: &Client, site: &TestSite, method: Method, path: &str) -> Response {
    client
        .request(method, site.url(path))
        .header(header::ORIGIN, &site.base)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .send()
        .await
        .unwrap()
}

/// The officers' routes of the table.
fn officers_routes() -> Vec<(Method, String, Capability)> {
    table()
        .into_iter()
        .filter_map(|route| {
            let capability = match route.access {
                Access::Officer(capability) | Access::Confirmed(capability) => capability,
                // Whoever is signed in has this one.
                Access::SignedIn | Access::SettingUp => Capability::OwnAccount,
                Access::Public | Access::Respondent => return None,
            };
            let method = Method::from_bytes(route.method.as_str().as_bytes()).unwrap();
            Some((method, example(route.pattern), capability))
        })
        .collect()
}

#[test]
fn only_the_doors_of_the_office_are_open_to_all() {
    let open: Vec<String> = table()
        .iter()
        .filter(|route| route.pattern.starts_with("/admin"))
        .filter(|route| matches!(route.access, Access::Public | Access::Respondent))
        .map(|route| format!("{} {}", route.method, route.pattern))
        .collect();
    let doors = [
        "GET /admin/sign-in",
        "POST /admin/sign-in",
        "GET /admin/welcome/{token}",
        "POST /admin/welcome/{token}",
        "GET /admin/sign-in/code",
        "POST /admin/sign-in/code",
        "GET /admin/forgot",
        "POST /admin/forgot",
        "GET /admin/reset/{token}",
        "POST /admin/reset/{token}",
    ];
    assert_eq!(open, doors);
}

#[test]
fn what_each_role_may_do_is_as_the_office_was_told() {
    use Capability::{
        EditSurveys, EraseResponses, Export, FreezeResults, ManagePeople, OwnAccount, ReadComments,
        SeeAudit, SeeResults, SeeSensitive,
    };
    let may = |role: Role| {
        [
            SeeResults,
            ReadComments,
            Export,
            SeeSensitive,
            FreezeResults,
            EditSurveys,
            EraseResponses,
            OwnAccount,
            SeeAudit,
            ManagePeople,
        ]
        .map(|capability| capability.is_of(role))
    };
    let first = |count: usize| std::array::from_fn(|place| place < count);
    assert_eq!(may(Role::Administrator), [true; 10]);
    assert_eq!(may(Role::Officer), first(8));
    // Results, and their own account.
    assert_eq!(
        may(Role::Comms),
        std::array::from_fn(|place| place == 0 || place == 7)
    );
    assert_eq!(may(Role::Clerk), std::array::from_fn(|place| place == 7));
}

#[tokio::test]
async fn nobody_gets_anything_but_sign_in_from_officers_routes() {
    let site = TestSite::on(Engine::Sqlite).await;
    let routes = officers_routes();
    assert!(routes.len() >= 8);
    let forged = [
        None,
        Some("hys_officer=".to_owned()),
        Some(format!("hys_officer={}", "A".repeat(43))),
        Some(format!("hys_response={}", "A".repeat(64))),
    ];
    for (method, path, _) in routes {
        for cookie in &forged {
            let client = browser();
            let mut request = client
                .request(method.clone(), site.url(&path))
                .header(header::ORIGIN, &site.base);
            if let Some(cookie) = cookie {
                request = request.header(header::COOKIE, cookie);
            }
            let seen = Seen::of(request.send().await.unwrap()).await;
            if method == Method::GET {
                assert_eq!(seen.status, StatusCode::SEE_OTHER, "{path}");
                assert_eq!(seen.location.as_deref(), Some("/admin/sign-in"), "{path}");
                assert!(seen.html.is_empty(), "{path}: {}", seen.html);
            } else {
                assert_eq!(seen.status, StatusCode::FORBIDDEN, "{method} {path}");
            }
            let head = send(&browser(), &site, Method::HEAD, &path).await.status();
            assert!(!head.is_success(), "HEAD {path}: {head}");
        }
    }
    site.stop().await;
}

#[tokio::test]
async fn each_role_gets_what_it_may_and_is_refused_the_rest() {
    let site = TestSite::on(Engine::Sqlite).await;
    draft(&site, &default_survey()).await;
    for role in [Role::Administrator, Role::Officer, Role::Comms, Role::Clerk] {
        let officer = Officer::with_role(&site, role).await;
        for (method, path, capability) in officers_routes() {
            let answer = send(&officer.client, &site, method.clone(), &path).await;
            let seen = Seen::of(answer).await;
            if !capability.is_of(role) {
                assert_eq!(
                    seen.status,
                    StatusCode::FORBIDDEN,
                    "{role:?} {method} {path}"
                );
                assert!(
                    !seen.says("Plan survey"),
                    "{role:?} {path}: {}",
                    seen.text()
                );
            } else if method == Method::GET {
                // Nobody has the account of the example.
                let nobody = path.starts_with("/admin/people/0");
                let found = if nobody {
                    StatusCode::NOT_FOUND
                } else {
                    StatusCode::OK
                };
                assert_eq!(seen.status, found, "{role:?} {path}: {}", seen.text());
            } else {
                // Allowed, but for the form's token.
                assert_eq!(seen.status, StatusCode::FORBIDDEN, "{role:?} {path}");
                assert_ne!(seen.location.as_deref(), Some("/admin/sign-in"));
            }
        }
    }
    site.stop().await;
}

#[tokio::test]
async fn no_other_way_to_a_page_gets_around_its_guard() {
    let site = TestSite::on(Engine::Sqlite).await;
    let comms = Officer::with_role(&site, Role::Comms).await;
    let below = format!("/admin/surveys/{PLAN}");
    for path in [
        format!("{below}/comments"),
        format!("{below}/comments?q=a"),
        format!("{below}//comments"),
        format!("{below}/comments/"),
        format!("{below}/%63omments"),
        format!("{below}/comments.csv"),
        format!("{below}/comments.json"),
        format!("{below}/themes/../comments"),
        format!("{below}/exports/answers-codes-sensitive.csv"),
        format!("{below}/exports/answers-labels-sensitive.csv"),
    ] {
        let seen = comms.get(&path).await;
        assert!(!seen.status.is_success(), "{path}: {}", seen.status);
    }
    for path in [
        "/admin/",
        "//admin",
        "/admin/../admin",
        "/ADMIN",
        "/admin;a=b",
        "/%61dmin",
    ] {
        let seen = Officer::stranger(&site).get(path).await;
        assert!(!seen.status.is_success(), "{path}: {}", seen.status);
    }
    site.stop().await;
}

#[tokio::test]
async fn methods_that_no_route_takes_are_refused() {
    let site = TestSite::on(Engine::Sqlite).await;
    let mut taken: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let routes = table();
    for route in &routes {
        let methods = taken.entry(route.pattern).or_default();
        methods.insert(route.method.to_string());
    }
    for (pattern, methods) in taken {
        for method in [
            "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND",
        ] {
            if methods.contains(method) {
                continue;
            }
            let named = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = send(&browser(), &site, named, &example(pattern)).await;
            assert_eq!(
                answer.status(),
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {pattern}"
            );
        }
    }
    site.stop().await;
}

/// Forms as another site would send them, with everything the browser adds by itself.
#[tokio::test]
async fn forms_from_other_sites_are_refused_by_every_route() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::with_role(&site, Role::Administrator).await;
    let resident = Resident::of(&site, PLAN);
    let first = resident.start().await;
    resident.answer(&first, &first.form().plain_answers()).await;
    let posts: Vec<String> = table()
        .iter()
        .filter(|route| route.method.as_str() == "POST")
        .map(|route| example(route.pattern))
        .collect();
    assert!(posts.len() >= 7);
    let foreign = [
        (header::ORIGIN.as_str(), "https://evil.example"),
        (header::ORIGIN.as_str(), "null"),
        (header::ORIGIN.as_str(), ""),
        (header::ORIGIN.as_str(), "http://localhost.evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
    ];
    for path in posts {
        for client in [&officer.client, &resident.client] {
            for (name, value) in foreign {
                let answer = client
                    .post(site.url(&path))
                    .header(name, value)
                    .form(&[("a", "b")])
                    .send()
                    .await
                    .unwrap();
                assert_eq!(
                    answer.status(),
                    StatusCode::FORBIDDEN,
                    "{path} {name}: {value}"
                );
                assert!(answer.headers().get(header::SET_COOKIE).is_none(), "{path}");
            }
        }
    }
    site.stop().await;
}

/// Start, the pages of signing in and a one-time link have no session yet whose token a form could carry.
const WITHOUT_TOKEN: [&str; 6] = [
    "/start",
    "/admin/sign-in",
    "/admin/sign-in/code",
    "/admin/welcome/AAAA",
    "/admin/forgot",
    "/admin/reset/AAAA",
];

#[tokio::test]
async fn forms_without_their_token_are_refused_by_every_route() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::with_role(&site, Role::Administrator).await;
    let resident = Resident::of(&site, PLAN);
    let first = resident.start().await;
    let other = Resident::of(&site, PLAN).start().await;
    let others_token = other.form().hidden("csrf").unwrap().to_owned();
    resident.answer(&first, &first.form().plain_answers()).await;
    for route in table() {
        let path = example(route.pattern);
        if route.method.as_str() != "POST" || WITHOUT_TOKEN.iter().any(|end| path.ends_with(end)) {
            continue;
        }
        let client = if path.starts_with("/admin") {
            &officer.client
        } else {
            &resident.client
        };
        for token in [None, Some(""), Some("AAAA"), Some(others_token.as_str())] {
            let pairs: Vec<(&str, &str)> = token.map(|token| ("csrf", token)).into_iter().collect();
            let answer = client
                .post(site.url(&path))
                .header(header::ORIGIN, &site.base)
                .form(&pairs)
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path} {token:?}");
        }
    }
    assert_eq!(
        officer.get("/admin").await.status,
        StatusCode::OK,
        "still signed in"
    );
    site.stop().await;
}

#[tokio::test]
async fn a_session_ends_at_sign_out_for_whoever_copied_its_cookie() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::with_role(&site, Role::Officer).await;
    let thief = officer.client.clone();
    let home = officer.get("/admin").await;
    let page = scraper::Html::parse_document(&home.html);
    let hidden =
        scraper::Selector::parse("form[action='/admin/sign-out'] input[name=csrf]").unwrap();
    let token = page
        .select(&hidden)
        .next()
        .and_then(|input| input.value().attr("value"))
        .expect("a sign-out form")
        .to_owned();
    let out = officer.post("/admin/sign-out", &[("csrf", &token)]).await;
    assert_eq!(
        out.location.as_deref(),
        Some("/admin/sign-in"),
        "{}",
        out.text()
    );
    let after = thief.get(site.url("/admin")).send().await.unwrap();
    assert_eq!(after.status(), StatusCode::SEE_OTHER);
    site.stop().await;
}

#[tokio::test]
async fn comms_see_neither_comments_nor_special_category_answers() {
    let site = TestSite::on(Engine::Sqlite).await;
    Resident::of(&site, PLAN).complete().await;
    let officer = Officer::with_role(&site, Role::Officer).await;
    let comms = Officer::with_role(&site, Role::Comms).await;
    let words = "More lights by the park";
    let comments = officer
        .get(&format!("/admin/surveys/{PLAN}/comments"))
        .await;
    assert!(comments.says(words), "{}", comments.text());
    for page in [
        "",
        "/questions",
        "/question/ethnicity",
        "/question/change",
        "/themes",
        "/exports",
        "/questions.csv",
        "/questions.json",
        "/question/ethnicity.csv",
    ] {
        let seen = comms.get(&format!("/admin/surveys/{PLAN}{page}")).await;
        assert!(!seen.html.contains(words), "{page} shows what people wrote");
        assert!(
            !seen.html.contains("Bangladeshi"),
            "{page} shows ethnic groups"
        );
        assert!(
            !seen.html.contains("sensitive.csv"),
            "{page} offers what is refused"
        );
    }
    let seen = officer
        .get(&format!("/admin/surveys/{PLAN}/question/ethnicity"))
        .await;
    assert_eq!(seen.status, StatusCode::OK);
    site.stop().await;
}
