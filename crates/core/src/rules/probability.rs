//! Faults of the chance of winning.

use crate::contract::{Meaning, Meanings, Scale};
use crate::document::{Kind, Short};
use crate::values::number::{Bound, Number};

use super::classify::{HUNDRED, ONE};
use super::{Rule, RuleContext};

pub(crate) mod decided_while_open;
pub(crate) mod fraction_for_percent;
pub(crate) mod lost_above_zero;
pub(crate) mod numeric_string;
pub(crate) mod out_of_range;
pub(crate) mod percent_for_fraction;
pub(crate) mod too_many_decimals;
pub(crate) mod won_below_certain;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &numeric_string::RULE,
    &fraction_for_percent::RULE,
    &percent_for_fraction::RULE,
    &out_of_range::RULE,
    &too_many_decimals::RULE,
    &won_below_certain::RULE,
    &lost_above_zero::RULE,
    &decided_while_open::RULE,
];

/// Whether the record that holds a probability is won, as its status says.
pub(crate) fn is_won(place: &RuleContext<'_>) -> bool {
    let Some(record) = place.holder() else {
        return false;
    };
    record.members_meaning(Meanings::STATUS).any(|status| {
        let Meaning::Status(words) = &status.schema.meaning else {
            return false;
        };
        let mut room = Short::new();
        status.node().kind == Kind::String && status.short(&mut room) == Some(words.won)
    })
}

/// The certain end of a scale.
pub(crate) const fn certain(scale: Scale) -> &'static Bound<'static> {
    match scale {
        Scale::Percent => &HUNDRED,
        Scale::Fraction => &ONE,
    }
}

/// A little more than certain, as a fraction of one: `1.0000000000000002` is a rounding error of
/// binary fractions, not a percentage.
const SLIP: Bound<'static> = Bound {
    text: "1.001",
    negative: false,
    coefficient: 1001,
    exponent: -3,
    exclusive: false,
};

/// Whether a number is so little above certain that it can only be a rounding error.
pub(crate) fn is_slip(number: Number<'_>, scale: Scale) -> bool {
    let bound = Bound {
        exponent: SLIP.exponent
            + if matches!(scale, Scale::Percent) {
                2
            } else {
                0
            },
        ..SLIP
    };
    number.compare(certain(scale)).is_gt() && number.compare(&bound).is_lt()
}

/// The shortest decimal nearby: the error of binary fractions is removed, unless that would make
/// a chance certain or impossible. `30.000000000000004` becomes `30`.
pub(crate) fn tidied(exact: String, scale: Scale) -> String {
    /// Binary fractions keep 15 digits; fewer are left where the rest is an error.
    const KEPT: usize = 12;
    const MOST: usize = 9;
    let significant = |text: &str| {
        let digits = text.bytes().filter(u8::is_ascii_digit);
        digits.skip_while(|digit| *digit == b'0').count()
    };
    let count = significant(&exact);
    if count < 15 {
        return exact;
    }
    let decimals = exact
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let kept = decimals.saturating_sub(count - KEPT);
    match Number::new(&exact).rounded_text(kept as u32) {
        Some(short) if significant(&short) <= MOST && is_between(Number::new(&short), scale) => {
            short
        }
        _ => exact,
    }
}

/// Whether a chance is neither impossible nor certain.
fn is_between(number: Number<'_>, scale: Scale) -> bool {
    !number.is_zero() && !number.is_negative() && number.compare(certain(scale)).is_lt()
}

/// A chance rounded to so many decimals. One that would become certain is rounded down; `None` if
/// it would become impossible.
pub(crate) fn rounded(exact: &str, decimals: u32, scale: Scale) -> Option<String> {
    let number = Number::new(exact);
    let text = number.rounded_text(decimals)?;
    if !is_between(number, scale) || is_between(Number::new(&text), scale) {
        return Some(text);
    }
    let point = exact.find('.').filter(|_| !Number::new(&text).is_zero())?;
    let end = if decimals == 0 {
        point
    } else {
        point + 1 + decimals as usize
    };
    exact.get(..end).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_errors_go_and_certainty_is_never_made() {
        for (exact, short) in [
            ("30.000000000000004", "30"),
            ("99.99999999999999", "99.99999999999999"),
            ("33.333333333333336", "33.333333333333336"),
            ("12.5", "12.5"),
            ("0.00000000000000001", "0.00000000000000001"),
            ("7.000000000000001", "7"),
            ("29.999999999999996", "30"),
        ] {
            assert_eq!(tidied(exact.to_owned(), Scale::Percent), short);
        }
        for (exact, decimals, text) in [
            ("99.5", 0, Some("99")),
            ("99.9", 0, Some("99")),
            ("12.5", 0, Some("13")),
            ("0.4", 0, None),
            ("75", 0, Some("75")),
            ("99.996", 2, Some("99.99")),
        ] {
            assert_eq!(
                rounded(exact, decimals, Scale::Percent).as_deref(),
                text,
                "{exact}"
            );
        }
        assert_eq!(
            rounded("0.99999", 4, Scale::Fraction).as_deref(),
            Some("0.9999")
        );
        for (text, scale, slip) in [
            ("1.0000000000000002", Scale::Fraction, true),
            ("1.00001", Scale::Fraction, true),
            ("1.5", Scale::Fraction, false),
            ("1", Scale::Fraction, false),
            ("100.00000000000001", Scale::Percent, true),
            ("101", Scale::Percent, false),
        ] {
            assert_eq!(is_slip(Number::new(text), scale), slip, "{text}");
        }
    }
}
