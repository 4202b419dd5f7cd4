//! `house/value-out-of-range`: see `value_out_of_range.md`.

use crate::contract::Meanings;
use crate::document::Kind;
use crate::house::Amount;
use crate::messages::{
    HOUSE_VALUE_OUT_OF_RANGE_HELP_ABOVE, HOUSE_VALUE_OUT_OF_RANGE_HELP_BELOW,
    HOUSE_VALUE_OUT_OF_RANGE_MESSAGE_ABOVE, HOUSE_VALUE_OUT_OF_RANGE_MESSAGE_BELOW, param,
};
use crate::rules::{Explanation, Fixes, Place, Role, Rule, Severity, Sink, Source, house, page};
use crate::values::number::Number;

/// An amount of money is beyond the house's limits.
pub(crate) static RULE: Rule = Rule {
    name: "house/value-out-of-range",
    severity: Severity::Error,
    role: Role::House {
        meanings: Meanings::MONEY,
        check,
    },
    source: Source::House,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("value_out_of_range.md"),
    explain,
};

const BELOW: u8 = 0;
const ABOVE: u8 = 1;

fn check(place: &Place<'_>, sink: &mut Sink<'_>) {
    if place.node().kind != Kind::Number {
        return;
    }
    let value = place.number();
    let power = house::power(place);
    let to = |limit: &Amount| value.compare(&limit.shifted(power));
    if place
        .house
        .least_value
        .as_ref()
        .is_some_and(|least| to(least).is_lt())
    {
        sink.report_as(place, BELOW);
    } else if place
        .house
        .greatest_value
        .as_ref()
        .is_some_and(|most| to(most).is_gt())
    {
        sink.report_as(place, ABOVE);
    }
}

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    let (limit, message, help) = if place.variant == ABOVE {
        (
            &place.house.greatest_value,
            HOUSE_VALUE_OUT_OF_RANGE_MESSAGE_ABOVE,
            HOUSE_VALUE_OUT_OF_RANGE_HELP_ABOVE,
        )
    } else {
        (
            &place.house.least_value,
            HOUSE_VALUE_OUT_OF_RANGE_MESSAGE_BELOW,
            HOUSE_VALUE_OUT_OF_RANGE_HELP_BELOW,
        )
    };
    // In the unit in which the value stands.
    let limit = limit.as_ref().map_or("", Amount::text);
    let power = i32::from(house::power(place));
    let limit = Number::new(limit)
        .shifted_text(power)
        .unwrap_or_else(|| limit.to_owned());
    said.message(message).help(help).with(param::LIMIT, limit);
}
