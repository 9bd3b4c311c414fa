//! The audit log.

use serde::Serialize;

use super::FilterList;
use crate::web::templates::{Link, Page};

/// The audit log.
#[derive(Debug, Clone, Serialize)]
pub struct AuditPage {
    /// Where the filter's form goes.
    pub action: String,
    /// Who, what and which survey.
    pub lists: Vec<FilterList>,
    /// First day, as `yyyy-mm-dd`.
    pub from: String,
    /// Last day.
    pub to: String,
    /// What is searched for.
    pub search: String,
    /// The whole log, where it is narrowed.
    pub clear: Option<String>,
    /// Newest first.
    pub lines: Vec<AuditLine>,
    /// The first page, on later ones.
    pub newest: Option<String>,
    /// The next page.
    pub next: Option<String>,
    /// The same as files.
    pub files: Vec<Link>,
    /// The chain of seals.
    pub chain: ChainView,
}

impl Page for AuditPage {
    const TEMPLATE: &'static str = "officers/audit.html";
}

/// A row of the log.
#[derive(Debug, Clone, Serialize)]
pub struct AuditLine {
    /// When, for programs (RFC 3339, UTC).
    pub at: String,
    /// When, in words.
    pub when: String,
    /// What happened.
    pub sentence: String,
}

/// The state of the chain of seals.
#[derive(Debug, Clone, Serialize)]
pub struct ChainView {
    /// The last seal, in words.
    pub last: String,
    /// How many rows wait for the next, in words.
    pub waiting: String,
    /// The last seal's hash, in hexadecimal.
    pub head: Option<String>,
}
