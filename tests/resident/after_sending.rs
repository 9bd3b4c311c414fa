//! After sending: for an hour the device sees the reference and a copy, and at no time can it change anything.

use jiff::{Timestamp, ToSpan};
use reqwest::{Client, StatusCode, header, redirect::Policy};
use uuid::Uuid;

use crate::support::{
    BOTH, Engine, TestSite,
    people::{Resident, Seen},
    rows::{Rows, cookie_set, response_id},
};

const PLAN: &str = "police-and-crime-plan";

/// A response that was sent, and what its browser held.
struct SentOff {
    id: Uuid,
    cookie: String,
    token: String,
    at: Timestamp,
    /// The cookie as the answer to the submit sets it, with its age.
    last_cookie: String,
}

async fn send(site: &TestSite, rows: &Rows) -> SentOff {
    let sam = Resident::of(site, PLAN);
    let started = sam.post(&format!("/surveys/{PLAN}/start"), &[]).await;
    let cookie = cookie_set(&started.headers, "hys_response").unwrap();
    let id = response_id(&cookie);
    let first = sam.follow(started).await;
    let check = sam.answer_all(first).await;
    let token = check.form().hidden("csrf").unwrap().to_owned();
    let sent = sam.post(&check.path, &check.form().hidden).await;
    assert!(sent.location.as_deref().unwrap().ends_with("/done"));
    let last_cookie = sent.headers[header::SET_COOKIE]
        .to_str()
        .unwrap()
        .to_owned();
    let sql = "SELECT submitted_at FROM response WHERE id = $1";
    let at: i64 = rows.one(sql, vec![id.into()]).await.unwrap();
    let at = Timestamp::from_microsecond(at).unwrap();
    SentOff {
        id,
        cookie,
        token,
        at,
        last_cookie,
    }
}

/// Somebody with a copy of the cookie, whose browser forgets nothing it is told to.
struct Holder<'a> {
    site: &'a TestSite,
    client: Client,
    cookie: String,
}

impl<'a> Holder<'a> {
    fn of(site: &'a TestSite, sent: &SentOff) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        let cookie = format!("hys_response={}", sent.cookie);
        Self {
            site,
            client,
            cookie,
        }
    }

    async fn get(&self, page: &str) -> Seen {
        let url = self.site.url(&format!("/surveys/{PLAN}/respond/{page}"));
        let request = self.client.get(url).header(header::COOKIE, &self.cookie);
        Seen::of(request.send().await.unwrap()).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let request = self
            .client
            .post(self.site.url(&format!("/surveys/{PLAN}/{path}")))
            .header(header::COOKIE, &self.cookie)
            .header(header::ORIGIN, &self.site.base);
        Seen::of(request.form(fields).send().await.unwrap()).await
    }
}

/// All that is kept of a response, but for the hash of its secret.
async fn all_of(rows: &Rows, id: Uuid) -> String {
    let columns = "document || coalesce(sensitive, '') || pages || language || reference || state || '/' || revision \
         || '/' || channel || '/' || flags || '/' || started_at || '/' || updated_at || '/' || submitted_at";
    let sql = format!("SELECT {columns} FROM response WHERE id = $1");
    let row: String = rows.one(&sql, vec![id.into()]).await.unwrap();
    let texts = "SELECT coalesce(string_agg(question || code || text, '|' ORDER BY question, code), '') \
         FROM response_text WHERE response_id = $1";
    row + &rows.one::<String>(texts, vec![id.into()]).await.unwrap()
}

#[tokio::test]
async fn the_reference_and_the_copy_are_shown_for_an_hour_and_no_longer() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let rows = Rows::of(&site.database_url).await;
        let sent = send(&site, &rows).await;
        assert!(
            sent.last_cookie.contains("Max-Age=3600"),
            "{}",
            sent.last_cookie
        );
        let holder = Holder::of(&site, &sent);
        site.clock.set(sent.at + 60.minutes() - 1.milliseconds());
        for page in ["done", "copy"] {
            assert_eq!(holder.get(page).await.status, StatusCode::OK, "{page}");
        }
        site.clock.set(sent.at + 60.minutes());
        for page in ["done", "copy", "check", "saved", "where-you-live"] {
            let seen = holder.get(page).await;
            assert_eq!(seen.status, StatusCode::SEE_OTHER, "{page}");
            let overview = format!("/surveys/{PLAN}");
            assert_eq!(seen.location.as_deref(), Some(overview.as_str()), "{page}");
            assert_eq!(
                cookie_set(&seen.headers, "hys_response").as_deref(),
                Some(""),
                "{page}"
            );
        }
        rows.close().await;
        site.stop().await;
    }
}

