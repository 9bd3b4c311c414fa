//! Officers: signing in, and what only they may see.

mod profiles;
mod reproduce;
mod results;
mod sign_in;
