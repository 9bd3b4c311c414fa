//! Priorities of the whole place, by every rule.

use serde::Serialize;

use super::{ChartView, FilterView, SurveyHead, TableView};
use crate::web::templates::{Link, Page};

/// Priorities by every rule.
#[derive(Debug, Clone, Serialize)]
pub struct PrioritiesPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// Why there is no ranking, where there is none.
    pub unmeasured: Option<&'static str>,
    /// The ranking, without weights, with weights, or both.
    pub rankings: Vec<RankingView>,
    /// What goes with being pleased overall, where the survey asks.
    pub importance: Option<ChartView>,
}

impl Page for PrioritiesPage {
    const TEMPLATE: &'static str = "officers/priorities.html";
}

/// What the ballots say.
#[derive(Debug, Clone, Serialize)]
pub struct RankingView {
    /// What its headings' ids end in.
    pub id: &'static str,
    /// What may be claimed.
    pub title: String,
    /// How robust that is, in plain words.
    pub sentences: Vec<String>,
    /// Items down, rules across; none for a small base.
    pub ranks: Option<TableView>,
    /// What each rule puts first, and how often it stays there.
    pub firsts: Option<TableView>,
    /// The rules in a sentence each: message ids.
    pub rules: Vec<RuleLine>,
    /// Every item's figures.
    pub scores: TableView,
    /// Each item against each other.
    pub pairs: TableView,
    /// How far people agree.
    pub agreement: Option<String>,
    /// Who the figures are of.
    pub base: String,
    /// Files.
    pub files: Vec<Link>,
}

/// A rule and what it does.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RuleLine {
    /// The message id of its name.
    pub name: &'static str,
    /// The message id of what it does.
    pub about: &'static str,
}
