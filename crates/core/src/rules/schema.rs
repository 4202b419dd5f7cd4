//! Faults that a keyword of JSON Schema reports.

use super::Rule;
use crate::contract::program::{Json, ProgramKeyword};
use crate::validate::Keyword;

pub(crate) mod additional_properties;
pub(crate) mod any_of;
pub(crate) mod const_;
pub(crate) mod contains;
pub(crate) mod dependent_required;
pub(crate) mod enum_;
pub(crate) mod false_schema;
pub(crate) mod format;
pub(crate) mod max_items;
pub(crate) mod max_length;
pub(crate) mod max_properties;
pub(crate) mod maximum;
pub(crate) mod min_items;
pub(crate) mod min_length;
pub(crate) mod min_properties;
pub(crate) mod minimum;
pub(crate) mod multiple_of;
pub(crate) mod not;
pub(crate) mod one_of;
pub(crate) mod pattern;
pub(crate) mod property_names;
pub(crate) mod recursion;
pub(crate) mod required;
pub(crate) mod type_;
pub(crate) mod unevaluated_items;
pub(crate) mod unevaluated_properties;
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
    &const_::RULE,
    &pattern::RULE,
    &min_properties::RULE,
    &max_properties::RULE,
    &property_names::RULE,
    &dependent_required::RULE,
    &contains::RULE,
    &any_of::RULE,
    &one_of::RULE,
    &not::RULE,
    &unevaluated_items::RULE,
    &unevaluated_properties::RULE,
    &false_schema::RULE,
    &recursion::RULE,
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

/// The rule that reports a keyword of a program; none for a schema that never ends.
pub(crate) const fn of_program(keyword: Option<&ProgramKeyword>) -> &'static Rule {
    match keyword {
        Some(ProgramKeyword::False) => &false_schema::RULE,
        Some(ProgramKeyword::Type(_)) => &type_::RULE,
        Some(ProgramKeyword::Const(Json::Array(_) | Json::Object(_))) => &const_::RULE,
        Some(ProgramKeyword::Enum(_) | ProgramKeyword::Const(_)) => &enum_::RULE,
        Some(ProgramKeyword::Minimum(_)) => &minimum::RULE,
        Some(ProgramKeyword::Maximum(_)) => &maximum::RULE,
        Some(ProgramKeyword::MultipleOf(_)) => &multiple_of::RULE,
        Some(ProgramKeyword::MinLength(_)) => &min_length::RULE,
        Some(ProgramKeyword::MaxLength(_)) => &max_length::RULE,
        Some(ProgramKeyword::Pattern(_)) => &pattern::RULE,
        Some(ProgramKeyword::Format(_)) => &format::RULE,
        Some(ProgramKeyword::MinItems(_)) => &min_items::RULE,
        Some(ProgramKeyword::MaxItems(_)) => &max_items::RULE,
        Some(ProgramKeyword::UniqueItems) => &unique_items::RULE,
        Some(ProgramKeyword::Contains { .. }) => &contains::RULE,
        Some(ProgramKeyword::UnevaluatedItems(_)) => &unevaluated_items::RULE,
        Some(ProgramKeyword::MinProperties(_)) => &min_properties::RULE,
        Some(ProgramKeyword::MaxProperties(_)) => &max_properties::RULE,
        Some(ProgramKeyword::Required(_)) => &required::RULE,
        Some(ProgramKeyword::Properties(_)) => &additional_properties::RULE,
        Some(ProgramKeyword::PropertyNames(_)) => &property_names::RULE,
        Some(ProgramKeyword::DependentRequired(_)) => &dependent_required::RULE,
        Some(ProgramKeyword::UnevaluatedProperties(_)) => &unevaluated_properties::RULE,
        Some(ProgramKeyword::AnyOf(..)) => &any_of::RULE,
        Some(ProgramKeyword::OneOf(..)) => &one_of::RULE,
        Some(ProgramKeyword::Not(_)) => &not::RULE,
        // The others are about the schemas that they lead to.
        _ => &recursion::RULE,
    }
}
