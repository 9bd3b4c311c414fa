//! The composition root: settings become parts, parts become a bound server with its port.

mod command;
mod commands;
mod import;
mod letters;
mod limesurvey;
mod logs;
mod output;
mod simulate;

use std::{
    future::Future,
    net::{SocketAddr, TcpListener},
    sync::Arc,
};

use actix_web::{
    App as Application, HttpServer,
    middleware::from_fn,
    web::{self, Data},
};
use tokio::sync::watch;

pub use command::Command;
pub use commands::run;

use crate::{
    actions::{self, DownloadError, import::ImportError, simulate::SimulateError},
    config::{Config, ConfigError},
    geography::{Place, PlaceError},
    jobs::Jobs,
    live::{
        Live, LiveError,
        catalogue::{Catalogue, CatalogueError},
    },
    mail::{Postman, SendError, Sender, Transport},
    storage::{DatabaseConfig, StorageError, Store, meta},
    survey::{
        definition::Definition,
        limesurvey::LssError,
        lint::{Lint, LintContext, is_publishable, lint},
        read::DefinitionError,
        schedule::Schedule,
    },
    web::{
        address::SiteAddress,
        admin::kept::KeptOutcomes,
        client::TrustedProxies,
        metrics::Metrics,
        middleware::{errors, headers, origin, requests},
        routes,
        site::Site,
        templates::{TemplateError, Templates},
    },
    world::{Clock, Entropy, SystemClock, SystemEntropy},
};

/// The survey that a new database begins with.
const DEFAULT_SURVEY: &str = include_str!("../../assets/surveys/police-and-crime-plan.yaml");

/// How many passwords are worked on at the same time: each takes 19 MiB and most of a core.
const PASSWORDS_AT_ONCE: usize = 2;

