//! Which responses are flagged, and why.

use serde::Serialize;

use super::{FilterView, SurveyHead};
use crate::web::templates::{Link, Page};

/// Which responses are flagged, and why.
#[derive(Debug, Clone, Serialize)]
pub struct QualityPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// How many responses have a flag, as a sentence.
    pub flagged: String,
    /// The flags.
    pub flags: Vec<FlagLine>,
    /// Who the shares are of.
    pub base: String,
    /// Results without flagged responses.
    pub without: Vec<Link>,
    /// Files.
    pub files: Vec<Link>,
}

impl Page for QualityPage {
    const TEMPLATE: &'static str = "officers/quality.html";
}

/// One flag.
#[derive(Debug, Clone, Serialize)]
pub struct FlagLine {
    /// Its name.
    pub name: String,
    /// Its rule with this survey's bounds.
    pub rule: String,
    /// What the rule names one by one: the survey's checks.
    pub parts: Vec<String>,
    /// How many responses have it.
    pub count: String,
    /// What share that is.
    pub share: String,
}

/// What a page would say without flagged responses, and the page that says it.
#[derive(Debug, Clone, Serialize)]
pub struct WithoutFlaggedView {
    /// The largest change, as a sentence.
    pub text: String,
    /// The page without flagged responses, or with them.
    pub href: String,
    /// What that link says.
    pub show_key: &'static str,
    /// What the flags mean.
    pub about: String,
}
