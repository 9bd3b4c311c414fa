//! What nobody may find: a postcode anywhere, a word or an address of anybody in a log.

use std::path::Path;

use reqwest::{StatusCode, header};

use crate::support::{
    Engine, TestSite, default_survey,
    people::{Resident, Seen},
    program::Launch,
    rows::Rows,
};

const PLAN: &str = "police-and-crime-plan";

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Every way to write a postcode down.
fn spellings(postcode: &str) -> Vec<String> {
    let packed: String = postcode.split_whitespace().collect();
    let (outward, inward) = packed.split_at(packed.len() - 3);
    let spaced = format!("{outward} {inward}");
    let mut all = vec![
        packed.clone(),
        spaced.clone(),
        spaced.replace(' ', "+"),
        spaced.replace(' ', "%20"),
    ];
    all.extend(all.clone().iter().map(|text| text.to_lowercase()));
    all
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

/// No file of a folder holds any of these words, also in UTF-16.
fn nowhere_in_files(folder: &Path, words: &[String]) {
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        read += bytes.len();
        for word in words {
            assert!(!contains(&bytes, word), "{} holds {word}", path.display());
        }
    }
    assert!(read > 50_000, "the database was read: {read} bytes");
}

/// Goes through the first page in every way that a postcode can be typed, right and wrong.
async fn type_postcodes(sam: &Resident, first: &Seen, postcode: &str) -> Seen {
    let form = first.form();
    let token = form.hidden("csrf").unwrap();
    for action in ["find-area", "continue", "save"] {
        for typed in [
            postcode.to_owned(),
            format!("{postcode}X"),
            format!(" {postcode} ").to_lowercase(),
        ] {
            let given = [
                pair("csrf", token),
                pair("area-postcode", &typed),
                pair("action", action),
            ];
            let seen = sam.post(&first.path, &given).await;
            let location = seen.location.clone().unwrap_or_default();
            for spelling in spellings(postcode) {
                assert!(!location.contains(&spelling), "{location}");
            }
        }
    }
    let mut pairs = form.plain_answers();
    pairs.push(pair("area-postcode", postcode));
    sam.answer(first, &pairs).await
}

#[tokio::test]
async fn a_postcode_is_kept_nowhere() {
    let site = TestSite::on(Engine::Sqlite).await;
    let sam = Resident::of(&site, PLAN);
    let first = sam.start().await;
    let next = type_postcodes(&sam, &first, "CM2 6LX").await;
    let check = sam.answer_all(next).await;
    for spelling in spellings("CM2 6LX") {
        assert!(!check.html.contains(&spelling), "{spelling}");
    }
    let done = sam.send(&check).await;
    let copy = sam.get(&done.path.replace("done", "copy")).await;
    for spelling in spellings("CM2 6LX") {
        assert!(!copy.html.contains(&spelling), "{spelling}");
    }
    nowhere_in_files(site.folder.path(), &spellings("CM2 6LX"));
    site.stop().await;
}

