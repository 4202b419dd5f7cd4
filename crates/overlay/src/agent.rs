//! Diagnostics as compact text that a language model can act on.

use std::fmt::Write;
use std::ops::Range;

use pipelint::{Applicability, OwnedDiagnostic, OwnedFix, Report, Severity};

use crate::merge::Merged;

/// The most edits of a fix that are written.
const MOST_EDITS: usize = 6;

/// The most characters of an edit's old or new text that are written.
const MOST_CHARACTERS: usize = 120;

/// Writes the diagnostics of one payload as text that a language model can act on: the place, the
/// severity, the rule and the JSON pointer with the message on one line, then the help, then the
/// fix with its edits. No credential and no masked value is written.
///
/// ```
/// use pipelint::{Options, check, payloads};
/// use pipelint_overlay::{AgentText, SchemaOverlays};
///
/// let options = Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>()?);
/// let deal = br#"{ "name": "Acme", "stage": "New", "status": "wonn" }"#;
/// let report = check(&payloads::leadlex::create_deal::REQUEST, deal, &options);
/// let text = AgentText {
///     report: &report,
///     before: "deal.json:",
///     record: None,
/// };
/// let mut out = String::new();
/// for diagnostic in SchemaOverlays::new().merge(&report) {
///     text.write(&diagnostic, &mut out);
/// }
/// assert!(out.starts_with("deal.json:1:45 error schema/enum /status: "), "{out}");
/// # Ok::<(), pipelint::ParseInstantError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct AgentText<'r> {
    /// The report that the diagnostics are from.
    pub report: &'r Report<'r>,
    /// What is written before the line and the column, such as the name of a file and a colon.
    pub before: &'r str,
    /// The line of the payload in an NDJSON input, from 1.
    pub record: Option<u64>,
}

impl AgentText<'_> {
    /// Writes one diagnostic.
    pub fn write(&self, diagnostic: &Merged<'_>, out: &mut String) {
        let (severity, span) = (diagnostic.severity(), diagnostic.span());
        match diagnostic {
            Merged::Own(own) => {
                let mut words = own.explain();
                words.fix = words.fix.filter(|fix| !own.reveals(&fix.edits));
                self.write_words(own.rule().name, severity, span.start, &words, out);
            }
            Merged::Overlay(refused) => {
                let words = OwnedDiagnostic {
                    message: refused.message.clone(),
                    help: refused.help.clone(),
                    pointer: refused.pointer.clone(),
                    params: Vec::new(),
                    source: refused.source.clone(),
                    fix: None,
                    adviser: None,
                };
                self.write_words(&refused.rule, severity, span.start, &words, out);
            }
        }
    }

    /// Writes a diagnostic whose text is known. Leave out a fix that repeats a secret; see
    /// [`pipelint::Diagnostic::reveals`].
    pub fn write_words(
        &self,
        rule: &str,
        severity: Severity,
        start: usize,
        words: &OwnedDiagnostic,
        out: &mut String,
    ) {
        let (start, severity) = (self.place(start), severity.name());
        let pointer = if words.pointer.is_empty() {
            "(root)"
        } else {
            &words.pointer
        };
        let (pointer, message) = (plain(pointer), plain(&words.message));
        let before = self.before;
        // Memory takes everything.
        let _ = writeln!(
            out,
            "{before}{start} {severity} {rule} {pointer}: {message}"
        );
        if let Some(help) = &words.help {
            let _ = writeln!(out, "  help: {}", plain(help));
        }
        if let Some(fix) = &words.fix {
            self.write_fix(fix, out);
        }
    }

    fn write_fix(&self, fix: &OwnedFix, out: &mut String) {
        let safe = match fix.applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe, so check what it changes",
        };
        let _ = writeln!(out, "  fix ({safe}): {}", plain(&fix.title));
        for edit in fix.edits.iter().take(MOST_EDITS) {
            let span = edit.start as usize..edit.end as usize;
            let (from, to) = (self.place(span.start), self.place(span.end));
            let new = quoted(&edit.text);
            let is_insertion = span.is_empty();
            let _ = match (old(self.report, span), edit.text.is_empty()) {
                _ if is_insertion => writeln!(out, "    insert {new} at {from}"),
                (Some(old), true) => writeln!(out, "    delete {old} at {from}"),
                (Some(old), false) => writeln!(out, "    replace {old} at {from} with {new}"),
                (None, true) => writeln!(out, "    delete from {from} to {to}"),
                (None, false) => writeln!(out, "    replace from {from} to {to} with {new}"),
            };
        }
        if fix.edits.len() > MOST_EDITS {
            let _ = writeln!(out, "    and {} more edits", fix.edits.len() - MOST_EDITS);
        }
    }

    /// Line and column, from 1, of a byte offset.
    fn place(&self, offset: usize) -> String {
        let report = self.report;
        let Some(record) = self.record else {
            let position = report.position(offset);
            return format!("{}:{}", position.line, position.column);
        };
        let before = report.bytes().get(..offset).unwrap_or(report.bytes());
        // Every code point has one byte that is not a continuation byte.
        let column = before.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        format!("{record}:{}", column + 1)
    }
}

