//! The web room: typed URLs, pages (one struct per template), forms, errors, middleware.
//!
//! A handler extracts, acts and answers. It knows actions, storage (for look-ups by key), results and live; it never
//! aggregates answers and never sees SQL.

pub mod access;
pub mod address;
pub mod admin;
pub mod assets;
pub mod client;
pub mod errors;
pub mod forms;
pub mod health;
pub mod metrics;
pub mod middleware;
pub mod moments;
pub mod pages;
pub mod public;
pub mod routes;
pub mod site;
pub mod templates;
pub mod tokens;
pub mod urls;
pub mod words;
