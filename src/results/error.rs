//! What can be wrong with the address of a results page.

use crate::survey::message::Message;

/// The most characters of what was given that an error repeats.
const MOST_ECHOED: usize = 60;
/// The most allowed values that an error lists.
const MOST_LISTED: usize = 30;

/// An address that no results page has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// No results page is called so.
    #[error("there is no results page {given:?}; there are {}", allowed.join(", "))]
    UnknownPage {
        /// What was asked for, cut short.
        given: String,
        /// The pages there are.
        allowed: Vec<String>,
    },
    /// The survey has no such question, or one that takes no answers.
    #[error("the survey has no results for a question {given:?}")]
    UnknownQuestion {
        /// What was asked for, cut short.
        given: String,
    },
    /// The place has no such area.
    #[error("there is no area {given:?}; give a district's code, or csp-… or lpa-…")]
    UnknownArea {
        /// What was asked for, cut short.
        given: String,
    },
    /// The page takes no such parameter.
    #[error("the page takes no parameter {given:?}; it takes {}", allowed.join(", "))]
    UnknownParameter {
        /// What was given, cut short.
        given: String,
        /// The parameters it takes.
        allowed: Vec<String>,
    },
    /// The parameter takes no such value.
    #[error("{parameter} can't be {given:?}; it can be {}", allowed.join(", "))]
    UnknownValue {
        /// The parameter.
        parameter: &'static str,
        /// What was given, cut short.
        given: String,
        /// The values it takes, or the form they have; a long list is cut short.
        allowed: Vec<String>,
    },
    /// The survey asks nothing that the parameter could filter by.
    #[error("this survey doesn't ask what {parameter} filters by")]
    NotAsked {
        /// The parameter.
        parameter: &'static str,
    },
    /// The parameter can be given only once.
    #[error("{parameter} can be given only once")]
    Repeated {
        /// The parameter.
        parameter: &'static str,
    },
    /// The first day lies after the last.
    #[error("the first day is after the last")]
    DatesReversed,
    /// More parameters than any page could need.
    #[error("the address has too many parameters")]
    TooMany,
}

impl QueryError {
    /// Whether the page itself doesn't exist (404); otherwise the page does, and a parameter is at fault (422).
    #[must_use]
    pub fn is_unknown_page(&self) -> bool {
        matches!(
            self,
            Self::UnknownPage { .. } | Self::UnknownQuestion { .. } | Self::UnknownArea { .. }
        )
    }

    /// The sentence that says it (`assets/locales/en/results.ftl`).
    #[must_use]
    pub fn message(&self) -> Message {
        let list = |allowed: &[String]| allowed.join(", ");
        match self {
            Self::UnknownPage { given, .. } => {
                Message::new("results-error-page").with("given", given.as_str())
            }
            Self::UnknownQuestion { given } => {
                Message::new("results-error-question").with("given", given.as_str())
            }
            Self::UnknownArea { given } => {
                Message::new("results-error-area").with("given", given.as_str())
            }
            Self::UnknownParameter { given, allowed } => Message::new("results-error-parameter")
                .with("given", given.as_str())
                .with("allowed", list(allowed).as_str()),
            Self::UnknownValue {
                parameter,
                given,
                allowed,
            } => Message::new("results-error-value")
                .with("parameter", *parameter)
                .with("given", given.as_str())
                .with("allowed", list(allowed).as_str()),
            Self::NotAsked { parameter } => {
                Message::new("results-error-not-asked").with("parameter", *parameter)
            }
            Self::Repeated { parameter } => {
                Message::new("results-error-repeated").with("parameter", *parameter)
            }
            Self::DatesReversed => Message::new("results-error-dates"),
            Self::TooMany => Message::new("results-error-many"),
        }
    }

    /// A parameter that a page doesn't take; it takes those of `allowed`.
    #[must_use]
    pub fn parameter<'a>(given: &str, allowed: impl IntoIterator<Item = &'a str>) -> Self {
        Self::UnknownParameter {
            given: echo(given),
            allowed: allowed.into_iter().map(str::to_owned).collect(),
        }
    }

    /// A value that a parameter doesn't take; it takes those of `allowed`.
    #[must_use]
    pub fn value<'a>(
        parameter: &'static str,
        given: &str,
        allowed: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut allowed: Vec<String> = allowed
            .into_iter()
            .take(MOST_LISTED + 1)
            .map(str::to_owned)
            .collect();
        if allowed.len() > MOST_LISTED {
            allowed[MOST_LISTED] = "…".to_owned();
        }
        Self::UnknownValue {
            parameter,
            given: echo(given),
            allowed,
        }
    }
}

/// What was given, without control characters and cut short.
pub(super) fn echo(given: &str) -> String {
    given
        .chars()
        .filter(|c| !c.is_control())
        .take(MOST_ECHOED)
        .collect()
}
