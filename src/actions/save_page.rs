//! A page of answers is read, checked and made durable, before anybody is told that it is.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::ActionError;
use crate::{
    live::catalogue::Version,
    storage::{
        SecretHash, Store,
        responses::{
            self, Channel, ResponseState, SaveOutcome, SavePage as StoredPage, StoredResponse, TextChange,
        },
    },
    survey::{
        answers::{Answers, TextKey},
        areas::Areas,
        decode::{DecodeContext, PageDecoded, decode_page},
        definition::{Definition, Kind, Page},
        form::Form,
        ids::{Lang, PageKey},
        journey::{Journey, Next, SavedPages},
        pack::{Packed, ShownOrders, pack, unpack, unpack_orders},
        shuffle,
    },
};

/// How often a save that met another is tried again; each try means that somebody else's save came through.
const TRIES: usize = 8;

/// What a resident sent for one page.
pub struct PageSent<'a> {
    /// The survey.
    pub survey_id: Uuid,
    /// The version answered.
    pub version: &'a Version,
    /// The page.
    pub page: &'a Page,
    /// The place's areas.
    pub areas: &'a dyn Areas,
    /// The response.
    pub id: Uuid,
    /// The hash of its secret.
    pub secret: SecretHash,
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
    /// Whether to keep what is right and stop here ("save and come back later").
    pub is_pause: bool,
}

/// What became of it.
#[derive(Debug)]
pub enum PageSaved {
    /// It is durable; this page, or "check your answers", comes next.
    Next(Option<PageKey>),
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

/// Answers as they are stored, taken apart.
pub struct Stored {
    /// The answers.
    pub answers: Answers,
    /// The pages saved.
    pub saved: SavedPages,
    /// The orders shown.
    pub orders: ShownOrders,
}

impl Stored {
    /// Nothing saved yet.
    #[must_use]
    pub fn empty() -> Self {
        Self { answers: Answers::default(), saved: SavedPages::default(), orders: ShownOrders::new() }
    }

