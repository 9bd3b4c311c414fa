//! From a plan to rows: people walk in parallel, their responses are written in batches of one transaction.

use std::collections::HashSet;

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    SimulateError,
    moments::Arrivals,
    people::Population,
    walk::{Walk, reference},
};
use crate::{
    actions::{audit::record, parallel::on_every_core},
    audit::{Actor, Event},
    geography::Place,
    live::catalogue::Version,
    storage::{
        Store, meta,
        responses::{Batches, NewResponse},
    },
    survey::schedule::Schedule,
};

/// What to make up.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many people start.
    pub responses: u32,
    /// The same seed makes the same answers.
    pub seed: u64,
    /// The moment now: a survey that is open has been answered until yesterday, or until now if it opened today. One
    /// that has not opened yet is answered as if it were over.
    pub now: Timestamp,
    /// Whether to write into a database that holds people's own responses.
    pub beside_real: bool,
}

/// What was made up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many responses count.
    pub submitted: u64,
    /// How many people stopped on the way.
    pub in_progress: u64,
    /// How many free texts were written.
    pub texts: u64,
    /// When the first started (unix microseconds).
    pub first_started_at: i64,
    /// When the last change was made (unix microseconds).
    pub last_updated_at: i64,
}

/// How many people walk before their responses are written.
const BATCH: u32 = 2_000;
/// How many references are tried for a response: one in 17 thousand million is taken by each other response.
const REFERENCES: u64 = 20;

/// Makes up responses and writes them, all or none; marks them and the database as simulated. `progress` is told how
/// many are written so far.
///
/// # Errors
/// [`SimulateError`]; nothing was written then.
pub async fn simulate(
    store: &Store,
    version: &Version,
    survey_id: Uuid,
    place: &Place,
    plan: &Plan,
    progress: &dyn Fn(u64),
) -> Result<Summary, SimulateError> {
    let schedule = Schedule::new(&version.definition)?;
    let walk = Walk {
        version,
        place,
        population: Population::of(place),
        arrivals: Arrivals::plan(&version.definition, &schedule, plan.now, plan.seed),
        seed: plan.seed,
        people: plan.responses,
    };
    let batches = Batches::begin(store).await?;
    if !plan.beside_real && batches.has_real().await? {
        return Err(SimulateError::RealResponses);
    }
    meta::mark_simulated(batches.tx()).await?;
    let mut summary = Summary::default();
    let mut references = HashSet::new();
    let mut from = 0;
    while from < plan.responses {
        let to = plan.responses.min(from.saturating_add(BATCH));
        let mut responses = walk_all(&walk, from, to)?;
        let ids: Vec<Uuid> = responses.iter().map(|response| response.id).collect();
        if batches.count_known(&ids).await? > 0 {
            return Err(SimulateError::Repeated { seed: plan.seed });
        }
        give_references(&batches, plan.seed, &mut responses, &mut references).await?;
        batches.insert(survey_id, &responses).await?;
        responses
            .iter()
            .for_each(|response| summary.count(response));
        from = to;
        progress(u64::from(to));
    }
    let event = Event::ResponsesSimulated {
        survey: version.definition.slug.clone(),
        responses: summary.submitted + summary.in_progress,
        seed: plan.seed,
    };
    // Responses are made up by command only.
    record(batches.tx(), Actor::Command, &event).await?;
    batches.commit().await?;
    Ok(summary)
}

impl Summary {
    fn count(&mut self, response: &NewResponse) {
        match response.submitted_at {
            Some(_) => self.submitted += 1,
            None => self.in_progress += 1,
        }
        self.texts += u64::try_from(response.texts.len()).unwrap_or_default();
        if self.submitted + self.in_progress == 1 {
            self.first_started_at = response.started_at;
        }
        self.first_started_at = self.first_started_at.min(response.started_at);
        self.last_updated_at = self.last_updated_at.max(response.updated_at);
    }
}

/// The responses of some people, in their order, made on every core.
fn walk_all(walk: &Walk<'_>, from: u32, to: u32) -> Result<Vec<NewResponse>, SimulateError> {
    let people: Vec<u32> = (from..to).collect();
    on_every_core(&people, |number| walk.take(*number))
        .into_iter()
        .collect()
}

/// Gives every submitted response a reference that no other has.
async fn give_references(
    batches: &Batches,
    seed: u64,
    responses: &mut [NewResponse],
    given: &mut HashSet<String>,
) -> Result<(), SimulateError> {
    let mut without: Vec<&mut NewResponse> = responses
        .iter_mut()
        .filter(|response| response.submitted_at.is_some())
        .collect();
    for attempt in 0..REFERENCES {
        let mut again = Vec::new();
        let tried: Vec<String> = without
            .iter()
            .map(|response| reference(seed, response.id, attempt))
            .collect();
        let taken: HashSet<String> = batches.taken(&tried).await?.into_iter().collect();
        for (response, reference) in without.into_iter().zip(tried) {
            if taken.contains(&reference) || !given.insert(reference.clone()) {
                again.push(response);
            } else {
                response.reference = Some(reference);
            }
        }
        if again.is_empty() {
            return Ok(());
        }
        without = again;
    }
    Err(SimulateError::References)
}
