//! The keywords of one schema.

use pipelint_contract::json_pointer::escape;
use pipelint_contract::program::{
    Json, Limit, Members, Pattern, ProgramKeyword, ProgramSchema, SchemaId,
};
use pipelint_contract::{Format, Types};

use super::{Reader, Source, Waiting};
use crate::bound::Decimal;
use crate::dialect::Dialect;
use crate::json::Node;
use crate::names::did_you_mean;

impl<'n> Reader<'n, '_> {
    /// Reads the keywords of a schema.
    pub(super) fn schema(&mut self, at: &Waiting<'n>) {
        let Some((dialect, validates, file)) = self
            .resources
            .get(at.resource as usize)
            .map(|own| (own.dialect, own.validates, own.file.clone()))
        else {
            return;
        };
        let mut schema = ProgramSchema {
            location: format!("{file}{}", at.pointer).into(),
            resource: at.resource,
            ..ProgramSchema::default()
        };
        match at.node {
            Node::Boolean(true) => {}
            Node::Boolean(false) => schema.keywords.push(ProgramKeyword::False),
            Node::Object(members) => {
                let mut source = Source::default();
                self.notes(at, members, dialect);
                let reference = node_str(at.node, "$ref");
                if let Some(reference) = reference
                    && dialect.ref_stands_alone()
                {
                    Self::meta(at, &mut source, &mut schema);
                    self.reference(at, "$ref", reference, &mut schema.keywords);
                } else {
                    Self::meta(at, &mut source, &mut schema);
                    self.keywords(at, dialect, validates, &mut schema);
                }
                if let Some(slot) = self.sources.get_mut(at.id as usize) {
                    *slot = source;
                }
            }
            other => self.problem(
                at,
                "",
                format!("a schema is an object, true or false, not {other}"),
            ),
        }
        schema.tracks = schema.keywords.iter().any(|keyword| {
            matches!(
                keyword,
                ProgramKeyword::UnevaluatedItems(_) | ProgramKeyword::UnevaluatedProperties(_)
            )
        });
        // What is decided from the value alone comes first, what needs all others last.
        schema.keywords.sort_by_key(order);
        if let Some(slot) = self.program.schemas.get_mut(at.id as usize) {
            *slot = schema;
        }
    }

    /// Notes keywords that do not exist.
    fn notes(&mut self, at: &Waiting<'n>, members: &'n [(String, Node)], dialect: Dialect) {
        for (key, _) in members {
            if dialect.knows(key) || key.starts_with("x-") {
                continue;
            }
            let near = self
                .near_keywords
                .entry(key)
                .or_insert_with(|| did_you_mean(key, dialect.keywords()));
            if near.is_empty() {
                continue;
            }
            let what = format!("is not a keyword, so it checks nothing{near}");
            let note = self.place(at, key, what);
            self.notes.push(note);
        }
    }

    fn meta(at: &Waiting<'n>, source: &mut Source, schema: &mut ProgramSchema) {
        let text = |name: &str| node_str(at.node, name).unwrap_or_default().to_owned();
        source.title = text("title");
        source.cited = text("source");
        source.meaning = at
            .node
            .get("meaning")
            .or_else(|| at.node.get("x-meaning"))
            .cloned();
        source.default = at
            .node
            .get("default")
            .map(ToString::to_string)
            .unwrap_or_default();
        schema.title = text("title").into();
        schema.description = text("description").into();
    }

    fn reference(
        &mut self,
        at: &Waiting<'n>,
        keyword: &str,
        reference: &str,
        keywords: &mut Vec<ProgramKeyword>,
    ) {
        match self.target(at.resource, reference) {
            Ok((node, resource, pointer)) => {
                let id = self.id_of(node, resource, pointer);
                keywords.push(ProgramKeyword::Ref(id));
            }
            Err(what) => self.problem(at, keyword, format!("{reference:?} {what}")),
        }
    }

    #[allow(clippy::too_many_lines, reason = "one row a keyword")]
    fn keywords(
        &mut self,
        at: &Waiting<'n>,
        dialect: Dialect,
        validates: bool,
        schema: &mut ProgramSchema,
    ) {
        let node = at.node;
        let Node::Object(members) = node else { return };
        let keywords = &mut schema.keywords;
        let below = |keyword: &str| format!("{}/{}", at.pointer, escape(keyword));
        let mut members_of = Members::default();
        let mut has_members = false;
        let nullable = dialect == Dialect::OpenApi30
            && matches!(node.get("nullable"), Some(Node::Boolean(true)));
        if let Some(name) = node_str(node, "$dynamicAnchor") {
            self.program
                .dynamic_anchors
                .insert((at.resource, name.into()), at.id);
        }
        if matches!(node.get("$recursiveAnchor"), Some(Node::Boolean(true))) {
            self.program
                .dynamic_anchors
                .insert((at.resource, "".into()), at.id);
        }
        for (key, value) in members {
            if !dialect.knows(key) && key != "dependencies" && key != "nullable" {
                continue;
            }
            let outcome: Result<(), String> = match key.as_str() {
                "$ref" => match value.as_str() {
                    Some(reference) => {
                        self.reference(at, key, reference, keywords);
                        Ok(())
                    }
                    None => Err(expected("a string", value)),
                },
                "$dynamicRef" => match value.as_str() {
                    Some(reference) => self.dynamic(at, reference, keywords),
                    None => Err(expected("a string", value)),
                },
                "$recursiveRef" => {
                    self.target(at.resource, "#")
                        .map(|(node, resource, pointer)| {
                            let is_recursive =
                                matches!(node.get("$recursiveAnchor"), Some(Node::Boolean(true)));
                            let id = self.id_of(node, resource, pointer);
                            keywords.push(if is_recursive {
                                ProgramKeyword::DynamicRef(id, "".into())
                            } else {
                                ProgramKeyword::Ref(id)
                            });
                        })
                }
                // The validation vocabulary.
                "type" if validates => types(value).map(|types| {
                    let types = if nullable {
                        types.or(Types::NULL)
                    } else {
                        types
                    };
                    keywords.push(ProgramKeyword::Type(types));
                }),
                "enum" if validates => match value {
                    Node::Array(values) => {
                        let mut values: Vec<Json> = values.iter().map(json).collect();
                        if nullable && !values.contains(&Json::Null) {
                            values.push(Json::Null);
                        }
                        keywords.push(ProgramKeyword::Enum(values));
                        Ok(())
                    }
                    _ => Err(expected("an array", value)),
                },
                "const" if validates => {
                    keywords.push(ProgramKeyword::Const(json(value)));
                    Ok(())
                }
                "minimum" | "maximum" if validates => {
                    let other = if key == "minimum" {
                        "exclusiveMinimum"
                    } else {
                        "exclusiveMaximum"
                    };
                    let exclusive = dialect == Dialect::OpenApi30
                        && matches!(node.get(other), Some(Node::Boolean(true)));
                    limit(value, exclusive).map(|limit| {
                        keywords.push(if key == "minimum" {
                            ProgramKeyword::Minimum(limit)
                        } else {
                            ProgramKeyword::Maximum(limit)
                        });
                    })
                }
                "exclusiveMinimum" | "exclusiveMaximum" if validates => {
                    if dialect == Dialect::OpenApi30 && matches!(value, Node::Boolean(_)) {
                        Ok(())
                    } else {
                        limit(value, true).map(|limit| {
                            keywords.push(if key == "exclusiveMinimum" {
                                ProgramKeyword::Minimum(limit)
                            } else {
                                ProgramKeyword::Maximum(limit)
                            });
                        })
                    }
                }
                "multipleOf" if validates => limit(value, false).and_then(|limit| {
                    if limit.negative || limit.coefficient == 0 {
                        return Err("must be above zero".to_owned());
                    }
                    keywords.push(ProgramKeyword::MultipleOf(limit));
                    Ok(())
                }),
                "minLength" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MinLength(count)))
                }
                "maxLength" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MaxLength(count)))
                }
                "pattern" if validates => match value.as_str() {
                    Some(source) => self.pattern(source).map(|pattern| {
                        keywords.push(ProgramKeyword::Pattern(pattern));
                    }),
                    None => Err(expected("a string", value)),
                },
                "format" => match value.as_str() {
                    Some(name) => {
                        if self.options.formats
                            && let Some(format) = Format::by_name(name)
                        {
                            keywords.push(ProgramKeyword::Format(format));
                        }
                        Ok(())
                    }
                    None => Err(expected("a string", value)),
                },
                "minItems" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MinItems(count)))
                }
                "maxItems" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MaxItems(count)))
                }
                "uniqueItems" if validates => match value {
                    Node::Boolean(unique) => {
                        if *unique {
                            keywords.push(ProgramKeyword::UniqueItems);
                        }
                        Ok(())
                    }
                    _ => Err(expected("true or false", value)),
                },
                "minProperties" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MinProperties(count)))
                }
                "maxProperties" if validates => {
                    count(value).map(|count| keywords.push(ProgramKeyword::MaxProperties(count)))
                }
                "required" if validates => {
                    names(value).map(|names| keywords.push(ProgramKeyword::Required(names)))
                }
                "dependentRequired" if validates => match value {
                    Node::Object(rows) => rows
                        .iter()
                        .map(|(name, needs)| Ok((name.as_str().into(), names(needs)?)))
                        .collect::<Result<Vec<_>, String>>()
                        .map(|rows| keywords.push(ProgramKeyword::DependentRequired(rows))),
                    _ => Err(expected("an object", value)),
                },
                // Applicators.
                "prefixItems" => self.list(at, key, value).map(|schemas| {
                    keywords.push(ProgramKeyword::PrefixItems(schemas));
                }),
                "items" => match value {
                    Node::Array(_) if dialect.has_item_lists() => {
                        self.list(at, key, value).map(|schemas| {
                            let from = schemas.len() as u32;
                            keywords.push(ProgramKeyword::PrefixItems(schemas));
                            if let Some(rest) = node.get("additionalItems") {
                                let id = self.id_of(rest, at.resource, below("additionalItems"));
                                keywords.push(ProgramKeyword::Items(from, id));
                            }
                        })
                    }
                    Node::Array(_) => {
                        Err("must be one schema; `prefixItems` takes a list".to_owned())
                    }
                    _ => {
                        let from = match node.get("prefixItems") {
                            Some(Node::Array(prefix)) if dialect == Dialect::Draft202012 => {
                                prefix.len() as u32
                            }
                            _ => 0,
                        };
                        let id = self.id_of(value, at.resource, below(key));
                        keywords.push(ProgramKeyword::Items(from, id));
                        Ok(())
                    }
                },
                "contains" => {
                    let schema = self.id_of(value, at.resource, below(key));
                    let newer = dialect != Dialect::Draft07;
                    let number = |name: &str, default: u64| match node.get(name) {
                        Some(value) if newer && validates => count(value),
                        _ => Ok(default),
                    };
                    number("minContains", 1).and_then(|min| {
                        let max = number("maxContains", u64::MAX)?;
                        keywords.push(ProgramKeyword::Contains {
                            schema,
                            min,
                            max,
                            evaluates: dialect == Dialect::Draft202012,
                        });
                        Ok(())
                    })
                }
                "unevaluatedItems" => {
                    let id = self.id_of(value, at.resource, below(key));
                    keywords.push(ProgramKeyword::UnevaluatedItems(id));
                    Ok(())
                }
                "unevaluatedProperties" => {
                    let id = self.id_of(value, at.resource, below(key));
                    keywords.push(ProgramKeyword::UnevaluatedProperties(id));
                    Ok(())
                }
                "properties" => self.map(at, key, value).map(|schemas| {
                    has_members = true;
                    for (name, id) in schemas {
                        members_of.known.insert(name.clone(), id);
                        members_of.order.push((name, id));
                    }
                }),
                "patternProperties" => self.map(at, key, value).and_then(|schemas| {
                    has_members = true;
                    for (source, id) in schemas {
                        let pattern = self.pattern(&source)?;
                        members_of.patterns.push((pattern, id));
                    }
                    Ok(())
                }),
                "additionalProperties" => {
                    has_members = true;
                    members_of.additional = Some(self.id_of(value, at.resource, below(key)));
                    Ok(())
                }
                "propertyNames" => {
                    let id = self.id_of(value, at.resource, below(key));
                    keywords.push(ProgramKeyword::PropertyNames(id));
                    Ok(())
                }
                "dependentSchemas" => self.map(at, key, value).map(|schemas| {
                    keywords.push(ProgramKeyword::DependentSchemas(schemas));
                }),
                "dependencies" if matches!(dialect, Dialect::Draft07 | Dialect::Draft201909) => {
                    self.dependencies(at, value, keywords)
                }
                "allOf" => self.list(at, key, value).map(|schemas| {
                    keywords.push(ProgramKeyword::AllOf(schemas));
                }),
                "anyOf" | "oneOf" => self.list(at, key, value).map(|schemas| {
                    let discriminator = Self::discriminator(at, value);
                    keywords.push(if key == "anyOf" {
                        ProgramKeyword::AnyOf(schemas, discriminator)
                    } else {
                        ProgramKeyword::OneOf(schemas, discriminator)
                    });
                }),
                "not" => {
                    let id = self.id_of(value, at.resource, below(key));
                    keywords.push(ProgramKeyword::Not(id));
                    Ok(())
                }
                "if" => {
                    let condition = self.id_of(value, at.resource, below(key));
                    let mut branch = |name: &str| {
                        let value = node.get(name)?;
                        Some(self.id_of(value, at.resource, below(name)))
                    };
                    let (then, otherwise) = (branch("then"), branch("else"));
                    keywords.push(ProgramKeyword::If(condition, then, otherwise));
                    Ok(())
                }
                _ => Ok(()),
            };
            if let Err(what) = outcome {
                self.problem(at, key, what);
            }
        }
        if has_members {
            keywords.push(ProgramKeyword::Properties(members_of));
        }
    }

    fn dynamic(
        &mut self,
        at: &Waiting<'n>,
        reference: &str,
        keywords: &mut Vec<ProgramKeyword>,
    ) -> Result<(), String> {
        let (node, resource, pointer) = self.target(at.resource, reference)?;
        let anchor = reference.split_once('#').map_or("", |(_, name)| name);
        let is_dynamic = node_str(node, "$dynamicAnchor") == Some(anchor);
        let id = self.id_of(node, resource, pointer);
        keywords.push(if is_dynamic && !anchor.is_empty() {
            // The anchors of every resource may be reached, so each is given a number.
            let others: Vec<_> = self
                .anchors
                .iter()
                .filter(|((_, name), (node, _))| {
                    name == anchor && node_str(node, "$dynamicAnchor") == Some(anchor)
                })
                .map(|((resource, _), (node, pointer))| (*resource, *node, pointer.clone()))
                .collect();
            for (resource, node, pointer) in others {
                self.id_of(node, resource, pointer);
            }
            ProgramKeyword::DynamicRef(id, anchor.into())
        } else {
            ProgramKeyword::Ref(id)
        });
        Ok(())
    }

    fn dependencies(
        &mut self,
        at: &Waiting<'n>,
        value: &'n Node,
        keywords: &mut Vec<ProgramKeyword>,
    ) -> Result<(), String> {
        let Node::Object(rows) = value else {
            return Err(expected("an object", value));
        };
        let (mut required, mut schemas) = (Vec::new(), Vec::new());
        for (name, needs) in rows {
            if matches!(needs, Node::Array(_)) {
                required.push((name.as_str().into(), names(needs)?));
            } else {
                let pointer = format!("{}/dependencies/{}", at.pointer, escape(name));
                schemas.push((
                    name.as_str().into(),
                    self.id_of(needs, at.resource, pointer),
                ));
            }
        }
        if !required.is_empty() {
            keywords.push(ProgramKeyword::DependentRequired(required));
        }
        if !schemas.is_empty() {
            keywords.push(ProgramKeyword::DependentSchemas(schemas));
        }
        Ok(())
    }

    fn list(
        &mut self,
        at: &Waiting<'n>,
        keyword: &str,
        value: &'n Node,
    ) -> Result<Vec<SchemaId>, String> {
        let Node::Array(schemas) = value else {
            return Err(expected("an array of schemas", value));
        };
        let ids = schemas.iter().enumerate().map(|(index, schema)| {
            let pointer = format!("{}/{keyword}/{index}", at.pointer);
            self.id_of(schema, at.resource, pointer)
        });
        Ok(ids.collect())
    }

    fn map(
        &mut self,
        at: &Waiting<'n>,
        keyword: &str,
        value: &'n Node,
    ) -> Result<Vec<(Box<str>, SchemaId)>, String> {
        let Node::Object(schemas) = value else {
            return Err(expected("an object of schemas", value));
        };
        let ids = schemas.iter().map(|(name, schema)| {
            let pointer = format!("{}/{keyword}/{}", at.pointer, escape(name));
            (
                name.as_str().into(),
                self.id_of(schema, at.resource, pointer),
            )
        });
        Ok(ids.collect())
    }

    fn pattern(&mut self, source: &str) -> Result<u32, String> {
        if let Some(known) = self.patterns.get(source) {
            return Ok(*known);
        }
        let matcher = (self.options.pattern)(source)
            .map_err(|what| format!("{source:?} is not a regular expression: {what}"))?;
        let number = self.program.patterns.len() as u32;
        self.program.patterns.push(Pattern {
            source: source.into(),
            matcher,
        });
        self.patterns.insert(source.to_owned(), number);
        Ok(number)
    }
}

