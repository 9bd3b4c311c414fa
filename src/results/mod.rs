//! The results room.
