//! Files come into both databases, whole or not at all, and never twice.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, sync::Mutex};

use jiff::Timestamp;
use uuid::Uuid;

use super::{BadRow, Import, ImportError, Imported, Stage, Watcher, import};
use crate::{
    actions::{
        AnswersDownload, Download,
        simulate::{Plan, simulate},
        write_answers,
    },
    export::{
        incoming::{Reason, Rules},
        layout::{Sensitive, Values},
    },
    geography::Place,
    live::catalogue::Version,
    storage::{
        Engine, Store,
        fixture::{TestDatabase, on_both, survey_of},
        meta,
        responses::{self, Channel, Place as Position, StoredResponse},
    },
    survey::definition::Definition,
};

const EVERY_KIND: &str = include_str!("../../../assets/surveys/every-kind.yaml");
const REFERENCE: &str = include_str!("../../../tests/fixtures/reference.yaml");
const NOW: &str = "2026-11-24T11:00:00Z";

struct Survey {
    id: Uuid,
    version: Arc<Version>,
}

async fn publish(store: &Store, yaml: &str) -> Survey {
    let definition = Definition::from_yaml(yaml).unwrap();
    let stored = definition.to_json().unwrap();
    let published = survey_of(store, definition.slug.as_str(), stored).await;
    Survey {
        id: published.survey_id,
        version: Arc::new(Version {
            id: published.id,
            number: published.number,
            definition: Arc::new(definition),
        }),
    }
}

fn plan(database: &TestDatabase, survey: &Survey, text: impl AsRef<[u8]>) -> Import {
    let file: PathBuf = database.folder.path().join("in.csv");
    std::fs::write(&file, text).unwrap();
    Import {
        file,
        survey_id: survey.id,
        versions: vec![Arc::clone(&survey.version)],
        place: Place::essex(),
        ignored: Vec::new(),
        rules: Rules::default(),
        keep_good: false,
        check_only: false,
        now: NOW.parse::<Timestamp>().unwrap(),
    }
}

#[derive(Default)]
struct Notes(Mutex<Vec<BadRow>>);

impl Watcher for Notes {
    fn progress(&self, _stage: Stage, _rows: u64) {}

    fn bad_row(&self, row: &BadRow) {
        self.0.lock().unwrap().push(row.clone());
    }
}

async fn bring(store: &Store, plan: &Import) -> (Result<Imported, ImportError>, Vec<BadRow>) {
    let notes = Notes::default();
    let outcome = import(store, plan, &notes).await;
    (outcome, notes.0.into_inner().unwrap())
}

async fn stored(store: &Store, survey: &Survey) -> Vec<StoredResponse> {
    let from = Position::default();
    responses::submitted_since(store, survey.id, from, 5_000, responses::Sensitive::Read)
        .await
        .unwrap()
}

async fn ids(store: &Store, survey: &Survey) -> Vec<Uuid> {
    let rows = stored(store, survey).await;
    rows.iter().map(|row| row.id).collect()
}

fn reasons(rows: &[BadRow]) -> Vec<(u64, Reason)> {
    rows.iter()
        .flat_map(|row| {
            row.faults
                .iter()
                .map(|fault| (row.line, fault.reason.clone()))
        })
        .collect()
}

async fn export(store: &Store, survey: &Survey) -> Vec<u8> {
    let ids = ids(store, survey).await;
    let download = Download {
        survey_id: survey.id,
        ids,
        values: Values::Codes,
        sensitive: Sensitive::Include,
        flags: Vec::new(),
    };
    let download = AnswersDownload::open(store, Place::essex(), download)
        .await
        .unwrap();
    let mut bytes = Vec::new();
    write_answers(download, &mut bytes).await.unwrap();
    bytes
}

/// id → column → cell, without what an import decides itself.
fn table(bytes: &[u8]) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap());
    let header = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let cells: BTreeMap<String, String> = header
            .iter()
            .zip(row.unwrap().iter())
            .filter(|(name, _)| !matches!(*name, "channel" | "seconds" | "flags"))
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect();
        (cells["id"].clone(), cells)
    });
    rows.collect()
}

on_both! {
    async fn what_goes_out_comes_in_and_goes_out_the_same(database) {
        let store = database.open_as_owner().await;
        let survey = publish(&store, EVERY_KIND).await;
        let made_up = Plan {
            responses: 150,
            seed: 3,
            now: NOW.parse().unwrap(),
            beside_real: false,
        };
        simulate(&store, &survey.version, survey.id, &Place::essex(), &made_up, &|_| {})
            .await
            .unwrap();
        let out = export(&store, &survey).await;
        let other = TestDatabase::sqlite();
        let elsewhere = other.open_as_owner().await;
        let copy = publish(&elsewhere, EVERY_KIND).await;
        let (outcome, bad) = bring(&elsewhere, &plan(&other, &copy, &out)).await;
        assert_eq!(bad, []);
        assert!(outcome.unwrap().taken > 80);
        assert!(stored(&elsewhere, &copy).await.iter().all(|row| row.channel == Channel::Import));
        assert!(meta::is_simulated(&elsewhere).await.unwrap(), "made-up answers stay so");
        assert_eq!(table(&export(&elsewhere, &copy).await), table(&out));
        // In the database it came from, every row is known.
        let (outcome, bad) = bring(&store, &plan(database, &survey, &out)).await;
        assert!(matches!(outcome, Err(ImportError::BadRows { bad, rows }) if bad == rows));
        assert!(reasons(&bad).iter().all(|(_, reason)| *reason == Reason::AlreadyThere));
    }
}

