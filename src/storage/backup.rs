//! Backup while serving, and restore into an empty database.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::Stdio,
};

use sea_orm::{ConnectionTrait, Database, Statement};
use tokio::process::Command;
use url::Url;

use super::{
    DatabaseConfig, Engine, OwnerLock, StorageError, Store,
    connect::{create_private, one, sqlite},
    statement,
};

/// Writes a consistent copy of the database to `path`, which must not exist yet, while others read and write.
/// SQLite: a database file, checked; PostgreSQL: an archive by `pg_dump`, which must be installed.
///
/// # Errors
/// When the copy can't be made or is not sound; nothing is left at `path` then.
pub async fn backup(store: &Store, path: &Path) -> Result<(), StorageError> {
    if path.exists() {
        return Err(StorageError::Backup(format!(
            "{} is there already",
            path.display()
        )));
    }
    let unfinished = beside(path, ".part");
    remove(&unfinished)?;
    // It is as private as the database; both engines' copies go into an empty file that is there.
    create_private(&unfinished)?;
    let made = match store.engine() {
        Engine::Sqlite => vacuum_into(store, &unfinished).await,
        Engine::Postgres => dump(&store.parts.config, &unfinished).await,
    };
    let made = made.and_then(|()| settle(&unfinished, path));
    if made.is_err() {
        remove(&unfinished)?;
    }
    made
}

async fn vacuum_into(store: &Store, path: &Path) -> Result<(), StorageError> {
    // A connection of its own: a long copy must not take one from those who read, and theirs refuse to write.
    let (own, unused) = sqlite(&DatabaseConfig {
        max_readers: 1,
        ..store.parts.config.clone()
    })
    .await?;
    unused.close().await?;
    let target = text(path)?.to_owned();
    let copied = own
        .execute_raw(statement(Engine::Sqlite, "VACUUM INTO $1", [target.into()]))
        .await;
    own.close().await?;
    copied?;
    check(path).await
}

/// Asks SQLite whether a file is a sound database of this program.
async fn check(path: &Path) -> Result<(), StorageError> {
    let copy = Database::connect(format!("sqlite://{}?mode=ro&immutable=1", text(path)?)).await?;
    let sound = one::<String>(Engine::Sqlite, &copy, "PRAGMA integrity_check").await;
    let tables = "SELECT count(*) FROM sqlite_master WHERE name IN ('survey', 'response', 'seaql_migrations')";
    let tables = one::<i64>(Engine::Sqlite, &copy, tables).await;
    copy.close().await?;
    let sound = sound?;
    if sound != "ok" {
        return Err(StorageError::Corrupt(sound));
    }
    if tables? != 3 {
        return Err(StorageError::Corrupt(format!(
            "{} is not a database of this program",
            path.display()
        )));
    }
    Ok(())
}

async fn dump(config: &DatabaseConfig, path: &Path) -> Result<(), StorageError> {
    let mut command = client("pg_dump", config)?;
    command
        .args(["--format=custom", "--no-owner", "--no-privileges", "--file"])
        .arg(path);
    run(command).await
}

/// Restores a backup into the database that `config` names, which must be empty or not there (SQLite) or without
/// tables (PostgreSQL, by `pg_restore`).
///
/// # Errors
/// When the database is not empty, is being served, or the backup is not sound.
pub async fn restore(config: &DatabaseConfig, backup: &Path) -> Result<(), StorageError> {
    if !backup.is_file() {
        return Err(StorageError::Backup(format!(
            "{} is not a file",
            backup.display()
        )));
    }
    match config.sqlite_path()? {
        Some(target) => restore_sqlite(config, &target, backup).await,
        None => restore_postgres(config, backup).await,
    }
}

async fn restore_sqlite(
    config: &DatabaseConfig,
    target: &Path,
    backup: &Path,
) -> Result<(), StorageError> {
    let _owner = OwnerLock::take(config)?;
    let is_empty = target.metadata().map_or(true, |file| file.len() == 0);
    if !is_empty {
        return Err(not_empty());
    }
    check(backup).await?;
    let unfinished = beside(target, ".restoring");
    remove(&unfinished)?;
    create_private(&unfinished)?;
    // Contents only: the backup's permissions may be wider.
    let copied = copy_contents(backup, &unfinished).map_err(|error| failed(&unfinished, &error));
    let copied = copied.and_then(|_| {
        // What an emptied or deleted database left behind must not be replayed over the restored one.
        remove(&beside(target, "-wal"))?;
        remove(&beside(target, "-shm"))?;
        settle(&unfinished, target)
    });
    if copied.is_err() {
        remove(&unfinished)?;
    }
    copied
}

