//! `have-your-say export` and `have-your-say result`: what officers' pages give out, from the shell.

use std::{
    io::{Write, stdout},
    os::fd::AsFd,
    sync::Arc,
};

use jiff::Timestamp;

use super::{
    AppError,
    command::{Export, ResultFormat, ResultPage},
    commands,
};
use crate::{
    actions::{AnswersDownload, Download, save_answers, write_answers},
    charts::png,
    config::Config,
    export::{
        codebook::Source,
        layout::{Sensitive, Values},
        table,
    },
    geography::Place,
    live::{self, Live, PublishedSurvey, catalogue::Catalogue},
    results::{ResultQuery, Snapshot, answer},
    storage::Store,
    survey::ids::Lang,
    web::{
        admin::view::{chart_file::chart_file, words::Words},
        templates::Templates,
        words::Speaker,
    },
};

/// A survey's results as they stand, read once.
struct Reading {
    store: Store,
    place: Arc<Place>,
    survey: Arc<PublishedSurvey>,
    snapshot: Arc<Snapshot>,
    templates: Templates,
    lang: Lang,
}

impl Reading {
    async fn of(config: &Config, slug: &str) -> Result<Self, AppError> {
        let store = commands::open(config).await?;
        let place = Arc::new(Place::embedded(&config.place.pack)?);
        let catalogue = Arc::new(Catalogue::load(store.clone()).await?);
        let survey = catalogue
            .by_slug(slug)
            .ok_or_else(|| AppError::Unknown(format!("no survey is called {slug:?}")))?;
        let snapshot = Live::new(store.clone(), catalogue, Arc::clone(&place))
            .fresh(&survey)
            .await?;
        let first = snapshot.definition.first_language();
        let lang = config.server.language.clone().unwrap_or(first);
        Ok(Self {
            store,
            place,
            survey,
            snapshot,
            templates: Templates::new()?,
            lang,
        })
    }

    fn words<'a>(&'a self, fallback: &'a Lang) -> Words<'a> {
        Words {
            definition: &self.snapshot.definition,
            place: &self.place,
            speaker: Speaker::new(self.templates.texts(), &self.lang),
            fallback,
        }
    }

    fn query(&self, page: &str, query: &str) -> Result<ResultQuery, AppError> {
        let fallback = self.snapshot.definition.first_language();
        let newest = Timestamp::from_microsecond(self.snapshot.as_of_micros).unwrap_or_default();
        let definition = &self.snapshot.definition;
        let query = ResultQuery::parse(page, query, definition, &self.place)
            .and_then(|query| query.until(newest))
            .map_err(|error| AppError::Unknown(self.words(&fallback).say(&error.message())))?;
        // The shell has no sign-in: figures of special-category answers stay with those who may see them.
        if query.reads_sensitive(definition) {
            return Err(AppError::Unknown(
                "figures of sensitive answers are for those who sign in".to_owned(),
            ));
        }
        Ok(query)
    }
}

/// Writes answers: to the terminal, or with their codebook into a folder.
///
/// Sensitive answers stay out: whoever may have them takes them out signed in.
///
/// # Errors
/// [`AppError`]; a file that was begun is gone then.
pub(super) async fn export(config: &Config, words: &Export) -> Result<(), AppError> {
    let reading = Reading::of(config, &words.survey).await?;
    let query = reading.query("questions", &words.filter)?;
    let dataset = &reading.snapshot.dataset;
    let chosen = query.filter.select(dataset);
    let wanted = Download {
        survey_id: reading.survey.id,
        ids: chosen.ids(dataset),
        flags: chosen.flags(dataset),
        values: if words.labels {
            Values::Labels(reading.lang.clone())
        } else {
            Values::Codes
        },
        sensitive: Sensitive::LeaveOut,
    };
    let download =
        AnswersDownload::open(&reading.store, Arc::clone(&reading.place), wanted).await?;
    let Some(folder) = &words.to else {
        let terminal = stdout().as_fd().try_clone_to_owned();
        let terminal = terminal.map_err(AppError::io("the terminal can't be written to"))?;
        write_answers(download, &mut tokio::fs::File::from_std(terminal.into())).await?;
        return Ok(reading.store.close().await?);
    };
    std::fs::create_dir_all(folder)
        .map_err(AppError::io(format!("{} can't be made", folder.display())))?;
    let as_of = Timestamp::from_microsecond(reading.snapshot.as_of_micros).unwrap_or_default();
    let (answers, codebook) = download.names(as_of);
    let source = Source {
        as_of,
        responses: u64::try_from(chosen.count()).unwrap_or(u64::MAX),
        filter: &query.query(),
        simulated: Some(chosen.has_simulated(dataset)),
        software: env!("CARGO_PKG_VERSION"),
    };
    let fallback = reading.snapshot.definition.first_language();
    let say = reading.words(&fallback);
    let bytes = download.codebook(&source, &reading.lang, &|id| say.id(id))?;
    let codebook = folder.join(codebook);
    std::fs::write(&codebook, bytes).map_err(AppError::io(format!(
        "{} can't be written",
        codebook.display()
    )))?;
    let answers = folder.join(answers);
    save_answers(download, &answers).await?;
    eprintln!("{} and {}", answers.display(), codebook.display());
    Ok(reading.store.close().await?)
}

/// Prints a results page's numbers, or its chart.
///
/// # Errors
/// [`AppError`], also for an address that no results page has.
pub(super) async fn result(config: &Config, words: &ResultPage) -> Result<(), AppError> {
    let unknown = || {
        AppError::Unknown(format!(
            "{:?} is not the address of a results page",
            words.path
        ))
    };
    let (path, query) = words.path.split_once('?').unwrap_or((&words.path, ""));
    let rest = path
        .trim_start_matches('/')
        .trim_start_matches("admin/")
        .strip_prefix("surveys/");
    let (slug, page) = match rest
        .ok_or_else(unknown)?
        .trim_end_matches('/')
        .split_once('/')
    {
        Some((slug, page)) => (slug, page),
        None => (rest.unwrap_or_default(), "overview"),
    };
    let reading = Reading::of(config, slug).await?;
    let query = reading.query(page, query)?;
    let mut outcome = answer(&query, &reading.snapshot);
    if let Some(as_of) = query.filter.as_of {
        let since = live::since(&reading.store, reading.survey.id, as_of).await?;
        outcome.state.since = Some(since);
    }
    outcome.leave_out_sensitive();
    let fallback = reading.snapshot.definition.first_language();
    let bytes = match words.format {
        ResultFormat::Json => serde_json::to_vec_pretty(&outcome.to_json())
            .map_err(|error| AppError::Unknown(format!("the numbers can't be written: {error}")))?,
        ResultFormat::Csv => table::write(Vec::new(), &outcome.to_csv_rows())
            .map_err(AppError::io("the numbers can't be written"))?,
        ResultFormat::Svg | ResultFormat::Png => {
            let say = reading.words(&fallback);
            let chart = chart_file(&say, &reading.survey.slug, &query, &outcome);
            let chart = chart.ok_or_else(|| {
                AppError::Unknown(format!("{} has no chart of its own", words.path))
            })?;
            if words.format == ResultFormat::Png {
                png(&chart, 2).map_err(|error| AppError::Unknown(error.to_string()))?
            } else {
                chart.into_bytes()
            }
        }
    };
    stdout()
        .write_all(&bytes)
        .map_err(AppError::io("the terminal can't be written to"))?;
    Ok(reading.store.close().await?)
}
