//! Submitting a response: a state change that is harmless to repeat.

use std::sync::Arc;

use tokio::time::Instant;
use uuid::Uuid;

use super::{
    Entropy, Receipt,
    save_page::{ATTEMPTS, PATIENCE, may_pass, pause, read_again, text_changes},
};
use crate::storage::{
    SecretHash, StorageError, Store,
    responses::{
        self, Flags, ResponseState, StoredResponse, StoredText, Submit, SubmitOutcome, Submitted,
    },
};

/// How often it is tried against others' changes, taken references and failures together.
const TURNS: u32 = 24;

/// A response's final answers: those of hidden questions are dropped.
#[derive(Clone)]
pub struct FinalState {
    /// Answers.
    pub document: String,
    /// Answers to sensitive questions.
    pub sensitive: Option<String>,
    /// All texts; those that are not among them are deleted.
    pub texts: Vec<StoredText>,
    /// Marks to add to those the response has.
    pub flags: Flags,
    /// Where a receipt goes, if one was asked for.
    pub receipt: Option<Receipt>,
}

/// Why a response was not submitted. `E` is why its answers may not be.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError<E> {
    /// The answers are not ready to be submitted.
    #[error("the answers can't be submitted")]
    Unready(E),
    /// Others changed it each time it was tried again.
    #[error("others keep changing this response")]
    Conflict,
    /// The session is over, or the response was never saved or was deleted.
    #[error("there is no such response for this session")]
    Gone,
    /// The store did not take it.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Submits a response. `prepare` gets what is stored and says what shall count; it is called again if that has
/// changed meanwhile. `reference` makes a reference of eight random bytes.
///
/// # Errors
/// See [`SubmitError`]; if it was not acknowledged, sending it again is harmless.
pub async fn submit_response<E>(
    store: &Store,
    entropy: &dyn Entropy,
    id: Uuid,
    secret: SecretHash,
    reference: impl Fn([u8; 8]) -> String,
    prepare: impl FnMut(&StoredResponse) -> Result<FinalState, E>,
) -> Result<Submitted, SubmitError<E>> {
    let read = read_again(|| responses::find_session(store, id, &secret)).await?;
    let read = read.ok_or(SubmitError::Gone)?;
    submit_as_read(store, entropy, secret, read, reference, prepare).await
}

/// As [`submit_response`], with the response as the caller has read it already. Should it be out of date, the database
/// refuses it, and what is stored then is prepared.
///
/// # Errors
/// As [`submit_response`].
pub async fn submit_as_read<E>(
    store: &Store,
    entropy: &dyn Entropy,
    secret: SecretHash,
    mut current: Arc<StoredResponse>,
    reference: impl Fn([u8; 8]) -> String,
    mut prepare: impl FnMut(&StoredResponse) -> Result<FinalState, E>,
) -> Result<Submitted, SubmitError<E>> {
    let began = Instant::now();
    let id = current.id;
    let read = || read_again(|| responses::find_session(store, id, &secret));
    let mut failures = 1;
    for _ in 0..TURNS {
        if current.state == ResponseState::Submitted
            && let (Some(reference), Some(submitted_at)) =
                (&current.reference, current.submitted_at)
        {
            return Ok(Submitted {
                reference: reference.clone(),
                submitted_at,
                repeated: true,
            });
        }
        if current.state != ResponseState::InProgress {
            return Err(SubmitError::Gone);
        }
        let state = prepare(&current).map_err(SubmitError::Unready)?;
        let mut random = [0; 8];
        entropy.fill(&mut random);
        let reference = reference(random);
        let submit = Submit {
            id,
            secret,
            revision: current.revision,
            document: state.document,
            sensitive: state.sensitive,
            texts: text_changes(&current.texts, state.texts),
            flags: state.flags,
            receipt: state
                .receipt
                .map(|receipt| receipt.into_mail(entropy, &reference)),
            reference,
        };
        match responses::submit(store, submit).await {
            Ok(SubmitOutcome::Submitted(submitted)) => return Ok(submitted),
            Ok(SubmitOutcome::Gone) => return Err(SubmitError::Gone),
            Ok(SubmitOutcome::Conflict(newer)) => current = newer,
            // The reference is another response's: the next one is random again.
            Err(StorageError::Duplicate(_)) => {}
            Err(error) if may_pass(&error) && failures < ATTEMPTS && began.elapsed() < PATIENCE => {
                pause(failures).await;
                failures += 1;
                current = read().await?.ok_or(SubmitError::Gone)?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(SubmitError::Conflict)
}
