//! Officers' pages: from signing in to the table of themes by area.

use serde::Serialize;

use super::{ErrorLink, OptionView};
use crate::web::templates::{Link, NavItem, Page};

/// Sign in with email address and password. One message for all causes of failure.
#[derive(Debug, Clone, Serialize)]
pub struct SignInPage {
    /// Where the form is posted to; fields `email`, `password`.
    pub action: String,
    /// As typed.
    pub email: String,
    /// Whether the last try failed.
    pub failed: bool,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "officers/sign_in.html";
}

/// The one-time link: choose a name and a password.
#[derive(Debug, Clone, Serialize)]
pub struct AcceptPage {
    /// Where the form is posted to; fields `name`, `email`, `password`.
    pub action: String,
    /// The address the account is for; asked for, where none is known yet.
    pub email: String,
    /// Whether the address is given and can't be changed.
    pub email_fixed: bool,
    /// The name as typed.
    pub name: String,
    /// The fewest characters of a password.
    pub password_length: usize,
    /// What is wrong with `name`, `email` and `password`.
    pub name_error: Option<String>,
    /// What is wrong with the address.
    pub email_error: Option<String>,
    /// What is wrong with the password.
    pub password_error: Option<String>,
    /// What is wrong, top to bottom.
    pub errors: Vec<ErrorLink>,
}

impl Page for AcceptPage {
    const TEMPLATE: &'static str = "officers/accept.html";
}

/// All surveys, as officers see them.
#[derive(Debug, Clone, Serialize)]
pub struct SurveysPage {
    /// Newest first.
    pub surveys: Vec<SurveyLine>,
}

impl Page for SurveysPage {
    const TEMPLATE: &'static str = "officers/surveys.html";
}

/// A survey in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyLine {
    /// Its short title.
    pub title: String,
    /// Its home.
    pub href: String,
    /// `draft`, `coming`, `open` or `closed`.
    pub state: &'static str,
    /// When it opens and closes, in words.
    pub opens: String,
    /// When it closes, in words.
    pub closes: String,
    /// Responses in all.
    pub responses: u64,
    /// Responses today.
    pub today: u64,
}

/// What stands above every page of one survey: its name, state, and its pages.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyHead {
    /// Its short title.
    pub title: String,
    /// Its state: `draft`, `coming`, `open` or `closed`.
    pub state: &'static str,
    /// When it closes or closed, in words.
    pub closes: String,
    /// When the figures were drawn, in words.
    pub as_of: String,
    /// The list of surveys.
    pub all: String,
    /// Its pages: `officers-live`, `officers-questions`, `officers-themes`, `officers-comments`, `officers-exports`.
    pub tabs: Vec<NavItem>,
}

/// A survey's home.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyHomePage {
    /// The survey.
    pub head: SurveyHead,
    /// The figures, most important first.
    pub figures: Vec<FigureView>,
    /// Responses by day, as a chart.
    pub days: ChartView,
    /// Where people leave, page by page.
    pub pages: Vec<LeaveView>,
    /// How many started, as the base of `pages`.
    pub started: u64,
    /// Groups that are missing, worst first; with how many more answers they need.
    pub missing: Vec<MissingView>,
    /// Where the shares of residents are from.
    pub source: String,
}

impl Page for SurveyHomePage {
    const TEMPLATE: &'static str = "officers/survey_home.html";
}

/// A figure with its yardstick.
#[derive(Debug, Clone, Serialize)]
pub struct FigureView {
    /// The message id of its name.
    pub key: &'static str,
    /// The figure.
    pub value: String,
    /// What to hold it against (plain text).
    pub yardstick: Option<String>,
}

/// A chart with its table.
#[derive(Debug, Clone, Serialize)]
pub struct ChartView {
    /// The finding, or the measure where nothing can be claimed.
    pub title: String,
    /// What is measured.
    pub subtitle: String,
    /// The chart (SVG with title and description); none, where there is nothing to show yet.
    pub svg: Option<String>,
    /// The base and the source.
    pub base: String,
    /// The same figures as a table.
    pub table: Option<TableView>,
    /// Files: CSV, SVG.
    pub files: Vec<Link>,
}

