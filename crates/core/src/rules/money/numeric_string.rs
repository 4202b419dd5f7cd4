//! `money/numeric-string`: see `numeric_string.md`.

use crate::contract::{Meaning, Meanings, Unit};
use crate::document::{Kind, Short};
use crate::messages::{
    MONEY_NUMERIC_STRING_FIX, MONEY_NUMERIC_STRING_HELP, MONEY_NUMERIC_STRING_HELP_AMBIGUOUS,
    MONEY_NUMERIC_STRING_HELP_CURRENCY, MONEY_NUMERIC_STRING_HELP_MINOR,
    MONEY_NUMERIC_STRING_HELP_NEGATIVE, MONEY_NUMERIC_STRING_HELP_PLAIN, param,
};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, money,
    page, replacement, schema,
};
use crate::values::currency as codes;
use crate::values::human_number;
use crate::values::number::Number;

/// Advice on an amount of money that is sent as a string, which `schema/type` reports.
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

/// Signs that several currencies share, and those currencies.
const SHARED: [(&str, &[&str]); 5] = [
    ("$", &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN"]),
    ("Rs", &["INR", "PKR", "LKR", "NPR", "MUR", "SCR"]),
    ("Rs.", &["INR", "PKR", "LKR", "NPR", "MUR", "SCR"]),
    ("kr", &[]),
    ("¥", &[]),
];

/// What the unit beside a number says.
struct UnitOf {
    /// The power of ten that the number is multiplied by.
    power: i32,
    /// Whether the unit can mean nothing else.
    certain: bool,
    /// The currency that the unit names, where it is not the one of the amount.
    contradicts: Option<&'static str>,
}

fn unit(place: &RuleContext<'_>, unit: &str) -> Option<UnitOf> {
    let mut room = Short::new();
    let currency = money::currency(place, &mut room);
    let scaled = |power| UnitOf {
        power,
        certain: power == 0,
        contradicts: None,
    };
    Some(match unit {
        "" => scaled(0),
        "k" | "K" => scaled(3),
        "m" | "M" | "mn" | "Mio" | "mio" => scaled(6),
        _ => {
            if let Some((_, codes)) = SHARED.iter().find(|(sign, _)| *sign == unit) {
                return Some(UnitOf {
                    certain: currency.is_some_and(|code| codes.contains(&code)),
                    ..scaled(0)
                });
            }
            let code = unit.to_ascii_uppercase();
            let stated = codes::codes()
                .find(|known| *known == code)
                .or_else(|| codes::from_sign_or_name(unit))?;
            UnitOf {
                certain: currency == Some(stated),
                contradicts: currency.filter(|code| *code != stated).map(|_| stated),
                ..scaled(0)
            }
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
    let Some(unit) = unit(place, &read.unit) else {
        return;
    };
    // An amount with a currency or with decimals is not in minor units.
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
        let text = Number::new(json).shifted_text(unit.power + shift)?;
        let facts = replacement::judged(place.schema, &text, place.now)?;
        Some((text, shift > 0, facts))
    };
    // A reading that the field does not take is not meant.
    let mut readings = [Some(&read.json), read.other.as_ref()]
        .into_iter()
        .filter_map(|json| reading(json?));
    let Some((number, minor, facts)) = readings.next() else {
        said.help(MONEY_NUMERIC_STRING_HELP_PLAIN);
        return;
    };
    // A dash before an amount may be something else than a minus.
    let negative = facts.meets(Facts::NEGATIVE);
    let certain = unit.certain && !minor && !negative && read.plain && read.other.is_none();
    let applicability = if certain && !money::draws_a_rule(place, facts, &number) {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    said.copy(param::NUMBER, &number);
    if let Some(stated) = unit.contradicts {
        let mut room = Short::new();
        let code = money::currency(place, &mut room).unwrap_or_default();
        said.help(MONEY_NUMERIC_STRING_HELP_CURRENCY)
            .with(param::STATED, stated)
            .copy(param::CURRENCY, code);
    }
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
