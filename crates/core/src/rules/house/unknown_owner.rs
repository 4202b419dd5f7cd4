//! `house/unknown-owner`: see `unknown_owner.md`.

use crate::contract::{Meaning, Meanings};
use crate::messages::{
    HOUSE_UNKNOWN_OWNER_FIX, HOUSE_UNKNOWN_OWNER_HELP, HOUSE_UNKNOWN_OWNER_HELP_NEAREST,
    HOUSE_UNKNOWN_OWNER_MESSAGE,
};
use crate::rules::{
    Applicability, Explanation, Fixes, Place, Role, Rule, Severity, Sink, Source, house, page,
};

/// A record is given to somebody who is none of the house's users.
pub(crate) static RULE: Rule = Rule {
    name: "house/unknown-owner",
    severity: Severity::Error,
    role: Role::House {
        meanings: Meanings::REFERENCE,
        check,
    },
    source: Source::House,
    fixes: Fixes::Unsafe,
    since: "0.1.0",
    page: page!("unknown_owner.md"),
    explain,
};

static TEXTS: house::Texts = house::Texts {
    message: HOUSE_UNKNOWN_OWNER_MESSAGE,
    help: HOUSE_UNKNOWN_OWNER_HELP,
    nearest: HOUSE_UNKNOWN_OWNER_HELP_NEAREST,
    fix: HOUSE_UNKNOWN_OWNER_FIX,
};

fn check(place: &Place<'_>, sink: &mut Sink<'_>) {
    let is_user = matches!(place.schema.meaning, Meaning::Reference("user"));
    if is_user && !house::is_ours(place, &place.house.owners) {
        sink.report(place);
    }
}

fn explain(place: &Place<'_>, said: &mut Explanation<'_>) {
    let words = &place.house.owners;
    // An ID is opaque: another case may be another ID.
    house::explain(place, words, &TEXTS, Applicability::Unsafe, said);
}
