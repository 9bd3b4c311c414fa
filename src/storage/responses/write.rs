//! Changes of a response. Each is guarded in the database by its revision and state, so that repeating one is
//! harmless and two at once can't undo each other.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{Beside, Channel, Flags, ResponseState, StoredResponse, fetch_session};
use crate::storage::{On, SecretHash, StorageError, Store, Tx, outbox, outbox::NewMail};

// These statements run on every page saved. They are written out, not built each time: building costs more than
// SQLite takes to run them, and they need the database's clock.
const INSERT: &str = "INSERT INTO response (id, survey_id, version_id, state, revision, channel, language, simulated, \
     token_hash, document, sensitive, pages, started_at, updated_at, flags) \
     VALUES ($1, $2, $3, 0, 1, $4, $5, $6, $7, $8, $9, $10, COALESCE($11, {now}), {now}, $12) \
     ON CONFLICT (id) DO NOTHING RETURNING revision, updated_at";
const UPDATE: &str = "UPDATE response SET document = $3, sensitive = $4, pages = $5, language = $6, \
     flags = flags | $8, revision = revision + 1, updated_at = {now} \
     WHERE id = $1 AND token_hash = $2 AND revision = $7 AND state = 0 \
     RETURNING revision, updated_at";
const SUBMIT: &str = "UPDATE response SET state = 1, document = $3, sensitive = $4, reference = $5, \
     flags = flags | $7, revision = revision + 1, submitted_at = {now}, updated_at = {now} \
     WHERE id = $1 AND token_hash = $2 AND revision = $6 AND state = 0 \
     RETURNING revision, submitted_at";
const PUT_TEXT: &str = "INSERT INTO response_text (response_id, question, code, text, sensitive) \
     VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (response_id, question, code) DO UPDATE SET text = excluded.text, sensitive = excluded.sensitive";
const DROP_TEXT: &str =
    "DELETE FROM response_text WHERE response_id = $1 AND question = $2 AND code = $3";

const END_SESSION: &str = "UPDATE response SET token_hash = NULL WHERE id = $1 AND token_hash = $2";

/// A change of one free text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// The question's key.
    pub question: String,
    /// The choice whose "other, please say" it is; empty for the question's own text.
    pub code: String,
    /// The new words; none to delete them.
    pub text: Option<String>,
    /// Whether the question is marked sensitive.
    pub sensitive: bool,
}

/// A page's save: the whole of the response's answers with that page merged in.
#[derive(Debug, Clone)]
pub struct SavePage {
    /// The response.
    pub id: Uuid,
    /// SHA-256 of its session's secret.
    pub secret: SecretHash,
    /// The survey answered (used by the first save only).
    pub survey_id: Uuid,
    /// The version answered (used by the first save only).
    pub version_id: Uuid,
    /// The revision that was read; none at the first save.
    pub expected_revision: Option<i32>,
    /// Answers.
    pub document: String,
    /// Answers to sensitive questions.
    pub sensitive: Option<String>,
    /// Which texts change; others stay.
    pub texts: Vec<TextChange>,
    /// Which pages were saved and when, as JSON.
    pub pages: String,
    /// The language answered in.
    pub language: String,
    /// How it comes in (used by the first save only).
    pub channel: Channel,
    /// Whether a program made it up (used by the first save only).
    pub simulated: bool,
    /// When it was started (unix microseconds, used by the first save only); the database's clock if left out.
    pub started_at: Option<i64>,
    /// Marks to add to those it has.
    pub flags: Flags,
    /// What was made of the documents.
    pub beside: Beside,
}

/// What became of a save that is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The new revision.
    pub revision: i32,
    /// When it was saved (unix microseconds).
    pub updated_at: i64,
}

/// What became of a save.
#[derive(Debug, Clone)]
pub enum SaveOutcome {
    /// It is durable.
    Saved(Saved),
    /// The response has changed since it was read, or was submitted: nothing was saved.
    Conflict(Arc<StoredResponse>),
    /// There is no such response for this session.
    Gone,
}

/// A submit: the final answers, with those of hidden questions dropped.
#[derive(Debug, Clone)]
pub struct Submit {
    /// The response.
    pub id: Uuid,
    /// SHA-256 of its session's secret.
    pub secret: SecretHash,
    /// The revision that was read.
    pub revision: i32,
    /// The reference to give it.
    pub reference: String,
    /// Final answers.
    pub document: String,
    /// Final answers to sensitive questions.
    pub sensitive: Option<String>,
    /// Which texts change (those of hidden questions are dropped).
    pub texts: Vec<TextChange>,
    /// Marks to add to those it has.
    pub flags: Flags,
    /// A receipt that joins the outbox if, and only if, the response counts.
    pub receipt: Option<NewMail>,
}

