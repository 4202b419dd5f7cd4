//! Runs a [`Program`] over values of a parsed document.
//!
//! One function does both: without `EXPLAIN` it stops at the first keyword that fails and allocates
//! nothing; with it, it collects the faults. A union is explained by the branch that was meant.

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::contract::Types;
use crate::contract::program::{
    Discriminator, Json, Members, Program, ProgramKeyword, ProgramSchema, SchemaId,
};
use crate::document::{Document, Kind, Node, Text, code_points, unescape};
use crate::values::number::Number;

use super::keywords::type_of;
use super::{format, unique};

/// A keyword of a program that a value breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) schema: SchemaId,
    /// The place of the keyword in its schema.
    pub(crate) keyword: u8,
    /// The value, or for a missing property the object.
    pub(crate) node: u32,
    /// Whether the value's key is at fault, not the value.
    pub(crate) is_key: bool,
    /// Which of the keyword's names, or the number that was counted.
    pub(crate) detail: u32,
}

/// Schemas nest and refer to each other so deep at most; deeper ones refer to themselves without an
/// end.
const DEPTH: u32 = 350;
/// After so many steps, outcomes are kept.
const MANY_STEPS: u32 = 100_000;
/// The most faults that one run collects.
const MOST: usize = 1000;

/// The resources through which a schema was reached, for `$dynamicRef`.
#[derive(Clone, Copy)]
struct Scope<'s> {
    outer: Option<&'s Scope<'s>>,
    resource: u32,
    depth: u32,
}

/// Which properties or items of a value were evaluated.
#[derive(Debug, Default)]
struct Evaluated {
    all: bool,
    low: u128,
    /// The bits from 128 on, 128 to a word.
    more: Vec<u128>,
}

impl Evaluated {
    fn add(&mut self, index: u32) {
        let bit = 1 << (index % 128);
        let Some(word) = (index as usize / 128).checked_sub(1) else {
            self.low |= bit;
            return;
        };
        if self.more.len() <= word {
            self.more.resize(word + 1, 0);
        }
        if let Some(bits) = self.more.get_mut(word) {
            *bits |= bit;
        }
    }

    fn has(&self, index: u32) -> bool {
        let bits = match (index as usize / 128).checked_sub(1) {
            None => self.low,
            Some(word) => self.more.get(word).copied().unwrap_or(0),
        };
        self.all || bits >> (index % 128) & 1 != 0
    }

    fn merge(&mut self, other: Self) {
        self.all |= other.all;
        self.low |= other.low;
        if self.more.len() < other.more.len() {
            self.more.resize(other.more.len(), 0);
        }
        for (own, bits) in self.more.iter_mut().zip(other.more) {
            *own |= bits;
        }
    }
}

/// A program and the document that it runs over.
pub(crate) struct Validator<'a> {
    pub(crate) program: &'a Program,
    pub(crate) document: &'a Document,
    pub(crate) text: Text<'a>,
    pub(crate) faults: Vec<Fault>,
    /// How often a schema was run over a value.
    steps: u32,
    /// After very many steps, whether a value is valid by a schema, and whether it was explained:
    /// a schema may be reached on very many ways. Ordinary schemas never come so far.
    outcomes: HashMap<(SchemaId, u32), Outcome, FxBuildHasher>,
}

/// What is known of a value and a schema.
#[derive(Debug, Clone, Copy)]
struct Outcome {
    is_valid: bool,
    is_explained: bool,
}

impl<'a> Validator<'a> {
    pub(crate) fn new(program: &'a Program, document: &'a Document, text: Text<'a>) -> Self {
        Self {
            program,
            document,
            text: text.whole(),
            faults: Vec::new(),
            steps: 0,
            outcomes: HashMap::default(),
        }
    }

    /// The faults of a value; empty if it is valid.
    pub(crate) fn check(mut self, node: u32, schema: SchemaId) -> Vec<Fault> {
        let scope = self.root_scope(schema);
        if self.run::<false>(node, schema, &scope, None) {
            return Vec::new();
        }
        self.run::<true>(node, schema, &scope, None);
        // A schema that is reached twice breaks twice.
        let mut faults: Vec<Fault> = Vec::new();
        for fault in self.faults {
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        faults
    }

    fn root_scope(&self, schema: SchemaId) -> Scope<'static> {
        Scope {
            outer: None,
            resource: self.schema(schema).map_or(0, |schema| schema.resource),
            depth: 0,
        }
    }

