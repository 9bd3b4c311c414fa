//! `have-your-say survey import FILE.lss`: a LimeSurvey survey made into a definition, with what was not carried over.

use std::{
    fs::File,
    io::{Read, Write, stdout},
    path::Path,
};

use super::AppError;
use crate::{
    geography::Place,
    survey::{
        limesurvey::{Converted, MOST_BYTES, convert},
        lint::{LintContext, is_publishable, lint},
    },
};

/// Whether a file is a LimeSurvey survey, by its ending.
pub(super) fn is_survey(file: &Path) -> bool {
    file.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("lss"))
}

/// Converts a file: the definition goes to `to` or to the terminal, the report and the linter's findings to stderr.
/// Nothing is published: the draft is to be read first.
///
/// # Errors
/// [`AppError`], for a file that can't be converted, a file at `to`, and a draft that can't be published as it is.
pub(super) fn import(file: &Path, to: Option<&Path>, place: &Place) -> Result<(), AppError> {
    let Converted { definition, report } = convert(&read(file)?)?;
    let yaml = definition.to_yaml()?;
    if let Some(to) = to {
        // Somebody may have worked on what stands there.
        let written = File::create_new(to).and_then(|mut file| file.write_all(yaml.as_bytes()));
        written.map_err(AppError::io(format!("{} can't be written", to.display())))?;
    } else {
        let written = stdout().write_all(yaml.as_bytes());
        written.map_err(AppError::io("the terminal can't be written to"))?;
    }
    for note in &report.notes {
        eprintln!("{note}");
    }
    let context = LintContext {
        is_area: &|code| place.area(code).is_some(),
    };
    let lints = lint(&definition, &context);
    for lint in &lints {
        eprintln!("{lint}");
    }
    let questions = definition.questions().count();
    let notes = report.notes.len();
    eprintln!(
        "{questions} questions are carried over, with {notes} notes; read the draft, then publish it"
    );
    if is_publishable(&lints) {
        Ok(())
    } else {
        Err(AppError::Unknown(
            "the draft can't be published before its errors are mended".to_owned(),
        ))
    }
}

/// A file's bytes; one byte more than is ever converted, at most.
fn read(file: &Path) -> Result<Vec<u8>, AppError> {
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|opened| opened.take(most.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(AppError::io(format!("{} can't be read", file.display())))?;
    Ok(bytes)
}
