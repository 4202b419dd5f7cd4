//! `text/email`: see `email.md`.

use crate::contract::Meanings;
use crate::document::Short;
use crate::messages::{TEXT_EMAIL_HELP, TEXT_EMAIL_HELP_DISPLAY, TEXT_EMAIL_MESSAGE};
use crate::rules::{
    Facts, Fixes, MessageBuilder, Role, Rule, RuleContext, Severity, Sink, Source, edits, page,
};

/// A text that is an e-mail address by its meaning is not one.
pub(crate) static RULE: Rule = Rule {
    name: "text/email",
    severity: Severity::Warning,
    role: Role::Value {
        meanings: Meanings::EMAIL,
        when: Facts::PRESENT,
        check,
        advises: false,
    },
    source: Source::Standard("RFC 5321, section 4.1.2"),
    fixes: Fixes::None,
    since: "0.1.0",
    page: page!("email.md"),
    explain,
};

/// The longest address (RFC 5321, section 4.5.3.1.3).
const LONGEST: usize = 254;

fn check(place: &RuleContext<'_>, sink: &mut Sink<'_>) {
    // What is blank or padded has rules of its own.
    if edits::is_blank(place) || place.is_refused() {
        return;
    }
    let value = place.value();
    if !is_address(value.trim()) {
        sink.report(place);
    }
}

/// Whether a text is an address: a local part without spaces, `@`, and the name of a domain. Letters
/// of other scripts are taken (RFC 6531); quoted local parts and addresses in brackets are not.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let of_local = |one: char| {
        one.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(one) || is_letter(one)
    };
    let is_dotted =
        |text: &str| !text.starts_with('.') && !text.ends_with('.') && !text.contains("..");
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|one| one.is_ascii_alphanumeric() || one == '-' || is_letter(one))
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    text.len() <= LONGEST
        && (1..=64).contains(&local.len())
        && local.chars().all(of_local)
        && is_dotted(local)
        && domain.contains('.')
        && domain.split('.').all(is_label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_letter(character: char) -> bool {
    !character.is_ascii() && character.is_alphanumeric()
}

fn explain(place: &RuleContext<'_>, said: &mut MessageBuilder<'_>) {
    let mut room = Short::new();
    let is_display = place
        .short(&mut room)
        .is_some_and(|value| value.contains('<') && value.trim_end().ends_with('>'));
    said.message(TEXT_EMAIL_MESSAGE).help(if is_display {
        TEXT_EMAIL_HELP_DISPLAY
    } else {
        TEXT_EMAIL_HELP
    });
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for address in [
            "anna@example.com",
            "anna.smith+crm@mail.example.co.uk",
            "o'brien@example.com",
            "müller@bücher.example",
            "a@b.de",
        ] {
            assert!(is_address(address), "{address}");
        }
        let long = format!("{}@example.com", "a".repeat(65));
        for other in [
            "",
            "anna",
            "anna@",
            "@example.com",
            "anna@example",
            "anna@@example.com",
            "anna smith@example.com",
            "anna@exa mple.com",
            "anna.@example.com",
            "a..b@example.com",
            "anna@-example.com",
            "anna@example..com",
            "anna@127.0.0.1",
            "Anna <anna@example.com>",
            "mailto:anna@example.com",
            "anna@example.com, bob@example.com",
            &long,
        ] {
            assert!(!is_address(other), "{other}");
        }
    }
}
