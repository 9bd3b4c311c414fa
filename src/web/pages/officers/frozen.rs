//! Frozen results.

use serde::Serialize;

use super::{SurveyHead, TableView};
use crate::web::templates::{Link, Page};

/// The frozen results of a survey.
#[derive(Debug, Clone, Serialize)]
pub struct FrozenPage {
    /// The survey.
    pub head: SurveyHead,
    /// Newest first.
    pub lines: Vec<FrozenLineView>,
}

impl Page for FrozenPage {
    const TEMPLATE: &'static str = "officers/frozen.html";
}

/// A frozen result in a list.
#[derive(Debug, Clone, Serialize)]
pub struct FrozenLineView {
    /// The page's name.
    pub title: String,
    /// The page's address below the survey's own.
    pub address: String,
    /// The frozen page.
    pub href: String,
    /// Its figures as CSV.
    pub csv: String,
    /// All of it as JSON.
    pub json: String,
    /// The moment of the state it shows, in words.
    pub as_of: String,
    /// Who froze it.
    pub by: String,
    /// The version of the software that made it.
    pub software: String,
    /// SHA-256 of the JSON, in hexadecimal.
    pub sha256: String,
}

/// One frozen result.
#[derive(Debug, Clone, Serialize)]
pub struct FrozenResultPage {
    /// The survey.
    pub head: SurveyHead,
    /// What it is.
    pub line: FrozenLineView,
    /// When it was frozen, in words.
    pub frozen_at: String,
    /// Its figures.
    pub table: TableView,
    /// The same as files.
    pub files: Vec<Link>,
    /// The page as it is now, at the same moment.
    pub live: String,
    /// All frozen results.
    pub all: String,
}

impl Page for FrozenResultPage {
    const TEMPLATE: &'static str = "officers/frozen_result.html";
}
