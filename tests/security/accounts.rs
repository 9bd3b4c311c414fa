//! What became of other people's accounts elsewhere, tried here.

use have_your_say::storage::users::Role;
use reqwest::{StatusCode, header};

use crate::support::{
    BOTH, Engine, SiteBuilder, TestSite,
    office::{EMAIL, Officer, PASSWORD, first_link},
    people::{Seen, browser},
    rows::Rows,
};

const OFFICER: &str = "officer@example.org";
const EXPORT: &str = "/admin/surveys/police-and-crime-plan/exports/answers-codes.csv";

/// Makes everybody's proof of who they are eleven minutes old.
async fn let_proofs_age(site: &TestSite) {
    let rows = Rows::of(&site.database_url).await;
    rows.run("UPDATE admin_session SET confirmed_at = confirmed_at - 660000000")
        .await;
    rows.close().await;
}

fn session_of(seen: &Seen) -> String {
    let cookies = seen.headers.get_all(header::SET_COOKIE);
    let cookie = cookies
        .iter()
        .map(|cookie| cookie.to_str().unwrap())
        .find(|cookie| cookie.starts_with("hys_officer="));
    let cookie = cookie.expect("a session").split(';').next().unwrap();
    cookie.to_owned()
}

#[tokio::test]
async fn a_session_known_before_sign_in_is_not_gone_on_in() {
    let site = TestSite::on(Engine::Sqlite).await;
    let mallory = Officer::with_role(&site, Role::Comms).await;
    let planted = session_of(&mallory.sign_in("comms@example.org", PASSWORD).await);
    Officer::with_role(&site, Role::Officer).await;
    // The victim's browser holds the thief's session, as a cookie planted from a neighbouring site would be.
    let request = browser()
        .post(site.url("/admin/sign-in"))
        .header(header::ORIGIN, &site.base)
        .header(header::COOKIE, &planted)
        .form(&[("email", OFFICER), ("password", PASSWORD)]);
    let entered = Seen::of(request.send().await.unwrap()).await;
    assert_eq!(entered.location.as_deref(), Some("/admin"));
    assert_ne!(session_of(&entered), planted, "a new secret");
    let after = browser()
        .get(site.url("/admin"))
        .header(header::COOKIE, &planted);
    let after = after.send().await.unwrap();
    assert_eq!(
        after.status(),
        StatusCode::SEE_OTHER,
        "the planted one is over"
    );
    site.stop().await;
}

#[tokio::test]
async fn asking_for_a_new_password_says_the_same_and_does_the_same_for_any_address() {
    for engine in BOTH {
        let mails = tempfile::tempdir().unwrap();
        let url = format!("file:{}", mails.path().display());
        let site = SiteBuilder::on(engine)
            .setting("HYS_SMTP_URL", &url)
            .start()
            .await;
        Officer::with_role(&site, Role::Officer).await;
        let rows = Rows::of(&site.database_url).await;
        let mut said = Vec::new();
        for email in [OFFICER, "nobody@example.org"] {
            let before = rows.count("SELECT count(*) FROM outbox").await;
            let seen = Officer::stranger(&site)
                .post("/admin/forgot", &[("email", email)])
                .await;
            assert_eq!(seen.status, StatusCode::OK);
            assert!(seen.headers.get(header::SET_COOKIE).is_none());
            said.push(seen.text().replace(email, ""));
            let after = rows.count("SELECT count(*) FROM outbox").await;
            assert_eq!(after, before + 1, "the same is written for {email}");
        }
        assert_eq!(said[0], said[1]);
        for _ in 0..100 {
            let waiting = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL";
            if rows.count(waiting).await == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert_eq!(
            std::fs::read_dir(mails.path()).unwrap().count(),
            1,
            "nobody gets no mail"
        );
        let kept = "SELECT count(*) FROM outbox WHERE recipient <> ''";
        assert_eq!(rows.count(kept).await, 0, "no address is kept");
        rows.close().await;
        let mut last = StatusCode::OK;
        for _ in 0..4 {
            let seen = Officer::stranger(&site)
                .post("/admin/forgot", &[("email", OFFICER)])
                .await;
            last = seen.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        site.stop().await;
    }
}

#[tokio::test]
async fn a_link_opens_the_door_it_was_made_for_and_no_other() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let admin = Officer::administrator(&site).await;
        let invite = "/admin/people/invite";
        let form = [
            ("email", "sam@example.org"),
            ("name", "Sam"),
            ("role", "administrator"),
        ];
        let link = admin.send(invite, invite, &form).await.one("#link");
        let (_, token) = link.rsplit_once('/').unwrap();
        let stranger = Officer::stranger(&site);
        let fields = [("name", "Eve"), ("password", "kettle-orbit-moss-lantern")];
        let reset = format!("/admin/reset/{token}");
        assert_eq!(stranger.get(&reset).await.status, StatusCode::GONE);
        assert_eq!(
            stranger.post(&reset, &fields).await.status,
            StatusCode::GONE
        );
        // An invitation that has expired stays so, by whatever way it is tried.
        let rows = Rows::of(&site.database_url).await;
        rows.run("UPDATE invitation SET expires_at = 1").await;
        rows.close().await;
        for path in [format!("/admin/welcome/{token}"), reset] {
            assert_eq!(stranger.get(&path).await.status, StatusCode::GONE, "{path}");
            assert_eq!(
                stranger.post(&path, &fields).await.status,
                StatusCode::GONE,
                "{path}"
            );
        }
        let refused = stranger
            .sign_in("sam@example.org", "kettle-orbit-moss-lantern")
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(admin.get("/admin/people").await.says("Expired"));
        site.stop().await;
    }
}

