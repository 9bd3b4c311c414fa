//! Officers: signing in, and what only they may see.

mod compare;
mod profiles;
mod results;
mod sign_in;
