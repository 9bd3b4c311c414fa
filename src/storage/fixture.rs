//! Databases for tests: every storage test runs on both engines, each time in a database of its own.
#![allow(clippy::unwrap_used)]

use sea_orm::{ConnectionTrait, Database};
use uuid::Uuid;

use super::{
    DatabaseConfig, Engine, Store,
    responses::{Beside, Channel, Flags, SavePage, StoredResponse},
    surveys::{self, Publish},
};

const DEFAULT_POSTGRES: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// A database that goes away with the test.
pub(crate) struct TestDatabase {
    pub(crate) engine: Engine,
    pub(crate) config: DatabaseConfig,
    pub(crate) folder: tempfile::TempDir,
    name: String,
}

fn server() -> String {
    std::env::var("HYS_TEST_POSTGRES_URL").unwrap_or_else(|_| DEFAULT_POSTGRES.to_owned())
}

impl TestDatabase {
    /// One of each engine. Without PostgreSQL this fails: a skipped test proves nothing.
    pub(crate) async fn both() -> [Self; 2] {
        [Self::sqlite(), Self::postgres().await]
    }

    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.sqlite");
        Self {
            engine: Engine::Sqlite,
            config: DatabaseConfig::new(&format!("sqlite://{}", path.display())),
            folder,
            name: String::new(),
        }
    }

    pub(crate) async fn postgres() -> Self {
        let name = format!("hys_test_{}", Uuid::new_v4().simple());
        let admin = Database::connect(server()).await.expect(
            "PostgreSQL is needed for storage tests; HYS_TEST_POSTGRES_URL says where it is",
        );
        admin
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await
            .unwrap();
        admin.close().await.unwrap();
        let mut url = url::Url::parse(&server()).unwrap();
        url.set_path(&name);
        let mut config = DatabaseConfig::new(url.as_str());
        config.max_connections = 5;
        Self {
            engine: Engine::Postgres,
            config,
            folder: tempfile::tempdir().unwrap(),
            name,
        }
    }

    /// One of an engine.
    pub(crate) async fn of(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::sqlite(),
            Engine::Postgres => Self::postgres().await,
        }
    }

    /// Runs a statement on a connection of its own, as somebody with the database's password would.
    pub(crate) async fn run_raw(&self, sql: &str) -> Result<(), sea_orm::DbErr> {
        let own = Database::connect(&self.config.url).await?;
        let done = own.execute_unprepared(sql).await;
        own.close().await?;
        done.map(|_| ())
    }

    /// Takes away what refuses changes of the audit log.
    pub(crate) async fn drop_triggers(&self) {
        for table in ["audit_entry", "audit_sealed", "audit_seal"] {
            let names = match self.engine {
                Engine::Sqlite => ["UPDATE", "DELETE"]
                    .map(|change| format!("{table}_{change}_refused"))
                    .to_vec(),
                Engine::Postgres => vec![format!("{table}_is_only_added_to")],
            };
            for name in names {
                let on = match self.engine {
                    Engine::Sqlite => String::new(),
                    Engine::Postgres => format!(" ON {table}"),
                };
                self.run_raw(&format!("DROP TRIGGER IF EXISTS {name}{on}"))
                    .await
                    .unwrap();
            }
        }
    }

    /// Opens it with its tables.
    pub(crate) async fn open(&self) -> Store {
        let store = Store::connect(&self.config).await.unwrap();
        store.migrate().await.unwrap();
        store
    }

    /// Opens it with its tables, as the one who serves it.
    pub(crate) async fn open_as_owner(&self) -> Store {
        let store = Store::connect_as_owner(&self.config).await.unwrap();
        store.migrate().await.unwrap();
        store
    }
}