    fn schema(&self, id: SchemaId) -> Option<&'a ProgramSchema> {
        self.program.schemas.get(id as usize)
    }

    fn node(&self, at: u32) -> Option<&'a Node> {
        self.document.node(at)
    }

    fn fault(&mut self, schema: SchemaId, keyword: usize, node: u32, detail: u32) {
        self.add(schema, keyword, node, false, detail);
    }

    /// A fault of a value, or of its key.
    fn fault_at(&mut self, schema: SchemaId, keyword: usize, node: u32, is_key: bool) {
        self.add(schema, keyword, node, is_key, 0);
    }

    fn add(&mut self, schema: SchemaId, keyword: usize, node: u32, is_key: bool, detail: u32) {
        if self.faults.len() < MOST {
            self.faults.push(Fault {
                schema,
                keyword: keyword.min(255) as u8,
                node,
                is_key,
                detail,
            });
        }
    }

    /// Whether a value is valid. `evaluated` collects the properties or items that the schema
    /// evaluates, if it is valid.
    fn run<const EXPLAIN: bool>(
        &mut self,
        at: u32,
        id: SchemaId,
        outer: &Scope<'_>,
        evaluated: Option<&mut Evaluated>,
    ) -> bool {
        let (Some(schema), Some(node)) = (self.schema(id), self.node(at)) else {
            return true;
        };
        if !EXPLAIN && schema.refuses.meets(type_of(node.kind)) {
            return false;
        }
        if outer.depth >= DEPTH {
            if EXPLAIN {
                self.fault(id, 255, at, 0);
            }
            return false;
        }
        self.steps = self.steps.saturating_add(1);
        // What a dynamic reference leads to depends on the way.
        let is_kept = self.steps > MANY_STEPS
            && evaluated.is_none()
            && self.program.dynamic_anchors.is_empty();
        if is_kept
            && let Some(outcome) = self.outcomes.get(&(id, at))
            && (outcome.is_valid || outcome.is_explained || !EXPLAIN)
        {
            return outcome.is_valid;
        }
        let scope = Scope {
            outer: Some(outer),
            resource: schema.resource,
            depth: outer.depth + 1,
        };
        let is_valid = self.decide::<EXPLAIN>(at, id, (schema, node), &scope, evaluated);
        if is_kept {
            let outcome = Outcome {
                is_valid,
                is_explained: EXPLAIN,
            };
            self.outcomes.insert((id, at), outcome);
        }
        is_valid
    }

    /// Runs the keywords of a schema over a value.
    #[inline(always)]
    fn decide<const EXPLAIN: bool>(
        &mut self,
        at: u32,
        id: SchemaId,
        (schema, node): (&'a ProgramSchema, &'a Node),
        scope: &Scope<'_>,
        evaluated: Option<&mut Evaluated>,
    ) -> bool {
        let mut own = (schema.tracks || evaluated.is_some()).then(Evaluated::default);
        let mut valid = true;
        for (place, keyword) in schema.keywords.iter().enumerate() {
            let outcome = self.keyword::<EXPLAIN>(at, node, id, place, keyword, scope, &mut own);
            if !outcome {
                if !EXPLAIN {
                    return false;
                }
                valid = false;
                // What has another type breaks every other keyword for the same reason.
                if matches!(keyword, ProgramKeyword::False | ProgramKeyword::Type(_)) {
                    return false;
                }
            }
        }
        if let (Some(evaluated), Some(own)) = (evaluated, own)
            && valid
        {
            evaluated.merge(own);
        }
        valid
    }

    /// Runs one keyword; notes its fault if asked to.
    #[allow(
        clippy::too_many_arguments,
        clippy::too_many_lines,
        reason = "one arm a keyword"
    )]
    fn keyword<const EXPLAIN: bool>(
        &mut self,
        at: u32,
        node: &'a Node,
        id: SchemaId,
        place: usize,
        keyword: &'a ProgramKeyword,
        scope: &Scope<'_>,
        own: &mut Option<Evaluated>,
    ) -> bool {
        let simple = |validator: &mut Self, valid: bool, detail: u32| {
            if EXPLAIN && !valid {
                validator.fault(id, place, at, detail);
            }
            valid
        };
        match keyword {
            ProgramKeyword::False => simple(self, false, 0),
            ProgramKeyword::Type(types) => {
                let valid = self.has_type(node, *types);
                simple(self, valid, 0)
            }
            ProgramKeyword::Enum(values) => {
                let valid = values.iter().any(|value| self.equals(at, value));
                simple(self, valid, 0)
            }
            ProgramKeyword::Const(value) => {
                let valid = self.equals(at, value);
                simple(self, valid, 0)
            }
            ProgramKeyword::Minimum(limit) => {
                let valid = node.kind != Kind::Number || {
                    let order = Number::new(node.text(self.text)).compare(&limit.bound());
                    order.is_gt() || order.is_eq() && !limit.exclusive
                };
                simple(self, valid, 0)
            }
            ProgramKeyword::Maximum(limit) => {
                let valid = node.kind != Kind::Number || {
                    let order = Number::new(node.text(self.text)).compare(&limit.bound());
                    order.is_lt() || order.is_eq() && !limit.exclusive
                };
                simple(self, valid, 0)
            }
            ProgramKeyword::MultipleOf(step) => {
                let valid = node.kind != Kind::Number
                    || Number::new(node.text(self.text)).is_multiple_of(&step.bound());
                simple(self, valid, 0)
            }
            ProgramKeyword::MinLength(least) => {
                let valid = node.kind != Kind::String || {
                    let inner = node.inner(self.text).as_bytes();
                    code_points(inner) as u64 >= *least
                };
                simple(self, valid, 0)
            }
            ProgramKeyword::MaxLength(most) => {
                let valid = node.kind != Kind::String || {
                    let inner = node.inner(self.text).as_bytes();
                    inner.len() as u64 <= *most || code_points(inner) as u64 <= *most
                };
                simple(self, valid, 0)
            }
            ProgramKeyword::Pattern(pattern) => {
                let valid =
                    node.kind != Kind::String || self.matches(*pattern, &node.value(self.text));
                simple(self, valid, 0)
            }
            ProgramKeyword::Format(name) => {
                let valid =
                    node.kind != Kind::String || format::has_format(*name, &node.value(self.text));
                simple(self, valid, 0)
            }
            ProgramKeyword::MinItems(least) => {
                let valid = node.kind != Kind::Array || self.count(at) >= *least;
                simple(self, valid, 0)
            }
            ProgramKeyword::MaxItems(most) => {
                let valid = node.kind != Kind::Array || self.count(at) <= *most;
                simple(self, valid, 0)
            }
            ProgramKeyword::UniqueItems => {
                if node.kind != Kind::Array {
                    return true;
                }
                let repeated = unique::repeated(self.document, self.text, at);
                if EXPLAIN {
                    for item in &repeated {
                        self.fault(id, place, *item, 0);
                    }
                }
                repeated.is_empty()
            }
            ProgramKeyword::MinProperties(least) => {
                let valid = node.kind != Kind::Object || self.count(at) >= *least;
                simple(self, valid, 0)
            }
            ProgramKeyword::MaxProperties(most) => {
                let valid = node.kind != Kind::Object || self.count(at) <= *most;
                simple(self, valid, 0)
            }
            ProgramKeyword::Required(names) => {
                if node.kind != Kind::Object {
                    return true;
                }
                let mut valid = true;
                for (index, name) in names.iter().enumerate() {
                    if self.member(at, name).is_none() {
                        valid = false;
                        if !EXPLAIN {
                            break;
                        }
                        self.fault(id, place, at, index as u32);
                    }
                }
                valid
            }
            ProgramKeyword::DependentRequired(rows) => {
                if node.kind != Kind::Object {
                    return true;
                }
                let mut valid = true;
                for (row, (name, needs)) in rows.iter().enumerate() {
                    if self.member(at, name).is_none() {
                        continue;
                    }
                    for (need, other) in needs.iter().enumerate() {
                        if self.member(at, other).is_none() {
                            valid = false;
                            if !EXPLAIN {
                                return false;
                            }
                            self.fault(id, place, at, (row as u32) << 16 | need as u32 & 0xffff);
                        }
                    }
                }
                valid
            }
            ProgramKeyword::PrefixItems(schemas) => {
                if node.kind != Kind::Array {
                    return true;
                }
                let mut valid = true;
                let children = self.document.children(at);
                for (index, ((item, _), schema)) in children.zip(schemas).enumerate() {
                    valid &= self.run::<EXPLAIN>(item, *schema, scope, None);
                    if !valid && !EXPLAIN {
                        return false;
                    }
                    if let Some(own) = own {
                        own.add(index as u32);
                    }
                }
                valid
            }
            ProgramKeyword::Items(from, schema) => {
                if node.kind != Kind::Array {
                    return true;
                }
                let mut valid = true;
                for (item, _) in self.document.children(at).skip(*from as usize) {
                    valid &= self.run::<EXPLAIN>(item, *schema, scope, None);
                    if !valid && !EXPLAIN {
                        return false;
                    }
                }
                if let Some(own) = own {
                    own.all = true;
                }
                valid
            }
            ProgramKeyword::Contains {
                schema,
                min,
                max,
                evaluates,
            } => {
                if node.kind != Kind::Array {
                    return true;
                }
                let mut count = 0;
                for (index, (item, _)) in self.document.children(at).enumerate() {
                    if self.run::<false>(item, *schema, scope, None) {
                        count += 1;
                        if let Some(own) = own
                            && *evaluates
                        {
                            own.add(index as u32);
                        }
                    }
                }
                simple(self, (*min..=*max).contains(&count), count as u32)
            }
            ProgramKeyword::UnevaluatedItems(schema)
            | ProgramKeyword::UnevaluatedProperties(schema) => {
                let is_of_keys = matches!(keyword, ProgramKeyword::UnevaluatedProperties(_));
                let kind = if is_of_keys {
                    Kind::Object
                } else {
                    Kind::Array
                };
                if node.kind != kind {
                    return true;
                }
                let mut valid = true;
                for (index, (child, _)) in self.document.children(at).enumerate() {
                    if own.as_ref().is_some_and(|own| own.has(index as u32)) {
                        continue;
                    }
                    if !self.run::<false>(child, *schema, scope, None) {
                        valid = false;
                        if !EXPLAIN {
                            return false;
                        }
                        self.fault_at(id, place, child, is_of_keys);
                    }
                }
                if let Some(own) = own {
                    own.all = true;
                }
                valid
            }
            ProgramKeyword::Properties(members) => {
                node.kind != Kind::Object
                    || self.properties::<EXPLAIN>(at, id, place, members, scope, own)
            }
            ProgramKeyword::PropertyNames(schema) => {
                if node.kind != Kind::Object {
                    return true;
                }
                let mut valid = true;
                for (child, node) in self.document.children(at) {
                    let Some(key) = node.key(self.text) else {
                        continue;
                    };
                    if !self.takes_name(*schema, &key, scope.depth) {
                        valid = false;
                        if !EXPLAIN {
                            return false;
                        }
                        self.fault_at(id, place, child, true);
                    }
                }
                valid
            }
            ProgramKeyword::DependentSchemas(rows) => {
                if node.kind != Kind::Object {
                    return true;
                }
                let mut valid = true;
                for (name, schema) in rows {
                    if self.member(at, name).is_some() {
                        valid &= self.run::<EXPLAIN>(at, *schema, scope, own.as_mut());
                        if !valid && !EXPLAIN {
                            return false;
                        }
                    }
                }
                valid
            }
            ProgramKeyword::AllOf(schemas) => {
                let mut valid = true;
                for schema in schemas {
                    valid &= self.run::<EXPLAIN>(at, *schema, scope, own.as_mut());
                    if !valid && !EXPLAIN {
                        return false;
                    }
                }
                valid
            }
            ProgramKeyword::AnyOf(schemas, discriminator) => {
                let mut valid = false;
                let possible = self.possible(at, node, discriminator.as_ref());
                for (index, schema) in schemas.iter().enumerate() {
                    if !is_possible(possible, index) {
                        continue;
                    }
                    valid |= self.run::<false>(at, *schema, scope, own.as_mut());
                    if valid && own.is_none() {
                        return true;
                    }
                }
                if !valid && EXPLAIN {
                    self.explain_union(at, id, place, schemas, discriminator.as_ref(), scope);
                }
                valid
            }
            ProgramKeyword::OneOf(schemas, discriminator) => {
                let mut first = None;
                let possible = self.possible(at, node, discriminator.as_ref());
                for (index, schema) in schemas.iter().enumerate() {
                    if !is_possible(possible, index) {
                        continue;
                    }
                    let mut branch = own.is_some().then(Evaluated::default);
                    if !self.run::<false>(at, *schema, scope, branch.as_mut()) {
                        continue;
                    }
                    if let Some(first) = first {
                        return simple(self, false, 1 << 31 | (first as u32) << 12 | index as u32);
                    }
                    first = Some(index);
                    if let (Some(own), Some(branch)) = (own.as_mut(), branch) {
                        own.merge(branch);
                    }
                }
                if first.is_none() && EXPLAIN {
                    self.explain_union(at, id, place, schemas, discriminator.as_ref(), scope);
                }
                first.is_some()
            }
            ProgramKeyword::Not(schema) => {
                let valid = !self.run::<false>(at, *schema, scope, None);
                simple(self, valid, 0)
            }
            ProgramKeyword::If(condition, then, otherwise) => {
                let mut branch = own.is_some().then(Evaluated::default);
                let applies = self.run::<false>(at, *condition, scope, branch.as_mut());
                if applies && let (Some(own), Some(branch)) = (own.as_mut(), branch) {
                    own.merge(branch);
                }
                match if applies { then } else { otherwise } {
                    Some(schema) => self.run::<EXPLAIN>(at, *schema, scope, own.as_mut()),
                    None => true,
                }
            }
            ProgramKeyword::Ref(schema) => self.run::<EXPLAIN>(at, *schema, scope, own.as_mut()),
            ProgramKeyword::DynamicRef(schema, anchor) => {
                let target = self.dynamic(*schema, anchor, scope);
                self.run::<EXPLAIN>(at, target, scope, own.as_mut())
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "those of a keyword")]
    fn properties<const EXPLAIN: bool>(
        &mut self,
        at: u32,
        id: SchemaId,
        place: usize,
        members: &Members,
        scope: &Scope<'_>,
        own: &mut Option<Evaluated>,
    ) -> bool {
        let mut valid = true;
        for (index, (child, node)) in self.document.children(at).enumerate() {
            let Some(raw) = node.raw_key(self.text) else {
                continue;
            };
            let key = self.key(raw);
            let mut is_named = false;
            if let Some(schema) = lookup(members, node.property, &key) {
                is_named = true;
                valid &= self.run::<EXPLAIN>(child, schema, scope, None);
            }
            for (pattern, schema) in &members.patterns {
                if self.matches(*pattern, &key) {
                    is_named = true;
                    valid &= self.run::<EXPLAIN>(child, *schema, scope, None);
                }
            }
            if !is_named && let Some(additional) = members.additional {
                is_named = true;
                let refused = self
                    .schema(additional)
                    .is_some_and(|own| matches!(own.keywords.first(), Some(ProgramKeyword::False)));
                if refused {
                    valid = false;
                    if EXPLAIN {
                        self.fault_at(id, place, child, true);
                    }
                } else {
                    valid &= self.run::<EXPLAIN>(child, additional, scope, None);
                }
            }
            if !valid && !EXPLAIN {
                return false;
            }
            if is_named && let Some(own) = own {
                own.add(index as u32);
            }
        }
        valid
    }

    /// The branches, one bit each, that the discriminating property of an object leaves.
    fn possible(&self, at: u32, node: &Node, discriminator: Option<&Discriminator>) -> u128 {
        let Some(discriminator) = discriminator.filter(|one| one.others != u128::MAX) else {
            return u128::MAX;
        };
        if node.kind != Kind::Object {
            return u128::MAX;
        }
        let child = self.member(at, &discriminator.property);
        let Some(child) = child.and_then(|child| self.node(child)) else {
            return u128::MAX;
        };
        if child.kind != Kind::String {
            return u128::MAX;
        }
        let value = child.value(self.text);
        let named = discriminator.values.iter();
        let named = named.filter(|(known, _)| **known == *value);
        named.fold(discriminator.others, |possible, (_, branch)| {
            possible | 1_u128.checked_shl(*branch).unwrap_or(0)
        })
    }

    /// Explains a union of which no branch takes the value, by the branch that was meant.
    fn explain_union(
        &mut self,
        at: u32,
        id: SchemaId,
        place: usize,
        schemas: &[SchemaId],
        discriminator: Option<&Discriminator>,
        scope: &Scope<'_>,
    ) {
        let mut chosen = None;
        if let Some(discriminator) = discriminator
            && let Some(child) = self.member(at, &discriminator.property)
            && let Some(node) = self.node(child).filter(|node| node.kind == Kind::String)
        {
            let value = node.value(self.text);
            let named = discriminator.values.iter();
            let mut named = named.filter(|(known, _)| **known == *value);
            // A value of several branches says nothing.
            if let (Some((_, branch)), None) = (named.next(), named.next()) {
                chosen = Some(*branch as usize).filter(|branch| *branch < schemas.len());
            }
        }
        // The only branch is the one that was meant.
        if schemas.len() == 1 {
            chosen = Some(0);
        }
        let before = self.faults.len();
        if let Some(schema) = chosen.and_then(|chosen| schemas.get(chosen)) {
            self.run::<true>(at, *schema, scope, None);
            return;
        }
        // The branch whose faults are the fewest, and the deepest in the value: one that refuses the
        // value itself was not meant.
        let mut best: Option<(usize, usize, Vec<Fault>)> = None;
        for schema in schemas {
            self.run::<true>(at, *schema, scope, None);
            let faults = self.faults.split_off(before);
            let own = faults
                .iter()
                .filter(|fault| fault.node == at && !fault.is_key && !self.is_about_members(fault))
                .count();
            let is_better = best
                .as_ref()
                .is_none_or(|(known, count, _)| (own, faults.len()) < (*known, *count));
            if is_better {
                best = Some((own, faults.len(), faults));
            }
        }
        match best {
            // No branch is near: the union itself is reported.
            Some((own, _, faults)) if own == 0 && !faults.is_empty() && self.is_container(at) => {
                self.faults.extend(faults);
            }
            _ => self.fault(id, place, at, 0),
        }
    }

    fn is_container(&self, at: u32) -> bool {
        self.node(at).is_some_and(Node::is_container)
    }

    /// Whether a fault of an object is about the properties that it lacks.
    fn is_about_members(&self, fault: &Fault) -> bool {
        let keyword = self
            .schema(fault.schema)
            .and_then(|schema| schema.keywords.get(usize::from(fault.keyword)));
        matches!(
            keyword,
            Some(ProgramKeyword::Required(_) | ProgramKeyword::DependentRequired(_))
        )
    }

    /// Whether a schema takes a property's name, which is a string that is not in the text as a
    /// value of its own.
    fn takes_name(&self, id: SchemaId, name: &str, depth: u32) -> bool {
        let Some(schema) = self.schema(id) else {
            return true;
        };
        if depth >= DEPTH {
            return false;
        }
        let takes = |id: &SchemaId| self.takes_name(*id, name, depth + 1);
        let length = || name.chars().count() as u64;
        schema.keywords.iter().all(|keyword| match keyword {
            ProgramKeyword::False => false,
            ProgramKeyword::Type(types) => types.meets(Types::STRING),
            ProgramKeyword::Enum(values) => values
                .iter()
                .any(|value| matches!(value, Json::String(text) if **text == *name)),
            ProgramKeyword::Const(value) => {
                matches!(value, Json::String(text) if **text == *name)
            }
            ProgramKeyword::MinLength(least) => length() >= *least,
            ProgramKeyword::MaxLength(most) => length() <= *most,
            ProgramKeyword::Pattern(pattern) => self.matches(*pattern, name),
            ProgramKeyword::Format(format) => format::has_format(*format, name),
            ProgramKeyword::AllOf(schemas) => schemas.iter().all(takes),
            ProgramKeyword::AnyOf(schemas, _) => schemas.iter().any(takes),
            ProgramKeyword::OneOf(schemas, _) => schemas.iter().filter(|id| takes(id)).count() == 1,
            ProgramKeyword::Not(schema) => !takes(schema),
            ProgramKeyword::If(condition, then, otherwise) => {
                let branch = if takes(condition) { then } else { otherwise };
                branch.as_ref().is_none_or(takes)
            }
            ProgramKeyword::Ref(schema) | ProgramKeyword::DynamicRef(schema, _) => takes(schema),
            _ => true,
        })
    }

    /// The outermost schema with that dynamic anchor among the resources that led here.
    fn dynamic(&self, schema: SchemaId, anchor: &str, scope: &Scope<'_>) -> SchemaId {
        let mut target = schema;
        let mut next = Some(scope);
        while let Some(scope) = next {
            // A borrowed key cannot be looked up in a map of pairs; there are few anchors.
            let found = self
                .program
                .dynamic_anchors
                .iter()
                .find(|((resource, name), _)| *resource == scope.resource && **name == *anchor);
            if let Some((_, id)) = found {
                target = *id;
            }
            next = scope.outer;
        }
        target
    }

    fn has_type(&self, node: &Node, types: Types) -> bool {
        types.meets(type_of(node.kind))
            || node.kind == Kind::Number
                && types.meets(Types::INTEGER)
                && Number::new(node.text(self.text)).is_integer()
    }

    fn count(&self, at: u32) -> u64 {
        self.document.children(at).count() as u64
    }

    /// The value of an object's member.
    fn member(&self, at: u32, name: &str) -> Option<u32> {
        self.document
            .children(at)
            .find(|(_, child)| self.is_named(child, name))
            .map(|(child, _)| child)
    }

    /// A key, from its text between the quotes.
    fn key(&self, raw: &'a str) -> Cow<'a, str> {
        if self.document.escaped_keys {
            unescape(raw)
        } else {
            Cow::Borrowed(raw)
        }
    }

    /// Whether a value's key has that name.
    fn is_named(&self, node: &Node, name: &str) -> bool {
        let raw = node.raw_key(self.text);
        // An escape is longer than what it stands for.
        raw.is_some_and(|raw| raw.len() >= name.len() && self.key(raw) == name)
    }

    fn matches(&self, pattern: u32, text: &str) -> bool {
        self.program
            .patterns
            .get(pattern as usize)
            .is_none_or(|pattern| pattern.matcher.is_match(text))
    }

    /// Whether a value equals one of the schema.
    fn equals(&self, at: u32, value: &Json) -> bool {
        let Some(node) = self.node(at) else {
            return false;
        };
        match (node.kind, value) {
            (Kind::Null, Json::Null) => true,
            (Kind::Boolean, Json::Boolean(value)) => {
                node.has(crate::document::flag::TRUE) == *value
            }
            (Kind::Number, Json::Number(text)) => {
                Number::new(node.text(self.text)).equals(Number::new(text))
            }
            (Kind::String, Json::String(text)) => node.value(self.text) == **text,
            (Kind::Array, Json::Array(items)) => {
                self.count(at) == items.len() as u64
                    && self
                        .document
                        .children(at)
                        .zip(items)
                        .all(|((child, _), item)| self.equals(child, item))
            }
            (Kind::Object, Json::Object(members)) => {
                self.count(at) == members.len() as u64
                    && members.iter().all(|(key, value)| {
                        self.member(at, key)
                            .is_some_and(|child| self.equals(child, value))
                    })
            }
            _ => false,
        }
    }
}

/// Whether a branch is among those that are possible.
const fn is_possible(possible: u128, index: usize) -> bool {
    index >= 128 || possible >> index & 1 != 0
}

/// The schema of a property, by its name. The place that the tables found for the key is mostly its
/// place among the members, too.
fn lookup(members: &Members, place: u8, key: &str) -> Option<SchemaId> {
    if let Some((name, id)) = members.order.get(usize::from(place))
        && **name == *key
    {
        return Some(*id);
    }
    if members.order.len() <= 8 {
        let found = members.order.iter().find(|(name, _)| **name == *key);
        return found.map(|(_, id)| *id);
    }
    members.known.get(key).copied()
}
