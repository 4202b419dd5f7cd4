//! The valid corpus with known faults put in: fixing takes out every fault that has a safe fix, and
//! touches nothing else, down to the byte.

use std::collections::BTreeSet;

use pipelint::{Applicability, Checker, Report, fix};
use pipelint_tests::{NOW, faults, generate, options};

#[test]
fn known_faults_are_taken_out_and_nothing_else_is_touched() {
    let options = options(NOW);
    let (mut tried, mut wrong) = (BTreeSet::new(), Vec::new());
    faults::mutants(generate::cases(), |mutant| {
        let faulty = mutant.faulty.as_bytes();
        let fixed = fix::apply_fixes(mutant.contract, faulty, &options, Applicability::Safe);
        let fixed = fixed.map_or_else(|| mutant.faulty.clone(), |fixed| fixed.text);
        if fixed != mutant.right {
            wrong.push(format!("{mutant:#?}\nbecomes {fixed:?}"));
        }
        tried.extend(mutant.kinds);
    });
    let first = &wrong[..wrong.len().min(5)];
    assert!(wrong.is_empty(), "{}", first.join("\n\n"));
    assert!(tried.len() >= 25, "{tried:?}");
}

#[test]
fn bytes_and_text_are_judged_alike() {
    let findings = |report: &Report<'_>| -> Vec<_> {
        let each = report.diagnostics();
        each.map(|one| (one.rule().name, one.severity(), one.span(), one.message()))
            .collect()
    };
    let (options, mut checker, mut tried) = (options(NOW), Checker::new(), 0);
    faults::mutants(generate::cases(), |mutant| {
        let text = mutant.faulty.as_str();
        let bytes = findings(&checker.check(mutant.contract, text.as_bytes(), &options));
        let text = findings(&checker.check_str(mutant.contract, text, &options));
        assert_eq!(bytes, text, "{mutant:#?}");
        tried += bytes.len();
    });
    assert!(tried > 1000, "{tried}");
}
