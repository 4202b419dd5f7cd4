//! The tables of one payload.

use std::fmt;

use crate::program::{Program, SchemaId};
use crate::values::number::Bound;
use crate::{FastPath, KeyIndex, Meaning, Property};

/// One checkable payload: a part of one operation of one system.
pub struct Contract<'c> {
    /// The payload's name, `<system>/<operation>/<part>`, e.g. `leadlex/create-deal/request`.
    pub id: &'c str,
    /// The operation's name, `<system>/<operation>`.
    pub operation: &'c str,
    /// Which part of the operation this is.
    pub part: Part,
    /// The system's name as its vendor writes it, e.g. `LeadLex`.
    pub system: &'c str,
    /// What the operation does, e.g. `Create a deal`.
    pub title: &'c str,
    /// The schema of the whole payload.
    pub root: &'c Schema<'c>,
    /// The whole JSON Schema, if the tables of one pass do not decide all of it.
    pub program: Option<ProgramTables<'c>>,
}

impl<'c> Contract<'c> {
    /// The program of a contract that was compiled at run time. The WebAssembly module compiles no
    /// contracts; there this is a constant, so that the code that runs programs is left out.
    #[must_use]
    pub const fn program(&self) -> Option<ProgramTables<'c>> {
        if cfg!(pipelint_module) {
            None
        } else {
            self.program
        }
    }
}

/// A program, and a table for each of its schemas, from which messages are made.
#[derive(Debug, Clone, Copy)]
pub struct ProgramTables<'c> {
    /// The program.
    pub program: &'c Program,
    /// The tables of its schemas, at their numbers.
    pub schemas: &'c [Schema<'c>],
}

/// Writes the name: the tables have thousands of lines.
impl fmt::Debug for Contract<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contract({})", self.id)
    }
}

/// A part of an operation that can be checked by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The body that is sent.
    Request,
    /// The body that comes back on success.
    Response,
    /// The request's headers, as one JSON object of strings.
    Headers,
    /// The parameters in the request's path, as one JSON object.
    Path,
    /// The body that comes back on failure.
    Error,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 5] = [
        Self::Request,
        Self::Response,
        Self::Headers,
        Self::Path,
        Self::Error,
    ];
}

impl Part {
    /// Whether a client sends it. Responses and error bodies are evidence of what a system has
    /// sent: no fix edits them.
    #[must_use]
    pub const fn is_sent(self) -> bool {
        !matches!(self, Self::Response | Self::Error)
    }

    /// The word that ends a payload's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Headers => "headers",
            Self::Path => "path",
            Self::Error => "error",
        }
    }
}

/// What is allowed at one place of a payload, and what it means there.
#[derive(Clone, Copy)]
pub struct Schema<'c> {
    /// The JSON types allowed.
    pub types: Types,
    /// What the value means to a salesperson; semantic rules hang on this.
    pub meaning: Meaning<'c>,
    /// The id, in the operation's notes, of the vendor's statement that this schema follows.
    pub source: &'c str,
    /// A name for people, or empty.
    pub title: &'c str,
    /// The only values allowed; empty if any is allowed.
    pub words: &'c [Literal<'c>],
    /// Limits that hold if the value is a string.
    pub text: Option<&'c TextLimits>,
    /// Limits that hold if the value is a number.
    pub number: Option<&'c NumberLimits<'c>>,
    /// Limits that hold if the value is an array.
    pub array: Option<&'c ArrayLimits<'c>>,
    /// The properties, if the value is an object.
    pub object: Option<&'c Object<'c>>,
    /// The JSON text of the value that the vendor assumes where none is given, or empty.
    pub default: &'c str,
    /// The schema in the contract's program that is checked once the value has been read, if the
    /// other fields do not decide all of it.
    pub extra: Option<SchemaId>,
    /// What tells ordinary values quickly. The engine of the crate `pipelint` works it out.
    pub fast_path: FastPath,
}

/// Writes types and meaning, and nothing of the schemas below: a schema can contain itself.
impl fmt::Debug for Schema<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema")
            .field("types", &self.types)
            .field("meaning", &self.meaning)
            .finish_non_exhaustive()
    }
}

impl Schema<'_> {
    /// The schema that allows everything and means nothing.
    pub const ANY: Self = Self {
        types: Types::ANY,
        meaning: Meaning::None,
        source: "",
        title: "",
        words: &[],
        text: None,
        number: None,
        array: None,
        object: None,
        default: "",
        extra: None,
        fast_path: FastPath::NONE,
    };
}

