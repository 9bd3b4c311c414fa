//! Officers: signing in, and what only they may see.

mod comments;
mod compare;
mod failures;
mod people;
mod profiles;
mod reproduce;
mod results;
mod sign_in;
