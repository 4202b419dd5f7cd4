//! The text of a diagnostic, written when it is read.

use std::borrow::Cow;
use std::ops::Range;

use crate::contract::{Meaning, Property, Schema};
use crate::engine::{dispatch, safety};
use crate::lint::Level;
use crate::messages::{
    COMMON_ITEM, COMMON_ITEM_OF, COMMON_NOT_SHOWN, COMMON_PAYLOAD, COMMON_WHOLE, Locale, Name,
    SHOWN, param,
};
use crate::rules::{Fix, MessageArg, MessageBuilder, Param, Rule, RuleContext, Source, TextRange};
use crate::values::{secret, str_ext};

use super::Diagnostic;
use super::json_pointer::{self, Step};

/// The words of one diagnostic after another, in buffers that are used again.
///
/// ```
/// # use pipelint::{Options, RenderedDiagnostic, check, payloads::leadlex::create_deal};
/// # let options = Options::at("2026-01-15T12:00:00Z".parse::<pipelint::Instant>().unwrap());
/// # let report = check(&create_deal::REQUEST, b"{\"name\": \"\"}", &options);
/// let mut words = RenderedDiagnostic::default();
/// for diagnostic in report.diagnostics() {
///     diagnostic.render_into(&mut words);
///     println!("{}: {}", words.pointer(), words.message());
/// }
/// ```
#[derive(Default)]
pub struct RenderedDiagnostic {
    /// Message, help, the fix's title, pointer and source, one after the other.
    text: String,
    /// Where the first four of them end.
    ends: [usize; 4],
    said: MessageBuilder<'static>,
    adviser: Option<&'static Rule>,
    /// The way to the value.
    steps: Vec<Step<'static>>,
}

impl RenderedDiagnostic {
    /// What is wrong, in one sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> &str {
        self.part(0, self.ends[0])
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        let help = || self.part(self.ends[0], self.ends[1]);
        self.said.help.map(|_| help())
    }

    /// What the fix does; empty if there is none.
    #[must_use]
    pub fn fix_title(&self) -> &str {
        self.part(self.ends[1], self.ends[2])
    }

    /// The edit that fixes it.
    #[must_use]
    pub fn fix(&self) -> Option<&Fix> {
        self.said.fix.as_ref()
    }

    pub(super) fn take_fix(&mut self) -> Option<Fix> {
        self.said.fix.take()
    }

    /// The JSON pointer (RFC 6901) of the value or key concerned. A missing property is reported
    /// at the place where it would be.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.part(self.ends[2], self.ends[3])
    }

    /// Who says so: a statement of the vendor by its id in the operation's notes, or a standard.
    #[must_use]
    pub fn source(&self) -> &str {
        self.part(self.ends[3], self.text.len())
    }

    /// Message, help, the fix's title, pointer and source, one after the other, and where each of
    /// them ends, in bytes.
    #[must_use]
    pub fn texts(&self) -> (&str, [usize; 5]) {
        let [message, help, title, pointer] = self.ends;
        let ends = [message, help, title, pointer, self.text.len()];
        (&self.text, ends)
    }

    /// What the message and the help were filled in with.
    #[must_use]
    pub fn params(&self) -> impl ExactSizeIterator<Item = (&'static str, Param<'_>)> {
        let (kept, said) = (&self.said.kept, &self.text);
        let params = self.said.params.iter();
        params.map(move |(name, value)| {
            let value = match value.param(kept, said) {
                // The name alone: the quotes are those of the message.
                Param::Text(Cow::Borrowed(text)) if *name == param::FIELD => {
                    let bare = text
                        .strip_prefix('`')
                        .and_then(|text| text.strip_suffix('`'));
                    Param::Text(Cow::Borrowed(bare.unwrap_or(text)))
                }
                other => other,
            };
            (name.text(), value)
        })
    }

    /// The rule that knew more about the fault than the one that reported it.
    #[must_use]
    pub fn adviser(&self) -> Option<&'static Rule> {
        self.adviser
    }

    fn part(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }
}

/// The parameters that never tell anything of a value: they come from the contract or the policy.
const TELLING_NOTHING: [Name; 9] = [
    param::ACTUAL,
    param::ALLOWED,
    param::EXPECTED,
    param::FORMAT,
    param::KIND,
    param::LIMIT,
    param::STEP,
    param::TARGET,
    param::NOW,
];

/// A diagnostic whose words are being found.
struct Subject<'s, 'r> {
    diagnostic: &'s Diagnostic<'r>,
    steps: &'s [Step<'r>],
    place: RuleContext<'r>,
    /// The property that is missing, if that is the fault.
    missing: Option<&'r Property<'r>>,
    /// What the contract says of the value, or of the one that is missing.
    schema: &'r Schema<'r>,
    locale: Locale,
    /// Whether the value, or one that holds it, must not be shown.
    hidden: bool,
}

