//! `have-your-say import`: responses from a CSV, and words for the operator about rows that can't be taken.

use std::{
    io::{IsTerminal, stderr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{AppError, command::Import as Words};
use crate::{
    actions::import::{BadRow, Import, Stage, Watcher, import},
    config::Config,
    export::incoming::{Fault, Reason, Rules},
    geography::Place,
    live::catalogue::{Catalogue, PublishedSurvey, Version},
    storage::{Store, surveys},
    survey::definition::Definition,
    web::{templates::Templates, words::Speaker},
    world::{Clock, SystemClock},
};

/// How many faults are printed; the rest are counted.
const MOST_PRINTED: u64 = 200;

/// Brings responses in as the command line says.
///
/// # Errors
/// [`AppError`], after a line for each fault that was found; nothing was written then.
pub(super) async fn run(config: &Config, words: &Words) -> Result<(), AppError> {
    let store = super::commands::open(config).await?;
    store.migrate().await?;
    let catalogue = Catalogue::load(store.clone()).await?;
    let survey = catalogue
        .by_slug(&words.survey)
        .ok_or_else(|| AppError::Unknown(format!("no survey is called {:?}", words.survey)))?;
    let plan = Import {
        file: words.file.clone(),
        survey_id: survey.id,
        versions: versions(&store, &catalogue, &survey).await?,
        place: Arc::new(Place::embedded(&config.place.pack)?),
        ignored: words.ignore.clone(),
        rules: Rules {
            drop_not_asked: words.drop_not_asked,
            keep_uneven_budgets: words.keep_uneven_budgets,
        },
        keep_good: words.keep_good,
        check_only: words.check,
        now: SystemClock.now(),
    };
    let teller = Teller {
        templates: Templates::new()?,
        definition: Arc::clone(&survey.current.definition),
        is_watched: stderr().is_terminal(),
        faults: AtomicU64::new(0),
    };
    let imported = import(&store, &plan, &teller).await;
    teller.end();
    let imported = imported?;
    let slug = &survey.slug;
    match (words.check, imported.bad) {
        (true, 0) => println!("all {} rows can be imported to {slug}", imported.rows),
        (true, bad) => println!(
            "{} of {} rows can be imported to {slug}; {bad} can't",
            imported.rows - bad,
            imported.rows
        ),
        (false, 0) => println!("{} responses to {slug} are imported", imported.taken),
        (false, bad) => println!(
            "{} responses to {slug} are imported; {bad} rows were left out",
            imported.taken
        ),
    }
    Ok(store.close().await?)
}

async fn versions(
    store: &Store,
    catalogue: &Catalogue,
    survey: &PublishedSurvey,
) -> Result<Vec<Arc<Version>>, AppError> {
    let mut versions = Vec::new();
    for stored in surveys::versions(store, survey.id).await? {
        versions.push(catalogue.version(survey, stored.id).await?);
    }
    Ok(versions)
}

/// Tells whoever sits at the terminal.
struct Teller {
    templates: Templates,
    definition: Arc<Definition>,
    is_watched: bool,
    faults: AtomicU64,
}

impl Teller {
    fn reason(&self, fault: &Fault) -> String {
        match &fault.reason {
            Reason::Answer(error) => {
                let lang = self.definition.first_language();
                let phrase = error.phrase(&self.definition, &lang);
                Speaker::new(self.templates.texts(), &lang).phrase(&phrase)
            }
            other => other.to_string(),
        }
    }

    fn clear_line(&self) {
        if self.is_watched {
            eprint!("\r\x1b[K");
        }
    }

    fn end(&self) {
        self.clear_line();
        let more = self
            .faults
            .load(Ordering::Relaxed)
            .saturating_sub(MOST_PRINTED);
        if more > 0 {
            eprintln!("… and {more} more");
        }
    }
}

impl Watcher for Teller {
    fn progress(&self, stage: Stage, rows: u64) {
        if self.is_watched {
            let done = match stage {
                Stage::Checking => "checked",
                Stage::Writing => "written",
            };
            eprint!("\r{rows} rows {done}");
        }
    }

    fn bad_row(&self, row: &BadRow) {
        for fault in &row.faults {
            let before = self.faults.fetch_add(1, Ordering::Relaxed);
            if before < MOST_PRINTED {
                if before == 0 {
                    self.clear_line();
                }
                let column = match fault.column.as_str() {
                    "" => String::new(),
                    column => format!(", column {column}"),
                };
                eprintln!("line {}{column}: {}", row.line, self.reason(fault));
            }
        }
    }
}
