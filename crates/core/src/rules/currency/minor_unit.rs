//! `currency/minor-unit`: see `minor_unit.md`.

use crate::contract::{Meaning, Meanings, Unit};
use crate::document::Kind;
use crate::messages::{
    CURRENCY_MINOR_UNIT_FIX, CURRENCY_MINOR_UNIT_FIX_AMOUNT, CURRENCY_MINOR_UNIT_HELP,
    CURRENCY_MINOR_UNIT_HELP_AMOUNT, CURRENCY_MINOR_UNIT_MESSAGE, param,
};
use crate::rules::currency::Code;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    currency, page, replacement,
};
use crate::values::currency as codes;

/// A code of the financial markets stands for the minor unit of a currency: `GBp`, `GBX`, `ZAc`, `ILA`.
pub(crate) static RULE: Rule = Rule {
    name: "currency/minor-unit",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::CURRENCY_CODE,
        when: Facts::NOT_TENDER,
        check,
        advises: false,
    },
    source: Source::Vendor,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("minor_unit.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if matches!(currency::untold(place, sink), Some(Code::MinorUnit(_))) {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Code::MinorUnit(code) = currency::kind(place) else {
        return;
    };
    let units = codes::minor_units(code).unwrap_or(2);
    said.message(CURRENCY_MINOR_UNIT_MESSAGE)
        .with(param::CODE, code)
        .count(param::UNITS, 10_u64.pow(u32::from(units)));
    let mut edits = vec![replacement::replace(place, replacement::quoted(code))];
    let property = place.node().property;
    let amounts = place.holder().into_iter().flat_map(|record| {
        record.members_meaning(Meanings::MONEY).filter(|amount| {
            matches!(amount.schema.meaning, Meaning::Money(money)
                if money.currency_in == Some(property) && money.unit == Unit::Major)
        })
    });
    for amount in amounts {
        // An amount that cannot be divided, or is not a number, is left to the reader.
        let divided = (amount.node().kind == Kind::Number)
            .then(|| amount.number().shifted_text(-i32::from(units)))
            .flatten()
            .filter(|text| replacement::judged(amount.schema, text, amount.now).is_some());
        let Some(divided) = divided else {
            said.help(CURRENCY_MINOR_UNIT_HELP);
            return;
        };
        said.help(CURRENCY_MINOR_UNIT_HELP_AMOUNT)
            .copy(param::AMOUNT, &divided);
        edits.push(replacement::replace(&amount, divided));
    }
    edits.sort_by_key(|edit| edit.start);
    let title = if edits.len() > 1 {
        CURRENCY_MINOR_UNIT_FIX_AMOUNT
    } else {
        CURRENCY_MINOR_UNIT_FIX
    };
    said.help(CURRENCY_MINOR_UNIT_HELP)
        .fix(title, Applicability::Unsafe, edits);
}
