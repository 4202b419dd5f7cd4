//! A policy: what a team requires of its own records, in addition to the vendor.

use std::cmp::Ordering;
use std::str::FromStr;

use thiserror::Error;

use crate::values::number::{Bound, Number};

/// The words, people, currencies and amounts that a policy works with. Whatever is empty says
/// nothing; what is not is law: the rules of the group `policy` report what is outside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// The names of the policy's stages.
    pub stages: Vec<String>,
    /// The names of its pipelines.
    pub pipelines: Vec<String>,
    /// The IDs of the users who may own or work on a record.
    pub owners: Vec<String>,
    /// The ISO 4217 codes of the currencies that it deals in.
    pub currencies: Vec<String>,
    /// For a property whose meaning is a choice or a label, the words that it may have.
    pub choices: Vec<(String, Vec<String>)>,
    /// The least value of a deal, in whole units of its currency.
    pub least_value: Option<Amount>,
    /// The greatest value of a deal, in whole units of its currency.
    pub greatest_value: Option<Amount>,
}

impl Policy {
    /// A policy that says nothing.
    pub const EMPTY: Self = Self {
        stages: Vec::new(),
        pipelines: Vec::new(),
        owners: Vec::new(),
        currencies: Vec::new(),
        choices: Vec::new(),
        least_value: None,
        greatest_value: None,
    };

    /// Whether the policy says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::EMPTY
    }

    /// The words that a property may have; empty if the policy says nothing of it.
    #[must_use]
    pub fn choice(&self, property: &str) -> &[String] {
        self.choices
            .iter()
            .find(|(name, _)| name == property)
            .map_or(&[], |(_, words)| words)
    }
}

/// What is asked where there is no policy.
pub(crate) static EMPTY: Policy = Policy::EMPTY;

/// An exact amount in decimal digits, such as `250000` or `0.50`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    text: String,
    negative: bool,
    coefficient: u64,
    exponent: i16,
}

/// A text that was to be an amount is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an amount in decimal digits of which 19 at most count, such as 250000 or 0.50")]
pub struct ParseAmountError;

impl Amount {
    /// The amount as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the amount compares to another, exactly: `1.0` is `1`.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        Number::new(&self.text).compare(&other.shifted(0))
    }

    /// The amount times a power of ten, to be compared with.
    pub(crate) fn shifted(&self, power: i16) -> Bound<'static> {
        Bound {
            text: "",
            negative: self.negative,
            coefficient: self.coefficient,
            exponent: self.exponent + power,
            exclusive: false,
        }
    }
}

impl FromStr for Amount {
    type Err = ParseAmountError;

    /// Reads an optional minus sign, digits, and an optional point with digits after it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return Err(ParseAmountError),
            Some(parts) => parts,
            None => (digits, ""),
        };
        if whole.is_empty() {
            return Err(ParseAmountError);
        }
        let mut coefficient = 0u64;
        for byte in whole.bytes().chain(fraction.bytes()) {
            coefficient = Some(byte.wrapping_sub(b'0'))
                .filter(|digit| *digit <= 9)
                .and_then(|digit| coefficient.checked_mul(10)?.checked_add(u64::from(digit)))
                .ok_or(ParseAmountError)?;
        }
        let places = i16::try_from(fraction.len()).map_err(|_| ParseAmountError)?;
        Ok(Self {
            text: text.to_owned(),
            negative: text.starts_with('-') && coefficient != 0,
            coefficient,
            exponent: -places,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        let amount: Amount = "0.10".parse().unwrap();
        assert!(Number::new("0.1").compare(&amount.shifted(0)).is_eq());
        assert!(
            Number::new("0.1000000001")
                .compare(&amount.shifted(0))
                .is_gt()
        );
        assert!(Number::new("10").compare(&amount.shifted(2)).is_eq());
        let amount: Amount = "-5".parse().unwrap();
        assert!(Number::new("-4.99").compare(&amount.shifted(0)).is_gt());
        assert_eq!(amount.text(), "-5");
        assert!(amount.compare(&"-5.0".parse().unwrap()).is_eq());
        assert!(amount.compare(&"1".parse().unwrap()).is_lt());
        let nothing: Amount = "-0".parse().unwrap();
        assert!(Number::new("0").compare(&nothing.shifted(0)).is_eq());
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "", "-", ".", "1.", ".5", "1e3", "1,000", "+1", "1 ", "1.2.3", "ten",
        ] {
            assert_eq!(text.parse::<Amount>(), Err(ParseAmountError), "{text:?}");
        }
        assert!("18446744073709551615".parse::<Amount>().is_ok());
        assert!("18446744073709551616".parse::<Amount>().is_err());
        assert!(
            ["0.", &"0".repeat(40_000)]
                .concat()
                .parse::<Amount>()
                .is_err()
        );
    }

    #[test]
    fn a_policy_that_says_something_is_not_silent() {
        assert!(Policy::default().is_empty());
        let policy = Policy {
            choices: vec![("priority".to_owned(), vec!["low".to_owned()])],
            ..Policy::EMPTY
        };
        assert!(!policy.is_empty());
        assert_eq!(policy.choice("priority"), ["low".to_owned()]);
        assert!(policy.choice("fee_model").is_empty());
    }
}