/// A set of JSON types.
#[derive(Default, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `true` and `false`.
    pub const BOOLEAN: Self = Self(2);
    /// Numbers whose exact value is a whole number, however they are written.
    pub const INTEGER: Self = Self(4);
    /// All numbers, whole ones included.
    pub const NUMBER: Self = Self(8);
    /// Strings.
    pub const STRING: Self = Self(16);
    /// Arrays.
    pub const ARRAY: Self = Self(32);
    /// Objects.
    pub const OBJECT: Self = Self(64);
    /// Every type.
    pub const ANY: Self = Self(0x7f);
    /// No type.
    pub const NONE: Self = Self(0);

    /// The type of that name in JSON Schema.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => return None,
        })
    }

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The types that both sets have.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The types that the set does not have.
    #[must_use]
    pub const fn complement(self) -> Self {
        Self(!self.0 & Self::ANY.0)
    }

    /// Whether the sets share a type.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The types' names as JSON Schema writes them, in a fixed order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        [
            (Self::STRING, "string"),
            (Self::INTEGER, "integer"),
            (Self::NUMBER, "number"),
            (Self::BOOLEAN, "boolean"),
            (Self::ARRAY, "array"),
            (Self::OBJECT, "object"),
            (Self::NULL, "null"),
        ]
        .into_iter()
        .filter(move |(one, _)| self.meets(*one))
        .map(|(_, name)| name)
    }
}

/// A scalar that a schema names in `enum` or `const`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literal<'c> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, by its exact value.
    Number(Bound<'c>),
    /// A string.
    String(&'c str),
}

/// Limits of a string.
#[derive(Debug)]
pub struct TextLimits {
    /// The fewest Unicode code points.
    pub min: u32,
    /// The most Unicode code points; `u32::MAX` if there is no limit.
    pub max: u32,
    /// The form that the text must have.
    pub format: Option<Format>,
}

/// The formats of text that a contract can require. The tables hold some of them, a program any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 3339 date-time.
    DateTime,
    /// RFC 3339 full-date.
    Date,
    /// RFC 3339 full-time.
    Time,
    /// ISO 8601 duration (RFC 3339, appendix A).
    Duration,
    /// E-mail address (RFC 5321 mailbox).
    Email,
    /// RFC 1123 hostname.
    Hostname,
    /// IPv4 address in dotted-decimal notation.
    Ipv4,
    /// IPv6 address (RFC 4291).
    Ipv6,
    /// URI (RFC 3986).
    Uri,
    /// URI reference (RFC 3986).
    UriReference,
    /// The text form of a UUID (RFC 9562), in either case.
    Uuid,
    /// JSON pointer (RFC 6901).
    JsonPointer,
    /// Regular expression (ECMA-262).
    Regex,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 13] = [
        Self::DateTime,
        Self::Date,
        Self::Time,
        Self::Duration,
        Self::Email,
        Self::Hostname,
        Self::Ipv4,
        Self::Ipv6,
        Self::Uri,
        Self::UriReference,
        Self::Uuid,
        Self::JsonPointer,
        Self::Regex,
    ];

    /// The name in JSON Schema.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Email => "email",
            Self::Hostname => "hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::Uuid => "uuid",
            Self::JsonPointer => "json-pointer",
            Self::Regex => "regex",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// A text in the format.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::DateTime => "2026-06-01T00:00:00Z",
            Self::Date => "2026-06-01",
            Self::Time => "12:30:00Z",
            Self::Duration => "P3DT4H",
            Self::Email => "anna@example.com",
            Self::Hostname => "crm.example.com",
            Self::Ipv4 => "192.0.2.1",
            Self::Ipv6 => "2001:db8::1",
            Self::Uri => "https://example.com/deals/1",
            Self::UriReference => "deals/1",
            Self::Uuid => "123e4567-e89b-12d3-a456-426614174000",
            Self::JsonPointer => "/deals/0/name",
            Self::Regex => "^[a-z]+$",
        }
    }
}

/// Limits of a number, each exact.
#[derive(Debug)]
pub struct NumberLimits<'c> {
    /// The least value.
    pub minimum: Option<Bound<'c>>,
    /// The greatest value.
    pub maximum: Option<Bound<'c>>,
    /// The value must be a whole multiple of this.
    pub multiple_of: Option<Bound<'c>>,
}

/// Limits of an array.
#[derive(Debug)]
pub struct ArrayLimits<'c> {
    /// The fewest items.
    pub min: u32,
    /// The most items; `u32::MAX` if there is no limit.
    pub max: u32,
    /// Whether no two items may be equal.
    pub unique: bool,
    /// What each item must be.
    pub items: Option<&'c Schema<'c>>,
}

/// The properties of an object.
#[derive(Debug)]
pub struct Object<'c> {
    /// The properties in the order of the vendor's page; at most 128.
    pub properties: &'c [Property<'c>],
    /// Which properties must be there: bit *i* stands for `properties[i]`.
    pub required: u128,
    /// Finds a property by its name.
    pub index: KeyIndex<'c>,
    /// What becomes of a key that no property names.
    pub additional: Additional,
    /// Whether names compare without regard to ASCII case, as HTTP header names do.
    pub ignore_case: bool,
}

/// What becomes of a key that no property names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Additional {
    /// Nothing is said.
    Allowed,
    /// A warning, with the nearest known name.
    Advised,
    /// An error.
    Refused,
}
