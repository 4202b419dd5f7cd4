//! Faults that a keyword of the JSON Schema names.

use super::Rule;

pub(crate) mod additional_properties;
pub(crate) mod enum_;
pub(crate) mod format;
pub(crate) mod max_items;
pub(crate) mod max_length;
pub(crate) mod maximum;
pub(crate) mod min_items;
pub(crate) mod min_length;
pub(crate) mod minimum;
pub(crate) mod multiple_of;
pub(crate) mod required;
pub(crate) mod type_;
pub(crate) mod unique_items;
pub(crate) mod unknown_property;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &type_::RULE,
    &required::RULE,
    &enum_::RULE,
    &minimum::RULE,
    &maximum::RULE,
    &multiple_of::RULE,
    &min_length::RULE,
    &max_length::RULE,
    &format::RULE,
    &min_items::RULE,
    &max_items::RULE,
    &unique_items::RULE,
    &additional_properties::RULE,
    &unknown_property::RULE,
];

/// Whether a value that breaks this keyword still says something that can be judged: a name that
/// is too long can be padded as well.
pub(crate) fn leaves_the_value_to_be_judged(rule: &Rule) -> bool {
    std::ptr::eq(rule, &raw const max_length::RULE)
        || std::ptr::eq(rule, &raw const min_length::RULE)
}
