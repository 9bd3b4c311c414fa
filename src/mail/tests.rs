#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use uuid::Uuid;

use super::{Delivered, Postman, Render, RenderError, Rendered, Sender, Transport};
use crate::storage::{
    Store,
    fixture::on_both,
    outbox::{self, NewMail},
};

struct Plain;

impl Render for Plain {
    fn render(
        &self,
        template: &str,
        language: &str,
        params: &serde_json::Value,
    ) -> Result<Rendered, RenderError> {
        let Some(reference) = params["reference"].as_str() else {
            return Err(RenderError {
                template: template.to_owned(),
                language: language.to_owned(),
                reason: "no reference".to_owned(),
            });
        };
        Ok(Rendered {
            subject: format!("{template} {language}\r\nBcc: thief@example.org"),
            text: format!("Your reference is {reference}."),
            html: format!("<p>Your reference is {reference}.</p>"),
        })
    }
}

fn postman(transport: Transport) -> Postman {
    let sender = Sender::new(
        "Have your say <no-reply@example.org>",
        Some("office@example.org"),
    )
    .unwrap();
    Postman::new(sender, transport, Arc::new(Plain))
}

async fn queue(store: &Store, recipient: &str) {
    let mail = NewMail {
        id: Uuid::now_v7(),
        template: "receipt".to_owned(),
        params: serde_json::json!({ "reference": "ABCD-EFGH" }),
        recipient: recipient.to_owned(),
        language: "en".to_owned(),
    };
    let tx = store.begin().await.unwrap();
    outbox::add(&tx, &mail).await.unwrap();
    tx.commit().await.unwrap();
}

/// A mail server that says `answer` to every recipient and keeps what it is told.
async fn smtp(listener: TcpListener, answer: &'static str, heard: Arc<Mutex<String>>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(talk(client, answer, Arc::clone(&heard)));
    }
}

async fn talk(
    client: TcpStream,
    answer: &'static str,
    heard: Arc<Mutex<String>>,
) -> std::io::Result<()> {
    let (read, mut write) = client.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 here\r\n").await?;
    let mut body = false;
    while let Some(line) = lines.next_line().await? {
        heard.lock().unwrap().push_str(&format!("{line}\n"));
        let verb = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        let reply = match (body, verb.as_str()) {
            (true, _) if line == "." => {
                body = false;
                "250 taken"
            }
            (true, _) => continue,
            (false, "RCPT") => answer,
            (false, "DATA") => {
                body = true;
                "354 go on"
            }
            (false, "QUIT") => "221 bye",
            _ => "250 fine",
        };
        write.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
    Ok(())
}

fn outcome(sent: u32, waiting: u32, given_up: u32) -> Delivered {
    Delivered {
        sent,
        waiting,
        given_up,
    }
}

on_both! {
    async fn a_queued_mail_reaches_a_mail_server_once(database) {
        let store = database.open().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(String::new()));
        let server = tokio::spawn(smtp(listener, "250 fine", Arc::clone(&heard)));
        let postman = postman(Transport::from_url(&format!("smtp://127.0.0.1:{port}")).unwrap());
        assert_eq!(postman.deliver_due(&store).await.unwrap(), outcome(0, 0, 0));
        queue(&store, "resident@example.org").await;
        assert_eq!(postman.deliver_due(&store).await.unwrap(), outcome(1, 0, 0));
        assert_eq!(postman.deliver_due(&store).await.unwrap(), outcome(0, 0, 0));
        server.abort();
        let heard = heard.lock().unwrap().clone();
        assert!(heard.contains("RCPT TO:<resident@example.org>"), "{heard}");
        assert!(heard.contains("Your reference is ABCD-EFGH."));
        assert!(heard.contains("multipart/alternative") && heard.contains("text/html"));
        assert!(!heard.lines().any(|line| line.starts_with("Bcc:")), "a subject can't add a header");
    }
}

on_both! {
    async fn a_dead_mail_server_loses_nothing(database) {
        let store = database.open().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let postman = postman(Transport::from_url(&format!("smtp://{address}")).unwrap());
        for number in 0..3 {
            queue(&store, &format!("r{number}@example.org")).await;
        }
        assert_eq!(postman.deliver_due(&store).await.unwrap(), outcome(0, 3, 0));
        assert_eq!(postman.deliver_due(&store).await.unwrap(), outcome(0, 0, 0), "they wait their time");
        let listener = TcpListener::bind(address).await.unwrap();
        let server = tokio::spawn(smtp(listener, "250 fine", Arc::default()));
        outbox::hurry(&store).await.unwrap();
        assert_eq!(postman.deliver_due(&store).await.unwrap(), outcome(3, 0, 0));
        server.abort();
    }
}

on_both! {
    async fn an_address_that_is_refused_is_given_up_and_one_put_off_waits(database) {
        let store = database.open().await;
        for (answer, expected) in [("550 no such mailbox", outcome(0, 0, 1)), ("450 later", outcome(0, 1, 0))] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let port = listener.local_addr().unwrap().port();
            let server = tokio::spawn(smtp(listener, answer, Arc::default()));
            let postman = postman(Transport::from_url(&format!("smtp://127.0.0.1:{port}")).unwrap());
            queue(&store, "resident@example.org").await;
            assert_eq!(postman.deliver_due(&store).await.unwrap(), expected, "{answer}");
            server.abort();
        }
    }
}

on_both! {
    async fn a_folder_gets_one_file_for_each_mail(database) {
        let store = database.open().await;
        let folder = database.folder.path().join("mails");
        let postman = postman(Transport::from_url(&format!("file:{}", folder.display())).unwrap());
        queue(&store, "a@example.org").await;
        queue(&store, "b@example.org").await;
        assert_eq!(postman.deliver_due(&store).await.unwrap(), outcome(2, 0, 0));
        let names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(names.len(), 2);
        assert!(names.iter().all(|name| name.extension().is_some_and(|ending| ending == "eml")));
    }
}

on_both! {
    async fn a_mail_that_is_no_mail_does_not_stop_the_others(database) {
        let store = database.open().await;
        let transport = Transport::from_url("memory:").unwrap();
        let postman = postman(transport.clone());
        queue(&store, "no address").await;
        queue(&store, "b@example.org").await;
        assert_eq!(postman.deliver_due(&store).await.unwrap(), outcome(1, 0, 1));
        let Transport::Memory(sent) = transport else { panic!() };
        assert_eq!(sent.lock().unwrap()[0].recipients, ["b@example.org"]);
    }
}

#[test]
fn an_address_that_is_no_transport_is_refused() {
    for address in ["", "http://example.org", "smtp://"] {
        assert!(Transport::from_url(address).is_err(), "{address}");
    }
    assert!(Sender::new("nobody", None).is_err());
}