fn copy_contents(from: &Path, to: &Path) -> std::io::Result<u64> {
    std::io::copy(
        &mut File::open(from)?,
        &mut File::options().write(true).open(to)?,
    )
}

async fn restore_postgres(config: &DatabaseConfig, backup: &Path) -> Result<(), StorageError> {
    let database = super::connect::postgres(&DatabaseConfig {
        max_connections: 1,
        ..config.clone()
    })
    .await?;
    let tables = Statement::from_string(
        Engine::Postgres.backend(),
        "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    );
    let row = database.query_one_raw(tables).await;
    database.close().await?;
    let count: i64 = row?.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    if count > 0 {
        return Err(not_empty());
    }
    let mut command = client("pg_restore", config)?;
    let url = Url::parse(&config.url).map_err(|error| StorageError::Setting(error.to_string()))?;
    command
        .args([
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            "--dbname",
        ])
        .arg(database_name(&url))
        .arg(backup);
    run(command).await
}

fn not_empty() -> StorageError {
    StorageError::Refused("the database is not empty: restore into a new one".to_owned())
}

/// A PostgreSQL client program, told by its environment where to go: arguments can be read by every user.
fn client(program: &str, config: &DatabaseConfig) -> Result<Command, StorageError> {
    let url = Url::parse(&config.url).map_err(|error| StorageError::Setting(error.to_string()))?;
    let mut command = Command::new(program);
    command
        .env("PGDATABASE", database_name(&url))
        .env("PGCONNECT_TIMEOUT", "10")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    if let Some(host) = url.host_str() {
        command.env("PGHOST", host);
    }
    if let Some(port) = url.port() {
        command.env("PGPORT", port.to_string());
    }
    if !url.username().is_empty() {
        command.env("PGUSER", decoded(url.username()));
    }
    if let Some(password) = url.password() {
        command.env("PGPASSWORD", decoded(password));
    }
    if let Some((_, mode)) = url.query_pairs().find(|(name, _)| name == "sslmode") {
        command.env("PGSSLMODE", mode.as_ref());
    }
    Ok(command)
}

fn database_name(url: &Url) -> String {
    decoded(url.path().trim_start_matches('/'))
}

/// Undoes the percent-encoding of a part of an address.
fn decoded(part: &str) -> String {
    // A form decoder reads `+` as a blank; in these parts of an address it is a plus.
    url::form_urlencoded::parse(
        part.replace('+', "%2B")
            .replace('&', "%26")
            .replace('=', "%3D")
            .as_bytes(),
    )
    .next()
    .map_or_else(String::new, |(name, _)| name.into_owned())
}

async fn run(mut command: Command) -> Result<(), StorageError> {
    let program = command
        .as_std()
        .get_program()
        .to_string_lossy()
        .into_owned();
    let output = command
        .output()
        .await
        .map_err(|error| StorageError::Backup(format!("{program} can't be started: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(StorageError::Backup(format!("{program}: {}", words.trim())))
}

/// Makes a finished file durable under its name.
fn settle(unfinished: &Path, path: &Path) -> Result<(), StorageError> {
    let sync = |path: &Path| File::open(path).and_then(|file| file.sync_all());
    sync(unfinished).map_err(|error| failed(unfinished, &error))?;
    std::fs::rename(unfinished, path).map_err(|error| failed(path, &error))?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    sync(folder).map_err(|error| failed(folder, &error))
}

fn remove(path: &Path) -> Result<(), StorageError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(path, &error)),
        _ => Ok(()),
    }
}

fn failed(path: &Path, error: &std::io::Error) -> StorageError {
    StorageError::Backup(format!("{}: {error}", path.display()))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn text(path: &Path) -> Result<&str, StorageError> {
    path.to_str()
        .ok_or_else(|| StorageError::Backup(format!("{} is not readable as text", path.display())))
}
