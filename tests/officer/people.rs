//! People of the office: codes, recovery codes, sessions, invitations, and those who forget.

use have_your_say::storage::{DatabaseConfig, Store, users, users::Role};
use reqwest::StatusCode;
use uuid::Uuid;

use crate::support::{
    BOTH, Engine, SiteBuilder, TestSite,
    office::{Authenticator, EMAIL, FACTOR, Officer, PASSWORD, first_link},
    rows::Rows,
};

const OFFICER: &str = "officer@example.org";
const CODE: &str = "/admin/sign-in/code";

async fn id_of(site: &TestSite, email: &str) -> Uuid {
    let store = Store::connect(&DatabaseConfig::new(&site.database_url))
        .await
        .expect("the site's database");
    let user = users::find_by_email(&store, email).await.expect("a store");
    store.close().await.expect("the connection closes");
    user.expect("an account").id
}

/// An administrator with their app and recovery codes.
async fn administrator(site: &TestSite) -> (Officer<'_>, Authenticator, Vec<String>) {
    let officer = Officer::stranger(site);
    let form = [("name", "Alex"), ("email", EMAIL), ("password", PASSWORD)];
    officer.post(&first_link(site), &form).await;
    let (app, codes) = officer.set_up_factor().await;
    (officer, app, codes)
}

/// Somebody at the page that asks for a code.
async fn half_in<'a>(site: &'a TestSite, email: &str) -> Officer<'a> {
    let somebody = Officer::stranger(site);
    let entered = somebody.sign_in(email, PASSWORD).await;
    assert_eq!(
        entered.location.as_deref(),
        Some(CODE),
        "{}",
        entered.text()
    );
    somebody
}

#[actix_web::test]
async fn an_administrator_sets_a_second_factor_up_and_gets_nowhere_else_before() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let officer = Officer::stranger(&site);
        let form = [("name", "Alex"), ("email", EMAIL), ("password", PASSWORD)];
        officer.post(&first_link(&site), &form).await;
        for path in [
            "/admin",
            "/admin/account",
            "/admin/people",
            "/admin/surveys/police-and-crime-plan",
        ] {
            assert_eq!(
                officer.get(path).await.location.as_deref(),
                Some(FACTOR),
                "{path}"
            );
        }
        let page = officer.get(FACTOR).await;
        assert!(page.html.contains("<svg class=\"app-qr\"") && !page.html.contains("style="));
        let csrf = page.csrf();
        let refused = officer
            .post("/admin/account/sessions", &[("csrf", &csrf)])
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let wrong = officer
            .post(FACTOR, &[("csrf", &csrf), ("code", "000000")])
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            wrong.one("#key"),
            page.one("#key"),
            "the same key is offered again"
        );
        assert_eq!(
            officer.get("/admin").await.location.as_deref(),
            Some(FACTOR),
            "it does not count yet"
        );
        let (_, codes) = officer.set_up_factor().await;
        assert_eq!(codes.len(), 10);
        assert_eq!(officer.get("/admin").await.status, StatusCode::OK);
        let account = officer.get("/admin/account").await;
        assert!(
            account.says("You have 10 recovery codes left"),
            "{}",
            account.text()
        );
        let key = page.one("#key");
        for path in ["/admin/account", FACTOR] {
            assert!(
                !officer.get(path).await.html.contains(&key),
                "{path} shows the key again"
            );
        }
        site.stop().await;
    }
}

