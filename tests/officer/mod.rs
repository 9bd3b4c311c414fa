//! Officers: signing in, and what only they may see.

mod audit;
mod comments;
mod compare;
mod editor;
mod erase;
mod failures;
mod people;
mod profiles;
mod reproduce;
mod results;
mod sign_in;
mod weighted;
