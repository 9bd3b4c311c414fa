//! A response is sent: in progress → submitted, once, however often it is asked for.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    Receipt,
    answer_page::{AnswerError, Stored, stored_texts},
    submit_response::{FinalState, SubmitError, submit_as_read},
};
use crate::{
    live::catalogue::Version,
    storage::{
        SecretHash, Store,
        responses::{Channel, Flags, StoredResponse, Submitted},
    },
    survey::{
        ids::PageKey,
        pack::{pack, shown_orders},
        reference::Reference,
        schedule::{Schedule, State},
    },
    world::Entropy,
};

/// Who sends what.
pub struct Send<'a> {
    /// The version answered.
    pub version: &'a Version,
    /// The response as it was read for this request.
    pub read: Arc<StoredResponse>,
    /// The hash of its secret.
    pub secret: SecretHash,
    /// The moment now.
    pub now: Timestamp,
    /// Marks on what was sent with the last form.
    pub flags: Flags,
    /// Where a receipt goes, if one was asked for.
    pub receipt: Option<Receipt>,
}

/// What became of it.
#[derive(Debug)]
pub enum Sent {
    /// It counts.
    Counts(Submitted),
    /// This page still needs an answer.
    Unfinished(PageKey),
    /// The survey, and its grace time, are over.
    Closed,
    /// The session is over.
    Gone,
}

enum Unready {
    Unfinished(PageKey),
    Closed,
    Failed(AnswerError),
}

/// Sends a response. Answers to questions that are hidden now are dropped.
///
/// # Errors
/// [`AnswerError`]; nothing was acknowledged then, and sending again is harmless.
pub async fn send_answers(
    store: &Store,
    entropy: &dyn Entropy,
    send: &Send<'_>,
) -> Result<Sent, AnswerError> {
    let reference = |bytes| Reference::from_random(bytes).to_string();
    let read = Arc::clone(&send.read);
    let outcome = submit_as_read(store, entropy, send.secret, read, reference, |current| {
        final_state(send, current)
    });
    match outcome.await {
        Ok(submitted) => Ok(Sent::Counts(submitted)),
        Err(SubmitError::Unready(Unready::Unfinished(page))) => Ok(Sent::Unfinished(page)),
        Err(SubmitError::Unready(Unready::Closed)) => Ok(Sent::Closed),
        Err(SubmitError::Unready(Unready::Failed(error))) => Err(error),
        Err(SubmitError::Conflict) => Err(AnswerError::Conflict(send.read.id)),
        Err(SubmitError::Gone) => Ok(Sent::Gone),
        Err(SubmitError::Storage(error)) => Err(error.into()),
    }
}

fn final_state(send: &Send<'_>, current: &StoredResponse) -> Result<FinalState, Unready> {
    let definition = &send.version.definition;
    let may_send = Schedule::new(definition)
        .is_ok_and(|schedule| matches!(schedule.state(send.now), State::Open | State::Grace));
    if !may_send {
        return Err(Unready::Closed);
    }
    let stored = Stored::of(current).map_err(Unready::Failed)?;
    let answers = match stored.journey(definition).submittable() {
        Ok(answers) => answers,
        Err(page) => return Err(Unready::Unfinished(page.clone())),
    };
    let packed = pack(
        definition,
        &answers,
        &shown_orders(definition, &answers, &send.read.id),
    );
    Ok(FinalState {
        texts: stored_texts(&packed),
        document: packed.document,
        sensitive: packed.sensitive,
        flags: send.flags.with(pace(send, current, answers.values.len())),
        receipt: send.receipt.clone(),
    })
}

/// Whether it came faster than anybody reads. Of answers that somebody else keyed in it says nothing.
fn pace(send: &Send<'_>, current: &StoredResponse, answered: usize) -> Flags {
    match current.channel {
        Channel::Web => {
            let taken = send.now.as_microsecond() - current.started_at;
            Flags::of_pace(answered, taken)
        }
        Channel::Paper | Channel::Telephone | Channel::Event | Channel::Import => Flags::NONE,
    }
}
