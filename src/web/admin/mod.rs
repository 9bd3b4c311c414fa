//! Officers' pages: signing in, surveys, results, comments, downloads.

pub mod comments;
pub mod editor;
pub mod exports;
pub mod frozen;
pub mod kept;
mod looking;
mod profiles;
pub mod results;
mod sensitive;
pub mod session;
pub mod sign_in;
mod survey_home;
pub mod surveys;
pub mod view;
pub mod welcome;
mod who;