/// Why the program can't do what it was told.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A setting that parses but can't be used.
    #[error("{0}")]
    Setting(String),
    /// The store.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A definition that can't be read.
    #[error(transparent)]
    Definition(#[from] DefinitionError),
    /// A LimeSurvey file that can't be converted.
    #[error(transparent)]
    LimeSurvey(#[from] LssError),
    /// A definition with mistakes.
    #[error("the definition has mistakes:\n{}", list(.0))]
    Lint(Vec<Lint>),
    /// What is published can't be read.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The place pack.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// Templates or texts.
    #[error(transparent)]
    Templates(#[from] TemplateError),
    /// Mail settings.
    #[error(transparent)]
    Mail(#[from] SendError),
    /// Files and sockets.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// No responses were made up.
    #[error(transparent)]
    Simulate(#[from] SimulateError),
    /// Nothing was brought in.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// Datasets.
    #[error(transparent)]
    Live(#[from] LiveError),
    /// A file of answers.
    #[error(transparent)]
    Download(#[from] DownloadError),
    /// There is no such survey, format or page.
    #[error("{0}")]
    Unknown(String),
}

fn list(lints: &[Lint]) -> String {
    lints
        .iter()
        .map(|lint| format!("  {lint}"))
        .collect::<Vec<_>>()
        .join("\n")
}

impl AppError {
    /// A failure of the system, with what was tried.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}

/// What comes from outside, so that tests can bring their own.
#[derive(Clone)]
pub struct Outside {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
}

impl Default for Outside {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
        }
    }
}

/// A site, wired and bound, about to serve.
pub struct App {
    config: Config,
    listener: TcpListener,
    metrics_listener: Option<TcpListener>,
    site: Data<Site>,
    jobs: Jobs,
    administrator_link: Option<String>,
}

/// How the database is opened.
#[must_use]
pub fn database(config: &Config) -> DatabaseConfig {
    let mut database = DatabaseConfig::new(config.database.url.expose());
    database.max_readers = config.database.readers;
    database.max_page_count = config.database.max_pages;
    database
}

/// Reads, lints and freezes a definition.
///
/// # Errors
/// [`AppError::Lint`] with everything that is wrong; [`AppError::Storage`].
pub async fn publish(
    store: &Store,
    entropy: &dyn Entropy,
    place: &Place,
    definition: &Definition,
) -> Result<u32, AppError> {
    let context = LintContext {
        is_area: &|code| place.area(code).is_some(),
    };
    let lints = lint(definition, &context);
    if !is_publishable(&lints) {
        return Err(AppError::Lint(lints));
    }
    let json = definition.to_json()?;
    let published =
        actions::publish_version(store, entropy, definition.slug.as_str(), json, None).await?;
    Ok(published.version.number)
}

impl App {
    /// Wires every part and binds the server's socket; a new database gets its tables and the default survey.
    ///
    /// # Errors
    /// [`AppError`].
    pub async fn build(config: Config, outside: Outside) -> Result<Self, AppError> {
        let place = Arc::new(Place::embedded(&config.place.pack)?);
        let templates = Templates::new()?;
        let store = Store::connect_as_owner(&database(&config)).await?;
        store.migrate().await?;
        let catalogue = Arc::new(Catalogue::load(store.clone()).await?);
        if catalogue.all().is_empty() {
            let default = Definition::from_yaml(DEFAULT_SURVEY)?;
            publish(&store, outside.entropy.as_ref(), &place, &default).await?;
            catalogue.refresh().await?;
        }
        let bind = config.server.bind;
        let listener =
            TcpListener::bind(bind).map_err(AppError::io(format!("{bind} can't be bound")))?;
        let bound = listener
            .local_addr()
            .map_err(AppError::io("the bound address can't be read"))?;
        let metrics_listener = config
            .server
            .metrics_bind
            .map(|bind| {
                TcpListener::bind(bind).map_err(AppError::io(format!("{bind} can't be bound")))
            })
            .transpose()?;
        let address = SiteAddress::new(config.server.base_url.as_ref(), bound);
        let first = actions::first_administrator_link(&store, outside.entropy.as_ref()).await?;
        let administrator_link =
            first.map(|secret| address.link(&format!("/admin/welcome/{}", secret.to_text())));
        let is_simulated = meta::is_simulated(&store).await?;
        let transport = config
            .mail
            .smtp_url
            .as_ref()
            .map(|url| Transport::from_url(url.expose()))
            .transpose()?;
        let has_mail = transport.is_some();
        let sender = Sender::new(&config.mail.from, config.office.contact_email.as_deref())?;
        let postman = Postman::new(
            sender,
            transport.unwrap_or_else(|| Transport::Memory(Arc::default())),
            Arc::new(letters::Letters(templates.clone())),
        );
        let node = outside.entropy.id().to_string();
        let jobs = Jobs::new(store.clone(), postman, Arc::new(purge_at), node);
        let proxies =
            TrustedProxies::parse(&config.server.trusted_proxies).map_err(AppError::Setting)?;
        let metrics = Metrics::new().map_err(|error| AppError::Setting(error.to_string()))?;
        let live = Live::new(store.clone(), Arc::clone(&catalogue), Arc::clone(&place));
        let passwords = actions::Passwords::new(outside.entropy.as_ref(), PASSWORDS_AT_ONCE);
        let limit_key = actions::limit_key(&store, outside.entropy.as_ref()).await?;
        let site = Data::new(Site {
            live,
            kept: KeptOutcomes::default(),
            passwords,
            limit_key,
            address,
            office: config.office.clone(),
            templates,
            store,
            place,
            catalogue,
            language: config.server.language.clone(),
            has_mail,
            is_simulated,
            clock: outside.clock,
            entropy: outside.entropy,
            metrics,
            bursts: actions::Bursts::default(),
            proxies,
        });
        Ok(Self {
            config,
            listener,
            metrics_listener,
            site,
            jobs,
            administrator_link,
        })
    }

    /// The bound address.
    ///
    /// # Panics
    /// When the system can't tell the address of a bound socket.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.listener
            .local_addr()
            .expect("a bound socket has an address")
    }

    /// The first administrator's one-time link, while nobody has an account.
    #[must_use]
    pub fn administrator_link(&self) -> Option<&str> {
        self.administrator_link.as_deref()
    }

    /// The wired parts, for tests that look behind the pages.
    #[must_use]
    pub fn site(&self) -> Data<Site> {
        self.site.clone()
    }

    /// Publishes a definition on this site.
    ///
    /// # Errors
    /// As [`publish`].
    pub async fn publish(&self, definition: &Definition) -> Result<u32, AppError> {
        let site = &self.site;
        let number = publish(&site.store, site.entropy.as_ref(), &site.place, definition).await?;
        site.catalogue.refresh().await?;
        Ok(number)
    }

    /// Serves until `stop`, then finishes what was accepted: requests, saves, the mail being sent.
    ///
    /// # Errors
    /// When the server or the store can't be stopped cleanly.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> Result<(), AppError> {
        let (stopping, stopped) = watch::channel(false);
        let jobs = tokio::spawn(self.jobs.run(stopped.clone()));
        let live = self.site.live.clone();
        let live = tokio::spawn(async move { live.tend(stopped).await });
        let site = self.site.clone();
        let server = HttpServer::new(move || {
            Application::new()
                .app_data(site.clone())
                .wrap(from_fn(origin::check))
                .wrap(from_fn(errors::explain))
                .wrap(from_fn(headers::add))
                .wrap(from_fn(requests::record))
                .configure(routes::configure)
        })
        .workers(self.config.server.workers)
        .shutdown_timeout(self.config.server.stop_seconds)
        .disable_signals()
        .listen(self.listener)
        .map_err(AppError::io("the server can't listen"))?
        .run();
        let handle = server.handle();
        let metrics = match self.metrics_listener {
            Some(listener) => Some(serve_metrics(listener, self.site.clone())?),
            None => None,
        };
        let server = tokio::spawn(server);
        stop.await;
        handle.stop(true).await;
        if let Some(metrics) = metrics {
            metrics.stop(false).await;
        }
        let _ = stopping.send(true);
        for ended in [jobs.await, live.await] {
            ended.map_err(|error| {
                AppError::Setting(format!("background work broke off: {error}"))
            })?;
        }
        match server.await {
            Ok(ended) => ended.map_err(AppError::io("the server did not stop cleanly"))?,
            Err(error) => return Err(AppError::Setting(format!("the server broke off: {error}"))),
        }
        self.site.store.close().await?;
        Ok(())
    }
}

fn serve_metrics(
    listener: TcpListener,
    site: Data<Site>,
) -> Result<actix_web::dev::ServerHandle, AppError> {
    let server = HttpServer::new(move || {
        let site = site.clone();
        Application::new().route(
            "/metrics",
            web::get().to(move || {
                let text = site.metrics.render();
                async move {
                    text.map_err(|error| crate::web::errors::PageError::Internal(error.to_string()))
                }
            }),
        )
    })
    .workers(1)
    .disable_signals()
    .listen(listener)
    .map_err(AppError::io("metrics can't listen"))?
    .run();
    let handle = server.handle();
    tokio::spawn(server);
    Ok(handle)
}

fn purge_at(definition: &str) -> Result<i64, String> {
    let definition = Definition::from_json(definition).map_err(|error| error.to_string())?;
    let schedule = Schedule::new(&definition).map_err(|error| error.to_string())?;
    Ok(schedule.purge_at().as_microsecond())
}