/// A table of figures.
#[derive(Debug, Clone, Serialize)]
pub struct TableView {
    /// What it shows.
    pub caption: String,
    /// Column headings; the first is of the row headings.
    pub head: Vec<String>,
    /// Rows: heading first, then figures as they are printed.
    pub rows: Vec<Vec<String>>,
}

/// How many reached a page, and how many left there.
#[derive(Debug, Clone, Serialize)]
pub struct LeaveView {
    /// The page.
    pub page: String,
    /// How many reached it.
    pub reached: u64,
    /// How many left there.
    pub left: u64,
    /// The same, per cent of those who reached it, as printed.
    pub left_share: String,
    /// How long the bar is, 0 to 100, of those who started.
    pub width: u8,
    /// Whether most people are lost here.
    pub worst: bool,
}

/// A group that is missing.
#[derive(Debug, Clone, Serialize)]
pub struct MissingView {
    /// Who: district and age.
    pub group: String,
    /// Its share of the answers, as printed.
    pub answers: String,
    /// Its share of the residents, as printed.
    pub residents: String,
    /// How many more answers would bring it to 80 per cent of its share.
    pub more: u64,
}

/// Every question with its results.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionsPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// The questions in order.
    pub questions: Vec<QuestionResult>,
}

impl Page for QuestionsPage {
    const TEMPLATE: &'static str = "officers/questions.html";
}

/// The results of one question.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionResult {
    /// Its key, as the id of its section.
    pub key: String,
    /// What was asked (plain text).
    pub question: String,
    /// The answers; none for a question whose answers are words.
    pub rows: Vec<ResultRow>,
    /// Tables of a grid or scale: one per row; empty otherwise.
    pub parts: Vec<ResultPart>,
    /// How many answered.
    pub base: u64,
    /// How many were asked and did not answer.
    pub missing: u64,
    /// Whether too few answered to show anything.
    pub too_few: bool,
    /// The comments, where the answers are words.
    pub comments: Option<Link>,
    /// Files.
    pub files: Vec<Link>,
}

/// A row of a grid with its own shares.
#[derive(Debug, Clone, Serialize)]
pub struct ResultPart {
    /// The row.
    pub title: String,
    /// Its answers.
    pub rows: Vec<ResultRow>,
    /// How many answered it.
    pub base: u64,
}

/// An answer with its share.
#[derive(Debug, Clone, Serialize)]
pub struct ResultRow {
    /// The answer.
    pub label: String,
    /// How many gave it.
    pub count: u64,
    /// Its share as printed, such as `45%`.
    pub share: String,
    /// The interval as printed, such as `43 to 47`.
    pub interval: String,
    /// How long the bar is, 0 to 100.
    pub width: u8,
    /// Where the interval starts, 0 to 100.
    pub low: u8,
    /// How wide the interval is, 0 to 100.
    pub spread: u8,
}

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
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Themes by area: the heat table, the map, the ranks of an area.
#[derive(Debug, Clone, Serialize)]
pub struct ThemesPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// The measures to choose from.
    pub measures: Vec<NavItem>,
    /// The ways of grouping areas.
    pub groupings: Vec<NavItem>,
    /// The table.
    pub table: HeatTable,
    /// The map of the chosen theme.
    pub map: ChartView,
    /// The chosen cell in words.
    pub cell: Option<CellDetail>,
    /// The ranking of the chosen area.
    pub ranking: Vec<RankLine>,
    /// The chosen area's name.
    pub area: String,
    /// What people of the chosen area wrote about the chosen theme.
    pub comments: Option<Link>,
}

impl Page for ThemesPage {
    const TEMPLATE: &'static str = "officers/themes.html";
}