/// A response that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// Its reference: the first one, however often it is sent.
    pub reference: String,
    /// When it was submitted (unix microseconds).
    pub submitted_at: i64,
    /// Whether it had been submitted before.
    pub repeated: bool,
}

/// What became of a submit.
#[derive(Debug, Clone)]
pub enum SubmitOutcome {
    /// It counts.
    Submitted(Submitted),
    /// It has changed since it was read: nothing was submitted.
    Conflict(Arc<StoredResponse>),
    /// There is no such response for this session.
    Gone,
}

/// A change that the writer commits together with others.
pub(in crate::storage) enum Write {
    /// Save a page.
    Save(SavePage),
    /// Submit.
    Submit(Submit),
    /// End a session.
    EndSession { id: Uuid, secret: SecretHash },
}

impl Write {
    pub(in crate::storage) fn response_id(&self) -> Uuid {
        match self {
            Self::Save(save) => save.id,
            Self::Submit(submit) => submit.id,
            Self::EndSession { id, .. } => *id,
        }
    }

    /// Whether one statement is all of it, so that it is a transaction by itself.
    pub(in crate::storage) fn is_one_statement(&self) -> bool {
        match self {
            Self::Save(save) => save.texts.is_empty(),
            Self::Submit(submit) => submit.texts.is_empty() && submit.receipt.is_none(),
            Self::EndSession { .. } => true,
        }
    }
}

/// What became of it.
pub(in crate::storage) enum Done {
    Save(SaveOutcome),
    Submit(SubmitOutcome),
    /// Whether there was such a session.
    EndSession(bool),
}

/// Saves a page durably.
///
/// # Errors
/// When the database is busy, full or away; then nothing of it was acknowledged.
pub async fn save_page(store: &Store, save: SavePage) -> Result<SaveOutcome, StorageError> {
    match write(store, Write::Save(save)).await? {
        Done::Save(outcome) => Ok(outcome),
        _ => Err(mixed_up()),
    }
}

/// Submits a response: in progress → submitted. Repeating it gives the same reference again.
///
/// # Errors
/// [`StorageError::Duplicate`] if the reference is taken (try another); else as [`save_page`].
pub async fn submit(store: &Store, submit: Submit) -> Result<SubmitOutcome, StorageError> {
    match write(store, Write::Submit(submit)).await? {
        Done::Submit(outcome) => Ok(outcome),
        _ => Err(mixed_up()),
    }
}

fn mixed_up() -> StorageError {
    StorageError::Unexpected("the writer answered another question".to_owned())
}

async fn write(store: &Store, write: Write) -> Result<Done, StorageError> {
    if let Some(saves) = &store.parts.saves {
        return saves.write(write).await;
    }
    if write.is_one_statement() {
        // A statement alone is a transaction of its own, at a third of the round trips.
        let on = On {
            connection: &store.parts.writer,
            engine: store.engine(),
        };
        return apply_on(&on, &write).await;
    }
    let tx = store.begin().await?;
    let done = apply(&tx, &write).await?;
    tx.commit().await?;
    Ok(done)
}

/// Does a change inside a transaction.
pub(in crate::storage) async fn apply(tx: &Tx, write: &Write) -> Result<Done, StorageError> {
    let done = apply_on(&tx.on(), write).await?;
    if let (Write::Submit(submit), Done::Submit(SubmitOutcome::Submitted(submitted))) =
        (write, &done)
        && let Some(receipt) = &submit.receipt
        && !submitted.repeated
    {
        outbox::add(tx, receipt).await?;
    }
    Ok(done)
}

/// Does a change by itself; only if [`Write::is_one_statement`], or inside a transaction.
pub(in crate::storage) async fn apply_on<C: ConnectionTrait>(
    on: &On<'_, C>,
    write: &Write,
) -> Result<Done, StorageError> {
    Ok(match write {
        Write::Save(save) => Done::Save(apply_save(on, save).await?),
        Write::Submit(submit) => Done::Submit(apply_submit(on, submit).await?),
        Write::EndSession { id, secret } => {
            let ended = on
                .run(END_SESSION, [(*id).into(), secret.to_vec().into()])
                .await?;
            Done::EndSession(ended > 0)
        }
    })
}

