//! From bytes to verdict, beside the least that `serde_json` can do with the same bytes: skip them.
//!
//! `cargo bench --manifest-path benches/Cargo.toml`; compare the rows of one payload in one run.

use divan::{Bencher, black_box};
use pipelint::contract::Contract;
use pipelint::{Checker, Options, payloads};
use serde::de::IgnoredAny;

fn main() {
    divan::main();
}

/// A payload: its contract, its text, and what the tables call it.
struct Sample {
    name: &'static str,
    contract: &'static Contract,
    text: &'static str,
}

impl std::fmt::Display for Sample {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name)
    }
}

impl std::fmt::Debug for Sample {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name)
    }
}

/// The samples of the vendors' pages, as they stand there.
static SAMPLES: [&Sample; 6] = [
    &Sample {
        name: "leadlex",
        contract: &payloads::leadlex::create_deal::REQUEST,
        text: include_str!("../../tests/corpus/leadlex/create-deal/request/valid-sample.json"),
    },
    &Sample {
        name: "slant",
        contract: &payloads::slant::create_opportunity::REQUEST,
        text: include_str!("../../tests/corpus/slant/create-opportunity/request/valid-sample.json"),
    },
    &Sample {
        name: "ruddr",
        contract: &payloads::ruddr::create_opportunity_stage::REQUEST,
        text: include_str!(
            "../../tests/corpus/ruddr/create-opportunity-stage/request/valid-sample.json"
        ),
    },
    &Sample {
        name: "leadlex, every field, compact",
        contract: &payloads::leadlex::create_deal::REQUEST,
        text: r#"{"name":"Acme Corp Partnership","stage":"Proposal","status":"active","pipeline":"Sales","estimated_value":50000,"contact_id":"contact-001","owner_id":"user-017","priority":"high","deal_type":"advisory","notes":"Met the general counsel in Berlin; wants a fixed fee for the first phase and hourly after that.","tags":["enterprise","referral","2026-q2"],"description":"Framework agreement covering employment and data protection advice for three subsidiaries.","follow_up_date":"2026-06-01","probability":65,"currency":"EUR","related_company_id":"company-314","relationship_partner_id":"user-002","matter_lead_id":"user-005","team_member_ids":["user-002","user-005","user-017"],"fee_model":"hourly"}"#,
    },
    &Sample {
        name: "slant, every field, compact",
        contract: &payloads::slant::create_opportunity::REQUEST,
        text: r#"{"name":"New Investment Opportunity","value":500000,"probability":75,"target_close_date":"2026-06-01T00:00:00Z","pipeline_id":"pipeline123xyz","pipeline_stage_id":"stage123xyz","owner_id":"user123xyz"}"#,
    },
    &Sample {
        name: "ruddr, every field, compact",
        contract: &payloads::ruddr::create_opportunity_stage::REQUEST,
        text: r#"{"name":"Proposal Sent","probability":0.45,"statusId":"open","opportunityPipelineId":"b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2","description":"A formal proposal has been submitted to the prospective client for review.","isActive":true}"#,
    },
];

fn options() -> Options {
    Options::at("2026-01-15T12:00:00Z".parse().unwrap())
}

#[divan::bench(args = SAMPLES)]
fn serde_json_ignored_any(bencher: Bencher, sample: &Sample) {
    bencher.bench_local(|| {
        serde_json::from_slice::<IgnoredAny>(black_box(sample.text.as_bytes())).unwrap()
    });
}

#[divan::bench(args = SAMPLES)]
fn pipelint_bytes(bencher: Bencher, sample: &Sample) {
    let (mut checker, options) = (Checker::new(), options());
    bencher.bench_local(|| {
        let report = checker.check(sample.contract, black_box(sample.text.as_bytes()), &options);
        assert!(report.is_ok());
    });
}

#[divan::bench(args = SAMPLES)]
fn pipelint_str(bencher: Bencher, sample: &Sample) {
    let (mut checker, options) = (Checker::new(), options());
    bencher.bench_local(|| {
        let report = checker.check_str(sample.contract, black_box(sample.text), &options);
        assert!(report.is_ok());
    });
}
