//! Every way to be refused: its status, a page in the design that says so, and a reference to quote.

use reqwest::{Client, RequestBuilder, StatusCode, header};

use crate::support::{
    Engine, OwnPostgres, TestSite,
    officers::Officer,
    people::{Resident, Seen, browser},
    rows::Rows,
};

const PLAN: &str = "police-and-crime-plan";

/// A page that explains a failure: in the design system, with a way on and a reference, and no inner words.
fn is_an_error_page(what: &str, seen: &Seen, status: StatusCode) {
    assert_eq!(seen.status, status, "{what}: {}", seen.text());
    let page = scraper::Html::parse_document(&seen.html);
    let one = |css: &str| {
        let found = page.select(&scraper::Selector::parse(css).unwrap());
        let texts: Vec<String> = found.map(|element| element.text().collect()).collect();
        assert_eq!(texts.len(), 1, "{what}: {css} in {}", seen.html);
        texts.into_iter().next().unwrap()
    };
    let title = one("title");
    let heading = one("main h1");
    assert!(title.contains(heading.trim()), "{what}: {title} {heading}");
    assert!(seen.html.contains("govuk-heading-"), "{what}");
    let reference = seen
        .text()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| word.len() == 10 && word.chars().all(|c| c.is_ascii_hexdigit()));
    assert!(reference, "{what}: no reference in {}", seen.text());
    for inner in ["panicked", "src/", "sqlx", "sea_orm", "SELECT", "stack"] {
        assert!(!seen.html.contains(inner), "{what}: {inner}");
    }
}

fn form(client: &Client, site: &TestSite, path: &str) -> RequestBuilder {
    client
        .post(site.url(path))
        .header(header::ORIGIN, &site.base)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

#[tokio::test]
async fn every_refusal_has_its_page_and_a_reference() {
    let site = TestSite::on(Engine::Sqlite).await;
    let sam = Resident::of(&site, PLAN);
    let first = sam.start().await;
    let second = sam.answer(&first, &first.form().plain_answers()).await;
    let token = first.form().hidden("csrf").unwrap().to_owned();
    for path in ["/no/such/page", "/surveys/none", "/assets/none.css", "/admin/none/none/none"] {
        is_an_error_page(path, &sam.get(path).await, StatusCode::NOT_FOUND);
    }
    let none = format!("/surveys/{PLAN}/respond/no-such-page");
    is_an_error_page(&none, &sam.get(&none).await, StatusCode::NOT_FOUND);
    let post = async |what: &str, request: RequestBuilder, status: StatusCode| {
        let seen = Seen::of(request.send().await.unwrap()).await;
        is_an_error_page(what, &seen, status);
    };
    let here = || form(&sam.client, &site, &second.path);
    post("put", sam.client.put(site.url("/")), StatusCode::METHOD_NOT_ALLOWED).await;
    post("no token", here().body("a=b"), StatusCode::FORBIDDEN).await;
    let elsewhere = sam
        .client
        .post(site.url(&second.path))
        .header(header::ORIGIN, "https://evil.example");
    post("from elsewhere", elsewhere.form(&[("a", "b")]), StatusCode::FORBIDDEN).await;
    for body in ["a=%ff", "a=%c3%28", "%ff=a", "a=%00", "a%00b=c"] {
        let body = format!("csrf={token}&{body}");
        post(&body, here().body(body.clone()), StatusCode::BAD_REQUEST).await;
    }
    let raw = [b"csrf=a&b=".as_slice(), &[0xff, 0xfe, 0x00]].concat();
    post("raw bytes", here().body(raw), StatusCode::BAD_REQUEST).await;
    let many = format!("csrf={token}{}", "&a=1".repeat(10_000));
    post("10,000 fields", here().body(many), StatusCode::PAYLOAD_TOO_LARGE).await;
    let json = sam
        .client
        .post(site.url(&second.path))
        .header(header::ORIGIN, &site.base);
    let json = json.header(header::CONTENT_TYPE, "application/json").body("{}");
    post("json", json, StatusCode::UNSUPPORTED_MEDIA_TYPE).await;
    let nothing = sam
        .client
        .post(site.url(&second.path))
        .header(header::ORIGIN, &site.base)
        .body("a=b");
    post("no type", nothing, StatusCode::UNSUPPORTED_MEDIA_TYPE).await;
    let other = sam.get(&second.path).await;
    assert_eq!(other.status, StatusCode::OK, "nothing of it broke the journey");
    site.stop().await;
}

#[tokio::test]
async fn five_megabytes_are_refused_without_being_read() {
    let site = TestSite::on(Engine::Sqlite).await;
    let sam = Resident::of(&site, PLAN);
    let first = sam.start().await;
    for path in [first.path.as_str(), "/admin/sign-in", "/surveys/police-and-crime-plan/respond/check"] {
        let body = "a=".to_owned() + &"x".repeat(5 * 1024 * 1024);
        let answer = form(&sam.client, &site, path).body(body).send().await;
        // The server may close the connection before all of it is sent; what a browser sees of it is the page.
        if let Ok(answer) = answer {
            let seen = Seen::of(answer).await;
            is_an_error_page(path, &seen, StatusCode::PAYLOAD_TOO_LARGE);
        }
    }
    assert_eq!(sam.get("/healthz").await.status, StatusCode::OK);
    site.stop().await;
}

#[tokio::test]
async fn officers_are_told_what_an_address_may_name() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::with_role(&site, have_your_say::storage::users::Role::Officer).await;
    let survey = format!("/admin/surveys/{PLAN}");
    for query in [
        "questions?area=nowhere",
        "questions?age=<script>alert(1)</script>",
        "questions?no_such_filter=1",
        "questions?from=2026-13-45",
        "themes?areas=planets",
        "comments?after=%00",
        "comments?question=no_such_question",
        "questions.csv?area=nowhere",
        "exports?area=nowhere",
    ] {
        let seen = officer.get(&format!("{survey}/{query}")).await;
        is_an_error_page(query, &seen, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!seen.html.contains("<script>alert"), "{query}");
    }
    for path in ["no-such-page", "question/no_such_question", "exports/no-such-file.csv"] {
        let seen = officer.get(&format!("{survey}/{path}")).await;
        is_an_error_page(path, &seen, StatusCode::NOT_FOUND);
    }
    is_an_error_page("survey", &officer.get("/admin/surveys/none").await, StatusCode::NOT_FOUND);
    let clerk = Officer::with_role(&site, have_your_say::storage::users::Role::Clerk).await;
    is_an_error_page("clerk", &clerk.get(&survey).await, StatusCode::FORBIDDEN);
    site.stop().await;
}

