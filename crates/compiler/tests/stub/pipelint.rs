//! The run-time types as the generated code knows them, with a plain search in place of the hash.

pub mod contract {
    #[derive(Debug)]
    pub struct Contract {
        pub id: &'static str,
        pub operation: &'static str,
        pub part: Part,
        pub system: &'static str,
        pub title: &'static str,
        pub root: &'static Schema,
    }
    #[derive(Debug, PartialEq)]
    pub enum Part { Request, Response, Headers, Path, Error }
    #[derive(Debug)]
    pub struct Schema {
        pub types: Types,
        pub meaning: Meaning,
        pub source: &'static str,
        pub title: &'static str,
        pub words: &'static [Literal],
        pub text: Option<&'static TextLimits>,
        pub number: Option<&'static NumberLimits>,
        pub array: Option<&'static ArrayLimits>,
        pub object: Option<&'static Object>,
        pub default: &'static str,
    }
    impl Schema {
        pub const ANY: Self = Self {
            types: Types::ANY, meaning: Meaning::None, source: "", title: "", words: &[], text: None,
            number: None, array: None, object: None, default: "",
        };
        pub const fn ready(self) -> Self { self }
    }
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct Types(u8);
    impl Types {
        pub const NULL: Self = Self(1);
        pub const BOOLEAN: Self = Self(2);
        pub const INTEGER: Self = Self(4);
        pub const NUMBER: Self = Self(8);
        pub const STRING: Self = Self(16);
        pub const ARRAY: Self = Self(32);
        pub const OBJECT: Self = Self(64);
        pub const ANY: Self = Self(127);
        pub const fn or(self, other: Self) -> Self { Self(self.0 | other.0) }
    }
    #[derive(Debug, PartialEq)]
    pub enum Literal { Null, Boolean(bool), Number(Bound), String(&'static str) }
    #[derive(Debug)]
    pub struct TextLimits { pub min: u32, pub max: u32, pub format: Option<Format> }
    #[derive(Debug, PartialEq)]
    pub enum Format { DateTime, Date, Uuid }
    #[derive(Debug)]
    pub struct NumberLimits {
        pub minimum: Option<Bound>,
        pub maximum: Option<Bound>,
        pub multiple_of: Option<Bound>,
    }
    #[derive(Debug, PartialEq)]
    pub struct Bound {
        pub text: &'static str,
        pub negative: bool,
        pub coefficient: u64,
        pub exponent: i16,
        pub exclusive: bool,
    }
    #[derive(Debug)]
    pub struct ArrayLimits {
        pub min: u32,
        pub max: u32,
        pub unique: bool,
        pub items: Option<&'static Schema>,
    }
    pub struct Object {
        pub properties: &'static [Property],
        pub required: u128,
        pub index: KeyIndex,
        pub additional: Additional,
        pub ignore_case: bool,
    }
    // Schemas may refer to themselves, so this prints names only.
    impl std::fmt::Debug for Object {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_list().entries(self.properties.iter().map(|one| one.name)).finish()
        }
    }
    #[derive(Debug, PartialEq)]
    pub enum Additional { Allowed, Advised, Refused }
    pub struct KeyIndex { pub names: &'static [&'static str], pub slots: &'static [u8] }
    impl KeyIndex {
        pub const fn new(names: &'static [&'static str], slots: &'static [u8]) -> Self {
            Self { names, slots }
        }
        pub const fn slots<const N: usize>(names: &[&str]) -> [u8; N] {
            assert!(N.is_power_of_two() && N >= 4 && N >= 2 * names.len());
            assert!(8 * N >= names.len() * names.len());
            [0; N]
        }
    }
    pub struct Property {
        pub name: &'static str,
        pub schema: &'static Schema,
        pub alias_of: Option<u8>,
    }
    impl Property {
        pub const fn new(name: &'static str, schema: &'static Schema, alias_of: Option<u8>) -> Self {
            Self { name, schema, alias_of }
        }
    }
    #[derive(Debug)]
    pub enum Meaning {
        None, Record(&'static str), Headers, RecordName, FreeText, Label,
        Choice(&'static [&'static str]), Status(&'static StatusWords), Stage, Pipeline,
        Probability(Scale), Money(&'static Money), CurrencyCode, CloseDate(&'static DateForm),
        FollowUpDate(&'static DateForm), Timestamp(&'static DateForm), Reference(&'static str),
        ReferenceList(&'static str), Tags, Flag, Credential(&'static Credential), IdempotencyKey,
        ContentType(&'static str), Email,
    }
    #[derive(Debug)]
    pub struct StatusWords { pub open: &'static str, pub won: &'static str, pub lost: &'static str }
    #[derive(Debug)]
    pub enum Scale { Percent, Fraction }
    #[derive(Debug)]
    pub enum Unit { Major, Minor }
    #[derive(Debug)]
    pub struct Money {
        pub unit: Unit,
        pub currency_in: Option<u8>,
        pub currency_is: &'static str,
        pub disputed: bool,
    }
    #[derive(Debug)]
    pub enum Form { DateTime, DateOrDateTime }
    #[derive(Debug)]
    pub struct DateForm { pub form: Form, pub future: bool }
    #[derive(Debug)]
    pub struct Credential { pub scheme: &'static str, pub prefix: &'static str }
}
