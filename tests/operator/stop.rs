//! Told to stop, the program finishes what it accepted.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use super::{PLAN, publish_long_open, sqlite_in};
use crate::support::{
    OwnPostgres,
    people::Resident,
    program::{Launch, Program},
    rows::{Rows, cookie_set, response_id},
};

async fn finishes_what_it_accepted(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let launch = Launch::on(url);
    publish_long_open(&launch, folder.path());
    let mut program = launch.serve();
    let resident = Resident::at(&program.base, PLAN);
    let started = resident.post(&format!("/surveys/{PLAN}/start"), &[]).await;
    let cookie = cookie_set(&started.headers, "hys_response").unwrap();
    let first = resident.follow(started).await;
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(first.form().plain_answers())
        .finish();
    let (sent_before, sent_after) = body.split_at(body.len() / 2);
    let address = program.base.strip_prefix("http://").unwrap().to_owned();
    let mut connection = TcpStream::connect(&address).unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {address}\r\nOrigin: {}\r\nCookie: hys_response={cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        first.path,
        program.base,
        body.len()
    );
    connection.write_all(head.as_bytes()).unwrap();
    connection.write_all(sent_before.as_bytes()).unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    program.terminate();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let late = TcpStream::connect(&address)
        .is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionRefused);
    connection.write_all(sent_after.as_bytes()).unwrap();
    let mut answer = String::new();
    connection
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(late, "a stopping server takes nobody new");
    let status = program.wait();
    assert!(status.success(), "{status}: {}", program.log());
    let rows = Rows::of(url).await;
    let kept = rows.response(response_id(&cookie)).await;
    assert!(kept.is_some(), "the save it acknowledged is kept");
    rows.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_finishes_the_requests_that_were_accepted() {
    let folder = tempfile::tempdir().unwrap();
    finishes_what_it_accepted(&sqlite_in(folder.path())).await;
    let database = OwnPostgres::create().await;
    finishes_what_it_accepted(&database.url).await;
    database.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_never_serve_one_sqlite_database() {
    let folder = tempfile::tempdir().unwrap();
    let launch = Launch::on(&sqlite_in(folder.path()));
    let first = launch.serve();
    let second = launch.run(&["serve"]);
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains("another process is serving"), "{said}");
    // The first goes on, and a process after it takes over.
    let seen = Resident::at(&first.base, PLAN).get("/readyz").await;
    assert_eq!(seen.status, reqwest::StatusCode::OK);
    first.stop();
    launch.serve().stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_serve_one_postgres_database() {
    let folder = tempfile::tempdir().unwrap();
    let database = OwnPostgres::create().await;
    let launch = Launch::on(&database.url);
    publish_long_open(&launch, folder.path());
    let nodes = [launch.serve(), launch.serve()];
    let mut resident = Resident::at(&nodes[0].base, PLAN);
    let mut page = resident.start().await;
    for turn in 1..40 {
        if page.path.ends_with("/check") {
            break;
        }
        // The next request goes to the other node, as behind a proxy: nothing is held in one of them.
        resident.base.clone_from(&nodes[turn % 2].base);
        let pairs = page.form().plain_answers();
        page = resident.answer(&page, &pairs).await;
    }
    assert!(page.path.ends_with("/check"), "{}", page.path);
    resident.base.clone_from(&nodes[0].base);
    let done = resident.send(&page).await;
    assert!(done.path.ends_with("/done"), "{}", done.path);
    for node in nodes {
        node.stop();
    }
    database.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_start_together_on_a_new_database_agree_on_its_first_survey() {
    let database = OwnPostgres::create().await;
    let launch = Launch::on(&database.url);
    let nodes: Vec<Program> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..3).map(|_| scope.spawn(|| launch.serve())).collect();
        starts
            .into_iter()
            .map(|start| start.join().unwrap())
            .collect()
    });
    let rows = Rows::of(&database.url).await;
    for table in ["survey", "survey_version"] {
        let sql = format!("SELECT count(*) FROM {table}");
        assert_eq!(rows.count(&sql).await, 1, "{table}");
    }
    rows.close().await;
    for node in nodes {
        let hub = Resident::at(&node.base, PLAN).get("/").await;
        assert!(
            hub.html.contains(&format!("/surveys/{PLAN}")),
            "{}",
            hub.html
        );
        node.stop();
    }
    database.drop().await;
}
