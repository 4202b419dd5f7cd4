//! A session: the buffers between JavaScript and the library, and what is written into them.

use pipelint::contract::{Contract, write_fast_path};
use pipelint::rules::{self, Param};
use pipelint::{
    Applicability, Checker, Diagnostic, Instant, Options, RenderedDiagnostic, Rule, Severity,
    payloads,
};

use crate::settings;
use crate::utf16::{self, Utf16Offsets};

/// Marks an absent value among the numbers.
pub const NONE: u32 = u32::MAX;

/// The buffers, and the checker with its own.
#[derive(Debug)]
pub struct Session {
    checker: Checker,
    options: Options,
    /// The payload that was checked last, and the length of its text.
    checked: Option<(&'static Contract<'static>, usize)>,
    input: Vec<u8>,
    numbers: Vec<u32>,
    output: String,
    rendered: RenderedDiagnostic,
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

impl Session {
    /// A session with empty buffers.
    #[must_use]
    pub fn new() -> Self {
        Self {
            checker: Checker::new(),
            options: Options::at(Instant {
                seconds: 0,
                nanos: 0,
            }),
            checked: None,
            input: Vec::new(),
            numbers: Vec::new(),
            output: String::new(),
            rendered: RenderedDiagnostic::default(),
        }
    }

    /// The input buffer, with room for that many bytes.
    pub fn reserve_input(&mut self, length: usize) -> &mut [u8] {
        if self.input.len() < length {
            self.input.resize(length, 0);
        }
        &mut self.input
    }

    /// The numbers that the last call left.
    #[must_use]
    pub fn output_u32(&self) -> &[u32] {
        &self.numbers
    }

    /// The text that the last call left.
    #[must_use]
    pub fn output_text(&self) -> &str {
        &self.output
    }

    /// Checks the text at the start of the input buffer, and leaves three numbers per finding:
    ///
    /// 1. the rule's number plus the severity (0 info, 1 warning, 2 error);
    /// 2. the UTF-16 offset of its start;
    /// 3. the UTF-16 offset of its end.
    ///
    /// Returns the number of findings times four, plus the worst severity.
    pub fn check(&mut self, payload: usize, length: usize, seconds: f64, nanos: u32) -> u32 {
        self.options.now = Instant {
            seconds: seconds as i64,
            nanos,
        };
        let Some(contract) = payloads::ALL.get(payload).copied() else {
            self.checked = None;
            return 0;
        };
        self.checked = Some((contract, length));
        let text = self.input.get(..length).unwrap_or_default();
        let report = self.checker.check(contract, text, &self.options);
        if report.is_empty() {
            return 0;
        }
        self.numbers.clear();
        let mut units = Utf16Offsets::new(text);
        let worst = report.worst().unwrap_or(Severity::Info) as u32;
        for diagnostic in report.diagnostics() {
            let rule = number_of(diagnostic.rule()) | diagnostic.severity() as u32;
            let span = diagnostic.span();
            let start = units.at(span.start);
            self.numbers.extend([rule, start, units.at(span.end)]);
        }
        (report.len() as u32) << 2 | worst
    }

    /// Renders the findings of the last check. All texts follow each other without separators;
    /// the numbers give their ends as UTF-16 offsets:
    ///
    /// 1. the count of numbers, the address of the texts, and their length in bytes;
    /// 2. for each finding, the index of its first number.
    ///
    /// The numbers of a finding are:
    ///
    /// 1. line, column, end line, end column, from 1; columns in code points;
    /// 2. the start of its texts, and the ends of message, help, fix title, pointer and source;
    /// 3. the adviser's rule, or [`NONE`];
    /// 4. 0 without a fix, else 1 for an unsafe and 2 for a safe one, plus 4 if there is help;
    /// 5. the count of parameters, and the count of the fix's edits;
    /// 6. for each parameter the end of its name, and the end of its value times two, plus one if
    ///    the value is a count;
    /// 7. for each edit its start and its end in the payload in UTF-16 code units, and the end of
    ///    its text.
    pub fn explain(&mut self) {
        self.output.clear();
        self.numbers.clear();
        let Some((contract, length)) = self.checked else {
            return;
        };
        let text = self.input.get(..length).unwrap_or_default();
        let report = self.checker.last(contract, text, &self.options);
        let heads = 3 + report.len();
        self.numbers.resize(heads, 0);
        let mut writer = Writer {
            numbers: &mut self.numbers,
            output: &mut self.output,
            end: 0,
            units: Utf16Offsets::new(text),
        };
        for (index, diagnostic) in report.diagnostics().enumerate() {
            let start = writer.numbers.len() as u32;
            if let Some(head) = writer.numbers.get_mut(3 + index) {
                *head = start;
            }
            diagnostic.render_into(&mut self.rendered);
            writer.diagnostic(&diagnostic, &self.rendered);
        }
        let count = self.numbers.len() as u32;
        let words = self.output.as_ptr().addr() as u32;
        if let Some(head) = self.numbers.first_chunk_mut::<3>() {
            *head = [count, words, self.output.len() as u32];
        }
    }