#[actix_web::test]
async fn a_code_works_once_and_lets_in_only_together_with_the_password() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let (_, mut app, _) = administrator(&site).await;
        let first = half_in(&site, EMAIL).await;
        assert_eq!(
            first.get("/admin").await.location.as_deref(),
            Some("/admin/sign-in"),
            "half in is not in"
        );
        let code = app.code();
        let entered = first.post(CODE, &[("code", &code)]).await;
        assert_eq!(
            entered.location.as_deref(),
            Some("/admin"),
            "{}",
            entered.text()
        );
        assert_eq!(first.get("/admin").await.status, StatusCode::OK);
        let again = half_in(&site, EMAIL).await;
        let replayed = again.post(CODE, &[("code", &code)]).await;
        assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY);
        let wrong = again.post(CODE, &[("code", "nonsense")]).await;
        assert_eq!(wrong.text(), replayed.text(), "one message for all causes");
        for _ in 0..4 {
            again.post(CODE, &[("code", "000000")]).await;
        }
        let over = again.post(CODE, &[("code", &app.code())]).await;
        assert_eq!(
            over.location.as_deref(),
            Some("/admin/sign-in"),
            "after five tries the password again"
        );
        let nobody = Officer::stranger(&site)
            .post(CODE, &[("code", &app.code())])
            .await;
        assert_eq!(
            nobody.location.as_deref(),
            Some("/admin/sign-in"),
            "no code without a password"
        );
        site.stop().await;
    }
}

#[actix_web::test]
async fn a_recovery_code_lets_in_once_and_new_ones_end_the_old() {
    let site = TestSite::on(Engine::Sqlite).await;
    let (officer, _, codes) = administrator(&site).await;
    let lost = half_in(&site, EMAIL).await;
    let typed = codes[0].to_lowercase().replace('-', " ");
    assert_eq!(
        lost.post(CODE, &[("code", &typed)])
            .await
            .location
            .as_deref(),
        Some("/admin")
    );
    assert!(
        lost.get("/admin/account")
            .await
            .says("You have 9 recovery codes left")
    );
    let again = half_in(&site, EMAIL).await;
    assert_eq!(
        again.post(CODE, &[("code", &codes[0])]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let renewed = officer
        .send("/admin/account", "/admin/account/recovery-codes", &[])
        .await;
    let new = renewed.all(".app-codes li");
    assert_eq!(new.len(), 10, "{}", renewed.text());
    assert_eq!(
        again.post(CODE, &[("code", &codes[1])]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        again
            .post(CODE, &[("code", &new[1])])
            .await
            .location
            .as_deref(),
        Some("/admin")
    );
    let rows = Rows::of(&site.database_url).await;
    let kept: String = rows
        .one(
            "SELECT group_concat(hex(code_hash)) FROM recovery_code",
            Vec::new(),
        )
        .await
        .expect("codes");
    assert!(
        !kept.contains(&new[2].replace('-', "")),
        "only hashes are kept"
    );
    rows.close().await;
    site.stop().await;
}

#[actix_web::test]
async fn a_role_that_needs_a_second_factor_is_led_to_set_one_up() {
    let site = TestSite::on(Engine::Sqlite).await;
    let (admin, _, _) = administrator(&site).await;
    let officer = Officer::with_role(&site, Role::Officer).await;
    assert_eq!(
        officer.get("/admin").await.status,
        StatusCode::OK,
        "theirs is not asked for yet"
    );
    let set = admin
        .send(
            "/admin/people",
            "/admin/people/second-factor",
            &[("roles", "officer")],
        )
        .await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text());
    assert_eq!(
        officer.get("/admin").await.location.as_deref(),
        Some(FACTOR)
    );
    officer.set_up_factor().await;
    assert_eq!(officer.get("/admin").await.status, StatusCode::OK);
    let stays = officer
        .send("/admin/account", "/admin/account/second-factor/remove", &[])
        .await;
    assert_eq!(stays.status, StatusCode::FORBIDDEN, "their role needs it");
    admin
        .send("/admin/people", "/admin/people/second-factor", &[])
        .await;
    let gone = officer
        .send("/admin/account", "/admin/account/second-factor/remove", &[])
        .await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(
        Officer::stranger(&site)
            .sign_in(OFFICER, PASSWORD)
            .await
            .location
            .as_deref(),
        Some("/admin")
    );
    assert!(
        admin
            .get("/admin/people")
            .await
            .html
            .contains("value=\"administrator\" checked disabled")
    );
    site.stop().await;
}

#[actix_web::test]
async fn somebody_sees_and_ends_their_own_sessions_and_changes_their_password() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let here = Officer::with_role(&site, Role::Officer).await;
        let there = Officer::stranger(&site);
        there.sign_in(OFFICER, PASSWORD).await;
        let account = here.get("/admin/account").await;
        assert_eq!(account.all("tbody tr").len(), 2, "{}", account.text());
        let marker = "action=\"/admin/account/sessions/";
        let at = account.html.find(marker).expect("a session to end") + "action=\"".len();
        let end = account.html[at..]
            .split('"')
            .next()
            .expect("its end")
            .to_owned();
        let ended = here.post(&end, &[("csrf", &account.csrf())]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER);
        assert_eq!(
            there.get("/admin").await.location.as_deref(),
            Some("/admin/sign-in")
        );
        assert_eq!(here.get("/admin").await.status, StatusCode::OK);

        for path in ["/admin/account/sessions", "/admin/account/password"] {
            there.sign_in(OFFICER, PASSWORD).await;
            assert_eq!(there.get("/admin").await.status, StatusCode::OK);
            let new = [
                ("current-password", PASSWORD),
                ("new-password", "kettle-orbit-moss-lantern"),
            ];
            let done = here.send("/admin/account", path, &new).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
            assert_eq!(
                there.get("/admin").await.location.as_deref(),
                Some("/admin/sign-in"),
                "{path}"
            );
            assert_eq!(here.get("/admin").await.status, StatusCode::OK);
        }
        let old = there.sign_in(OFFICER, PASSWORD).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
        for (current, new, words) in [
            (
                PASSWORD,
                "kettle-orbit-moss-lantern",
                "This is not your current password",
            ),
            (
                "kettle-orbit-moss-lantern",
                "short",
                "Use at least 12 characters",
            ),
            (
                "kettle-orbit-moss-lantern",
                "robinofficer",
                "Don’t use your name or email address",
            ),
            (
                "kettle-orbit-moss-lantern",
                "aaaaaaaaaaaaaa",
                "easy to guess",
            ),
        ] {
            let form = [("current-password", current), ("new-password", new)];
            let refused = here
                .send("/admin/account", "/admin/account/password", &form)
                .await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
            assert!(refused.says(words), "{}", refused.text());
            assert!(
                !refused.html.contains(&format!("\"{new}\"")),
                "a password is never sent back"
            );
        }
        site.stop().await;
    }
}

