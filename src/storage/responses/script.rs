//! SQLite: changes of several responses in one trip to the thread that holds the connection.
//!
//! A trip costs more than SQLite takes for a change: two threads are woken for each. So the changes that are committed
//! together are written out as one text of several statements, which the driver runs without coming back in between.
//! Nothing can be asked on the way; each change tells by the rows it touched whether it was taken.

use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::TryStreamExt;
use sea_orm::sqlx::{
    self, Arguments, AssertSqlSafe, Either, Executor, Row, Sqlite, SqlitePool, error::BoxDynError,
    pool::PoolConnection, sqlite::SqliteArguments,
};

use super::{
    Done, SaveOutcome, SavePage, Saved, Submit, SubmitOutcome, Submitted, TextChange, Write,
};
use crate::storage::{Engine, StorageError};

const FIRST_PAGE: &str = "INSERT INTO response (id, survey_id, version_id, state, revision, channel, language, simulated, \
     token_hash, document, sensitive, pages, started_at, updated_at, flags) \
     VALUES (?, ?, ?, 0, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING;";
const LATER_PAGE: &str = "UPDATE response SET document = ?, sensitive = ?, pages = ?, language = ?, \
     flags = flags | ?, revision = revision + 1, updated_at = ? \
     WHERE id = ? AND token_hash = ? AND revision = ? AND state = 0;";
// A submit's time is the database's own: who follows submits in order must not miss one.
const SUBMIT: &str = "UPDATE response SET state = 1, document = ?, sensitive = ?, reference = ?, \
     flags = flags | ?, revision = revision + 1, submitted_at = {now}, updated_at = {now} \
     WHERE id = ? AND token_hash = ? AND revision = ? AND state = 0 RETURNING submitted_at;";
// A text is written only if the statement before it changed something: the response, or the text before.
const PUT_TEXT: &str = "INSERT INTO response_text (response_id, question, code, text, sensitive) \
     SELECT ?, ?, ?, ?, ? WHERE changes() > 0 \
     ON CONFLICT (response_id, question, code) DO UPDATE SET text = excluded.text, sensitive = excluded.sensitive;";
const DROP_TEXT: &str = "DELETE FROM response_text \
     WHERE response_id = ? AND question = ? AND code = ? AND changes() > 0;";

/// How many changes are committed together. SQLite compiles each text of a script once and keeps it; with more changes there
/// would be too many different texts.
pub(in crate::storage) const MOST: usize = 16;

/// Whether a change can be part of a script. Two texts can't be dropped in one: the first may be gone already, and nothing
/// would tell the second that the response was changed.
pub(in crate::storage) fn fits(write: &Write) -> bool {
    match write {
        Write::Save(save) => {
            save.texts
                .iter()
                .filter(|change| change.text.is_none())
                .count()
                <= 1
        }
        Write::Submit(submit) => submit.texts.is_empty() && submit.receipt.is_none(),
        Write::EndSession { .. } => false,
    }
}

/// Puts changes into an order that makes few different scripts: first those that [`is_plain`].
pub(in crate::storage) fn order(write: &Write) -> (bool, bool, usize) {
    let is_first = matches!(write, Write::Save(save) if save.expected_revision.is_none());
    let texts = match write {
        Write::Save(save) => save.texts.len(),
        Write::Submit(_) | Write::EndSession { .. } => usize::MAX,
    };
    (!is_plain(write), is_first, texts)
}

/// Whether it is the statement that most changes are: a later page without a text.
fn is_plain(write: &Write) -> bool {
    matches!(write, Write::Save(save) if save.expected_revision.is_some() && save.texts.is_empty())
}

/// Does changes of different responses, all of which [`fits`], and commits them; `None` for one that the database refused
/// because the response is not as the change expects it.
///
/// # Errors
/// When the database is busy, full or away, or one change breaks a rule; then nothing was done.
pub(in crate::storage) async fn run(
    pool: &SqlitePool,
    writes: &[&Write],
) -> Result<Vec<Option<Done>>, StorageError> {
    let now = now();
    let scripts =
        scripts(writes, now).map_err(|error| StorageError::Unexpected(error.to_string()))?;
    let decisive: Vec<bool> = scripts
        .iter()
        .flat_map(|script| script.decisive.iter().copied())
        .collect();
    let mut trip = Trip(Some(pool.acquire().await?));
    let told = trip.go(scripts).await;
    if told.is_err() && decisive.len() > 1 {
        trip.roll_back().await;
    }
    trip.end();
    let outcomes = told?
        .into_iter()
        .zip(decisive)
        .filter(|(_, is_decisive)| *is_decisive)
        .zip(writes)
        .map(|((told, _), write)| (told.rows > 0).then(|| done(write, now, told.submitted_at)));
    Ok(outcomes.collect())
}

/// Now, by the clock that SQLite reads too, and as exactly: in whole milliseconds, as unix microseconds.
fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX / 1000) * 1000
}

fn done(write: &Write, now: i64, submitted_at: Option<i64>) -> Done {
    match write {
        Write::Save(save) => Done::Save(SaveOutcome::Saved(Saved {
            revision: save.expected_revision.map_or(1, |before| before + 1),
            updated_at: now,
        })),
        Write::Submit(submit) => Done::Submit(SubmitOutcome::Submitted(Submitted {
            reference: submit.reference.clone(),
            submitted_at: submitted_at.unwrap_or(now),
            repeated: false,
        })),
        Write::EndSession { .. } => Done::EndSession(true),
    }
}

/// What a statement told.
#[derive(Default)]
struct Told {
    rows: u64,
    submitted_at: Option<i64>,
}

