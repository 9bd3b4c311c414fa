//! The command line: what it does, what it prints, and how it ends.

use std::process::Output;

use have_your_say::survey::definition::Definition;

use super::{PLAN, long_open_survey, sqlite_in, write_definition};
use crate::support::{OwnPostgres, people::Resident, program::Launch, rows::Rows};

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn every_command_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    let launch = Launch::on(&sqlite_in(folder.path()));
    let commands: [&[&str]; 15] = [
        &[],
        &["serve"],
        &["migrate"],
        &["survey"],
        &["survey", "lint"],
        &["survey", "import"],
        &["survey", "publish"],
        &["survey", "export"],
        &["simulate"],
        &["user"],
        &["user", "invite"],
        &["export"],
        &["result"],
        &["backup"],
        &["restore"],
    ];
    for words in commands {
        let output = launch.run(&[words, &["--help"]].concat());
        assert!(output.status.success(), "{words:?}");
        assert!(printed(&output).contains("Usage:"), "{words:?}");
    }
    let unknown = launch.run(&["dance"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        !folder.path().join("answers.sqlite").exists(),
        "help makes no database"
    );
}

#[test]
fn a_setting_that_cannot_be_used_is_named_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let launch = Launch::on(&sqlite_in(folder.path()));
    for (variable, value) in [
        ("HYS_WORKERS", "0"),
        ("HYS_BASE_URL", "ftp://example.org"),
        ("HYS_DATABASE_URL", "mysql://example.org/x"),
        ("HYS_DATABASE_URL", "sqlite::memory:"),
        ("HYS_SMTP_URL", "pigeon://example.org"),
        ("HYS_LOG", "[["),
        ("HYS_PLACE", "atlantis"),
    ] {
        let output = launch.clone().setting(variable, value).run(&["serve"]);
        assert_eq!(output.status.code(), Some(1), "{variable}={value}");
        let said = complained(&output);
        // What it logged until then is not the sentence.
        let sentences: Vec<&str> = said.lines().filter(|line| !line.starts_with('{')).collect();
        assert_eq!(sentences.len(), 1, "{variable}={value}: {said}");
        assert!(sentences[0].starts_with("have-your-say: "), "{said}");
        assert!(printed(&output).is_empty());
    }
}

