//! Officers: signing in, and what only they may see.

mod results;
mod sign_in;
