//! What the design says of the house itself, read from its source.

mod rooms;
mod security;
mod settings;