async fn surveys_round_trip(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let launch = Launch::on(url);
    let definition = long_open_survey();
    let file = write_definition(folder.path(), &definition);
    let file = file.to_str().unwrap();
    let linted = launch.run(&["survey", "lint", file]);
    assert!(linted.status.success(), "{}", printed(&linted));
    let published = launch.run(&["survey", "publish", file]);
    assert!(published.status.success(), "{}", complained(&published));
    assert_eq!(
        printed(&published),
        format!("{PLAN} version 1 is published\n")
    );
    let exported = launch.run(&["survey", "export", PLAN]);
    assert!(exported.status.success());
    let again = Definition::from_yaml(&printed(&exported)).unwrap();
    assert_eq!(again.to_json().unwrap(), definition.to_json().unwrap());
    let unknown = launch.run(&["survey", "export", "nothing"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(complained(&unknown).contains("\"nothing\""));
}

#[tokio::test]
async fn a_survey_is_linted_published_and_written_out_again() {
    let folder = tempfile::tempdir().unwrap();
    surveys_round_trip(&sqlite_in(folder.path())).await;
    let database = OwnPostgres::create().await;
    surveys_round_trip(&database.url).await;
    database.drop().await;
}

#[test]
fn a_definition_with_mistakes_is_refused_with_a_list_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let launch = Launch::on(&sqlite_in(folder.path()));
    let yaml = long_open_survey().to_yaml().unwrap();
    let file = folder.path().join("wrong.yaml");
    // Two questions of one name, and then no YAML at all.
    std::fs::write(&file, yaml.replace("key: working", "key: change")).unwrap();
    for verb in ["lint", "publish"] {
        let output = launch.run(&["survey", verb, file.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{verb}");
        let all = printed(&output) + &complained(&output);
        assert!(all.contains("change"), "{verb}: {all}");
    }
    std::fs::write(&file, "sections: [").unwrap();
    let output = launch.run(&["survey", "lint", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let absent = launch.run(&["survey", "lint", "no/such/file.yaml"]);
    assert_eq!(absent.status.code(), Some(1));
    assert!(complained(&absent).contains("no/such/file.yaml"));
    let exported = launch.run(&["survey", "export", PLAN]);
    assert_eq!(exported.status.code(), Some(1), "nothing was published");
}

#[test]
fn a_limesurvey_survey_becomes_a_draft_with_a_report_and_is_not_published() {
    let folder = tempfile::tempdir().unwrap();
    let launch = Launch::on(&sqlite_in(folder.path()));
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/limesurvey");
    let file = format!("{fixtures}/two-languages.lss");
    let shown = launch.run(&["survey", "import", &file]);
    assert!(shown.status.success(), "{}", complained(&shown));
    let definition = Definition::from_yaml(&printed(&shown)).unwrap();
    assert_eq!(definition.slug.as_str(), "say-what-matters");
    let said = complained(&shown);
    assert!(
        said.contains("question Victim: the question `Victim` is called `victim`\n"),
        "{said}"
    );
    assert!(
        said.contains("warning: roles: no question gives the area"),
        "{said}"
    );
    let to = folder.path().join("draft.yaml");
    let to = to.to_str().unwrap();
    let words = ["survey", "import", &file, "--to", to];
    let written = launch.run(&words);
    assert!(written.status.success(), "{}", complained(&written));
    assert!(printed(&written).is_empty());
    let draft = std::fs::read_to_string(to).unwrap();
    assert_eq!(Definition::from_yaml(&draft).unwrap(), definition);
    let again = launch.run(&words);
    assert_eq!(
        again.status.code(),
        Some(1),
        "a draft that is there is not lost"
    );
    assert!(complained(&again).contains("draft.yaml can't be written"));
    let linted = launch.run(&["survey", "lint", to]);
    assert!(linted.status.success(), "{}", printed(&linted));
    let unpublished = launch.run(&["survey", "export", "say-what-matters"]);
    assert_eq!(unpublished.status.code(), Some(1), "nothing was published");
    let bomb = launch.run(&["survey", "import", &format!("{fixtures}/hostile-bomb.lss")]);
    assert_eq!(bomb.status.code(), Some(1));
    assert!(complained(&bomb).contains("declares a document type"));
    let yaml = launch.run(&["survey", "import", to, "--to", "other.yaml"]);
    assert_eq!(yaml.status.code(), Some(1));
    assert!(complained(&yaml).contains("--to is for .lss files"));
}

#[tokio::test]
async fn migrating_by_command_makes_the_tables_and_can_be_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let database = OwnPostgres::create().await;
    for url in [&sqlite_in(folder.path()), &database.url] {
        let launch = Launch::on(url);
        for _ in 0..2 {
            let output = launch.run(&["migrate"]);
            assert!(output.status.success(), "{}", complained(&output));
        }
        let rows = Rows::of(url).await;
        assert_eq!(rows.count("SELECT count(*) FROM response").await, 0);
        rows.close().await;
    }
    database.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_site_publishes_the_default_survey_once_and_prints_one_link() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_in(folder.path());
    let launch = Launch::on(&url).setting("HYS_BASE_URL", "https://say.example");
    let first = launch.serve();
    let link = first.line_after("administrator link: ").unwrap();
    assert!(
        link.starts_with("https://say.example/admin/welcome/"),
        "{link}"
    );
    let path = link.strip_prefix("https://say.example").unwrap();
    assert!(!first.log().contains(path), "a secret is not logged");
    let visitor = Resident::at(&first.base, PLAN);
    let welcome = visitor.get(path).await;
    assert_eq!(welcome.status, reqwest::StatusCode::OK);
    first.stop();
    launch.serve().stop();
    let rows = Rows::of(&url).await;
    assert_eq!(rows.count("SELECT count(*) FROM survey").await, 1);
    assert_eq!(rows.count("SELECT count(*) FROM survey_version").await, 1);
    rows.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_is_a_link_that_makes_an_account_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_in(folder.path());
    let launch = Launch::on(&url);
    let words = ["user", "invite", "kim@example.org", "--role", "comms"];
    let invited = launch.run(&words);
    assert!(invited.status.success(), "{}", complained(&invited));
    let link = printed(&invited);
    let (_, token) = link.trim().split_once("/admin/welcome/").unwrap();
    let rows = Rows::of(&url).await;
    let kept: String = rows
        .one(
            "SELECT group_concat(hex(token_hash)) FROM sign_in_link",
            Vec::new(),
        )
        .await
        .unwrap();
    assert!(!kept.contains(token), "only a hash is kept");
    rows.close().await;
    let program = launch.serve();
    let kim = Resident::at(&program.base, PLAN);
    let path = format!("/admin/welcome/{token}");
    let form = [("name", "Kim"), ("password", "a long enough password")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert!(kim.get(&path).await.says("kim@example.org"));
    let accepted = kim.post(&path, &form).await;
    assert_eq!(
        accepted.location.as_deref(),
        Some("/admin"),
        "{}",
        accepted.text()
    );
    assert_eq!(kim.get("/admin").await.status, reqwest::StatusCode::OK);
    assert_eq!(kim.get(&path).await.status, reqwest::StatusCode::GONE);
    assert_eq!(
        kim.post(&path, &form).await.status,
        reqwest::StatusCode::GONE
    );
    program.stop();
    for words in [
        ["user", "invite", "kim@example.org", "--role", "comms"],
        ["user", "invite", "nobody", "--role", "comms"],
    ] {
        assert_eq!(launch.run(&words).status.code(), Some(1), "{words:?}");
    }
    let role = launch.run(&["user", "invite", "a@example.org", "--role", "king"]);
    assert_eq!(role.status.code(), Some(2));
}
