//! Exact decimal numbers.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;
use thiserror::Error;

use crate::contract::Types;

use super::shape::{Shape, Shaped};

/// The name by which pipelint's own reader knows that a number's text is wanted.
pub(super) const NAME: &str = "$pipelint::Decimal";

/// The most digits, before and after the point together.
const DIGITS: u32 = 38;

/// An exact decimal number of at most 38 digits: `0.1` is one tenth, not a binary neighbour of it.
///
/// It is read from a number's text by [`parse`](super::parse), and written as a JSON number with
/// exactly its value. Other readers than pipelint's hand over a binary float; then the shortest
/// decimal that stands for that float is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Decimal {
    /// Without trailing zeros, unless `scale` is 0.
    coefficient: i128,
    /// How many digits follow the point; at most 38.
    scale: u32,
}

/// A text or a float is no decimal number of at most 38 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a decimal number of at most 38 digits")]
pub struct DecimalError;

impl Decimal {
    /// The number `coefficient` × 10^-`scale`.
    ///
    /// # Errors
    /// If it has more than 38 digits.
    pub fn new(coefficient: i128, scale: u32) -> Result<Self, DecimalError> {
        let (mut coefficient, mut scale) = (coefficient, scale);
        while scale > 0 && coefficient % 10 == 0 {
            if coefficient == 0 {
                scale = 0;
                break;
            }
            coefficient /= 10;
            scale -= 1;
        }
        let most = 10_u128.pow(DIGITS);
        if scale > DIGITS || coefficient.unsigned_abs() >= most {
            return Err(DecimalError);
        }
        if coefficient == 0 {
            scale = 0;
            coefficient = 0;
        }
        Ok(Self { coefficient, scale })
    }

    /// The coefficient, and the number of digits after the point.
    #[must_use]
    pub const fn parts(self) -> (i128, u32) {
        (self.coefficient, self.scale)
    }

    /// The nearest binary float.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// The whole part, and the rest in units of 10^-38; both have the number's sign.
    fn split(self) -> (i128, i128) {
        let one = 10_i128.pow(self.scale);
        let rest = self.coefficient % one;
        (
            self.coefficient / one,
            rest * 10_i128.pow(DIGITS - self.scale),
        )
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.split().cmp(&other.split())
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    /// Reads a number as JSON writes them: `-12.50e-3`.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                if unsigned.is_empty() || !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(DecimalError);
                }
                // An exponent that is out of range is still right for a coefficient of zero.
                let far = if exponent.starts_with('-') {
                    i64::from(i32::MIN)
                } else {
                    i64::from(i32::MAX)
                };
                (mantissa, exponent.parse().unwrap_or(far))
            }
            None => (digits, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return Err(DecimalError),
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        if whole.is_empty() {
            return Err(DecimalError);
        }
        let mut coefficient: i128 = 0;
        // Zeros count only once a digit follows them, so that long texts of small numbers fit.
        let mut zeros = 0_u32;
        let mut scale = -exponent.clamp(i64::from(i32::MIN), i64::from(i32::MAX));
        for (place, byte) in whole.bytes().chain(fraction.bytes()).enumerate() {
            if !byte.is_ascii_digit() {
                return Err(DecimalError);
            }
            if place >= whole.len() {
                scale += 1;
            }
            if byte == b'0' {
                zeros += u32::from(coefficient != 0);
                continue;
            }
            let shift = 10_i128.checked_pow(zeros + 1).ok_or(DecimalError)?;
            coefficient = coefficient
                .checked_mul(shift)
                .and_then(|shifted| shifted.checked_add(i128::from(byte - b'0')))
                .ok_or(DecimalError)?;
            zeros = 0;
        }
        if coefficient == 0 {
            return Ok(Self::default());
        }
        scale -= i64::from(zeros);
        if negative {
            coefficient = -coefficient;
        }
        if scale < 0 {
            let power = u32::try_from(-scale).map_err(|_| DecimalError)?;
            let shift = 10_i128.checked_pow(power).ok_or(DecimalError)?;
            coefficient = coefficient.checked_mul(shift).ok_or(DecimalError)?;
            scale = 0;
        }
        Self::new(coefficient, u32::try_from(scale).map_err(|_| DecimalError)?)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.coefficient < 0 {
            f.write_str("-")?;
        }
        let one = 10_u128.pow(self.scale);
        let size = self.coefficient.unsigned_abs();
        write!(f, "{}", size / one)?;
        if self.scale > 0 {
            write!(f, ".{:0places$}", size % one, places = self.scale as usize)?;
        }
        Ok(())
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Decimal {
            fn from(value: $integer) -> Self {
                Self { coefficient: i128::from(value), scale: 0 }
            }
        }
    )*};
}
from_integers!(u8 i8 u16 i16 u32 i32 u64 i64);

impl TryFrom<f64> for Decimal {
    type Error = DecimalError;

    /// Takes the shortest decimal that stands for the float.
    fn try_from(value: f64) -> Result<Self, DecimalError> {
        if value.is_finite() {
            format!("{value:e}").parse()
        } else {
            Err(DecimalError)
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.scale == 0
            && let Ok(integer) = i64::try_from(self.coefficient)
        {
            return serializer.serialize_i64(integer);
        }
        let float = self.to_f64();
        if Self::try_from(float) == Ok(*self) {
            return serializer.serialize_f64(float);
        }
        RawValue::from_string(self.to_string())
            .map_err(S::Error::custom)?
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NAME, Text)
    }
}

/// Takes the number's text from pipelint's own reader, and asks others for a number.
struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number of at most 38 digits")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Decimal, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Decimal, D::Error> {
        deserializer.deserialize_any(Number)
    }
}

struct Number;

impl Visitor<'_> for Number {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Text.expecting(f)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decimal, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decimal, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decimal, E> {
        value.try_into().map_err(E::custom)
    }
}

impl Shaped for Decimal {
    const SHAPE: Shape = Shape::of(Types::NUMBER);
}