#[actix_web::test]
async fn an_administrator_invites_renews_and_withdraws() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let (admin, _, _) = administrator(&site).await;
        let form = [
            ("email", "Sam@Example.org"),
            ("name", "Sam"),
            ("role", "comms"),
        ];
        let invite = "/admin/people/invite";
        let invited = admin.send(invite, invite, &form).await;
        assert_eq!(invited.status, StatusCode::OK, "{}", invited.text());
        let link = invited.one("#link");
        assert!(link.starts_with(&site.base), "{link}");
        let path = link[site.base.len()..].to_owned();
        let people = admin.get("/admin/people").await;
        assert!(people.says("sam@example.org") && people.says("Pending"));
        assert!(!people.html.contains(&path), "the link is shown once");

        let marker = "action=\"/admin/invitations/";
        let at = people.html.find(marker).expect("an invitation") + "action=\"".len();
        let renew = people.html[at..]
            .split('"')
            .next()
            .expect("its end")
            .to_owned();
        let renewed = admin.post(&renew, &[("csrf", &people.csrf())]).await;
        let newer = renewed.one("#link")[site.base.len()..].to_owned();
        let sam = Officer::stranger(&site);
        assert_eq!(
            sam.get(&path).await.status,
            StatusCode::GONE,
            "the first link is over"
        );
        let page = sam.get(&newer).await;
        assert!(page.html.contains("value=\"Sam\""), "{}", page.html);
        let form = [("name", "Sam"), ("password", PASSWORD)];
        assert_eq!(
            sam.post(&newer, &form).await.location.as_deref(),
            Some("/admin")
        );
        let after = admin.get("/admin/people").await;
        assert!(
            after.says("Nobody is invited at the moment"),
            "{}",
            after.text()
        );

        let other = [
            ("email", "kim@example.org"),
            ("name", "Kim"),
            ("role", "administrator"),
        ];
        let invited = admin.send(invite, invite, &other).await;
        let path = invited.one("#link")[site.base.len()..].to_owned();
        let people = admin.get("/admin/people").await;
        let at = people.html.find("/withdraw\"").expect("an invitation");
        let from = people.html[..at].rfind('"').expect("its start") + 1;
        let withdraw = format!("{}/withdraw", &people.html[from..at]);
        admin.post(&withdraw, &[("csrf", &people.csrf())]).await;
        assert_eq!(
            Officer::stranger(&site).get(&path).await.status,
            StatusCode::GONE
        );
        let gone = admin.post(&withdraw, &[("csrf", &people.csrf())]).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);

        for (email, name, role, words) in [
            ("nobody", "Kim", "clerk", "Enter an email address"),
            ("sam@example.org", "Sam", "clerk", "already has an account"),
            ("kim@example.org", " ", "clerk", "Enter their name"),
            ("kim@example.org", "Kim", "king", "Choose what they may do"),
        ] {
            let form = [("email", email), ("name", name), ("role", role)];
            let faulty = admin.send(invite, invite, &form).await;
            assert_eq!(
                faulty.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{email} {role}"
            );
            assert!(faulty.says(words), "{}", faulty.text());
        }
        site.stop().await;
    }
}