async fn apply_save<C: ConnectionTrait>(
    on: &On<'_, C>,
    save: &SavePage,
) -> Result<SaveOutcome, StorageError> {
    let row = match save.expected_revision {
        None => {
            let values: [Value; 12] = [
                save.id.into(),
                save.survey_id.into(),
                save.version_id.into(),
                save.channel.number().into(),
                save.language.clone().into(),
                save.simulated.into(),
                save.secret.to_vec().into(),
                save.document.clone().into(),
                save.sensitive.clone().into(),
                save.pages.clone().into(),
                save.started_at.into(),
                i16::from(save.flags.bits()).into(),
            ];
            on.row(INSERT, values).await?
        }
        Some(revision) => {
            let values: [Value; 8] = [
                save.id.into(),
                save.secret.to_vec().into(),
                save.document.clone().into(),
                save.sensitive.clone().into(),
                save.pages.clone().into(),
                save.language.clone().into(),
                revision.into(),
                i16::from(save.flags.bits()).into(),
            ];
            on.row(UPDATE, values).await?
        }
    };
    let Some(row) = row else {
        return refused_save(on, save).await;
    };
    change_texts(on, save.id, &save.texts).await?;
    Ok(SaveOutcome::Saved(Saved {
        revision: row.try_get_by_index(0)?,
        updated_at: row.try_get_by_index(1)?,
    }))
}

async fn apply_submit<C: ConnectionTrait>(
    on: &On<'_, C>,
    submit: &Submit,
) -> Result<SubmitOutcome, StorageError> {
    let values: [Value; 7] = [
        submit.id.into(),
        submit.secret.to_vec().into(),
        submit.document.clone().into(),
        submit.sensitive.clone().into(),
        submit.reference.clone().into(),
        submit.revision.into(),
        i16::from(submit.flags.bits()).into(),
    ];
    let Some(row) = on.row(SUBMIT, values).await? else {
        return refused_submit(on, submit).await;
    };
    change_texts(on, submit.id, &submit.texts).await?;
    Ok(SubmitOutcome::Submitted(Submitted {
        reference: submit.reference.clone(),
        submitted_at: row.try_get_by_index(1)?,
        repeated: false,
    }))
}

/// What became of a change that the database refused, because the response is not as the change expects it.
pub(in crate::storage) async fn refused<C: ConnectionTrait>(
    on: &On<'_, C>,
    write: &Write,
) -> Result<Done, StorageError> {
    Ok(match write {
        Write::Save(save) => Done::Save(refused_save(on, save).await?),
        Write::Submit(submit) => Done::Submit(refused_submit(on, submit).await?),
        Write::EndSession { .. } => Done::EndSession(false),
    })
}

async fn refused_save<C: ConnectionTrait>(
    on: &On<'_, C>,
    save: &SavePage,
) -> Result<SaveOutcome, StorageError> {
    let current = current(on, save.id, &save.secret).await?;
    Ok(current.map_or(SaveOutcome::Gone, SaveOutcome::Conflict))
}

async fn refused_submit<C: ConnectionTrait>(
    on: &On<'_, C>,
    submit: &Submit,
) -> Result<SubmitOutcome, StorageError> {
    Ok(match current(on, submit.id, &submit.secret).await? {
        None => SubmitOutcome::Gone,
        Some(current) => match (current.state, &current.reference, current.submitted_at) {
            (ResponseState::Submitted, Some(reference), Some(submitted_at)) => {
                SubmitOutcome::Submitted(Submitted {
                    reference: reference.clone(),
                    submitted_at,
                    repeated: true,
                })
            }
            _ => SubmitOutcome::Conflict(current),
        },
    })
}

async fn current<C: ConnectionTrait>(
    on: &On<'_, C>,
    id: Uuid,
    secret: &SecretHash,
) -> Result<Option<Arc<StoredResponse>>, StorageError> {
    let found = fetch_session(on, id).await?;
    Ok(found
        .filter(|response| response.opens_with(secret))
        .map(Arc::new))
}

async fn change_texts<C: ConnectionTrait>(
    on: &On<'_, C>,
    id: Uuid,
    texts: &[TextChange],
) -> Result<(), StorageError> {
    for change in texts {
        let key: [Value; 3] = [
            id.into(),
            change.question.clone().into(),
            change.code.clone().into(),
        ];
        match &change.text {
            Some(text) => {
                let words: [Value; 2] = [text.clone().into(), change.sensitive.into()];
                on.run(PUT_TEXT, key.into_iter().chain(words)).await?
            }
            None => on.run(DROP_TEXT, key).await?,
        };
    }
    Ok(())
}

/// Ends a session ("Exit this page", "Remove from this device"): nobody can continue the response any more. An
/// unsent response stays until it is purged. Says whether there was such a session.
///
/// # Errors
/// When the database is busy or away.
pub async fn end_session(
    store: &Store,
    id: Uuid,
    secret: &SecretHash,
) -> Result<bool, StorageError> {
    let secret = *secret;
    match write(store, Write::EndSession { id, secret }).await? {
        Done::EndSession(ended) => Ok(ended),
        _ => Err(mixed_up()),
    }
}
