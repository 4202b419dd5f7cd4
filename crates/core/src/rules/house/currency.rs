//! `house/currency`: see `currency.md`.

use crate::contract::Meanings;
use crate::messages::{HOUSE_CURRENCY_HELP, HOUSE_CURRENCY_MESSAGE, param};
use crate::rules::{Explanation, Fixes, Place, Role, Rule, Severity, Sink, Source, house, page};

/// A currency is none that the house deals in.
pub(crate) static RULE: Rule = Rule {
    name: "house/currency",
    severity: Severity::Error,
    role: Role::House {
        meanings: Meanings::CURRENCY_CODE,
        check,
    },
    source: Source::House,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("currency.md"),
    explain,
};

fn check(place: &Place<'_>, sink: &mut Sink<'_>) {
    if !house::is_ours(place, &place.house.currencies) {
        sink.report(place);
    }
}

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    // All codes look alike, so a near one is no likelier than another.
    said.message(HOUSE_CURRENCY_MESSAGE)
        .help(HOUSE_CURRENCY_HELP)
        .written(param::ALLOWED, |out| {
            house::listed(&place.house.currencies, out);
        });
}
