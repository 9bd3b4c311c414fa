//! How connections are opened: which pragmas and settings every one of them has.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
    sqlx::{
        self, Connection,
        sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous},
    },
};

use super::StorageError;

/// Which database, and how hard to lean on it.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    /// `sqlite:///path/to/file.sqlite` or `postgres://user@host/database`.
    pub url: String,
    /// SQLite: how many connections read beside the one that writes.
    pub max_readers: u32,
    /// PostgreSQL: how many connections there are at most.
    pub max_connections: u32,
    /// How long a writer waits for another process's lock before it says "busy".
    pub busy_timeout: Duration,
    /// PostgreSQL: how long one statement may take.
    pub statement_timeout: Duration,
    /// How long to wait for a free connection.
    pub acquire_timeout: Duration,
    /// SQLite: the most pages the file may have; no limit if left out.
    pub max_page_count: Option<u32>,
    /// SQLite: how many responses, in progress or just submitted, the owning process keeps in memory.
    pub cached_responses: usize,
}

impl DatabaseConfig {
    /// The usual settings for a database's address.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            max_readers: 4,
            max_connections: 20,
            busy_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
            acquire_timeout: Duration::from_secs(5),
            max_page_count: None,
            cached_responses: 10_000,
        }
    }

    /// Which engine the address is of.
    ///
    /// # Errors
    /// When the address is of neither.
    pub fn engine(&self) -> Result<Engine, StorageError> {
        if self.url.starts_with("sqlite:") {
            Ok(Engine::Sqlite)
        } else if self.url.starts_with("postgres:") || self.url.starts_with("postgresql:") {
            Ok(Engine::Postgres)
        } else {
            Err(StorageError::Setting(
                "the database address must begin with sqlite: or postgres:".to_owned(),
            ))
        }
    }

    /// The file of a SQLite database; none for PostgreSQL.
    ///
    /// # Errors
    /// When the address can't be read.
    pub fn sqlite_path(&self) -> Result<Option<PathBuf>, StorageError> {
        if self.engine()? == Engine::Postgres {
            return Ok(None);
        }
        let options = SqliteConnectOptions::from_str(&self.url)
            .map_err(|error| StorageError::Setting(error.to_string()))?;
        let path = options.get_filename().to_path_buf();
        // The driver gives a database in memory a name that looks like a file's: a lock beside it would be a file of that name.
        let in_memory = self.url.contains(":memory:")
            || self.url.contains("mode=memory")
            || path.to_string_lossy().starts_with("file:sqlx-in-memory");
        if path.as_os_str().is_empty() || in_memory {
            return Err(StorageError::Setting(
                "a database in memory loses every answer; give a file".to_owned(),
            ));
        }
        Ok(Some(path))
    }
}

/// The database engines the store speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, bundled: one machine.
    Sqlite,
    /// PostgreSQL: several nodes.
    Postgres,
}

impl Engine {
    /// The SQL expression for this engine's clock in unix microseconds (SQLite's clock has milliseconds).
    #[must_use]
    pub(super) const fn now(self) -> &'static str {
        match self {
            Self::Sqlite => "CAST(round(unixepoch('now', 'subsec') * 1000) AS INTEGER) * 1000",
            Self::Postgres => "CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS bigint)",
        }
    }

    /// sea-orm's name for it.
    #[must_use]
    pub(super) const fn backend(self) -> DbBackend {
        match self {
            Self::Sqlite => DbBackend::Sqlite,
            Self::Postgres => DbBackend::Postgres,
        }
    }
}

/// The durability settings of one connection, as the database itself reports them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionSettings {
    /// Whether it is a connection that writes.
    pub writes: bool,
    /// SQLite's `journal_mode`; PostgreSQL's `fsync`.
    pub journal_mode: String,
    /// SQLite's `synchronous` (2 is FULL); PostgreSQL's `synchronous_commit`.
    pub synchronous: String,
}

/// Opens the one connection that writes and the pool that reads.
pub(super) async fn sqlite(
    config: &DatabaseConfig,
) -> Result<(DatabaseConnection, DatabaseConnection), StorageError> {
    if let Some(path) = config.sqlite_path()? {
        create_private(&path)?;
    }
    let mut writer = options(config, 1, 1);
    let (busy_timeout, max_pages) = (config.busy_timeout, config.max_page_count);
    writer.map_sqlx_sqlite_opts(move |options| sqlite_options(options, busy_timeout, max_pages));
    writer.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_release(|connection, _| Box::pin(is_sound(connection)))
    });
    let writer = Database::connect(writer).await?;
    let mut readers = options(config, 1, config.max_readers.max(1));
    readers.map_sqlx_sqlite_opts(move |options| {
        sqlite_options(options, busy_timeout, max_pages).pragma("query_only", "ON")
    });
    let readers = Database::connect(readers).await?;
    Ok((writer, readers))
}

/// Makes an empty file that only this user can read, with the folder for it; one that is there stays as it is.
/// SQLite gives its journals the same permissions.
pub(super) fn create_private(path: &Path) -> Result<(), StorageError> {
    let unusable =
        |error: std::io::Error| StorageError::Unavailable(format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(unusable)?;
    }
    let mut file = std::fs::File::options();
    file.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(path).map(|_| ()).map_err(unusable)
}

