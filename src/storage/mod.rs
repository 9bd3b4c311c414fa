//! The storage room: what is kept, on SQLite and on PostgreSQL, behind one set of repositories.
//!
//! It is the only room that sees `entity` and sea-orm; models never leave it. It may use tokio and the file system
//! (for backups), and it knows nothing of definitions, answers or HTTP: documents are opaque text here.
//!
//! Times are unix microseconds by the database's own clock. On SQLite one connection writes, and a task commits the
//! saves that wait together (`writer`); on PostgreSQL every save is a short transaction of its own.

mod backup;
mod cache;
mod connect;
mod error;
mod owner;
mod writer;

pub mod audit;
pub mod comments;
pub mod drafts;
pub mod factors;
pub mod frozen;
pub mod half_sessions;
pub mod invitations;
pub mod jobs;
pub mod limits;
pub mod links;
pub mod meta;
pub mod outbox;
pub mod responses;
pub mod sessions;
pub mod surveys;
pub mod users;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;

use std::{fmt, future::Future, sync::Arc, time::Duration};

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, QueryResult, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait, Value,
};
use tokio::time::Instant;

pub use backup::{backup, restore};
pub use connect::{ConnectionSettings, DatabaseConfig, Engine};
pub use error::StorageError;
pub use owner::OwnerLock;

/// SHA-256 of a secret; the secret itself is never stored.
pub type SecretHash = [u8; 32];

/// How often the start of a transaction is tried while the database is busy.
const ATTEMPTS: u32 = 3;
/// After how long it is not tried again: the engine's own wait for a lock is over by then.
const PATIENCE: Duration = Duration::from_secs(1);

/// A database, open.
#[derive(Clone)]
pub struct Store {
    parts: Arc<Parts>,
}

struct Parts {
    engine: Engine,
    config: DatabaseConfig,
    /// SQLite: the one connection that writes. PostgreSQL: the pool.
    writer: DatabaseConnection,
    /// SQLite: connections that only read. PostgreSQL: the same pool.
    readers: DatabaseConnection,
    saves: Option<writer::Writer>,
    cache: Option<Arc<cache::Cache>>,
    _owner: Option<OwnerLock>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may hold a password.
        f.debug_struct("Store")
            .field("engine", &self.parts.engine)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens a database beside others that may have it open too.
    ///
    /// # Errors
    /// When the address is wrong or the database can't be reached.
    pub async fn connect(config: &DatabaseConfig) -> Result<Self, StorageError> {
        Self::open(config, None, None).await
    }

    /// Opens a database as the process that serves it. A SQLite database is locked until the store is dropped, and
    /// responses in progress are kept in memory as well, because nobody else writes them.
    ///
    /// # Errors
    /// [`StorageError::Owned`] if another process serves it; else as [`Store::connect`].
    pub async fn connect_as_owner(config: &DatabaseConfig) -> Result<Self, StorageError> {
        let owner = OwnerLock::take(config)?;
        let cache = owner
            .is_some()
            .then(|| Arc::new(cache::Cache::new(config.cached_responses)));
        Self::open(config, owner, cache).await
    }

    async fn open(
        config: &DatabaseConfig,
        owner: Option<OwnerLock>,
        cache: Option<Arc<cache::Cache>>,
    ) -> Result<Self, StorageError> {
        let engine = config.engine()?;
        let (writer, readers, saves) = match engine {
            Engine::Sqlite => {
                config.sqlite_path()?;
                let (writer, readers) = connect::sqlite(config).await?;
                let saves = writer::Writer::new(writer.clone(), cache.clone());
                (writer, readers, Some(saves))
            }
            Engine::Postgres => {
                let pool = connect::postgres(config).await?;
                connect::insist_on_durability(&pool).await?;
                (pool.clone(), pool, None)
            }
        };
        Ok(Self {
            parts: Arc::new(Parts {
                engine,
                config: config.clone(),
                writer,
                readers,
                saves,
                cache,
                _owner: owner,
            }),
        })
    }

    /// Brings the tables up to date. Safe to run again, and by several nodes at once.
    ///
    /// # Errors
    /// When a migration fails; what it began is undone.
    pub async fn migrate(&self) -> Result<(), StorageError> {
        // One transaction: a start that is killed half-way leaves no half a table. SQLite's is IMMEDIATE, so that a
        // second process waits; on PostgreSQL it waits for the lock.
        let tx = self.begin().await?;
        if self.engine() == Engine::Postgres {
            tx.run("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK.into()])
                .await?;
        }
        Migrator::up(&tx.inner, None).await?;
        tx.commit().await
    }

    /// Whether every migration this program knows has been applied.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn is_migrated(&self) -> Result<bool, StorageError> {
        Ok(
            Migrator::get_pending_migrations_read_only(&self.parts.readers)
                .await?
                .is_empty(),
        )
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// When there is none.
    pub async fn ping(&self) -> Result<(), StorageError> {
        self.now().await.map(|_| ())
    }

    /// Which engine it is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.parts.engine
    }

