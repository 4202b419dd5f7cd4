//! Faults of the chance of winning.

use super::Rule;

pub(crate) mod fraction_for_percent;
pub(crate) mod out_of_range;
pub(crate) mod percent_for_fraction;
pub(crate) mod too_many_decimals;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &fraction_for_percent::RULE,
    &percent_for_fraction::RULE,
    &out_of_range::RULE,
    &too_many_decimals::RULE,
];
