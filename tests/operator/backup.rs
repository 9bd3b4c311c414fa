//! A backup made while people answer, restored into a new database that is then served.

use std::time::Duration;

use super::{
    PLAN,
    load::{Script, Trouble, Writers},
    publish_long_open, sqlite_in,
};
use crate::support::{OwnPostgres, people::Resident, program::Launch, rows::Rows};

async fn backup_and_restore(url: &str, new_url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let launch = Launch::on(url).setting("HYS_LOG", "error");
    publish_long_open(&launch, folder.path());
    let program = launch.serve();
    let script = Script::record(&program.base).await;
    let before = Writers::start(&program.base, &script, 2, Trouble::IsTriedAgain);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let before = before.stop().await;
    let meanwhile = Writers::start(&program.base, &script, 4, Trouble::IsTriedAgain);
    let file = folder.path().join("backup");
    let file = file.to_str().unwrap();
    let made = launch.run(&["backup", file]);
    assert!(made.status.success(), "{made:?}");
    let meanwhile = meanwhile.stop().await;
    assert!(!launch.run(&["backup", file]).status.success(), "it is never overwritten");
    let served = launch.run(&["restore", file]);
    assert_eq!(served.status.code(), Some(1), "not over a database that is served");
    // Serving went on undisturbed.
    let rows = Rows::of(url).await;
    before.compare(&rows).await;
    meanwhile.compare(&rows).await;
    rows.close().await;
    program.stop();
    assert_eq!(launch.run(&["restore", file]).status.code(), Some(1), "nor over one that is not empty");

    let other = Launch::on(new_url).setting("HYS_LOG", "error");
    let restored = other.run(&["restore", file]);
    assert!(restored.status.success(), "{restored:?}");
    let rows = Rows::of(new_url).await;
    before.compare(&rows).await;
    rows.close().await;
    let program = other.serve();
    let done = Resident::at(&program.base, PLAN).complete().await;
    assert!(done.path.ends_with("/done"), "{}", done.path);
    program.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_while_serving_is_restored_and_served() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    backup_and_restore(&sqlite_in(from.path()), &sqlite_in(to.path())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_postgres_while_serving_is_restored_and_served() {
    let (from, to) = (OwnPostgres::create().await, OwnPostgres::create().await);
    backup_and_restore(&from.url, &to.url).await;
    from.drop().await;
    to.drop().await;
}
