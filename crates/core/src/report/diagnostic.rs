//! One diagnostic: what is wrong, where, why, and how to mend it.

use std::borrow::Cow;
use std::ops::Range;

use crate::contract::{Meaning, Property, Schema};
use crate::levels::Level;
use crate::messages::{
    self, COMMON_ITEM, COMMON_ITEM_OF, COMMON_NOT_SHOWN, COMMON_PAYLOAD, COMMON_WHOLE, Locale, Text,
};
use crate::rules::{self, Applicability, Edit, Explanation, Param, Place, Rule, Severity, Source};
use crate::values::texts::concat;

use super::trail::{self, Step};
use super::{Finding, Position, Report};

/// One diagnostic of a report. Asking it for words costs some work each time; [`Self::explain`]
/// gives all of them at once.
#[derive(Debug, Clone, Copy)]
pub struct Diagnostic<'r> {
    pub(super) report: &'r Report<'r>,
    pub(super) finding: &'r Finding,
}

/// The words of a diagnostic.
#[derive(Debug, Clone)]
pub struct Explained<'r> {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The JSON pointer (RFC 6901) of the value or key concerned. A missing property is reported
    /// at the place where it would stand.
    pub pointer: String,
    /// What the message and the help were filled in with.
    pub params: Vec<(&'static str, Param<'r>)>,
    /// Who says so: a statement of the vendor by its id in the operation's notes, or a standard.
    pub source: Cow<'static, str>,
    /// An edit that mends it.
    pub fix: Option<ExplainedFix>,
    /// The rule that knew more about the fault than the one that reported it.
    pub adviser: Option<&'static Rule>,
}

/// An edit that mends a fault, with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedFix {
    /// What the edit does.
    pub title: String,
    /// Whether it can be applied without asking.
    pub applicability: Applicability,
    /// The edits, in the order of the text; none overlaps another.
    pub edits: Vec<Edit>,
}

/// The most characters of a payload's own text that a message repeats.
const SHOWN: usize = 40;

/// The parameters that never tell anything of a value: they come from the contract or the house.
const TELLING_NOTHING: [&str; 9] = [
    "actual", "allowed", "expected", "format", "kind", "limit", "step", "target", "now",
];

