//! `header/content-type`: see `content_type.md`.

use crate::contract::{Meaning, Meanings};
use crate::document::Short;
use crate::messages::{
    HEADER_CONTENT_TYPE_FIX, HEADER_CONTENT_TYPE_HELP, HEADER_CONTENT_TYPE_HELP_CHARSET,
    HEADER_CONTENT_TYPE_MESSAGE, HEADER_CONTENT_TYPE_MESSAGE_CHARSET, param,
};
use crate::rules::{
    Applicability, Edit, Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink,
    Source, page, replacement, schema,
};

/// The content type is not the one that the API reads.
pub(crate) static RULE: Rule = Rule {
    name: "header/content-type",
    severity: Severity::Error,
    role: Role::Value {
        meanings: Meanings::CONTENT_TYPE,
        when: Facts::OTHER_MEDIA_TYPE,
        check,
        advises: true,
    },
    source: Source::Vendor,
    fixes: Fixes::Either,
    since: "0.1.0",
    page: page!("content_type.md"),
    explain,
};

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    let Meaning::ContentType(wanted) = place.schema.meaning else {
        return;
    };
    let mut room = Short::new();
    // What is blank has a rule of its own.
    let is_wanted = place
        .short(&mut room)
        .is_some_and(|value| is_media(value, wanted) || value.trim().is_empty());
    if !is_wanted {
        sink.report(place);
    } else if place
        .short(&mut room)
        .is_some_and(|value| charset(value).is_some())
    {
        sink.report_at(place, Severity::Warning);
    }
}

/// The charset that a content type names, if that is not UTF-8.
fn charset(value: &str) -> Option<&str> {
    let mut parameters = value
        .split(';')
        .skip(1)
        .filter_map(|one| one.split_once('='));
    let (_, charset) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    let charset = charset.trim().trim_matches('"');
    (!charset.eq_ignore_ascii_case("utf-8")).then_some(charset)
}

/// Whether a content type is that media type, whatever its parameters.
fn is_media(value: &str, wanted: &str) -> bool {
    let media = value.split_once(';').map_or(value, |(media, _)| media);
    media.trim().eq_ignore_ascii_case(wanted)
}

/// What people write for JSON's media type.
static SHORT_FOR_JSON: [&str; 4] = ["json", "text/json", "application/x-json", "app/json"];

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let Meaning::ContentType(wanted) = place.subject().meaning else {
        return;
    };
    said.with(param::WANTED, wanted);
    if !place.is_about(&RULE) {
        if place.is_about(&schema::required::RULE) {
            said.help(HEADER_CONTENT_TYPE_HELP);
        }
        return;
    }
    let value = place.value();
    if let Some(charset) = charset(&value).filter(|_| is_media(&value, wanted)) {
        // `utf8` is a misspelling of the name; another charset contradicts the bytes.
        let is_misspelt = charset.eq_ignore_ascii_case("utf8");
        said.message(HEADER_CONTENT_TYPE_MESSAGE_CHARSET)
            .help(HEADER_CONTENT_TYPE_HELP_CHARSET)
            .copy(param::CHARSET, charset);
        if is_misspelt && !place.inner().contains('\\') {
            let edit = replacement::replace(place, replacement::quoted(wanted));
            said.fix(HEADER_CONTENT_TYPE_FIX, Applicability::Unsafe, edit);
        }
        return;
    }
    let is_short = wanted == "application/json"
        && SHORT_FOR_JSON
            .iter()
            .any(|short| place.inner().trim().eq_ignore_ascii_case(short));
    let node = place.node();
    let edit = Edit {
        start: node.start + 1,
        end: node.end - 1,
        text: wanted.to_owned().into(),
    };
    said.message(HEADER_CONTENT_TYPE_MESSAGE)
        .help(HEADER_CONTENT_TYPE_HELP)
        .fix(
            HEADER_CONTENT_TYPE_FIX,
            if is_short {
                Applicability::Safe
            } else {
                Applicability::Unsafe
            },
            edit,
        );
}
