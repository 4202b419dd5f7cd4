//! Kinds of values, each judged from its text alone: no floats, no clock, no allocation.

pub(crate) mod bytes;
pub mod currency;
pub mod datetime;
pub mod human_number;
pub mod nearest;
pub mod number;
pub(crate) mod secret;
pub(crate) mod str_ext;
pub mod uuid;