#[tokio::test]
async fn a_link_to_a_new_password_makes_no_account() {
    let mails = tempfile::tempdir().unwrap();
    let url = format!("file:{}", mails.path().display());
    let site = SiteBuilder::on(Engine::Sqlite)
        .setting("HYS_SMTP_URL", &url)
        .start()
        .await;
    Officer::with_role(&site, Role::Officer).await;
    let stranger = Officer::stranger(&site);
    // Whatever a request says of its host, the link leads here.
    let request = stranger
        .client
        .post(site.url("/admin/forgot"))
        .header(header::ORIGIN, &site.base)
        .header("X-Forwarded-Host", "evil.example")
        .header("Forwarded", "host=evil.example")
        .form(&[("email", OFFICER)]);
    assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
    let mut mail = String::new();
    for _ in 0..100 {
        if let Some(file) = std::fs::read_dir(mails.path()).unwrap().flatten().next() {
            mail = std::fs::read_to_string(file.path()).unwrap();
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let mail = mail.replace("=\r\n", "").replace("=\n", "");
    assert!(!mail.contains("evil.example"), "{mail}");
    let start = format!("{}/admin/reset/", site.base);
    let at = mail.find(&start).expect("a link") + start.len();
    let token: String = mail[at..].chars().take(43).collect();
    let welcome = format!("/admin/welcome/{token}");
    let fields = [
        ("name", "Eve"),
        ("email", "eve@example.org"),
        ("password", PASSWORD),
    ];
    assert_eq!(stranger.get(&welcome).await.status, StatusCode::GONE);
    assert_eq!(
        stranger.post(&welcome, &fields).await.status,
        StatusCode::GONE
    );
    assert_eq!(
        stranger.get(&format!("/admin/reset/{token}")).await.status,
        StatusCode::OK,
        "unused"
    );
    let rows = Rows::of(&site.database_url).await;
    rows.run("UPDATE sign_in_link SET expires_at = 1 WHERE purpose = 'password_reset'")
        .await;
    rows.close().await;
    assert_eq!(
        stranger.get(&format!("/admin/reset/{token}")).await.status,
        StatusCode::GONE
    );
    site.stop().await;
}

#[tokio::test]
async fn fields_that_a_form_does_not_have_change_nothing() {
    let site = TestSite::on(Engine::Sqlite).await;
    let admin = Officer::administrator(&site).await;
    let invite = "/admin/people/invite";
    let form = [
        ("email", "sam@example.org"),
        ("name", "Sam"),
        ("role", "clerk"),
    ];
    let link = admin.send(invite, invite, &form).await.one("#link");
    let sam = Officer::stranger(&site);
    let extra = [
        ("name", "Sam"),
        ("password", PASSWORD),
        ("role", "administrator"),
        ("email", "other@example.org"),
        ("disabled", "false"),
        ("id", "1"),
    ];
    let accepted = sam.post(&link[site.base.len()..], &extra).await;
    assert_eq!(
        accepted.status,
        StatusCode::SEE_OTHER,
        "{}",
        accepted.text()
    );
    let account = sam.get("/admin/account").await;
    assert!(
        account.says("sam@example.org") && account.says("Clerk"),
        "{}",
        account.text()
    );
    let new = [
        ("current-password", PASSWORD),
        ("new-password", "kettle-orbit-moss-lantern"),
        ("role", "administrator"),
        ("user_id", "1"),
    ];
    sam.send("/admin/account", "/admin/account/password", &new)
        .await;
    assert_eq!(sam.get("/admin/people").await.status, StatusCode::FORBIDDEN);
    site.stop().await;
}

#[tokio::test]
async fn the_session_of_somebody_else_is_not_found() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::with_role(&site, Role::Officer).await;
    let comms = Officer::with_role(&site, Role::Comms).await;
    let rows = Rows::of(&site.database_url).await;
    let id: String = rows
        .one(
            "SELECT lower(hex(s.id)) FROM admin_session s JOIN user_account u ON u.id = s.user_id WHERE u.email = 'officer@example.org'",
            Vec::new(),
        )
        .await
        .unwrap();
    rows.close().await;
    for id in [
        id.as_str(),
        "nonsense",
        "019324a6-8a12-7000-8000-000000000001",
    ] {
        let path = format!("/admin/account/sessions/{id}");
        let seen = comms.send("/admin/account", &path, &[]).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "{id}");
    }
    assert_eq!(
        officer.get("/admin").await.status,
        StatusCode::OK,
        "still signed in"
    );
    let own = officer
        .send(
            "/admin/account",
            &format!("/admin/account/sessions/{id}"),
            &[],
        )
        .await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "the id is right");
    site.stop().await;
}

