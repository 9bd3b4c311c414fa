//! Officers: signing in, and what only they may see.

mod comments;
mod failures;
mod results;
mod sign_in;
