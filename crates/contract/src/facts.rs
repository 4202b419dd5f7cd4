//! Facts: cheap observations about a value, one bit each.
//!
//! Every value is looked at once. A rule names the facts that call it, so a rule that has nothing
//! to say of a value costs nothing but its share of one comparison.

use std::ops::BitOr;

/// A set of facts about a value, or about the values of one object together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts(u64);

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($name),* }
        impl Facts {
            $($(#[$doc])* pub const $name: Self = Self(1 << Bit::$name as u64);)*
        }
    };
}

// Of the facts about an object that call a rule together, the rarest comes first.
facts! {
    /// A string that is empty or may start with white space.
    BLANK
    /// A string that may have white space at its start or end.
    PADDED
    /// A string of words with a character that may be invisible, for machines, or wrongly decoded.
    ODD
    /// An ID that is short, has no digit, or is a UUID of no RFC version.
    ODD_ID
    /// There is a credential.
    CREDENTIAL
    /// A content type that is not exactly the vendor's.
    OTHER_MEDIA_TYPE
    /// A key of the caller that is longer than any vendor keeps.
    LONG_KEY
    /// A string with an escape.
    ESCAPED
    /// A string with a character outside ASCII.
    NON_ASCII
    /// A string with at least 20 bytes in a row that are not spaces.
    UNBROKEN
    /// A text that may contain an HTML entity.
    ENTITY
    /// A string that starts with a bracket, or has the length and first letter of a placeholder.
    PLACEHOLDER
    /// A string with no ASCII letter at its start.
    NO_LETTER_FIRST
    /// A number below zero.
    NEGATIVE
    /// A number that is zero.
    ZERO
    /// A number with a point or an exponent.
    FRACTIONAL
    /// A number whose text is long.
    LONG_NUMBER
    /// A probability strictly between impossible and certain.
    UNCERTAIN
    /// A probability in percent that is above zero and below one.
    BELOW_ONE
    /// A probability that is certain: 100 percent, or more where the contract does not bound it.
    CERTAIN
    /// A status of the open, won and lost kinds.
    OPEN
    /// See `OPEN`.
    WON
    /// See `OPEN`.
    LOST
    /// A code that is not a currency in use as money.
    NOT_TENDER
    /// A date that cannot be read.
    NOT_A_DATE
    /// A date or date-time that is over.
    PAST
    /// A date-time that is not after now.
    NOT_FUTURE
    /// A date before 1990.
    OLD
    /// A date more than ten years ahead.
    FAR
    /// A date-time with a 60th second.
    LEAP_SECOND
    /// A date or date-time without zone where either is allowed.
    NO_ZONE
    /// An array with at least two items, of which two may be alike but for their case.
    SEVERAL
    /// An amount in minor units with at most three characters.
    SHORT_AMOUNT
    /// An amount in major units with at least ten characters.
    LONG_AMOUNT
    /// There is an amount of money whose currency is in a field of its own.
    MONEY
    /// There is a currency code.
    CURRENCY
    /// There is a property beside another whose alias it is.
    ALIAS
    /// There is a follow-up date.
    FOLLOW_UP
    /// There is a close date.
    CLOSE_DATE
    /// There is a stage's name, or a record's, with a first or last letter like those of won and
    /// lost.
    STAGE
    /// There is a probability.
    PROBABILITY
    /// There is a value at all; called for every value of the rule's meanings.
    PRESENT
}

impl Facts {
    /// The first of them, in the order of their declaration.
    #[must_use]
    pub const fn first(self) -> Self {
        Self(self.0 & self.0.wrapping_neg())
    }

    /// No fact.
    pub const NONE: Self = Self(0);

    /// The facts that the two lowest flags of a string are: bit 0 for an escape, bit 1 for a
    /// character outside ASCII.
    #[inline]
    #[must_use]
    pub const fn of_flags(flags: u8) -> Self {
        const { assert!(Self::NON_ASCII.0 == Self::ESCAPED.0 << 1) }
        Self((flags & 3) as u64 * Self::ESCAPED.0)
    }

    /// One bit for each fact.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the sets share a fact.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every fact of `other` is here.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// This set if the condition holds, else none.
    #[inline]
    #[must_use]
    pub const fn when(self, condition: bool) -> Self {
        Self(self.0 * condition as u64)
    }
}

impl BitOr for Facts {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}
