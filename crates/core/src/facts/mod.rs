//! Facts: cheap observations about a value, from its text and its meaning.

pub(crate) mod classify;
pub(crate) mod unicode;
