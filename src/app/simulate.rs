//! `have-your-say simulate`: opens a database of its own, gives it the survey, and fills it with made-up responses.

use std::io::IsTerminal;

use super::{AppError, DEFAULT_SURVEY, command::Simulate, database, publish};
use crate::{
    actions::simulate::{Plan, simulate},
    audit::Actor,
    config::Config,
    geography::Place,
    live::catalogue::Catalogue,
    storage::{DatabaseConfig, Engine, Store, surveys},
    survey::definition::Definition,
    world::{Clock, SystemClock, SystemEntropy},
};

/// Where made-up responses go unless told otherwise: never beside people's own.
const OWN_DATABASE: &str = "sqlite://data/simulated.sqlite";

/// Makes up responses as the command line says.
///
/// # Errors
/// [`AppError`]; nothing was made up then.
pub(super) async fn run(config: &Config, words: &Simulate) -> Result<(), AppError> {
    let place = Place::embedded(&config.place.pack)?;
    let mut own = database(config);
    words
        .database
        .as_deref()
        .unwrap_or(OWN_DATABASE)
        .clone_into(&mut own.url);
    super::commands::make_folder(&own)?;
    let store = Store::connect_as_owner(&own).await?;
    store.migrate().await?;
    let catalogue = Catalogue::load(store.clone()).await?;
    if catalogue.by_slug(&words.survey).is_none() {
        let definition = find_definition(&database(config), &words.survey).await?;
        publish(&store, &SystemEntropy, Actor::Command, &place, &definition).await?;
        catalogue.refresh().await?;
    }
    let survey = catalogue
        .by_slug(&words.survey)
        .ok_or_else(|| unknown(&words.survey))?;
    let plan = Plan {
        responses: words.responses,
        seed: words.seed,
        now: SystemClock.now(),
        beside_real: words.beside_real,
    };
    let is_watched = std::io::stderr().is_terminal();
    let progress = |done: u64| {
        if is_watched {
            eprint!("\r{done} of {} responses", words.responses);
        }
    };
    let made = simulate(&store, &survey.current, survey.id, &place, &plan, &progress).await;
    if is_watched {
        eprintln!();
    }
    let summary = made?;
    println!(
        "{} responses to {} are simulated ({} sent, {} left on the way, {} texts)",
        summary.submitted + summary.in_progress,
        survey.slug,
        summary.submitted,
        summary.in_progress,
        summary.texts
    );
    Ok(store.close().await?)
}

/// A survey that the new database does not have yet: as it is published on this site, or the default one.
async fn find_definition(site: &DatabaseConfig, slug: &str) -> Result<Definition, AppError> {
    let is_there = match site.engine()? {
        Engine::Postgres => true,
        Engine::Sqlite => site.sqlite_path()?.is_some_and(|path| path.exists()),
    };
    let default = Definition::from_yaml(DEFAULT_SURVEY)?;
    if is_there {
        let store = Store::connect(site).await?;
        let found = match store.is_migrated().await? {
            true => surveys::find(&store, slug).await?,
            false => None,
        };
        let version = match found.and_then(|survey| survey.current_version) {
            Some(version) => surveys::version(&store, version).await?,
            None => None,
        };
        store.close().await?;
        if let Some(version) = version {
            return Ok(Definition::from_json(&version.definition)?);
        }
    }
    if default.slug.as_str() == slug {
        Ok(default)
    } else {
        Err(unknown(slug))
    }
}

fn unknown(slug: &str) -> AppError {
    AppError::Unknown(format!(
        "no survey is called {slug:?}; publish it in that database first"
    ))
}