/// Themes down, areas across.
#[derive(Debug, Clone, Serialize)]
pub struct HeatTable {
    /// The finding, or the measure.
    pub title: String,
    /// The message id of the measure, such as `measure-top3`.
    pub measure_key: &'static str,
    /// Groups of columns, where areas are grouped: name and how many columns.
    pub groups: Vec<HeatGroup>,
    /// The columns: the county first.
    pub columns: Vec<HeatColumn>,
    /// The rows.
    pub rows: Vec<HeatRow>,
    /// What the six tints stand for, lightest first.
    pub steps: Vec<String>,
    /// The base and weighting in words.
    pub base: String,
    /// Files.
    pub files: Vec<Link>,
}

/// A group of columns.
#[derive(Debug, Clone, Serialize)]
pub struct HeatGroup {
    /// Its name; empty above the county.
    pub name: String,
    /// How many columns.
    pub span: usize,
}

/// A column of the heat table.
#[derive(Debug, Clone, Serialize)]
pub struct HeatColumn {
    /// The area.
    pub name: String,
    /// The table sorted by it.
    pub sort: String,
    /// Whether the table is sorted by it.
    pub sorted: bool,
    /// How many people answered there.
    pub base: u64,
    /// Whether they are too few to rely on.
    pub thin: bool,
}

/// A row of the heat table.
#[derive(Debug, Clone, Serialize)]
pub struct HeatRow {
    /// The theme.
    pub theme: String,
    /// The page with this theme chosen.
    pub href: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Its cells, in the order of the columns.
    pub cells: Vec<HeatCell>,
}

/// A cell of the heat table.
#[derive(Debug, Clone, Serialize)]
pub struct HeatCell {
    /// The figure as printed; empty, where there is none.
    pub value: String,
    /// Its tint, 1 to 6; 0 for none.
    pub tint: u8,
    /// `higher` or `lower` than the rest of the county after correction; empty otherwise.
    pub differs: &'static str,
    /// Whether the theme is first in this area.
    pub first: bool,
    /// Whether the base is thin.
    pub thin: bool,
    /// Whether it is the chosen cell.
    pub chosen: bool,
    /// The page with this cell chosen.
    pub href: String,
}

/// The chosen cell in words.
#[derive(Debug, Clone, Serialize)]
pub struct CellDetail {
    /// The figure.
    pub value: String,
    /// The theme.
    pub theme: String,
    /// The county's figure.
    pub county: String,
    /// The interval.
    pub interval: String,
    /// The base.
    pub base: u64,
    /// `higher`, `lower` or empty.
    pub differs: &'static str,
}

/// A line of an area's ranking.
#[derive(Debug, Clone, Serialize)]
pub struct RankLine {
    /// The rank here.
    pub rank: usize,
    /// The theme.
    pub theme: String,
    /// The figure.
    pub value: String,
    /// Places above (positive) or below the county's rank.
    pub change: i64,
    /// The same without its sign.
    pub places: i64,
}

/// What people wrote.
#[derive(Debug, Clone, Serialize)]
pub struct CommentsPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter; its lists include the question.
    pub filter: FilterView,
    /// The words searched for.
    pub search: String,
    /// The comments of this page.
    pub comments: Vec<CommentView>,
    /// How many there are in all.
    pub total: u64,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

impl Page for CommentsPage {
    const TEMPLATE: &'static str = "officers/comments.html";
}

/// A comment.
#[derive(Debug, Clone, Serialize)]
pub struct CommentView {
    /// Its words (HTML: escaped, what was searched for marked).
    pub text: String,
    /// The question, in a few words.
    pub question: String,
    /// The area, if given.
    pub area: Option<String>,
    /// The channel and day, in words.
    pub when: String,
}

/// Downloads.
#[derive(Debug, Clone, Serialize)]
pub struct ExportsPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// Files of single responses, with codes.
    pub codes: String,
    /// The same with labels.
    pub labels: String,
    /// What the columns mean.
    pub codebook: String,
    /// How many responses they hold.
    pub rows: u64,
}

impl Page for ExportsPage {
    const TEMPLATE: &'static str = "officers/exports.html";
}
