//! The web room: typed URLs, pages (one struct per template), forms, errors, middleware.
//!
//! A handler extracts, acts and answers. It knows actions, storage (for look-ups by key), results and live; it never
//! aggregates answers and never sees SQL.

pub mod address;
pub mod client;
pub mod metrics;
pub mod moments;
pub mod pages;
pub mod templates;
pub mod tokens;
pub mod urls;
pub mod words;