    /// Writes the text of the last check with its safe fixes applied, or with all of them;
    /// [`NONE`] as the length if there is nothing to apply.
    pub fn fix(&mut self, all: bool) -> u32 {
        let least = if all {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        let fixed = self.checked.and_then(|(contract, length)| {
            let text = self.input.get(..length).unwrap_or_default();
            pipelint::fix::apply_fixes_with(contract, text, &self.options, least, |_, _| {})
        });
        fixed.map_or(NONE, |fixed| {
            self.output = fixed;
            self.output.len() as u32
        })
    }

    /// Writes the names of payloads, in the order of their numbers, and of rules; leaves the
    /// numbers of the rules.
    pub fn names(&mut self) -> usize {
        self.output.clear();
        self.numbers.clear();
        self.numbers.extend(rules::all().map(number_of));
        let payloads = payloads::ALL.iter().map(|contract| contract.id);
        let rules = rules::all().map(|rule| rule.name);
        for name in payloads.chain([""]).chain(rules) {
            self.output.push_str(name);
            self.output.push('\n');
        }
        self.output.len()
    }

    /// Writes the table of a payload's fast path; see [`write_fast_path`]. Returns the length of its
    /// text, or 0 if there is no table.
    pub fn fast_path(&mut self, payload: usize) -> usize {
        self.output.clear();
        if let Some(contract) = payloads::ALL.get(payload)
            && write_fast_path(contract, &mut self.numbers, &mut self.output)
        {
            self.output.len()
        } else {
            0
        }
    }

    /// Reads the text at the start of the buffer as an instant.
    pub fn instant(&mut self, length: usize) -> f64 {
        let text = self.input.get(..length).unwrap_or_default();
        let instant = std::str::from_utf8(text)
            .ok()
            .and_then(|text| text.parse::<Instant>().ok());
        self.numbers.clear();
        self.numbers
            .push(instant.map_or(0, |instant| instant.nanos));
        #[allow(
            clippy::cast_precision_loss,
            reason = "four-digit years are far below 2^53 seconds"
        )]
        instant.map_or(f64::NAN, |instant| instant.seconds as f64)
    }

    /// Reads the text at the start of the buffer as settings; see [`settings::read`].
    pub fn configure(&mut self, length: usize) -> u32 {
        let text = self.input.get(..length).unwrap_or_default();
        let text = std::str::from_utf8(text).unwrap_or_default();
        settings::read(text, &mut self.options)
            .err()
            .unwrap_or_default()
    }

    /// Sets the limits of the checks to come.
    pub fn limit(&mut self, depth: u32, size: u32, diagnostics: u32) {
        let limits = &mut self.options.limits;
        limits.depth = depth;
        limits.size = size;
        limits.diagnostics = diagnostics;
    }
}

struct Writer<'d> {
    numbers: &'d mut Vec<u32>,
    output: &'d mut String,
    /// The length of the output in UTF-16 code units.
    end: u32,
    units: Utf16Offsets<'d>,
}

