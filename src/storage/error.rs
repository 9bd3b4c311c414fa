//! What can go wrong with a database, in the words the rest of the house acts on.

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{
        self,
        error::{DatabaseError, ErrorKind},
        sqlite::SqliteError,
    },
};

/// Why the store did not do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StorageError {
    /// Somebody else held the database too long. Trying again later may work; nothing was changed.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// There is no room left for more. Nothing was changed.
    #[error("the database is full: {0}")]
    Full(String),
    /// The database can't be reached, or went away. What was not acknowledged may not be stored.
    #[error("the database can't be reached: {0}")]
    Unavailable(String),
    /// A name that must be unique is taken.
    #[error("{0} is already there")]
    Duplicate(String),
    /// What was asked for does not exist.
    #[error("{0} is not there")]
    NotFound(String),
    /// The file is damaged, or is not a database of this program.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// Another process owns the SQLite database.
    #[error("another process is serving {0}; stop it first")]
    Owned(String),
    /// The request breaks a rule of the store.
    #[error("{0}")]
    Refused(String),
    /// A setting that can't be used.
    #[error("{0}")]
    Setting(String),
    /// A backup or restore could not be done.
    #[error("backup or restore failed: {0}")]
    Backup(String),
    /// A mistake in this program or a change of the tables from outside.
    #[error("unexpected database error: {0}")]
    Unexpected(String),
}

impl StorageError {
    /// Whether the same request may succeed if it is sent again soon.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}

impl From<DbErr> for StorageError {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::ConnectionAcquire(_) => Self::Unavailable(error.to_string()),
            DbErr::Conn(RuntimeErr::SqlxError(inner))
            | DbErr::Exec(RuntimeErr::SqlxError(inner))
            | DbErr::Query(RuntimeErr::SqlxError(inner)) => from_sqlx(inner),
            DbErr::Conn(_) => Self::Unavailable(error.to_string()),
            DbErr::RecordNotFound(what) => Self::NotFound(what.clone()),
            _ => Self::Unexpected(error.to_string()),
        }
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        from_sqlx(&error)
    }
}

fn from_sqlx(error: &sqlx::Error) -> StorageError {
    match error {
        sqlx::Error::Database(inner) => from_database(inner.as_ref()),
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => StorageError::Unavailable(error.to_string()),
        sqlx::Error::Configuration(_) => StorageError::Setting(error.to_string()),
        sqlx::Error::RowNotFound => StorageError::NotFound("the row".to_owned()),
        _ => StorageError::Unexpected(error.to_string()),
    }
}

fn from_database(error: &dyn DatabaseError) -> StorageError {
    // Drivers' texts may quote a row's values ("Key (email)=(…) already exists" is in the detail, not in the
    // message); only the message is kept.
    let message = error.message().to_owned();
    let code = error.code().unwrap_or_default();
    if error.kind() == ErrorKind::UniqueViolation {
        return StorageError::Duplicate(message);
    }
    if error.try_downcast_ref::<SqliteError>().is_some() {
        // The low byte is the primary result code: https://www.sqlite.org/rescode.html
        return match code.parse::<u32>().map(|number| number & 0xff) {
            Ok(5 | 6) => StorageError::Busy(message),
            Ok(13) => StorageError::Full(message),
            Ok(8 | 10 | 14) => StorageError::Unavailable(message),
            Ok(11 | 26) => StorageError::Corrupt(message),
            _ => StorageError::Unexpected(message),
        };
    }
    // https://www.postgresql.org/docs/15/errcodes-appendix.html
    match code.as_ref() {
        "40001" | "40P01" | "55P03" | "53300" | "57014" => StorageError::Busy(message),
        "53100" | "53200" => StorageError::Full(message),
        // A character that PostgreSQL's texts can't hold, such as NUL: nothing that trying again would mend.
        "22021" => StorageError::Refused(message),
        // 55000: the database takes no connections for now.
        "55000" | "57P01" | "57P02" | "57P03" | "3D000" | "25006" => {
            StorageError::Unavailable(message)
        }
        "XX001" | "XX002" => StorageError::Corrupt(message),
        other if other.starts_with("08") => StorageError::Unavailable(message),
        _ => StorageError::Unexpected(message),
    }
}
