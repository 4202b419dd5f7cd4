//! Our contract against `jsonschema`, over the corpus and over generated payloads.
//!
//! `PIPELINT_CASES=100000` asks for more of the latter.

use std::collections::BTreeMap;

use pipelint::contract::Contract;
use pipelint_tests::corpus::cases;
use pipelint_tests::oracle::{self, Outcome, compare};
use pipelint_tests::{contracts, generate, options, sound};
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, TestRunner};

#[test]
fn the_corpus_is_judged_alike() {
    let mut asked = 0;
    for case in cases() {
        match compare(case.contract, &case.bytes, &case.options) {
            Ok(Outcome::Unasked(_)) => {}
            Ok(_) => asked += 1,
            Err(difference) => panic!("{}: {difference}", case.name),
        }
    }
    assert!(asked > 0);
}

#[test]
fn generated_payloads_are_judged_alike() {
    for contract in contracts() {
        generated(contract);
    }
}

fn generated(contract: &'static Contract<'static>) {
    let options = options(pipelint_tests::NOW);
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let counts = std::cell::RefCell::new(&mut seen);
    let config = Config {
        cases: pipelint_tests::generate::cases(),
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..Config::default()
    };
    let outcome =
        TestRunner::new(config).run(&generate::payload(oracle::schema(contract)), |text| {
            sound(&pipelint::check(contract, text.as_bytes(), &options));
            let outcome =
                compare(contract, text.as_bytes(), &options).map_err(TestCaseError::fail)?;
            *counts
                .borrow_mut()
                .entry(format!("{outcome:?}"))
                .or_default() += 1;
            Ok(())
        });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let agreed = seen.get("Agree").copied().unwrap_or_default();
    let all: u32 = seen.values().sum();
    // Most payloads must be such that the oracle has a say.
    assert!(agreed * 3 > all, "{}: {seen:#?}", contract.id);
}
