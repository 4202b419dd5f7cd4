//! The inspection: validates and classifies one value while the scanner has it at hand.
//!
//! A value that needs no diagnostic, which is nearly every one, leaves no trace. One that breaks its
//! contract becomes a [`Violation`], and one that a rule may have to look at a [`Candidate`]; see
//! [`run_rules`](super::run_rules).

use super::candidate::{Candidate, MOST, Subject, Violation, Violations, reuse};
use super::{dispatch, fast_path};
use crate::contract::{Facts, Format, Object, Schema};
use crate::document::{ObjectState, Parent, Token, Visitor};
use crate::facts::classify;
use crate::validate::{Keyword, keywords};
use crate::values::datetime::Instant;

/// What is known of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inspection {
    /// The facts, some of which count for the object around the value.
    pub(crate) facts: Facts,
    /// The keyword that the value breaks, if rules can still judge it.
    pub(crate) broken: Option<Keyword>,
    /// Whether a rule may have to look at the value.
    pub(crate) is_candidate: bool,
}

/// Inspects one value. The error is the keyword that the value breaks so that no rule can judge it.
#[cfg_attr(not(pipelint_module), inline(always))]
#[cfg_attr(pipelint_module, inline(never))]
pub(crate) fn inspect(
    token: Token<'_>,
    schema: &Schema<'_>,
    now: &Instant,
) -> Result<Inspection, Keyword> {
    let broken = keywords::value(token, schema);
    if let Some(keyword) = broken
        && !keyword.leaves_the_value_to_rules()
    {
        return Err(keyword);
    }
    let wrong_format = Err(broken.unwrap_or(Keyword::Format));
    let format = keywords::format(token, schema);
    let is_classified =
        format == Some(Format::DateTime) && classify::reads_date_times(&schema.meaning);
    if let Some(format) = format
        && !is_classified
        && !keywords::has_format(token, format)
    {
        return wrong_format;
    }
    let facts = classify::classify(token, schema, now);
    if is_classified {
        // The classification has read the date only if it is not blank and has no escapes.
        let has_format = if facts.meets(Facts::BLANK.or(Facts::ESCAPED)) {
            keywords::has_format(token, Format::DateTime)
        } else {
            !facts.meets(Facts::NOT_A_DATE)
        };
        if !has_format {
            return wrong_format;
        }
    }
    Ok(Inspection {
        facts,
        broken,
        is_candidate: broken.is_some() || dispatch::calls_a_rule(facts, schema),
    })
}

/// Inspects each value that the scanner reads.
#[derive(Debug)]
pub(crate) struct Inspector<'b, 'c> {
    /// Both in the order of the values' ends.
    pub(crate) violations: &'b mut Violations,
    pub(crate) candidates: &'b mut Vec<Candidate<'c>>,
    /// Memory for the candidates, taken for the first of them: a valid payload has none.
    pub(crate) spare: &'b mut Vec<Candidate<'static>>,
    pub(crate) now: Instant,
}

impl<'c> Visitor<'c> for Inspector<'_, 'c> {
    #[inline(always)]
    fn plain_text(
        &self,
        bytes: &[u8],
        text: (usize, usize),
        schema: &'c Schema<'c>,
    ) -> Option<Facts> {
        fast_path::text(bytes, text, schema, &self.now)
    }

    #[inline(always)]
    fn whole(&self, bytes: &[u8], at: usize, schema: &'c Schema<'c>) -> Option<(usize, Facts)> {
        fast_path::whole(&schema.fast_path, bytes, at)
    }

    #[inline(always)]
    fn fraction(&self, bytes: &[u8], at: usize, schema: &'c Schema<'c>) -> Option<(usize, Facts)> {
        fast_path::fraction(&schema.fast_path, bytes, at)
    }

    #[cfg_attr(not(pipelint_module), inline(always))]
    #[cfg_attr(pipelint_module, inline(never))]
    fn value(
        &mut self,
        node: usize,
        span: (usize, usize),
        token: Token<'_>,
        schema: &'c Schema<'c>,
        parent: Parent<'c>,
    ) -> Facts {
        if let Some(extra) = schema.extra {
            self.add(node, Subject::Program(extra), schema, parent);
        }
        match inspect(token, schema, &self.now) {
            Ok(inspection) => {
                if inspection.is_candidate {
                    self.add_value(node, inspection, schema, parent);
                }
                inspection.facts
            }
            Err(keyword) => {
                self.violations.push(Violation {
                    keyword,
                    node: node as u32,
                    span: (span.0 as u32, span.1 as u32),
                });
                Facts::NONE
            }
        }
    }

    #[inline(always)]
    fn object(
        &mut self,
        node: usize,
        state: &ObjectState,
        known: &'c Object<'c>,
        schema: &'c Schema<'c>,
        parent: Parent<'c>,
    ) {
        let missing = state.missing(known);
        if missing != [0; 2] || dispatch::calls_an_object_rule(state.facts()) {
            self.add(
                node,
                Subject::Object(state.facts(), missing),
                schema,
                parent,
            );
        }
    }

    #[inline(always)]
    fn items(&mut self, node: usize, count: u32, schema: &'c Schema<'c>, parent: Parent<'c>) {
        if schema
            .array
            .is_some_and(|limits| keywords::may_break_array(limits, count))
        {
            self.add(node, Subject::Items(count), schema, parent);
        }
    }

    #[inline(always)]
    fn compares_items(&self, schema: &'c Schema<'c>) -> bool {
        dispatch::calls_a_rule(Facts::SEVERAL, schema)
    }

    #[inline]
    fn mark(&self) -> usize {
        self.candidates.len()
    }

    fn unknown_property(&mut self, node: usize, mark: usize, parent: Parent<'c>) {
        static ANY: Schema<'static> = Schema::ANY;
        // The key is at fault; the value inside it is not judged.
        self.candidates.truncate(mark);
        self.add(node, Subject::UnknownProperty, &ANY, parent);
    }
}

impl<'c> Inspector<'_, 'c> {
    #[cold]
    #[inline(never)]
    fn add_value(
        &mut self,
        node: usize,
        inspection: Inspection,
        schema: &'c Schema<'c>,
        parent: Parent<'c>,
    ) {
        let subject = Subject::Value(inspection.broken, inspection.facts);
        self.add(node, subject, schema, parent);
    }

    #[cold]
    fn add(&mut self, node: usize, subject: Subject, schema: &'c Schema<'c>, parent: Parent<'c>) {
        if self.candidates.capacity() == 0 {
            *self.candidates = reuse(std::mem::take(self.spare));
        }
        if self.candidates.len() > MOST {
            return;
        }
        self.candidates.push(Candidate {
            node: node as u32,
            schema,
            parent,
            subject,
        });
    }
}