impl Writer<'_> {
    fn diagnostic(&mut self, diagnostic: &Diagnostic<'_>, rendered: &RenderedDiagnostic) {
        let (start, end) = (diagnostic.start(), diagnostic.end());
        let own = [start.line, start.column, end.line, end.column, self.end];
        self.numbers.extend(own);
        self.texts(rendered);
        let fix = rendered.fix();
        let has_help = u32::from(rendered.help().is_some()) << 2;
        let params = rendered.params();
        self.numbers.extend([
            rendered.adviser().map_or(NONE, number_of),
            has_help | fix.map_or(0, |fix| fix.applicability as u32 + 1),
            params.len() as u32,
            fix.map_or(0, |fix| fix.edits().len() as u32),
        ]);
        for (name, value) in params {
            self.text(name);
            self.text(&value.words());
            if let Some(end) = self.numbers.last_mut() {
                *end = *end << 1 | u32::from(matches!(value, Param::Count(_)));
            }
        }
        for edit in fix.map_or(&[][..], |fix| fix.edits()) {
            let start = self.units.at(edit.start as usize);
            let end = self.units.at(edit.end as usize);
            self.numbers.extend([start, end]);
            self.text(&edit.text);
        }
    }

    /// Writes message, help, fix title, pointer and source, and their ends.
    fn texts(&mut self, rendered: &RenderedDiagnostic) {
        let (all, ends) = rendered.texts();
        self.output.push_str(all);
        let ascii = all.is_ascii();
        let mut from = 0;
        for end in ends {
            self.end += if ascii {
                (end - from) as u32
            } else {
                utf16::length(all.get(from..end).unwrap_or_default())
            };
            self.numbers.push(self.end);
            from = end;
        }
    }

    /// Writes a text, and its end.
    fn text(&mut self, text: &str) {
        self.output.push_str(text);
        self.end += utf16::length(text);
        self.numbers.push(self.end);
    }
}

/// A rule's number is its address in the module's memory, which needs no search and is divisible
/// by four.
fn number_of(rule: &'static Rule) -> u32 {
    std::ptr::from_ref(rule).addr() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_768_478_400.0;

    fn session_with(text: &str) -> (Session, u32) {
        let mut session = Session::new();
        session.reserve_input(text.len())[..text.len()].copy_from_slice(text.as_bytes());
        let payload = payloads::ALL
            .iter()
            .position(|contract| contract.id == "leadlex/create-deal/request")
            .unwrap();
        let count = session.check(payload, text.len(), NOW, 0);
        (session, count)
    }

    #[test]
    fn findings_are_numbers_with_utf_16_offsets() {
        let (session, count) = session_with("{\"name\":\"日本😀\",\"probability\":120}");
        assert_eq!(count, 4 | 2);
        let [rule, start, end] = session.output_u32() else {
            panic!("three numbers a finding")
        };
        let found = rules::all()
            .find(|one| number_of(one) == rule & !3)
            .unwrap();
        assert_eq!((found.name, rule & 3), ("schema/maximum", 2));
        assert_eq!((*start, *end), (29, 32));
    }

    #[test]
    fn a_valid_payload_leaves_nothing() {
        let (mut session, count) = session_with("{\"name\":\"Acme\"}");
        assert_eq!(count, 0);
        session.explain();
        assert_eq!(session.output_text(), "");
        assert_eq!(session.fix(true), NONE);
    }

    #[test]
    fn rendered_texts_end_at_their_offsets() {
        let (mut session, _) =
            session_with("{\"name\":\"日本\",\"status\":\"Won😀\",\"probability\":101}");
        session.explain();
        let words: Vec<u16> = session.output_text().encode_utf16().collect();
        let numbers: Vec<usize> = session
            .output_u32()
            .iter()
            .map(|one| *one as usize)
            .collect();
        assert_eq!(numbers[0], numbers.len());
        assert_eq!(numbers[2], session.output_text().len());
        let part = |finding: usize, from: usize| {
            let at = numbers[3 + finding] + from;
            String::from_utf16(&words[numbers[at]..numbers[at + 1]]).unwrap()
        };
        assert_eq!(
            part(0, 4),
            "`status` must be one of the documented values, not \"Won😀\""
        );
        assert_eq!(part(0, 7), "/status");
        assert_eq!(part(1, 4), "`probability` must be at most 100, not 101");
        assert_eq!(part(1, 7), "/probability");
    }

    #[test]
    fn fixes_are_applied() {
        let (mut session, _) = session_with("{\"name\":\"Acme\",\"status\":\"Won\"}");
        let length = session.fix(false) as usize;
        assert_eq!(
            &session.output_text()[..length],
            "{\"name\":\"Acme\",\"status\":\"won\"}"
        );
    }

    #[test]
    fn instants_are_read() {
        let mut session = Session::new();
        let text = "2026-01-15T12:00:00.25Z";
        session.reserve_input(text.len())[..text.len()].copy_from_slice(text.as_bytes());
        assert_eq!(session.instant(text.len()).to_bits(), NOW.to_bits());
        assert_eq!(session.output_u32(), [250_000_000]);
        assert!(session.instant(4).is_nan());
    }

    #[test]
    fn an_unknown_payload_gives_nothing() {
        assert_eq!(Session::new().check(1000, 0, 0.0, 0), 0);
    }
}