/// Cheap keywords first; what needs the evaluation of others last.
fn order(keyword: &ProgramKeyword) -> u8 {
    match keyword {
        ProgramKeyword::False | ProgramKeyword::Type(_) => 0,
        ProgramKeyword::Const(_) | ProgramKeyword::Enum(_) => 1,
        ProgramKeyword::Required(_)
        | ProgramKeyword::Minimum(_)
        | ProgramKeyword::Maximum(_)
        | ProgramKeyword::MultipleOf(_)
        | ProgramKeyword::MinLength(_)
        | ProgramKeyword::MaxLength(_)
        | ProgramKeyword::MinItems(_)
        | ProgramKeyword::MaxItems(_)
        | ProgramKeyword::MinProperties(_)
        | ProgramKeyword::MaxProperties(_)
        | ProgramKeyword::DependentRequired(_) => 2,
        ProgramKeyword::Format(_) | ProgramKeyword::Pattern(_) => 3,
        ProgramKeyword::UnevaluatedItems(_) | ProgramKeyword::UnevaluatedProperties(_) => 9,
        _ => 5,
    }
}

pub(super) fn node_str<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    node.get(name).and_then(Node::as_str)
}

fn expected(what: &str, value: &Node) -> String {
    let text = value.to_string();
    let shown: String = text.chars().take(40).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    format!("must be {what}, not {shown}{more}")
}

