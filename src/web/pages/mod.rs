//! One struct per template: everything a page shows, prepared so that the template only puts it in place.
//!
//! Texts marked HTML are safe already: made by `survey::markdown` or escaped by whoever fills the struct. All others are escaped
//! by the template. Every page has `samples()`, which the tests render in every language.

mod officers;
mod question;
#[cfg(test)]
mod render_test;
mod residents;
mod samples;
mod taken_part;

pub use officers::*;
pub use question::{
    CellView, ChoiceView, ColumnView, KindView, OptionView, PlaceView, QuestionPage, QuestionView,
    RowView, ShareView, TextField, Tick,
};
pub use residents::*;
pub use taken_part::TakenPart;

use serde::Serialize;

/// A line of an error summary.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorLink {
    /// The id of the field it leads to, without `#`.
    pub field: String,
    /// What is wrong (plain text).
    pub text: String,
}