/// The text that an edit replaces; `None` if it is secret or long.
fn old(report: &Report<'_>, span: Range<usize>) -> Option<String> {
    let mut secrets = report.secrets().iter();
    if secrets.any(|secret| secret.start < span.end && span.start < secret.end) {
        return None;
    }
    let text = std::str::from_utf8(report.bytes().get(span)?).ok()?;
    (text.chars().count() <= MOST_CHARACTERS).then(|| quoted(text))
}

/// A text in backquotes, because JSON has quotes itself. A long text is cut.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("`");
    quoted.extend(text.chars().take(MOST_CHARACTERS).map(visible));
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        quoted.push('…');
    }
    quoted.push('`');
    quoted
}

/// A text on one line.
fn plain(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// Replaces characters that would break the line, control a terminal or change the direction of
/// the text.
fn visible(character: char) -> char {
    match character {
        '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => char::REPLACEMENT_CHARACTER,
        _ if character.is_control() => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use pipelint::{Mask, Options, check, payloads};

    use super::*;
    use crate::SchemaOverlays;

    fn written(payload: &str, options: &Options) -> String {
        let contract = payloads::by_id("leadlex/create-deal").unwrap();
        let report = check(contract, payload.as_bytes(), options);
        let mut overlays = SchemaOverlays::new();
        overlays
            .add("leadlex/create-deal", r#"{ "required": ["owner_id"] }"#)
            .unwrap();
        written_by(&overlays, &report, "", None)
    }

    fn written_by(
        overlays: &SchemaOverlays,
        report: &Report<'_>,
        before: &str,
        record: Option<u64>,
    ) -> String {
        let text = AgentText {
            report,
            before,
            record,
        };
        let mut out = String::new();
        for diagnostic in overlays.merge(report) {
            text.write(&diagnostic, &mut out);
        }
        out
    }

    fn options() -> Options {
        Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap())
    }

    #[test]
    fn a_diagnostic_has_its_place_its_help_and_the_edits_of_its_fix() {
        let text = written(
            "{ \"name\": \"Acme\",\n  \"currency\": \"eur\", \"estimated_value\": 5 }",
            &options(),
        );
        let expected = "1:1 error policy/required /owner_id: `owner_id` is missing\n\
            2:15 error currency/wrong-case /currency: `currency` must be in capital letters: \"eur\"\n  \
            help: Write \"EUR\".\n  \
            fix (safe): Write \"EUR\"\n    \
            replace `\"eur\"` at 2:15 with `\"EUR\"`\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn no_secret_is_written() {
        let key = "wbk_abcdefghijklmnopqrstuvwxyz012345";
        let deal = format!(
            "{{ \"name\": \" {key}\", \"notes\": \"x {key} \", \"status\": \"wonn\", \"{key}\": 1 }}"
        );
        assert!(!written(&deal, &options()).contains("wbk_"));
        let masked = options().with_mask(Mask::new(
            vec!["status".to_owned()],
            pipelint::contract::Meanings::EMPTY,
        ));
        assert!(!written(&deal, &masked).contains("wonn"));
        assert!(written(&deal, &options()).contains("wonn"));
    }

    #[test]
    fn a_diagnostic_takes_one_line_for_each_part() {
        let text = written(
            "{ \"name\": \"A\\nB\\u001b[1m\", \"a\\nb\": 1 }",
            &options(),
        );
        assert!(!text.contains('\u{1b}'), "{text}");
        for line in text.lines() {
            assert!(
                line.starts_with("1:") || line.starts_with("  "),
                "{line} in {text}"
            );
        }
    }

    #[test]
    fn a_record_counts_its_line_in_the_input() {
        let contract = payloads::by_id("leadlex/create-deal").unwrap();
        let options = options();
        let report = check(
            contract,
            "{ \"name\": \"ß\", \"currency\": \"eur\" }".as_bytes(),
            &options,
        );
        let text = written_by(&SchemaOverlays::new(), &report, "x.ndjson:", Some(7));
        assert!(
            text.starts_with("x.ndjson:7:28 error currency/wrong-case"),
            "{text}"
        );
    }
}
