//! The web: routes, pages, forms, errors. It knows HTTP and HTML; it decides nothing that a command could not.

pub mod pages;
pub mod templates;