fn types(value: &Node) -> Result<Types, String> {
    let one = |value: &Node| {
        let name = value
            .as_str()
            .ok_or_else(|| expected("a type name or a list of them", value))?;
        Types::by_name(name).ok_or_else(|| {
            format!(
                "names {name:?}, which is not a type{}",
                did_you_mean(name, Types::ANY.names())
            )
        })
    };
    match value {
        Node::Array(names) => names
            .iter()
            .try_fold(Types::NONE, |types, name| Ok(types.or(one(name)?))),
        name => one(name),
    }
}

fn limit(value: &Node, exclusive: bool) -> Result<Limit, String> {
    let Node::Number(text) = value else {
        return Err(expected("a number", value));
    };
    let Decimal {
        negative,
        coefficient,
        exponent,
    } = Decimal::parse(text)?;
    Ok(Limit {
        text: text.as_str().into(),
        negative,
        coefficient,
        exponent,
        exclusive,
    })
}

fn count(value: &Node) -> Result<u64, String> {
    let wrong = || expected("a whole number, zero or above", value);
    let Node::Number(text) = value else {
        return Err(wrong());
    };
    let decimal = Decimal::parse(text).map_err(|_| wrong())?;
    if decimal.negative || decimal.exponent < 0 {
        return Err(wrong());
    }
    let scale = u32::try_from(decimal.exponent)
        .ok()
        .and_then(|exponent| 10_u64.checked_pow(exponent));
    Ok(scale
        .and_then(|scale| decimal.coefficient.checked_mul(scale))
        .unwrap_or(u64::MAX))
}

fn names(value: &Node) -> Result<Vec<Box<str>>, String> {
    let wrong = || expected("a list of property names", value);
    let Node::Array(names) = value else {
        return Err(wrong());
    };
    names
        .iter()
        .map(|name| name.as_str().map(Into::into).ok_or_else(wrong))
        .collect()
}

fn json(node: &Node) -> Json {
    match node {
        Node::Null => Json::Null,
        Node::Boolean(value) => Json::Boolean(*value),
        Node::Number(text) => Json::Number(text.as_str().into()),
        Node::String(text) => Json::String(text.as_str().into()),
        Node::Array(items) => Json::Array(items.iter().map(json).collect()),
        Node::Object(members) => Json::Object(
            members
                .iter()
                .map(|(key, value)| (key.as_str().into(), json(value)))
                .collect(),
        ),
    }
}
