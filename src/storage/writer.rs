//! SQLite's one writer: it commits the saves that wait together, and answers each only after the commit.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sea_orm::DatabaseConnection;
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinHandle,
};

use super::{
    Engine, On, StorageError, begin,
    cache::Cache,
    responses::{Done, Write, apply, apply_on},
    unless_busy,
};

/// How many saves may wait before the next has to wait to be let in.
const WAITING: usize = 1024;
/// How many saves are committed together at most.
const TOGETHER: usize = 256;
/// How long a save waits to be let in.
const PATIENCE: Duration = Duration::from_secs(5);

struct Queued {
    write: Write,
    answer: oneshot::Sender<Result<Done, StorageError>>,
}

/// The way in to the writer task.
pub(super) struct Writer {
    queue: mpsc::Sender<Queued>,
    stop: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the task.
    pub(super) fn start(connection: DatabaseConnection, cache: Option<Arc<Cache>>) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(serve(connection, waiting, stopped, cache));
        Self {
            queue,
            stop,
            task: Mutex::new(Some(task)),
        }
    }

    /// Hands a change over and waits until it is durable.
    pub(super) async fn write(&self, write: Write) -> Result<Done, StorageError> {
        let (answer, answered) = oneshot::channel();
        self.queue
            .send_timeout(Queued { write, answer }, PATIENCE)
            .await
            .map_err(|error| match error {
                mpsc::error::SendTimeoutError::Timeout(_) => {
                    StorageError::Busy("too many saves are waiting".to_owned())
                }
                mpsc::error::SendTimeoutError::Closed(_) => stopping(),
            })?;
        answered.await.map_err(|_| stopping())?
    }

    /// Commits what was let in, and lets nothing more in.
    pub(super) async fn stop(&self) {
        self.stop.send_replace(true);
        let task = self
            .task
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(task) = task
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the writer ended badly");
        }
    }
}

fn stopping() -> StorageError {
    StorageError::Unavailable("the store is closing".to_owned())
}

async fn serve(
    connection: DatabaseConnection,
    mut waiting: mpsc::Receiver<Queued>,
    mut stopped: watch::Receiver<bool>,
    cache: Option<Arc<Cache>>,
) {
    let mut batch = Vec::with_capacity(TOGETHER);
    loop {
        let taken = tokio::select! {
            biased;
            taken = waiting.recv_many(&mut batch, TOGETHER) => taken,
            // `Err` means that the store was dropped: the queue is closed then, too.
            _ = stopped.wait_for(|stop| *stop), if !waiting.is_closed() => {
                waiting.close();
                continue;
            }
        };
        if taken == 0 {
            return;
        }
        commit(&connection, &mut batch, cache.as_deref()).await;
    }
}

/// Commits a batch, and answers it.
async fn commit(connection: &DatabaseConnection, batch: &mut Vec<Queued>, cache: Option<&Cache>) {
    if batch.len() > 1
        && let Ok(all) = together(connection, batch).await
    {
        for (queued, done) in batch.drain(..).zip(all) {
            answer(queued, Ok(done), cache);
        }
        return;
    }
    // One alone, or one of them failed and took the others with it: each gets a transaction and an answer of its own.
    for queued in batch.drain(..) {
        let done = alone(connection, &queued).await;
        answer(queued, done, cache);
    }
}

async fn alone(connection: &DatabaseConnection, queued: &Queued) -> Result<Done, StorageError> {
    if queued.write.is_one_statement() {
        // A statement that writes is an IMMEDIATE transaction of its own, without two trips to SQLite's thread.
        let on = On {
            connection,
            engine: Engine::Sqlite,
        };
        return unless_busy(|| apply_on(&on, &queued.write)).await;
    }
    let mut all = together(connection, std::slice::from_ref(queued)).await?;
    all.pop()
        .ok_or_else(|| StorageError::Unexpected("a save had no outcome".to_owned()))
}

async fn together(
    connection: &DatabaseConnection,
    batch: &[Queued],
) -> Result<Vec<Done>, StorageError> {
    let tx = begin(Engine::Sqlite, connection).await?;
    let mut all = Vec::with_capacity(batch.len());
    for queued in batch {
        all.push(apply(&tx, &queued.write).await?);
    }
    tx.commit().await?;
    Ok(all)
}

fn answer(queued: Queued, done: Result<Done, StorageError>, cache: Option<&Cache>) {
    if let Some(cache) = cache {
        cache.follow(queued.write, done.as_ref().ok());
    }
    // A browser that has gone needs no answer; what it sent is saved all the same.
    drop(queued.answer.send(done));
}
