//! What a field means in sales, apart from its name and its JSON type.

/// The meaning of a field. Semantic rules are written against these, never against field names.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Meaning<'c> {
    /// Nothing that a rule could know of.
    None,
    /// A whole record; the word is what people call it, e.g. `deal`.
    Record(&'c str),
    /// HTTP headers: names compare without regard to case.
    Headers,
    /// The name of a record.
    RecordName,
    /// Notes, descriptions.
    FreeText,
    /// A short word or title from the user's own world.
    Label,
    /// One word of an open list; the vendor's known words, or none.
    Choice(&'c [&'c str]),
    /// Whether a record is open, won or lost.
    Status(&'c StatusWords<'c>),
    /// A stage by its name.
    Stage,
    /// A pipeline by its name.
    Pipeline,
    /// The chance of winning.
    Probability(Scale),
    /// An amount of money.
    Money(&'c Money<'c>),
    /// An ISO 4217 code.
    CurrencyCode,
    /// The day on which the deal is expected to close.
    CloseDate(&'c DateForm),
    /// The day of the next contact.
    FollowUpDate(&'c DateForm),
    /// When something happened.
    Timestamp(&'c DateForm),
    /// The ID of another record, of the kind named.
    Reference(&'c str),
    /// A list of IDs of records of the kind named.
    ReferenceList(&'c str),
    /// A list of labels.
    Tags,
    /// A yes or no.
    Flag,
    /// A secret that gives access. Its value is never printed.
    Credential(&'c Credential<'c>),
    /// A key that makes a repeated request harmless.
    IdempotencyKey,
    /// A media type; the one that the vendor wants.
    ContentType(&'c str),
    /// An e-mail address.
    Email,
}

/// The vendor's words for the three states of a record.
#[derive(Debug)]
pub struct StatusWords<'c> {
    /// Still in play.
    pub open: &'c str,
    /// Won.
    pub won: &'c str,
    /// Lost.
    pub lost: &'c str,
}

/// How a probability is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// From 0 to 100.
    Percent,
    /// From 0 to 1.
    Fraction,
}

/// How an amount of money is written.
#[derive(Debug)]
pub struct Money<'c> {
    /// What 1 stands for.
    pub unit: Unit,
    /// The index of the sibling property that holds the currency's code.
    pub currency_in: Option<u8>,
    /// The currency that the vendor fixes, or empty.
    pub currency_is: &'c str,
    /// Whether the vendor's pages contradict each other about the unit.
    pub disputed: bool,
}

/// What 1 stands for in an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// One dollar, euro, yen.
    Major,
    /// One cent.
    Minor,
}

/// How a date is written and what the vendor says of it.
#[derive(Debug)]
pub struct DateForm {
    /// The forms taken.
    pub form: Form,
    /// Whether the vendor refuses a date that is not after now.
    pub future: bool,
}

/// The forms of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An RFC 3339 date-time with its zone.
    DateTime,
    /// An ISO 8601 date, or a date-time.
    DateOrDateTime,
}

/// How a credential is sent.
#[derive(Debug)]
pub struct Credential<'c> {
    /// The word before it, e.g. `Bearer`.
    pub scheme: &'c str,
    /// What the vendor's keys begin with, or empty.
    pub prefix: &'c str,
}

/// A set of meanings, for rules that hold for several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meanings(u32);

