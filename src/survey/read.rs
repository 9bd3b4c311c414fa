//! Definitions read from YAML and JSON, and written back.
//!
//! A document comes from an officer or an import, so everything about it is bounded: its size, its depth, what its
//! aliases unfold to, and how many questions and choices it has.

use serde_saphyr::MergeKeyPolicy;

use super::definition::{Definition, FORMAT};

/// The most bytes a document may have: 1 MiB.
pub const MOST_BYTES: usize = 1024 * 1024;

/// The most questions a definition may have, revealed ones included.
pub const MOST_QUESTIONS: usize = 300;

/// The most choices, columns, items or rows one question may have.
pub const MOST_CHOICES: usize = 500;

/// The most sections, and the most pages, a definition may have.
pub const MOST_PAGES: usize = 300;

/// How deep lists and maps may be nested. Both readers stop there, so walking what was read can't exhaust the stack.
const MOST_DEPTH: usize = 48;

/// Why a document is not a definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DefinitionError {
    /// The document is larger than [`MOST_BYTES`].
    #[error(
        "the document has {bytes} bytes when its aliases are unfolded; shorten it to {MOST_BYTES} at most"
    )]
    TooLarge {
        /// How many bytes it has.
        bytes: usize,
    },
    /// It can't be read: broken syntax, an unknown or missing field, a value of the wrong type.
    #[error("line {line}, column {column}: {problem}")]
    Malformed {
        /// The line, from 1; 0 where the reader doesn't know it.
        line: u64,
        /// The column, from 1; 0 where the reader doesn't know it.
        column: u64,
        /// What was found and what is wanted.
        problem: String,
    },
    /// It is written in another format than this program reads.
    #[error("format: this program reads format {FORMAT}, not {given}; write `format: {FORMAT}`")]
    Format {
        /// The format it says it has.
        given: u16,
    },
    /// It has too many parts.
    #[error("{place}: has {count} {what}; {most} at most are allowed, so split or shorten it")]
    TooMany {
        /// Where.
        place: String,
        /// Of what.
        what: &'static str,
        /// How many it has.
        count: usize,
        /// How many are allowed.
        most: usize,
    },
    /// It can't be written; only a document that no reader makes can bring this about.
    #[error("the definition can't be written: {0}")]
    Unwritable(String),
}

impl Definition {
    /// Reads a definition from YAML.
    ///
    /// # Errors
    /// Says at which line and column the document is wrong, or which bound it breaks.
    pub fn from_yaml(yaml: &str) -> Result<Self, DefinitionError> {
        check_size(yaml)?;
        serde_saphyr::from_str_with_options::<Self>(yaml, yaml_options())
            .map_err(|error| malformed_yaml(&error))?
            .checked()
    }

    /// Reads a definition from JSON.
    ///
    /// # Errors
    /// Says at which line and column the document is wrong, or which bound it breaks.
    pub fn from_json(json: &str) -> Result<Self, DefinitionError> {
        check_size(json)?;
        check_json_depth(json)?;
        serde_json::from_str::<Self>(json)
            .map_err(|error| DefinitionError::Malformed {
                line: error.line() as u64,
                column: error.column() as u64,
                problem: without_place(&error.to_string()),
            })?
            .checked()
    }

    /// Writes the definition as YAML; what has its usual value is left out.
    ///
    /// # Errors
    /// `Unwritable`, which no definition that was read brings about.
    pub fn to_yaml(&self) -> Result<String, DefinitionError> {
        serde_saphyr::to_string(self)
            .map_err(|error| DefinitionError::Unwritable(error.to_string()))
    }

    /// Writes the definition as JSON on one line: the form that storage keeps. Fields stand in the order of the types.
    ///
    /// # Errors
    /// `Unwritable`, which no definition that was read brings about.
    pub fn to_json(&self) -> Result<String, DefinitionError> {
        serde_json::to_string(self).map_err(|error| DefinitionError::Unwritable(error.to_string()))
    }

