//! What pipelint is compared with: each way from the bytes of a payload to a verdict, as its users
//! would write it.

mod typed;
mod visitor;

use pipelint::{Checker, RenderedDiagnostic};
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::{System, options};

/// What is called for each payload.
pub type Run<T> = Box<dyn FnMut(&str) -> T>;

/// A way to read or check a payload.
pub struct Peer {
    /// What it is called in tables.
    pub name: &'static str,
    /// The crates whose versions matter.
    pub crates: &'static [&'static str],
    /// Whether it judges the payload, and does not only read it.
    pub judges: bool,
    /// Prepares what users prepare once; the result is called for each payload, and says whether
    /// the payload is in order.
    pub prepare: fn(&'static System) -> Run<bool>,
}

/// A way to say all that is wrong with a payload.
pub struct Speaker {
    /// What it is called in tables.
    pub name: &'static str,
    /// Prepares what users prepare once; the result is called for each payload, and returns the
    /// number of bytes of all messages.
    pub prepare: fn(&'static System) -> Run<usize>,
}

/// What is compared with all others.
pub const OURS: Peer = Peer {
    name: "**pipelint**, from bytes",
    crates: &["pipelint"],
    judges: true,
    prepare: |system| {
        let (mut checker, options) = (Checker::new(), options());
        Box::new(move |text| {
            checker
                .check(system.contract, text.as_bytes(), &options)
                .is_ok()
        })
    },
};

/// All ways. The first is the yardstick.
pub static PEERS: &[Peer] = &[
    Peer {
        name: "serde_json skips it (`IgnoredAny`)",
        crates: &["serde_json"],
        judges: false,
        prepare: |_| Box::new(|text| serde_json::from_slice::<IgnoredAny>(text.as_bytes()).is_ok()),
    },
    OURS,
    Peer {
        name: "**pipelint**, from `&str`",
        crates: &["pipelint"],
        judges: true,
        prepare: |system| {
            let (mut checker, options) = (Checker::new(), options());
            Box::new(move |text| checker.check_str(system.contract, text, &options).is_ok())
        },
    },
    Peer {
        name: "jiter skips it",
        crates: &["jiter"],
        judges: false,
        prepare: |_| {
            Box::new(|text| {
                let mut jiter = jiter::Jiter::new(text.as_bytes());
                jiter.next_skip().is_ok() && jiter.finish().is_ok()
            })
        },
    },
    Peer {
        name: "jiter `JsonValue`",
        crates: &["jiter"],
        judges: false,
        prepare: |_| Box::new(|text| jiter::JsonValue::parse(text.as_bytes(), false).is_ok()),
    },
    Peer {
        name: "simd-json tape",
        crates: &["simd-json"],
        judges: false,
        prepare: |_| {
            // It writes into what it reads, so each payload is copied first.
            let (mut copy, mut buffers) = (Vec::new(), simd_json::Buffers::default());
            Box::new(move |text| {
                copy.clear();
                copy.extend_from_slice(text.as_bytes());
                simd_json::to_tape_with_buffers(&mut copy, &mut buffers).is_ok()
            })
        },
    },
    Peer {
        name: "sonic-rs `Value`",
        crates: &["sonic-rs"],
        judges: false,
        prepare: |_| {
            Box::new(|text| sonic_rs::from_slice::<sonic_rs::Value>(text.as_bytes()).is_ok())
        },
    },
    Peer {
        name: "serde_json `Value`",
        crates: &["serde_json"],
        judges: false,
        prepare: |_| Box::new(|text| serde_json::from_slice::<Value>(text.as_bytes()).is_ok()),
    },
    Peer {
        name: "serde visitor that checks by hand",
        crates: &["serde_json"],
        judges: true,
        prepare: visitor::prepare,
    },
    Peer {
        name: "sonic-rs into structs + checks by hand",
        crates: &["sonic-rs"],
        judges: true,
        prepare: typed::sonic_by_hand,
    },
    Peer {
        name: "serde_json into structs + checks by hand",
        crates: &["serde_json"],
        judges: true,
        prepare: typed::by_hand,
    },
    Peer {
        name: "serde_json into structs + garde",
        crates: &["garde"],
        judges: true,
        prepare: typed::garde,
    },
    Peer {
        name: "serde_json into structs + validator",
        crates: &["validator"],
        judges: true,
        prepare: typed::validator,
    },
    Peer {
        name: "serde_json `Value` + jsonschema's macro",
        crates: &["jsonschema"],
        judges: true,
        prepare: compiled::prepare,
    },
    Peer {
        name: "serde_json `Value` + jsonschema",
        crates: &["jsonschema"],
        judges: true,
        prepare: |system| {
            let validator = jsonschema_validator(system);
            Box::new(move |text| {
                serde_json::from_slice(text.as_bytes())
                    .is_ok_and(|value| validator.is_valid(&value))
            })
        },
    },
    Peer {
        name: "serde_json `Value` + boon",
        crates: &["boon"],
        judges: true,
        prepare: |system| {
            let (schemas, index) = boon_schemas(system);
            Box::new(move |text| {
                serde_json::from_slice(text.as_bytes())
                    .is_ok_and(|value| schemas.validate(&value, index).is_ok())
            })
        },
    },
];

/// All ways to say what is wrong. The first is the yardstick.
pub static SPEAKERS: &[Speaker] = &[
    Speaker {
        name: "**pipelint**, each message with line, column, help and fix",
        prepare: |system| {
            let (mut checker, options) = (Checker::new(), options());
            let mut words = RenderedDiagnostic::default();
            Box::new(move |text| {
                let report = checker.check(system.contract, text.as_bytes(), &options);
                let mut length = 0;
                for diagnostic in report.diagnostics() {
                    let (start, end) = (diagnostic.start(), diagnostic.end());
                    diagnostic.render_into(&mut words);
                    std::hint::black_box((start, end, words.fix()));
                    length += words.message().len() + words.help().map_or(0, str::len);
                }
                length
            })
        },
    },
    Speaker {
        name: "serde_json `Value` + jsonschema's `iter_errors`, each message without a position",
        prepare: |system| {
            let validator = jsonschema_validator(system);
            Box::new(move |text| {
                let value = serde_json::from_slice(text.as_bytes()).expect("JSON");
                validator
                    .iter_errors(&value)
                    .map(|error| error.to_string().len())
                    .sum()
            })
        },
    },
    Speaker {
        name: "serde_json `Value` + boon, all messages at once",
        prepare: |system| {
            let (schemas, index) = boon_schemas(system);
            Box::new(move |text| {
                let value = serde_json::from_slice(text.as_bytes()).expect("JSON");
                schemas
                    .validate(&value, index)
                    .map_or_else(|error| error.to_string().len(), |()| 0)
            })
        },
    },
];

fn schema(system: &System) -> Value {
    let text = pipelint_schemas::schema(system.contract.id).expect("a schema");
    serde_json::from_str(text).expect("JSON")
}

fn jsonschema_validator(system: &System) -> jsonschema::Validator {
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema(system))
        .expect("a schema")
}