macro_rules! meanings {
    ($($(#[$doc:meta])* $name:ident = $pattern:pat),* $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($name),* }
        impl Meanings {
            $($(#[$doc])* pub const $name: Self = Self(1 << Bit::$name as u32);)*
        }
        impl Meaning<'_> {
            /// The place of this meaning in tables of meanings, below [`Meanings::COUNT`].
            #[inline]
            #[must_use]
            pub const fn number(&self) -> usize {
                match self { $($pattern => Bit::$name as usize),* }
            }
        }
        /// The name of each meaning, such as `FREE_TEXT`, at its number.
        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

meanings! {
    /// [`Meaning::None`].
    NONE = Meaning::None,
    /// [`Meaning::Record`].
    RECORD = Meaning::Record(_),
    /// [`Meaning::Headers`].
    HEADERS = Meaning::Headers,
    /// [`Meaning::RecordName`].
    RECORD_NAME = Meaning::RecordName,
    /// [`Meaning::FreeText`].
    FREE_TEXT = Meaning::FreeText,
    /// [`Meaning::Label`].
    LABEL = Meaning::Label,
    /// [`Meaning::Choice`].
    CHOICE = Meaning::Choice(_),
    /// [`Meaning::Status`].
    STATUS = Meaning::Status(_),
    /// [`Meaning::Stage`].
    STAGE = Meaning::Stage,
    /// [`Meaning::Pipeline`].
    PIPELINE = Meaning::Pipeline,
    /// [`Meaning::Probability`].
    PROBABILITY = Meaning::Probability(_),
    /// [`Meaning::Money`].
    MONEY = Meaning::Money(_),
    /// [`Meaning::CurrencyCode`].
    CURRENCY_CODE = Meaning::CurrencyCode,
    /// [`Meaning::CloseDate`].
    CLOSE_DATE = Meaning::CloseDate(_),
    /// [`Meaning::FollowUpDate`].
    FOLLOW_UP_DATE = Meaning::FollowUpDate(_),
    /// [`Meaning::Timestamp`].
    TIMESTAMP = Meaning::Timestamp(_),
    /// [`Meaning::Reference`].
    REFERENCE = Meaning::Reference(_),
    /// [`Meaning::ReferenceList`].
    REFERENCE_LIST = Meaning::ReferenceList(_),
    /// [`Meaning::Tags`].
    TAGS = Meaning::Tags,
    /// [`Meaning::Flag`].
    FLAG = Meaning::Flag,
    /// [`Meaning::Credential`].
    CREDENTIAL = Meaning::Credential(_),
    /// [`Meaning::IdempotencyKey`].
    IDEMPOTENCY_KEY = Meaning::IdempotencyKey,
    /// [`Meaning::ContentType`].
    CONTENT_TYPE = Meaning::ContentType(_),
    /// [`Meaning::Email`].
    EMAIL = Meaning::Email,
}

impl Meanings {
    /// How many meanings a table has room for.
    pub const COUNT: usize = 32;
    /// No meaning.
    pub const EMPTY: Self = Self(0);
    /// Every meaning.
    pub const ALL: Self = Self(u32::MAX);
    /// Dates of all kinds.
    pub const DATES: Self = Self::CLOSE_DATE
        .or(Self::FOLLOW_UP_DATE)
        .or(Self::TIMESTAMP);
    /// Text that people write: names of records, free text and labels.
    pub const PROSE: Self = Self::RECORD_NAME.or(Self::FREE_TEXT).or(Self::LABEL);
    /// Words that people write and read: everything but codes, IDs, dates and secrets.
    pub const WORDS: Self = Self::RECORD_NAME
        .or(Self::FREE_TEXT)
        .or(Self::LABEL)
        .or(Self::CHOICE)
        .or(Self::STAGE)
        .or(Self::PIPELINE);

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The names of all meanings, as schemas write them: `free-text`, `record-name`.
    pub fn names() -> impl Iterator<Item = String> {
        NAMES
            .iter()
            .map(|name| name.to_ascii_lowercase().replace('_', "-"))
    }

    /// The meaning of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let as_written = |byte: u8| match byte {
            b'_' => b'-',
            other => other.to_ascii_lowercase(),
        };
        let number = NAMES
            .iter()
            .position(|known| known.bytes().map(as_written).eq(name.bytes()))?;
        Some(Self(1 << number))
    }

    /// Whether the meaning with this number is in the set.
    #[must_use]
    pub const fn has(self, number: usize) -> bool {
        self.0 >> number & 1 != 0
    }

    /// Whether the meaning is in the set.
    #[must_use]
    pub const fn contains(self, meaning: &Meaning<'_>) -> bool {
        self.has(meaning.number())
    }
}
