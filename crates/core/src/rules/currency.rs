//! Faults of currency codes.

use crate::document::short;
use crate::values::currency::{self, CurrencyStatus};

use super::{Rule, RuleContext, Sink};

pub(crate) mod minor_unit;
pub(crate) mod not_tender;
pub(crate) mod unknown;
pub(crate) mod withdrawn;
pub(crate) mod without_money;
pub(crate) mod wrong_case;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[
    &unknown::RULE,
    &minor_unit::RULE,
    &wrong_case::RULE,
    &withdrawn::RULE,
    &not_tender::RULE,
    &without_money::RULE,
];

/// What a text says as a currency code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// ISO 4217 knows it.
    Known(CurrencyStatus),
    /// ISO 4217 knows it in capital letters.
    WrongCase,
    /// Financial markets write it for the minor unit of this currency.
    MinorUnit(&'static str),
    /// ISO 4217 does not know it.
    Unknown,
}

/// What the value at that place says as a currency code, if none of these rules has said it
/// already: it is one thing alone.
pub(crate) fn untold(place: &RuleContext<'_>, sink: &Sink<'_>) -> Option<Code> {
    (!sink.has_reported(RULES, place)).then(|| kind(place))
}

/// What the value at that place says as a currency code.
pub(crate) fn kind(place: &RuleContext<'_>) -> Code {
    let mut room = None;
    let code = short(place.inner_bytes(), place.node().flags, &mut room);
    let Some(letters) = code.and_then(|code| <[u8; 3]>::try_from(code).ok()) else {
        return Code::Unknown;
    };
    if let Some(code) = currency::of_minor_unit(letters) {
        return Code::MinorUnit(code);
    }
    let capitals = letters.map(|letter| letter.to_ascii_uppercase());
    match currency::standing_of(capitals) {
        Some(standing) if capitals == letters => Code::Known(standing),
        Some(_) => Code::WrongCase,
        None => Code::Unknown,
    }
}
