//! Accounts, sessions, and the guard before every page.

use have_your_say::{
    storage::users::Role,
    web::{access::Access, routes},
};
use reqwest::{Method, StatusCode, header};

use crate::support::{
    BOTH, Engine, TestSite,
    office::{EMAIL, Officer, PASSWORD, first_link},
};

#[actix_web::test]
async fn the_first_administrator_comes_in_by_a_link_that_works_once() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let officer = Officer::administrator(&site).await;
        let surveys = officer.get("/admin").await;
        assert_eq!(surveys.status, StatusCode::OK, "{}", surveys.html);
        assert!(surveys.says("Police and Crime Plan survey"));

        let late = Officer::stranger(&site);
        let again = late.get(&first_link(&site)).await;
        assert_eq!(again.status, StatusCode::GONE);
        let fields = [
            ("name", "Eve"),
            ("email", "eve@example.org"),
            ("password", PASSWORD),
        ];
        assert_eq!(
            late.post(&first_link(&site), &fields).await.status,
            StatusCode::GONE
        );
        assert_eq!(
            late.sign_in("eve@example.org", PASSWORD).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        site.stop().await;
    }
}

#[actix_web::test]
async fn a_faulty_account_keeps_what_was_typed_and_the_link() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::stranger(&site);
    let link = first_link(&site);
    let faulty = officer
        .post(
            &link,
            &[("name", " "), ("email", "nobody"), ("password", "short")],
        )
        .await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Enter your name",
        "Enter an email address",
        "Use at least 12 characters",
    ] {
        assert!(faulty.says(words), "{}", faulty.text());
    }
    assert!(faulty.html.contains("value=\"nobody\""));
    assert!(
        !faulty.html.contains("short\""),
        "a password is never sent back"
    );
    assert_eq!(officer.get(&link).await.status, StatusCode::OK);
    site.stop().await;
}

#[actix_web::test]
async fn every_failure_to_sign_in_says_the_same() {
    let site = TestSite::on(Engine::Sqlite).await;
    Officer::administrator(&site).await;
    let somebody = Officer::stranger(&site);
    let wrong = somebody.sign_in(EMAIL, "not-the-password").await;
    let unknown = somebody.sign_in("nobody@example.org", PASSWORD).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        wrong.text().replace(EMAIL, ""),
        unknown.text().replace("nobody@example.org", "")
    );
    let blank = somebody.sign_in("", "").await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(blank.says("Enter your email address") && blank.says("Enter your password"));

    let mut last = wrong;
    for _ in 0..12 {
        last = somebody.sign_in(EMAIL, "not-the-password").await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.headers.contains_key(header::RETRY_AFTER));
    assert_eq!(
        last.text(),
        unknown.text().replace("nobody@example.org", EMAIL)
    );
    site.stop().await;
}

#[actix_web::test]
async fn signing_out_ends_the_session_and_needs_the_sessions_own_form() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    let cookie = officer.get("/admin").await;
    assert_eq!(
        officer.post("/admin/sign-out", &[]).await.status,
        StatusCode::FORBIDDEN
    );
    let marker = "name=\"csrf\" value=\"";
    let from = cookie.html.find(marker).expect("a token") + marker.len();
    let token = cookie.html[from..]
        .split('"')
        .next()
        .expect("its end")
        .to_owned();
    let out = officer.post("/admin/sign-out", &[("csrf", &token)]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    let after = officer.get("/admin").await;
    assert_eq!(after.location.as_deref(), Some("/admin/sign-in"));
    site.stop().await;
}

#[actix_web::test]
async fn the_sessions_cookie_is_kept_from_scripts_and_other_sites() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::with_role(&site, Role::Officer).await;
    let email = "officer@example.org";
    let signed_in = officer.sign_in(email, PASSWORD).await;
    let cookies = signed_in.headers.get_all(header::SET_COOKIE);
    let cookie = cookies
        .iter()
        .map(|cookie| cookie.to_str().expect("text"))
        .find(|cookie| cookie.starts_with("hys_officer="))
        .expect("a session");
    for part in ["hys_officer=", "HttpOnly", "SameSite=Lax", "Path=/admin"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let request = officer
        .client
        .post(site.url("/admin/sign-in"))
        .header(header::ORIGIN, "https://elsewhere.example");
    let stolen = request
        .form(&[("email", email), ("password", PASSWORD)])
        .send()
        .await
        .expect("an answer");
    assert_eq!(stolen.status(), StatusCode::FORBIDDEN);
    site.stop().await;
}

#[actix_web::test]
async fn no_officers_page_opens_to_a_stranger() {
    let site = TestSite::on(Engine::Sqlite).await;
    let stranger = Officer::stranger(&site);
    let mut guarded = 0;
    for route in routes::table() {
        let is_guarded = !matches!(route.access, Access::Public | Access::Respondent);
        let is_way_in = route.pattern.starts_with("/admin/sign-in")
            || route.pattern.starts_with("/admin/welcome")
            || route.pattern.starts_with("/admin/forgot")
            || route.pattern.starts_with("/admin/reset");
        assert_eq!(
            is_guarded,
            route.pattern.starts_with("/admin") && !is_way_in,
            "{} asks {:?}",
            route.pattern,
            route.access
        );
        if !is_guarded {
            continue;
        }
        guarded += 1;
        let path = route
            .pattern
            .replace("{slug}", "police-and-crime-plan")
            .replace("{page}", "themes")
            .replace("{key}", "age")
            .replace("{area}", "E07000076")
            .replace("{id}", "019324a6-8a12-7000-8000-000000000001")
            .replace("{file}", "answers-codes.csv");
        let method: Method = route.method.as_str().parse().expect("a method");
        let seen = stranger.ask(method.clone(), &path).await;
        if method == Method::GET {
            assert_eq!(seen.location.as_deref(), Some("/admin/sign-in"), "{path}");
        } else {
            assert_eq!(seen.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    assert!(guarded >= 8);
    site.stop().await;
}