impl TestDatabase {
    /// Cuts every connection to this PostgreSQL database, again and again, until aborted.
    pub(crate) fn cut_connections(&self) -> tokio::task::JoinHandle<()> {
        let sql = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
            self.name
        );
        tokio::spawn(async move {
            let admin = Database::connect(server()).await.unwrap();
            loop {
                admin.execute_unprepared(&sql).await.unwrap();
                tokio::time::sleep(std::time::Duration::from_millis(1000)).await;
            }
        })
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if self.engine != Engine::Postgres {
            return;
        }
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A test's own runtime may be ending: this one drops the database on a thread of its own.
        let dropper = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let admin = Database::connect(server()).await.unwrap();
                admin.execute_unprepared(&sql).await.unwrap();
                admin.close().await.unwrap();
            });
        });
        drop(dropper.join());
    }
}

/// A test that runs on both engines: `on_both!(async fn name(database) { … });`
macro_rules! on_both {
    ($(#[$attribute:meta])* async fn $name:ident($database:ident) $body:block) => {
        $(#[$attribute])*
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            for $database in $crate::storage::fixture::TestDatabase::both().await {
                println!("on {:?}", $database.engine);
                let $database = &$database;
                $body
            }
        }
    };
}
pub(crate) use on_both;

/// Publishes a survey of no particular content.
pub(crate) async fn survey(store: &Store, slug: &str) -> surveys::SurveyVersion {
    survey_of(store, slug, "{}".to_owned()).await
}

/// Publishes a survey, or its next version, with a definition as it is stored.
pub(crate) async fn survey_of(
    store: &Store,
    slug: &str,
    definition: String,
) -> surveys::SurveyVersion {
    let tx = store.begin().await.unwrap();
    let publish = Publish {
        new_survey_id: Uuid::now_v7(),
        new_version_id: Uuid::now_v7(),
        slug: slug.to_owned(),
        definition,
        number: None,
    };
    let published = surveys::publish(&tx, publish).await.unwrap();
    tx.commit().await.unwrap();
    published.version
}

/// The secret of every test session.
pub(crate) const SECRET: [u8; 32] = [7; 32];

/// A first page saved.
pub(crate) fn first_page(version: &surveys::SurveyVersion) -> SavePage {
    SavePage {
        id: Uuid::now_v7(),
        secret: SECRET,
        survey_id: version.survey_id,
        version_id: version.id,
        expected_revision: None,
        document: r#"{"a":1}"#.to_owned(),
        sensitive: None,
        texts: Vec::new(),
        pages: r#"{"one":1}"#.to_owned(),
        language: "en".to_owned(),
        channel: Channel::Web,
        simulated: false,
        started_at: None,
        flags: Flags::NONE,
        beside: Beside::default(),
    }
}

/// A later page saved over what is stored.
pub(crate) fn later_page(stored: &StoredResponse, document: &str) -> SavePage {
    SavePage {
        id: stored.id,
        secret: SECRET,
        survey_id: stored.survey_id,
        version_id: stored.version_id,
        expected_revision: Some(stored.revision),
        document: document.to_owned(),
        sensitive: stored.sensitive.clone(),
        texts: Vec::new(),
        pages: r#"{"one":1,"two":2}"#.to_owned(),
        language: "en".to_owned(),
        channel: stored.channel,
        simulated: stored.simulated,
        started_at: None,
        flags: Flags::NONE,
        beside: Beside::default(),
    }
}

/// Changes the documents of a response behind the program's back: as a restore, a repair or another version would.
pub(crate) async fn rewrite(store: &Store, id: Uuid, document: &str, sensitive: Option<&str>) {
    let tx = store.begin().await.unwrap();
    let sql = "UPDATE response SET document = $2, sensitive = $3, revision = revision + 1, updated_at = {now} \
         WHERE id = $1";
    let sensitive = sensitive.map(str::to_owned);
    tx.run(sql, [id.into(), document.into(), sensitive.into()])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Deletes a response without leaving a tombstone: as no action does.
pub(crate) async fn lose(store: &Store, id: Uuid) {
    let tx = store.begin().await.unwrap();
    tx.run("DELETE FROM response WHERE id = $1", [id.into()])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
