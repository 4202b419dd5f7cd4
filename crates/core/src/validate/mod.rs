//! Validation: the keywords of JSON Schema over one value.

pub(crate) mod format;
pub(crate) mod keywords;
pub(crate) mod program;
pub(crate) mod unique;

pub(crate) use keywords::Keyword;
