//! A response is sent: in progress → submitted, once, however often it is asked for.

use jiff::Timestamp;
use uuid::Uuid;

use super::{ActionError, save_page::{Stored, text_changes}};
use crate::{
    live::catalogue::Version,
    storage::{
        SecretHash, StorageError, Store,
        outbox::NewMail,
        responses::{self, ResponseState, Submit, SubmitOutcome, Submitted},
    },
    survey::{
        ids::PageKey,
        journey::Journey,
        pack::pack,
        reference::Reference,
        schedule::{Schedule, State},
    },
    world::{Entropy, random},
};

const TRIES: usize = 8;

/// Who sends what.
pub struct Send<'a> {
    /// The version answered.
    pub version: &'a Version,
    /// The response.
    pub id: Uuid,
    /// The hash of its secret.
    pub secret: SecretHash,
    /// The moment now.
    pub now: Timestamp,
    /// What to mail when it counts, given its reference.
    pub receipt: &'a (dyn Fn(&Reference) -> Option<NewMail> + Sync),
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

/// Sends a response. Answers to questions that are hidden now are dropped.
///
/// # Errors
/// [`ActionError::Storage`] when the database is busy, full or away: nothing was acknowledged.
pub async fn submit_response(
    store: &Store,
    entropy: &dyn Entropy,
    send: &Send<'_>,
) -> Result<Sent, ActionError> {
    let definition = &send.version.definition;
    let Some(mut current) = responses::find_session(store, send.id, &send.secret).await? else {
        return Ok(Sent::Gone);
    };
    for _ in 0..TRIES {
        if let (ResponseState::Submitted, Some(reference), Some(submitted_at)) =
            (current.state, &current.reference, current.submitted_at)
        {
            let reference = reference.clone();
            return Ok(Sent::Counts(Submitted { reference, submitted_at, repeated: true }));
        }
        let schedule = Schedule::new(definition).map_err(|error| ActionError::Refused(error.to_string()))?;
        if !matches!(schedule.state(send.now), State::Open | State::Grace) {
            return Ok(Sent::Closed);
        }
        let before = Stored::of(&current)?;
        let journey = Journey::new(definition, &before.answers, &before.saved);
        let answers = match journey.submittable() {
            Ok(answers) => answers,
            Err(page) => return Ok(Sent::Unfinished(page.clone())),
        };
        let packed = pack(definition, &answers, &before.orders);
        let texts = text_changes(definition, &before.answers, &packed);
        let reference = Reference::from_random(random(entropy));
        let submit = Submit {
            id: send.id,
            secret: send.secret,
            revision: current.revision,
            reference: reference.to_string(),
            document: packed.document,
            sensitive: packed.sensitive,
            texts,
            receipt: (send.receipt)(&reference),
        };
        match responses::submit(store, submit).await {
            Ok(SubmitOutcome::Submitted(submitted)) => return Ok(Sent::Counts(submitted)),
            Ok(SubmitOutcome::Conflict(newer)) => current = newer,
            Ok(SubmitOutcome::Gone) => return Ok(Sent::Gone),
            // The reference is taken, one in 29^7: draw another.
            Err(StorageError::Duplicate(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ActionError::Conflict)
}
