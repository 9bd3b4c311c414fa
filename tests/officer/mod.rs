//! Officers: signing in, and what only they may see.

mod failures;
mod results;
mod sign_in;
