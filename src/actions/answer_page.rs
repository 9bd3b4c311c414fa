//! A page of answers is read, checked and made durable, before anybody is told that it is.

use std::{ptr, sync::Arc};

use uuid::Uuid;

use super::save_page::{PageState, PageTarget, SaveError, save_page_onto};
use crate::{
    live::catalogue::Version,
    storage::{
        SecretHash, StorageError, Store,
        responses::{Beside, Channel, Flags, StoredResponse, StoredText},
    },
    survey::{
        answers::{Answers, TextKey},
        areas::Areas,
        decode::{DecodeContext, PageDecoded, decode_page},
        definition::{Definition, Page},
        form::Form,
        ids::{IdError, Lang, PageKey, QuestionKey},
        journey::{Journey, Next, SavedPages},
        pack::{Packed, pack, shown_orders, unpack},
    },
};

/// What a resident sent for one page.
pub struct PageSent<'a> {
    /// The survey.
    pub survey_id: Uuid,
    /// The version answered.
    pub version: &'a Version,
    /// The page.
    pub page: &'a Page,
    /// The place's areas.
    pub areas: &'a (dyn Areas + Sync),
    /// The response.
    pub id: Uuid,
    /// The hash of its secret.
    pub secret: SecretHash,
    /// The response as it was read for this request; none before its first page is saved.
    pub read: Option<Arc<StoredResponse>>,
    /// Its answers, taken apart.
    pub taken_apart: &'a Stored,
    /// The form as sent.
    pub form: &'a Form,
    /// The language answered in.
    pub language: &'a Lang,
    /// How it comes in.
    pub channel: Channel,
    /// Whether a program made it up.
    pub simulated: bool,
    /// When it was started, unix microseconds.
    pub started_at: i64,
    /// The moment now, unix microseconds.
    pub now: i64,
    /// Marks on what was sent.
    pub flags: Flags,
    /// Whether to keep what is right and stop here ("save and come back later").
    pub is_pause: bool,
}

/// What became of it.
#[derive(Debug)]
pub enum PageSaved {
    /// It is durable; this page, or "check your answers", comes next.
    Next(Option<PageKey>),
    /// It is durable, and brought up a further question of the same page: the page is shown again.
    More(QuestionKey),
    /// It is durable, and the resident stops here.
    Paused,
    /// Something is wrong with it; nothing was saved.
    Invalid(PageDecoded),
    /// A postcode was found; nothing was saved until the resident has seen the district.
    Confirm(PageDecoded),
    /// This page can't be answered yet, or not any more; that one can.
    Elsewhere(PageKey),
    /// The response was sent already.
    Sent,
    /// The session is over.
    Gone,
}

/// Why a page or a response could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The store failed: nothing was acknowledged.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Others changed the response each time it was tried again: nothing was acknowledged.
    #[error("others keep changing response {0}")]
    Conflict(Uuid),
    /// A stored response can't be read: it was written by another program.
    #[error("response {id} can't be read: {reason}")]
    Damaged {
        /// The response.
        id: Uuid,
        /// What is wrong; never what it says.
        reason: String,
    },
}

/// Answers as they are stored, taken apart.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    /// The answers.
    pub answers: Answers,
    /// The pages saved.
    pub saved: SavedPages,
}

impl Stored {
    /// Takes a stored response apart.
    ///
    /// # Errors
    /// [`AnswerError::Damaged`] when it was written by another program.
    pub fn of(response: &StoredResponse) -> Result<Arc<Self>, AnswerError> {
        if let Some(kept) = response.beside.get::<Self>() {
            return Ok(kept);
        }
        let damaged = |reason: String| AnswerError::Damaged {
            id: response.id,
            reason,
        };
        let answers = stored_answers(response).map_err(damaged)?;
        let saved =
            serde_json::from_str(&response.pages).map_err(|error| damaged(error.to_string()))?;
        Ok(Arc::new(Self { answers, saved }))
    }

    /// The journey of these answers.
    #[must_use]
    pub fn journey<'a>(&'a self, definition: &'a Definition) -> Journey<'a> {
        Journey::new(definition, &self.answers, &self.saved)
    }
}

