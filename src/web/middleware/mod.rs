//! What stands around every request, from the outside in: log and count, headers, error pages, origin, access.

pub mod access;
pub mod errors;
pub mod headers;
pub mod origin;
pub mod requests;
