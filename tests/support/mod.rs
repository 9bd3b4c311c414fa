//! A whole site for each test, on either database, and the people who use it.

pub mod form;
pub mod office;
pub mod officers;
pub mod people;
pub mod program;
pub mod rows;

use std::{path::PathBuf, sync::Arc};

use have_your_say::{
    app::{App, Outside},
    config::Config,
    survey::definition::Definition,
    world::{SetClock, SystemEntropy},
};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Database};
use uuid::Uuid;

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Every test of the journey runs on both.
pub const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// A running site with a database of its own.
pub struct TestSite {
    pub base: String,
    pub clock: Arc<SetClock>,
    pub folder: tempfile::TempDir,
    pub database_url: String,
    pub administrator_link: Option<String>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    served: Option<tokio::task::JoinHandle<()>>,
    postgres: Option<String>,
}

/// The moment most tests happen at: the default survey is open.
pub fn an_open_day() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().expect("a moment")
}

fn postgres_server() -> String {
    std::env::var("HYS_TEST_POSTGRES_URL")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}

/// A database of a test's own on the PostgreSQL server.
pub struct OwnPostgres {
    pub url: String,
    pub name: String,
}

impl OwnPostgres {
    pub async fn create() -> Self {
        let name = format!("hys_test_{}", Uuid::new_v4().simple());
        Self::on_server(&format!("CREATE DATABASE {name}")).await;
        let url = postgres_server();
        let (head, _) = url.rsplit_once('/').expect("a database in the address");
        let url = format!("{head}/{name}");
        Self { url, name }
    }

    pub async fn drop(self) {
        let name = &self.name;
        Self::on_server(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    }

    /// Cuts every connection to it.
    pub async fn cut(&self) {
        let name = &self.name;
        Self::on_server(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        ))
        .await;
    }

    /// Does something as the server's administrator.
    pub async fn on_server(sql: &str) {
        let server = Database::connect(postgres_server())
            .await
            .expect("PostgreSQL is there");
        server.execute_unprepared(sql).await.expect("it is done");
        server.close().await.expect("the connection closes");
    }
}

/// A site that tests change before it starts.
pub struct SiteBuilder {
    engine: Engine,
    settings: Vec<(String, String)>,
    surveys: Vec<Definition>,
    now: Timestamp,
}

impl SiteBuilder {
    pub fn on(engine: Engine) -> Self {
        Self {
            engine,
            settings: Vec::new(),
            surveys: Vec::new(),
            now: an_open_day(),
        }
    }

    pub fn setting(mut self, variable: &str, value: &str) -> Self {
        self.settings.push((variable.to_owned(), value.to_owned()));
        self
    }

    pub fn survey(mut self, definition: Definition) -> Self {
        self.surveys.push(definition);
        self
    }

    pub fn at(mut self, now: &str) -> Self {
        self.now = now.parse().expect("a moment");
        self
    }

    pub async fn start(self) -> TestSite {
        let folder = tempfile::tempdir().expect("a folder");
        let (database_url, postgres) = match self.engine {
            Engine::Sqlite => (
                format!("sqlite://{}", folder.path().join("test.sqlite").display()),
                None,
            ),
            Engine::Postgres => {
                let own = OwnPostgres::create().await;
                (own.url, Some(own.name))
            }
        };
        let config = read_config(&database_url, &self.settings);
        let clock = Arc::new(SetClock::at(self.now));
        let outside = Outside {
            clock: clock.clone(),
            entropy: Arc::new(SystemEntropy),
        };
        let app = App::build(config, outside).await.expect("the site starts");
        for definition in &self.surveys {
            app.publish(definition)
                .await
                .expect("the survey is published");
        }
        let base = format!("http://127.0.0.1:{}", app.address().port());
        let administrator_link = app.administrator_link().map(ToOwned::to_owned);
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let served = tokio::spawn(async move {
            app.serve(async {
                let _ = stopped.await;
            })
            .await
            .expect("the site stops well");
        });
        TestSite {
            base,
            clock,
            folder,
            database_url,
            administrator_link,
            stop: Some(stop),
            served: Some(served),
            postgres,
        }
    }
}

/// Settings for a test's site.
pub fn read_config(database_url: &str, settings: &[(String, String)]) -> Config {
    Config::read(None, |variable| {
        let own = settings
            .iter()
            .find(|(name, _)| name == variable)
            .map(|(_, value)| value.clone());
        own.or_else(|| match variable {
            "HYS_BIND" => Some("127.0.0.1:0".to_owned()),
            "HYS_DATABASE_URL" => Some(database_url.to_owned()),
            "HYS_WORKERS" => Some("1".to_owned()),
            _ => None,
        })
    })
    .expect("settings of a test")
}

impl TestSite {
    pub async fn on(engine: Engine) -> Self {
        SiteBuilder::on(engine).start().await
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    pub fn set_time(&self, now: &str) {
        self.clock.set(now.parse().expect("a moment"));
    }

    /// Stops the site and drops its database.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(served) = self.served.take() {
            served.await.expect("the site stopped");
        }
        if let Some(name) = self.postgres.take() {
            let url = String::new();
            OwnPostgres { url, name }.drop().await;
        }
    }
}

/// The definition that exercises every kind of question.
pub fn every_kind() -> Definition {
    definition("every-kind")
}

/// The survey a new site begins with.
pub fn default_survey() -> Definition {
    definition("police-and-crime-plan")
}

fn definition(name: &str) -> Definition {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/surveys");
    let path = folder.join(format!("{name}.yaml"));
    Definition::from_yaml(&std::fs::read_to_string(path).expect("the file"))
        .expect("the definition")
}
