//! `money/numeric-string`: see `numeric_string.md`.

use crate::contract::{Meaning, Meanings, Unit};
use crate::document::{Kind, Short};
use crate::messages::{
    MONEY_NUMERIC_STRING_FIX, MONEY_NUMERIC_STRING_HELP, MONEY_NUMERIC_STRING_HELP_AMBIGUOUS,
    MONEY_NUMERIC_STRING_HELP_MINOR, MONEY_NUMERIC_STRING_HELP_NEGATIVE,
    MONEY_NUMERIC_STRING_HELP_PLAIN, param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, money,
    page, replacement, schema,
};
use crate::values::currency as codes;
use crate::values::human_number;
use crate::values::number::Number;

/// Advice on an amount of money that is given as a text, which `schema/type` reports.
pub(crate) static RULE: Rule = Rule {
    name: "money/numeric-string",
    severity: Severity::Error,
    role: Role::Advises(Meanings::MONEY),
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("numeric_string.md"),
    explain,
};

/// Currencies that people write as a bare dollar sign.
const DOLLARS: [&str; 7] = ["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN"];

/// What a unit beside the number does to it: the power of ten, and whether it is certain.
fn unit(place: &RuleContext<'_>, unit: &str) -> Option<(i32, bool)> {
    let mut room = Short::new();
    let currency = money::currency(place, &mut room);
    Some(match unit {
        "" => (0, true),
        "k" | "K" => (3, false),
        "m" | "M" | "mn" | "Mio" | "mio" => (6, false),
        "$" => (0, currency.is_some_and(|code| DOLLARS.contains(&code))),
        "kr" | "¥" => (0, false),
        _ => {
            let code = unit.to_ascii_uppercase();
            let stated = codes::is_circulating(&code)
                .then_some(code.as_str())
                .or_else(|| codes::from_sign_or_name(unit))?;
            (0, currency == Some(stated))
        }
    })
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Meaning::Money(amount) = place.schema.meaning else {
        return;
    };
    if !place.is_about(&schema::type_::RULE) || place.node().kind != Kind::String {
        return;
    }
    let value = place.value();
    let Some(read) = human_number::number(&value) else {
        return;
    };
    let Some((power, certain)) = unit(place, read.unit) else {
        return;
    };
    // What has a currency, or decimals, was not counted in minor units.
    let shift = |json: &str| {
        let major = !read.unit.is_empty() || json.contains('.');
        if major && amount.unit == Unit::Minor {
            money::digits(place).map_or(2, i32::from)
        } else {
            0
        }
    };
    let reading = |json: &String| {
        let shift = shift(json);
        let text = Number::new(json).shifted_text(power + shift)?;
        let facts = replacement::judged(place.schema, &text, place.now)?;
        Some((text, shift > 0, facts.meets(Facts::NEGATIVE)))
    };
    // What the field does not take cannot be meant.
    let mut readings = [Some(&read.json), read.other.as_ref()]
        .into_iter()
        .filter_map(|json| reading(json?));
    let Some((number, minor, negative)) = readings.next() else {
        said.help(MONEY_NUMERIC_STRING_HELP_PLAIN);
        return;
    };
    // A dash before an amount need not be a minus.
    let applicability = if certain && !minor && !negative && read.other.is_none() {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    said.copy(param::NUMBER, &number);
    match readings.next().filter(|(other, ..)| *other != number) {
        Some((other, ..)) => said
            .help(MONEY_NUMERIC_STRING_HELP_AMBIGUOUS)
            .with(param::OTHER, other),
        None if minor => said.help(MONEY_NUMERIC_STRING_HELP_MINOR),
        None if negative => said.help(MONEY_NUMERIC_STRING_HELP_NEGATIVE),
        None => said.help(MONEY_NUMERIC_STRING_HELP),
    };
    said.fix(
        MONEY_NUMERIC_STRING_FIX,
        applicability,
        replacement::replace(place, number),
    );
}
