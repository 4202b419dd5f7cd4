//! Facts: what is cheaply known of a value from its text and its meaning.

pub(crate) mod classify;
pub(crate) mod unicode;
