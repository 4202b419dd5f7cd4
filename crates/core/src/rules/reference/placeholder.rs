//! `reference/placeholder`: see `placeholder.md`.

use crate::contract::{Meaning, Meanings};
use crate::document::Short;
use crate::messages::{REFERENCE_PLACEHOLDER_HELP, REFERENCE_PLACEHOLDER_MESSAGE, param};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, page,
    placeholders, schema,
};
use crate::values::uuid;

/// An ID is a placeholder from documentation, a template or a test.
pub(crate) static RULE: Rule = Rule {
    name: "reference/placeholder",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::REFERENCE,
        when: Facts::ODD_ID.or(Facts::PLACEHOLDER),
        check,
        advises: true,
    },
    source: Source::Meaning,
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("placeholder.md"),
    explain,
};

/// What samples and tests write for an ID.
static WORDS: [&str; 14] = [
    "id", "uuid", "guid", "0", "-1", "123", "1234", "12345", "123456", "abc", "abc123", "test",
    "example", "dummy",
];

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    if is_placeholder(place) {
        sink.report(place);
    }
}

fn is_placeholder(place: &RuleContext<'_>) -> bool {
    let mut room = Short::new();
    let Some(value) = place.short(&mut room) else {
        return false;
    };
    // A path's variable, as a router writes it.
    let bare = value.strip_prefix(':').unwrap_or(value);
    // The nil UUID has a rule of its own.
    placeholders::stands_for_none(value) && !uuid::is_nil(value)
        || WORDS.iter().any(|word| bare.eq_ignore_ascii_case(word))
        || names_itself(place, bare)
}

/// Whether the value says what it should be: `contact_id`, `your-contact-id`, `contact`.
fn names_itself(place: &RuleContext<'_>, value: &str) -> bool {
    let kind = match place.schema.meaning {
        Meaning::Reference(kind) => kind,
        _ => "",
    };
    let key = place.node().raw_key(place.text).unwrap_or_default();
    ["", "your", "my", "the", "some", "insert"]
        .into_iter()
        .any(|before| {
            let mut rest = letters(value);
            letters(before).all(|letter| rest.next() == Some(letter))
                && [(key, ""), (kind, ""), (kind, "id"), (kind, "uuid")]
                    .into_iter()
                    .filter(|(name, _)| !name.is_empty())
                    .any(|(name, end)| letters(name).chain(letters(end)).eq(rest.clone()))
        })
}

/// The letters and digits of a text, without regard to case.
fn letters(text: &str) -> impl Iterator<Item = u8> + Clone {
    let bytes = text.bytes().filter(u8::is_ascii_alphanumeric);
    bytes.map(|byte| byte.to_ascii_lowercase())
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let kind = match place.schema.meaning {
        Meaning::Reference(kind) => kind,
        _ => "",
    };
    if place.is_about(&RULE) {
        said.message(REFERENCE_PLACEHOLDER_MESSAGE);
    } else if !(place.is_about(&schema::format::RULE) && is_placeholder(place)) {
        return;
    }
    said.help(REFERENCE_PLACEHOLDER_HELP)
        .with(param::KIND, kind);
}
