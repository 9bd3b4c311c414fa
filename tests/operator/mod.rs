//! What whoever runs the program relies on: nothing acknowledged is lost, trouble is said plainly, commands do as told.

mod backup;
mod commands;
mod crash;
mod durability;
mod import;
mod load;
mod mail;
mod output;
mod purge;
mod stop;
mod trouble;
mod watching;

use std::path::{Path, PathBuf};

use have_your_say::survey::definition::Definition;

use crate::support::{default_survey, program::Launch};

/// The survey that processes are tested with. They go by the real clock, so it is open for a long time.
const PLAN: &str = "police-and-crime-plan";

/// The default survey, open from long ago until long hence.
fn long_open_survey() -> Definition {
    let mut definition = default_survey();
    definition.opens = "2020-01-01T00:00:00".parse().unwrap();
    definition.closes = "2100-01-01T00:00:00".parse().unwrap();
    definition
}

/// Writes a definition to a file, as an operator has it.
fn write_definition(folder: &Path, definition: &Definition) -> PathBuf {
    let file = folder.join(format!("{}.yaml", definition.slug));
    std::fs::write(&file, definition.to_yaml().unwrap()).unwrap();
    file
}

/// The address of a SQLite database in a folder.
fn sqlite_in(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("answers.sqlite").display())
}

/// Publishes the survey that is open for a long time in a database.
fn publish_long_open(launch: &Launch, folder: &Path) {
    let file = write_definition(folder, &long_open_survey());
    let output = launch.run(&["survey", "publish", file.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
}
