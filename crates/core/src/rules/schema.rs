//! Faults that a keyword of the JSON Schema names.

use super::Rule;
use crate::validate::Keyword;

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

/// The rule that reports a keyword.
pub(crate) const fn of(keyword: Keyword) -> &'static Rule {
    match keyword {
        Keyword::Type => &type_::RULE,
        Keyword::Required => &required::RULE,
        Keyword::Enum => &enum_::RULE,
        Keyword::Minimum => &minimum::RULE,
        Keyword::Maximum => &maximum::RULE,
        Keyword::MultipleOf => &multiple_of::RULE,
        Keyword::MinLength => &min_length::RULE,
        Keyword::MaxLength => &max_length::RULE,
        Keyword::Format => &format::RULE,
        Keyword::MinItems => &min_items::RULE,
        Keyword::MaxItems => &max_items::RULE,
        Keyword::UniqueItems => &unique_items::RULE,
        Keyword::AdditionalProperties => &additional_properties::RULE,
        Keyword::UnknownProperty => &unknown_property::RULE,
    }
}
