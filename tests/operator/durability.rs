//! A save is on disk before it is acknowledged: by the settings of every connection, and by what the system was asked.

use std::{fs, time::Duration};

use have_your_say::storage::{DatabaseConfig, Store};

use super::{PLAN, publish_long_open, sqlite_in};
use crate::support::{BOTH, Engine, TestSite, people::Resident, program::Launch};

#[tokio::test]
async fn every_connection_of_a_site_is_durable() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let store = Store::connect(&DatabaseConfig::new(&site.database_url))
            .await
            .unwrap();
        let settings = store.pragmas().await.unwrap();
        let (journal, synchronous) = match engine {
            Engine::Sqlite => ("wal", "2"),
            Engine::Postgres => ("on", "on"),
        };
        assert!(settings.len() >= 5, "{settings:?}");
        for connection in settings {
            assert_eq!(connection.journal_mode, journal, "{engine:?}");
            assert_eq!(connection.synchronous, synchronous, "{engine:?}");
        }
        store.close().await.unwrap();
        site.stop().await;
    }
}

/// What a line of the trace shows, in the order that matters here.
#[derive(Debug, PartialEq, Eq)]
enum Event {
    /// The request of a save came in.
    Asked,
    /// The journal reached the disk.
    Synced,
    /// A redirect went out.
    Acknowledged,
}

/// Reads a trace of several threads: a call that is interrupted by another thread's ends in a line of its own.
fn events(trace: &str, path: &str) -> Vec<Event> {
    let mut syncing = std::collections::BTreeSet::new();
    let mut found = Vec::new();
    for line in trace.lines() {
        let thread = line.split_whitespace().next().unwrap_or_default().to_owned();
        let is_sync = line.contains("fdatasync(") || line.contains("fsync(");
        let is_ours = line.contains("-wal>");
        let is_resumed = line.contains("fdatasync resumed>") || line.contains("fsync resumed>");
        if is_sync && is_ours && line.contains("<unfinished") {
            syncing.insert(thread);
        } else if (is_sync && is_ours && line.trim_end().ends_with("= 0"))
            || (is_resumed && line.trim_end().ends_with("= 0") && syncing.remove(&thread))
        {
            found.push(Event::Synced);
        } else if line.contains(&format!("\"POST {path}")) {
            found.push(Event::Asked);
        } else if line.contains("\"HTTP/1.1 303") {
            found.push(Event::Acknowledged);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fdatasync_comes_before_the_acknowledgement() {
    let folder = tempfile::tempdir().unwrap();
    let launch = Launch::on(&sqlite_in(folder.path()));
    publish_long_open(&launch, folder.path());
    let trace = folder.path().join("trace");
    let calls = "trace=fdatasync,fsync,read,recvfrom,write,writev,sendto,sendmsg";
    let traced = launch.by(&[
        "strace",
        "-D",
        "-f",
        "-y",
        "-s",
        "80",
        "-e",
        calls,
        "-o",
        trace.to_str().unwrap(),
    ]);
    let program = traced.serve();
    let resident = Resident::at(&program.base, PLAN);
    let first = resident.start().await;
    let form = first.form().plain_answers();
    let second = resident.answer(&first, &form).await;
    // The first save begins a response, the second goes on with it.
    let third = resident
        .answer(&second, &second.form().plain_answers())
        .await;
    assert_ne!(third.path, second.path, "{}", third.text());
    program.stop();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let trace = fs::read_to_string(&trace).expect("strace may trace, and has written its trace");
    for path in [&first.path, &second.path] {
        let events = events(&trace, path);
        let asked = events.iter().position(|event| *event == Event::Asked);
        let asked = asked.unwrap_or_else(|| panic!("the trace does not show the save of {path}"));
        let after = &events[asked + 1..];
        assert_eq!(
            after.first(),
            Some(&Event::Synced),
            "{path}: acknowledged before it was on disk: {after:?}"
        );
        assert!(after.contains(&Event::Acknowledged), "{path}: {after:?}");
    }
}

#[test]
fn the_reader_of_traces_tells_an_early_acknowledgement() {
    let late = "7 read(9<socket:[1]>, \"POST /a HTTP/1.1\\r\\n\", 80) = 80\n\
        8 fdatasync(5</x/a.sqlite-wal> <unfinished ...>\n\
        7 read(9<socket:[1]>, 0x1, 80) = -1 EAGAIN\n\
        8 <... fdatasync resumed>) = 0\n\
        7 sendto(9<socket:[1]>, \"HTTP/1.1 303 See Other\\r\\n\", 80) = 80\n";
    assert_eq!(
        events(late, "/a"),
        [Event::Asked, Event::Synced, Event::Acknowledged]
    );
    let early = late.replace("<... fdatasync resumed>) = 0", "nothing");
    assert_eq!(events(&early, "/a"), [Event::Asked, Event::Acknowledged]);
}
