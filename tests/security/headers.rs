//! What every answer carries, whatever it is an answer to.

use reqwest::{Client, StatusCode, header};

use crate::support::{
    Engine, SiteBuilder, TestSite,
    officers::Officer,
    people::{Resident, Seen, browser},
};

const PLAN: &str = "police-and-crime-plan";

fn value<'a>(seen: &'a Seen, name: &str) -> &'a str {
    seen.headers
        .get(name)
        .map(|value| value.to_str().unwrap())
        .unwrap_or_default()
}

fn is_strict(what: &str, seen: &Seen, is_secure: bool) {
    let policy = value(seen, "content-security-policy");
    let directives: Vec<&str> = policy.split(';').map(str::trim).collect();
    for wanted in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(directives.contains(&wanted), "{what}: {policy:?}");
    }
    for loose in ["unsafe", "*", "data:", "http:", "https:", "blob:"] {
        assert!(!policy.contains(loose), "{what}: {policy:?}");
    }
    assert_eq!(value(seen, "x-content-type-options"), "nosniff", "{what}");
    assert_eq!(value(seen, "referrer-policy"), "same-origin", "{what}");
    assert_eq!(value(seen, "x-frame-options"), "DENY", "{what}");
    assert_eq!(value(seen, "cross-origin-opener-policy"), "same-origin", "{what}");
    assert!(value(seen, "permissions-policy").contains("geolocation=()"), "{what}");
    let transport = value(seen, "strict-transport-security");
    if is_secure {
        let age = transport.split(';').next().unwrap().strip_prefix("max-age=");
        assert!(age.unwrap().parse::<u64>().unwrap() >= 31_536_000, "{what}: {transport:?}");
    } else {
        assert_eq!(transport, "", "{what}: not under http");
    }
    assert_eq!(value(seen, "server"), "", "{what}");
    assert_eq!(value(seen, "access-control-allow-origin"), "", "{what}");
    // Pages load nothing from elsewhere and hold nothing that the policy forbids.
    if value(seen, "content-type").starts_with("text/html") {
        nothing_inline(what, &seen.html);
    }
}

fn nothing_inline(what: &str, html: &str) {
    let page = scraper::Html::parse_document(html);
    let all = scraper::Selector::parse("*").unwrap();
    for element in page.select(&all) {
        let element = element.value();
        assert!(element.attr("style").is_none(), "{what}: a style attribute");
        for (name, value) in element.attrs() {
            assert!(!name.starts_with("on"), "{what}: {name}={value}");
            assert!(!value.trim_start().to_lowercase().starts_with("javascript:"), "{what}: {value}");
        }
        if matches!(element.name(), "script" | "link" | "img" | "iframe" | "object" | "embed" | "source") {
            let address = element.attr("src").or(element.attr("href")).unwrap_or("/");
            assert!(
                address.starts_with('/') && !address.starts_with("//"),
                "{what}: {address} is from elsewhere"
            );
        }
        assert!(element.name() != "style", "{what}: a style element");
    }
    let scripts = scraper::Selector::parse("script").unwrap();
    for script in page.select(&scripts) {
        assert!(script.value().attr("src").is_some(), "{what}: a script inline");
        assert!(script.text().all(|text| text.trim().is_empty()), "{what}");
    }
}

/// The two necessary cookies, and how they must be set.
fn cookies_are_careful(what: &str, seen: &Seen, is_secure: bool) -> usize {
    let set = seen.headers.get_all(header::SET_COOKIE);
    for cookie in set {
        let cookie = cookie.to_str().unwrap();
        let (name, _) = cookie.split_once('=').unwrap();
        let attributes: Vec<String> = cookie
            .split(';')
            .skip(1)
            .map(|attribute| attribute.trim().to_lowercase())
            .collect();
        let path = match name {
            "hys_response" => "path=/surveys/",
            "hys_officer" => "path=/admin",
            other => panic!("{what}: an unnecessary cookie {other}"),
        };
        assert!(attributes.iter().any(|given| given.starts_with(path)), "{what}: {cookie}");
        assert!(attributes.contains(&"httponly".to_owned()), "{what}: {cookie}");
        assert!(attributes.contains(&"samesite=lax".to_owned()), "{what}: {cookie}");
        assert!(attributes.iter().any(|given| given.starts_with("max-age=")), "{what}: {cookie}");
        assert!(!attributes.iter().any(|given| given.starts_with("domain")), "{what}: {cookie}");
        assert_eq!(attributes.contains(&"secure".to_owned()), is_secure, "{what}: {cookie}");
    }
    set.iter().count()
}

async fn get(client: &Client, site: &TestSite, path: &str) -> Seen {
    Seen::of(client.get(site.url(path)).send().await.unwrap()).await
}

/// The first style sheet of a page, as an example of a file.
fn style_of(html: &str) -> String {
    let page = scraper::Html::parse_document(html);
    let link = scraper::Selector::parse("link[rel=stylesheet]").unwrap();
    let link = page.select(&link).next().and_then(|link| link.value().attr("href"));
    link.unwrap_or("/favicon.ico").to_owned()
}

