//! `policy/value-out-of-range`: see `value_out_of_range.md`.

use crate::contract::Meanings;
use crate::document::Kind;
use crate::lint::Amount;
use crate::messages::{
    POLICY_VALUE_OUT_OF_RANGE_HELP_ABOVE, POLICY_VALUE_OUT_OF_RANGE_HELP_BELOW,
    POLICY_VALUE_OUT_OF_RANGE_MESSAGE_ABOVE, POLICY_VALUE_OUT_OF_RANGE_MESSAGE_BELOW, param,
};
use crate::rules::{
    Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page, policy,
};
use crate::values::number::Number;

/// An amount of money is beyond the policy's limits.
pub(crate) static RULE: Rule = Rule {
    name: "policy/value-out-of-range",
    severity: Severity::Error,
    role: Role::Policy {
        meanings: Meanings::MONEY,
        check,
    },
    source: Source::Policy,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("value_out_of_range.md"),
    explain,
};

const BELOW: u8 = 0;
const ABOVE: u8 = 1;

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if place.node().kind != Kind::Number {
        return;
    }
    let value = place.number();
    let power = policy::power(place);
    let to = |limit: &Amount| value.compare(&limit.shifted(power));
    if place
        .policy
        .least_value
        .as_ref()
        .is_some_and(|least| to(least).is_lt())
    {
        sink.report_as(place, BELOW);
    } else if place
        .policy
        .greatest_value
        .as_ref()
        .is_some_and(|most| to(most).is_gt())
    {
        sink.report_as(place, ABOVE);
    }
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let (limit, message, help) = if place.variant == ABOVE {
        (
            &place.policy.greatest_value,
            POLICY_VALUE_OUT_OF_RANGE_MESSAGE_ABOVE,
            POLICY_VALUE_OUT_OF_RANGE_HELP_ABOVE,
        )
    } else {
        (
            &place.policy.least_value,
            POLICY_VALUE_OUT_OF_RANGE_MESSAGE_BELOW,
            POLICY_VALUE_OUT_OF_RANGE_HELP_BELOW,
        )
    };
    // In the unit in which the value stands.
    let limit = limit.as_ref().map_or("", Amount::text);
    let power = i32::from(policy::power(place));
    let limit = Number::new(limit)
        .shifted_text(power)
        .unwrap_or_else(|| limit.to_owned());
    said.message(message).help(help).with(param::LIMIT, limit);
}
