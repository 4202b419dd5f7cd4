//! `money/fraction-of-a-cent`: see `fraction_of_a_cent.md`.

use crate::contract::{Meaning, Meanings, Unit};
use crate::document::Kind;
use crate::messages::{
    MONEY_FRACTION_OF_A_CENT_FIX, MONEY_FRACTION_OF_A_CENT_HELP,
    MONEY_FRACTION_OF_A_CENT_HELP_MAJOR, MONEY_FRACTION_OF_A_CENT_MESSAGE, param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    money, page, replacement, schema,
};
use crate::values::number::Number;

/// An amount in minor units, such as cents, is not a whole number.
pub(crate) static RULE: Rule = Rule {
    name: "money/fraction-of-a-cent",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::MONEY,
        when: Facts::FRACTIONAL,
        check,
        advises: true,
    },
    source: Source::Meaning,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("fraction_of_a_cent.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if is_minor(place) && !place.number().is_integer() && place.is_sent() {
        sink.report(place);
    }
}

fn is_minor(place: &RuleContext<'_>) -> bool {
    matches!(place.schema.meaning, Meaning::Money(money) if money.unit == Unit::Minor)
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let whole_asked = place.is_about(&schema::type_::RULE)
        && place.node().kind == Kind::Number
        && is_minor(place);
    if !whole_asked && !place.is_about(&RULE) {
        return;
    }
    said.message(MONEY_FRACTION_OF_A_CENT_MESSAGE);
    let digits = money::digits(place).unwrap_or(2);
    let minor = place
        .number()
        .shifted_text(i32::from(digits))
        .filter(|text| Number::new(text).is_integer())
        .filter(|text| replacement::judged(place.schema, text, place.now).is_some());
    match minor {
        Some(text) => said
            .help(MONEY_FRACTION_OF_A_CENT_HELP_MAJOR)
            .copy(param::MINOR, &text)
            .fix(
                MONEY_FRACTION_OF_A_CENT_FIX,
                Applicability::Unsafe,
                replacement::replace(place, text),
            ),
        None => said.help(MONEY_FRACTION_OF_A_CENT_HELP),
    };
}