async fn every_answer_is_strict(site: &TestSite, origin: &str, is_secure: bool) {
    let client = browser();
    let hub = get(&client, site, "/").await;
    let style = style_of(&hub.html);
    let mut cookies = 0;
    for path in [
        "/",
        "/privacy",
        "/cookies",
        "/accessibility",
        "/contact",
        "/healthz",
        "/readyz",
        "/favicon.ico",
        "/robots.txt",
        style.as_str(),
        "/assets/none.css",
        "/no/such/page",
        "/surveys/none",
        "/surveys/police-and-crime-plan",
        "/surveys/police-and-crime-plan/respond/check",
        "/surveys/police-and-crime-plan/respond/exit",
        "/admin",
        "/admin/sign-in",
        "/admin/welcome/AAAA",
        "/%ff",
        "/surveys/%00/respond/a",
    ] {
        let seen = get(&client, site, path).await;
        is_strict(path, &seen, is_secure);
        cookies += cookies_are_careful(path, &seen, is_secure);
        let is_file = path == style || path == "/favicon.ico" || path == "/robots.txt";
        if !is_file {
            assert_eq!(value(&seen, "cache-control"), "no-store", "{path}");
        }
    }
    let form = |path: &str, body: &'static str, from: &str| {
        let request = client.post(site.url(path)).header(header::ORIGIN, from);
        request
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
            .send()
    };
    let start = format!("/surveys/{PLAN}/start");
    for (path, body, from, status) in [
        (start.as_str(), "", origin, StatusCode::SEE_OTHER),
        (start.as_str(), "", "https://evil.example", StatusCode::FORBIDDEN),
        ("/admin/sign-in", "email=&password=", origin, StatusCode::UNPROCESSABLE_ENTITY),
        ("/admin/sign-in", "email=%ff", origin, StatusCode::BAD_REQUEST),
        ("/privacy", "", origin, StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let seen = Seen::of(form(path, body, from).await.unwrap()).await;
        assert_eq!(seen.status, status, "{path} {body}");
        is_strict(path, &seen, is_secure);
        assert_eq!(value(&seen, "cache-control"), "no-store", "{path}");
        cookies += cookies_are_careful(path, &seen, is_secure);
    }
    assert!(cookies > 0, "some answers set a cookie");
}

#[tokio::test]
async fn every_answer_is_strict_under_http() {
    let site = TestSite::on(Engine::Sqlite).await;
    every_answer_is_strict(&site, &site.base, false).await;
    // The pages of a journey and the officers' too, with the files they give out.
    let resident = Resident::of(&site, PLAN);
    let mut page = resident.start().await;
    for _ in 0..60 {
        is_strict(&page.path, &page, false);
        cookies_are_careful(&page.path, &page, false);
        assert_eq!(value(&page, "cache-control"), "no-store", "{}", page.path);
        if page.path.ends_with("/done") {
            break;
        }
        let pairs = page.form().plain_answers();
        let saved = resident.post(&page.path, &pairs).await;
        is_strict(&page.path, &saved, false);
        cookies_are_careful(&page.path, &saved, false);
        page = resident.follow(saved).await;
    }
    assert!(page.path.ends_with("/done"), "{}", page.path);
    let copy = resident.get(&page.path.replace("done", "copy")).await;
    is_strict("copy", &copy, false);
    let officer = Officer::with_role(&site, have_your_say::storage::users::Role::Officer).await;
    for below in ["", "/questions", "/questions.csv", "/questions.json", "/themes", "/themes.svg", "/themes.csv", "/comments", "/exports", "/question/age", "/questions?area=none", "/no.such"] {
        let path = format!("/admin/surveys/{PLAN}{below}");
        let seen = officer.get(&path).await;
        is_strict(&path, &seen, false);
        assert_eq!(value(&seen, "cache-control"), "no-store", "{path}");
        cookies_are_careful(&path, &seen, false);
    }
    site.stop().await;
}

#[tokio::test]
async fn every_answer_is_strict_under_https() {
    let site = SiteBuilder::on(Engine::Sqlite)
        .setting("HYS_BASE_URL", "https://say.example")
        .start()
        .await;
    every_answer_is_strict(&site, "https://say.example", true).await;
    site.stop().await;
}

#[tokio::test]
async fn links_never_follow_what_a_request_says_of_its_host() {
    for base in [None, Some("https://say.example")] {
        let mut builder = SiteBuilder::on(Engine::Sqlite);
        if let Some(base) = base {
            builder = builder.setting("HYS_BASE_URL", base);
        }
        let site = builder.start().await;
        let origin = base.unwrap_or(&site.base);
        let client = browser();
        for path in ["/", "/privacy", "/surveys/police-and-crime-plan", "/admin", "/admin/sign-in", "/no/such/page", "/surveys/police-and-crime-plan/respond/check"] {
            let answer = client
                .get(site.url(path))
                .header(header::HOST, "evil.example")
                .header("x-forwarded-host", "evil.example")
                .header("x-forwarded-proto", "https")
                .header("forwarded", "host=evil.example;proto=https")
                .send()
                .await
                .unwrap();
            let seen = Seen::of(answer).await;
            assert!(!seen.html.contains("evil.example"), "{path}");
            assert!(!seen.location.unwrap_or_default().contains("evil.example"), "{path}");
        }
        let forged = client
            .post(site.url(&format!("/surveys/{PLAN}/start")))
            .header(header::HOST, "evil.example")
            .header(header::ORIGIN, "http://evil.example")
            .send()
            .await
            .unwrap();
        assert_eq!(forged.status(), StatusCode::FORBIDDEN, "a host is no origin");
        let ours = client
            .post(site.url(&format!("/surveys/{PLAN}/start")))
            .header(header::ORIGIN, origin)
            .send()
            .await
            .unwrap();
        assert_eq!(ours.status(), StatusCode::SEE_OTHER);
        site.stop().await;
    }
}