/// The text of several changes, with their values.
#[derive(Default)]
struct Script {
    sql: String,
    values: SqliteArguments,
    /// For each statement, whether it tells if a change is taken.
    decisive: Vec<bool>,
}

/// The texts of changes in their order, one after the other: most often one. Plain changes have a text of their own, which
/// depends on their number alone, so that it is seldom a new one.
fn scripts(writes: &[&Write], now: i64) -> Result<Vec<Script>, BoxDynError> {
    let mut first = Script::default();
    // One statement is a transaction by itself.
    if let [write] = writes
        && write.is_one_statement()
    {
        first.change(write, now)?;
        return Ok(vec![first]);
    }
    let mut scripts = Vec::new();
    let (plain, others) = writes.split_at(writes.partition_point(|write| is_plain(write)));
    first.say("BEGIN IMMEDIATE;", false);
    for write in plain {
        first.change(write, now)?;
    }
    let mut last = first;
    if !plain.is_empty() && !others.is_empty() {
        scripts.push(std::mem::take(&mut last));
    }
    for write in others {
        last.change(write, now)?;
    }
    last.say("COMMIT;", false);
    scripts.push(last);
    Ok(scripts)
}

impl Script {
    fn change(&mut self, write: &Write, now: i64) -> Result<(), BoxDynError> {
        match write {
            Write::Save(save) => self.save(save, now),
            Write::Submit(submit) => self.submit(submit),
            Write::EndSession { .. } => Ok(()),
        }
    }

    fn say(&mut self, statement: &str, is_decisive: bool) {
        self.sql.push_str(statement);
        self.decisive.push(is_decisive);
    }

    fn save(&mut self, save: &SavePage, now: i64) -> Result<(), BoxDynError> {
        let values = &mut self.values;
        match save.expected_revision {
            None => {
                values.add(save.id)?;
                values.add(save.survey_id)?;
                values.add(save.version_id)?;
                values.add(save.channel.number())?;
                values.add(save.language.as_str())?;
                values.add(save.simulated)?;
                values.add(&save.secret[..])?;
                values.add(save.document.as_str())?;
                values.add(save.sensitive.as_deref())?;
                values.add(save.pages.as_str())?;
                values.add(save.started_at.unwrap_or(now))?;
                values.add(now)?;
                values.add(i16::from(save.flags.bits()))?;
                self.say(FIRST_PAGE, true);
            }
            Some(revision) => {
                values.add(save.document.as_str())?;
                values.add(save.sensitive.as_deref())?;
                values.add(save.pages.as_str())?;
                values.add(save.language.as_str())?;
                values.add(i16::from(save.flags.bits()))?;
                values.add(now)?;
                values.add(save.id)?;
                values.add(&save.secret[..])?;
                values.add(revision)?;
                self.say(LATER_PAGE, true);
            }
        }
        let (put, dropped): (Vec<&TextChange>, Vec<_>) =
            save.texts.iter().partition(|change| change.text.is_some());
        for change in put.into_iter().chain(dropped) {
            let values = &mut self.values;
            values.add(save.id)?;
            values.add(change.question.as_str())?;
            values.add(change.code.as_str())?;
            match &change.text {
                Some(text) => {
                    values.add(text.as_str())?;
                    values.add(change.sensitive)?;
                    self.say(PUT_TEXT, false);
                }
                None => self.say(DROP_TEXT, false),
            }
        }
        Ok(())
    }

    fn submit(&mut self, submit: &Submit) -> Result<(), BoxDynError> {
        let values = &mut self.values;
        values.add(submit.document.as_str())?;
        values.add(submit.sensitive.as_deref())?;
        values.add(submit.reference.as_str())?;
        values.add(i16::from(submit.flags.bits()))?;
        values.add(submit.id)?;
        values.add(&submit.secret[..])?;
        values.add(submit.revision)?;
        self.say(&SUBMIT.replace("{now}", Engine::Sqlite.now()), true);
        Ok(())
    }
}

/// The connection that writes, for one script.
struct Trip(Option<PoolConnection<Sqlite>>);

impl Trip {
    /// Runs scripts and gives what each statement told.
    async fn go(&mut self, scripts: Vec<Script>) -> Result<Vec<Told>, StorageError> {
        let mut all = Vec::new();
        for script in scripts {
            let expected = all.len() + script.decisive.len();
            self.run(script, &mut all).await?;
            if all.len() != expected {
                let reason = "a script was not run to its end".to_owned();
                return Err(StorageError::Unexpected(reason));
            }
        }
        Ok(all)
    }

    async fn run(&mut self, script: Script, all: &mut Vec<Told>) -> Result<(), StorageError> {
        let Some(connection) = &mut self.0 else {
            return Ok(());
        };
        let mut told = Told::default();
        let query = sqlx::query_with(AssertSqlSafe(script.sql), script.values);
        let mut steps = (&mut **connection).fetch_many(query);
        // To the end: only the last step tells whether it is committed.
        while let Some(step) = steps.try_next().await? {
            match step {
                Either::Right(row) => told.submitted_at = row.try_get(0)?,
                Either::Left(end) => {
                    told.rows = end.rows_affected();
                    all.push(std::mem::take(&mut told));
                }
            }
        }
        Ok(())
    }

    async fn roll_back(&mut self) {
        if let Some(connection) = &mut self.0 {
            // Refused where SQLite has rolled back by itself: then there is nothing left to do.
            let _ = (&mut **connection).execute("ROLLBACK").await;
        }
    }

    /// Gives the connection back.
    fn end(mut self) {
        drop(self.0.take());
    }
}

impl Drop for Trip {
    fn drop(&mut self) {
        // Given up half-way, the connection may be in the midst of a transaction: closing it rolls that back.
        if let Some(connection) = self.0.take() {
            drop(connection.detach());
        }
    }
}
