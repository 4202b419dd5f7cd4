//! `probability/numeric-string`: see `numeric_string.md`.

use crate::contract::{Meaning, Meanings, Scale};
use crate::document::Kind;
use crate::messages::{
    PROBABILITY_NUMERIC_STRING_FIX, PROBABILITY_NUMERIC_STRING_HELP,
    PROBABILITY_NUMERIC_STRING_HELP_FRACTION, PROBABILITY_NUMERIC_STRING_HELP_ONE,
    PROBABILITY_NUMERIC_STRING_HELP_PLAIN, PROBABILITY_NUMERIC_STRING_HELP_RANGE,
    PROBABILITY_NUMERIC_STRING_HELP_ROUNDED, PROBABILITY_NUMERIC_STRING_HELP_WON, param,
};
use crate::rules::classify::{HUNDRED, ONE};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page,
    probability, replacement, schema,
};
use crate::values::human_number;
use crate::values::number::Number;

/// Advice on a probability that is sent as a string, which `schema/type` reports.
pub(crate) static RULE: Rule = Rule {
    name: "probability/numeric-string",
    severity: Severity::Error,
    role: Role::Advises(Meanings::PROBABILITY),
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("numeric_string.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    if !place.is_about(&schema::type_::RULE) || place.node().kind != Kind::String {
        return;
    }
    let value = place.value();
    let Some(read) = human_number::number(&value) else {
        return;
    };
    let Meaning::Probability(scale) = place.schema.meaning else {
        return;
    };
    let is_fraction = matches!(scale, Scale::Fraction);
    // A bare number above one is in percent, even where one is certain.
    let bare = Number::new(&read.json);
    let above = is_fraction && bare.compare(&ONE).is_gt() && bare.compare(&HUNDRED).is_le();
    let is_slip = probability::is_slip(bare, scale);
    let power = match &*read.unit {
        "%" | "percent" | "per cent" | "pct" if is_fraction => -2,
        "" if above && !is_slip => -2,
        "" | "%" | "percent" | "per cent" | "pct" => 0,
        _ => return,
    };
    let end = probability::certain(scale).text;
    if read.unit.is_empty() && !is_fraction && bare.compare(&ONE).is_eq() {
        // One is either one percent, or certain as a fraction of one.
        let is_won = probability::is_won(place);
        let number = if is_won { end } else { "1" };
        said.help(if is_won {
            PROBABILITY_NUMERIC_STRING_HELP_WON
        } else {
            PROBABILITY_NUMERIC_STRING_HELP_ONE
        })
        .with(param::NUMBER, number)
        .with(param::END, end)
        .fix(
            PROBABILITY_NUMERIC_STRING_FIX,
            Applicability::Unsafe,
            replacement::replace(place, number),
        );
        return;
    }
    let judged = |text: String| Some((replacement::judged(place.schema, &text, place.now)?, text));
    let Some((facts, number)) = bare.shifted_text(power).and_then(judged) else {
        refused(place, bare, power, scale, said);
        return;
    };
    // A number that draws another rule may not be what was meant.
    let drawn = facts.meets(Facts::BELOW_ONE.or(Facts::CERTAIN).or(Facts::NEGATIVE));
    let guessed = above && read.unit.is_empty();
    let applicability = if read.other.is_some() || drawn || guessed || !read.plain {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    said.help(PROBABILITY_NUMERIC_STRING_HELP)
        .copy(param::NUMBER, &number)
        .fix(
            PROBABILITY_NUMERIC_STRING_FIX,
            applicability,
            replacement::replace(place, number),
        );
}

/// The help for a number that the field does not take: it is out of range, or has too many
/// decimals, or is a fraction where the field counts whole percent.
fn refused(
    place: &RuleContext<'_>,
    bare: Number<'_>,
    power: i32,
    scale: Scale,
    said: &mut MessageBuilder<'_>,
) {
    let end = probability::certain(scale);
    let exact = bare.shifted_text(power).unwrap_or_default();
    let number = Number::new(&exact);
    said.with(param::END, end.text);
    if exact.is_empty() || number.is_negative() || number.compare(end).is_gt() {
        let is_slip = probability::is_slip(number, scale);
        said.help(PROBABILITY_NUMERIC_STRING_HELP_RANGE);
        if is_slip && replacement::judged(place.schema, end.text, place.now).is_some() {
            said.with(param::NUMBER, end.text).fix(
                PROBABILITY_NUMERIC_STRING_FIX,
                Applicability::Unsafe,
                replacement::replace(place, end.text),
            );
        }
        return;
    }
    let is_share = matches!(scale, Scale::Percent) && power == 0 && bare.compare(&ONE).is_lt();
    let exact = if is_share {
        bare.shifted_text(2)
    } else {
        Some(exact)
    };
    let exact = exact.map(|exact| probability::tidied(exact, scale));
    let rounded = exact.as_deref().and_then(|exact| {
        let decimals = replacement::decimals(place.schema)?;
        probability::rounded(exact, decimals, scale)
    });
    let rounded =
        rounded.filter(|text| replacement::judged(place.schema, text, place.now).is_some());
    let Some(text) = rounded else {
        said.help(PROBABILITY_NUMERIC_STRING_HELP_PLAIN);
        return;
    };
    said.help(if is_share {
        PROBABILITY_NUMERIC_STRING_HELP_FRACTION
    } else {
        PROBABILITY_NUMERIC_STRING_HELP_ROUNDED
    })
    .copy(param::EXACT, &exact.unwrap_or_default())
    .copy(param::NUMBER, &text)
    .fix(
        PROBABILITY_NUMERIC_STRING_FIX,
        Applicability::Unsafe,
        replacement::replace(place, text),
    );
}