#[tokio::test]
async fn nothing_that_a_cookie_can_do_changes_what_was_sent() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let rows = Rows::of(&site.database_url).await;
        let sent = send(&site, &rows).await;
        let before = all_of(&rows, sent.id).await;
        let holder = Holder::of(&site, &sent);
        let csrf = ("csrf", sent.token.as_str());
        // Within the hour and after it; ending the session comes last, for it shuts out whoever holds a copy.
        for minutes in [1, 59, 61, 60 * 23] {
            site.clock.set(sent.at + minutes.minutes());
            for (path, fields) in [
                ("respond/check", vec![csrf]),
                ("respond/check", vec![csrf, ("website", "x")]),
                (
                    "respond/your-words",
                    vec![csrf, ("change", "something else")],
                ),
                (
                    "respond/your-words?change=1",
                    vec![csrf, ("change", "something else")],
                ),
                (
                    "respond/where-you-live",
                    vec![csrf, ("area", "outside"), ("action", "save")],
                ),
                ("start", vec![]),
                ("respond/remove", vec![("csrf", "wrong")]),
            ] {
                let seen = holder.post(path, &fields).await;
                assert!(
                    !seen.status.is_success() && !seen.status.is_server_error(),
                    "{path}"
                );
                assert_eq!(
                    all_of(&rows, sent.id).await,
                    before,
                    "{path} after {minutes} minutes"
                );
            }
            holder.get("copy").await;
            assert_eq!(all_of(&rows, sent.id).await, before);
        }
        site.clock.set(sent.at + 5.minutes());
        assert_eq!(holder.get("done").await.status, StatusCode::OK);
        let removed = holder.post("respond/remove", &[csrf]).await;
        assert_eq!(removed.status, StatusCode::OK, "{}", removed.text());
        assert_eq!(holder.get("done").await.status, StatusCode::SEE_OTHER);
        assert_eq!(all_of(&rows, sent.id).await, before, "the answers stay");
        assert_eq!(rows.count("SELECT count(*) FROM response").await, 1);
        rows.close().await;
        site.stop().await;
    }
}

#[tokio::test]
async fn exit_clears_the_browsers_cache_and_ends_the_hour() {
    let site = TestSite::on(Engine::Sqlite).await;
    let rows = Rows::of(&site.database_url).await;
    let sent = send(&site, &rows).await;
    let holder = Holder::of(&site, &sent);
    let exit = holder.get("exit").await;
    assert_eq!(exit.headers["clear-site-data"], "\"cache\"");
    assert_eq!(holder.get("done").await.status, StatusCode::SEE_OTHER);
    rows.close().await;
    site.stop().await;
}

#[tokio::test]
async fn a_link_from_elsewhere_to_exit_ends_nothing() {
    let site = TestSite::on(Engine::Sqlite).await;
    let rows = Rows::of(&site.database_url).await;
    let sent = send(&site, &rows).await;
    let holder = Holder::of(&site, &sent);
    let exit = |from: &'static str| {
        let request = holder
            .client
            .get(site.url(&format!("/surveys/{PLAN}/respond/exit")))
            .header(header::COOKIE, &holder.cookie)
            .header("sec-fetch-site", from);
        async move { Seen::of(request.send().await.unwrap()).await }
    };
    for from in ["cross-site", "same-site"] {
        let seen = exit(from).await;
        assert_eq!(
            seen.status,
            StatusCode::SEE_OTHER,
            "whoever comes by it leaves the site"
        );
        assert_eq!(cookie_set(&seen.headers, "hys_response"), None, "{from}");
        assert_eq!(holder.get("done").await.status, StatusCode::OK, "{from}");
    }
    // By a link of this site, or by an address typed in.
    let seen = exit("none").await;
    assert_eq!(
        cookie_set(&seen.headers, "hys_response").as_deref(),
        Some("")
    );
    assert_eq!(holder.get("done").await.status, StatusCode::SEE_OTHER);
    rows.close().await;
    site.stop().await;
}
