//! What people wrote.

use serde::Serialize;

use super::{FilterView, SurveyHead};
use crate::web::templates::Page;

/// What people wrote.
#[derive(Debug, Clone, Serialize)]
pub struct CommentsPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter; its lists include the question.
    pub filter: FilterView,
    /// The words searched for.
    pub search: String,
    /// What the list holds, in words.
    pub title: String,
    /// The comments of this page.
    pub comments: Vec<CommentView>,
    /// The first page, where this is another.
    pub first: Option<String>,
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
    /// Whether a program made it up.
    pub simulated: bool,
}
