//! Officers' pages: signing in, surveys, results, comments, downloads.

pub mod account;
pub mod audit;
pub mod code;
pub mod comments;
pub mod confirm;
pub mod erase;
pub mod exports;
pub mod factor;
pub mod forgot;
pub mod frozen;
pub mod invitations;
pub mod kept;
mod looking;
pub mod people;
pub mod person;
mod profiles;
pub mod results;
pub mod return_to;
mod saying;
mod sensitive;
pub mod session;
pub mod sign_in;
mod survey_home;
pub mod surveys;
pub mod view;
pub mod welcome;
mod who;
