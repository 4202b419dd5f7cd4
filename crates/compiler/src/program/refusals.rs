//! Finds the types of which a schema takes no value, so that most branches of a union are decided
//! by the type of the value.

use pipelint_contract::Types;
use pipelint_contract::program::{Json, Program, ProgramKeyword, SchemaId};

/// Chains of references and unions longer than this keep what is known.
const PASSES: usize = 4;

/// Fills in [`ProgramSchema::refuses`](pipelint_contract::program::ProgramSchema::refuses). Each
/// pass only adds types, so that stopping early is safe.
pub(super) fn find(program: &mut Program) {
    for _ in 0..PASSES {
        let mut has_changed = false;
        for id in 0..program.schemas.len() {
            let refused = refused(program, id);
            if let Some(schema) = program.schemas.get_mut(id)
                && schema.refuses != refused
            {
                schema.refuses = refused;
                has_changed = true;
            }
        }
        if !has_changed {
            break;
        }
    }
}

fn refused(program: &Program, id: usize) -> Types {
    let Some(schema) = program.schemas.get(id) else {
        return Types::NONE;
    };
    let of = |id: &SchemaId| {
        let schema = program.schemas.get(*id as usize);
        schema.map_or(Types::NONE, |schema| schema.refuses)
    };
    let refused = schema.keywords.iter().map(|keyword| match keyword {
        ProgramKeyword::False => Types::ANY,
        ProgramKeyword::Type(types) => number_if_integer(*types).complement(),
        ProgramKeyword::Enum(values) => {
            let kinds = values.iter().map(kind);
            kinds.fold(Types::NONE, Types::or).complement()
        }
        ProgramKeyword::Const(value) => kind(value).complement(),
        ProgramKeyword::Ref(target) => of(target),
        ProgramKeyword::AllOf(parts) => parts.iter().map(of).fold(Types::NONE, Types::or),
        ProgramKeyword::AnyOf(branches, _) | ProgramKeyword::OneOf(branches, _) => {
            branches.iter().map(of).fold(Types::ANY, Types::and)
        }
        _ => Types::NONE,
    });
    refused.fold(schema.refuses, Types::or)
}

fn number_if_integer(types: Types) -> Types {
    if types.meets(Types::INTEGER.or(Types::NUMBER)) {
        types.or(Types::INTEGER).or(Types::NUMBER)
    } else {
        types
    }
}

fn kind(value: &Json) -> Types {
    match value {
        Json::Null => Types::NULL,
        Json::Boolean(_) => Types::BOOLEAN,
        Json::Number(_) => Types::NUMBER.or(Types::INTEGER),
        Json::String(_) => Types::STRING,
        Json::Array(_) => Types::ARRAY,
        Json::Object(_) => Types::OBJECT,
    }
}
