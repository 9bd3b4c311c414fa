//! Earlier data come in by command, give the reference figures, and go out as they came.

use std::{collections::BTreeMap, path::PathBuf};

use serde_json::Value;

use super::sqlite_in;
use crate::support::{OwnPostgres, program::Launch};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

fn reference(name: &str) -> Value {
    let text = std::fs::read_to_string(fixture("reference").join(name)).unwrap();
    let whole: Value = serde_json::from_str(&text).unwrap();
    whole["values"].clone()
}

/// A program on a database of its own, with the reference survey.
fn prepared(url: &str) -> Launch {
    let launch = Launch::on(url);
    let definition = fixture("reference.yaml");
    let published = launch.run(&["survey", "publish", definition.to_str().unwrap()]);
    assert!(published.status.success(), "{published:?}");
    launch
}

fn import(launch: &Launch, words: &[&str], file: &str) -> std::process::Output {
    let mut line = vec!["import", "--survey", "reference"];
    line.extend(words);
    line.push(file);
    launch.run(&line)
}

fn result(launch: &Launch, page: &str) -> Value {
    let path = format!("/admin/surveys/reference/{page}");
    let output = launch.run(&["result", &path, "--format", "json"]);
    assert!(output.status.success(), "{page} {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Holds our figures to the reference, and counts them.
struct Comparison {
    figures: u32,
    largest: f64,
}

impl Comparison {
    fn same(&mut self, what: &str, ours: &Value, theirs: &Value) {
        self.figures += 1;
        match (ours.as_f64(), theirs.as_f64()) {
            (Some(ours), Some(theirs)) => {
                let difference = (ours - theirs).abs() / theirs.abs().max(1.0);
                assert!(difference <= 1e-9, "{what}: {ours} is not {theirs}");
                self.largest = self.largest.max(difference);
            }
            (None, None) => assert_eq!(ours, theirs, "{what}"),
            _ => panic!("{what}: {ours} is not {theirs}"),
        }
    }

    /// Each option's count, share and interval.
    fn options(&mut self, what: &str, ours: &Value, theirs: &Value) {
        let (ours, theirs) = (ours.as_array().unwrap(), theirs.as_array().unwrap());
        assert_eq!(ours.len(), theirs.len(), "{what}");
        for (ours, theirs) in ours.iter().zip(theirs) {
            // The file names the columns of a multiple choice; we name its choices.
            let code = theirs["code"].as_str().unwrap();
            let code = code.strip_prefix("m_").unwrap_or(code);
            assert_eq!(ours["code"], code, "{what}");
            let what = format!("{what} {code}");
            self.same(&what, &ours["share"]["count"], &theirs["count"]);
            self.same(&what, &ours["share"]["share"], &theirs["share"]);
            for (side, name) in [("low", "wilson_low"), ("high", "wilson_high")] {
                self.same(&what, &ours["share"][side], &theirs[name]);
            }
            let weighted = &ours["share"]["weighted"];
            for (part, name) in [
                ("count", "weighted_count"),
                ("share", "weighted_share"),
                ("low", "weighted_wilson_low"),
                ("high", "weighted_wilson_high"),
            ] {
                if !weighted.is_null() {
                    self.same(&what, &weighted[part], &theirs[name]);
                }
            }
        }
    }

    fn bases(&mut self, what: &str, ours: &Value, theirs: &Value) {
        self.same(what, &ours["base"], &theirs["base"]);
        self.same(what, &ours["absent"]["missing"], &theirs["not_answered"]);
    }

    fn mean(&mut self, what: &str, ours: &Value, theirs: &Value) {
        for name in ["mean", "sd", "se"] {
            self.same(what, &ours[name], &theirs[name]);
        }
        self.same(what, &ours["interval"]["low"], &theirs["ci_low"]);
        self.same(what, &ours["interval"]["high"], &theirs["ci_high"]);
        let weighted = &ours["weighted"];
        if !weighted.is_null() {
            self.same(what, &weighted["mean"], &theirs["weighted_mean"]);
            self.same(what, &weighted["se"], &theirs["weighted_se"]);
        }
    }
}

/// id → column → cell. What our files tell apart and the reference doesn't is put together: nothing ticked is not
/// answered, and an item without a place is an empty cell.
fn cells(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut rows = BTreeMap::new();
    for (at, row) in reader.records().enumerate() {
        let row = row.unwrap();
        let all = header.iter().zip(row.iter());
        let mut cells: BTreeMap<String, String> = all
            .map(|(name, cell)| (name.to_owned(), cell.replace("_unranked", "")))
            .collect();
        let ticked = |cells: &BTreeMap<String, String>| {
            cells
                .iter()
                .any(|(name, cell)| name.starts_with("m_") && cell == "1")
        };
        if !ticked(&cells) {
            for (_, cell) in cells.iter_mut().filter(|(name, _)| name.starts_with("m_")) {
                cell.clear();
            }
        }
        let id = cells.get("id").cloned().unwrap_or_else(|| at.to_string());
        rows.insert(id, cells);
    }
    rows
}

/// The rows of a table without what names them, in an order that both sides have.
fn sorted(rows: BTreeMap<String, BTreeMap<String, String>>, names: &[&str]) -> Vec<Vec<String>> {
    let mut sorted: Vec<Vec<String>> = rows
        .into_values()
        .map(|cells| {
            names
                .iter()
                .map(|name| cells[*name].replace('-', "_").replace('+', "_plus"))
                .collect()
        })
        .collect();
    sorted.sort();
    sorted
}

async fn the_reference_comes_in(url: &str) {
    let launch = prepared(url);
    let file = fixture("reference/respondents.csv");
    let file = file.to_str().unwrap();
    // As the file stands: twelve budgets don't add up, which no browser could have sent.
    let refused = import(&launch, &["--ignore", "lpa"], file);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("12 of 1200 rows"), "{said}");
    assert!(said.contains("column b_"), "{said}");
    let taken = import(&launch, &["--ignore", "lpa", "--keep-uneven-budgets"], file);
    assert!(taken.status.success(), "{taken:?}");
    assert_eq!(
        String::from_utf8(taken.stdout).unwrap(),
        "1200 responses to reference are imported\n"
    );

    let mut comparison = Comparison {
        figures: 0,
        largest: 0.0,
    };
    let frequencies = reference("frequencies.json");
    for (name, page) in [
        ("single", "question/priority?weights=both"),
        ("multi", "question/m?weights=both"),
    ] {
        let (ours, theirs) = (result(&launch, page), &frequencies[name]["result"]);
        comparison.bases(page, &ours, theirs);
        comparison.options(page, &ours["options"], &theirs["options"]);
    }
    for area in ["E07000076", "E06000034"] {
        let page = format!("question/priority?area={area}");
        let (ours, theirs) = (
            result(&launch, &page),
            &frequencies["single_by_district"]["result"][area],
        );
        comparison.bases(&page, &ours, theirs);
        comparison.options(&page, &ours["options"], &theirs["options"]);
    }
    let (ours, theirs) = (
        result(&launch, "question/safe_dark?weights=both"),
        &frequencies["likert"]["result"],
    );
    comparison.bases("safe_dark", &ours, theirs);
    comparison.mean("safe_dark", &ours["summary"], theirs);

    let budget = reference("budget.json");
    let ours = result(&launch, "question/b");
    comparison.bases("b", &ours, &budget);
    comparison.same("b", &ours["absent"]["invalid"], &budget["invalid"]);
    let items = ours["items"].as_array().unwrap();
    for (ours, theirs) in items.iter().zip(budget["items"].as_array().unwrap()) {
        let code = ours["code"].as_str().unwrap();
        assert_eq!(theirs["item"], format!("b_{code}"));
        comparison.mean(code, &ours["amount"], theirs);
        for name in ["q1", "median", "q3", "min", "max"] {
            comparison.same(code, &ours["amount"][name], &theirs[name]);
        }
        comparison.same(code, &ours["trimmed_mean"], &theirs["trimmed_mean_10"]);
        comparison.same(code, &ours["nothing"]["share"], &theirs["share_zero"]);
    }

    let numbers = reference("nps_numeric.json");
    for (page, theirs) in [
        ("question/trust", &numbers["all"]),
        ("question/trust?lpa=north", &numbers["by_lpa"]["North"]),
        ("question/trust?lpa=west", &numbers["by_lpa"]["West"]),
    ] {
        let ours = result(&launch, page);
        comparison.bases(page, &ours, theirs);
        let summary = &ours["summary"];
        comparison.mean(page, summary, &theirs["summary"]);
        for name in ["q1", "median", "q3", "min", "max"] {
            comparison.same(page, &summary[name], &theirs["summary"][name]);
        }
    }

    let ranking = reference("ranking.json");
    let ours = result(&launch, "question/r");
    comparison.bases("r", &ours, &ranking["all"]);
    let theirs = ranking["all"]["unweighted"]["items"].as_array().unwrap();
    for (ours, theirs) in ours["items"].as_array().unwrap().iter().zip(theirs) {
        let item = theirs["item"].as_str().unwrap();
        assert_eq!(ours["code"], item);
        for (ours, name) in [
            (&ours["first"]["share"], "first_choice_share"),
            (&ours["top_three"]["share"], "top3_share"),
            (&ours["mean_rank"]["mean"], "mean_rank"),
            (&ours["mean_rank_when_ranked"], "mean_rank_when_ranked"),
            (&ours["borda"]["mean"], "borda_mean"),
            (&ours["borda"]["se"], "borda_se"),
            (&ours["borda_sum"], "borda_sum"),
            (&ours["ranked"]["count"], "ranked_by"),
        ] {
            comparison.same(item, ours, &theirs[name]);
        }
    }
    for (measure, name) in [
        ("first", "first_choice_share"),
        ("top3", "top3_share"),
        ("mean_rank", "mean_rank"),
    ] {
        let page = format!("themes?measure={measure}&areas=policing");
        let ours = result(&launch, &page);
        let rows = ours["table"]["rows"].as_array().unwrap();
        for row in rows {
            let theme = &row["theme"];
            let theirs = theirs.iter().find(|item| item["item"] == *theme).unwrap();
            let whole = &row["cells"][0]["figure"];
            comparison.same(&page, value(whole), &theirs[name]);
        }
    }
    assert!(comparison.figures > 150, "{}", comparison.figures);
    println!(
        "{} figures compared, largest difference {:e}",
        comparison.figures, comparison.largest
    );
    out_again(&launch, file);
    let again = import(&launch, &["--ignore", "lpa", "--keep-uneven-budgets"], file);
    assert_eq!(again.status.code(), Some(1), "the same file is known");
    let said = String::from_utf8(again.stderr).unwrap();
    assert!(said.contains("1200 of 1200"), "{said}");
    an_earlier_state_stays(&launch);
}

/// Responses that come later change no figure of an earlier state, not even by its weights.
fn an_earlier_state_stays(launch: &Launch) {
    let weighted = "question/priority?weights=weighted";
    let before = result(launch, weighted);
    let as_of = before["state"]["as_of"].as_str().unwrap();
    let text = std::fs::read_to_string(fixture("reference/respondents.csv")).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let more: Vec<String> = lines.take(300).map(|line| format!("more-{line}")).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("more.csv");
    std::fs::write(&file, format!("{header}\n{}\n", more.join("\n"))).unwrap();
    let words = ["--ignore", "lpa", "--keep-uneven-budgets"];
    let taken = import(launch, &words, file.to_str().unwrap());
    assert!(taken.status.success(), "{taken:?}");
    assert_ne!(result(launch, weighted)["options"], before["options"]);
    let fixed = result(launch, &format!("{weighted}&as_of={as_of}"));
    assert_eq!(fixed["options"], before["options"]);
    assert_eq!(fixed["weighted_base"], before["weighted_base"]);
    let weights = |outcome: &Value| outcome["state"]["weights"].to_string();
    assert_eq!(weights(&fixed), weights(&before));
}

/// A figure's number, be it a share or a mean.
fn value(figure: &Value) -> &Value {
    if figure["share"].is_null() {
        &figure["mean"]
    } else {
        &figure["share"]
    }
}

/// What went in comes out, but for what stands in no answer: the rows' own names and the policing area.
fn out_again(launch: &Launch, file: &str) {
    let out = launch.run(&["export", "--survey", "reference"]);
    assert!(out.status.success(), "{out:?}");
    let given = std::fs::read_to_string(file).unwrap();
    let names: Vec<&str> = given.lines().next().unwrap().split(',').collect();
    let names: Vec<&str> = names
        .into_iter()
        .filter(|name| !matches!(*name, "id" | "lpa"))
        .collect();
    let ours = sorted(cells(&String::from_utf8(out.stdout).unwrap()), &names);
    let theirs = sorted(cells(&given), &names);
    assert_eq!(ours.len(), 1200);
    assert_eq!(ours, theirs);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_reference_respondents_come_in_give_the_reference_figures_and_go_out_again() {
    let folder = tempfile::tempdir().unwrap();
    the_reference_comes_in(&sqlite_in(folder.path())).await;
    let database = OwnPostgres::create().await;
    the_reference_comes_in(&database.url).await;
    database.drop().await;
}

#[test]
fn whoever_imports_is_told_what_is_wrong_and_where() {
    let folder = tempfile::tempdir().unwrap();
    let launch = prepared(&sqlite_in(folder.path()));
    let write = |text: &str| {
        let file = folder.path().join("in.csv");
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    for (text, words, said) in [
        ("", &[][..], "the file is empty"),
        ("sex,trust\n", &[], "no rows"),
        ("sex,colour\nmale,red\n", &[], "no column colour"),
        ("sex,sex\nmale,male\n", &[], "sex more than once"),
        (
            "sex\nmale\n",
            &["--ignore", "lpa"],
            "no column lpa to ignore",
        ),
        ("sex\nother\n", &[], "line 2, column sex: "),
    ] {
        let refused = import(&launch, words, &write(text));
        assert_eq!(refused.status.code(), Some(1), "{text:?}");
        assert!(refused.stdout.is_empty());
        let error = String::from_utf8(refused.stderr).unwrap();
        assert!(error.contains(said), "{error}");
        assert!(error.lines().count() <= 2, "{error}");
    }
    let many = format!("sex\n{}", "x\n".repeat(500));
    let refused = import(&launch, &[], &write(&many));
    let error = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(error.lines().count(), 202, "the rest is counted");
    assert!(error.contains("and 300 more"), "{error}");

    let some = write("sex;trust\r\nmale;3\r\nother;4\r\n");
    let checked = import(&launch, &["--check"], &some);
    assert_eq!(
        checked.status.code(),
        Some(1),
        "a check fails as the import would"
    );
    let taken = import(&launch, &["--keep-good"], &some);
    assert!(taken.status.success(), "{taken:?}");
    let told = String::from_utf8(taken.stdout).unwrap();
    assert_eq!(
        told,
        "1 responses to reference are imported; 1 rows were left out\n"
    );
    let page = result(&launch, "question/sex?channel=import");
    assert_eq!(page["base"], 1);
}