fn boon_schemas(system: &System) -> (boon::Schemas, boon::SchemaIndex) {
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.enable_format_assertions();
    let place = "urn:bench:schema";
    compiler
        .add_resource(place, schema(system))
        .expect("a schema");
    let index = compiler.compile(place, &mut schemas).expect("a schema");
    (schemas, index)
}

/// Validators that the macro makes while this is compiled.
mod compiled {
    use super::{Run, System, Value};

    #[jsonschema::validator(
        path = "../schemas/leadlex/create-deal/request.schema.json",
        validate_formats = true,
        methods = { is_valid = true, validate = false, iter_errors = false }
    )]
    struct Deal;

    #[jsonschema::validator(
        path = "../schemas/slant/create-opportunity/request.schema.json",
        validate_formats = true,
        methods = { is_valid = true, validate = false, iter_errors = false }
    )]
    struct Opportunity;

    #[jsonschema::validator(
        path = "../schemas/ruddr/create-opportunity-stage/request.schema.json",
        validate_formats = true,
        methods = { is_valid = true, validate = false, iter_errors = false }
    )]
    struct Stage;

    pub(super) fn prepare(system: &'static System) -> Run<bool> {
        let is_valid = match system.name {
            "leadlex" => Deal::is_valid,
            "slant" => Opportunity::is_valid,
            _ => Stage::is_valid,
        };
        Box::new(move |text| {
            serde_json::from_slice::<Value>(text.as_bytes()).is_ok_and(|value| is_valid(&value))
        })
    }
}