/// Reads a page's form and saves it.
///
/// Two tabs, a double click and a repeated POST are all the same here: the later save of a page wins, and no save touches
/// another page's answers, because a save that meets another is read again on top of it.
///
/// # Errors
/// [`AnswerError`]; nothing was acknowledged then.
pub async fn answer_page(store: &Store, sent: &PageSent<'_>) -> Result<PageSaved, AnswerError> {
    let target = PageTarget {
        id: sent.id,
        secret: sent.secret,
        survey_id: sent.survey_id,
        version_id: sent.version.id,
        channel: sent.channel,
        simulated: sent.simulated,
        started_at: Some(sent.started_at),
    };
    let mut next = PageSaved::Next(None);
    let is_as_read = |current: Option<&StoredResponse>| {
        current.map(ptr::from_ref) == sent.read.as_deref().map(ptr::from_ref)
    };
    let outcome = save_page_onto(store, &target, sent.read.clone(), |current| {
        let newer;
        let before = match current {
            current if is_as_read(current) => sent.taken_apart,
            Some(response) => {
                newer = Stored::of(response).map_err(Instead::Failed)?;
                &*newer
            }
            None => &Stored::default(),
        };
        let was = before.journey(&sent.version.definition);
        let after = plan(sent, before, &was)?;
        next = what_follows(sent, &was, &after);
        state(sent, after).map_err(Instead::Failed)
    });
    match outcome.await {
        Ok(_) if sent.is_pause => Ok(PageSaved::Paused),
        Ok(_) => Ok(next),
        Err(SaveError::Merge(Instead::Saved(instead))) => Ok(*instead),
        Err(SaveError::Merge(Instead::Failed(error))) => Err(error),
        Err(SaveError::Submitted(_)) => Ok(PageSaved::Sent),
        Err(SaveError::Conflict) => Err(AnswerError::Conflict(sent.id)),
        Err(SaveError::Gone) => Ok(PageSaved::Gone),
        Err(SaveError::Storage(error)) => Err(error.into()),
    }
}

/// Why a page is not saved.
enum Instead {
    Saved(Box<PageSaved>),
    Failed(AnswerError),
}

impl From<PageSaved> for Instead {
    fn from(saved: PageSaved) -> Self {
        Self::Saved(Box::new(saved))
    }
}

fn plan(sent: &PageSent<'_>, before: &Stored, was: &Journey<'_>) -> Result<Stored, Instead> {
    let definition = &sent.version.definition;
    if let Err(instead) = was.may_visit(&sent.page.key) {
        return Err(PageSaved::Elsewhere(instead.clone()).into());
    }
    let context = DecodeContext {
        definition,
        areas: sent.areas,
        page: sent.page,
        before: &before.answers,
        seed: sent.id,
    };
    let decoded = decode_page(&context, sent.form);
    let is_unfinished = decoded
        .errors
        .iter()
        .any(|error| error.problem.is_missing());
    let is_wrong = decoded
        .errors
        .iter()
        .any(|error| !error.problem.is_missing());
    if is_wrong || (is_unfinished && !sent.is_pause) {
        return Err(PageSaved::Invalid(decoded).into());
    }
    if !decoded.needs_confirmation.is_empty() && !sent.is_pause {
        return Err(PageSaved::Confirm(decoded).into());
    }
    let mut after = before.clone();
    decoded.merge_into(&mut after.answers);
    // A page left with a gap is kept but not finished: coming back starts there.
    if !is_unfinished {
        after.saved.save(&sent.page.key, sent.now);
    }
    Ok(after)
}

/// The page that follows. An answer can bring up another question of its own page: then that page is shown again.
fn what_follows(sent: &PageSent<'_>, was: &Journey<'_>, after: &Stored) -> PageSaved {
    let is = after.journey(&sent.version.definition);
    let was_shown = was.visible_questions(&sent.page.key);
    let new = is
        .visible_questions(&sent.page.key)
        .iter()
        .find(|question| {
            sent.page
                .questions
                .iter()
                .any(|own| own.key == question.key)
                && !was_shown.iter().any(|shown| shown.key == question.key)
        });
    if let Some(question) = new {
        return PageSaved::More(question.key.clone());
    }
    PageSaved::Next(match is.next(&sent.page.key) {
        Next::Page(page) => Some(page.key.clone()),
        Next::Check => None,
    })
}

fn state(sent: &PageSent<'_>, after: Stored) -> Result<PageState, AnswerError> {
    let definition = &sent.version.definition;
    let orders = shown_orders(definition, &after.answers, &sent.id);
    let packed = pack(definition, &after.answers, &orders);
    let pages = serde_json::to_string(&after.saved).map_err(|error| AnswerError::Damaged {
        id: sent.id,
        reason: error.to_string(),
    })?;
    Ok(PageState {
        texts: stored_texts(&packed),
        document: packed.document,
        sensitive: packed.sensitive,
        pages,
        language: sent.language.to_string(),
        flags: sent.flags,
        beside: Beside::new(Arc::new(after)),
    })
}

/// The answers of a stored response, or why they can't be read; the reason never says what they say.
pub(super) fn stored_answers(response: &StoredResponse) -> Result<Answers, String> {
    let name = |error: IdError| error.to_string();
    let texts = response.texts.iter().map(|stored| {
        let question = stored.question.parse().map_err(name)?;
        let code = match stored.code.as_str() {
            "" => None,
            code => Some(code.parse().map_err(name)?),
        };
        Ok((TextKey { question, code }, stored.text.clone()))
    });
    let texts: Vec<(TextKey, String)> = texts.collect::<Result<_, String>>()?;
    unpack(&response.document, response.sensitive.as_deref(), texts)
        .map_err(|error| error.to_string())
}

/// A packed response's free texts as storage keeps them.
pub(super) fn stored_texts(packed: &Packed) -> Vec<StoredText> {
    let text = |text: &crate::survey::pack::PackedText| StoredText {
        question: text.key.question.to_string(),
        code: text
            .key
            .code
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        text: text.text.clone(),
        sensitive: text.sensitive,
    };
    packed.texts.iter().map(text).collect()
}
