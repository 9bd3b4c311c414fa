//! The personal parts of sent responses are deleted on their day; one response is erased when somebody asks for it.

use uuid::Uuid;

use super::{Entropy, Freeze, FreezeError, audit::record, freeze_result};
use crate::{
    audit::{Actor, Event},
    live::{Live, LiveError, catalogue::PublishedSurvey},
    results::{ResultPage, ResultQuery, answer},
    storage::{
        StorageError, Store, frozen,
        responses::{self, PersonalParts},
        surveys::{self, Survey},
    },
    survey::{
        definition::Definition,
        ids::{IdError, Slug},
        read::DefinitionError,
        reference::Reference,
        schedule::{Schedule, ScheduleError},
    },
};

/// How many responses lose their parts in one transaction, so that residents' saves get in between.
const BATCH: u32 = 200;
/// Who freezes the figures that can't be counted again.
const FROZEN_BY: &str = "Retention rule";
/// How many frozen results of a survey are looked through for them.
const MOST_FROZEN: u64 = 10_000;

/// Why parts can't be deleted.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A stored definition can't be read.
    #[error(transparent)]
    Definition(#[from] DefinitionError),
    /// A survey's times can't be worked out.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// A survey's name is none.
    #[error(transparent)]
    Name(#[from] IdError),
    /// The figures can't be counted before they are lost.
    #[error(transparent)]
    Live(#[from] LiveError),
    /// The figures can't be kept.
    #[error(transparent)]
    Freeze(#[from] FreezeError),
}

/// A survey's personal parts and their day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The survey.
    pub survey_id: Uuid,
    /// Its name in addresses.
    pub slug: Slug,
    /// Until when its personal parts are kept (unix microseconds).
    pub until: i64,
    /// How much there is.
    pub parts: PersonalParts,
}

/// Until when the personal parts of a survey are kept (unix microseconds). Its newest version says when it closes, and the
/// version with the shortest time how long: whoever answered an earlier one was told no longer. Nothing, for one that was never
/// published.
///
/// # Errors
/// [`RetentionError`].
pub async fn kept_until(
    store: &Store,
    survey_id: Uuid,
    years: u8,
) -> Result<Option<i64>, RetentionError> {
    let mut newest = None;
    let mut months = None;
    for version in surveys::versions(store, survey_id).await? {
        let definition = Definition::from_json(&version.definition)?;
        let own = definition.keep_personal_months;
        months = months.into_iter().chain(own).min();
        newest = Some(definition);
    }
    let Some(newest) = newest else {
        return Ok(None);
    };
    let until = Schedule::new(&newest)?.personal_until(months, years);
    Ok(Some(until.as_microsecond()))
}

/// What is kept of each survey, and until when; `years` is how long the office keeps sent answers.
///
/// # Errors
/// [`RetentionError`], of the first survey that can't be told.
pub async fn report(store: &Store, years: u8) -> Result<Vec<Kept>, RetentionError> {
    let mut report = Vec::new();
    for survey in surveys::all(store).await? {
        report.extend(kept(store, &survey, years).await?);
    }
    Ok(report)
}

async fn kept(store: &Store, survey: &Survey, years: u8) -> Result<Option<Kept>, RetentionError> {
    let Some(until) = kept_until(store, survey.id, years).await? else {
        return Ok(None);
    };
    Ok(Some(Kept {
        survey_id: survey.id,
        slug: Slug::new(&survey.slug)?,
        until,
        parts: responses::personal_parts(store, survey.id).await?,
    }))
}

/// Deletes the personal parts of a survey's sent responses if their time is over by the database's clock, and says how much
/// went. Figures of sensitive questions are frozen before: they can't be counted again.
///
/// # Errors
/// [`RetentionError`]; what went until then is gone and recorded, and the next time goes on.
pub async fn delete_what_is_due(
    store: &Store,
    entropy: &dyn Entropy,
    live: &Live,
    survey: &Survey,
    years: u8,
) -> Result<PersonalParts, RetentionError> {
    let mut gone = PersonalParts::default();
    let Some(until) = kept_until(store, survey.id, years).await? else {
        return Ok(gone);
    };
    if store.now().await? < until {
        return Ok(gone);
    }
    let slug = Slug::new(&survey.slug)?;
    let mut after = Uuid::nil();
    loop {
        let ids = responses::with_personal_parts(store, survey.id, after, BATCH).await?;
        let Some(last) = ids.last() else {
            return Ok(gone);
        };
        if after.is_nil() {
            freeze_sensitive(store, entropy, live, &slug).await?;
        }
        after = *last;
        let tx = store.begin().await?;
        let batch = responses::delete_personal_parts(&tx, &ids).await?;
        let event = Event::PersonalPartsDeleted {
            survey: slug.clone(),
            responses: batch.responses,
            texts: batch.texts,
            sensitive: batch.sensitive,
        };
        record(&tx, Actor::System, &event).await?;
        tx.commit().await?;
        responses::forget(store, &ids);
        gone.add(batch);
        tokio::task::yield_now().await;
    }
}

/// Freezes the figures of each sensitive question, once: a deletion that was broken off must not freeze what it left.
async fn freeze_sensitive(
    store: &Store,
    entropy: &dyn Entropy,
    live: &Live,
    slug: &Slug,
) -> Result<(), RetentionError> {
    let survey = live.survey(slug).ok_or(LiveError::NoVersion)?;
    let lines = frozen::list(store, survey.id, MOST_FROZEN).await?;
    let is_kept = |page: &str| {
        let of_page = |address: &str| address.split('?').next() == Some(page);
        lines
            .iter()
            .any(|line| line.frozen_by == FROZEN_BY && of_page(&line.address))
    };
    let snapshot = live.fresh(&survey).await?;
    for question in snapshot.definition.questions() {
        let query = ResultQuery::of(ResultPage::Question(question.key.clone()));
        if question.sensitive.is_none() || is_kept(&query.path()) {
            continue;
        }
        let freeze = Freeze {
            survey_id: survey.id,
            slug,
            query: &query,
            outcome: answer(&query, &snapshot),
            sensitive: true,
            frozen_by: FROZEN_BY,
            by: Actor::System,
        };
        freeze_result(store, entropy, freeze).await?;
    }
    Ok(())
}

/// The response that has a reference, if it was sent to this survey: what would go.
///
/// # Errors
/// When the database can't be read.
pub async fn find_response(
    store: &Store,
    survey: &PublishedSurvey,
    reference: &Reference,
) -> Result<Option<responses::Kept>, StorageError> {
    responses::find_by_reference(store, survey.id, &reference.to_string()).await
}

/// Erases the response that has a reference, with all that it says, and records it. Says whether it was there.
///
/// # Errors
/// When the database is busy or away; then it is still there.
pub async fn erase_response(
    store: &Store,
    by: Actor,
    survey: &PublishedSurvey,
    reference: &Reference,
) -> Result<bool, StorageError> {
    let Some(kept) = find_response(store, survey, reference).await? else {
        return Ok(false);
    };
    let tx = store.begin().await?;
    if !responses::erase(&tx, kept.id).await? {
        return Ok(false);
    }
    let event = Event::ResponseErased {
        survey: survey.slug.clone(),
        response: kept.id,
    };
    record(&tx, by, &event).await?;
    tx.commit().await?;
    responses::forget(store, &[kept.id]);
    Ok(true)
}
