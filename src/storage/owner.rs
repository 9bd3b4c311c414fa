//! One process owns a SQLite database while it serves: it may keep what it wrote in memory.

use std::{
    fs::{File, TryLockError},
    path::PathBuf,
};

use super::{DatabaseConfig, StorageError};

/// An exclusive lock on `<database>.lock`, held until it is dropped or the process ends.
#[derive(Debug)]
pub struct OwnerLock {
    _file: File,
}

impl OwnerLock {
    /// Takes the lock; none is needed on PostgreSQL.
    ///
    /// # Errors
    /// [`StorageError::Owned`] while another process holds it.
    pub fn take(config: &DatabaseConfig) -> Result<Option<Self>, StorageError> {
        let Some(path) = config.sqlite_path()? else {
            return Ok(None);
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| {
                StorageError::Unavailable(format!("{}: {error}", folder.display()))
            })?;
        }
        let mut name = path.into_os_string();
        name.push(".lock");
        let path = PathBuf::from(name);
        let unusable = |error: std::io::Error| {
            StorageError::Unavailable(format!("{}: {error}", path.display()))
        };
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Err(StorageError::Owned(config.url.clone())),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }
}
