//! Replaces references to a schema that is only a reference itself.

use pipelint_contract::program::{Program, ProgramKeyword, ProgramSchema, SchemaId};

use super::Source;

/// The longest chain of references that is followed.
const HOPS: usize = 64;

/// Lets keywords refer to the end of a chain of references. A schema that also says something for
/// messages, such as a title, stays in the chain. Dynamic references depend on the chain, so
/// programs with one are left alone.
pub(super) fn take(program: &mut Program, sources: &[Source]) {
    let is_dynamic = |keyword: &ProgramKeyword| matches!(keyword, ProgramKeyword::DynamicRef(..));
    let mut schemas = program.schemas.iter();
    if schemas.any(|schema| schema.keywords.iter().any(is_dynamic)) {
        return;
    }
    let ends: Vec<SchemaId> = (0..program.schemas.len() as u32)
        .map(|id| end(program, sources, id))
        .collect();
    let shorten = |id: &mut SchemaId| *id = ends.get(*id as usize).copied().unwrap_or(*id);
    for schema in &mut program.schemas {
        for keyword in &mut schema.keywords {
            each(keyword, shorten);
        }
    }
}

fn end(program: &Program, sources: &[Source], mut id: SchemaId) -> SchemaId {
    for _ in 0..HOPS {
        let schema = program.schemas.get(id as usize);
        let says_nothing = sources.get(id as usize).is_some_and(Source::is_empty);
        match schema.map(|schema: &ProgramSchema| schema.keywords.as_slice()) {
            Some([ProgramKeyword::Ref(target)]) if says_nothing => id = *target,
            _ => break,
        }
    }
    id
}

/// Calls `change` with each schema that a keyword refers to.
fn each(keyword: &mut ProgramKeyword, change: impl Fn(&mut SchemaId)) {
    match keyword {
        ProgramKeyword::AllOf(ids)
        | ProgramKeyword::AnyOf(ids, _)
        | ProgramKeyword::OneOf(ids, _)
        | ProgramKeyword::PrefixItems(ids) => ids.iter_mut().for_each(change),
        ProgramKeyword::Items(_, id)
        | ProgramKeyword::Contains { schema: id, .. }
        | ProgramKeyword::UnevaluatedItems(id)
        | ProgramKeyword::UnevaluatedProperties(id)
        | ProgramKeyword::PropertyNames(id)
        | ProgramKeyword::Not(id)
        | ProgramKeyword::Ref(id) => change(id),
        ProgramKeyword::DependentSchemas(rows) => rows.iter_mut().for_each(|(_, id)| change(id)),
        ProgramKeyword::If(condition, then, otherwise) => {
            change(condition);
            then.iter_mut().chain(otherwise).for_each(change);
        }
        ProgramKeyword::Properties(members) => {
            members.known.values_mut().for_each(&change);
            members.order.iter_mut().for_each(|(_, id)| change(id));
            members.patterns.iter_mut().for_each(|(_, id)| change(id));
            members.additional.iter_mut().for_each(change);
        }
        _ => {}
    }
}
