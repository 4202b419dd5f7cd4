//! `probability/numeric-string`: see `numeric_string.md`.

use crate::contract::{Meaning, Meanings, Scale};
use crate::document::Kind;
use crate::messages::{
    PROBABILITY_NUMERIC_STRING_FIX, PROBABILITY_NUMERIC_STRING_HELP,
    PROBABILITY_NUMERIC_STRING_HELP_PLAIN, param,
};
use crate::rules::classify::{HUNDRED, ONE};
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page,
    replacement, schema,
};
use crate::values::human_number;
use crate::values::number::Number;

/// Advice on a probability that is given as a text, which `schema/type` reports.
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
    let is_fraction = matches!(place.schema.meaning, Meaning::Probability(Scale::Fraction));
    // A bare number above one says percent, too, where one is certainty.
    let bare = Number::new(&read.json);
    let above = is_fraction && bare.compare(&ONE).is_gt() && bare.compare(&HUNDRED).is_le();
    let power = match read.unit {
        "%" if is_fraction => -2,
        "" if above => -2,
        "" | "%" => 0,
        _ => return,
    };
    let judged = |text: String| Some((replacement::judged(place.schema, &text, place.now)?, text));
    let Some((facts, number)) = bare.shifted_text(power).and_then(judged) else {
        said.help(PROBABILITY_NUMERIC_STRING_HELP_PLAIN);
        return;
    };
    // A number that draws another rule may not be what was meant.
    let drawn = facts.meets(Facts::BELOW_ONE.or(Facts::CERTAIN).or(Facts::NEGATIVE));
    let guessed = above && read.unit.is_empty();
    let applicability = if read.other.is_some() || drawn || guessed {
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
