//! Officers' pages: signing in, surveys, results, comments, downloads.

pub mod comments;
pub mod exports;
pub mod kept;
mod profiles;
pub mod results;
pub mod session;
pub mod sign_in;
pub mod surveys;
pub mod view;
pub mod welcome;
