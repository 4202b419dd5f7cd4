//! Types and schemas agree, and what is built passes.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::error::Error;

use chrono::{DateTime, NaiveDate, Utc};
use pipelint::contract::Types;
use pipelint::typed::{
    Cents, CurrencyCode, DateOrDateTime, Decimal, Dollars, Field, FieldShape, Shape, Shaped,
};
use pipelint::{
    Checker, Options, OwnedReport, Payload, Severity, check, leadlex, parse, ruddr, slant,
};
use proptest::prelude::*;
use serde_json::Value;

fn options() -> Options {
    Options::at("2026-03-01T00:00:00Z".parse::<pipelint::Instant>().unwrap())
}

/// Holds a type against a schema file, all the way down.
fn agrees(place: &str, shape: &Shape, schema: &Value) {
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().map(|one| one.as_str().unwrap()).collect(),
        _ => panic!("{place} has no type"),
    };
    let mut own: Vec<&str> = shape.types.names().collect();
    let mut theirs = types.clone();
    own.sort_unstable();
    theirs.sort_unstable();
    assert_eq!(own, theirs, "{place}: types");

    let words: Vec<&str> = schema["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|word| word.as_str().unwrap())
        .collect();
    assert_eq!(shape.words, words, "{place}: words");
    assert_eq!(
        shape.format.map(pipelint::contract::Format::name),
        schema["format"].as_str(),
        "{place}: format"
    );
    if let Some(properties) = schema["properties"].as_object() {
        let names: Vec<&str> = properties.keys().map(String::as_str).collect();
        let own: Vec<&str> = shape.fields.iter().map(|field| field.name).collect();
        assert_eq!(own, names, "{place}: properties");
        for FieldShape {
            name,
            required,
            shape,
        } in shape.fields
        {
            let place = format!("{place}/{name}");
            let demanded = schema["required"]
                .as_array()
                .is_some_and(|names| names.iter().any(|one| one == name));
            assert_eq!(*required, demanded, "{place}: required");
            agrees(&place, shape, &properties[*name]);
        }
    } else {
        assert!(shape.fields.is_empty(), "{place}: no properties");
    }
    match (&schema["items"], shape.items) {
        (Value::Null, None) => {}
        (items, Some(own)) => agrees(&format!("{place}/*"), own, items),
        _ => panic!("{place}: items"),
    }
}

fn agree<T: Payload + Shaped>() {
    let id = T::CONTRACT.id;
    let schema: Value = serde_json::from_str(pipelint_schemas::schema(id).unwrap()).unwrap();
    agrees(id, &T::SHAPE, &schema);
}

#[test]
fn types_agree_with_schemas() {
    agree::<leadlex::CreateDeal>();
    agree::<leadlex::CreateDealResponse>();
    agree::<slant::CreateOpportunity>();
    agree::<slant::Opportunity>();
    agree::<ruddr::CreateOpportunityStage>();
    agree::<ruddr::OpportunityStage>();
}

#[test]
fn every_request_and_response_has_its_type() {
    let typed = [
        leadlex::CreateDeal::CONTRACT,
        leadlex::CreateDealResponse::CONTRACT,
        slant::CreateOpportunity::CONTRACT,
        slant::Opportunity::CONTRACT,
        ruddr::CreateOpportunityStage::CONTRACT,
        ruddr::OpportunityStage::CONTRACT,
    ];
    for contract in pipelint::payloads::ALL {
        use pipelint::contract::Part;
        if matches!(contract.part, Part::Request | Part::Response) {
            assert!(
                typed.iter().any(|one| one.id == contract.id),
                "{} has no type",
                contract.id
            );
        }
    }
    let headers = leadlex::CreateDeal::HEADERS.unwrap();
    assert_eq!(headers.id, "leadlex/create-deal/headers");
    let path = slant::CreateOpportunity::PATH.unwrap();
    assert_eq!(path.id, "slant/create-opportunity/path");
}

/// What a payload says survives reading and writing.
fn round_trip<T: Payload + PartialEq + std::fmt::Debug>(json: &str) {
    let read = parse::<T>(json.as_bytes(), &options()).unwrap();
    let written: Value = serde_json::from_str(&read.to_json()).unwrap();
    let original: Value = serde_json::from_str(json).unwrap();
    assert_eq!(written, original);
    // Any other reader gives the same value.
    assert_eq!(serde_json::from_str::<T>(json).unwrap(), *read);
}