#[actix_web::test]
async fn an_administrator_changes_roles_shuts_out_and_helps_who_lost_their_phone() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let (admin, _, _) = administrator(&site).await;
        let officer = Officer::with_role(&site, Role::Officer).await;
        officer.set_up_factor().await;
        let page = format!("/admin/people/{}", id_of(&site, OFFICER).await);
        let act = async |what: &str, fields: &[(&str, &str)]| {
            let done = admin.send(&page, &format!("{page}/{what}"), fields).await;
            assert_eq!(
                done.status,
                StatusCode::SEE_OTHER,
                "{what}: {}",
                done.text()
            );
        };
        act("role", &[("role", "clerk")]).await;
        assert_eq!(
            officer.get("/admin").await.status,
            StatusCode::FORBIDDEN,
            "at once"
        );
        act("role", &[("role", "officer")]).await;
        assert_eq!(officer.get("/admin").await.status, StatusCode::OK);
        act("end-sessions", &[]).await;
        assert_eq!(
            officer.get("/admin").await.location.as_deref(),
            Some("/admin/sign-in")
        );
        act("remove-factor", &[]).await;
        let back = Officer::stranger(&site);
        assert_eq!(
            back.sign_in(OFFICER, PASSWORD).await.location.as_deref(),
            Some("/admin")
        );
        act("shut-out", &[]).await;
        assert_eq!(
            back.get("/admin").await.location.as_deref(),
            Some("/admin/sign-in")
        );
        assert_eq!(
            back.sign_in(OFFICER, PASSWORD).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert!(admin.get("/admin/people").await.says("Shut out"));
        act("let-in", &[]).await;
        assert_eq!(
            back.sign_in(OFFICER, PASSWORD).await.location.as_deref(),
            Some("/admin")
        );

        let own = format!("/admin/people/{}", id_of(&site, EMAIL).await);
        for (what, fields) in [
            ("role", vec![("role", "officer")]),
            ("shut-out", Vec::new()),
        ] {
            let last = admin.send(&own, &format!("{own}/{what}"), &fields).await;
            assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
            assert!(last.says("last administrator"), "{}", last.text());
        }
        assert_eq!(admin.get("/admin/people").await.status, StatusCode::OK);
        site.stop().await;
    }
}

