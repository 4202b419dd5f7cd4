//! The dialects of JSON Schema, and how they differ.

/// A dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// JSON Schema draft 2020-12; OpenAPI 3.1 uses it, with `discriminator` and `example`.
    Draft202012,
    /// JSON Schema draft 2019-09.
    Draft201909,
    /// JSON Schema draft-07.
    Draft07,
    /// The Schema Object of OpenAPI 3.0: `nullable`, `discriminator`, boolean exclusive limits.
    OpenApi30,
}

impl Dialect {
    /// The dialect that a `$schema` names.
    #[must_use]
    pub fn of_uri(uri: &str) -> Option<Self> {
        match uri.trim_end_matches('#') {
            "https://json-schema.org/draft/2020-12/schema"
            | "https://spec.openapis.org/oas/3.1/dialect/base" => Some(Self::Draft202012),
            "https://json-schema.org/draft/2019-09/schema" => Some(Self::Draft201909),
            "http://json-schema.org/draft-07/schema"
            | "https://json-schema.org/draft-07/schema" => Some(Self::Draft07),
            _ => None,
        }
    }

    /// Whether keywords beside a `$ref` are ignored.
    pub(crate) const fn ref_stands_alone(self) -> bool {
        matches!(self, Self::Draft07 | Self::OpenApi30)
    }

    /// Whether `items` may be an array of schemas, with `additionalItems` for the rest.
    pub(crate) const fn has_item_lists(self) -> bool {
        matches!(self, Self::Draft07 | Self::Draft201909)
    }

    /// Whether a keyword exists in the dialect.
    pub(crate) fn knows(self, keyword: &str) -> bool {
        let common = COMMON.contains(&keyword);
        match self {
            Self::Draft202012 => {
                common || SINCE_2019.contains(&keyword) || SINCE_2020.contains(&keyword)
            }
            Self::Draft201909 => {
                common
                    || SINCE_2019.contains(&keyword)
                    || matches!(
                        keyword,
                        "additionalItems" | "$recursiveRef" | "$recursiveAnchor"
                    )
            }
            Self::Draft07 => {
                common || matches!(keyword, "additionalItems" | "dependencies" | "definitions")
            }
            Self::OpenApi30 => {
                (common && !matches!(keyword, "$id" | "const" | "if" | "then" | "else"))
                    || matches!(
                        keyword,
                        "nullable" | "discriminator" | "example" | "xml" | "externalDocs"
                    )
            }
        }
    }

    /// The names of all keywords of the dialect, for suggestions.
    pub(crate) fn keywords(self) -> impl Iterator<Item = &'static str> {
        COMMON
            .iter()
            .chain(SINCE_2019)
            .chain(SINCE_2020)
            .copied()
            .filter(move |keyword| self.knows(keyword))
    }
}

const COMMON: &[&str] = &[
    "$schema",
    "$id",
    "$ref",
    "$comment",
    "title",
    "description",
    "default",
    "examples",
    "readOnly",
    "writeOnly",
    "type",
    "enum",
    "const",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "items",
    "maxItems",
    "minItems",
    "uniqueItems",
    "contains",
    "maxProperties",
    "minProperties",
    "required",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "if",
    "then",
    "else",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "format",
    "contentEncoding",
    "contentMediaType",
    "meaning",
    "x-meaning",
    "source",
    "definitions",
];

const SINCE_2019: &[&str] = &[
    "$anchor",
    "$defs",
    "$vocabulary",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedItems",
    "unevaluatedProperties",
    "maxContains",
    "minContains",
    "contentSchema",
    "deprecated",
];

const SINCE_2020: &[&str] = &[
    "$dynamicRef",
    "$dynamicAnchor",
    "prefixItems",
    "discriminator",
    "example",
    "xml",
    "externalDocs",
    "nullable",
];