#[test]
fn the_vendors_samples_survive() {
    round_trip::<leadlex::CreateDeal>(
        r#"{"name":"Acme Corp Partnership","stage":"Proposal","pipeline":"Sales","estimated_value":50000,
            "contact_id":"contact-001","priority":"high"}"#,
    );
    round_trip::<leadlex::CreateDealResponse>(
        r#"{"data":{"id":"deal-001","name":"Acme Corp Partnership","stage":"Proposal","status":"active",
            "pipeline":"Sales","estimated_value":50000,"main_contact_id":"contact-001",
            "owner_user_id":null,"priority":"high","tags":[],"created_date":"2026-03-06T10:00:00Z",
            "updated_date":null}}"#,
    );
    round_trip::<slant::CreateOpportunity>(
        r#"{"name":"New Investment Opportunity","value":500000,"probability":75,
            "target_close_date":"2026-06-01T00:00:00Z","pipeline_id":"pipeline123xyz",
            "pipeline_stage_id":"stage123xyz","owner_id":"user123xyz"}"#,
    );
    round_trip::<slant::Opportunity>(
        r#"{"id":"abc123xyz","name":"New Investment Opportunity","book_id":"book123xyz",
            "pipeline":{"id":"pipeline123xyz","name":"Sales Pipeline","pipeline_type":"prospect"},
            "pipeline_stage":{"id":"stage123xyz","name":"Qualified"},
            "assigned_to":{"id":"abc123xyz","email":"user@example.com","first_name":"John","last_name":"Doe"},
            "value":5000,"probability":75,"target_close_date":"2023-11-07T05:31:56Z",
            "stage_updated_at":"2023-11-07T05:31:56Z","household_id":null,
            "created_at":"2023-11-07T05:31:56Z","updated_at":"2023-11-07T05:31:56Z",
            "custom_fields":{"region":["north",1]}}"#,
    );
    round_trip::<ruddr::OpportunityStage>(
        r#"{"id":"d4a8c1e7-5f32-4b69-80d3-a9e2f6c01b85","name":"Proposal Sent","description":null,
            "probability":0.45,"statusId":"open","isActive":true,
            "opportunityPipelineId":"b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
            "createdAt":"2025-04-18T10:22:37.614Z"}"#,
    );
}

