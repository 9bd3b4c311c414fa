//! With weights or without.

use serde::Serialize;

use crate::web::templates::NavItem;

/// The switch between figures with and without weights, and what is to be said about them.
#[derive(Debug, Clone, Serialize)]
pub struct WeightsView {
    /// Without, with, both.
    pub switch: Vec<NavItem>,
    /// Why there are none, where they were asked for: figures are then without.
    pub refused: Option<String>,
    /// Of whom weighted figures are and what they are worth, in sentences.
    pub notes: Vec<String>,
}