/// The path of the link in the mail to an address, once it has left.
async fn mailed(site: &TestSite, folder: &std::path::Path, word: &str) -> String {
    for _ in 0..100 {
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        for file in files {
            let mail = std::fs::read_to_string(file.path()).expect("a mail");
            // Quoted-printable: a line that is too long goes on after `=`.
            let mail = mail.replace("=\r\n", "").replace("=\n", "");
            let start = format!("{}/admin/{word}/", site.base);
            if let Some(at) = mail.find(&start) {
                let rest = &mail[at + site.base.len()..];
                let end = rest.find(|c: char| c.is_whitespace() || c == '"' || c == '<');
                return rest[..end.expect("an end")].to_owned();
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("no mail with a link to {word}");
}

async fn with_mail(engine: Engine) -> (TestSite, tempfile::TempDir) {
    let mails = tempfile::tempdir().expect("a folder");
    let url = format!("file:{}", mails.path().display());
    let site = SiteBuilder::on(engine)
        .setting("HYS_SMTP_URL", &url)
        .start()
        .await;
    (site, mails)
}

#[actix_web::test]
async fn a_forgotten_password_is_set_anew_by_a_mailed_link_and_the_code_is_still_asked_for() {
    for engine in BOTH {
        let (site, mails) = with_mail(engine).await;
        let (admin, mut app, _) = administrator(&site).await;
        let somebody = Officer::stranger(&site);
        let asked = somebody.post("/admin/forgot", &[("email", EMAIL)]).await;
        assert!(asked.says("Check your email"), "{}", asked.text());
        let link = mailed(&site, mails.path(), "reset").await;
        assert_eq!(somebody.get(&link).await.status, StatusCode::OK);
        let weak = somebody
            .post(&link, &[("password", "alex@example.org")])
            .await;
        assert_eq!(
            weak.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            weak.text()
        );
        let new = "kettle-orbit-moss-lantern";
        let set = somebody.post(&link, &[("password", new)]).await;
        assert_eq!(
            set.location.as_deref(),
            Some("/admin/sign-in"),
            "{}",
            set.text()
        );
        assert_eq!(
            somebody.post(&link, &[("password", new)]).await.status,
            StatusCode::GONE
        );
        assert_eq!(
            admin.get("/admin").await.location.as_deref(),
            Some("/admin/sign-in"),
            "sessions end"
        );
        assert_eq!(
            somebody.sign_in(EMAIL, PASSWORD).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(
            somebody.sign_in(EMAIL, new).await.location.as_deref(),
            Some(CODE)
        );
        let entered = somebody.post(CODE, &[("code", &app.code())]).await;
        assert_eq!(entered.location.as_deref(), Some("/admin"));
        site.stop().await;
    }
}

#[actix_web::test]
async fn an_invitation_is_mailed_and_either_link_makes_the_account_once() {
    let (site, mails) = with_mail(Engine::Sqlite).await;
    let (admin, _, _) = administrator(&site).await;
    let form = [
        ("email", "sam@example.org"),
        ("name", "Sam"),
        ("role", "clerk"),
    ];
    let invite = "/admin/people/invite";
    let shown = admin.send(invite, invite, &form).await.one("#link");
    let shown = shown[site.base.len()..].to_owned();
    let by_mail = mailed(&site, mails.path(), "welcome").await;
    assert_ne!(shown, by_mail);
    let form = [("name", "Sam"), ("password", PASSWORD)];
    let sam = Officer::stranger(&site);
    assert_eq!(
        sam.post(&by_mail, &form).await.location.as_deref(),
        Some("/admin")
    );
    for link in [&by_mail, &shown] {
        let late = Officer::stranger(&site).post(link, &form).await;
        assert_eq!(late.status, StatusCode::GONE, "{link}");
    }
    site.stop().await;
}
