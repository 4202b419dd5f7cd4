//! Kinds of values, each read from its text alone: no floats, no clock, no allocation.

#[doc(hidden)]
pub mod bytes;
pub mod currency;
pub mod datetime;
pub mod human_number;
pub mod nearest;
pub mod number;
#[doc(hidden)]
pub mod secret;
#[doc(hidden)]
pub mod str_ext;
#[doc(hidden)]
pub mod unicode;
pub mod uuid;
