//! `probability/fraction-for-percent`: see `fraction_for_percent.md`.

use crate::contract::{Meaning, Meanings, Scale};
use crate::document::Kind;
use crate::messages::{
    PROBABILITY_FRACTION_FOR_PERCENT_FIX, PROBABILITY_FRACTION_FOR_PERCENT_HELP,
    PROBABILITY_FRACTION_FOR_PERCENT_HELP_PERCENT, PROBABILITY_FRACTION_FOR_PERCENT_HELP_ROUNDED,
    PROBABILITY_FRACTION_FOR_PERCENT_HELP_WHOLE, PROBABILITY_FRACTION_FOR_PERCENT_MESSAGE, param,
};
use crate::rules::classify::ONE;
use crate::rules::{
    Applicability, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source,
    page, probability, replacement, schema,
};
use crate::values::number::Number;

/// A probability in percent is between zero and one: it looks like a fraction of one.
pub(crate) static RULE: Rule = Rule {
    name: "probability/fraction-for-percent",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::PROBABILITY,
        when: Facts::BELOW_ONE,
        check,
        advises: true,
    },
    source: Source::Meaning,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("fraction_for_percent.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if place.is_sent() {
        sink.report(place);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let number = place.number();
    let whole_asked = place.is_about(&schema::type_::RULE)
        && place.node().kind == Kind::Number
        && matches!(place.schema.meaning, Meaning::Probability(Scale::Percent))
        && !number.is_negative()
        && number.compare(&ONE).is_lt();
    if !whole_asked && !place.is_about(&RULE) {
        return;
    }
    said.message(PROBABILITY_FRACTION_FOR_PERCENT_MESSAGE);
    // What is below one percent even so was no fraction of one.
    let exact = number
        .shifted_text(2)
        .filter(|percent| Number::new(percent).compare(&ONE).is_ge())
        .map(|exact| probability::tidied(exact, Scale::Percent));
    let percent = exact.as_deref().and_then(|exact| {
        let text = match replacement::decimals(place.schema) {
            Some(decimals) => probability::rounded(exact, decimals, Scale::Percent),
            None => Some(exact.to_owned()),
        }?;
        replacement::judged(place.schema, &text, place.now)?;
        Some((exact, text))
    });
    let Some((exact, text)) = percent else {
        said.help(if whole_asked {
            PROBABILITY_FRACTION_FOR_PERCENT_HELP_WHOLE
        } else {
            PROBABILITY_FRACTION_FOR_PERCENT_HELP
        });
        return;
    };
    said.help(if exact == text {
        PROBABILITY_FRACTION_FOR_PERCENT_HELP_PERCENT
    } else {
        PROBABILITY_FRACTION_FOR_PERCENT_HELP_ROUNDED
    })
    .copy(param::EXACT, exact)
    .copy(param::PERCENT, &text)
    .fix(
        PROBABILITY_FRACTION_FOR_PERCENT_FIX,
        Applicability::Unsafe,
        replacement::replace(place, text),
    );
}
