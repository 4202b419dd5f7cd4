//! `money/beyond-exact`: see `beyond_exact.md`.

use crate::contract::{Bound, Meanings};
use crate::messages::{
    MONEY_BEYOND_EXACT_HELP, MONEY_BEYOND_EXACT_HELP_INFINITE, MONEY_BEYOND_EXACT_MESSAGE,
    MONEY_BEYOND_EXACT_MESSAGE_INFINITE, param,
};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};
use crate::values::number::Number;

/// An amount of money is so large that most JSON readers do not keep it exactly.
pub(crate) static RULE: Rule = Rule {
    name: "money/beyond-exact",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::MONEY,
        when: Facts::LONG_NUMBER.or(Facts::FRACTIONAL),
        check,
        advises: false,
    },
    source: Source::Standard("RFC 8259, section 6"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("beyond_exact.md"),
    explain,
};

/// 2^53 - 1: up to here every whole number has a double of its own.
const MOST: Bound = Bound {
    text: "9007199254740991",
    negative: false,
    coefficient: 9_007_199_254_740_991,
    exponent: 0,
    exclusive: false,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if is_beyond(place.number()) && place.is_sent() {
        sink.report(place);
    }
}

/// Whether a double cannot hold every whole number up to this one.
pub(crate) fn is_beyond(number: Number<'_>) -> bool {
    let text = number.text();
    let size = Number::new(text.strip_prefix('-').unwrap_or(text));
    size.compare(&MOST).is_gt()
}

/// The greatest double, roughly: what is above is read as infinity, or refused.
const GREATEST: Bound<'static> = Bound {
    text: "1.7976931348623157e308",
    negative: false,
    coefficient: 17_976_931_348_623_157,
    exponent: 292,
    exclusive: false,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let text = place.source();
    let size = Number::new(text.strip_prefix('-').unwrap_or(text));
    if size.compare(&GREATEST).is_gt() {
        said.message(MONEY_BEYOND_EXACT_MESSAGE_INFINITE)
            .help(MONEY_BEYOND_EXACT_HELP_INFINITE);
    }
    said.message(MONEY_BEYOND_EXACT_MESSAGE)
        .help(MONEY_BEYOND_EXACT_HELP)
        .with(param::LIMIT, MOST.text);
}
