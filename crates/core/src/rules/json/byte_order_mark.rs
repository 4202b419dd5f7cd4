//! `json/byte-order-mark`: see `byte_order_mark.md`.

use crate::messages::{
    JSON_BYTE_ORDER_MARK_FIX, JSON_BYTE_ORDER_MARK_HELP, JSON_BYTE_ORDER_MARK_MESSAGE,
};
use crate::rules::{
    Applicability, Edit, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Source, page,
};

/// The payload starts with a byte-order mark, U+FEFF.
pub(crate) static RULE: Rule = Rule {
    name: "json/byte-order-mark",
    severity: Severity::Error,
    role: Role::Reported,
    source: Source::Standard("RFC 8259, section 8.1"),
    fixes: Fixes::Safe,
    since: "0.1.0",
    page: page!("byte_order_mark.md"),
    explain,
};

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let (start, end) = place.span;
    let edit = Edit {
        start,
        end,
        text: "".into(),
    };
    said.message(JSON_BYTE_ORDER_MARK_MESSAGE)
        .help(JSON_BYTE_ORDER_MARK_HELP)
        .fix(JSON_BYTE_ORDER_MARK_FIX, Applicability::Safe, edit);
}
