//! The numbers that recognize ordinary values of a schema in a few comparisons.
//!
//! An ordinary value is one that needs no diagnostic: plain text, whole numbers, `true` and `false`
//! within their limits. The engine of the crate `pipelint` works these numbers out from a schema
//! and from its rules, and reads them while it scans. Without them a value is checked keyword by
//! keyword.

use crate::Facts;

/// What an ordinary value of a schema is.
#[derive(Debug, Clone, Copy)]
pub struct FastPath {
    /// The kind of value.
    pub form: FastForm,
    /// The fewest bytes of a text, or digits of a whole number, and how many more it may have.
    pub length: [u32; 2],
    /// The least number, how much more it may be, and how many decimals it may have; the vendor's
    /// words for open, won and lost; or whether a date may lack a time.
    pub limits: [u64; 3],
    /// The facts that make a date not ordinary.
    pub gate: Facts,
    /// The facts about every ordinary value.
    pub facts: Facts,
}

impl FastPath {
    /// No value is ordinary.
    pub const NONE: Self = Self {
        form: FastForm::None,
        length: [0; 2],
        limits: [0; 3],
        gate: Facts::NONE,
        facts: Facts::NONE,
    };

    /// Whether ordinary values are whole numbers.
    #[inline(always)]
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self.form, FastForm::Whole)
    }

    /// Whether they are numbers between 0 and 1.
    #[inline(always)]
    #[must_use]
    pub const fn is_fraction(&self) -> bool {
        matches!(self.form, FastForm::Fraction)
    }

    /// Whether objects are ordinary, apart from the values inside them.
    #[inline(always)]
    #[must_use]
    pub const fn is_object(&self) -> bool {
        matches!(self.form, FastForm::Object)
    }

    /// Whether arrays without equal items are.
    #[inline(always)]
    #[must_use]
    pub const fn is_array(&self) -> bool {
        matches!(self.form, FastForm::Array)
    }

    /// Whether `true` and `false` are.
    #[inline(always)]
    #[must_use]
    pub const fn is_boolean(&self) -> bool {
        matches!(self.form, FastForm::Boolean)
    }
}

/// The kind of an ordinary value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FastForm {
    /// No value is ordinary.
    None,
    /// A number without sign, point and exponent.
    Whole,
    /// A number that starts with `0.`.
    Fraction,
    /// `true` or `false`.
    Boolean,
    /// An object, whatever it holds.
    Object,
    /// An array, whatever it holds.
    Array,
    /// A text.
    Text,
    /// A text without a long run of bytes other than spaces.
    Prose,
    /// Prose that begins with a letter and does not look like a stage's name.
    Name,
    /// A text that does not name a stage for what is won or lost.
    Stage,
    /// A text that looks like an ID.
    Id,
    /// A UUID of the RFC.
    Uuid,
    /// One of three words.
    Status,
    /// An ISO 4217 code.
    Currency,
    /// A date or a date-time.
    Date,
}
