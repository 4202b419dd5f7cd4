//! Amounts and currencies.

use std::fmt;
use std::str::FromStr;

use iso_currency::Currency;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::contract::Types;

use super::shape::{Shape, Shaped};

/// An amount in whole cents.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Cents(pub i64);

/// An amount in whole dollars.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Dollars(pub i64);

impl From<i64> for Cents {
    fn from(cents: i64) -> Self {
        Self(cents)
    }
}

impl From<i64> for Dollars {
    fn from(dollars: i64) -> Self {
        Self(dollars)
    }
}

impl From<Dollars> for Cents {
    /// Saturates at the ends of the range.
    fn from(dollars: Dollars) -> Self {
        Self(dollars.0.saturating_mul(100))
    }
}

impl Shaped for Cents {
    const SHAPE: Shape = Shape::of(Types::INTEGER);
}

impl Shaped for Dollars {
    const SHAPE: Shape = Shape::of(Types::INTEGER);
}

/// A currency's code of three letters, `EUR`. It may also be a code that is no longer in use,
/// which [`Currency`] does not know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CurrencyCode([u8; 3]);

/// A text does not consist of three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a currency code has three capital letters, as in EUR")]
pub struct CurrencyCodeError;

impl CurrencyCode {
    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII letters come in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The currency, if it is one in use.
    #[must_use]
    pub fn currency(self) -> Option<Currency> {
        Currency::from_code(self.as_str())
    }
}

impl From<Currency> for CurrencyCode {
    fn from(currency: Currency) -> Self {
        let mut code = [b'X'; 3];
        for (letter, byte) in code.iter_mut().zip(currency.code().bytes()) {
            *letter = byte;
        }
        Self(code)
    }
}

impl FromStr for CurrencyCode {
    type Err = CurrencyCodeError;

    fn from_str(text: &str) -> Result<Self, CurrencyCodeError> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Self(code)),
            _ => Err(CurrencyCodeError),
        }
    }
}

impl TryFrom<String> for CurrencyCode {
    type Error = CurrencyCodeError;

    fn try_from(text: String) -> Result<Self, CurrencyCodeError> {
        text.parse()
    }
}

impl From<CurrencyCode> for String {
    fn from(code: CurrencyCode) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Shaped for CurrencyCode {
    const SHAPE: Shape = Shape::of(Types::STRING);
}