#[test]
fn absent_null_and_value_stay_apart() {
    let stage = |more: &str| {
        let json = format!(
            r#"{{"name":"Won","probability":1,"statusId":"won",
                "opportunityPipelineId":"b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2"{more}}}"#
        );
        parse::<ruddr::CreateOpportunityStage>(json.as_bytes(), &options())
            .map_err(drop)
            .unwrap()
            .into_inner()
    };
    assert_eq!(stage("").description, Field::Absent);
    assert_eq!(stage(r#","description":null"#).description, Field::Null);
    assert_eq!(stage(r#","description":"d""#).description, Field::from("d"));
    // Where the vendor takes no null, the check refuses it.
    let report = check(
        leadlex::CreateDeal::CONTRACT,
        br#"{"name":"Acme","stage":null}"#,
        &options(),
    );
    assert!(!report.is_ok());
}

#[test]
fn integers_are_read_by_their_value() {
    let json = br#"{"name":"Acme","value":1.05e3,"probability":75.0}"#;
    let made = parse::<slant::CreateOpportunity>(json, &options()).map_err(drop);
    let made = made.unwrap();
    assert_eq!(
        (made.value, made.probability),
        (Some(Cents(1050)), Some(75))
    );
}

#[test]
fn what_the_type_has_no_room_for_is_reported_where_it_stands() {
    let json = br#"{"name":"Acme","value":123456789012345678901234567890}"#;
    let kept = parse::<slant::CreateOpportunity>(json, &options()).unwrap_err();
    let report = kept.report();
    let errors: Vec<_> = report
        .diagnostics()
        .filter(|diagnostic| diagnostic.severity() == Severity::Error)
        .map(|diagnostic| {
            (
                diagnostic.rule().name,
                diagnostic.pointer(),
                diagnostic.message(),
            )
        })
        .collect();
    let message = "`value` is valid but does not fit the target type";
    assert_eq!(
        errors,
        [("schema/type", "/value".to_owned(), message.to_owned())]
    );

    assert_eq!(kept.counts().0, 1);
}

#[test]
fn a_report_is_an_error_that_outlives_the_payload() {
    fn read(options: &Options) -> Result<leadlex::CreateDeal, Box<dyn Error + Send + Sync>> {
        let body = br#"{"name":"Acme","probability":120,"status":"Won"}"#.to_vec();
        Ok(parse::<leadlex::CreateDeal>(&body, options)?.into_inner())
    }

    let error = read(&options()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "leadlex/create-deal/request: `probability` must be at most 100, not 120 (and 1 more)"
    );
    let report = error.downcast::<OwnedReport>().unwrap();
    let json = serde_json::to_value(&*report).unwrap();
    let rules: Vec<_> = json
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["rule"])
        .collect();
    assert_eq!(rules, ["schema/maximum", "schema/enum"]);
}

#[test]
fn warnings_stay_with_the_value() {
    let json = br#"{"name":"Acme","stagee":"Proposal"}"#;
    let mut checker = Checker::new();
    let deal = checker
        .parse::<leadlex::CreateDeal>(json, &options())
        .map_err(drop)
        .unwrap();
    let report = deal.warnings().unwrap().report();
    assert_eq!(report.len(), 1);
    assert!(report.is_ok());
    let clean = checker
        .parse::<leadlex::CreateDeal>(br#"{"name":"Acme"}"#, &options())
        .map_err(drop)
        .unwrap();
    assert!(clean.warnings().is_none());
}

#[test]
fn a_builder_refuses_what_the_check_refuses() {
    let refused = leadlex::CreateDeal::builder("Acme")
        .probability(120)
        .build(&options())
        .unwrap_err();
    assert_eq!(refused.counts().0, 1);
    assert!(
        refused
            .to_string()
            .starts_with("leadlex/create-deal/request: `probability` ")
    );
    assert!(!format!("{refused:?}").contains("Acme"));
}

#[test]
fn decimals_are_exact() {
    let read = |text: &str| text.parse::<Decimal>();
    for (text, shown) in [
        ("0.1", "0.1"),
        ("-12.50e-3", "-0.0125"),
        ("1e3", "1000"),
        ("1000000.000", "1000000"),
        ("-0.0", "0"),
        ("0e999999999999999999999", "0"),
        ("100.00000000000000000001", "100.00000000000000000001"),
        ("1e37", "10000000000000000000000000000000000000"),
        ("1e-38", "0.00000000000000000000000000000000000001"),
    ] {
        assert_eq!(read(text).unwrap().to_string(), shown, "{text}");
    }
    for text in [
        "", "-", ".5", "1.", "1e", "1e+", "1 ", "0x1", "1e39", "1e-39", "1e400", "NaN",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
    assert!(read("0.30000000000000004").unwrap() > read("0.3").unwrap());
    assert!(read("-1.5").unwrap() < read("-1.25").unwrap());

    // More digits than a float holds are read and written as they are.
    let json = br#"{"name":"Acme","probability":99.99999999999999999999}"#;
    let deal = parse::<leadlex::CreateDeal>(json, &options())
        .map_err(drop)
        .unwrap();
    assert_eq!(deal.probability, read("99.99999999999999999999").ok());
    assert_eq!(deal.to_json().as_bytes(), json);
}

proptest! {
    #[test]
    fn a_decimal_survives_text(coefficient in -(10_i128.pow(38) - 1)..10_i128.pow(38), scale in 0..=38_u32) {
        let decimal = Decimal::new(coefficient, scale).unwrap();
        prop_assert_eq!(decimal.to_string().parse::<Decimal>(), Ok(decimal));
        let json = serde_json::to_string(&decimal).unwrap();
        prop_assert_eq!(json.parse::<Decimal>(), Ok(decimal), "{}", json);
    }

    #[test]
    fn any_fraction_of_four_decimals_survives_any_reader(units in 0..=10_000_u32) {
        let decimal = Decimal::new(units.into(), 4).unwrap();
        let json = serde_json::to_string(&decimal).unwrap();
        prop_assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), decimal);
        prop_assert_eq!(json.parse::<Decimal>(), Ok(decimal));
    }
}

/// What was built passes the check, and is read again as it was.
fn passes<T: Payload + PartialEq + std::fmt::Debug>(
    built: Result<pipelint::Checked<T>, OwnedReport>,
) {
    // A builder may refuse; what it gives out has to pass.
    if let Ok(built) = built {
        let json = built.to_json();
        let read = parse::<T>(json.as_bytes(), &options());
        let read = read.map_err(|_| json.clone()).unwrap();
        assert_eq!(*read, *built, "{json}");
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{1,8} [A-Z][a-z]{1,8}",
        ".{0,12}",
        "[\"\\\\\u{0}-\u{1f}\u{2028}😀]{0,4}"
    ]
}

fn date() -> impl Strategy<Value = DateOrDateTime> {
    let instant = || {
        (-62_135_596_800_i64..253_402_300_800, 0..2_000_000_000_u32)
            .prop_filter_map("no such time", |(seconds, nanos)| {
                DateTime::<Utc>::from_timestamp(seconds, nanos)
            })
    };
    prop_oneof![
        (0..=9999_i32, 1..=366_u32)
            .prop_filter_map("no such day", |(year, day)| NaiveDate::from_yo_opt(
                year, day
            ))
            .prop_map(DateOrDateTime::Date),
        instant().prop_map(DateOrDateTime::DateTime),
        instant().prop_map(|at| DateOrDateTime::Local(at.naive_utc())),
    ]
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0..=20_u32)
        .prop_map(|(coefficient, scale)| Decimal::new(coefficient.into(), scale).unwrap())
}

fn currency() -> impl Strategy<Value = CurrencyCode> {
    prop_oneof![
        prop::sample::select(vec!["EUR", "USD", "JPY", "DEM", "XAU"])
            .prop_map(|code| code.parse().unwrap()),
        "[A-Z]{3}".prop_map(|code| code.parse().unwrap()),
    ]
}

proptest! {
    #[test]
    fn deals_pass(
        name in text(), notes in text(), tags in prop::collection::vec(text(), 0..4),
        value in decimal(), probability in decimal(), follow_up in date(), currency in currency(),
        status in prop::sample::select(leadlex::Status::ALL),
    ) {
        passes(leadlex::CreateDeal::builder(name.clone()).build(&options()));
        passes(leadlex::CreateDeal::builder("Acme").follow_up_date(follow_up).build(&options()));
        passes(leadlex::CreateDeal::builder("Acme").estimated_value(value).currency(currency).build(&options()));
        passes(
            leadlex::CreateDeal::builder(name.clone())
                .notes(notes)
                .tags(tags)
                .status(status)
                .probability(probability)
                .build(&options()),
        );
        let deal = leadlex::Deal::builder("deal-001", name)
            .estimated_value(value)
            .currency(Field::Null)
            .created_date(follow_up)
            .status(leadlex::DealStatus::Open)
            .finish();
        passes(leadlex::CreateDealResponse::builder(deal).build(&options()));
    }

    #[test]
    fn opportunities_pass(
        name in text(), cents in any::<i64>(), probability in any::<u8>(),
        close in (0..4_102_444_800_i64, 0..1_000_000_000_u32),
    ) {
        let close = DateTime::<Utc>::from_timestamp(close.0, close.1).unwrap();
        passes(
            slant::CreateOpportunity::builder(name.clone())
                .value(cents)
                .probability(probability % 101)
                .target_close_date(close)
                .build(&options()),
        );
        let opportunity = slant::Opportunity::builder(
            "o1",
            name,
            "b1",
            slant::Pipeline::builder().name("Sales").book_id(Field::Null).finish(),
            slant::Stage::builder().stage_order(2).visible(true).finish(),
            slant::User::builder().email("user@example.com").finish(),
        );
        passes(
            opportunity
                .value(Dollars(cents / 100))
                .probability(Field::Null)
                .created_at(close)
                .build(&options()),
        );
    }

    #[test]
    fn stages_pass(
        name in text(), units in 0..=10_000_i32, uuid in any::<u128>(), description in text(),
        status in prop::sample::select(ruddr::Status::ALL),
    ) {
        let built = ruddr::CreateOpportunityStage::builder(
            name,
            Decimal::new(units.into(), 4).unwrap(),
            status,
            uuid::Uuid::from_u128(uuid),
        );
        passes(built.clone().build(&options()));
        passes(built.description(description).is_active(units % 2 == 0).build(&options()));
    }
}

#[test]
fn types_of_ones_own_can_be_read() {
    #[derive(Debug, serde::Serialize, serde::Deserialize)]
    struct Brief {
        name: String,
        probability: Option<f64>,
    }
    impl Payload for Brief {
        const CONTRACT: &'static pipelint::contract::Contract<'static> =
            leadlex::CreateDeal::CONTRACT;
    }
    let brief = parse::<Brief>(br#"{"name":"Ac\u006de","probability":75}"#, &options());
    let brief = brief.map_err(drop).unwrap();
    assert_eq!(brief.name, "Acme");
    assert_eq!(brief.probability, Some(75.0));
    assert!(leadlex::CreateDeal::SHAPE.types.meets(Types::OBJECT));
}
