//! SQLite's one writer: it commits the saves that wait together, and answers each only after the commit.

use std::{
    collections::VecDeque,
    mem, slice,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use sea_orm::DatabaseConnection;
use tokio::sync::{Semaphore, oneshot, watch};

use super::{
    Engine, On, StorageError, begin,
    cache::Cache,
    responses::{Done, Write, apply, apply_on, refused, script},
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

/// What waits, and whether somebody is committing.
#[derive(Default)]
struct Queue {
    waiting: VecDeque<Queued>,
    is_busy: bool,
    is_closed: bool,
}

struct Parts {
    connection: DatabaseConnection,
    cache: Option<Arc<Cache>>,
    queue: Mutex<Queue>,
    room: Semaphore,
    idle: watch::Sender<bool>,
}

/// The way in to the writer. It has no thread of its own: the save that finds nobody at work starts the work beside
/// itself, on its own thread, and the work goes on until nothing waits. To hand each save to another thread and back
/// would cost as much as SQLite takes to write it.
pub(super) struct Writer(Arc<Parts>);

impl Writer {
    /// A writer on the one connection that writes.
    pub(super) fn new(connection: DatabaseConnection, cache: Option<Arc<Cache>>) -> Self {
        Self(Arc::new(Parts {
            connection,
            cache,
            queue: Mutex::default(),
            room: Semaphore::new(WAITING),
            idle: watch::Sender::new(true),
        }))
    }

    /// Hands a change over and waits until it is durable.
    pub(super) async fn write(&self, write: Write) -> Result<Done, StorageError> {
        let room = tokio::time::timeout(PATIENCE, self.0.room.acquire()).await;
        let _room = room
            .map_err(|_| StorageError::Busy("too many saves are waiting".to_owned()))?
            .map_err(|_| stopping())?;
        let (answer, answered) = oneshot::channel();
        {
            let mut queue = self.0.lock();
            if queue.is_closed {
                return Err(stopping());
            }
            queue.waiting.push_back(Queued { write, answer });
            if !mem::replace(&mut queue.is_busy, true) {
                self.0.idle.send_replace(false);
                // A task, because the save that starts it may be given up half-way by a browser that goes.
                tokio::spawn(work(Shift {
                    parts: Arc::clone(&self.0),
                    is_over: false,
                }));
            }
        }
        answered.await.map_err(|_| stopping())?
    }

    /// Commits what was let in, and lets nothing more in.
    pub(super) async fn stop(&self) {
        self.0.lock().is_closed = true;
        let mut idle = self.0.idle.subscribe();
        // An error would mean that the writer is gone, and it is held here.
        let _ = idle.wait_for(|idle| *idle).await;
    }
}

impl Parts {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn stopping() -> StorageError {
    StorageError::Unavailable("the store is closing".to_owned())
}

/// The one task at work. Should it be dropped or panic, those who wait learn of it and nobody waits for ever.
struct Shift {
    parts: Arc<Parts>,
    is_over: bool,
}

impl Drop for Shift {
    fn drop(&mut self) {
        if !self.is_over {
            let mut queue = self.parts.lock();
            queue.waiting.clear();
            queue.end(&self.parts.idle);
        }
    }
}

impl Shift {
    /// Takes what waits; nothing ends the shift.
    fn take(&mut self, batch: &mut Vec<Queued>) {
        // Under one lock, so that a save that comes afterwards sees that nobody is at work.
        let mut queue = self.parts.lock();
        let count = queue.waiting.len().min(TOGETHER);
        batch.extend(queue.waiting.drain(..count));
        if batch.is_empty() {
            queue.end(&self.parts.idle);
            self.is_over = true;
        }
    }
}

impl Queue {
    fn end(&mut self, idle: &watch::Sender<bool>) {
        self.is_busy = false;
        idle.send_replace(true);
    }
}

async fn work(mut shift: Shift) {
    let mut batch = Vec::new();
    loop {
        shift.take(&mut batch);
        if batch.is_empty() {
            return;
        }
        let parts = &shift.parts;
        commit(&parts.connection, &mut batch, parts.cache.as_deref()).await;
    }
}

/// Commits a batch, and answers it.
async fn commit(connection: &DatabaseConnection, batch: &mut Vec<Queued>, cache: Option<&Cache>) {
    let (mut scripted, mut apart): (Vec<Queued>, Vec<Queued>) = (Vec::new(), Vec::new());
    for queued in batch.drain(..) {
        let id = queued.write.response_id();
        // Of two changes of one response the second can only be told what became of it after the first.
        let is_second = scripted.iter().any(|other| other.write.response_id() == id);
        if script::fits(&queued.write) && !is_second {
            scripted.push(queued);
        } else {
            apart.push(queued);
        }
    }
    scripted.sort_by_key(|queued| script::order(&queued.write));
    while !scripted.is_empty() {
        let rest = scripted.split_off(scripted.len().min(script::MOST));
        in_one_script(connection, mem::replace(&mut scripted, rest), cache).await;
    }
    for queued in apart {
        let done = alone(connection, &queued).await;
        answer(queued, done, cache);
    }
}

/// Commits changes in one trip to SQLite's thread.
async fn in_one_script(connection: &DatabaseConnection, all: Vec<Queued>, cache: Option<&Cache>) {
    if all.len() > 1
        && let Ok(outcomes) = run_script(connection, &all).await
    {
        for (queued, done) in all.into_iter().zip(outcomes) {
            answer(queued, done, cache);
        }
        return;
    }
    // One alone, or one of them failed and took the others with it: each gets a transaction and an answer of its own.
    for queued in all {
        let outcomes = run_script(connection, slice::from_ref(&queued)).await;
        let done = outcomes.and_then(|mut outcomes| {
            let no_outcome = || StorageError::Unexpected("a save had no outcome".to_owned());
            outcomes.pop().ok_or_else(no_outcome)?
        });
        answer(queued, done, cache);
    }
}

/// What became of each change.
async fn run_script(
    connection: &DatabaseConnection,
    all: &[Queued],
) -> Result<Vec<Result<Done, StorageError>>, StorageError> {
    let pool = connection.get_sqlite_connection_pool();
    let writes: Vec<&Write> = all.iter().map(|queued| &queued.write).collect();
    let taken = unless_busy(|| script::run(pool, &writes)).await?;
    let mut outcomes = Vec::with_capacity(taken.len());
    for (done, write) in taken.into_iter().zip(writes) {
        outcomes.push(match done {
            Some(done) => Ok(done),
            None => refused(&on(connection), write).await,
        });
    }
    Ok(outcomes)
}

fn on(connection: &DatabaseConnection) -> On<'_, DatabaseConnection> {
    On {
        connection,
        engine: Engine::Sqlite,
    }
}

/// What does not fit into a script gets a transaction of its own.
async fn alone(connection: &DatabaseConnection, queued: &Queued) -> Result<Done, StorageError> {
    if queued.write.is_one_statement() {
        // A statement that writes is an IMMEDIATE transaction of its own.
        let on = on(connection);
        return unless_busy(|| apply_on(&on, &queued.write)).await;
    }
    let tx = begin(Engine::Sqlite, connection).await?;
    let done = apply(&tx, &queued.write).await?;
    tx.commit().await?;
    Ok(done)
}

fn answer(queued: Queued, done: Result<Done, StorageError>, cache: Option<&Cache>) {
    if let Some(cache) = cache {
        cache.follow(queued.write, done.as_ref().ok());
    }
    // A browser that has gone needs no answer; what it sent is saved all the same.
    drop(queued.answer.send(done));
}
