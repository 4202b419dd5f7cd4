//! `currency/without-money`: see `without_money.md`.

use crate::contract::{Meaning, Meanings, Property, Schema};
use crate::messages::{CURRENCY_WITHOUT_MONEY_HELP, CURRENCY_WITHOUT_MONEY_MESSAGE, param};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
};

/// A currency has no amount beside it.
pub(crate) static RULE: Rule = Rule {
    name: "currency/without-money",
    severity: Severity::Info,
    role: Role::Object {
        when: Facts::CURRENCY,
        unless: Facts::MONEY.or(Facts::NOT_TENDER),
        check,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("without_money.md"),
    explain,
};

/// The amounts whose currency is in that property.
fn amounts<'a>(
    object: &'a Schema<'a>,
    code: usize,
) -> impl Iterator<Item = (usize, &'a Property<'a>)> {
    object
        .object
        .map_or(&[][..], |object| object.properties)
        .iter()
        .enumerate()
        .filter(move |(_, property)| {
            matches!(property.schema.meaning, Meaning::Money(money)
                if money.currency_in.map(usize::from) == Some(code))
        })
}

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if !place.is_sent() {
        return;
    }
    for code in place.members_meaning(Meanings::CURRENCY_CODE) {
        let mut amounts = amounts(place.schema, usize::from(code.node().property)).peekable();
        if amounts.peek().is_some()
            && amounts.all(|(amount, _)| place.member(amount as u8).is_none())
        {
            sink.report(&code);
        }
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    said.message(CURRENCY_WITHOUT_MONEY_MESSAGE);
    let code = usize::from(place.node().property);
    if let Some((_, amount)) = place
        .parent
        .and_then(|(_, schema)| amounts(schema, code).next())
    {
        said.help(CURRENCY_WITHOUT_MONEY_HELP)
            .with(param::AMOUNT, amount.name);
    }
}
