//! Downloads.

use serde::Serialize;

use super::{FilterView, SurveyHead};
use crate::web::templates::Page;

/// Downloads: what, of whom, in which form.
#[derive(Debug, Clone, Serialize)]
pub struct ExportsPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// How many responses the files hold.
    pub rows: u32,
    /// The files of single responses, and what their columns and codes mean.
    pub files: Vec<ExportFile>,
    /// Files of single responses with sensitive answers, for those who may have them.
    pub sensitive: Vec<ExportFile>,
    /// Files of figures: one for each page of results.
    pub figures: Vec<ExportFile>,
    /// Where one response is erased, for those who may.
    pub erase: Option<String>,
}

impl Page for ExportsPage {
    const TEMPLATE: &'static str = "officers/exports.html";
}

/// A file to download.
#[derive(Debug, Clone, Serialize)]
pub struct ExportFile {
    /// The message id of what it is.
    pub key: &'static str,
    /// Its address.
    pub href: String,
    /// Its name as it is saved.
    pub name: String,
}
