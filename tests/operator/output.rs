//! Answers and results by command: the same as on the pages, without what needs a sign-in.

use super::{PLAN, publish_long_open, sqlite_in};
use crate::support::{OwnPostgres, people::Resident, program::Launch};

fn csv_rows(bytes: &[u8]) -> Vec<csv::StringRecord> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap()).collect()
}

/// What a file says in a column of its first row.
fn cell(rows: &[csv::StringRecord], column: &str) -> Option<String> {
    let place = rows[0].iter().position(|name| name == column)?;
    rows[1].get(place).map(ToOwned::to_owned)
}

async fn answers_come_out(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let launch = Launch::on(url);
    publish_long_open(&launch, folder.path());
    let program = launch.serve();
    let done = Resident::at(&program.base, PLAN).complete().await;
    assert!(done.path.ends_with("/done"));
    // While it is served, and to the terminal.
    let printed = launch.run(&["export", "--survey", PLAN]);
    assert!(printed.status.success(), "{printed:?}");
    let rows = csv_rows(&printed.stdout);
    assert_eq!(rows.len(), 2, "one response");
    assert_eq!(cell(&rows, "simulated").as_deref(), Some("0"));
    let words = cell(&rows, "change");
    assert_eq!(words.as_deref(), Some("More lights by the park, please."));
    assert_eq!(
        cell(&rows, "ethnicity"),
        None,
        "sensitive answers need a sign-in"
    );
    let none = launch.run(&["export", "--survey", PLAN, "--filter", "age=65_74"]);
    assert!(none.status.success(), "{none:?}");
    assert_eq!(csv_rows(&none.stdout).len(), 1, "the filter is in force");
    let target = folder.path().join("out");
    let target_name = target.to_str().unwrap();
    let written = launch.run(&["export", "--survey", PLAN, "--labels", "--to", target_name]);
    assert!(written.status.success(), "{written:?}");
    let mut names: Vec<String> = std::fs::read_dir(&target)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(
        names[0].starts_with(&format!("internal-{PLAN}-answers-")),
        "{names:?}"
    );
    assert!(
        names[1].starts_with(&format!("internal-{PLAN}-codebook-")),
        "{names:?}"
    );

    let page = format!("/admin/surveys/{PLAN}/questions");
    let json = launch.run(&["result", &page]);
    assert!(json.status.success(), "{json:?}");
    let read: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(read.is_object(), "{read}");
    let text = String::from_utf8_lossy(&json.stdout).into_owned();
    assert!(
        !text.contains("ethnicity"),
        "sensitive figures need a sign-in"
    );
    let csv = launch.run(&["result", &page, "--format", "csv"]);
    assert!(csv_rows(&csv.stdout).len() > 20);
    let themes = format!("/admin/surveys/{PLAN}/themes?areas=csp");
    let svg = launch.run(&["result", &themes, "--format", "svg"]);
    assert!(
        String::from_utf8_lossy(&svg.stdout).contains("<svg"),
        "{svg:?}"
    );
    let png = launch.run(&["result", &themes, "--format", "png"]);
    assert!(png.stdout.starts_with(b"\x89PNG"), "{:?}", png.stderr);
    for wrong in [
        vec!["export", "--survey", "nothing"],
        vec!["export", "--survey", PLAN, "--filter", "area=nowhere"],
        vec!["result", "/elsewhere"],
        vec!["result", "/admin/surveys/nothing/questions"],
        vec![
            "result",
            "/admin/surveys/police-and-crime-plan/question/ethnicity",
        ],
    ] {
        let refused = launch.run(&wrong);
        assert_eq!(refused.status.code(), Some(1), "{wrong:?}");
        assert!(refused.stdout.is_empty(), "{wrong:?}");
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    }
    program.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_and_results_come_out_by_command() {
    let folder = tempfile::tempdir().unwrap();
    answers_come_out(&sqlite_in(folder.path())).await;
    let database = OwnPostgres::create().await;
    answers_come_out(&database.url).await;
    database.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn made_up_responses_go_into_a_database_of_their_own_and_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let (own, real) = (
        format!(
            "sqlite://{}",
            folder.path().join("made-up.sqlite").display()
        ),
        sqlite_in(folder.path()),
    );
    let launch = Launch::on(&real);
    publish_long_open(&launch, folder.path());
    let words = [
        "simulate",
        "--survey",
        PLAN,
        "--responses",
        "40",
        "--seed",
        "7",
        "--database",
        &own,
    ];
    let made = launch.run(&words);
    assert!(made.status.success(), "{made:?}");
    // Not among people's own answers, unless that is asked for.
    let program = launch.serve();
    Resident::at(&program.base, PLAN).complete().await;
    program.stop();
    let words = [
        "simulate",
        "--survey",
        PLAN,
        "--responses",
        "2",
        "--database",
        &real,
    ];
    assert_eq!(launch.run(&words).status.code(), Some(1));
    let served = Launch::on(&own).serve();
    let hub = Resident::at(&served.base, PLAN).get("/").await;
    assert!(hub.html.contains("made-up answers"), "{}", hub.html);
    for page in ["/", "/surveys/police-and-crime-plan"] {
        // The first count is taken right after the start, in the background.
        let mut seen = Resident::at(&served.base, PLAN).get(page).await;
        for _ in 0..100 {
            if seen.says("with made-up ones") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            seen = Resident::at(&served.base, PLAN).get(page).await;
        }
        assert!(seen.says("About "), "{page}: {}", seen.text());
    }
    served.stop();
}
