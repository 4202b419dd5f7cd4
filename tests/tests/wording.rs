//! What people read: the words for typical wrong payloads, as snapshots.

use std::fmt::Write;

use pipelint::check;
use pipelint_tests::{contract, options};

/// Each diagnostic as a few lines.
fn rendered(payload: &str, text: &str) -> String {
    let report = check(
        contract(payload),
        text.as_bytes(),
        &options(pipelint_tests::NOW),
    );
    let mut out = String::new();
    for diagnostic in report.diagnostics() {
        let (explained, start, end) = (diagnostic.explain(), diagnostic.start(), diagnostic.end());
        let _ = writeln!(
            out,
            "{} {}: {}\n  at {:?}, {}:{} to {}:{}: {}",
            diagnostic.severity().name(),
            diagnostic.rule().name,
            explained.message,
            explained.pointer,
            start.line,
            start.column,
            end.line,
            end.column,
            text[diagnostic.span()].replace('\n', "⏎"),
        );
        if let Some(help) = explained.help {
            let _ = writeln!(out, "  help: {help}");
        }
        if let Some(fix) = explained.fix {
            let _ = writeln!(out, "  {} fix: {}", fix.applicability.name(), fix.title);
            for edit in fix.edits {
                let old = &text[edit.start as usize..edit.end as usize];
                let _ = writeln!(out, "    {old:?} becomes {:?}", edit.text);
            }
        }
        let _ = writeln!(out, "  source: {}", explained.source);
    }
    out
}

macro_rules! shows {
    ($($name:ident: $payload:literal, $text:expr;)*) => {$(
        #[test]
        fn $name() {
            let mut settings = insta::Settings::clone_current();
            settings.set_omit_expression(true);
            settings.set_prepend_module_to_snapshot(false);
            let _guard = settings.bind_to_scope();
            insta::assert_snapshot!(stringify!($name), rendered($payload, $text));
        }
    )*};
}

shows! {
    leadlex_deal_without_a_name: "leadlex/create-deal", r#"{
  "stage": "Proposal",
  "probability": 120,
  "status": "Won"
}"#;
    leadlex_deal_with_misspelled_keys: "leadlex/create-deal", r#"{
  "name": "Acme",
  "probabilty": 60,
  "estimated_valeu": 50000,
  "colour": "red"
}"#;
    leadlex_deal_as_documented: "leadlex/create-deal", r#"{
  "name": "<string>",
  "status": "<string>",
  "estimated_value": 123,
  "tags": [{}],
  "follow_up_date": "<string>",
  "probability": 123,
  "currency": "<string>"
}"#;
    leadlex_deal_of_text: "leadlex/create-deal", r#"{
  "name": "Acme",
  "estimated_value": "$50,000.00",
  "probability": "60%",
  "currency": "usd",
  "follow_up_date": "15/03/2026"
}"#;
    leadlex_deal_written_by_hand: "leadlex/create-deal", "{\n  name: 'Acme',\n}";
    slant_opportunity_of_the_past: "slant/create-opportunity", r#"{
  "name": " ",
  "value": 5000.50,
  "probability": 0.75,
  "target_close_date": "2025-06-01T00:00:00Z",
  "ownerId": "user123xyz"
}"#;
    slant_opportunity_with_a_date_alone: "slant/create-opportunity", r#"{
  "name": "New Investment Opportunity",
  "value": 5000,
  "target_close_date": "2026-06-01"
}"#;
    slant_headers_of_another_vendor: "slant/create-opportunity/headers", r#"{
  "authorization": "wbk_4f9a1c7e2b8d4e6fa0c35b7d91e82f64",
  "content-type": "text/plain"
}"#;
    ruddr_stage_in_percent: "ruddr/create-opportunity-stage", r#"{
  "name": "Won",
  "probability": 75,
  "statusId": "Won",
  "opportunityPipelineId": "sales",
  "isActive": "true"
}"#;
    ruddr_stage_with_dust: "ruddr/create-opportunity-stage", r#"{
  "name": "Won",
  "probability": 0.30000000000000004,
  "statusId": "won",
  "opportunityPipelineId": "00000000-0000-0000-0000-000000000000",
  "description": null
}"#;
}
