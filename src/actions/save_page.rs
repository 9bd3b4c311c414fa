//! Saving a page: read, merge that page's answers, save; and again if somebody saved in between.
//!
//! Of two tabs the later save wins for each page, and nothing else is touched. Every failure that may pass is tried
//! again with what is stored then, so that an acknowledgement lost on the way does no harm.

use std::{future::Future, sync::Arc, time::Duration};

use tokio::time::Instant;
use uuid::Uuid;

use crate::storage::{
    SecretHash, StorageError, Store,
    responses::{
        self, Beside, Channel, Flags, ResponseState, SaveOutcome, SavePage, Saved, StoredResponse,
        StoredText, TextChange,
    },
};

/// How often a save is tried again after somebody else's.
const CONFLICTS: u32 = 16;
/// How often what failed is tried, the first time included.
pub(super) const ATTEMPTS: u32 = 6;
/// After how long nothing is tried again: a database that made somebody wait this long already is better said to be
/// away than waited for again and again.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);

/// Whose page it is. What is only needed to begin the row is ignored later.
#[derive(Clone)]
pub struct PageTarget {
    /// The response.
    pub id: Uuid,
    /// SHA-256 of its session's secret.
    pub secret: SecretHash,
    /// The survey answered.
    pub survey_id: Uuid,
    /// The version answered.
    pub version_id: Uuid,
    /// How it comes in.
    pub channel: Channel,
    /// Whether a program made it up.
    pub simulated: bool,
    /// When it was started (unix microseconds); the database's clock at the first save if left out.
    pub started_at: Option<i64>,
}

/// A response's whole answers, with the page merged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageState {
    /// Answers.
    pub document: String,
    /// Answers to sensitive questions.
    pub sensitive: Option<String>,
    /// All texts; those that are not among them are deleted.
    pub texts: Vec<StoredText>,
    /// Which pages were saved and when, as JSON.
    pub pages: String,
    /// The language answered in.
    pub language: String,
    /// Marks to add to those the response has.
    pub flags: Flags,
    /// What was made of the documents.
    pub beside: Beside,
}

/// Why a page was not saved. `E` is why the answers could not be merged.
#[derive(Debug, thiserror::Error)]
pub enum SaveError<E> {
    /// The page can't be merged with what is stored.
    #[error("the page can't be merged")]
    Merge(E),
    /// It has been submitted: its reference.
    #[error("the response was submitted")]
    Submitted(String),
    /// Others changed it each time it was tried again.
    #[error("others keep changing this response")]
    Conflict,
    /// The session is over, or the response was deleted.
    #[error("there is no such response for this session")]
    Gone,
    /// The store did not take it.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Saves a page durably. `merge` gets what is stored (nothing before the first page) and says what shall be stored;
/// it is called again if that has changed meanwhile.
///
/// # Errors
/// See [`SaveError`]; nothing was acknowledged then.
pub async fn save_page<E>(
    store: &Store,
    target: &PageTarget,
    merge: impl FnMut(Option<&StoredResponse>) -> Result<PageState, E>,
) -> Result<Saved, SaveError<E>> {
    let read = read_again(|| responses::find_session(store, target.id, &target.secret)).await?;
    save_page_onto(store, target, read, merge).await
}

/// As [`save_page`], on top of what the caller has read already. Should it be out of date, the database refuses the save,
/// and it is merged with what is stored then.
///
/// # Errors
/// As [`save_page`].
pub async fn save_page_onto<E>(
    store: &Store,
    target: &PageTarget,
    mut current: Option<Arc<StoredResponse>>,
    mut merge: impl FnMut(Option<&StoredResponse>) -> Result<PageState, E>,
) -> Result<Saved, SaveError<E>> {
    let began = Instant::now();
    let (mut conflicts, mut attempt) = (0, 1);
    loop {
        if let Some(stored) = &current
            && stored.state != ResponseState::InProgress
        {
            return Err(SaveError::Submitted(
                stored.reference.clone().unwrap_or_default(),
            ));
        }
        let state = merge(current.as_deref()).map_err(SaveError::Merge)?;
        match responses::save_page(store, assemble(target, current.as_deref(), state)).await {
            Ok(SaveOutcome::Saved(saved)) => return Ok(saved),
            Ok(SaveOutcome::Gone) => return Err(SaveError::Gone),
            Ok(SaveOutcome::Conflict(newer)) if conflicts < CONFLICTS => {
                conflicts += 1;
                current = Some(newer);
            }
            Ok(SaveOutcome::Conflict(_)) => {
                return Err(SaveError::Conflict);
            }
            Err(error) if may_pass(&error) && attempt < ATTEMPTS && began.elapsed() < PATIENCE => {
                pause(attempt).await;
                attempt += 1;
                // It may have been saved although the answer was lost.
                current = read_again(|| responses::find_session(store, target.id, &target.secret))
                    .await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

fn assemble(target: &PageTarget, current: Option<&StoredResponse>, state: PageState) -> SavePage {
    let stored = current.map_or(&[][..], |stored| &stored.texts);
    SavePage {
        id: target.id,
        secret: target.secret,
        survey_id: target.survey_id,
        version_id: target.version_id,
        expected_revision: current.map(|stored| stored.revision),
        document: state.document,
        sensitive: state.sensitive,
        texts: text_changes(stored, state.texts),
        pages: state.pages,
        language: state.language,
        channel: target.channel,
        simulated: target.simulated,
        started_at: target.started_at,
        flags: state.flags,
        beside: state.beside,
    }
}

/// The changes that turn `stored` into `wanted`; most pages change no text, and then there is nothing to write.
pub(super) fn text_changes(stored: &[StoredText], wanted: Vec<StoredText>) -> Vec<TextChange> {
    let gone = stored
        .iter()
        .filter(|old| {
            !wanted
                .iter()
                .any(|new| new.question == old.question && new.code == old.code)
        })
        .map(|old| TextChange {
            question: old.question.clone(),
            code: old.code.clone(),
            text: None,
            sensitive: old.sensitive,
        });
    let mut changes: Vec<TextChange> = gone.collect();
    let new = wanted.into_iter().filter(|new| !stored.contains(new));
    changes.extend(new.map(|new| TextChange {
        question: new.question,
        code: new.code,
        text: Some(new.text),
        sensitive: new.sensitive,
    }));
    changes
}

/// Whether trying again soon may help. After a lost connection it may have been done already: what is tried again
/// must be guarded.
pub(super) fn may_pass(error: &StorageError) -> bool {
    matches!(error, StorageError::Busy(_) | StorageError::Unavailable(_))
}

/// Waits before the next attempt: 20, 40, 80, 160, 320 ms.
pub(super) async fn pause(attempt: u32) {
    tokio::time::sleep(Duration::from_millis(10 << attempt)).await;
}

/// Reads, and reads again if the connection was lost.
pub(super) async fn read_again<F>(
    mut read: impl FnMut() -> F,
) -> Result<Option<Arc<StoredResponse>>, StorageError>
where
    F: Future<Output = Result<Option<Arc<StoredResponse>>, StorageError>>,
{
    let (began, mut attempt) = (Instant::now(), 1);
    loop {
        match read().await {
            Err(error) if may_pass(&error) && attempt < ATTEMPTS && began.elapsed() < PATIENCE => {
                pause(attempt).await;
                attempt += 1;
            }
            other => return other,
        }
    }
}