#[tokio::test]
async fn signing_in_is_limited_and_says_so_with_the_same_words() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::with_role(&site, have_your_say::storage::users::Role::Officer).await;
    let stranger = Officer::stranger(&site);
    let email = "officer@example.org";
    let wrong = [("email", email), ("password", "not this one")];
    let mut statuses = Vec::new();
    let mut words = std::collections::BTreeSet::new();
    for _ in 0..12 {
        let seen = stranger.post("/admin/sign-in", &wrong).await;
        words.insert(seen.text());
        statuses.push(seen.status);
        if seen.status == StatusCode::TOO_MANY_REQUESTS {
            let wait = seen.headers.get(header::RETRY_AFTER).unwrap();
            assert!(wait.to_str().unwrap().parse::<u32>().unwrap() > 0);
        }
    }
    assert_eq!(statuses[0], StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(statuses[11], StatusCode::TOO_MANY_REQUESTS, "{statuses:?}");
    assert_eq!(words.len(), 1, "whether an account is locked is not told: {words:?}");
    // Even the right password waits, another account does not, and who is signed in stays so.
    let right = [("email", email), ("password", "a long enough password")];
    let locked = stranger.post("/admin/sign-in", &right).await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
    let unknown = [("email", "nobody@example.org"), ("password", "x")];
    let unknown = stranger.post("/admin/sign-in", &unknown).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = unknown.text().replace("nobody@example.org", email);
    assert!(words.contains(&said), "an unknown account sounds the same: {said}");
    assert_eq!(officer.get("/admin").await.status, StatusCode::OK);
    // An address and an account are counted by keyed hashes only.
    let rows = Rows::of(&site.database_url).await;
    let kept: String = rows
        .one("SELECT group_concat(hex(key)) FROM rate_limit", Vec::new())
        .await
        .unwrap();
    for private in [email, "127.0.0.1"] {
        let hex: String = private.bytes().map(|byte| format!("{byte:02X}")).collect();
        assert!(!kept.contains(&hex), "{private}");
    }
    rows.close().await;
    site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_is_said_on_every_page_that_needs_it() {
    let site = TestSite::on(Engine::Postgres).await;
    let sam = Resident::of(&site, PLAN);
    let first = sam.start().await;
    let second = sam.answer(&first, &first.form().plain_answers()).await;
    let (_, name) = site.database_url.rsplit_once('/').unwrap();
    let allow = |allowed: bool| format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}");
    OwnPostgres::on_server(&allow(false)).await;
    let database = OwnPostgres {
        url: site.database_url.clone(),
        name: name.to_owned(),
    };
    database.cut().await;
    for path in [second.path.as_str(), "/surveys/police-and-crime-plan/respond/check", "/readyz"] {
        is_an_error_page(path, &sam.get(path).await, StatusCode::SERVICE_UNAVAILABLE);
    }
    let saved = sam.post(&second.path, &second.form().plain_answers()).await;
    is_an_error_page("save", &saved, StatusCode::SERVICE_UNAVAILABLE);
    let sign_in = [("email", "a@example.org"), ("password", "b")];
    let sign_in = Officer::stranger(&site).post("/admin/sign-in", &sign_in).await;
    is_an_error_page("sign-in", &sign_in, StatusCode::SERVICE_UNAVAILABLE);
    // What needs no database is there, and Exit this page above all.
    for path in ["/", "/privacy", "/surveys/police-and-crime-plan", "/healthz"] {
        assert_eq!(sam.get(path).await.status, StatusCode::OK, "{path}");
    }
    let exit = sam.get(&format!("/surveys/{PLAN}/respond/exit")).await;
    assert_eq!(exit.status, StatusCode::SEE_OTHER);
    OwnPostgres::on_server(&allow(true)).await;
    let again = browser().get(site.url("/readyz")).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::OK);
    site.stop().await;
}
