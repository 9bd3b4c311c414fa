//! What a monitor sees: whether it lives, whether it can work, and how much it does, of nobody in particular.

use std::net::TcpListener;

use reqwest::StatusCode;

use super::{PLAN, publish_long_open, sqlite_in};
use crate::support::{people::Resident, program::Launch};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_stand_apart_from_pages_and_tell_of_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let launch = Launch::on(&sqlite_in(folder.path())).setting("HYS_METRICS_BIND", &address);
    publish_long_open(&launch, folder.path());
    let program = launch.serve();
    let sam = Resident::at(&program.base, PLAN);
    let done = sam.complete().await;
    assert!(done.path.ends_with("/done"), "{}", done.path);
    assert_eq!(sam.get("/metrics").await.status, StatusCode::NOT_FOUND);
    sam.get("/secret-path?secret=query").await;
    let watcher = Resident::at(&format!("http://{address}"), PLAN);
    let figures = watcher.get("/metrics").await;
    assert_eq!(figures.status, StatusCode::OK);
    assert!(
        figures.html.contains("/surveys/{slug}/respond/{page}"),
        "{}",
        figures.html
    );
    for private in ["secret", PLAN, "127.0.0.1", "lights"] {
        assert!(
            !figures.html.contains(private),
            "{private}: {}",
            figures.html
        );
    }
    for (path, words) in [("/healthz", "alive"), ("/readyz", "ready")] {
        let seen = sam.get(path).await;
        assert_eq!((seen.status, seen.html.trim()), (StatusCode::OK, words));
    }
    program.stop();
}
