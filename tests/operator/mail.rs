//! Receipts: they say the reference and no answer, wait for a dead mail server, and leave no address behind.

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use reqwest::StatusCode;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use super::PLAN;
use crate::support::{
    BOTH, Engine, SiteBuilder, TestSite,
    people::{Resident, Seen},
    rows::Rows,
};

const ADDRESS: &str = "sam.receipt@example.org";

/// Answers everything, asks for a receipt and sends.
async fn complete_with_receipt(site: &TestSite) -> Seen {
    let sam = Resident::of(site, PLAN);
    let first = sam.start().await;
    let check = sam.answer_all(first).await;
    let mut pairs = check.form().hidden.clone();
    pairs.push(("receipt".to_owned(), "1".to_owned()));
    pairs.push(("email".to_owned(), ADDRESS.to_owned()));
    let done = sam.answer(&check, &pairs).await;
    assert!(done.path.ends_with("/done"), "{}: {}", done.path, done.text());
    done
}

async fn wait_for<T>(what: &str, mut found: impl AsyncFnMut() -> Option<T>) -> T {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(found) = found().await {
            return found;
        }
        assert!(Instant::now() < until, "{what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn reference(rows: &Rows) -> String {
    let sql = "SELECT reference FROM response WHERE state = 1";
    rows.one(sql, Vec::new()).await.expect("a reference")
}

/// Nothing of what was answered, and no link that opens anything.
fn says_only_that_it_came(mail: &str, reference: &str) {
    assert!(mail.contains(reference), "{mail}");
    for private in ["More lights", "Braintree", "Basildon", "E0700", "respond", "hys_response"] {
        assert!(!mail.contains(private), "{private}: {mail}");
    }
    let plain = mail.contains("text/plain") && mail.contains("text/html");
    assert!(plain, "both forms: {mail}");
}

/// The row that stays once a mail has left holds nobody's address.
async fn address_is_gone(rows: &Rows) {
    wait_for("the mail is noted as sent", async || {
        let sent = "SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL";
        (rows.count(sent).await == 1).then_some(())
    })
    .await;
    let kept = "SELECT count(*) FROM outbox WHERE recipient <> ''";
    assert_eq!(rows.count(kept).await, 0);
    let params: String = rows.one("SELECT params FROM outbox", Vec::new()).await.unwrap();
    assert!(!params.contains(ADDRESS), "{params}");
}

fn only_mail_in(folder: &Path) -> Option<String> {
    let mails: Vec<_> = std::fs::read_dir(folder)
        .ok()?
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
        .collect();
    assert!(mails.len() < 2, "{mails:?}");
    mails.first().map(|mail| std::fs::read_to_string(mail).unwrap())
}

#[tokio::test]
async fn a_receipt_has_the_reference_and_nothing_of_the_answers() {
    for engine in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let mails = folder.path().join("mails");
        let site = SiteBuilder::on(engine)
            .setting("HYS_SMTP_URL", &format!("file://{}", mails.display()))
            .start()
            .await;
        complete_with_receipt(&site).await;
        let mail = wait_for("a mail is written", async || only_mail_in(&mails)).await;
        let rows = Rows::of(&site.database_url).await;
        says_only_that_it_came(&mail, &reference(&rows).await);
        assert!(mail.contains(&format!("To: {ADDRESS}")), "{mail}");
        address_is_gone(&rows).await;
        rows.close().await;
        site.stop().await;
    }
}

#[tokio::test]
async fn a_wrong_address_is_said_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let site = SiteBuilder::on(Engine::Sqlite)
        .setting("HYS_SMTP_URL", &format!("file://{}", folder.path().display()))
        .start()
        .await;
    let sam = Resident::of(&site, PLAN);
    let first = sam.start().await;
    let check = sam.answer_all(first).await;
    for email in ["", "sam", "sam@example.org\nBcc: all@example.org", "a@b@c", &"a".repeat(300)] {
        let mut pairs = check.form().hidden.clone();
        pairs.push(("receipt".to_owned(), "1".to_owned()));
        pairs.push(("email".to_owned(), email.to_owned()));
        let refused = sam.post(&check.path, &pairs).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{email:?}");
        assert!(refused.html.contains("govuk-error-summary"));
    }
    let rows = Rows::of(&site.database_url).await;
    assert_eq!(rows.count("SELECT count(*) FROM outbox").await, 0);
    assert_eq!(rows.count("SELECT count(*) FROM response WHERE state = 1").await, 0);
    rows.close().await;
    site.stop().await;
}

/// A mail server that takes everything and keeps what it is told.
async fn take_mails(listener: TcpListener, heard: Arc<Mutex<String>>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(talk(client, Arc::clone(&heard)));
    }
}

async fn talk(client: TcpStream, heard: Arc<Mutex<String>>) -> std::io::Result<()> {
    let (read, mut write) = client.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 ready\r\n").await?;
    let mut in_body = false;
    while let Some(line) = lines.next_line().await? {
        heard.lock().unwrap().push_str(&format!("{line}\n"));
        let reply = if in_body {
            if line != "." {
                continue;
            }
            in_body = false;
            "250 taken"
        } else {
            match line.get(..4).map(str::to_ascii_uppercase).as_deref() {
                Some("DATA") => {
                    in_body = true;
                    "354 go on"
                }
                Some("QUIT") => "221 bye",
                _ => "250 fine",
            }
        };
        write.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_mail_server_delays_the_receipt_and_nothing_else() {
    for engine in BOTH {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let site = SiteBuilder::on(engine)
            .setting("HYS_SMTP_URL", &format!("smtp://{address}"))
            .start()
            .await;
        complete_with_receipt(&site).await;
        let rows = Rows::of(&site.database_url).await;
        wait_for("it is tried", async || {
            (rows.count("SELECT count(*) FROM outbox WHERE attempts > 0").await == 1).then_some(())
        })
        .await;
        let queued: Option<String> = rows.one("SELECT recipient FROM outbox", Vec::new()).await;
        assert_eq!(queued.as_deref(), Some(ADDRESS));
        assert_eq!(Resident::of(&site, PLAN).get("/readyz").await.status, StatusCode::OK);
        let heard = Arc::new(Mutex::new(String::new()));
        let listener = TcpListener::bind(address).await.unwrap();
        let server = tokio::spawn(take_mails(listener, Arc::clone(&heard)));
        // It would be tried again after half a minute.
        wait_for("it is delivered", async || {
            rows.run("UPDATE outbox SET next_at = 0, leased_until = NULL WHERE sent_at IS NULL").await;
            tokio::time::sleep(Duration::from_millis(2500)).await;
            heard.lock().unwrap().contains("\n.\n").then_some(())
        })
        .await;
        address_is_gone(&rows).await;
        let mail = heard.lock().unwrap().clone();
        says_only_that_it_came(&mail, &reference(&rows).await);
        assert!(mail.contains(&format!("RCPT TO:<{ADDRESS}>")), "{mail}");
        assert_eq!(mail.matches("RCPT TO").count(), 1, "once: {mail}");
        server.abort();
        rows.close().await;
        site.stop().await;
    }
}