impl Diagnostic<'_> {
    /// Finds all that is to be said of it. Whatever the buffers held before is forgotten.
    pub fn render_into(&self, words: &mut RenderedDiagnostic) {
        let mut steps = json_pointer::recycle(std::mem::take(&mut words.steps));
        self.walk(&mut steps);
        let mut place = self.place(&steps);
        // A keyword of a program is explained by its own schema, with the meaning of the value.
        let own = self
            .report
            .contract
            .program()
            .and_then(|tables| tables.schemas.get(self.finding.schema as usize));
        let view = own.map(|own| Schema {
            meaning: place.schema.meaning,
            title: place.schema.title,
            source: place.schema.source,
            ..*own
        });
        if let Some(view) = &view {
            place.schema = view;
        }
        let missing = self.missing(place.schema);
        let mut subject = Subject {
            diagnostic: self,
            steps: &steps,
            place,
            missing,
            schema: missing.map_or(place.schema, |property| property.schema),
            locale: self.report.locale(),
            hidden: false,
        };
        let said = &mut words.said;
        said.begin(subject.locale);
        (self.finding.rule.explain)(&subject.place, said);
        words.adviser = subject.advise(said);
        safety::enforce(&subject.place, said);
        subject.hidden = subject.is_hidden();
        subject.hide(said);
        let secret = subject.hidden || matches!(subject.schema.meaning, Meaning::Credential(_));

        let out = &mut words.text;
        out.clear();
        for (number, end) in words.ends.iter_mut().take(3).enumerate() {
            // One at a time: what was just written in parts is slow to read as a whole.
            let text = match number {
                0 => said.message,
                1 => said.help,
                _ => said.fix.as_ref().map(|fix| fix.title),
            };
            if let Some(text) = text {
                text.write(subject.locale, out, |name, out| {
                    subject.param(name, secret, said, out);
                });
            }
            *end = out.len();
        }
        json_pointer::pointer(self.report.document(), self.text, &steps, missing, out);
        words.ends[3] = out.len();
        subject.source(out);
        words.steps = json_pointer::recycle(steps);
    }
}