/// The default survey, open whenever the test runs.
fn publish(launch: &Launch, folder: &Path) {
    let mut definition = default_survey();
    definition.opens = "2020-01-01T00:00:00".parse().unwrap();
    definition.closes = "2100-01-01T00:00:00".parse().unwrap();
    let file = folder.join("survey.yaml");
    std::fs::write(&file, definition.to_yaml().unwrap()).unwrap();
    let output = launch.run(&["survey", "publish", file.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
}

async fn logs_tell_nothing_of_anybody(format: &str, level: &str) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let url = format!("sqlite://{}", data.join("answers.sqlite").display());
    let mails = folder.path().join("mails");
    let launch = Launch::on(&url)
        .setting("HYS_LOG", level)
        .setting("HYS_LOG_FORMAT", format)
        .setting("HYS_TRUSTED_PROXIES", "127.0.0.1")
        .setting("HYS_SMTP_URL", &format!("file://{}", mails.display()));
    publish(&launch, folder.path());
    let program = launch.serve();
    let link = program.line_after("administrator link: ").unwrap();
    let (_, token) = link.rsplit_once('/').unwrap();
    let mut sam = Resident::at(&program.base, PLAN);
    let mut headers = header::HeaderMap::new();
    headers.insert(header::USER_AGENT, "Peculiar-Browser/7.7".parse().unwrap());
    headers.insert("x-forwarded-for", "198.51.100.77".parse().unwrap());
    headers.insert(
        header::REFERER,
        "https://referrer.example/page".parse().unwrap(),
    );
    headers.insert(header::ACCEPT_LANGUAGE, "kw-GB".parse().unwrap());
    sam.client = reqwest::Client::builder()
        .cookie_store(true)
        .redirect(reqwest::redirect::Policy::none())
        .default_headers(headers)
        .build()
        .unwrap();
    let first = sam.start().await;
    let mut page = type_postcodes(&sam, &first, "CM2 6LX").await;
    for _ in 0..60 {
        if page.path.ends_with("/check") {
            break;
        }
        let mut pairs = page.form().plain_answers();
        for (_, value) in pairs
            .iter_mut()
            .filter(|(_, value)| value.contains("lights"))
        {
            "Zanzibar marmalade".clone_into(value);
        }
        page = sam.answer(&page, &pairs).await;
    }
    let mut pairs = page.form().hidden.clone();
    let session = pairs[0].1.clone();
    pairs.push(pair("receipt", "1"));
    pairs.push(pair("email", "quaint.address@example.org"));
    let done = sam.answer(&page, &pairs).await;
    assert!(
        done.path.ends_with("/done"),
        "{}: {}",
        done.path,
        done.text()
    );
    // And what goes wrong: words in addresses, broken forms, a wrong password, a one-time link.
    for path in [
        "/zanzibar",
        "/surveys/zanzibar",
        "/?q=zanzibar",
        "/surveys/police-and-crime-plan/respond/zanzibar",
    ] {
        sam.get(path).await;
    }
    let secret = [
        pair("email", "quaint.address@example.org"),
        pair("password", "zanzibar-password"),
    ];
    assert_eq!(
        sam.post("/admin/sign-in", &secret).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let welcome = format!("/admin/welcome/{token}");
    let account = [
        pair("name", "Zebedee"),
        pair("email", "quaint.address@example.org"),
        pair("password", "zanzibar-password"),
    ];
    let accepted = sam.post(&welcome, &account).await;
    assert_eq!(
        accepted.location.as_deref(),
        Some("/admin"),
        "{}",
        accepted.text()
    );
    sam.get("/admin").await;
    sam.get(&format!("/admin/surveys/{PLAN}/comments?q=zanzibar"))
        .await;
    for _ in 0..60 {
        if mails
            .read_dir()
            .is_ok_and(|mut files| files.next().is_some())
        {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let rows = Rows::of(&url).await;
    let id: uuid::Uuid = rows
        .one("SELECT id FROM response", Vec::new())
        .await
        .unwrap();
    rows.close().await;
    nowhere_in_files(&data, &spellings("CM2 6LX"));
    // The server says at its start where it listens: its own address is nobody's.
    let log: String = program
        .log()
        .lines()
        .filter(|line| !line.contains("starting service"))
        .map(|line| format!("{line}\n"))
        .collect();
    program.stop();
    assert!(
        log.lines().count() > 20,
        "every request has its line: {log}"
    );
    let (cookie_id, plain_id) = (id.simple().to_string(), id.to_string());
    let mut secrets = spellings("CM2 6LX");
    secrets.extend(
        [
            "Peculiar-Browser",
            "198.51.100.77",
            "127.0.0.1:",
            "referrer.example",
            "kw-GB",
            "marmalade",
            "anzibar",
            "Zebedee",
            "quaint.address",
            session.as_str(),
            token,
            cookie_id.as_str(),
            plain_id.as_str(),
        ]
        .map(ToOwned::to_owned),
    );
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(&secret));
        assert!(
            line.is_none(),
            "{level}: {secret} stands in the log: {line:?}"
        );
    }
    if format == "json" {
        for line in log.lines() {
            let read: serde_json::Value = serde_json::from_str(line).expect(line);
            assert!(
                read["timestamp"].is_string() && read["level"].is_string(),
                "{line}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logs_hold_nothing_of_anybody() {
    logs_tell_nothing_of_anybody("json", "info").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_even_logs_for_debugging_do() {
    logs_tell_nothing_of_anybody("text", "have_your_say=trace,warn").await;
}