    /// The JSON Schema (2020-12) of the format; `docs/definition.schema.json` is this.
    #[must_use]
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }

    /// The definition, if it keeps the bounds of the format, so that what is written can be read again.
    pub(super) fn checked(self) -> Result<Self, DefinitionError> {
        if self.format != FORMAT {
            return Err(DefinitionError::Format { given: self.format });
        }
        at_most("sections", "sections", self.sections.len(), MOST_PAGES)?;
        at_most("sections", "pages", self.pages().count(), MOST_PAGES)?;
        at_most(
            "sections",
            "questions",
            self.questions().count(),
            MOST_QUESTIONS,
        )?;
        for question in self.questions() {
            let place = format!("question `{}`", question.key);
            at_most(&place, "choices", question.choices().len(), MOST_CHOICES)?;
            at_most(&place, "rows", question.rows().len(), MOST_CHOICES)?;
        }
        // What is kept must be readable again: aliases can unfold to more, and deeper, than the document shows.
        let kept = self.to_json()?;
        check_size(&kept)?;
        check_json_depth(&kept)?;
        Ok(self)
    }
}

fn check_size(document: &str) -> Result<(), DefinitionError> {
    let bytes = document.len();
    if bytes > MOST_BYTES {
        return Err(DefinitionError::TooLarge { bytes });
    }
    Ok(())
}

fn at_most(
    place: &str,
    what: &'static str,
    count: usize,
    most: usize,
) -> Result<(), DefinitionError> {
    if count > most {
        return Err(DefinitionError::TooMany {
            place: place.to_owned(),
            what,
            count,
            most,
        });
    }
    Ok(())
}

/// The reader's bounds. A definition of 1 MiB has at most about 100,000 nodes of ten bytes; aliases may spare an author
/// from repeating a scale, but can't unfold to more than that.
fn yaml_options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: MOST_DEPTH,
            flow_nesting_limit: MOST_DEPTH,
            max_documents: 1,
            max_nodes: 200_000,
            max_events: 400_000,
            max_aliases: 200,
            // One scale repeated by many grids is what aliases are for; what they unfold to is bounded below.
            enforce_alias_anchor_ratio: false,
            max_anchors: 200,
            max_recorded_anchor_events: 100_000,
            max_recorded_anchor_bytes: MOST_BYTES,
            max_total_scalar_bytes: 2 * MOST_BYTES,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 100_000,
            max_replay_stack_depth: 2,
            max_alias_expansions_per_anchor: 200,
        },
        merge_keys: MergeKeyPolicy::Error,
        emit_comments: false,
        with_snippet: false,
    }
}

fn malformed_yaml(error: &serde_saphyr::Error) -> DefinitionError {
    let (line, column) = error
        .location()
        .map_or((0, 0), |place| (place.line(), place.column()));
    DefinitionError::Malformed {
        line,
        column,
        problem: without_place(&error.without_snippet().to_string()),
    }
}

/// Both readers end or begin their messages with the place, which is said once already.
fn without_place(problem: &str) -> String {
    let end = problem
        .rfind(" at line ")
        .filter(|at| {
            problem[at + 9..]
                .chars()
                .all(|c| c.is_ascii_digit() || " ,column".contains(c))
        })
        .unwrap_or(problem.len());
    problem[..end].to_owned()
}

/// serde_json stops at 128 levels; the bound here is the YAML reader's.
fn check_json_depth(json: &str) -> Result<(), DefinitionError> {
    let (mut depth, mut line, mut column) = (0_usize, 1_u64, 0_u64);
    let (mut in_string, mut escaped) = (false, false);
    for c in json.chars() {
        column += 1;
        match c {
            '\n' => (line, column) = (line + 1, 0),
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            '[' | '{' if !in_string => depth += 1,
            ']' | '}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MOST_DEPTH {
            return Err(DefinitionError::Malformed {
                line,
                column,
                problem: format!(
                    "lists and maps are nested too deep; {MOST_DEPTH} levels at most are allowed"
                ),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