    /// Takes a stored response apart.
    ///
    /// # Errors
    /// [`ActionError::Damaged`] when it was written by another program.
    pub fn of(response: &StoredResponse) -> Result<Self, ActionError> {
        let damaged = |reason: String| ActionError::Damaged { id: response.id, reason };
        let texts = response.texts.iter().map(|stored| {
            let question = stored.question.parse().map_err(|error| damaged(format!("{error}")))?;
            let code = match stored.code.as_str() {
                "" => None,
                code => Some(code.parse().map_err(|error| damaged(format!("{error}")))?),
            };
            Ok((TextKey { question, code }, stored.text.clone()))
        });
        let texts: BTreeMap<TextKey, String> = texts.collect::<Result<_, ActionError>>()?;
        let answers = unpack(&response.document, response.sensitive.as_deref(), texts)
            .map_err(|error| damaged(error.to_string()))?;
        let orders = unpack_orders(&response.document).map_err(|error| damaged(error.to_string()))?;
        let saved = serde_json::from_str(&response.pages).map_err(|error| damaged(error.to_string()))?;
        Ok(Self { answers, saved, orders })
    }
}

/// Reads a page's form and saves it.
///
/// Two tabs, a double click and a repeated POST are all the same here: the later save of a page wins, and no save touches
/// another page's answers, because a save that meets another is read again on top of it.
///
/// # Errors
/// [`ActionError::Storage`] when the database is busy, full or away: nothing was acknowledged. [`ActionError::Conflict`]
/// when others kept saving the same response.
pub async fn save_page(store: &Store, sent: &PageSent<'_>) -> Result<PageSaved, ActionError> {
    let mut current = responses::find_session(store, sent.id, &sent.secret).await?;
    for _ in 0..TRIES {
        if let Some(response) = &current
            && response.state != ResponseState::InProgress
        {
            return Ok(PageSaved::Sent);
        }
        let before = match &current {
            Some(response) => Stored::of(response)?,
            None => Stored::empty(),
        };
        let planned = match plan(sent, &before) {
            Ok(planned) => planned,
            Err(instead) => return Ok(*instead),
        };
        let revision = current.as_ref().map(|response| response.revision);
        let page = stored_page(sent, &planned, &before, revision)?;
        match responses::save_page(store, page).await? {
            SaveOutcome::Saved(_) if sent.is_pause => return Ok(PageSaved::Paused),
            SaveOutcome::Saved(_) => return Ok(PageSaved::Next(planned.next)),
            SaveOutcome::Conflict(newer) => current = Some(newer),
            SaveOutcome::Gone => return Ok(PageSaved::Gone),
        }
    }
    Err(ActionError::Conflict)
}

struct Planned {
    answers: Answers,
    saved: SavedPages,
    next: Option<PageKey>,
}

fn plan(sent: &PageSent<'_>, before: &Stored) -> Result<Planned, Box<PageSaved>> {
    let definition = &sent.version.definition;
    let journey = Journey::new(definition, &before.answers, &before.saved);
    if let Err(instead) = journey.may_visit(&sent.page.key) {
        return Err(Box::new(PageSaved::Elsewhere(instead.clone())));
    }
    let context = DecodeContext {
        definition,
        areas: sent.areas,
        page: sent.page,
        before: &before.answers,
        seed: sent.id,
    };
    let decoded = decode_page(&context, sent.form);
    let is_unfinished = decoded.errors.iter().any(|error| error.problem.is_missing());
    let is_wrong = decoded.errors.iter().any(|error| !error.problem.is_missing());
    if is_wrong || (is_unfinished && !sent.is_pause) {
        return Err(Box::new(PageSaved::Invalid(decoded)));
    }
    if !decoded.needs_confirmation.is_empty() && !sent.is_pause {
        return Err(Box::new(PageSaved::Confirm(decoded)));
    }
    let mut answers = before.answers.clone();
    decoded.merge_into(&mut answers);
    let mut saved = before.saved.clone();
    // A page left with a gap is kept but not finished: coming back starts there.
    if !is_unfinished {
        saved.save(&sent.page.key, sent.now);
    }
    let after = Journey::new(definition, &answers, &saved);
    let next = match after.next(&sent.page.key) {
        Next::Page(page) => Some(page.key.clone()),
        Next::Check => None,
    };
    Ok(Planned { answers, saved, next })
}

fn stored_page(
    sent: &PageSent<'_>,
    planned: &Planned,
    before: &Stored,
    revision: Option<i32>,
) -> Result<StoredPage, ActionError> {
    let mut orders = before.orders.clone();
    orders.extend(shown_orders(&sent.id, sent.page));
    let packed = pack(&sent.version.definition, &planned.answers, &orders);
    let texts = text_changes(&sent.version.definition, &before.answers, &packed);
    let pages = serde_json::to_string(&planned.saved)
        .map_err(|error| ActionError::Damaged { id: sent.id, reason: error.to_string() })?;
    Ok(StoredPage {
        id: sent.id,
        secret: sent.secret,
        survey_id: sent.survey_id,
        version_id: sent.version.id,
        expected_revision: revision,
        document: packed.document,
        sensitive: packed.sensitive,
        texts,
        pages,
        language: sent.language.to_string(),
        channel: sent.channel,
        simulated: sent.simulated,
        started_at: Some(sent.started_at),
    })
}

/// What changes among the free texts, from what was stored to what is packed now.
pub(super) fn text_changes(definition: &Definition, before: &Answers, packed: &Packed) -> Vec<TextChange> {
    let column = |key: &TextKey| key.code.as_ref().map_or_else(String::new, ToString::to_string);
    let is_sensitive = |key: &TextKey| {
        definition.question(&key.question).is_none_or(|question| question.sensitive.is_some())
    };
    let put = packed
        .texts
        .iter()
        .filter(|text| before.texts.get(&text.key) != Some(&text.text))
        .map(|text| TextChange {
            question: text.key.question.to_string(),
            code: column(&text.key),
            text: Some(text.text.clone()),
            sensitive: text.sensitive,
        });
    let dropped = before
        .texts
        .keys()
        .filter(|key| !packed.texts.iter().any(|text| text.key == **key))
        .map(|key| TextChange {
            question: key.question.to_string(),
            code: column(key),
            text: None,
            sensitive: is_sensitive(key),
        });
    put.chain(dropped).collect()
}

/// The orders in which a page's shuffled lists are shown to this response, as positions in the definition.
#[must_use]
pub fn shown_orders(seed: &Uuid, page: &Page) -> ShownOrders {
    let mut orders = ShownOrders::new();
    for question in page.all_questions().filter(|question| question.shuffles()) {
        let positions: Vec<Option<usize>> = if matches!(question.kind, Kind::Grid { .. }) {
            let codes: Vec<_> = question.rows().iter().map(|row| &row.code).collect();
            shuffle::rows(seed, question)
                .iter()
                .map(|row| codes.iter().position(|code| **code == row.code))
                .collect()
        } else {
            let codes: Vec<_> = question.choices().iter().map(|choice| &choice.code).collect();
            shuffle::choices(seed, question)
                .iter()
                .map(|choice| codes.iter().position(|code| **code == choice.code))
                .collect()
        };
        let positions = positions.into_iter().flatten().filter_map(|at| u16::try_from(at).ok());
        orders.insert(question.key.clone(), positions.collect());
    }
    orders
}
