//! The rules of overlays, one for each keyword, and their pages.

/// A rule `policy/<keyword>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyword {
    /// The rule's name: `policy/max-length`.
    pub rule: &'static str,
    /// What a schema says: `maxLength`.
    pub keyword: &'static str,
    /// What is refused, as a sentence without a full stop.
    pub about: &'static str,
}

const fn keyword(rule: &'static str, keyword: &'static str, about: &'static str) -> Keyword {
    Keyword {
        rule,
        keyword,
        about,
    }
}

/// Every keyword by which the validator refuses something.
pub static KEYWORDS: &[Keyword] = &[
    keyword(
        "policy/additional-items",
        "additionalItems",
        "A list has more items than the schema describes",
    ),
    keyword(
        "policy/additional-properties",
        "additionalProperties",
        "An object has a property that the schema does not describe",
    ),
    keyword(
        "policy/any-of",
        "anyOf",
        "A value fits none of the schema's alternatives",
    ),
    keyword(
        "policy/const",
        "const",
        "A value is not the only one that the schema allows",
    ),
    keyword(
        "policy/contains",
        "contains",
        "A list does not have as many items of some kind as the schema asks for",
    ),
    keyword(
        "policy/content-encoding",
        "contentEncoding",
        "A text is not encoded as the schema says",
    ),
    keyword(
        "policy/content-media-type",
        "contentMediaType",
        "What a text holds is not of the media type that the schema names",
    ),
    keyword(
        "policy/enum",
        "enum",
        "A value is none of those that the schema lists",
    ),
    keyword(
        "policy/exclusive-maximum",
        "exclusiveMaximum",
        "A number is not less than the schema's limit",
    ),
    keyword(
        "policy/exclusive-minimum",
        "exclusiveMinimum",
        "A number is not greater than the schema's limit",
    ),
    keyword(
        "policy/false-schema",
        "false",
        "A value stands where the schema allows none",
    ),
    keyword(
        "policy/format",
        "format",
        "A text does not have the form that the schema names",
    ),
    keyword(
        "policy/max-items",
        "maxItems",
        "A list has more items than the schema allows",
    ),
    keyword(
        "policy/max-length",
        "maxLength",
        "A text has more characters than the schema allows",
    ),
    keyword(
        "policy/max-properties",
        "maxProperties",
        "An object has more properties than the schema allows",
    ),
    keyword(
        "policy/maximum",
        "maximum",
        "A number is greater than the schema allows",
    ),
    keyword(
        "policy/min-items",
        "minItems",
        "A list has fewer items than the schema asks for",
    ),
    keyword(
        "policy/min-length",
        "minLength",
        "A text has fewer characters than the schema asks for",
    ),
    keyword(
        "policy/min-properties",
        "minProperties",
        "An object has fewer properties than the schema asks for",
    ),
    keyword(
        "policy/minimum",
        "minimum",
        "A number is less than the schema allows",
    ),
    keyword(
        "policy/multiple-of",
        "multipleOf",
        "A number is no whole multiple of the schema's step",
    ),
    keyword(
        "policy/not",
        "not",
        "A value is one that the schema excludes",
    ),
    keyword(
        "policy/one-of",
        "oneOf",
        "A value fits none of the schema's alternatives, or more than one",
    ),
    keyword(
        "policy/pattern",
        "pattern",
        "A text does not match the schema's regular expression",
    ),
    keyword(
        "policy/property-names",
        "propertyNames",
        "A property has a name that the schema does not allow",
    ),
    keyword(
        "policy/ref",
        "$ref",
        "A value is not what the schema that is referred to allows",
    ),
    keyword(
        "policy/required",
        "required",
        "A property is missing that the schema requires",
    ),
    keyword(
        "policy/type",
        "type",
        "A value has a type that the schema does not allow",
    ),
    keyword(
        "policy/unevaluated-items",
        "unevaluatedItems",
        "A list has items of which no part of the schema speaks",
    ),
    keyword(
        "policy/unevaluated-properties",
        "unevaluatedProperties",
        "An object has a property of which no part of the schema speaks",
    ),
    keyword(
        "policy/unique-items",
        "uniqueItems",
        "A list in which every item must differ has the same item twice",
    ),
];

impl Keyword {
    /// The keyword of the rule of that name.
    #[must_use]
    pub fn by_rule(rule: &str) -> Option<&'static Self> {
        KEYWORDS.iter().find(|keyword| keyword.rule == rule)
    }

    /// The rule's page, in Markdown, under the headings of pipelint's own.
    #[must_use]
    pub fn page(&self) -> String {
        include_str!("keyword.md")
            .replace("{rule}", self.rule)
            .replace("{keyword}", self.keyword)
            .replace("{about}", self.about)
    }
}