/// Whether a connection that comes back has left its transaction.
///
/// SQLite rolls a transaction back by itself when the disk is full or fails; the driver's own count of open
/// transactions then never returns to nought, and every later "transaction" on that connection would be a deferred
/// savepoint. Such a connection is closed and opened anew.
async fn is_sound(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if !connection.is_in_transaction() {
        return Ok(true);
    }
    // A dropped transaction's rollback is only queued: let it run before judging.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

fn sqlite_options(
    options: SqliteConnectOptions,
    busy_timeout: Duration,
    max_pages: Option<u32>,
) -> SqliteConnectOptions {
    let options = options
        .create_if_missing(true)
        .busy_timeout(busy_timeout)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("cache_size", "-4096")
        .pragma("temp_store", "MEMORY")
        .pragma("journal_size_limit", "67108864");
    match max_pages {
        Some(pages) => options.pragma("max_page_count", pages.to_string()),
        None => options,
    }
}

/// Opens the pool.
pub(super) async fn postgres(config: &DatabaseConfig) -> Result<DatabaseConnection, StorageError> {
    let mut pool = options(config, 1, config.max_connections.max(1));
    let timeout = config.statement_timeout.as_millis().to_string();
    pool.map_sqlx_postgres_opts(move |options| {
        options.application_name("have-your-say").options([
            ("synchronous_commit", "on"),
            ("statement_timeout", timeout.as_str()),
            ("idle_in_transaction_session_timeout", "30000"),
        ])
    });
    Ok(Database::connect(pool).await?)
}

/// Refuses a server (or a pooler before it) that acknowledges commits before they are on disk. Each connection asks for
/// `synchronous_commit=on` as it is opened, whatever the server's own setting; `fsync` is the server's alone.
pub(super) async fn insist_on_durability(pool: &DatabaseConnection) -> Result<(), StorageError> {
    is_durable(&settings(Engine::Postgres, pool, true).await?)
}

fn is_durable(settings: &ConnectionSettings) -> Result<(), StorageError> {
    if settings.synchronous != "on" {
        return Err(StorageError::Setting(format!(
            "synchronous_commit is {}, but must be on: answers would be acknowledged before they are kept",
            settings.synchronous
        )));
    }
    if settings.journal_mode != "on" {
        return Err(StorageError::Setting(format!(
            "the database server runs with fsync={}, but it must be on: a power cut could lose answers that were \
             acknowledged, or the whole database",
            settings.journal_mode
        )));
    }
    Ok(())
}

fn options(config: &DatabaseConfig, min: u32, max: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(config.url.clone());
    options
        .min_connections(min)
        .max_connections(max)
        .acquire_timeout(config.acquire_timeout)
        .connect_timeout(config.acquire_timeout)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .sqlx_logging(false);
    if config
        .engine()
        .is_ok_and(|engine| engine == Engine::Postgres)
    {
        // A ping costs a round trip: only connections that have rested are tried first. The pause before an action's
        // last attempt is longer than this rest, so that it gets no dead connection of a server that restarted.
        options.test_before_acquire_if_idle_for(Duration::from_millis(250));
    }
    options
}

/// Reads the settings of the connection that `connection` stands for.
pub(super) async fn settings(
    engine: Engine,
    connection: &impl ConnectionTrait,
    writes: bool,
) -> Result<ConnectionSettings, StorageError> {
    let (journal_mode, synchronous) = match engine {
        Engine::Sqlite => (
            one::<String>(engine, connection, "PRAGMA journal_mode").await?,
            one::<i64>(engine, connection, "PRAGMA synchronous")
                .await?
                .to_string(),
        ),
        Engine::Postgres => (
            one::<String>(engine, connection, "SHOW fsync").await?,
            one::<String>(engine, connection, "SHOW synchronous_commit").await?,
        ),
    };
    Ok(ConnectionSettings {
        writes,
        journal_mode,
        synchronous,
    })
}

/// The first column of the first row.
pub(super) async fn one<T: sea_orm::TryGetable>(
    engine: Engine,
    connection: &impl ConnectionTrait,
    sql: &str,
) -> Result<T, StorageError> {
    let statement = Statement::from_string(engine.backend(), sql);
    let row = connection.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| StorageError::Unexpected(format!("{sql} gave nothing")))?;
    Ok(row.try_get_by_index(0)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(fsync: &str, synchronous: &str) -> ConnectionSettings {
        ConnectionSettings {
            writes: true,
            journal_mode: fsync.to_owned(),
            synchronous: synchronous.to_owned(),
        }
    }

    #[test]
    fn a_server_that_does_not_wait_for_its_disk_is_refused() {
        assert!(is_durable(&server("on", "on")).is_ok());
        for (fsync, synchronous, named) in [
            ("off", "on", "fsync"),
            ("on", "off", "synchronous_commit"),
            ("on", "local", "synchronous_commit"),
            ("on", "remote_write", "synchronous_commit"),
        ] {
            let refused = is_durable(&server(fsync, synchronous));
            let Err(StorageError::Setting(words)) = refused else {
                panic!("{fsync} {synchronous} is taken");
            };
            assert!(words.contains(named), "{words}");
        }
    }
}
