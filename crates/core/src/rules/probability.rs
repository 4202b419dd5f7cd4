//! Faults of the chance of winning.

use super::Rule;

pub(crate) mod decided_while_open;
pub(crate) mod fraction_for_percent;
pub(crate) mod lost_above_zero;
pub(crate) mod numeric_string;
pub(crate) mod out_of_range;
pub(crate) mod percent_for_fraction;
pub(crate) mod too_many_decimals;
pub(crate) mod won_below_certain;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &numeric_string::RULE,
    &fraction_for_percent::RULE,
    &percent_for_fraction::RULE,
    &out_of_range::RULE,
    &too_many_decimals::RULE,
    &won_below_certain::RULE,
    &lost_above_zero::RULE,
    &decided_while_open::RULE,
];
