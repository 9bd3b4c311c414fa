//! The filter bar: which responses a page is about.

use serde::Serialize;

use super::{super::OptionView, WithoutFlaggedView};
use crate::web::templates::Link;

/// The filter bar: a GET form.
#[derive(Debug, Clone, Serialize)]
pub struct FilterView {
    /// Where the form goes.
    pub action: String,
    /// The lists, each with an empty first option.
    pub lists: Vec<FilterList>,
    /// First day (`from`), as `yyyy-mm-dd`.
    pub from: String,
    /// Last day (`to`).
    pub to: String,
    /// What else the address carries, kept by the form.
    pub hidden: Vec<HiddenField>,
    /// Filters in force, each a link to the page without it.
    pub active: Vec<Link>,
    /// How many people are left.
    pub base: u64,
    /// The page with no filter.
    pub clear: String,
    /// What the page would say without flagged responses, where any are in it.
    pub without_flagged: Option<WithoutFlaggedView>,
}

/// A list of a filter.
#[derive(Debug, Clone, Serialize)]
pub struct FilterList {
    /// Its field name.
    pub name: &'static str,
    /// The message id of its label.
    pub key: &'static str,
    /// Its options.
    pub options: Vec<OptionView>,
}

/// A field that the form carries along.
#[derive(Debug, Clone, Serialize)]
pub struct HiddenField {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}