on_both! {
    async fn it_is_all_or_none_unless_the_good_rows_are_asked_for(database) {
        let store = database.open_as_owner().await;
        let survey = publish(&store, REFERENCE).await;
        let text = "id,sex,trust,r_asb\nA,male,3,1\nB,man,11,1\nC,female,4,\nA,female,1,1\nD,,,\n";
        let mut wanted = plan(database, &survey, text);
        let (outcome, bad) = bring(&store, &wanted).await;
        assert!(matches!(outcome, Err(ImportError::BadRows { bad: 2, rows: 5 })));
        let lines: Vec<u64> = bad.iter().map(|row| row.line).collect();
        assert_eq!(lines, [3, 5]);
        assert_eq!(bad[0].faults.len(), 2, "both faults of a row are named");
        assert_eq!(bad[1].faults[0].reason, Reason::Repeated);
        assert!(stored(&store, &survey).await.is_empty());

        wanted.keep_good = true;
        wanted.check_only = true;
        let checked = bring(&store, &wanted).await.0.unwrap();
        assert_eq!((checked.rows, checked.bad, checked.taken), (5, 2, 0));
        assert!(stored(&store, &survey).await.is_empty());

        wanted.check_only = false;
        let taken = bring(&store, &wanted).await.0.unwrap();
        assert_eq!((taken.rows, taken.bad, taken.taken), (5, 2, 3));
        let rows = stored(&store, &survey).await;
        assert_eq!(rows.len(), 3);
        assert!(rows.iter().all(|row| row.channel == Channel::Import && row.reference.is_none()));
        assert!(!meta::is_simulated(&store).await.unwrap());
    }
}

on_both! {
    async fn the_same_file_never_comes_in_twice_and_nobody_erased_comes_back(database) {
        let store = database.open_as_owner().await;
        let survey = publish(&store, REFERENCE).await;
        // Without ids it is the file as a whole that is known again.
        for text in ["sex,trust\nmale,3\nfemale,4\n", "id,sex\nx,male\ny,female\n"] {
            let before = ids(&store, &survey).await;
            let mut wanted = plan(database, &survey, text);
            assert_eq!(bring(&store, &wanted).await.0.unwrap().taken, 2);
            let (outcome, bad) = bring(&store, &wanted).await;
            assert!(matches!(outcome, Err(ImportError::BadRows { bad: 2, rows: 2 })));
            assert_eq!(
                reasons(&bad),
                [(2, Reason::AlreadyThere), (3, Reason::AlreadyThere)]
            );
            // All are sent at one moment, so that the last may be of the file before.
            let mut after = ids(&store, &survey).await;
            after.retain(|id| !before.contains(id));
            responses::delete(&store, after[0]).await.unwrap();
            wanted.keep_good = true;
            let (outcome, bad) = bring(&store, &wanted).await;
            assert_eq!(outcome.unwrap().taken, 0);
            assert!(reasons(&bad).iter().any(|(_, reason)| *reason == Reason::Erased));
        }
        // A longer file with the same ids brings the rest only.
        let mut wanted = plan(database, &survey, "id,sex\nx,male\ny,female\nz,male\n");
        wanted.keep_good = true;
        assert_eq!(bring(&store, &wanted).await.0.unwrap().taken, 1);
    }
}

on_both! {
    async fn a_file_without_rows_or_that_is_not_there_changes_nothing(database) {
        let store = database.open_as_owner().await;
        let survey = publish(&store, REFERENCE).await;
        let wanted = plan(database, &survey, "\u{feff}id;sex;trust\r\n");
        assert!(matches!(bring(&store, &wanted).await.0, Err(ImportError::NoRows)));
        let mut wanted = plan(database, &survey, "");
        assert!(matches!(bring(&store, &wanted).await.0, Err(ImportError::Sheet(_))));
        wanted.file = database.folder.path().join("none.csv");
        assert!(matches!(bring(&store, &wanted).await.0, Err(ImportError::File { .. })));
        let wanted = plan(database, &survey, "sex,colour\nmale,red\n");
        assert!(matches!(bring(&store, &wanted).await.0, Err(ImportError::Header(_))));
        assert!(stored(&store, &survey).await.is_empty());
        if database.engine == Engine::Sqlite {
            // Whoever serves the database keeps what it wrote in memory: nobody else may write responses.
            let beside = database.open().await;
            let wanted = plan(database, &survey, "sex\nmale\n");
            let (outcome, _) = bring(&beside, &wanted).await;
            assert!(matches!(outcome, Err(ImportError::Storage(_))), "{outcome:?}");
        }
    }
}