impl<'r> Subject<'_, 'r> {
    /// Lets those rules add help that know more about what the value means.
    fn advise(&self, said: &mut MessageBuilder<'_>) -> Option<&'static Rule> {
        let own = self.diagnostic.finding.rule;
        // A rule that offers a fix knows what is wrong.
        let knows = self.place.is_sent() && said.fix.is_some();
        if knows || self.diagnostic.finding.variant != 0 || !own.name.starts_with("schema/") {
            return None;
        }
        let mut adviser = None;
        // A rule's own general help gives way to help that knows the meaning.
        let general = said.help.take();
        for rule in dispatch::advisers(&self.schema.meaning) {
            if said.help.is_some() {
                break;
            }
            if self.diagnostic.report.level_of(rule) != Some(Level::Off) {
                (rule.explain)(&self.place, said);
                adviser = said.help.map(|_| rule);
            }
        }
        said.help = said.help.or(general);
        adviser
    }

    /// Writes a parameter: what the rules say, or else what is found here and kept beside that.
    fn param(&self, name: Name, secret: bool, said: &mut MessageBuilder<'_>, out: &mut String) {
        let is_it = |(known, _): &&(Name, _)| *known == name;
        if let Some((_, value)) = said.params.iter().find(is_it) {
            value.write(&said.kept, out);
            return;
        }
        let start = out.len();
        if self.own(name, secret, out) {
            said.param(name, MessageArg::Said(TextRange::from(start, out)));
        } else {
            out.push_str(name.text());
        }
    }

    /// Removes from a rule's parameters what must not be shown: everything about this value, if
    /// this one is hidden, and what repeats another one that the options mask.
    fn hide(&self, said: &mut MessageBuilder<'_>) {
        let report = self.diagnostic.report;
        let is_masked = !report.mask().is_empty();
        if !self.hidden && !is_masked {
            return;
        }
        for (name, value) in &mut said.params {
            let text = match value {
                MessageArg::Text(text) => text,
                MessageArg::Copied(part) => part.of(&said.kept),
                MessageArg::Said(_) | MessageArg::Count(_) => continue,
            };
            if !TELLING_NOTHING.contains(name)
                && (self.hidden || is_masked && report.repeats_a_secret(text))
            {
                *value = MessageArg::Text(self.not_shown());
            }
        }
    }

    /// Whether the value, or one that holds it, must not be shown.
    fn is_hidden(&self) -> bool {
        let report = self.diagnostic.report;
        let steps = self.steps.iter();
        let mut steps = steps.map(|step| (self.key(step), &step.schema.meaning));
        steps.any(|(key, meaning)| report.hides(key.as_deref(), meaning))
            || self
                .missing
                .is_some_and(|missing| report.hides(Some(missing.name), &missing.schema.meaning))
    }

    /// The key of a step of the way.
    fn key(&self, step: &Step<'r>) -> Option<Cow<'r, str>> {
        step.key(self.place.document, self.place.text)
    }

    /// What a message says in the place of a secret.
    fn not_shown(&self) -> &'static str {
        COMMON_NOT_SHOWN.plain(self.locale)
    }

    /// Writes one of the parameters that every text can use, if it is one.
    fn own(&self, name: Name, secret: bool, out: &mut String) -> bool {
        let place = &self.place;
        match name {
            param::FIELD => self.called(out),
            param::VALUE | param::TEXT if secret => out.push_str(self.not_shown()),
            param::VALUE => {
                let node = place.node();
                self.shown(node.start as usize..node.end as usize, out);
            }
            param::TEXT => self.shown(self.diagnostic.span(), out),
            param::RECORD => out.push_str(self.record()),
            param::SYSTEM => out.push_str(place.contract.system),
            _ => return false,
        }
        true
    }

    /// Writes a part of the payload, for a message.
    fn shown(&self, span: Range<usize>, out: &mut String) {
        let report = self.diagnostic.report;
        if self.hidden || report.is_secret_at(&self.place, span.clone()) {
            out.push_str(self.not_shown());
        } else {
            shorten(self.place.text.get(span).unwrap_or_default(), out);
        }
    }

    /// What a message calls the value: its key, or its place in a list.
    fn called(&self, out: &mut String) {
        let own = self.steps.last();
        let known = own.and_then(|step| step.property);
        if let Some(property) = self.missing.or(known.filter(|known| known.is_plain)) {
            quoted(property.name, out);
            return;
        }
        if let Some(key) = own.and_then(|step| self.key(step)) {
            out.push('`');
            shorten(&secret::redacted(&key), out);
            out.push('`');
            return;
        }
        if let [_, .., item] = self.steps {
            let number = (param::NUMBER, MessageArg::Count(u64::from(item.index) + 1));
            match self.steps.iter().rev().find_map(|step| self.key(step)) {
                Some(list) => {
                    let mut name = String::new();
                    shorten(&secret::redacted(&list), &mut name);
                    let list = (param::LIST, MessageArg::Text(&name));
                    COMMON_ITEM_OF.fill(self.locale, &[number, list], out);
                }
                None => COMMON_ITEM.fill(self.locale, &[number], out),
            }
        } else {
            let record = (param::RECORD, MessageArg::Text(self.record()));
            COMMON_WHOLE.fill(self.locale, &[record], out);
        }
    }

    /// What the vendor calls the record.
    fn record(&self) -> &'r str {
        match self.place.contract.root.meaning {
            Meaning::Record(record) => record,
            _ => COMMON_PAYLOAD.plain(self.locale),
        }
    }

    /// Writes who says that it is wrong.
    fn source(&self, out: &mut String) {
        match self.diagnostic.finding.rule.source {
            Source::Standard(name) => out.push_str(name),
            Source::Meaning => out.push_str("pipelint"),
            Source::Policy => out.push_str("policy"),
            Source::Vendor => {
                out.push_str(self.place.contract.operation);
                // A value that the vendor says nothing of falls under what it says of its
                // container.
                let above = self.steps.iter().rev().map(|step| step.schema.source);
                let id = std::iter::once(self.schema.source)
                    .chain(above)
                    .find(|id| !id.is_empty());
                if let Some(id) = id {
                    out.push('#');
                    out.push_str(id);
                }
            }
        }
    }
}

fn quoted(name: &str, out: &mut String) {
    out.push('`');
    shorten(name, out);
    out.push('`');
}

/// Writes the first characters of a text, with control characters made visible.
#[cfg_attr(pipelint_module, optimize(speed))]
fn shorten(text: &str, out: &mut String) {
    let shown = text.get(..SHOWN.min(text.len())).unwrap_or_default();
    // Most texts are short, and ASCII.
    if !shown.is_empty() && str_ext::is_printable(shown.as_bytes()) {
        out.push_str(shown);
        if shown.len() < text.len() {
            out.push('…');
        }
        return;
    }
    for (count, character) in text.chars().enumerate() {
        if count == SHOWN {
            out.push('…');
            break;
        }
        out.push(if character.is_control() {
            '\u{fffd}'
        } else {
            character
        });
    }
}
