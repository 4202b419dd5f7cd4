//! Kinds of values, each judged from its text alone: no floats, no clock, no allocation.

pub(crate) mod bytes;
pub mod currency;
pub mod informal;
pub mod moment;
pub mod nearest;
pub mod number;
pub(crate) mod secret;
pub(crate) mod texts;
pub mod uuid;