#[tokio::test]
async fn what_cannot_be_taken_back_asks_again_after_ten_minutes_and_leads_back() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let admin = Officer::stranger(&site);
        let form = [("name", "Alex"), ("email", EMAIL), ("password", PASSWORD)];
        admin.post(&first_link(&site), &form).await;
        let (mut app, _) = admin.set_up_factor().await;
        assert_eq!(
            admin.get(EXPORT).await.status,
            StatusCode::OK,
            "just proved"
        );
        let_proofs_age(&site).await;
        let path = format!("{EXPORT}?area=E07000076");
        let asked = admin.get(&path).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER);
        let confirm = asked.location.unwrap();
        assert!(confirm.starts_with("/admin/confirm?next="), "{confirm}");
        let page = admin.get(&confirm).await;
        assert!(
            page.html.contains(&format!("value=\"{path}\"")),
            "{}",
            page.html
        );
        let wrong = [("code", "000000"), ("next", path.as_str())];
        let wrong = admin.send("/admin/confirm", "/admin/confirm", &wrong).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(admin.get(EXPORT).await.status, StatusCode::SEE_OTHER);
        // A form that was sent too late leads back to its page.
        let csrf = admin.get("/admin/people").await.csrf();
        let late = admin
            .client
            .post(site.url("/admin/people/second-factor"))
            .header(header::ORIGIN, &site.base)
            .header(header::REFERER, site.url("/admin/people"))
            .form(&[("csrf", csrf.as_str()), ("roles", "officer")]);
        let late = Seen::of(late.send().await.unwrap()).await;
        assert_eq!(
            late.location.as_deref(),
            Some("/admin/confirm?next=%2Fadmin%2Fpeople")
        );
        let code = app.code();
        let right = [("code", code.as_str()), ("next", path.as_str())];
        let right = admin.send("/admin/confirm", "/admin/confirm", &right).await;
        assert_eq!(
            right.location.as_deref(),
            Some(path.as_str()),
            "{}",
            right.text()
        );
        assert_eq!(admin.get(EXPORT).await.status, StatusCode::OK);

        let officer = Officer::with_role(&site, Role::Officer).await;
        let_proofs_age(&site).await;
        assert_eq!(officer.get(EXPORT).await.status, StatusCode::SEE_OTHER);
        for next in [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "/surveys/x",
            "",
        ] {
            let given = [("password", PASSWORD), ("next", next)];
            let seen = officer
                .send("/admin/confirm", "/admin/confirm", &given)
                .await;
            assert_eq!(seen.location.as_deref(), Some("/admin"), "{next}");
        }
        site.stop().await;
    }
}

#[tokio::test]
async fn strangers_who_use_up_an_accounts_tries_do_not_shut_its_owner_out() {
    let site = SiteBuilder::on(Engine::Sqlite)
        .setting("HYS_TRUSTED_PROXIES", "127.0.0.1")
        .start()
        .await;
    let owner = Officer::with_role(&site, Role::Officer).await;
    let attempt = async |client: &reqwest::Client, from: &str, password: &str| {
        let request = client
            .post(site.url("/admin/sign-in"))
            .header(header::ORIGIN, &site.base)
            .header("X-Forwarded-For", from)
            .form(&[("email", OFFICER), ("password", password)]);
        request.send().await.unwrap().status()
    };
    let mut last = StatusCode::OK;
    for number in 0..60 {
        let from = format!("192.0.2.{}", number % 12);
        last = attempt(&browser(), &from, "not-the-password").await;
    }
    assert_eq!(
        last,
        StatusCode::TOO_MANY_REQUESTS,
        "many addresses together are stopped"
    );
    let unknown = attempt(&browser(), "198.51.100.7", PASSWORD).await;
    assert_eq!(
        unknown,
        StatusCode::TOO_MANY_REQUESTS,
        "a browser nobody knows has to wait"
    );
    let known = attempt(&owner.client, "198.51.100.8", PASSWORD).await;
    assert_eq!(
        known,
        StatusCode::SEE_OTHER,
        "the owner's own browser does not"
    );
    site.stop().await;
}

#[tokio::test]
async fn the_key_of_an_app_is_nowhere_in_the_database() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let officer = Officer::with_role(&site, Role::Officer).await;
        let key = officer
            .get("/admin/account/second-factor")
            .await
            .one("#key");
        let key = key.split_whitespace().collect::<String>();
        let secret = totp_rs::Secret::try_from_base32(&key).unwrap();
        officer.set_up_factor().await;
        let rows = Rows::of(&site.database_url).await;
        let hex = match engine {
            Engine::Sqlite => "lower(hex(secret))",
            Engine::Postgres => "encode(secret, 'hex')",
        };
        let kept: String = rows
            .one(&format!("SELECT {hex} FROM second_factor"), Vec::new())
            .await
            .unwrap();
        let plain: String = secret
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert!(kept.len() > plain.len() && !kept.contains(&plain));
        rows.close().await;
        site.stop().await;
    }
}
