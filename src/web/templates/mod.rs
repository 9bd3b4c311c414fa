//! Pages as HTML: Tera templates, the sentences they show, the addresses of styles and scripts.
//!
//! A page is a struct that names its template ([`Page`]); [`Templates::render`] fills it, inside a [`Layout`].
//! Templates decide nothing: what they show is prepared in the page's struct.

mod engine;
#[cfg(test)]
mod fixtures_test;
mod functions;
mod layout;
mod memory;
mod texts;

pub use engine::{Dist, Page, TemplateError, Templates, escaped};
pub use layout::{Layout, Link, NavItem, SignedIn, SurveyLink};
pub use memory::{Remembered, gap};
pub use texts::{DEFAULT_LANG, PSEUDO_LANG, TextError, Texts, accented_markdown, group};