    /// The database's clock, in unix microseconds.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn now(&self) -> Result<i64, StorageError> {
        let sql = format!("SELECT {}", self.engine().now());
        connect::one(self.engine(), &self.parts.readers, &sql).await
    }

    /// Begins a transaction that may write: IMMEDIATE on SQLite. Keep it short: on SQLite nobody else writes meanwhile.
    ///
    /// # Errors
    /// [`StorageError::Busy`] after a few tries.
    pub async fn begin(&self) -> Result<Tx, StorageError> {
        begin(self.engine(), &self.parts.writer).await
    }

    /// Waits for the saves that were accepted, then closes every connection.
    ///
    /// # Errors
    /// When a connection can't be closed cleanly; nothing that was acknowledged is lost by that.
    pub async fn close(&self) -> Result<(), StorageError> {
        if let Some(saves) = &self.parts.saves {
            saves.stop().await;
        }
        self.parts.readers.close_by_ref().await?;
        self.parts.writer.close_by_ref().await?;
        Ok(())
    }

    /// The durability settings of every connection, read on each.
    ///
    /// # Errors
    /// When a connection can't be had.
    pub async fn pragmas(&self) -> Result<Vec<ConnectionSettings>, StorageError> {
        let (parts, engine) = (&self.parts, self.engine());
        let mut all = Vec::new();
        let (readers, reader_writes) = match engine {
            Engine::Sqlite => {
                let writer = parts.writer.begin().await?;
                all.push(connect::settings(engine, &writer, true).await?);
                (parts.config.max_readers.max(1), false)
            }
            Engine::Postgres => (parts.config.max_connections.max(1), true),
        };
        // Holding each in a transaction makes sure that each is another connection.
        let mut held = Vec::new();
        for _ in 0..readers {
            let reader = parts.readers.begin().await?;
            all.push(connect::settings(engine, &reader, reader_writes).await?);
            held.push(reader);
        }
        Ok(all)
    }

    fn reads(&self) -> &DatabaseConnection {
        &self.parts.readers
    }
}

/// Any number that no other program takes a PostgreSQL advisory lock by.
const MIGRATION_LOCK: i64 = 0x4859_5320_6d69_6772;

/// A transaction. Dropped without [`Tx::commit`], it changes nothing.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    engine: Engine,
}

impl Tx {
    /// Makes everything done in it durable.
    ///
    /// # Errors
    /// When the database refuses; then nothing of it is kept.
    pub async fn commit(self) -> Result<(), StorageError> {
        Ok(self.inner.commit().await?)
    }

    /// The database's clock, in unix microseconds.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn now(&self) -> Result<i64, StorageError> {
        let sql = format!("SELECT {}", self.engine.now());
        connect::one(self.engine, &self.inner, &sql).await
    }

    fn on(&self) -> On<'_, DatabaseTransaction> {
        On {
            connection: &self.inner,
            engine: self.engine,
        }
    }

    /// Runs a statement and says how many rows it touched.
    async fn run(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<u64, StorageError> {
        self.on().run(sql, values).await
    }

    /// Runs a statement and gives its first row, if any.
    async fn row(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<QueryResult>, StorageError> {
        self.on().row(sql, values).await
    }
}

/// Where written-out SQL is run: in a transaction, or on PostgreSQL's pool, where a statement alone is one.
struct On<'c, C> {
    connection: &'c C,
    engine: Engine,
}

impl<C: ConnectionTrait> On<'_, C> {
    async fn run(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<u64, StorageError> {
        let statement = statement(self.engine, sql, values);
        let done = self.connection.execute_raw(statement).await?;
        Ok(done.rows_affected())
    }

    async fn row(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<QueryResult>, StorageError> {
        // Reads to the end of the answer: outside a transaction that is where a failed commit would show.
        let statement = statement(self.engine, sql, values);
        let rows = self.connection.query_all_raw(statement).await?;
        Ok(rows.into_iter().next())
    }
}

/// Written-out SQL, for statements that need the database's clock or a guard; `{now}` stands for the clock.
fn statement(engine: Engine, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    let sql = sql.replace("{now}", engine.now());
    Statement::from_sql_and_values(engine.backend(), sql, values)
}

/// Does `work`, and does it again a few times while the database is busy.
async fn unless_busy<T, F>(mut work: impl FnMut() -> F) -> Result<T, StorageError>
where
    F: Future<Output = Result<T, StorageError>>,
{
    let (began, mut attempt) = (Instant::now(), 1);
    loop {
        match work().await {
            Err(error)
                if error.is_retryable() && attempt < ATTEMPTS && began.elapsed() < PATIENCE =>
            {
                tokio::time::sleep(Duration::from_millis(20 << attempt)).await;
                attempt += 1;
            }
            other => return other,
        }
    }
}

async fn begin(engine: Engine, connection: &DatabaseConnection) -> Result<Tx, StorageError> {
    let options = TransactionOptions {
        sqlite_transaction_mode: (engine == Engine::Sqlite)
            .then_some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    unless_busy(|| async {
        let inner = connection.begin_with_options(options).await?;
        Ok(Tx { inner, engine })
    })
    .await
}
