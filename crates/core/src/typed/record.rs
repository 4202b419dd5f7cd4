//! Macros for records and words: one table each, from which types, builders and shapes
//! follow, so that none of them can disagree with another.

/// Makes a record: a struct, its builder, its shape. Before each property stands its JSON name.
macro_rules! record {
    (
        $(#[$about:meta])*
        pub struct $record:ident {
            required {
                $($(#[$required_about:meta])* $required_name:literal $required:ident: $required_type:ty,)*
            }
            optional {
                $($(#[$optional_about:meta])* $optional_name:literal $optional:ident: $optional_type:ty,)*
            }
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub struct $record {
            $(
                $(#[$required_about])*
                #[serde(rename = $required_name)]
                pub $required: $required_type,
            )*
            $(
                $(#[$optional_about])*
                #[serde(
                    rename = $optional_name,
                    default,
                    skip_serializing_if = "crate::typed::BuilderField::is_empty"
                )]
                pub $optional: $optional_type,
            )*
        }

        /// Writes the properties; keys and tokens in them are replaced.
        impl std::fmt::Debug for $record {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($record))
                    $(.field(stringify!($required), &crate::typed::Shown(&self.$required)))*
                    $(.field(stringify!($optional), &crate::typed::Shown(&self.$optional)))*
                    .finish()
            }
        }

        impl $record {
            /// Starts a record with the properties that the vendor requires.
            pub fn builder($($required: impl Into<$required_type>),*) -> crate::typed::Builder<Self> {
                crate::typed::Builder(Self {
                    $($required: $required.into(),)*
                    $($optional: Default::default(),)*
                })
            }
        }

        impl crate::typed::Builder<$record> {
            $(
                $(#[$optional_about])*
                pub fn $optional(
                    mut self,
                    value: impl Into<<$optional_type as crate::typed::BuilderField>::Given>,
                ) -> Self {
                    self.0.$optional = crate::typed::BuilderField::filled(value.into());
                    self
                }
            )*
        }

        impl crate::typed::Shaped for $record {
            const SHAPE: crate::typed::Shape = crate::typed::Shape {
                fields: &[
                    $(crate::typed::FieldShape {
                        name: $required_name,
                        required: true,
                        shape: <$required_type as crate::typed::Shaped>::SHAPE,
                    },)*
                    $(crate::typed::FieldShape {
                        name: $optional_name,
                        required: false,
                        shape: <$optional_type as crate::typed::Shaped>::SHAPE,
                    },)*
                ],
                ..crate::typed::Shape::of(crate::contract::Types::OBJECT)
            };
        }
    };
}

/// Makes an enum of a closed list of words.
macro_rules! string_enum {
    (
        $(#[$about:meta])*
        pub enum $words:ident {
            $($(#[$word_about:meta])* $word:ident = $text:literal,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $words {
            $($(#[$word_about])* #[serde(rename = $text)] $word,)*
        }

        impl $words {
            /// Every word, in the order of the vendor's page.
            pub const ALL: &[Self] = &[$(Self::$word),*];

            /// The word as the vendor writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $text,)*
                }
            }
        }

        impl crate::typed::Shaped for $words {
            const SHAPE: crate::typed::Shape = crate::typed::Shape {
                words: &[$($text),*],
                ..crate::typed::Shape::of(crate::contract::Types::STRING)
            };
        }
    };
}

pub(super) use {record, string_enum};
