//! Officers: signing in, and what only they may see.

mod comments;
mod compare;
mod editor;
mod failures;
mod profiles;
mod reproduce;
mod results;
mod sign_in;
