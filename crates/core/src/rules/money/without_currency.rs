//! `money/without-currency`: see `without_currency.md`.

use crate::contract::{Meaning, Meanings, Money};
use crate::document::Kind;
use crate::messages::{MONEY_WITHOUT_CURRENCY_HELP, MONEY_WITHOUT_CURRENCY_MESSAGE, param};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// An amount of money has no currency beside it.
pub(crate) static RULE: Rule = Rule {
    name: "money/without-currency",
    severity: Severity::Info,
    role: Role::Object {
        when: Facts::MONEY,
        unless: Facts::CURRENCY,
        check,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("without_currency.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if !place.is_sent() {
        return;
    }
    for amount in place.members_meaning(Meanings::MONEY) {
        if let Meaning::Money(Money {
            currency_in: Some(code),
            ..
        }) = amount.schema.meaning
            && !place.has(*code)
            && amount.node().kind == Kind::Number
            && !amount.number().is_zero()
        {
            sink.report(&amount);
        }
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(MONEY_WITHOUT_CURRENCY_MESSAGE);
    if let Meaning::Money(Money {
        currency_in: Some(code),
        ..
    }) = place.schema.meaning
        && let Some(name) = place
            .parent
            .and_then(|(_, schema)| schema.object?.properties.get(usize::from(*code)))
    {
        said.help(MONEY_WITHOUT_CURRENCY_HELP)
            .with(param::CURRENCY, name.name);
    }
}
