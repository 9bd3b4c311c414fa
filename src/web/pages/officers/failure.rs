//! What went wrong, to somebody who is signed in.

use serde::Serialize;

use super::super::ErrorPage;
use crate::web::templates::Page;

/// An [`ErrorPage`] in the officers' frame; whom to ask is left out, because it is the office itself.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct OfficersErrorPage(pub ErrorPage);

impl Page for OfficersErrorPage {
    const TEMPLATE: &'static str = "officers/error.html";
}