impl<'r> Diagnostic<'r> {
    /// The rule that found it.
    #[must_use]
    pub fn rule(&self) -> &'static Rule {
        self.finding.rule
    }

    /// How bad it is: the rule's severity, or the one that the options set for it.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.finding.severity
    }

    /// The byte offsets of the text concerned. A missing property is shown at the opening brace
    /// of the object that lacks it.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.finding.start as usize..self.finding.end as usize
    }

    /// Where the text concerned starts.
    #[must_use]
    pub fn start(&self) -> Position {
        self.report
            .lines()
            .position(self.report.bytes, self.finding.start)
    }

    /// Where the text concerned ends: the place behind its last character.
    #[must_use]
    pub fn end(&self) -> Position {
        self.report
            .lines()
            .position(self.report.bytes, self.finding.end)
    }

    /// Whether the text concerned holds a secret, which must not be shown. Who shows lines of the
    /// payload, too, asks [`Report::secrets`].
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.report.is_secret(self.span())
    }

    /// What is wrong, in one sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        self.explain().message
    }

    /// The JSON pointer (RFC 6901) of the value or key concerned.
    #[must_use]
    pub fn pointer(&self) -> String {
        let steps = self.steps();
        trail::pointer(&steps, self.missing(&steps).map(|property| property.name))
    }

    /// All that is to be said of it.
    #[must_use]
    pub fn explain(&self) -> Explained<'r> {
        let steps = self.steps();
        let missing = self.missing(&steps);
        let place = self.place(&steps);
        let subject = missing.map_or(place.schema, |property| property.schema);
        let locale = self.report.locale();
        let mut said = Explanation {
            locale,
            ..Explanation::default()
        };
        (self.finding.rule.explain)(&place, &mut said);
        let adviser = self.advise(&place, subject, &mut said);

        let masked = self.is_masked(&steps);
        let secret = masked || matches!(subject.meaning, Meaning::Credential(_));
        let mut params = said.params;
        self.hide(&mut params, masked);
        let texts = [
            said.message,
            said.help,
            said.fix.as_ref().map(|fix| fix.title),
        ];
        for name in texts
            .into_iter()
            .flatten()
            .flat_map(|text| messages::parameters(text.template(locale)))
        {
            if !params.iter().any(|(known, _)| *known == name)
                && let Some(value) = self.own(name, &steps, missing, &place, secret)
            {
                params.push((name, Param::Text(value)));
            }
        }
        let words = |text: Text| text.fill(locale, &params);
        Explained {
            message: said
                .message
                .map_or_else(|| self.finding.rule.name.to_owned(), words),
            help: said.help.map(words),
            pointer: trail::pointer(&steps, missing.map(|property| property.name)),
            source: source(self.finding.rule, self.report, subject, &steps),
            fix: said.fix.map(|fix| ExplainedFix {
                title: words(fix.title),
                applicability: fix.applicability,
                edits: fix.edits,
            }),
            params,
            adviser,
        }
    }

    /// Lets those rules add help that know more about what the value means.
    fn advise(
        &self,
        place: &Place<'r>,
        subject: &'static Schema,
        said: &mut Explanation<'r>,
    ) -> Option<&'static Rule> {
        let own = self.finding.rule;
        if !matches!(own.group(), "schema") {
            return None;
        }
        let mut adviser = None;
        // A rule's own general help gives way to help that knows the meaning.
        let general = said.help.take();
        for rule in rules::ADVISERS {
            if said.help.is_some() {
                break;
            }
            if rule.advises(&subject.meaning) && self.report.level_of(rule) != Some(Level::Off) {
                (rule.explain)(place, said);
                adviser = said.help.map(|_| rule);
            }
        }
        said.help = said.help.or(general);
        adviser
    }

    /// Hides what a rule has told of values that the options mask: all that it has told of this
    /// one, if this one is masked, and of others what repeats them.
    fn hide(&self, params: &mut [(&'static str, Param<'_>)], masked: bool) {
        if self.report.mask().is_empty() {
            return;
        }
        for (name, param) in params {
            if let Param::Text(text) = param
                && !TELLING_NOTHING.contains(name)
                && (masked || self.report.repeats_a_secret(text))
            {
                *text = Cow::Borrowed(self.not_shown());
            }
        }
    }

    /// Whether the options hide the value, or one that holds it.
    fn is_masked(&self, steps: &[Step<'_>]) -> bool {
        let mask = self.report.mask();
        !mask.is_empty()
            && steps
                .iter()
                .any(|step| mask.hides(step.key.as_deref(), &step.schema.meaning))
    }

    fn steps(&self) -> Vec<Step<'r>> {
        trail::trail(
            self.report.document(),
            self.report.text(),
            self.report.contract.root,
            self.finding.node,
        )
    }

    /// The property that is missing, if that is the fault.
    fn missing(&self, steps: &[Step<'_>]) -> Option<&'static Property> {
        if !std::ptr::eq(self.finding.rule, &raw const rules::schema::required::RULE) {
            return None;
        }
        steps
            .last()?
            .schema
            .object?
            .properties
            .get(self.finding.detail as usize)
    }

    fn place(&self, steps: &[Step<'_>]) -> Place<'r> {
        let above = steps
            .len()
            .checked_sub(2)
            .and_then(|above| steps.get(above));
        Place {
            text: self.report.text(),
            document: self.report.document(),
            contract: self.report.contract,
            schema: steps
                .last()
                .map_or(self.report.contract.root, |step| step.schema),
            node: self.finding.node,
            parent: above.map(|step| (step.node, step.schema)),
            now: self.report.now(),
            house: self.report.house(),
            rule: Some(self.finding.rule),
            variant: self.finding.variant,
            detail: self.finding.detail,
            span: (self.finding.start, self.finding.end),
        }
    }

    /// What a message says in the place of a secret.
    fn not_shown(&self) -> &'static str {
        COMMON_NOT_SHOWN.template(self.report.locale())
    }

    /// A part of the payload, for a message.
    fn shown(&self, span: Range<usize>) -> Cow<'r, str> {
        if self.report.is_secret(span.clone()) {
            return Cow::Borrowed(self.not_shown());
        }
        Cow::Owned(shorten(self.report.text().get(span).unwrap_or_default()))
    }

    /// Whether the fix repeats what nobody may print. It can still be applied.
    #[must_use]
    pub fn reveals(&self, fix: &ExplainedFix) -> bool {
        fix.edits.iter().any(|edit| {
            // What is only put in repeats nothing.
            !edit.text.is_empty()
                && edit.start < edit.end
                && self
                    .report
                    .is_secret(edit.start as usize..edit.end as usize)
        })
    }

    /// The parameters that every text can use.
    fn own(
        &self,
        name: &str,
        steps: &[Step<'r>],
        missing: Option<&'static Property>,
        place: &Place<'r>,
        secret: bool,
    ) -> Option<Cow<'r, str>> {
        Some(match name {
            "field" => Cow::Owned(called(steps, missing, place, self.report.locale())),
            "value" | "text" if secret => Cow::Borrowed(self.not_shown()),
            "value" => {
                let node = place.node();
                self.shown(node.start as usize..node.end as usize)
            }
            "text" => self.shown(self.span()),
            "record" => Cow::Borrowed(record(place, self.report.locale())),
            "system" => Cow::Borrowed(self.report.contract.system),
            _ => return None,
        })
    }
}

/// What a message calls the value: its key, or its place in a list.
fn called<'r>(
    steps: &[Step<'r>],
    missing: Option<&'static Property>,
    place: &Place<'r>,
    locale: Locale,
) -> String {
    if let Some(property) = missing {
        return quoted(property.name);
    }
    let named = steps.iter().rev().find_map(|step| step.key.as_deref());
    match (steps.last(), named) {
        (Some(Step { key: Some(key), .. }), _) => quoted(&shorten(key)),
        (Some(item), list) if steps.len() > 1 => {
            let number = ("number", Param::Count(u64::from(item.index) + 1));
            match list {
                Some(list) => {
                    let list = ("list", Param::Text(Cow::Owned(shorten(list))));
                    COMMON_ITEM_OF.fill(locale, &[number, list])
                }
                None => COMMON_ITEM.fill(locale, &[number]),
            }
        }
        _ => {
            let record = Param::Text(Cow::Borrowed(record(place, locale)));
            COMMON_WHOLE.fill(locale, &[("record", record)])
        }
    }
}

/// What the vendor calls the record.
fn record(place: &Place<'_>, locale: Locale) -> &'static str {
    match place.contract.root.meaning {
        Meaning::Record(record) => record,
        _ => COMMON_PAYLOAD.template(locale),
    }
}

fn quoted(name: &str) -> String {
    concat(&["`", name, "`"])
}

/// The first characters of a text, with control characters made visible.
#[cfg_attr(pipelint_module, optimize(speed))]
fn shorten(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(4 * SHOWN));
    for (count, character) in text.chars().enumerate() {
        if count == SHOWN {
            shown.push('…');
            break;
        }
        shown.push(if character.is_control() {
            '\u{fffd}'
        } else {
            character
        });
    }
    shown
}

fn source(
    rule: &Rule,
    report: &Report<'_>,
    subject: &Schema,
    steps: &[Step<'_>],
) -> Cow<'static, str> {
    match rule.source {
        Source::Standard(name) => Cow::Borrowed(name),
        Source::Meaning => Cow::Borrowed("pipelint"),
        Source::House => Cow::Borrowed("house"),
        Source::Vendor => {
            // A value that the vendor says nothing of falls under what it says of its container.
            let above = steps.iter().rev().map(|step| step.schema.source);
            let id = std::iter::once(subject.source)
                .chain(above)
                .find(|id| !id.is_empty());
            match id {
                Some(id) => Cow::Owned(concat(&[report.contract.operation, "#", id])),
                None => Cow::Borrowed(report.contract.operation),
            }
        }
    }
}
