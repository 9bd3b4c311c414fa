//! Answers are taken out of both databases, whole or not at all.
#![allow(clippy::unwrap_used)]

use std::{path::PathBuf, sync::Arc};

use futures_util::TryStreamExt;
use uuid::Uuid;

use super::download::{AnswersDownload, Download, DownloadError, save_answers, write_answers};
use crate::{
    analysis::dataset::{Channel as ExportChannel, Flags},
    export::{
        answers::ExportRow,
        codebook::Source,
        csv::CsvWriter,
        layout::{Layout, Sensitive, Values, Version},
        samples::{Dice, every_kind},
    },
    geography::Place,
    storage::{
        Store,
        fixture::{SECRET, TestDatabase, first_page, on_both, survey_of},
        responses::{self, Submit, SubmitOutcome, TextChange},
        surveys::SurveyVersion,
    },
    survey::{
        answers::Answers,
        definition::Definition,
        ids::Lang,
        pack::{ShownOrders, pack},
        text::Text,
    },
};

async fn publish(store: &Store, definition: &Definition) -> SurveyVersion {
    survey_of(
        store,
        definition.slug.as_str(),
        definition.to_json().unwrap(),
    )
    .await
}

/// Saves answers and, unless they are a draft, submits them.
async fn send(
    store: &Store,
    version: &SurveyVersion,
    definition: &Definition,
    answers: &Answers,
    is_draft: bool,
) -> Uuid {
    let packed = pack(definition, answers, &ShownOrders::new());
    let mut save = first_page(version);
    save.document.clone_from(&packed.document);
    save.sensitive.clone_from(&packed.sensitive);
    save.texts = packed
        .texts
        .into_iter()
        .map(|packed| TextChange {
            question: packed.key.question.to_string(),
            code: packed
                .key
                .code
                .map(|code| code.to_string())
                .unwrap_or_default(),
            text: Some(packed.text),
            sensitive: packed.sensitive,
        })
        .collect();
    let id = save.id;
    responses::save_page(store, save).await.unwrap();
    if is_draft {
        return id;
    }
    let revision = responses::find(store, id).await.unwrap().unwrap().revision;
    let submit = Submit {
        id,
        secret: SECRET,
        revision,
        reference: format!("R{}", id.simple()),
        document: packed.document,
        sensitive: packed.sensitive,
        texts: Vec::new(),
        flags: Flags::TOO_FAST,
        receipt: None,
    };
    let outcome = responses::submit(store, submit).await.unwrap();
    assert!(matches!(outcome, SubmitOutcome::Submitted(_)));
    id
}

async fn open(store: &Store, version: &SurveyVersion, ids: Vec<Uuid>) -> AnswersDownload {
    let download = Download {
        survey_id: version.survey_id,
        ids,
        flags: Vec::new(),
        values: Values::Codes,
        sensitive: Sensitive::Include,
    };
    AnswersDownload::open(store, Place::essex(), download)
        .await
        .unwrap()
}

fn files(database: &TestDatabase) -> Vec<PathBuf> {
    let all = std::fs::read_dir(database.folder.path()).unwrap();
    all.map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("csv"))
        .collect()
}

on_both! {
    async fn submitted_answers_of_all_versions_come_out_in_parts(database) {
        let store = database.open().await;
        let first = every_kind();
        let mut second = Definition::clone(&first);
        second.title = Text([(Lang::new("en").unwrap(), "A new title".to_owned())].into());
        second.sections[0].pages[0].questions.remove(2);
        let second = Arc::new(second);
        let versions = [publish(&store, &first).await, publish(&store, &second).await];

        let mut dice = Dice(1);
        let mut sent = Vec::new();
        for at in 0..600 {
            let (definition, version) = match at % 2 {
                0 => (&first, &versions[0]),
                _ => (&second, &versions[1]),
            };
            let answers = dice.answers(definition);
            let id = send(&store, version, definition, &answers, false).await;
            sent.push((id, version.number, answers));
        }
        let draft = send(&store, &versions[1], &second, &sent[1].2, true).await;
        let mut ids: Vec<Uuid> = sent.iter().map(|(id, ..)| *id).collect();
        ids.push(draft);

        let download = open(&store, &versions[0], ids).await;
        let chunks: Vec<_> = download.chunks().try_collect().await.unwrap();
        assert_eq!(chunks.len(), 3);
        assert!(chunks.iter().all(|chunk| !chunk.is_empty()));

        let of = |number, definition: &Arc<Definition>| Version { number, definition: Arc::clone(definition) };
        let layout = Layout::new(vec![of(1, &first), of(2, &second)], Values::Codes, Sensitive::Include);
        let place = Place::essex();
        let mut csv = CsvWriter::new(Vec::new(), &layout.header()).unwrap();
        for (id, version, answers) in &sent {
            let stored = responses::find(&store, *id).await.unwrap().unwrap();
            let row = ExportRow {
                id: *id,
                reference: stored.reference.as_deref(),
                version: *version,
                channel: ExportChannel::Web,
                language: "en",
                started_at: stored.started_at,
                submitted_at: stored.submitted_at.unwrap(),
                simulated: false,
                flags: stored.flags,
                answers,
            };
            csv.row(layout.row(&place, &row).unwrap()).unwrap();
        }
        assert!(chunks.concat() == csv.finish().unwrap(), "the file is not what was sent");
    }
}

on_both! {
    async fn no_responses_and_responses_that_are_gone_leave_a_header(database) {
        let store = database.open().await;
        let version = publish(&store, &every_kind()).await;
        let gone: Vec<Uuid> = (0..600).map(|_| Uuid::now_v7()).collect();
        for ids in [Vec::new(), gone] {
            let mut out = Vec::new();
            write_answers(open(&store, &version, ids).await, &mut out).await.unwrap();
            assert_eq!(String::from_utf8(out).unwrap().lines().count(), 1);
        }
    }
}

on_both! {
    async fn a_file_has_its_name_when_it_is_whole_and_a_failed_one_is_gone(database) {
        let store = database.open().await;
        let definition = every_kind();
        let version = publish(&store, &definition).await;
        let mut ids = Vec::new();
        for seed in 0..3 {
            let answers = Dice(seed).answers(&definition);
            ids.push(send(&store, &version, &definition, &answers, false).await);
        }
        let as_of = "2026-07-01T23:30:00Z".parse().unwrap();
        let (name, codebook) = open(&store, &version, ids.clone()).await.names(as_of);
        // The day is the place's.
        assert_eq!(name, "internal-every-kind-answers-2026-07-02.csv");
        assert_eq!(codebook, "internal-every-kind-codebook-2026-07-02.csv");
        let path = database.folder.path().join(&name);
        save_answers(open(&store, &version, ids.clone()).await, &path).await.unwrap();
        assert_eq!(files(database), std::slice::from_ref(&path));
        let whole = std::fs::read(&path).unwrap();

        // A response that another program wrote stands behind those that can be read.
        let mut damaged = first_page(&version);
        damaged.document = "{\"f\":99,\"a\":{}}".to_owned();
        ids.extend((0..300).map(|_| Uuid::now_v7()));
        ids.push(damaged.id);
        let submit = Submit {
            id: damaged.id,
            secret: SECRET,
            revision: 1,
            reference: "2345".to_owned(),
            document: damaged.document.clone(),
            sensitive: None,
            texts: Vec::new(),
            flags: Flags::NONE,
            receipt: None,
        };
        responses::save_page(&store, damaged).await.unwrap();
        let stored = responses::find(&store, submit.id).await.unwrap().unwrap();
        let submit = Submit { revision: stored.revision, ..submit };
        responses::submit(&store, submit).await.unwrap();
        let failed = save_answers(open(&store, &version, ids.clone()).await, &path).await;
        assert!(matches!(failed, Err(DownloadError::Damaged { .. })), "{failed:?}");
        assert_eq!(files(database), std::slice::from_ref(&path));
        assert!(std::fs::read(&path).unwrap() == whole, "what was there stays");

        // A stream gives what it has, then fails: it never ends well.
        let mut chunks = std::pin::pin!(open(&store, &version, ids).await.chunks());
        assert!(chunks.try_next().await.unwrap().is_some());
        assert!(chunks.try_next().await.is_err());
    }
}

#[tokio::test]
async fn a_survey_that_was_never_published_has_no_file() {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    let download = Download {
        survey_id: Uuid::now_v7(),
        ids: Vec::new(),
        flags: Vec::new(),
        values: Values::Codes,
        sensitive: Sensitive::LeaveOut,
    };
    let opened = AnswersDownload::open(&store, Place::essex(), download).await;
    assert!(matches!(opened, Err(DownloadError::Storage(_))));
}

#[tokio::test]
async fn sensitive_answers_are_not_read_for_a_file_without_them() {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    let definition = every_kind();
    let version = publish(&store, &definition).await;
    let mut dice = Dice(5);
    let mut ids = Vec::new();
    for _ in 0..20 {
        let answers = dice.answers(&definition);
        ids.push(send(&store, &version, &definition, &answers, false).await);
    }
    let download = Download {
        survey_id: version.survey_id,
        ids,
        flags: Vec::new(),
        values: Values::Codes,
        sensitive: Sensitive::LeaveOut,
    };
    let download = AnswersDownload::open(&store, Place::essex(), download)
        .await
        .unwrap();
    let source = Source {
        as_of: "2026-07-01T23:30:00Z".parse().unwrap(),
        responses: 20,
        filter: "",
        simulated: None,
        software: "0.1.0",
    };
    let say = |id: &str| id.to_owned();
    let codebook = download
        .codebook(&source, &Lang::new("en").unwrap(), &say)
        .unwrap();
    let mut out = Vec::new();
    write_answers(download, &mut out).await.unwrap();
    for file in [codebook, out] {
        assert!(!String::from_utf8(file).unwrap().contains("health"));
    }
}
